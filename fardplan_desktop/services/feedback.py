"""Feedback from an office to each of its members: previewed, sealed, saved with a mail draft to each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from fardplan_desktop.analysis.feedback_protection import Told
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import Activity, RuleComment
from fardplan_desktop.exchange.kinds import FEEDBACK, REMARKS
from fardplan_desktop.exchange.office_rows import FeedbackRow, RemarkRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import compilation, feedback_rows, handing_in, posting
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.handing_in import Unlocked
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.lifted import Lifted, lifted
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.sealing import Contents
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

KIND: Final = "aterkoppling"
FOLDER = "Återkoppling"
_LONGEST = 4000


class ToMember(msgspec.Struct, frozen=True):
    """What one member would get."""

    organisation: Organisation
    rows: tuple[FeedbackRow, ...]
    remarks: tuple[RemarkRow, ...]
    previous: Delivery | None
    """What it was sent before for the period, which this replaces."""
    changed: bool
    """False: the same as it was sent last."""


def comment(workplace: Workplace, *, period: Period) -> str:
    """The office's own words to all its members; kept until the period is sealed again."""
    return str(json.loads(workplace.store.setting(_setting(period)) or '""'))


def set_comment(workplace: Workplace, *, period: Period, text: str) -> None:
    """Raises PersonalData, InputProblem when it is too long."""
    if len(text) > _LONGEST:
        raise InputProblem("Kommentaren är för lång.", "", f"Skriv högst {_LONGEST} tecken.")
    refuse_identity([RuleComment(id="", comment=text)])
    workplace.store.set_setting(_setting(period), json.dumps(text.strip()))


def preview(workplace: Workplace, *, period: Period) -> tuple[ToMember, ...]:
    """Exactly what each member would be sent, protected for it; by name. Those who have sent nothing get it too."""
    _check(workplace, period)
    book = workplace.codebook
    compiled = compilation.compile_period(workplace, period=period)
    members = feedback_rows.members_of(workplace.organisation, compiled, book)
    numbers = feedback_rows.numbers_of(compiled, book, members)
    sent = _sent(workplace, period)
    answers, examples = lifted(workplace, period=period), _examples(workplace, period)
    said = comment(workplace, period=period)
    found = []
    for code, own in members.of.items():
        earlier = [_opened(workplace, each) for each in sent.get(code, ())]
        rows = feedback_rows.rows_for(
            code, numbers, threshold=book.reporting.threshold, before=_before([rows for rows, _ in earlier])
        )
        remarks = _remarks(said, [each for each in answers if each.member.code in own], examples, own)
        previous = next((each for each in sent.get(code, ()) if each.active), None)
        changed = not earlier or earlier[-1] != (rows, remarks)
        found.append(ToMember(book.organisation(code), rows, remarks, previous, changed))
    return tuple(sorted(found, key=lambda each: each.organisation.name))


def send(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    passphrase: str | None,
    remember: bool = False,
    work: Work | None = None,
) -> tuple[tuple[Posted, ...], Unlocked]:
    """Seal feedback to every member whose is new or changed, and save each with a mail draft.

    Raises KeyProblem as ``unlock``, InputProblem when nothing has changed.
    """
    work = work or Work()
    wanted = [each for each in preview(workplace, period=period) if each.changed]
    if not wanted:
        raise InputProblem(
            "Återkopplingen är redan förseglad.", "Inget har ändrats sedan dess.", "Inget behöver göras."
        )
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work)
    work.started("Förseglar återkoppling", len(wanted), "filer")
    made = []
    for number, each in enumerate(wanted):
        work.step(number, each.organisation.name)
        made.append(_seal(workplace, period, each, unlocked, folder))
    work.done()
    return tuple(made), unlocked


def _seal(workplace: Workplace, period: Period, each: ToMember, unlocked: Unlocked, folder: Path) -> Posted:
    to = each.organisation
    return posting.post(
        workplace,
        contents=Contents(kind=KIND, audience=to, period=period, tables={FEEDBACK: each.rows, REMARKS: each.remarks}),
        letter=_letter(workplace, to, period),
        key=unlocked.key,
        folder=folder,
        word="aterkoppling",
        label=f"Återkoppling till {to.name} förseglad",
        previous=each.previous,
    )


def _letter(workplace: Workplace, to: Organisation, period: Period) -> Letter:
    own = workplace.organisation
    whole = "delregionens" if own.level is Level.DELREGION else "länets"
    return Letter(
        to.name,
        f"Återkoppling för {period.name} från {own.name}",
        f"Hej {to.name}!\n\nHär kommer återkoppling för {period.name} ({period.span}): era egna tal bredvid {whole}, "
        "kommentarer, vad som blev av det ni lyft, och goda exempel.\n\n"
        "Släpp filen på Färdplan, så står återkopplingen under Rapportera, Återkoppling och frågor.\n\n"
        f"{workplace.function}, {own.name}\n",
    )


def _check(workplace: Workplace, period: Period) -> None:
    if workplace.level is Level.MUNICIPALITY:
        raise InputProblem("En kommun ger ingen återkoppling.", "Det gör delregionen.", "Läs in den som har kommit.")
    if period.type is not workplace.codebook.reporting.type:
        raise InputProblem(f"{period.name.capitalize()} rapporteras inte.", todo="Välj till exempel 2026-T2.")


def _remarks(
    said: str, answers: Sequence[Lifted], examples: Sequence[tuple[str, Activity]], own: Sequence[str]
) -> tuple[RemarkRow, ...]:
    rows = (
        [RemarkRow(id="kommentar", sort="kommentar", about=None, organisation=None, title="", text=said)]
        if said
        else []
    )
    rows += [
        RemarkRow(
            id=f"lyft/{each.member.code}/{each.id}", sort="lyft", about=each.id, organisation=each.member.code,
            title=each.title[:200],
            text=each.answer or "Inte behandlad än.",
        )
        for each in answers
    ]  # fmt: skip
    rows += [
        RemarkRow(
            id=f"exempel/{code}/{each.id}", sort="exempel", about=each.id, organisation=code, title=each.title,
            text=each.lesson or "",
        )
        for code, each in examples
        if code not in own
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda each: each.id))


def _examples(workplace: Workplace, period: Period) -> list[tuple[str, Activity]]:
    """Activities that a member shares, with something learnt."""
    rows = packages.received_rows(workplace.store, Activity, period=period.id)
    found = {(code, each.id): (code, each) for code, _, each in rows if each.shareable and (each.lesson or "").strip()}
    return list(found.values())


def _sent(workplace: Workplace, period: Period) -> dict[str, list[Delivery]]:
    """Member → what it has been sent for the period, the first one first."""
    found: dict[str, list[Delivery]] = {}
    for each in packages.list_deliveries(workplace.store, Direction.OWN, period=period.id):
        if each.kind == KIND:
            found.setdefault(each.audience, []).append(each)
    return found


def _opened(workplace: Workplace, delivery: Delivery) -> tuple[tuple[FeedbackRow, ...], tuple[RemarkRow, ...]]:
    opened = open_package(packages.delivery_file(workplace.store, delivery.digest), None)
    return opened.table(FEEDBACK, FeedbackRow), opened.table(REMARKS, RemarkRow)


def _before(earlier: Sequence[Sequence[FeedbackRow]]) -> Mapping[str, Sequence[Told]]:
    found: dict[str, list[Told]] = {}
    for rows in earlier:
        for id, told in feedback_rows.told_in(rows):
            found.setdefault(id, []).append(told)
    return found


def _setting(period: Period) -> str:
    return f"feedback_comment_{period.id}"
