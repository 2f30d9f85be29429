"""One invented municipality: what it counts, what goes wrong and what it works with, month by month.

Whole numbers and one seeded source of chance throughout, so that every computer invents the same. The numbers hang
together as real ones do: a plan that is drawn up is under way until it is closed, and a part is never more than its
whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import isqrt
from random import Random

import msgspec

from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period, period_of
from fardplan_desktop.domain.records import Activity, CheckIn, Count, CountState, Deviation, Plan, SelfAssessment
from fardplan_desktop.host.clock import Ids
from fardplan_desktop.services import demo_plan, demo_texts
from fardplan_desktop.services.activities import OWN_PLAN, from_joint
from fardplan_desktop.services.demo_texts import DeviationExample, OwnActivity

_SEASON = (100, 100, 105, 100, 100, 85, 55, 80, 110, 115, 110, 80)
"""Percent of an ordinary month, January to December."""
_WEIGHTS = {
    "alder": (12, 28, 25, 33, 2),
    "malgrupp": (34, 20, 10, 12, 12, 8, 3, 1),
    "kallande-part": (24, 22, 6, 14, 18, 9, 4, 2, 1),
    "motesform": (48, 32, 8, 11, 1),
    "avslutsorsak": (45, 22, 8, 9, 11, 4, 1),
}
_FILLED_FIRST = ("SIP01", "SIP02", "SIP03", "SIP04", "SIP05")
_MONTHS_FOLLOWED = 6
"""One municipality in so many counts followed-up plans by the month instead of by the period."""


class Town:
    """Made once and asked for each period in turn; the same ``chance`` and ``ids`` give the same town."""

    def __init__(
        self,
        codebook: CodeBook,
        organisation: Organisation,
        months: tuple[Period, ...],
        chance: Random,
        ids: Ids,
        *,
        told_in_full: bool = False,
    ) -> None:
        """``told_in_full``: with everything there is to show, for a store that is opened and looked through."""
        self.organisation = organisation
        self._in_full = told_in_full
        self._codebook = codebook
        self._chance = chance
        self._ids = ids
        self._last = months[-1]
        self._size = demo_texts.CASES_A_MONTH.get(organisation.code) or chance.randint(*demo_texts.USUAL_CASES)
        self._by_month = chance.randrange(_MONTHS_FOLLOWED) == 0 or told_in_full
        self._ongoing = 6 * self._size
        self.counts = tuple(self._all_counts(months))
        self.deviations = tuple(self._all_deviations(months))
        self.plans, self.activities = self._all_activities()

    def counts_in(self, period: Period) -> tuple[Count, ...]:
        return tuple(each for each in self.counts if period.contains(period_with(each.period)))

    def started(self, month: Period) -> tuple[Count, ...]:
        """The month after the last, of which somebody has filled in the beginning."""
        numbers = self._month(0, month)
        return tuple(Count(measure=measure, period=month.id, n=numbers[measure]) for measure in _FILLED_FIRST)

    def deviations_at(self, day: date) -> tuple[Deviation, ...]:
        """Those registered by then, as they stood that day."""
        return tuple(_deviation_at(each, day) for each in self.deviations if each.registered <= day)

    def activities_at(self, day: date) -> tuple[Activity, ...]:
        return tuple(demo_plan.outcomes_at(_activity_at(each, day), day) for each in self.activities)

    def check_ins_at(self, day: date) -> tuple[CheckIn, ...]:
        """One for each activity of its own that is under way."""
        comments = {each.title: each.comment for each in demo_texts.OWN_ACTIVITIES}
        return tuple(
            CheckIn(
                id=self._ids(),
                activity=each.id,
                date=day,
                status=each.status,
                forecast=each.forecast,
                comment=comments[each.title] if each.end and day + timedelta(days=240) > each.end else "Enligt planen.",
            )
            for each in self.activities_at(day)
            if each.joint is None and each.start and each.start <= day and each.status != "klar"
        )

    # -- counts -------------------------------------------------------------------------------

    def _all_counts(self, months: tuple[Period, ...]) -> Iterator[Count]:
        kind = self._codebook.reporting.type
        followed, drawn, at_start = 0, 0, self._ongoing
        for place, month in enumerate(months):
            numbers = self._month(place, month)
            followed, drawn = followed + numbers["SIP10"], drawn + numbers["SIP08"]
            period = period_of(month.start, kind)
            ends = month.end == period.end
            if not self._by_month:
                del numbers["SIP10"]
                if ends:
                    unique = min(followed * 85 // 100, at_start + drawn - 1)
                    yield Count(measure="SIP10", period=period.id, n=max(0, unique))
            if ends:
                numbers |= self._contacts()
                followed, drawn, at_start = 0, 0, numbers["SIP12"]
            for measure, number in sorted(numbers.items()):
                yield self._count(measure, month, number)
                yield from self._breakdowns(measure, month, number, ends)

    def _count(self, measure: str, month: Period, number: int) -> Count:
        """As it was reported; told in full, one value is missing and one is an estimate."""
        if self._in_full and (measure, month) == ("SIP06", self._last.previous):
            return Count(measure=measure, period=month.id, state=CountState.MISSING, comment="Registrerades inte.")
        if self._in_full and (measure, month) == ("KON03", self._last):
            return Count(measure=measure, period=month.id, state=CountState.ESTIMATED, n=number)
        return Count(measure=measure, period=month.id, n=number)

    def _month(self, place: int, month: Period) -> dict[str, int]:
        """The measures of a month; a stock is what the month before left, less closed, plus drawn up."""
        offered = self._near(self._size * _SEASON[month.first_month - 1] * (100 + place) // 10_000)
        declined = self._part(offered, 12)
        drawn = self._part(offered - declined, 76)
        follow_ups = min(self._near(self._ongoing * 15 // 100), self._ongoing)
        meetings = drawn + follow_ups
        closed = min(self._near(self._ongoing * 10 // 100), self._ongoing)
        moved_in = int(self._in_full and month == self._last.previous)
        self._ongoing += drawn - closed + moved_in
        return {
            "SIP01": offered,
            "SIP02": declined,
            "SIP03": meetings + self._part(meetings, 8),
            "SIP04": meetings,
            "SIP05": self._part(meetings, 88),
            "SIP06": self._part(meetings, 45),
            "SIP07": self._part(meetings, 70),
            "SIP08": drawn,
            "SIP09": self._part(drawn, 40),
            "SIP10": follow_ups,
            "SIP11": closed,
            "SIP12": self._ongoing,
            "SIP13": self._part(self._ongoing, 72),
        }

    def _contacts(self) -> dict[str, int]:
        home_care, enrolled = self._near(self._size * 30), self._near(self._size * 26)
        return {
            "KON01": home_care,
            "KON02": self._part(home_care, 82),
            "KON03": enrolled,
            "KON04": self._part(enrolled, 61),
        }

    def _breakdowns(self, measure: str, month: Period, number: int, ends: bool) -> Iterator[Count]:
        if self._codebook.measure(measure).over_time == "last" and not ends:
            return
        for breakdown in self._codebook.measure(measure).breakdowns:
            codes = [code.id for code in self._codebook.list(breakdown).codes]
            weights = [*_WEIGHTS.get(breakdown, ()), *[1] * len(codes)][: len(codes)]
            drawn = Counter(self._chance.choices(codes, weights, k=number))
            for code in codes:
                yield Count(measure=measure, period=month.id, breakdown=breakdown, value=code, n=drawn[code])

    def _near(self, mean: int) -> int:
        """About the mean, as far from it as chance would take a count."""
        spread = isqrt(mean)
        return max(0, mean + self._chance.randint(-spread, spread))

    def _part(self, whole: int, percent: int) -> int:
        """About so many percent; of twenty or more neither none nor all."""
        number = (whole * percent + self._chance.randrange(100)) // 100
        return min(max(number, 1), whole - 1) if whole >= 20 else min(number, whole)

    # -- deviations ---------------------------------------------------------------------------

    def _all_deviations(self, months: tuple[Period, ...]) -> Iterator[Deviation]:
        """In order of registration, numbered by year; each as it will be when all is said and done."""
        numbers: Counter[int] = Counter()
        for month in months:
            often = min(self._size, 60) * 100 // 6 + self._chance.randrange(100)
            days = sorted(self._chance.randint(1, month.end.day) for _ in range(often // 100))
            for day in days:
                registered = month.start.replace(day=day)
                numbers[month.year] += 1
                example = self._chance.choice(demo_texts.DEVIATIONS)
                number = f"{self.organisation.code}-{month.year}-{numbers[month.year]:04d}"
                yield self._deviation(example, number, registered)

    def _deviation(self, example: DeviationExample, number: str, registered: date) -> Deviation:
        sent = registered + timedelta(days=self._chance.randint(1, 6))
        answered = None if self._chance.randrange(100) < 15 else sent + timedelta(days=self._chance.randint(14, 74))
        happened = registered - timedelta(days=self._chance.randint(0, 9))
        ages = [code.id for code in self._codebook.list("alder").codes]
        return Deviation(
            id=self._ids(),
            number=number,
            month=f"{happened:%Y-%m}",
            registered=registered,
            direction="kommun-region" if self._chance.randrange(10) else "region-kommun",
            reporter=example.reporter,
            counterpart=example.counterpart,
            category=example.category,
            kind=example.kind,
            document=example.document,
            stage=example.stage,
            age_group=self._chance.choices(ages, _WEIGHTS["alder"][: len(ages)])[0],
            consequence=example.consequence,
            severity=example.severity,
            likelihood=example.likelihood,
            summary=example.summary,
            causes=example.causes,
            action=example.action,
            action_text=example.action_text,
            effect=self._chance.choice(("god", "viss", "ej-uppfoljd")),
            lex="inte-aktuell",
            system="ja" if example.action == "lyft-till-samverkan" else "nej",
            sent_on=sent,
            answered_on=answered,
        )

    # -- activities ---------------------------------------------------------------------------

    def _all_activities(self) -> tuple[tuple[Plan, ...], tuple[Activity, ...]]:
        joint = self._codebook.joint_activities
        common = Plan(
            id=self._ids(), title=f"Färdplanens gemensamma {joint[0].year}", type=joint[0].plan, year=joint[0].year
        )
        year = self._last.year
        own = Plan(id=self._ids(), title=f"Handlingsplan {year}", type=OWN_PLAN, year=year)
        elderly = demo_plan.elderly_plan(self._ids, year) if self._in_full else None
        everything = demo_texts.OWN_ACTIVITIES
        chosen = self._chance.sample(everything, self._chance.randint(3, len(everything)))
        shared = [from_joint(self._codebook, each, id=self._ids(), plan=common.id) for each in joint]
        said = [self._activity(each, own) for each in everything if each in chosen or self._in_full]
        if elderly is None:
            return (common, own), (*shared, *said)
        last = period_of(self._last.start, self._codebook.reporting.type)
        full = [demo_plan.in_full(each, elderly=elderly, last=last) for each in said]
        return (common, own, elderly), (*shared, *full)

    def planned(self) -> tuple[CheckIn, ...]:
        """What is to be checked in after the last period."""
        return demo_plan.planned(
            self.activities, self._ids, last=period_of(self._last.start, self._codebook.reporting.type)
        )

    def assessments(self) -> tuple[SelfAssessment, ...]:
        return demo_plan.assessments(self._last.year)

    def _activity(self, own: OwnActivity, plan: Plan) -> Activity:
        return Activity(
            id=self._ids(),
            plan=plan.id,
            title=own.title,
            method=own.method,
            responsible=own.responsible,
            goal=own.goal,
            start=self._last.shifted(own.starts).start,
            end=self._last.shifted(own.ends).end,
            status=own.outcome,
            forecast=own.forecast,
            next_step="Följs upp vid nästa avstämning.",
            lift_to="delregional" if own.forecast == "nar-inte-malet" else None,
        )


def without(counts: tuple[Count, ...], measure: str) -> tuple[Count, ...]:
    """The counts before somebody remembered to ask for this measure."""
    return tuple(
        msgspec.structs.replace(each, state=CountState.MISSING, n=None) if each.measure == measure else each
        for each in counts
    )


def _deviation_at(final: Deviation, day: date) -> Deviation:
    """The deviation before the days that have not come."""
    answered = final.answered_on if final.answered_on and final.answered_on <= day else None
    sent = final.sent_on if final.sent_on and final.sent_on <= day else None
    acted = answered is not None and answered + timedelta(days=20) <= day
    closed = answered is not None and answered + timedelta(days=60) <= day
    if closed:
        status = "avslutad"
    elif acted:
        status = "atgardad"
    elif answered:
        status = "svar-mottaget"
    elif sent:
        status = "utreds" if sent + timedelta(days=10) <= day else "skickad"
    else:
        status = "registrerad"
    return msgspec.structs.replace(
        final,
        status=status,
        sent_on=sent,
        answered_on=answered,
        causes=final.causes if answered else (),
        action=final.action if acted else None,
        action_text=final.action_text if acted else None,
        effect=final.effect if closed else None,
        system=final.system if answered else None,
        feedback=answered + timedelta(days=60) if closed and answered else None,
    )


def _activity_at(final: Activity, day: date) -> Activity:
    if final.joint is not None or final.start is None or final.end is None:
        return final
    if day < final.start:
        return msgspec.structs.replace(final, status="planerad", forecast=None, percent=0)
    if day <= final.end and final.status == "klar":
        return msgspec.structs.replace(final, status="pagar", percent=50)
    return msgspec.structs.replace(final, percent=100 if final.status == "klar" else 75 if day > final.end else 50)
