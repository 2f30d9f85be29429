"""An invented county to learn the program with: stores, sender cards and sealed packages. Every figure is made up.

The stores and the packages are real ones, made by the same services as anybody's; only the figures, the practice seals
and the mark "Exempeldata" tell them apart. The same seed gives the same packages and cards, byte for byte; the stores
differ in the salt that protects the practice key.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import msgspec

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem, StoreProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, period_of
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import Decision, Meeting, Record
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import (
    activities,
    bundles,
    counts,
    deliveries,
    demo_texts,
    intake,
    quality,
    seals,
    settings,
    trust,
    workplace,
)
from fardplan_desktop.services.bundles import FEW_MEMBERS
from fardplan_desktop.services.demo_bundle import BundleSender
from fardplan_desktop.services.demo_sender import Sender
from fardplan_desktop.services.demo_town import Town, without
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

PASSPHRASE = "endast-for-ovning"
MUNICIPALITY = "1462"
"""Lilla Edet, whose store is there to be opened and changed in."""
MOST_YEARS = 3
"""The Färdplan is no older."""

_CARDS = "avsandarkort"
_PASSPHRASE_FILE = "losenfras-ovning.txt"
_LAST_DAY = date(2026, 8, 31)
_MISSING = "1438"
"""Has not delivered the last period."""
_CORRECTED, _FORGOTTEN = "1461", "SIP07"
"""Who had left out what in the first package for the last period."""
_LATE = "1427"
_TOTALS = "goteborg"
"""A delregion that has sent the last period as totals only."""
_BUNDLES = "samlingsfiler"
_BUNDLED_PERIODS = 2
"""So many that the last one can be compared with the one before; more would take long to make."""
_ROUNDS = 1
"""Of bcrypt: the passphrase is no secret."""


class Demo(msgspec.Struct, frozen=True):
    """What was made."""

    folder: Path
    stores: tuple[Path, ...]
    passphrase: Path
    packages: int


def make_demo(folder: Path, *, codebook: CodeBook, seed: int = 1, years: int = 2, work: Work | None = None) -> Demo:
    """The whole county in a new or empty folder; nothing is left there when it fails.

    Raises InputProblem for a folder that holds something or a number of years that cannot be told.
    """
    work = work or Work()
    with _made_whole(folder, years):
        county = _County(folder, codebook, seed, years)
        (folder / "las-mig.txt").write_text(demo_texts.READ_ME, encoding="utf-8")
        work.started("Hittar på ett län", len(codebook.municipalities), "kommuner")
        for done, each in enumerate(codebook.municipalities, 1):
            county.report(each, in_store=each.code == MUNICIPALITY)
            work.step(done, each.short)
        delregion = codebook.delregion_of(MUNICIPALITY, _LAST_DAY)
        office = county.gather(delregion, sends_on=True)
        for each in codebook.delregions:
            if each != delregion:
                county.send_on(each)
        stores = (county.store_of(MUNICIPALITY), office, county.gather(codebook.county))
    work.done()
    return Demo(folder, stores, folder / _PASSPHRASE_FILE, county.packages)


def make_example(
    folder: Path, *, organisation: Organisation, codebook: CodeBook, seed: int = 1, years: int = 2
) -> Path:
    """One organisation's store, with what its members have sent, in a new or empty folder; raises as the county.

    To the county's own only the small delregions have sent, since it is to be there soon.
    """
    with _made_whole(folder, years):
        county = _County(folder, codebook, seed, years)
        if organisation.level is Level.MUNICIPALITY:
            county.report(organisation, in_store=True)
            return county.store_of(organisation.code)
        if organisation.level is Level.COUNTY:
            for delregion in codebook.delregions:
                if len(codebook.members(delregion.code, _LAST_DAY)) <= FEW_MEMBERS:
                    _report_all(county, codebook, delregion)
                    county.send_on(delregion)
        _report_all(county, codebook, organisation)
        return county.gather(organisation)


def _report_all(county: _County, codebook: CodeBook, delregion: Organisation) -> None:
    for each in codebook.members(delregion.code, _LAST_DAY):
        county.report(each, in_store=False)


class _County:
    """Where everything lies, and when everything happens."""

    def __init__(self, folder: Path, codebook: CodeBook, seed: int, years: int) -> None:
        self._folder = folder
        self._codebook = codebook
        self._seed = seed
        last = period_of(_LAST_DAY, codebook.reporting.type)
        amount = years * 12 // last.type.months
        self._periods = tuple(last.shifted(step) for step in range(1 - amount, 1))
        self._last = last
        self._sent_on = self._periods[-_BUNDLED_PERIODS:]
        self._months = tuple(month for period in self._periods for month in period.months)
        self.packages = 0

    def store_of(self, code: str) -> Path:
        return self._folder / f"fardplan_{code}.fardplan"

    def report(self, organisation: Organisation, *, in_store: bool) -> None:
        """All periods of one municipality: from a store that stays, or sealed without one."""
        chance = Random(f"{self._seed}/{organisation.code}/tal")
        seeded = self._seeded(organisation.code)
        town = Town(self._codebook, organisation, self._months, chance, seeded.ids, told_in_full=in_store)
        if in_store:
            self._report_from_store(town, seeded, chance)
        else:
            self._report_directly(town, seeded, chance)

    def send_on(self, delregion: Organisation) -> None:
        """The last bundles of a delregion that has no store here; one has sent only totals of the last period."""
        seeded = self._seeded(delregion.code)
        sender = BundleSender(self._codebook, delregion, seeded.bytes(32))
        self._card(delregion.code).write_bytes(sender.card(seeded.clock()))
        for period in self._sent_on:
            files = {
                each.code: files[-1].read_bytes()
                for each in self._codebook.members(delregion.code, period.end)
                if (files := self._files(period, each.code))
            }
            moment = _moment(self._codebook.deadline(period) + timedelta(days=9))
            totals_only = delregion.code == _TOTALS and period == self._last
            self._write(period, *sender.send(period, moment, files, totals_only=totals_only), among=_BUNDLES)

    def gather(self, organisation: Organisation, *, sends_on: bool = False) -> Path:
        """The store of a delregion with its members' packages taken in, or of the county, which takes in bundles.

        ``sends_on``: it has sent the period before the last on; the last is for whoever learns the program.
        """
        seeded = self._seeded(organisation.code)
        own = self._new_store(organisation, seeded)
        try:
            activities.add_joint(own)
            members = self._codebook.members(organisation.code, _LAST_DAY) or self._codebook.delregions
            senders = [each.code for each in members if self._card(each.code).exists()]
            for code in senders:
                _trust(own, self._card(code))
            if sends_on:
                seals.make_key(own, passphrase=PASSPHRASE, rounds=_ROUNDS)
            for period in self._periods:
                days = 14 if own.level is Level.COUNTY else 7
                seeded.now = _moment(self._codebook.deadline(period) + timedelta(days=days))
                files = [path for code in senders for path in self._files(period, code)]
                results = intake.receive(own, paths=files)
                assert all(each.good for each in results), "our own packages are taken in"
                if sends_on and period in self._sent_on and period != self._last:
                    self._bundle_from_store(own, period)
            _meet(own, forum="delregional-styrgrupp" if members else "lansgemensam-uppfoljnings-och-analysgrupp")
        finally:
            own.store.close()
        return own.store.path

    def _report_from_store(self, town: Town, seeded: Seeded, chance: Random) -> None:
        own = self._new_store(town.organisation, seeded)
        try:
            seals.make_key(own, passphrase=PASSPHRASE, rounds=_ROUNDS)
            _bring(own, town.plans, "Handlingsplaner")
            for period in self._periods:
                seeded.now = _moment(period.end + timedelta(days=chance.randint(8, 20)))
                counts.put(own, values=town.counts_in(period), label=f"Antal för {period.name}")
                _bring(own, town.activities_at(own.today), "Avstämda aktiviteter")
                _bring(own, town.check_ins_at(own.today), "Avstämningar")
                _bring(own, town.deviations_at(own.today), "Avvikelser")
                problems = quality.problems(own, period=period)
                quality.comment(own, problems=problems, text=demo_texts.EXPLAINED)
                self._seal_from_store(own, period)
            _bring(own, town.planned(), "Planerade avstämningar")
            _bring(own, town.assessments(), "Självskattning")
            counts.put(own, values=town.started(self._last.months[-1].shifted(1)), label="Påbörjad månad")
            _meet(own, forum=_local_forum(own))
        finally:
            own.store.close()

    def _seal_from_store(self, own: Workplace, period: Period) -> None:
        key = seals.open_seal(own, passphrase=PASSPHRASE)
        sealed = deliveries.seal_period(
            own, period=period, folder=self._packages(period), key=key, approved_by="Socialchef (övning)"
        )
        sealed.card.replace(self._card(own.organisation.code))
        self.packages += 1

    def _bundle_from_store(self, own: Workplace, period: Period) -> None:
        sealed = bundles.seal_bundle(
            own,
            period=period,
            folder=self._packages(period, _BUNDLES),
            key=seals.open_seal(own, passphrase=PASSPHRASE),
            approved_by="Processledare (övning)",
        )
        sealed.card.replace(self._card(own.organisation.code))

    def _report_directly(self, town: Town, seeded: Seeded, chance: Random) -> None:
        code = town.organisation.code
        sender = Sender(self._codebook, town, seeded.bytes(32))
        self._card(code).write_bytes(sender.card(seeded.clock()))
        for period in self._periods:
            moment = _moment(period.end + timedelta(days=chance.randint(4, 22)), chance.randrange(480))
            counted = town.counts_in(period)
            if period != self._last:
                self._write(period, *sender.report(period, moment, counted))
            elif code == _CORRECTED:
                self._write(period, *sender.report(period, moment, without(counted, _FORGOTTEN)))
                self._write(period, *sender.correct(period, moment + timedelta(days=3), counted))
            elif code != _MISSING:
                late = self._codebook.deadline(period) + timedelta(days=4)
                self._write(period, *sender.report(period, _moment(late) if code == _LATE else moment, counted))

    def _new_store(self, organisation: Organisation, seeded: Seeded) -> Workplace:
        made = workplace.create(
            self.store_of(organisation.code),
            organisation=organisation.code,
            codebook=self._codebook,
            clock=seeded.clock,
            ids=seeded.ids,
            random_bytes=seeded.bytes,
            practice=True,
            demo=True,
        )
        settings.set_function(made, function="Verksamhetsutvecklare (övning)")
        return made

    def _seeded(self, code: str) -> Seeded:
        return Seeded(f"{self._seed}/{code}", _moment(self._periods[0].start))

    def _card(self, code: str) -> Path:
        return self._folder / _CARDS / f"avsandarkort_{code}.nyckelkort"

    def _packages(self, period: Period, among: str = "paket") -> Path:
        return self._folder / among / period.id

    def _files(self, period: Period, code: str) -> Sequence[Path]:
        """What the organisation has sent of the period, the lower number first."""
        return sorted(path for among in ("paket", _BUNDLES) for path in self._packages(period, among).glob(f"{code}_*"))

    def _write(self, period: Period, name: str, data: bytes, *, among: str = "paket") -> None:
        folder = self._packages(period, among)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        self.packages += among == "paket"


@contextmanager
def _made_whole(folder: Path, years: int) -> Iterator[None]:
    """What is made in the folder is made whole, or not at all."""
    _check(folder, years)
    try:
        (folder / _CARDS).mkdir(parents=True, exist_ok=True)
        (folder / _PASSPHRASE_FILE).write_text(PASSPHRASE + "\n", encoding="utf-8")
        yield
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise StoreProblem(
            "Exemplet kunde inte skapas.",
            f"Det går inte att skriva i {folder}.",
            "Välj en annan mapp, eller gör plats på disken.",
            detail=str(error),
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check(folder: Path, years: int) -> None:
    if not 1 <= years <= MOST_YEARS:
        raise InputProblem(f"Exemplet kan ha 1–{MOST_YEARS} år, inte {years}.")
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise InputProblem(f"{folder} går inte att läsa.", todo="Välj en annan mapp.", detail=str(error)) from error
    if taken:
        raise InputProblem(
            f"{folder.name} innehåller redan något.", "Exemplet skapas bara i en ny mapp.", "Ange en annan mapp."
        )


def _moment(day: date, minutes: int = 0) -> datetime:
    """At eight, UTC, or so many minutes later: the same day in Sweden, summer and winter."""
    return datetime.combine(day, time(8), UTC) + timedelta(minutes=minutes)


def _bring(own: Workplace, records: Iterable[Record], label: str) -> None:
    """The records as they now are, in one step."""
    edits = [Edit(own.store.get(type(each), each.id), each) for each in records]
    save(own, edits=edits, label=label)


def _trust(own: Workplace, card: Path) -> None:
    found = trust.candidate(own, path=card)
    heard = " ".join(list(dict.fromkeys(found.check_code.split()))[:2])
    trust.trust(own, candidate=found, heard=heard, checked_by="Processledare (övning)")


def _local_forum(own: Workplace) -> str:
    delregion = own.codebook.delregion_of(own.organisation.code, _LAST_DAY)
    local = [each.id for each in own.codebook.forums_for(delregion.code, own.today) if each.level is Level.MUNICIPALITY]
    return local[0]


def _meet(own: Workplace, *, forum: str) -> None:
    """A meeting that has been held, with what it decided, and the next one."""
    held = Meeting(id=own.ids(), forum=forum, date=date(2026, 6, 11), time="13.00", agenda=demo_texts.AGENDA)
    following = Meeting(id=own.ids(), forum=forum, date=date(2026, 10, 8), time="13.00", agenda=demo_texts.AGENDA)
    decisions = [
        Decision(id=own.ids(), meeting=held.id, text=text, responsible=responsible, latest=date(2026, 9, 30), done=done)
        for text, responsible, done in demo_texts.DECISIONS
    ]
    _bring(own, [held, following, *decisions], "Möten och beslut")
