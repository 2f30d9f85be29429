"""Ready texts to others, and the file in which a mail program finds one. Drafts: nothing is ever sent from here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.services import sender_letters
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


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with a letter."""

    name: str
    data: bytes


DRAFT_SUFFIX = ".eml"


def draft(*, letter: Letter, attachments: Sequence[Attachment] = (), address: str = "") -> bytes:
    """The letter as a message not yet sent (``X-Unsent``), to be opened and sent in the user's own mail program.

    Without sender and date, which the mail program sets; the same letter gives the same bytes. Attachments are plain
    bytes under their names, so that no program changes them on the way. A file's name may come from anyone: what is no
    text in it, or would begin a line of its own, is shown as a box.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if address:
        message["To"] = visible(address)
    message["Subject"] = visible(letter.subject)
    message.set_content(letter.body.encode(errors="replace").decode(), cte="base64")
    for each in attachments:
        message.add_attachment(each.data, maintype="application", subtype="octet-stream", filename=visible(each.name))
    if attachments:
        parts = (letter.text.encode(errors="replace"), *(each.data for each in attachments))
        message.set_boundary(hashlib.sha256(b"".join(parts)).hexdigest())
    return message.as_bytes()


def new_file(workplace: Workplace, *, verdict: Verdict, file_name: str) -> Letter:
    """Asks the sender of a refused file for a new one, with the sentence that says what is wrong with it."""
    return new_file_for(
        workplace,
        to=verdict.issuer_name,
        period=verdict.period,
        file_name=file_name,
        code=verdict.code,
        message=verdict.message,
    )


def new_file_for(workplace: Workplace, *, to: str, period: str, file_name: str, code: str, message: str) -> Letter:
    """The same from what is remembered. Told from the sender's side: what is wrong, and what they can do about it."""
    about = _about(period)
    wrong, todo = sender_letters.told_to_sender(code, message)
    return Letter(
        to or "avsändaren",
        f"Ny fil behövs{about}",
        f"Hej {to}!\n\n".replace(" !", "!")
        + f"Filen {visible(file_name)}{about} gick inte att läsa in hos oss.\n\n{wrong}\n\n{todo}\n\n"
        + _from(workplace),
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
        f"{_what_to_do(organisations)} Har ni redan skickat? Skicka samma fil igen, det går bra.\n\n"
        + _from(workplace),
    )


def _what_to_do(organisations: Sequence[Organisation]) -> str:
    if all(each.level is Level.DELREGION for each in organisations):
        return (
            "Försegla perioden under Skicka vidare i Färdplan och skicka filen till oss. Saknas någon kommun: skicka "
            "det ni har, och ange varför kommunen saknas."
        )
    return (
        "Försegla perioden under Rapportera i Färdplan och skicka filen till oss. Saknas någon uppgift: skicka det ni "
        "har och skriv i kommentaren vad som saknas."
    )


def _last_day(due: date, today: date) -> str:
    return f"Sista dag {'var' if due < today else 'är'} {day(due)}."


def _about(period: str) -> str:
    try:
        return f" ({parse_period(period).name})"
    except InputProblem:
        return ""


def _from(workplace: Workplace) -> str:
    return f"{workplace.function}, {workplace.organisation.name}\n"
