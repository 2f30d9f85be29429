"""What the example municipality has in its plans beyond the usual: a second plan, indicators with outcomes, forums,
themes, answers, a planned check-in and the yearly self-assessment. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Activity, Answer, CheckIn, Indicator, Outcome, Plan, SelfAssessment
from fardplan_desktop.host.clock import Ids

_ELDERLY = ("Rutin för läkarmedverkan på särskilt boende", "Trygg hemgång de första 72 timmarna")
_TRAINING, _CAFE, _HOME, _TALKS = (
    "Gemensam SIP-utbildning med vårdcentralen",
    "Anhörigcafé tillsammans med föreningslivet",
    "Trygg hemgång de första 72 timmarna",
    "Uppsökande samtal om ofrivillig ensamhet",
)
_INDICATORS = {
    _TRAINING: (
        Indicator(text="Medarbetare som har gått utbildningen", unit="%", start="20", target="90"),
        Indicator(text="SIP-möten där båda huvudmännen deltar", start="ibland", target="alltid"),
    ),
    _CAFE: (Indicator(text="Besök per månad", unit="antal", start="0", target="25"),),
}
_OUTCOMES = {_TRAINING: (("38", "57", "71"), ("", "", "oftast")), _CAFE: (("9", "14", "18"),)}
"""Of the three last periods, for each indicator."""
_LINKS: dict[str, dict[str, object]] = {
    _TRAINING: {
        "also_methods": ("A3",),
        "preconditions": ("F3",),
        "partners": ("regional-primarvard", "vard-och-omsorg"),
        "agreements": ("riktlinje-sip",),
        "answers": (Answer(question="1", text="Den enskilde slipper vara budbärare mellan oss."),),
    },
    _CAFE: {"themes": ("anhorigstod", "frivilliga"), "partners": ("civilsamhallet",)},
    _HOME: {"forum": "delregional-styrgrupp", "obstacle": "Teamet saknar två av fem medarbetare."},
    _TALKS: {"themes": ("ofrivillig-ensamhet",), "target_group": "aldre-multisjuka"},
}
_SCORES = {
    "A1": ("enstaka-initiativ", "pagar-i-delar", "Samtalen har börjat i två av fyra områden."),
    "A2": ("enstaka-initiativ", "enstaka-initiativ", ""),
    "A3": ("pagar-i-delar", "pagar-i-delar", ""),
    "A4": ("pagar-i-delar", "i-stort-sett-infort", "Fast omsorgskontakt är införd i all hemtjänst."),
    "A5": ("inte-paborjat", "", ""),
    "A6": ("enstaka-initiativ", "", ""),
}
"""Last year's, this year's when it is given, and a comment to it."""


def elderly_plan(ids: Ids, year: int) -> Plan:
    """The second plan, of several years and of the delregion."""
    return Plan(
        id=ids(),
        title=f"Handlingsplan äldres hälsa {year - 1}–{year + 1}",
        type="aldres-halsa",
        year=year - 1,
        until=year + 1,
        level="delregional",
        target_group="aldre-multisjuka",
    )


def in_full(activity: Activity, *, elderly: Plan, last: Period) -> Activity:
    """An activity of the municipality's own with everything there is to say of it; ``last`` is the last period."""
    periods = [last.shifted(step).id for step in (-2, -1, 0)]
    indicators = tuple(
        msgspec.structs.replace(each, outcomes=_outcomes(periods, values))
        for each, values in zip(_INDICATORS.get(activity.title, ()), _OUTCOMES.get(activity.title, ()), strict=True)
    )
    plan = elderly.id if activity.title in _ELDERLY else activity.plan
    return msgspec.structs.replace(activity, plan=plan, indicators=indicators, **_LINKS.get(activity.title, {}))


def outcomes_at(activity: Activity, day: date) -> Activity:
    """Without the outcomes of periods that have not ended by then."""
    kept = tuple(
        msgspec.structs.replace(
            each, outcomes=tuple(one for one in each.outcomes if parse_period(one.period).end < day)
        )
        for each in activity.indicators
    )
    return msgspec.structs.replace(activity, indicators=kept)


def planned(activities: Sequence[Activity], ids: Ids, *, last: Period) -> tuple[CheckIn, ...]:
    """The next check-in of the training, some weeks after the last period."""
    day = last.end + timedelta(days=45)
    return tuple(
        CheckIn(id=ids(), activity=each.id, date=day, planned=True) for each in activities if each.title == _TRAINING
    )


def assessments(year: int) -> tuple[SelfAssessment, ...]:
    """All of last year's, and this year's as far as it has come."""
    before = [SelfAssessment(year=year - 1, method=method, score=each[0]) for method, each in _SCORES.items()]
    now = [
        SelfAssessment(year=year, method=method, score=score, comment=comment)
        for method, (_, score, comment) in _SCORES.items()
        if score
    ]
    return (*before, *now)


def _outcomes(periods: Sequence[str], values: Sequence[str]) -> tuple[Outcome, ...]:
    return tuple(Outcome(period=period, value=value) for period, value in zip(periods, values, strict=True) if value)
