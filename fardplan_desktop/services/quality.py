"""The quality rules on our own counts, and the comments that answer them."""

from __future__ import annotations

from fardplan_desktop.analysis import rules
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, RuleComment
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace


def results(workplace: Workplace, *, period: Period) -> tuple[RuleResult, ...]:
    """Every rule tried, worst first."""
    return rules.evaluate(workplace.codebook, period, workplace.store.own(Count))


def problems(workplace: Workplace, *, period: Period) -> tuple[Problem, ...]:
    """What is broken, worst first, with our comments."""
    return rules.problems(results(workplace, period=period), workplace.store.own(RuleComment))


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
