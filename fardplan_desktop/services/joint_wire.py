"""Between joint plans, their activities and the answers to them, and the rows of a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from fardplan_desktop.domain.records import Indicator, JointAnswer, JointPlan, JointTask
from fardplan_desktop.exchange.kinds import JOINT_ACTIVITIES, JOINT_ANSWERS, JOINT_PLANS
from fardplan_desktop.exchange.office_rows import JointActivityRow, JointAnswerRow, JointPlanRow
from fardplan_desktop.exchange.rows import IndicatorPart
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services.wire import unsteered_rows

R = TypeVar("R", JointPlanRow, JointActivityRow, JointAnswerRow)

_SAME_IN_TASK = (
    "id", "plan", "title", "method", "areas", "target_group", "goal", "responsible", "start", "end", "ended",
    "replaced_by",
)  # fmt: skip


def plan_rows(plans: Iterable[JointPlan]) -> tuple[JointPlanRow, ...]:
    rows = (JointPlanRow(**msgspec.structs.asdict(each)) for each in plans)
    return tuple(sorted(rows, key=lambda row: row.id))


def task_rows(tasks: Iterable[JointTask]) -> tuple[JointActivityRow, ...]:
    rows = (
        JointActivityRow(
            **{name: getattr(each, name) for name in _SAME_IN_TASK},
            indicator=None if not each.indicators else _part(each.indicators[0]),
        )
        for each in tasks
    )
    return tuple(sorted(rows, key=lambda row: row.id))


def answer_rows(answers: Iterable[JointAnswer]) -> tuple[JointAnswerRow, ...]:
    rows = (JointAnswerRow(**msgspec.structs.asdict(each)) for each in answers)
    return tuple(sorted(rows, key=lambda row: row.id))


def records_of(opened: Opened) -> tuple[tuple[JointPlan, ...], tuple[JointTask, ...]]:
    """The plans and activities of a package of the kind ``plan``, as they are shown."""
    plans = tuple(JointPlan(**msgspec.structs.asdict(row)) for row in _shown(opened, JOINT_PLANS, JointPlanRow))
    tasks = tuple(
        JointTask(
            **{name: getattr(row, name) for name in _SAME_IN_TASK},
            indicators=() if row.indicator is None else (_indicator(row.indicator),),
        )
        for row in _shown(opened, JOINT_ACTIVITIES, JointActivityRow)
    )
    return plans, tasks


def answers_of(opened: Opened) -> tuple[JointAnswer, ...]:
    """What a municipality's package answers; empty when it has no such file."""
    return tuple(JointAnswer(**msgspec.structs.asdict(row)) for row in _shown(opened, JOINT_ANSWERS, JointAnswerRow))


def _shown(opened: Opened, file: str, row: type[R]) -> Iterator[R]:
    yield from map(unsteered_rows, opened.table(file, row))


def _part(indicator: Indicator) -> IndicatorPart:
    """What came of it is the municipalities' to say."""
    return IndicatorPart(
        text=indicator.text, unit=indicator.unit, start=indicator.start, target=indicator.target, outcome=""
    )


def _indicator(part: IndicatorPart) -> Indicator:
    return Indicator(text=part.text, unit=part.unit, start=part.start, target=part.target)
