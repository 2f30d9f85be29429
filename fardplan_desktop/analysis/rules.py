"""The code book's quality rules, tried on what was entered: what is wrong, what is unusual, what could not be tried.

Rules are tried at the granularity at which numbers were entered, never on rolled-up sums (domain model 7.1). Only
errors refuse a seal; warnings ask for a comment.
"""

from __future__ import annotations

from collections.abc import Iterable

from fardplan_desktop.analysis.entered import Entered
from fardplan_desktop.analysis.rule_kinds import Ground, Peers, Trial, trials
from fardplan_desktop.domain.codebook import CodeBook, Rule
from fardplan_desktop.domain.codebook_succession import as_of
from fardplan_desktop.domain.figures import Outcome, Problem, RuleResult, Severity
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, RuleComment, count_id

__all__ = ["Peers", "alike", "evaluate", "problems"]


def evaluate(
    codebook: CodeBook, period: Period, counts: Iterable[Count], peers: Peers | None = None
) -> tuple[RuleResult, ...]:
    """Every rule in force on one organisation's counts, worst first: errors, warnings, silent, ok.

    ``counts``: of all periods, since rules look back. ``peers``: at an office, for rules that compare members.
    """
    codebook = as_of(codebook, period, codes_on=period.start)
    ground = Ground(codebook=codebook, period=period, entered=Entered(counts), peers=peers)
    results = [
        (_weight(result), result)
        for rule in codebook.rules
        if rule.ended is None or rule.ended >= period.start
        for result in (_result(codebook, rule, trial) for trial in trials(rule, ground))
    ]
    return tuple(result for _, result in sorted(results, key=lambda each: each[0]))


def problems(results: Iterable[RuleResult], comments: Iterable[RuleComment]) -> tuple[Problem, ...]:
    """The broken rules, in the order given, each with the municipality's comment if it has one."""
    said = {comment.id: comment.comment for comment in comments}
    return tuple(
        Problem(result, said.get(result.comment_id) or None) for result in results if result.outcome is Outcome.BROKEN
    )


def alike(problems: Iterable[Problem], chosen: Iterable[Problem]) -> tuple[Problem, ...]:
    """The chosen ones, and every other warning of the same rules that has no comment: what one comment may answer."""
    picked = tuple(chosen)
    rules, ids = {each.result.rule for each in picked}, {each.result.comment_id for each in picked}
    others = (each for each in problems if each.result.rule in rules and not each.blocks and not each.comment)
    return picked + tuple(each for each in others if each.result.comment_id not in ids)


def _result(codebook: CodeBook, rule: Rule, trial: Trial) -> RuleResult:
    words = {
        **{name: str(number) for name, number in rule.numbers.items()},
        **trial.values,
        "measure": codebook.measure(trial.measure).label,
        "period": trial.period.name,
    }
    broken = trial.outcome is Outcome.BROKEN
    return RuleResult(
        rule=rule.id,
        version=rule.version,
        severity=Severity(rule.severity),
        subject=count_id(trial.measure, trial.period.id),
        outcome=trial.outcome,
        text=rule.text.format_map(words) if broken else trial.why,
        instruction=rule.instruction if broken else "",
        cells=trial.cells,
    )


def _weight(result: RuleResult) -> int:
    """Sorting is stable, so that equals keep the order of the code book and of time."""
    if result.outcome is Outcome.BROKEN:
        return 0 if result.severity is Severity.ERROR else 1
    return 2 if result.outcome is Outcome.SILENT else 3
