"""Who has delivered what: the members expected in a period against what has come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fardplan_desktop.domain.figures import Coverage, CoverageRow, CoverageState, DeliveryFact
from fardplan_desktop.domain.periods import Period


def coverage(period: Period, members: Sequence[str], facts: Iterable[DeliveryFact], due: date, as_of: date) -> Coverage:
    """One row for each member expected on the period's last day, in the order given; facts of others are passed over.

    ``due``: the last day in time, from the code book. What came after ``as_of`` is not known yet that day.
    """
    known = [fact for fact in facts if fact.period == period.id and fact.received <= as_of]
    return Coverage(period.id, tuple(_row(period, code, known, due, as_of) for code in members))


def _row(period: Period, member: str, known: list[DeliveryFact], due: date, as_of: date) -> CoverageRow:
    own = sorted((fact for fact in known if fact.organisation == member), key=lambda fact: fact.sequence)
    accepted = [fact for fact in own if fact.accepted]
    refused = max((fact for fact in own if not fact.accepted), key=lambda fact: fact.received, default=None)
    latest = accepted[-1] if accepted else None
    late = bool(accepted) and _sent(accepted[0]) > due
    return CoverageRow(
        organisation=member,
        period=period.id,
        state=_state(len(accepted), late, refused is not None, as_of > due),
        due=due,
        sequence=latest.sequence if latest else None,
        received=latest.received if latest else refused.received if refused else None,
        late=late,
        code=refused.code if refused and not latest else None,
        totals=latest is not None and latest.totals,
    )


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
