"""Step 16: a package that is sealed and whole may still be the wrong one: the same again, an older one, or a rival.

Judged against what the receiver has taken in, and only for intact packages. The state itself changes in the store, in
the same transaction as the intake.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import Replay, Verdict, Warning
from fardplan_desktop.exchange.kinds import Kind
from fardplan_desktop.exchange.messages import PackageRefusal, clock_ahead, first_contact, gap, long_ago, refuse

_CLOCK_SKEW = timedelta(minutes=10)
_LONG_AGO = timedelta(days=400)


def check_replay(about: Verdict, seen: Replay, kind: Kind) -> Replay:
    """What it was judged against. Raises Refusal E18.

    What a revoked key has sealed counts as anything else until it is in the way of what the sender's own key seals:
    a thief who has taken the next number, or one far ahead, must not shut the sender out.
    """
    try:
        _check(about, seen, kind)
    except PackageRefusal:
        if seen.unrevoked is None:
            raise
        _check(about, seen.unrevoked, kind)
        return seen.unrevoked
    return seen


def _check(about: Verdict, seen: Replay, kind: Kind) -> None:
    """Raises Refusal E18: not the same again, not a second with its number, not older, and replacing what counts.

    What it replaces may be one that never came here, when that is newer than what we have: the sender corrected twice
    and the first correction was lost, or was forgotten in a restored backup. The gap in numbers is told as a warning.
    """
    if about.digest in seen.digests:
        raise refuse("E18-REPLAY", "statement already taken in", day=seen.digests[about.digest])
    if about.sequence in seen.by_sequence:
        detail = f"other statement than {seen.by_sequence[about.sequence]}"
        raise refuse("E18-EQUIVOCATION", detail, sender=about.issuer_name, sequence=about.sequence)
    if kind.in_turn and about.sequence <= seen.max_sequence:
        raise refuse("E18-ROLLBACK", "not above the highest", sequence=about.sequence, have=seen.max_sequence)
    if not kind.one_per_period:
        return
    active = seen.active_by_period.get(about.period)
    named = about.supersedes
    of_another_period = named is not None and seen.known.get(named[1], about.period) != about.period
    never_came = named is not None and active is not None and named[0] > active[0] and named[1] not in seen.known
    if (active is not None and named != active and not never_came) or of_another_period:
        raise refuse("E18-SUPERSEDES", f"supersedes {named}, active {active}", period=parse_period(about.period).name)


def skipped(about: Verdict, seen: Replay) -> int:
    """How many numbers are missing between the highest taken in and this one."""
    return about.sequence - seen.max_sequence - 1


def history_warnings(about: Verdict, seen: Replay) -> list[Warning]:
    if seen.max_sequence == 0 and about.supersedes is not None:
        return [first_contact()]
    return [gap(seen.max_sequence + 1, about.sequence - 1)] if skipped(about, seen) > 0 else []


def clock_warnings(approved: datetime, now: datetime) -> list[Warning]:
    """Both moments with a time zone. There is no trusted clock, so a strange date is told, not refused."""
    day = approved.date().isoformat()
    if approved > now + _CLOCK_SKEW:
        return [clock_ahead(day)]
    return [long_ago(day)] if now - approved > _LONG_AGO else []
