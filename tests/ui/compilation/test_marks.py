"""At the county, numbers that nobody there has checked are marked where the municipality's name stands."""

from __future__ import annotations

from fardplan_desktop.analysis.totals import GroupTotals
from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.figures import ActivityTally, DeviationTally
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services.compilation import Comparison, Compilation
from fardplan_desktop.ui.compilation.lines import members_table

ALE, LERUM, TJORN = "1440", "1441", "1419"


def test_a_vouched_for_seal_and_a_bare_total_are_said_beside_the_name() -> None:
    book = shipped_codebook()
    compiled = Compilation(
        period=parse_period("2026-T2"),
        organisation=book.county,
        members=book.municipalities,
        received=(ALE, LERUM, TJORN),
        figures=(),
        shares=(),
        deviations=DeviationTally(),
        activities=ActivityTally(),
        totals={"samla": GroupTotals(frozenset({LERUM, "1489"}), (LERUM,), "ab" * 32, {})},
        vouched_for=frozenset({ALE}),
    )
    names = [line.cells[0].text for line in members_table(book, Comparison(compiled, compiled, compiled)).lines]
    assert "Ale kommun (sigillet inte kontrollerat)" in names
    assert "Lerums kommun (endast summor)" in names
    assert {"Tjörns kommun", "Alingsås kommun"} <= {*names}
