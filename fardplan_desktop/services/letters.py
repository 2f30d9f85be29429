"""Ready texts to the members: ask for a new file, remind of a period. Drafts only; nothing is ever sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.services.workplace import Workplace


class Letter(msgspec.Struct, frozen=True):
    """``to`` is whom it is for in words; addresses are not kept in the program."""

    to: str
    subject: str
    body: str

    @property
    def text(self) -> str:
        """For the clipboard."""
        return f"Ämne: {self.subject}\n\n{self.body}"


def new_file(workplace: Workplace, *, verdict: Verdict, file_name: str) -> Letter:
    """Asks the sender of a refused file for a new one, with the sentence that says what is wrong with it."""
    to = verdict.issuer_name or "avsändaren"
    about = _about(verdict)
    return Letter(
        to,
        f"Ny fil behövs{about}",
        f"Hej {verdict.issuer_name}!\n\n".replace(" !", "!")
        + f"Filen {file_name}{about} gick inte att läsa in hos oss.\n\n"
        f"{verdict.message}\n\n"
        "Spara paketet igen under Rapportera, fliken Inskickat, och skicka det till oss. "
        "Ändra inte filens innehåll på vägen.\n\n" + _from(workplace),
    )


def newer_version(workplace: Workplace, *, verdict: Verdict, file_name: str) -> Letter:
    """Asks those who look after the computers for a newer version of the program."""
    return Letter(
        "er IT-avdelning",
        "Nyare version av Färdplan behövs",
        f"Hej!\n\nVi kan inte läsa in {file_name} i Färdplan.\n\n{verdict.message}\n\n"
        "Kan ni installera den senaste versionen?\n\n" + _from(workplace),
    )


def reminder(workplace: Workplace, *, period: Period, organisations: Sequence[Organisation]) -> Letter:
    """Reminds one or several of a period they have not delivered; one text that fits each of them."""
    due = workplace.codebook.deadline(period)
    greeting = f"Hej {organisations[0].name}!" if len(organisations) == 1 else "Hej!"
    return Letter(
        ", ".join(each.name for each in organisations),
        f"Påminnelse: rapportering för {period.name}",
        f"{greeting}\n\n"
        f"Vi har inte fått er rapportering för {period.name} ({period.span}). {_last_day(due, workplace.today)}\n\n"
        "Försegla perioden under Rapportera i Färdplan och skicka filen till oss. Saknas någon uppgift: skicka det ni "
        "har och skriv i kommentaren vad som saknas. Har ni redan skickat? Skicka samma fil igen, det går bra.\n\n"
        + _from(workplace),
    )


def _last_day(due: date, today: date) -> str:
    return f"Sista dag {'var' if due < today else 'är'} {day(due)}."


def _about(verdict: Verdict) -> str:
    try:
        return f" ({parse_period(verdict.period).name})"
    except InputProblem:
        return ""


def _from(workplace: Workplace) -> str:
    return f"{workplace.function}, {workplace.organisation.name}\n"
