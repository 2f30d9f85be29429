"""Our own deliveries: what a period's package would hold, sealing it, correcting it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import CheckIn, Count, Deviation, Plan, RuleComment
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import CORRECTIONS, JOINT_ANSWERS
from fardplan_desktop.exchange.office_rows import JointAnswerRow
from fardplan_desktop.exchange.rows import ActivityRow, CheckInRow, CountRow, DeviationRow, Identified, Rows, RuleRow
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import (
    activities,
    corrections,
    handing_over,
    joint_answers,
    joint_wire,
    quality,
    receipts_in,
    sealing,
    wire,
)
from fardplan_desktop.services.corrections import Correction
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.row_changes import Said
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

R = TypeVar("R", ActivityRow, CheckInRow, CountRow, DeviationRow, RuleRow)

_KIND: Final = "kommun"
"""What a municipality seals for each period."""


class Sealed(msgspec.Struct, frozen=True):
    """What came of a sealing; ``repeated`` when nothing had changed and the stored bytes were written again."""

    delivery: Delivery
    file: Path
    card: Path
    repeated: bool
    warnings: tuple[Problem, ...]
    with_card: bool = True
    """The card lies beside: the receiver has not answered with a receipt yet."""

    @property
    def encrypted(self) -> bool:
        """The file can be read by the receiver alone."""
        return self.file.name != self.delivery.file_name


class Preview(msgspec.Struct, frozen=True):
    """Exactly what would leave the PC."""

    period: Period
    audience: Organisation
    rows: Rows
    problems: tuple[Problem, ...]
    previous: Delivery | None
    changed: bool
    """False: the same as what was sealed last."""
    answers: tuple[JointAnswerRow, ...] = ()
    """To joint activities: all that is answered now, not only what is new."""
    corrections: tuple[Correction, ...] = ()
    """Every value that differs from the package that would be replaced."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.blocks)


def sent(workplace: Workplace) -> tuple[Delivery, ...]:
    """Our sealed periods, latest first."""
    return tuple(reversed(_periods(workplace)))


def active(workplace: Workplace, *, period: Period) -> Delivery | None:
    """The delivery that counts for the period."""
    return next((each for each in _periods(workplace, period.id) if each.active), None)


def locked(workplace: Workplace, *, period: Period) -> bool:
    """True while the period is sealed and no correction is open."""
    delivery = active(workplace, period=period)
    return delivery is not None and delivery.reopened is None


def preview(workplace: Workplace, *, period: Period) -> Preview:
    """What a package for the period would hold now. Raises InputProblem for a period that is not reported."""
    audience = _audience(workplace, period)
    results = quality.results(workplace, period=period)
    problems = quality.problems(workplace, period=period)
    earlier = [(each, _open(workplace, each)) for each in reversed(sent(workplace))]
    rows = own_rows(workplace, period, [opened for each, opened in earlier if each.period != period.id])
    comments = {each.id: each.comment for each in workplace.store.own(RuleComment)}
    rows = msgspec.structs.replace(rows, rules=_sorted(wire.rule_rows(results, comments)))
    previous = active(workplace, period=period)
    answers = joint_wire.answer_rows(joint_answers.sent(workplace))
    before = next((opened for each, opened in earlier if previous and each.digest == previous.digest), None)
    same = before is not None and (rows, answers) == (before.rows, before.table(JOINT_ANSWERS, JointAnswerRow))
    changed: tuple[Correction, ...] = ()
    if previous is not None and not same:
        changed = corrections.planned(workplace, period=period, before=previous, after=Said(rows, answers))
    return Preview(period, audience, rows, problems, previous, not same, answers, changed)


def seal_period(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    key: SigningKey,
    approved_by: str,
    reason: str | None = None,
    strict: bool = False,
    encrypt: bool = True,
) -> Sealed:
    """Seal the period and write package and card to the folder.

    Only errors refuse (``strict``: uncommented warnings too). With nothing changed the stored bytes are written again;
    with changes since the last seal a reason is needed, and the next number replaces the one before. ``encrypt``:
    when the receiver's card has told what to encrypt to.
    """
    reason = (reason or "").strip() or None
    found = preview(workplace, period=period)
    if period.start > workplace.today:
        raise InputProblem(
            f"{period.name.capitalize()} har inte börjat.", "", "Kontrollera perioden och datorns klocka."
        )
    _refuse_problems(found, strict)
    if found.previous is not None and not found.changed:
        close_correction(workplace, found.previous)
        return _write_files(workplace, found.previous, folder, key, encrypt, repeated=True, warnings=found.problems)
    if found.previous is not None and not reason:
        raise InputProblem(
            f"{period.name.capitalize()} är redan förseglad, och uppgifter har ändrats sedan dess.",
            "En rättelse behöver en orsak.",
            "Skriv varför och försegla igen.",
        )
    sealing.check_words(approved_by, reason)
    refuse_identity((*texts_of(found.rows), *found.answers))
    delivery, data = _make(workplace, found, key, approved_by, reason)
    verb = "rättad och förseglad" if found.previous else "förseglad"
    sealing.keep(workplace, delivery=delivery, data=data, label=f"{period.name.capitalize()} {verb}")
    return _write_files(workplace, delivery, folder, key, encrypt, repeated=False, warnings=found.problems)


def reopen(workplace: Workplace, *, period: Period, reason: str) -> None:
    """Open a sealed period for correction. Raises InputProblem without a reason or when it is not sealed."""
    delivery = active(workplace, period=period)
    if delivery is None:
        raise InputProblem(f"{period.name.capitalize()} är inte förseglad.", todo="Den går att ändra som den är.")
    if not reason.strip():
        raise InputProblem("Orsaken saknas.", todo="Skriv varför perioden öppnas.")
    refuse_identity([RuleComment(id="", comment=reason)])
    packages.reopen(
        workplace.store,
        delivery.digest,
        reason=reason.strip(),
        label=f"Rättelse öppnad för {period.name}",
        signature=workplace.signature,
    )


