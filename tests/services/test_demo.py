"""The invented county: real in every way but its figures, and the same for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem, StoreProblem
from fardplan_desktop.domain.figures import CoverageState
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Activity, Decision, Deviation, Meeting, Outcome
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import (
    activities,
    compilation,
    counts,
    demo,
    guarding,
    intake,
    plans,
    quality,
    safekeeping,
    seals,
    self_assessment,
)
from fardplan_desktop.services.demo import Demo, make_demo, make_example
from fardplan_desktop.services.workplace import Workplace


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, book: CodeBook) -> Demo:
    """One year: enough for every feature, and half the time."""
    return make_demo(tmp_path_factory.mktemp("län") / "exempel", codebook=book, years=1)


@pytest.fixture
def edet(county: Demo) -> Iterator[Workplace]:
    workplace = open_workplace(county.stores[0])
    yield workplace
    workplace.store.close()


@pytest.fixture
def fyrbodal(county: Demo) -> Iterator[Workplace]:
    workplace = open_workplace(county.stores[1])
    yield workplace
    workplace.store.close()


def packages(county: Demo, period: str) -> list[Opened]:
    files = sorted((county.folder / "paket" / period).iterdir())
    return [open_package(file.read_bytes(), None) for file in files]


def issuers(opened: list[Opened]) -> list[str]:
    return [each.verdict.issuer_code for each in opened]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".fardplan"
    }


def test_every_municipality_reports_and_the_last_period_has_one_missing_and_one_corrected(
    county: Demo, book: CodeBook
) -> None:
    everyone = [each.code for each in book.municipalities]
    assert sorted(path.name for path in (county.folder / "paket").iterdir()) == ["2025-T3", "2026-T1", "2026-T2"]
    assert issuers(packages(county, "2025-T3")) == issuers(packages(county, "2026-T1")) == everyone
    last = packages(county, "2026-T2")
    assert sorted({*everyone} - {*issuers(last)}) == ["1438"]
    assert [(each.verdict.issuer_code, each.verdict.sequence) for each in last if each.verdict.supersedes] == [
        ("1461", 4)
    ]
    assert county.packages == 3 * 49


def test_all_of_it_is_practice_and_marked_as_invented(county: Demo, edet: Workplace, fyrbodal: Workplace) -> None:
    assert all(each.verdict.practice for each in packages(county, "2026-T2"))
    assert (edet.practice, edet.demo, fyrbodal.practice, fyrbodal.demo) == (True, True, True, True)
    assert "PÅHITTADE SIFFROR" in (county.folder / "las-mig.txt").read_text(encoding="utf-8")


def test_samla_has_two_members_and_lilla_edet_reports_to_fyrbodal(county: Demo) -> None:
    audience = {each.verdict.issuer_code: each.verdict.audience_code for each in packages(county, "2026-T1")}
    assert [code for code, office in audience.items() if office == "samla"] == ["1441", "1489"]
    assert audience["1462"] == "fyrbodal"


def test_somewhere_a_number_is_small_and_somewhere_more_is_followed_up_than_drawn_up(county: Demo) -> None:
    small = more = 0
    for opened in packages(county, "2026-T1"):
        numbers = {row.id: row.n or 0 for row in opened.rows.counts if row.breakdown is None}
        drawn_up = sum(n for id, n in numbers.items() if id.startswith("SIP08/"))
        small += 0 < numbers["SIP08/2026-01"] < 5
        more += numbers.get("SIP10/2026-T1", 0) > drawn_up > 0
    assert small >= 3
    assert more >= 10


def test_no_package_breaks_a_rule_that_refuses_and_no_text_names_anyone(county: Demo) -> None:
    for opened in packages(county, "2026-T2"):
        rows = opened.rows
        assert [row.id for row in rows.rules if (row.severity, row.outcome) == ("error", "broken")] == []
        groups = (*rows.activities, *rows.check_ins, *rows.counts, *rows.deviations, *rows.rules)
        assert not any(identity_hits(text) for row in groups for _, text in guarding.texts(row))
        if opened.verdict.issuer_code != "1461":
            assert all(row.comment for row in rows.rules if row.outcome == "broken")


def test_lilla_edet_is_calm_and_has_something_of_everything(edet: Workplace) -> None:
    for period in ("2025-T3", "2026-T1", "2026-T2"):
        found = quality.problems(edet, period=parse_period(period))
        assert len(found) <= 5
        assert not any(each.blocks for each in found)
    own = edet.store.own(Activity)
    assert sum(each.joint is not None for each in own) == 10
    assert len(own) > 15
    assert len(edet.store.own(Deviation)) >= 12
    assert activities.check_ins(edet)
    assert edet.store.own(Decision)
    assert len(edet.store.own(Meeting)) == 2
    assert {each.state.value for each in counts.counts(edet).values()} == {"reported", "missing", "estimated"}
    assert safekeeping.check(edet) > 0


def _outcomes(activity: Activity) -> tuple[Outcome, ...]:
    return tuple(each for one in activity.indicators for each in one.outcomes)


def test_lilla_edets_plans_show_what_plans_can_hold(edet: Workplace) -> None:
    assert [(each.plan.year, each.plan.until, len(each.activities)) for each in plans.contents(edet)] == [
        (2025, 2027, 2), (2026, None, 5), (2022, None, 10),
    ]  # fmt: skip
    told = {each.period for one in edet.store.own(Activity) for each in _outcomes(one)}
    assert told == {"2025-T3", "2026-T1", "2026-T2"}
    assert [each.date for each in activities.planned_check_ins(edet)] == [date(2026, 10, 15)]
    found = self_assessment.standing(edet, year=2026)
    assert (sum(each.before is not None for each in found), sum(each.now is not None for each in found)) == (6, 4)


def test_the_passphrase_beside_the_stores_opens_the_practice_seal(county: Demo, edet: Workplace) -> None:
    passphrase = county.passphrase.read_text(encoding="utf-8").strip()
    own = seals.own_seal(edet)
    assert own is not None
    assert seals.open_seal(edet, passphrase=passphrase).keyid == own.key_id
    card = county.folder / "avsandarkort" / "avsandarkort_1462.nyckelkort"
    assert card.read_bytes() == seals.kept_card(edet)


def test_fyrbodal_has_taken_in_its_members_and_misses_one(fyrbodal: Workplace) -> None:
    last = parse_period("2026-T2")
    found = compilation.coverage(fyrbodal, period=last)
    states = {row.organisation: row.state for row in found.rows}
    assert (found.received, found.expected, found.missing) == (14, 15, ("1438",))
    assert (states["1461"], states["1427"]) == (CoverageState.CORRECTED, CoverageState.LATE)
    assert compilation.coverage(fyrbodal, period=last.previous).missing == ()


def test_fyrbodals_sums_are_those_of_the_packages(county: Demo, fyrbodal: Workplace) -> None:
    period = parse_period("2026-T1")
    members = {each.code for each in fyrbodal.members_in(period)}
    rows = [
        row for each in packages(county, period.id) if each.verdict.issuer_code in members for row in each.rows.counts
    ]
    figures = compilation.compile_period(fyrbodal, period=period).figures
    for measure in ("SIP01", "SIP04", "SIP08", "SIP11"):
        total = sum(row.n or 0 for row in rows if row.measure == measure and row.breakdown is None)
        assert next(each.value for each in figures if each.measure == measure) == total > 0


def test_the_last_folder_again_is_already_taken_in_and_the_rest_is_for_others(
    county: Demo, fyrbodal: Workplace
) -> None:
    results = intake.receive(fyrbodal, paths=[county.folder / "paket" / "2026-T2"], dry_run=True)
    codes = [each.verdict.code for each in results]
    assert codes.count("E18-REPLAY") == 15
    assert {*codes} == {"E18-REPLAY", "E10-UNKNOWNKEY"}


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path, book: CodeBook) -> None:
    samla = book.organisation("samla")
    made = []
    for name, seed in (("ett", 5), ("två", 5), ("tre", 6)):
        make_example(tmp_path / name, organisation=samla, codebook=book, seed=seed, years=1)
        made.append(digests(tmp_path / name))
    assert made[0] == made[1]
    assert made[0].keys() == made[2].keys()
    sealed = [name for name in made[0] if not name.endswith(".txt")]
    assert not any(made[0][name] == made[2][name] for name in sealed)


def test_the_example_of_a_municipality_seals_the_same_packages_each_time(tmp_path: Path, book: CodeBook) -> None:
    mellerud = book.organisation("1461")
    for name in ("ett", "två"):
        store = make_example(tmp_path / name, organisation=mellerud, codebook=book, years=1)
        assert store.name == "fardplan_1461.fardplan"
    assert len(digests(tmp_path / "ett")) == 3 + 2
    assert digests(tmp_path / "ett") == digests(tmp_path / "två")


@pytest.mark.parametrize("seed", [2, 3])
def test_lilla_edet_is_calm_whatever_the_seed(tmp_path: Path, book: CodeBook, seed: int) -> None:
    store = make_example(tmp_path / "ex", organisation=book.organisation("1462"), codebook=book, seed=seed, years=2)
    workplace = open_workplace(store)
    try:
        last = Period(2026, 5, book.reporting.type)
        for step in range(6):
            assert len(quality.problems(workplace, period=last.shifted(-step))) <= 5
    finally:
        workplace.store.close()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, book: CodeBook) -> None:
    (tmp_path / "viktigt.txt").write_text("kvar")
    for taken in (tmp_path, tmp_path / "viktigt.txt"):
        with pytest.raises(InputProblem, match="innehåller redan något"):
            make_demo(taken, codebook=book)
    assert [path.name for path in tmp_path.iterdir()] == ["viktigt.txt"]


@pytest.mark.parametrize("years", [0, 4])
def test_a_number_of_years_that_cannot_be_told_is_refused(tmp_path: Path, book: CodeBook, years: int) -> None:
    with pytest.raises(InputProblem, match="1–3 år"):
        make_demo(tmp_path / "nytt", codebook=book, years=years)


def test_a_demo_that_fails_leaves_nothing_behind(
    tmp_path: Path, book: CodeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreProblem, match="kunde inte skapas"):
        make_demo(tmp_path / "nytt", codebook=book)
    assert not (tmp_path / "nytt").exists()


def test_the_county_has_what_its_delregions_have_sent_on_and_one_of_them_only_totals(county: Demo) -> None:
    workplace = open_workplace(county.stores[2])
    try:
        assert workplace.level is Level.COUNTY
        before = compilation.compile_period(workplace, period=parse_period("2026-T1"))
        assert (len(before.received), before.missing, before.unchecked) == (49, (), ())
        last = compilation.compile_period(workplace, period=parse_period("2026-T2"))
        assert (len(last.received), len(last.unchecked)) == (49 - 15, 5), "Fyrbodal is left to be sent on"
        assert len(workplace.store.own(Activity)) == len(workplace.codebook.joint_activities)
    finally:
        workplace.store.close()


def test_the_main_municipality_is_in_the_code_book(book: CodeBook) -> None:
    assert book.organisation(demo.MUNICIPALITY).short == "Lilla Edet"
