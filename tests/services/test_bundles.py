"""Three levels: municipalities, a delregion that sends them on, the county that adds them up and tries every number.

SIMBA has four members: Ale, Kungälv and Stenungsund report, Tjörn does not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.bootstrap import new_workplace, open_workplace
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.errors import InputProblem, Locked, PersonalData
from fardplan_desktop.domain.figures import CoverageState
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.office_rows import CompilationRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import bundles, compilation, compiled_rows, deliveries, intake, seals
from fardplan_desktop.services.compilation import Compilation
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.verification import verify_seal
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import bundles as kept_bundles
from fardplan_desktop.store import packages
from tests.services.conftest import Make
from tests.services.steps import PASSPHRASE, believe, put

ALE, KUNGALV, STENUNGSUND, TJORN = "1440", "1482", "1415", "1419"
PERIOD = parse_period("2026-T2")


class Chain:
    """The organisations of three levels, with what has come in at each; their stores lie in ``folder``."""

    def __init__(self, folder: Path, period: Period) -> None:
        self._folder, self._period = folder, period
        self._opened: dict[str, Workplace] = {}

    @property
    def simba(self) -> Workplace:
        return self.store_of("simba")

    @property
    def county(self) -> Workplace:
        return self.store_of("14")

    def store_of(self, code: str) -> Workplace:
        """Made the first time it is asked for."""
        if code not in self._opened:
            seeded = Seeded(code, datetime(2026, 9, 14, 8, tzinfo=UTC))
            path = self._folder / f"{code}.fardplan"
            clock, ids, drawn = seeded.clock, seeded.ids, seeded.bytes
            self._opened[code] = (
                open_workplace(path, clock=clock, ids=ids, random_bytes=drawn)
                if path.exists()
                else new_workplace(path, code, practice=True, clock=clock, ids=ids, random_bytes=drawn)
            )
        return self._opened[code]

    def close(self) -> None:
        for each in self._opened.values():
            each.store.close()

    def report(self, code: str, reason: str | None = None, **numbers: int) -> FileResult:
        """A municipality seals its numbers, and the delregion takes them in."""
        town = self.store_of(code)
        put(town, "2026-05", **numbers)
        sealed = deliveries.seal_period(
            town, period=self._period, folder=self._folder, key=_key(town), approved_by="Socialchef", reason=reason
        )
        if reason is None:
            believe(self.simba, sealed.card)
        (result,) = intake.receive(self.simba, paths=[sealed.file])
        return result

    def send(self, *, totals_only: bool | None = None, reason: str | None = None) -> Sealed:
        """The delregion seals its bundle."""
        return bundles.seal_bundle(
            self.simba,
            period=self._period,
            folder=self._folder,
            key=_key(self.simba),
            approved_by="Processledare",
            totals_only=totals_only,
            reason=reason,
        )

    def take_in(self, sealed: Sealed) -> FileResult:
        """The county reads it in, and believes the delregion from the first time."""
        if not packages.trusted(self.county.store):
            believe(self.county, sealed.card)
        (result,) = intake.receive(self.county, paths=[sealed.file])
        return result

    def at(self, office: Workplace) -> Compilation:
        return compilation.compile_period(office, period=self._period)


def _key(workplace: Workplace) -> SigningKey:
    if seals.own_seal(workplace) is None:
        seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    return seals.open_seal(workplace, passphrase=PASSPHRASE)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three have reported, and the delregion has said why the fourth has not; the county knows nobody yet."""
    folder = tmp_path_factory.mktemp("simba")
    chain = Chain(folder, PERIOD)
    chain.report(ALE, SIP08=4, SIP04=0)
    chain.report(KUNGALV, SIP08=7)
    chain.report(STENUNGSUND, SIP08=2)
    bundles.set_reason(chain.simba, period=PERIOD, member=TJORN, text="Samordnaren är ny.")
    bundles.set_comment(chain.simba, period=PERIOD, text="Fler planer än i våras.")
    assert chain.county.organisation.code == "14"
    chain.close()
    return folder


@pytest.fixture
def reported(stores: Path, tmp_path: Path) -> Iterator[Chain]:
    chain = Chain(Path(shutil.copytree(stores, tmp_path / "lan")), PERIOD)
    yield chain
    chain.close()


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """Nobody has reported anything."""
    chain = Chain(tmp_path, PERIOD)
    yield chain
    chain.close()


def value(found: Compilation, measure: str = "SIP08") -> tuple[int | None, int, int]:
    """The sum, how many have reported, and how many were expected."""
    figure = next(each for each in found.figures if each.measure == measure and each.breakdown is None)
    return figure.value, figure.reported, figure.of