def save_copy(workplace: Workplace, *, delivery: Delivery, path: Path) -> Path:
    """Write the package once more as it is to be sent, in another place or under a name that ends otherwise.

    Raises WorldError if that fails.
    """
    file = handing_over.of_delivery(workplace, delivery=delivery)
    # A name with an ending of its own keeps it; the package's own name says that the file is encrypted.
    named = path.with_name(file.name) if path.name == delivery.file_name else path
    return save_file(named, file.data)


def close_correction(workplace: Workplace, delivery: Delivery) -> None:
    """A correction that was opened and changed nothing ends here; the delivery that stands is locked again."""
    if delivery.reopened is not None:
        packages.reopen(
            workplace.store,
            delivery.digest,
            reason=None,
            label="Rättelse stängd utan ändring",
            signature=workplace.signature,
        )


def _make(
    workplace: Workplace, found: Preview, key: SigningKey, approved_by: str, reason: str | None
) -> tuple[Delivery, bytes]:
    tables: dict[str, Sequence[Identified]] = {JOINT_ANSWERS: found.answers} if found.answers else {}
    if found.corrections:
        tables[CORRECTIONS] = corrections.rows(found.corrections, reason or "")
    what = sealing.Contents(kind=_KIND, audience=found.audience, period=found.period, rows=found.rows, tables=tables)
    return sealing.seal_package(
        workplace, contents=what, key=key, approved_by=approved_by, previous=found.previous, reason=reason
    )


def _periods(workplace: Workplace, period: str | None = None) -> tuple[Delivery, ...]:
    """What else we have sealed (questions, joint plans …) is not a period: a municipality's own or a delregion's."""
    found = packages.list_deliveries(workplace.store, Direction.OWN, period=period)
    return tuple(each for each in found if each.kind == workplace.level.wire)


def own_rows(workplace: Workplace, period: Period, earlier: Iterable[Opened]) -> Rows:
    """Our own activities, check-ins, counts and deviations; ``earlier``: what we have sealed for other periods."""
    store = workplace.store
    plans = {plan.id: plan for plan in store.own(Plan)}
    told = activities.begun(workplace, period=period)
    known = {each.id for each in told}
    made = [each for each in store.own(CheckIn, planned=False) if each.date >= period.start and each.activity in known]
    return Rows(
        activities=_sorted(wire.activity_row(each, plans[each.plan]) for each in told),
        check_ins=_sorted(map(wire.check_in_row, made)),
        counts=_sorted(wire.count_row(each) for each in store.own(Count) if period.contains(parse_period(each.period))),
        deviations=_sorted(_deviations(workplace, period, earlier)),
    )


def _deviations(workplace: Workplace, period: Period, earlier: Iterable[Opened]) -> Iterable[DeviationRow]:
    """Those registered in the period, and earlier ones that the receiver does not have as they now are."""
    told: dict[str, DeviationRow] = {}
    covered = None
    for opened in earlier:
        told.update({row.id: row for row in opened.rows.deviations})
        start = opened.statement.period.start
        covered = start if covered is None else min(covered, start)
    for deviation in workplace.store.own(Deviation):
        row = wire.deviation_row(workplace.codebook, deviation)
        in_period = period.start <= deviation.registered <= period.end
        before = covered is not None and covered <= deviation.registered < period.start
        if in_period or (before and told.get(row.id) != row):
            yield row


def _open(workplace: Workplace, delivery: Delivery) -> Opened:
    return open_package(packages.delivery_file(workplace.store, delivery.digest), None)


def _audience(workplace: Workplace, period: Period) -> Organisation:
    own = workplace.organisation
    if own.level is not Level.MUNICIPALITY:
        raise InputProblem(f"{own.name} förseglar inga perioder.", "Det gör kommunerna.", "Läs in deras paket.")
    if period.type is not workplace.codebook.reporting.type:
        raise InputProblem(
            f"{period.name.capitalize()} rapporteras inte.",
            "Mått och listor säger vilken sorts period som förseglas.",
            "Välj till exempel 2026-T2.",
        )
    return workplace.codebook.delregion_of(own.code, period.end)


def _refuse_problems(found: Preview, strict: bool) -> None:
    stopping = [each for each in found.problems if each.blocks or (strict and not each.comment)]
    if stopping:
        shown = " ".join(each.result.text for each in stopping[:3])
        rest = f" … och {len(stopping) - 3} till." if len(stopping) > 3 else ""
        raise InputProblem(
            f"{found.period.name.capitalize()} kan inte förseglas än.", shown + rest, "Rätta och försök igen."
        )


def _write_files(
    workplace: Workplace,
    delivery: Delivery,
    folder: Path,
    key: SigningKey,
    encrypt: bool,
    *,
    repeated: bool,
    warnings: tuple[Problem, ...],
) -> Sealed:
    with_card = not receipts_in.is_known_to(workplace, receiver=delivery.audience)
    file, card = sealing.write_files(
        workplace, delivery=delivery, folder=folder, key=key, encrypt=encrypt, with_card=with_card
    )
    return Sealed(delivery, file, card, repeated, warnings, with_card)


def _sorted(rows: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(rows, key=lambda row: row.id))


def texts_of(rows: Rows) -> Iterable[msgspec.Struct]:
    return (*rows.activities, *rows.check_ins, *rows.counts, *rows.deviations, *rows.rules)
