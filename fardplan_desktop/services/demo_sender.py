"""An invented municipality that reports: what it puts in its packages, sealed with a practice key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.analysis import rules
from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.package import PackageContent, package_file_name, seal
from fardplan_desktop.exchange.rows import CountRow, DeviationRow, Rows, RuleRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import demo_texts, wire
from fardplan_desktop.services.demo_town import Town

_APPROVER = "Socialchef (övning)"


class Sender:
    """Seals one period after the other without a store of its own: 48 stores would take minutes."""

    def __init__(self, codebook: CodeBook, town: Town, seed: bytes) -> None:
        self._codebook = codebook
        self._town = town
        self._key = SigningKey(seed)
        self._sequence = 0
        self._told: dict[str, DeviationRow] = {}
        self._rows = Rows()
        self._digest = ""

    @property
    def organisation(self) -> Organisation:
        return self._town.organisation

    def card(self, made: datetime) -> bytes:
        return make_card(self.organisation, self._key, made)

    def report(self, period: Period, at: datetime, counts: tuple[Count, ...]) -> tuple[str, bytes]:
        """File name and bytes of the period's package."""
        day = at.date()
        plans = {each.id: each for each in self._town.plans}
        self._rows = Rows(
            activities=tuple(wire.activity_row(each, plans[each.plan]) for each in self._town.activities_at(day)),
            check_ins=tuple(wire.check_in_row(each) for each in self._town.check_ins_at(day)),
            deviations=tuple(self._deviations(period, day)),
        )
        return self._seal(period, at, counts, None)

    def correct(self, period: Period, at: datetime, counts: tuple[Count, ...]) -> tuple[str, bytes]:
        """The same period again with other counts; replaces the package just made."""
        return self._seal(period, at, counts, (self._sequence, self._digest))

    def _seal(
        self, period: Period, at: datetime, counts: tuple[Count, ...], supersedes: tuple[int, str] | None
    ) -> tuple[str, bytes]:
        self._sequence += 1
        counted, judged = self._counted(period, counts)
        content = PackageContent(
            issuer=self.organisation,
            audience=(self._codebook.delregion_of(self.organisation.code, period.end),),
            period=period,
            sequence=self._sequence,
            approved_at=at,
            approved_by=_APPROVER,
            codebook_version=self._codebook.version,
            codebook_sha256=self._codebook.sha256,
            generator_name=PROGRAM_NAME,
            generator_version=__version__,
            rows=msgspec.structs.replace(self._rows, counts=counted, rules=judged),
            supersedes=supersedes,
        )
        data = seal(content, self._key, practice=True)
        self._digest = open_package(data, None).digest
        return package_file_name(self.organisation.code, period.id, self._sequence), data

    def _counted(self, period: Period, counts: tuple[Count, ...]) -> tuple[tuple[CountRow, ...], tuple[RuleRow, ...]]:
        earlier = (each for each in self._town.counts if period_with(each.period).end < period.start)
        results = rules.evaluate(self._codebook, period, (*earlier, *counts))
        comments = {each.result.comment_id: demo_texts.EXPLAINED for each in rules.problems(results, ())}
        return tuple(map(wire.count_row, counts)), wire.rule_rows(results, comments)

    def _deviations(self, period: Period, day: date) -> Iterable[DeviationRow]:
        """Those of the period, and earlier ones that have changed since they were told of."""
        for deviation in self._town.deviations_at(day):
            row = wire.deviation_row(self._codebook, deviation)
            if deviation.registered <= period.end and (
                deviation.registered >= period.start or self._told.get(row.id) != row
            ):
                self._told[row.id] = row
                yield row