def codes(result: FileResult) -> list[str]:
    return [each.code for each in result.verdict.warnings]


def test_the_sum_is_the_same_at_all_three_levels_and_the_missing_one_is_not_zero(
    reported: Chain, period: Period
) -> None:
    result = reported.take_in(reported.send())
    assert (result.verdict.code, result.stored) == ("OK", True)
    assert value(reported.at(reported.simba)) == (4 + 7 + 2, 3, 4)
    assert value(reported.at(reported.county)) == (13, 3, 49)
    assert value(reported.at(reported.county), "SIP04") == (0, 1, 49), "a zero is a number"
    assert value(reported.at(reported.county), "SIP05") == (None, 0, 49), "and missing is none"
    assert reported.at(reported.county).received == (STENUNGSUND, ALE, KUNGALV)
    assert result.notes == (
        "Sammanställningen är omräknad ur kommunernas paket och stämmer.",
        "Kommentar: Fler planer än i våras.",
    )


def test_the_county_sees_who_is_in_it_and_who_vouches_for_whom(reported: Chain) -> None:
    result = reported.take_in(reported.send())
    inside = {each.code: each for each in result.verdict.inside}
    assert {code: each.state for code, each in inside.items()} == {
        ALE: "included", KUNGALV: "included", STENUNGSUND: "included", TJORN: "missing",
    }  # fmt: skip
    assert inside[TJORN].reason == "Samordnaren är ny."
    assert inside[ALE].introduced
    assert inside[ALE].check_code == seals.check_code_of(
        next(each for each in packages.trusted(reported.simba.store) if each.org_code == ALE)
    )
    assert codes(result) == ["W03"]
    assert reported.at(reported.county).vouched_for == {ALE, KUNGALV, STENUNGSUND}
    kept = {each.org_code: each for each in packages.trusted(reported.county.store)}
    assert (kept[ALE].introduced_by, kept[ALE].method, kept["simba"].introduced_by) == ("simba", "introduced", None)


def test_the_originals_lie_at_the_county_byte_for_byte(reported: Chain) -> None:
    reported.take_in(reported.send())
    for office in (reported.simba, reported.county):
        (ale,) = (each for each in packages.list_deliveries(office.store, Direction.RECEIVED) if each.issuer == ALE)
        sealed = packages.delivery_file(reported.store_of(ALE).store, ale.digest)
        assert packages.delivery_file(office.store, ale.digest) == sealed


def test_a_correction_travels_up_and_what_did_not_change_is_kept_once(reported: Chain, period: Period) -> None:
    reported.take_in(reported.send())
    deliveries.reopen(reported.store_of(ALE), period=period, reason="Felräknat.")
    reported.report(ALE, reason="Felräknat.", SIP08=5)
    with pytest.raises(InputProblem, match="behöver en orsak"):
        reported.send()
    again = reported.send(reason="Ale har rättat.")
    assert (again.delivery.sequence, again.delivery.supersedes is not None) == (2, True)
    (tried,) = intake.receive(reported.county, paths=[again.file], dry_run=True)
    assert (tried.verdict.word, tried.told, tried.stored) == ("Ersätter tidigare", (), False)
    assert reported.take_in(again).verdict.word == "Ersätter tidigare"
    assert value(reported.at(reported.county)) == (14, 3, 49)
    kept = packages.list_deliveries(reported.county.store, Direction.RECEIVED)
    assert [(each.issuer, each.sequence, each.active) for each in kept] == [
        (STENUNGSUND, 1, True), (ALE, 1, False), (ALE, 2, True), (KUNGALV, 1, True),
        ("simba", 1, False), ("simba", 2, True),
    ]  # fmt: skip
    inside = kept_bundles.contents(reported.county.store)
    assert sorted(map(len, inside.values())) == [3, 3]


def test_nothing_changed_gives_the_same_bytes_again(reported: Chain) -> None:
    first = reported.send()
    data = first.file.read_bytes()
    again = reported.send()
    assert (again.repeated, again.file.read_bytes()) == (True, data)
    assert reported.take_in(first).stored
    assert reported.take_in(again).verdict.word == "Redan inläst"


