"""Who has delivered what: the members expected in a period against what has come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fardplan_desktop.domain.figures import Coverage, CoverageRow, CoverageState, DeliveryFact
from fardplan_desktop.domain.periods import Period

_TWO_WITH_ONE_NUMBER = "E18-EQUIVOCATION"


def coverage(
    period: Period,
    members: Sequence[str],
    facts: Iterable[DeliveryFact],
    due: date,
    as_of: date,
    offices: Sequence[str] = (),
) -> Coverage:
    """One row for each member expected on the period's last day, in the order given; facts of others are passed over.

    ``due``: the last day in time, from the code book. What came after ``as_of`` is not known yet that day.
    ``offices``: those whose bundles the members come in, at the county.
    """
    known: dict[str, list[DeliveryFact]] = {}
    for fact in facts:
        if fact.period == period.id and fact.received <= as_of:
            known.setdefault(fact.organisation, []).append(fact)
    rows, above = (
        tuple(_row(period, code, known.get(code, []), due, as_of) for code in codes) for codes in (members, offices)
    )
    return Coverage(period=period.id, as_of=as_of, due=due, rows=rows, offices=above)


def _row(period: Period, member: str, own: list[DeliveryFact], due: date, as_of: date) -> CoverageRow:
    accepted = sorted((fact for fact in own if fact.accepted), key=lambda fact: fact.sequence)
    first, latest = (accepted[0], accepted[-1]) if accepted else (None, None)
    refused = _refused(accepted, [fact for fact in own if not fact.accepted])
    days_late = max(0, (_sent(first) - due).days) if first else 0
    return CoverageRow(
        organisation=member,
        period=period.id,
        state=_state(len(accepted), days_late > 0, refused is not None, as_of > due),
        due=due,
        days=(due - as_of).days,
        sequence=latest.sequence if latest else None,
        received=latest.received if latest else None,
        sent=_sent(latest) if latest else None,
        late=days_late > 0,
        days_late=days_late,
        corrections=max(0, len(accepted) - 1),
        via=latest.via if latest else "",
        refused=refused,
        totals=latest is not None and latest.totals,
    )


def _refused(accepted: list[DeliveryFact], refused: list[DeliveryFact]) -> DeliveryFact | None:
    """The latest refused file that still says something: nothing good has come after it, and it is no older version.

    Two different packages with one number stay told until the sender has sent a later one.
    """
    latest = accepted[-1] if accepted else None
    last_good = max((_moment(fact) for fact in accepted), default=None)

    def stands(fact: DeliveryFact) -> bool:
        if latest is None or last_good is None:
            return True
        newer = fact.sequence > latest.sequence
        clash = fact.sequence == latest.sequence and fact.code == _TWO_WITH_ONE_NUMBER
        return _moment(fact) > last_good and (newer or clash)

    return max(filter(stands, refused), key=_moment, default=None)


def _moment(fact: DeliveryFact) -> tuple[date, str, int]:
    return fact.received, fact.at, fact.sequence


def _state(accepted: int, late: bool, refused: bool, past_due: bool) -> CoverageState:
    if accepted > 1:
        return CoverageState.CORRECTED
    if accepted:
        return CoverageState.LATE if late else CoverageState.DELIVERED
    if refused:
        return CoverageState.REJECTED
    return CoverageState.MISSING if past_due else CoverageState.AWAITED


def _sent(fact: DeliveryFact) -> date:
    return fact.sealed or fact.received
