"""Varifrån kommer siffran? On the invented packages of SAMLA's two members, and on a store where one is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.lineage import Kind, Origin, Wanted
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import compilation, intake, lineage, lineage_words, tables_in
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal
from tests.services.steps import believe, put

T2 = parse_period("2026-T2")
ALINGSAS, LERUM = "1489", "1441"


def opened(workplace: Workplace, kind: Kind, id: str = "", **more: str) -> Origin:
    compiled = compilation.compile_period(workplace, period=T2)
    wanted = Wanted(kind, id, **more)
    return lineage.origin(workplace, compiled=compiled, trail=lineage.trail(workplace), wanted=wanted)


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


def test_a_sum_opens_its_parts_and_each_leads_to_a_delivery_and_a_checked_key(samla: Workplace) -> None:
    found = opened(samla, Kind.FIGURE, "SIP08")
    assert [each.organisation.code for each in found.parts] == [ALINGSAS, LERUM]
    assert plain(found.total) == str(sum(each.number or 0 for each in found.parts))
    for part in found.parts:
        (digest,) = part.sources
        source = found.sources[digest]
        assert (source.delivery.issuer, source.delivery.period) == (part.organisation.code, "2026-T2")
        assert source.key is not None
        lines = dict(lineage_words.source_lines(source))
        assert lines["Sigill"].startswith(f"{digest[:8]}, kontrollkod ")
        assert lines["Nyckeln prövad"].startswith("2")
        assert lines["Mått och listor"] == f"Version {samla.codebook.version}"


def test_a_share_opens_the_two_numbers_of_each_member(samla: Workplace) -> None:
    found = opened(samla, Kind.SHARE, "andel-moten-den-enskilde")
    assert sum(each.number or 0 for each in found.parts) == int(plain(found.basis).split(" av ")[0])
    assert all(" av " in each.words and each.sources for each in found.parts)
    assert lineage.RECOMPUTED in found.note


def test_per_thousand_inhabitants_names_the_population_and_its_source(samla: Workplace, tmp_path: Path) -> None:
    assert all(each.note == "folkmängd saknas" for each in opened(samla, Kind.RATE, "SIP08").parts)
    table = tmp_path / "folk.csv"
    table.write_text("Kommunkod;År;Folkmängd;Källa\n1489;2025;42000;Påhittad\n", "utf-8")
    tables_in.add_table(samla, path=table, kind=TableKind.POPULATION)
    found = opened(samla, Kind.RATE, "SIP08")
    alingsas, lerum = found.parts
    assert plain(alingsas.note) == "42 000 invånare 2025, Påhittad"
    assert (lerum.number, lerum.note) == (None, "folkmängd saknas")
    assert plain(found.basis).endswith("på 42 000 invånare, 1 av 2 kommuner")


def test_the_tallies_open_into_the_members_own(samla: Workplace) -> None:
    compiled = compilation.compile_period(samla, period=T2)
    for kind, total, code in (
        (Kind.DEVIATIONS, compiled.deviations.total, compiled.deviations.by_category[0]),
        (Kind.ACTIVITIES, compiled.activities.total, compiled.activities.by_status[0]),
    ):
        every, one = opened(samla, kind), opened(samla, kind, code[0])
        assert sum(each.number or 0 for each in every.parts) == int(every.total) == total
        assert sum(each.number or 0 for each in one.parts) == int(one.total) == code[1]
        assert all(each.sources for each in one.parts)


@pytest.fixture
def office(fyrbodal: Workplace, edet: Workplace, seal: Seal) -> Workplace:
    """One of fifteen has delivered."""
    put(edet, SIP08=4)
    package = seal(edet).file
    believe(fyrbodal, next(package.parent.glob("*.nyckelkort")))
    assert intake.receive(fyrbodal, paths=[package])[0].stored
    return fyrbodal


def test_those_without_a_number_are_named_and_lead_nowhere(office: Workplace) -> None:
    found = opened(office, Kind.FIGURE, "SIP08")
    assert len(found.parts) == 15
    assert len(found.without) == 14
    assert all(not each.sources for each in found.parts if each.organisation.code != "1462")
    assert lineage_words.without(found).startswith("Utan värde: Bengtsfors, Dals-Ed, ")
    deviations = {each.organisation.code: each.words for each in opened(office, Kind.DEVIATIONS).parts}
    assert (deviations["1462"], deviations["1438"]) == ("0", "inget paket")
    missing = next(each for each in opened(office, Kind.FIGURE, "SIP04").parts if each.organisation.code == "1462")
    assert (missing.words, len(missing.sources)) == ("saknas", 1), "what says that it is missing is a delivery too"


def test_the_text_for_a_meeting_says_everything_that_can_be_checked(office: Workplace) -> None:
    found = opened(office, Kind.FIGURE, "SIP08")
    (source,) = found.sources.values()
    said = plain(lineage_words.as_text(found))
    assert said.startswith("Varifrån kommer siffran?\nUpprättade SIP, tertial 2 2026: 4\n1 av 15 kommuner")
    assert "Lilla Edets kommun: 4 (1 av 4 mån). Paket nummer 1 för tertial 2 2026, godkänt 2026-09-14 av " in said
    assert f"sigill {source.delivery.digest[:8]}, nyckeln prövad 2026-09-14 per telefon av Samordnare" in said


def test_our_own_figures_say_that_they_are_ours(edet: Workplace) -> None:
    put(edet, SIP08=4)
    assert lineage_words.OWN in lineage_words.as_text(opened(edet, Kind.FIGURE, "SIP08"))


def test_a_figure_that_there_is_none_of_is_refused_with_what_to_write(edet: Workplace) -> None:
    for kind in (Kind.FIGURE, Kind.SHARE, Kind.RATE):
        with pytest.raises(InputProblem, match="Skriv ett mått som SIP08"):
            opened(edet, kind, "SIP99")


def test_the_original_is_saved_byte_for_byte_under_the_packages_own_name(
    office: Workplace, tmp_path: Path, period: object
) -> None:
    (source,) = opened(office, Kind.FIGURE, "SIP08").sources.values()
    saved = lineage.save_original(office, delivery=source.delivery, folder=tmp_path / "original")
    assert saved.name == "1462_2026-T2_0001.fardpaket"
    assert saved.read_bytes() == (tmp_path / "ut" / saved.name).read_bytes()


Harm = Callable[[Workplace, str], None]


def _flip_a_byte(office: Workplace, digest: str) -> None:
    _run(
        office, "UPDATE deliveries SET file = CAST(substr(file, 1, 900) || x'00' || substr(file, 902) AS BLOB)", digest
    )


def _hide_it_too(office: Workplace, digest: str) -> None:
    """Whoever changed the file also changed what the store says its digest is."""
    _flip_a_byte(office, digest)
    with office.store.transaction() as connection:
        data = bytes(connection.execute(text("SELECT file FROM deliveries")).scalar_one())
    _run(office, f"UPDATE deliveries SET file_sha256 = '{hashlib.sha256(data).hexdigest()}'", digest)


def _run(office: Workplace, statement: str, digest: str) -> None:
    """As a bad disk or another program would: without the triggers that keep sealed bytes as they are."""
    with office.store.transaction() as connection:
        guards = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'deliveries'"
        for name in connection.execute(text(guards)).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(f"{statement} WHERE digest = '{digest}'"))


def test_the_seal_is_tried_again_on_the_stored_bytes(office: Workplace) -> None:
    (source,) = opened(office, Kind.FIGURE, "SIP08").sources.values()
    check = lineage.check_seal(office, delivery=source.delivery)
    assert (check.good, check.sentence[:18]) == (True, "Sigillet är helt. ")


@pytest.mark.parametrize("harm", [_flip_a_byte, _hide_it_too])
def test_a_stored_file_that_is_not_what_came_is_found(office: Workplace, harm: Harm) -> None:
    (source,) = opened(office, Kind.FIGURE, "SIP08").sources.values()
    harm(office, source.delivery.digest)
    found = opened(office, Kind.FIGURE, "SIP08").sources[source.delivery.digest]
    check = lineage.check_seal(office, delivery=found.delivery)
    assert not check.good
    assert check.sentence.startswith("Sigillet stämmer inte: ")
    assert check.sentence.endswith("be Lilla Edets kommun skicka filen igen.")


def test_a_key_that_is_no_longer_ours_to_believe_is_said(office: Workplace) -> None:
    (source,) = opened(office, Kind.FIGURE, "SIP08").sources.values()
    with office.store.transaction() as connection:
        connection.execute(text("UPDATE trusted_keys SET status = 'revoked'"))
    assert "spärrad i dag" in lineage.check_seal(office, delivery=source.delivery).sentence
    with office.store.transaction() as connection:
        connection.execute(text("DELETE FROM trusted_keys"))
    assert not lineage.check_seal(office, delivery=source.delivery).good
    said = dict(lineage_words.source_lines(opened(office, Kind.FIGURE, "SIP08").sources[source.delivery.digest]))
    assert said["Nyckeln prövad"] == "inte längre bland era avsändare"