def test_a_member_that_is_no_longer_in_the_bundle_stops_counting(reported: Chain, period: Period) -> None:
    reported.take_in(reported.send())
    # The delregion's store forgets Ale's package, as after an old backup.
    (ale,) = (each for each in packages.list_deliveries(reported.simba.store, Direction.RECEIVED) if each.issuer == ALE)
    with reported.simba.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET active = 0 WHERE digest = ?", (ale.digest,))
    deliveries.reopen(reported.simba, period=period, reason="Ale drar tillbaka sitt.")
    bundles.set_reason(reported.simba, period=period, member=ALE, text="Drogs tillbaka.")
    result = reported.take_in(reported.send(reason="Ale drar tillbaka sitt."))
    assert "Ale kommun hade sitt paket med förra gången. Det räknas inte längre." in result.notes
    assert value(reported.at(reported.county)) == (9, 2, 49)
    rows = {each.organisation: each for each in compilation.coverage(reported.county, period=period).rows}
    assert (rows[ALE].state, rows[ALE].reason) == (CoverageState.AWAITED, "Drogs tillbaka.")


def test_coverage_at_the_county_counts_the_municipalities(reported: Chain, period: Period) -> None:
    reported.take_in(reported.send())
    found = compilation.coverage(reported.county, period=period)
    assert (found.received, found.expected) == (3, 49)
    rows = {each.organisation: each for each in found.rows}
    assert rows[ALE].state is CoverageState.DELIVERED
    assert rows[TJORN].reason == "Samordnaren är ny."


def test_totals_only_are_added_up_and_marked_as_unchecked(reported: Chain, period: Period) -> None:
    found = bundles.preview(reported.simba, period=period, totals_only=True)
    assert "bara 4 kommuner" in found.reveals
    result = reported.take_in(reported.send(totals_only=True))
    assert codes(result) == ["W09"]
    compiled = reported.at(reported.county)
    assert value(compiled) == (13, 3, 49)
    figure = next(each for each in compiled.figures if each.measure == "SIP08")
    assert (figure.unchecked, [each.rolled.value for each in figure.members]) == (3, [None] * 49)
    assert [each.code for each in compiled.unchecked] == [STENUNGSUND, ALE, KUNGALV]
    assert [each.org_code for each in packages.trusted(reported.county.store)] == ["simba"]
    rows = {each.organisation: each for each in compilation.coverage(reported.county, period=period).rows}
    assert (rows[ALE].totals, rows[ALE].has_delivered, rows[TJORN].has_delivered) == (True, True, False)
    assert bundles.preview(reported.simba, period=period).totals_only, "as it was sealed last"


def test_totals_after_files_take_their_place_and_are_not_added_to_them(reported: Chain) -> None:
    reported.take_in(reported.send())
    result = reported.take_in(reported.send(totals_only=True, reason="Bara summor."))
    assert sum("räknas inte längre, bara i summan" in each for each in result.notes) == 3
    assert value(reported.at(reported.county)) == (13, 3, 49)


def test_files_after_totals_take_their_place(reported: Chain, period: Period) -> None:
    reported.take_in(reported.send(totals_only=True))
    reported.take_in(reported.send(totals_only=False, reason="Nu med kommunernas paket."))
    compiled = reported.at(reported.county)
    assert (value(compiled), compiled.unchecked) == ((13, 3, 49), ())


