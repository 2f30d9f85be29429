"""Between our records and the rows of a package: what leaves the PC, and what comes in.

Local fields (reference, description, dates of sending) are left out here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

import msgspec

from fardplan_desktop.analysis.risk import risk_value
from fardplan_desktop.analysis.visible import unsteered
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import RuleOutcome
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.figures import RuleResult
from fardplan_desktop.domain.records import Activity, CheckIn, Count, CountState, Deviation, Indicator, Outcome, Plan
from fardplan_desktop.exchange.rows import (
    ActivityRow,
    CheckInRow,
    CountRow,
    DeviationRow,
    ExtraPart,
    IndicatorPart,
    Rows,
    RuleRow,
)

T = TypeVar("T", bound=msgspec.Struct)

_SAME_IN_DEVIATION = (
    "id", "number", "month", "registered", "direction", "reporter", "counterpart", "counterpart_org", "category",
    "subcategory", "kind", "document", "document_text", "stage", "target_group", "age_group", "consequence",
    "severity", "likelihood", "summary", "status", "causes", "action", "action_text", "follow_up", "effect", "lex",
    "system", "lift_to", "feedback",
)  # fmt: skip
_OF_DEVIATION = attrgetter(*_SAME_IN_DEVIATION)
_SAME_IN_ACTIVITY = (
    "id", "title", "method", "also_methods", "preconditions", "areas", "joint", "target_group", "goal", "responsible",
    "partners", "start", "end", "status", "status_note", "forecast", "percent", "obstacle", "next_step", "lift_to",
)  # fmt: skip
_EXTRA = ("resources", "involvement", "children", "lesson", "shareable")


def activity_row(activity: Activity, plan: Plan) -> ActivityRow:
    values = {name: getattr(activity, name) for name in _SAME_IN_ACTIVITY}
    indicator = _indicator_part(activity.indicators[0]) if activity.indicators else None
    extra = ExtraPart(**{name: getattr(activity, name) for name in _EXTRA})
    return ActivityRow(
        **values, plan=plan.title, plan_type=plan.type, plan_year=plan.year, indicator=indicator, extra=extra
    )


def check_in_row(check_in: CheckIn) -> CheckInRow:
    return CheckInRow(**{name: getattr(check_in, name) for name in CheckInRow.__struct_fields__})


def count_row(count: Count) -> CountRow:
    values = msgspec.structs.asdict(count)
    return CountRow(id=count.id, **{**values, "state": count.state.value})


def deviation_row(codebook: CodeBook, deviation: Deviation) -> DeviationRow:
    return DeviationRow(
        **{name: getattr(deviation, name) for name in _SAME_IN_DEVIATION},
        risk=risk_value(codebook, deviation.severity, deviation.likelihood),
        days_to_send=_days(deviation.registered, deviation.sent_on),
        days_to_answer=_days(deviation.sent_on, deviation.answered_on),
    )


def rule_rows(results: Iterable[RuleResult], comments: Mapping[str, str]) -> tuple[RuleRow, ...]:
    rows = {
        result.comment_id: RuleRow(
            id=result.comment_id,
            rule=result.rule,
            version=result.version,
            severity=result.severity.value,
            subject=result.subject,
            outcome=result.outcome.value,
            comment=comments.get(result.comment_id),
        )
        for result in results
    }
    return tuple(rows.values())


def unsteered_rows(rows: T) -> T:
    """The rows as they are shown: characters that change the direction of reading are boxes, here and ever after."""
    written = msgspec.json.encode(rows)
    plain = unsteered(written)
    return rows if plain == written else msgspec.json.decode(plain, type=type(rows))


def records_of(rows: Rows) -> dict[type[msgspec.Struct], tuple[msgspec.Struct, ...]]:
    """The received rows as records, by kind. A plan gets its id from what identifies it at the sender."""
    plans = {_plan_id(row): Plan(id=_plan_id(row), title=row.plan, type=row.plan_type, year=row.plan_year)
             for row in rows.activities}  # fmt: skip
    return {
        Plan: tuple(plans.values()),
        Activity: tuple(_activity(row) for row in rows.activities),
        CheckIn: tuple(CheckIn(**msgspec.structs.asdict(row)) for row in rows.check_ins),
        Count: tuple(_count(row) for row in rows.counts),
        Deviation: tuple(_deviation(row) for row in rows.deviations),
        RuleOutcome: tuple(RuleOutcome(**msgspec.structs.asdict(row)) for row in rows.rules),
    }


def first_unknown_code(codebook: CodeBook, rows: Rows) -> str | None:
    """File, row id and field of a code that the code book has never had; None when all are known."""
    for name, group, own in (
        ("data/aktiviteter.jsonl", rows.activities, {"status": "aktivitetsstatus", "forecast": "prognos"}),
        ("data/avstamningar.jsonl", rows.check_ins, {"status": "aktivitetsstatus", "forecast": "prognos"}),
        ("data/avvikelser.jsonl", rows.deviations, {"status": "avvikelsestatus"}),
    ):
        for field, list_id in {**DEVIATION_LISTS, **own}.items():
            if group and field in group[0].__struct_fields__:
                known = _codes_of(codebook, list_id)
                used = set(map(attrgetter(field), group))  # Few, whatever the number of rows.
                for code in {code for value in used for code in _each(value)}:
                    if code is not None and code not in known:
                        row_id = next(row.id for row in group if code in _each(getattr(row, field)))
                        return f"{name}: {row_id}, {list_id} {code}"
    return _unknown_in_counts(codebook, rows.counts)


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _unknown_in_counts(codebook: CodeBook, counts: Iterable[CountRow]) -> str | None:
    lists = {each.breakdown for each in counts}
    known = {each: _codes_of(codebook, each) for each in lists if each is not None}
    for row in counts:
        measure = codebook.measures_by_id.get(row.measure)
        if measure is None or (row.breakdown is not None and row.breakdown not in measure.breakdowns):
            return f"data/antal.jsonl: {row.id}"
        if row.breakdown is not None and row.value not in known[row.breakdown]:
            return f"data/antal.jsonl: {row.id}, {row.breakdown} {row.value}"
    return None


def _codes_of(codebook: CodeBook, list_id: str) -> Container[str]:
    return codebook.list(list_id).by_id if list_id in codebook.lists else ()


def _plan_id(row: ActivityRow) -> str:
    return f"{row.plan_type}/{row.plan_year}/{row.plan}"


def _activity(row: ActivityRow) -> Activity:
    return Activity(
        **{name: getattr(row, name) for name in _SAME_IN_ACTIVITY},
        plan=_plan_id(row),
        indicators=() if row.indicator is None else (_indicator(row.indicator),),
        **msgspec.structs.asdict(row.extra),
    )


def _indicator_part(indicator: Indicator) -> IndicatorPart:
    """The wire has room for one outcome: the latest."""
    latest = indicator.outcomes[-1].value if indicator.outcomes else ""
    return IndicatorPart(
        text=indicator.text, unit=indicator.unit, start=indicator.start, target=indicator.target, outcome=latest
    )


def _indicator(part: IndicatorPart) -> Indicator:
    outcomes = (Outcome(value=part.outcome),) if part.outcome else ()
    return Indicator(text=part.text, unit=part.unit, start=part.start, target=part.target, outcomes=outcomes)


def _count(row: CountRow) -> Count:
    return Count(
        measure=row.measure,
        period=row.period,
        breakdown=row.breakdown,
        value=row.value,
        state=CountState(row.state),
        n=row.n,
        comment=row.comment,
    )


def _deviation(row: DeviationRow) -> Deviation:
    """Only durations are sent; counted from the day of registration they give the dates back."""
    sent = None if row.days_to_send is None else row.registered + timedelta(days=row.days_to_send)
    answered = None if sent is None or row.days_to_answer is None else sent + timedelta(days=row.days_to_answer)
    same = dict(zip(_SAME_IN_DEVIATION, _OF_DEVIATION(row), strict=True))
    return Deviation(**same, sent_on=sent, answered_on=answered)


def _days(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else max(0, (end - start).days)
