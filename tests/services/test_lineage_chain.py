"""Where a figure of the county comes from: through the delregion's bundle to the municipality's own file, or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fardplan_desktop.domain.figures import CoverageState
from fardplan_desktop.domain.lineage import Kind, Origin, Part, Wanted
from fardplan_desktop.services import bundles, compilation, coverage_list, lineage, lineage_words
from tests.services.test_bundles import ALE, KUNGALV, PERIOD, TJORN, Chain


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """SIMBA has sent on what two of its four members have reported."""
    chain = _reported(tmp_path_factory.mktemp("simba"))
    chain.take_in(chain.send())
    yield chain
    chain.close()


def _reported(folder: Path) -> Chain:
    chain = Chain(folder, PERIOD)
    chain.report(ALE, SIP08=4, SIP04=0)
    chain.report(KUNGALV, SIP08=7)
    for code, reason in (("1415", "Sjukdom."), (TJORN, "Samordnaren är ny.")):
        bundles.set_reason(chain.simba, period=PERIOD, member=code, text=reason)
    return chain


def origin(chain: Chain, kind: Kind, id: str = "") -> Origin:
    county = chain.county
    return lineage.origin(county, compiled=chain.at(county), trail=lineage.trail(county), wanted=Wanted(kind, id))


def part(found: Origin, code: str) -> Part:
    return next(each for each in found.parts if each.organisation.code == code)


def test_the_county_reaches_the_municipalitys_own_file_through_the_bundle(sent: Chain, tmp_path: Path) -> None:
    found = origin(sent, Kind.FIGURE, "SIP08")
    assert (found.total, len(found.parts), len(found.without)) == ("11", 49, 47)
    (digest,) = part(found, ALE).sources
    source = found.sources[digest]
    assert source.via is not None
    assert (source.via.code, source.delivery.issuer) == ("simba", ALE)
    assert source.introduced_by is not None, "nobody at the county has compared Ale's kontrollkod"
    said = dict(lineage_words.source_lines(source))
    assert said["Kom med"] == f"{source.via.name}, som skickat kommunens egen fil vidare oförändrad"
    assert said["Nyckeln prövad"].startswith(f"inte av er; {source.via.name} gick i god för den ")
    saved = lineage.save_original(sent.county, delivery=source.delivery, folder=tmp_path)
    assert hashlib.sha256(saved.read_bytes()).hexdigest() == source.delivery.file_sha256
    assert lineage.check_seal(sent.county, delivery=source.delivery).good
    assert f"genom {source.via.name}" in lineage_words.as_text(found)


def test_delregions_stand_with_their_bundles_and_their_municipalities_under_them(sent: Chain) -> None:
    found = compilation.coverage(sent.county, period=PERIOD)
    offices = {row.organisation: row.state for row in found.offices}
    assert (offices["simba"], offices["fyrbodal"]) == (CoverageState.DELIVERED, CoverageState.AWAITED)
    rows = {row.organisation: row for row in found.rows}
    assert (rows[ALE].via, rows[TJORN].via) == ("simba", "")
    listed = coverage_list.listed(sent.county, period=PERIOD)
    line = next(each for each in listed.lines if each.organisation.code == "simba")
    assert [each.replace("\xa0", " ") for each in line.counts] == ["2 av 4"]


def test_totals_only_stand_as_one_part_that_cannot_be_opened_further(tmp_path: Path) -> None:
    chain = _reported(tmp_path)
    chain.take_in(chain.send(totals_only=True))
    for kind, id in ((Kind.FIGURE, "SIP08"), (Kind.DEVIATIONS, ""), (Kind.ACTIVITIES, "")):
        found = origin(chain, kind, id)
        assert ALE not in {each.organisation.code for each in found.parts}
        simba = part(found, "simba")
        assert sum(each.number or 0 for each in found.parts) == int(found.total) == simba.number
        assert simba.note.endswith(lineage.TOTALS_ONLY)
        (digest,) = simba.sources
        assert lineage.check_seal(chain.county, delivery=found.sources[digest].delivery).good
    basis = origin(chain, Kind.FIGURE, "SIP08").basis.replace("\xa0", " ")
    assert basis == "2 av 49 kommuner, varav 2 endast i summor, 1 av 4 månader"
    whole = part(origin(chain, Kind.FIGURE, "SIP08"), "simba")
    assert (whole.words, whole.note.replace("\xa0", " ").split(",")[0]) == ("11", "2 av 4 kommuner")
    chain.close()