def test_a_compilation_that_its_own_originals_do_not_give_is_told_number_by_number(
    reported: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def padded(compiled: Compilation, codebook: CodeBook, comment: str = "") -> tuple[CompilationRow, ...]:
        wanted = "antal/SIP08/2026-T2"
        rows = compiled_rows.rows_of(compiled, codebook, comment)
        return tuple(msgspec.structs.replace(each, n=99) if each.id == wanted else each for each in rows)

    monkeypatch.setattr(bundles, "rows_of", padded)
    sealed = reported.send()
    monkeypatch.undo()
    result = reported.take_in(sealed)
    (told,) = [each.text for each in result.verdict.warnings if each.code == "W08"]
    assert "SIMBA uppger 99 (3 av 4 kommuner, 1 av 4 månader)" in told.replace("\u00a0", " ")
    assert "originalen ger 13 (3 av 4 kommuner" in told.replace("\u00a0", " ")
    assert not any("stämmer" in each for each in result.notes)
    assert value(reported.at(reported.county)) == (13, 3, 49), "what counts is what the municipalities sealed"


def test_it_is_not_sealed_without_a_reason_for_what_is_missing(chain: Chain, period: Period) -> None:
    chain.report(ALE)
    found = bundles.preview(chain.simba, period=period)
    assert found.lacking == (
        "Skriv varför Stenungsund saknas.",
        "Skriv varför Tjörn saknas.",
        "Skriv varför Kungälv saknas.",
    )
    with pytest.raises(InputProblem, match="kan inte skickas vidare än"):
        chain.send()


def test_an_empty_delregion_has_nothing_to_send(chain: Chain, period: Period) -> None:
    assert bundles.preview(chain.simba, period=period).lacking == (
        "Ingen kommun har lämnat in perioden. Läs in deras paket under Ta emot.",
    )


def test_what_is_sealed_is_locked_until_a_correction_is_opened(reported: Chain, period: Period) -> None:
    reported.send()
    with pytest.raises(Locked):
        bundles.set_comment(reported.simba, period=period, text="Nytt.")
    deliveries.reopen(reported.simba, period=period, reason="Kommentaren var fel.")
    bundles.set_comment(reported.simba, period=period, text="Nytt.")
    assert bundles.preview(reported.simba, period=period).changed


def test_drafts_are_guarded_and_measured(reported: Chain, period: Period) -> None:
    with pytest.raises(PersonalData):
        bundles.set_reason(reported.simba, period=period, member=TJORN, text="19121212-1212 är sjuk")
    with pytest.raises(InputProblem, match="300"):
        bundles.set_reason(reported.simba, period=period, member=TJORN, text="x" * 301)
    with pytest.raises(InputProblem, match="hör inte till"):
        bundles.set_reason(reported.simba, period=period, member="1462", text="Nej")


@pytest.mark.parametrize("organisation", ["1462", "14"])
def test_only_a_delregion_sends_on(make: Make, organisation: str, period: Period) -> None:
    with pytest.raises(InputProblem, match="ingen att skicka vidare till"):
        bundles.preview(make(organisation), period=period)


def test_the_office_s_own_activities_go_along_and_are_not_counted_as_the_municipalities(
    reported: Chain, period: Period
) -> None:
    plan = Plan(id="p", title="Delregionens plan", type="delregional", year=2026)
    activity = Activity(id=reported.simba.ids(), plan="p", title="Gemensam utbildning", method="A4")
    save(reported.simba, edits=[Edit(None, plan), Edit(None, activity)], label="Egen aktivitet")
    sealed = reported.send()
    assert [each.title for each in open_package(sealed.file.read_bytes(), None).rows.activities] == [activity.title]
    reported.take_in(sealed)
    assert [each.id for each in packages.received(reported.county.store, Activity)["simba"]] == [activity.id]
    assert reported.at(reported.county).activities.total == 0


def test_a_reason_that_steers_the_eye_is_seen_as_it_is(reported: Chain, period: Period) -> None:
    bundles.set_reason(reported.simba, period=period, member=TJORN, text="Filen heter \u202etxt.exe")
    sealed = reported.send()
    reported.take_in(sealed)
    rows = {each.organisation: each for each in compilation.coverage(reported.county, period=period).rows}
    assert rows[TJORN].reason == "Filen heter \ufffdtxt.exe"
    assert "\u202e" not in bundles.who_is_in(reported.simba, delivery=sealed.delivery)


def test_a_bundle_is_verified_without_a_store_in_both_layers(reported: Chain, tmp_path: Path) -> None:
    sealed = reported.send()
    found = verify_seal(sealed.file)
    assert (found.outcome, found.trust, len(found.inside)) == ("ok", "unknown", 4)
    spoilt = tmp_path / "x.fardpaket"
    spoilt.write_bytes(sealed.file.read_bytes().replace(b'"n":7', b'"n":8'))
    assert verify_seal(spoilt).outcome == "refused"


def test_a_municipality_s_key_that_the_county_has_compared_itself_is_not_called_introduced(
    reported: Chain, tmp_path: Path
) -> None:
    card = tmp_path / "ale.nyckelkort"
    card.write_bytes(seals.kept_card(reported.store_of(ALE)))
    sealed = reported.send()
    believe(reported.county, sealed.card)
    believe(reported.county, card)
    (result,) = intake.receive(reported.county, paths=[sealed.file])
    assert [each.code for each in result.verdict.inside if each.introduced] == [STENUNGSUND, KUNGALV]
    assert reported.at(reported.county).vouched_for == {KUNGALV, STENUNGSUND}


def test_a_refused_bundle_leaves_the_county_as_it_was(reported: Chain) -> None:
    sealed = reported.send()
    believe(reported.county, sealed.card)
    before = packages.trusted(reported.county.store)
    with reported.county.store.transaction() as connection:
        connection.exec_driver_sql("SELECT 1")
    result = intake.receive(reported.county, paths=[sealed.file], dry_run=True)[0]
    assert (result.verdict.verb, result.stored, len(result.verdict.inside)) == ("Läs in", False, 4)
    assert packages.trusted(reported.county.store) == before
    assert packages.list_deliveries(reported.county.store, Direction.RECEIVED) == ()
