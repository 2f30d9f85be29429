"""The quality rules on our own counts and, at an office, on its members'; and the comments that answer them."""

from __future__ import annotations

import msgspec

from fardplan_desktop.analysis import rules, sums
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.deliveries import RuleOutcome
from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, RuleComment
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class MemberProblems(msgspec.Struct, frozen=True):
    """What the rules say of one member's counts, each with what the member itself says of it."""

    organisation: Organisation
    problems: tuple[Problem, ...]


def results(workplace: Workplace, *, period: Period) -> tuple[RuleResult, ...]:
    """Every rule tried, worst first."""
    return rules.evaluate(workplace.codebook, period, workplace.store.own(Count))


def problems(workplace: Workplace, *, period: Period) -> tuple[Problem, ...]:
    """What is broken, worst first, with our comments."""
    return rules.problems(results(workplace, period=period), workplace.store.own(RuleComment))


def member_problems(workplace: Workplace, *, period: Period) -> tuple[MemberProblems, ...]:
    """The rules tried anew on what the members have delivered for the period, those that compare members too.

    At an office nothing of it refuses anything: what is wrong is asked about.
    """
    counts = packages.received(workplace.store, Count)
    outcomes = packages.received(workplace.store, RuleOutcome, period=period.id)
    inhabitants = sums.inhabitants_in(period.year, workplace.store.population())
    members = [each for each in workplace.members_in(period) if each.code in outcomes]
    shown = {each.code: counts.get(each.code, ()) for each in members}
    found = []
    for member in members:
        peers = rules.Peers(own=member.code, counts_by_org=shown, inhabitants=inhabitants)
        tried = rules.evaluate(workplace.codebook, period, shown[member.code], peers)
        said = [RuleComment(id=each.id, comment=each.comment) for each in outcomes[member.code] if each.comment]
        found.append(MemberProblems(member, rules.problems(tried, said)))
    return tuple(found)


def comment(workplace: Workplace, *, problems: tuple[Problem, ...], text: str) -> Change:
    """One comment may answer several warnings; an empty text takes the comment away."""
    standing = {each.id: each for each in workplace.store.own(RuleComment)}
    edits = []
    for problem in problems:
        key = problem.result.comment_id
        after = RuleComment(id=key, comment=text.strip()) if text.strip() else None
        if after is not None or key in standing:
            edits.append(Edit(standing.get(key), after))
    return save(workplace, edits=edits, label="Kommentar till kontroll")
