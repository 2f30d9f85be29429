"""Any block copied from the grid and pasted back where it was changes nothing, whatever stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import count_entry, count_grid, tables_in
from fardplan_desktop.services.count_grid import CountGrid, Known
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.grid_clip import clip_of
from fardplan_desktop.ui.counts.grid_model import GridModel
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.theme.look import Look

PERIOD = parse_period("2026-T2")
VALUES = (None, "0-17", "80-plus", "okand")


@st.composite
def counts_of_a_measure(draw: st.DrawFn, measure: str) -> list[Count]:
    """Month by month or for the period, of the measure and some ages, in every state; zero is common."""
    periods = draw(st.sampled_from([("2026-T2",), ("2026-05", "2026-06", "2026-07", "2026-08")]))
    ages = VALUES if measure in ("SIP04", "SIP08", "SIP12") else (None,)
    made = []
    for period in periods:
        for value in ages:
            state = draw(st.none() | st.sampled_from(CountState))
            if state is None:
                continue
            numbered = state in (CountState.REPORTED, CountState.ESTIMATED)
            n = draw(st.sampled_from((0, 0, 7, 1234, 9_999_999))) if numbered else None
            breakdown = None if value is None else "alder"
            made.append(Count(measure=measure, period=period, breakdown=breakdown, value=value, state=state, n=n))
    return made


MEASURES = ("SIP04", "SIP05", "SIP08", "SIP10", "SIP12")
everything = st.tuples(*(counts_of_a_measure(measure) for measure in MEASURES)).map(
    lambda lists: {count.id: count for some in lists for count in some}
)


class Sheet:
    """The grid alone, over counts that no store holds."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.model = GridModel()
        self.table = CountTable(self.model, lambda _cells, _text: True)

    def show(self, standing: dict[str, Count], *, whole: bool, opened: Collection[str]) -> CountGrid:
        grid = count_grid.count_grid(
            self.workplace, period=PERIOD, all_measures=False, opened=opened, known=Known(standing, ())
        )
        self.model.show_grid(grid, whole=whole)
        return grid


@pytest.fixture(scope="module")
def sheet(shared_look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheet]:
    """The look must be there before the grid."""
    seeded = Seeded(3, datetime(2026, 9, 14, 8, tzinfo=UTC))
    folder: Path = tmp_path_factory.mktemp("klippbok")
    workplace = new_workplace(
        folder / "edet.fardplan", "1462", practice=True, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    made = Sheet(workplace)
    yield made
    made.table.deleteLater()
    workplace.store.close()


@given(
    standing=everything,
    whole=st.booleans(),
    opened=st.sets(st.sampled_from(("SIP04", "SIP08", "SIP12"))),
    corners=st.tuples(*[st.integers(0, 60)] * 2, *[st.integers(0, 6)] * 2),
)
def test_any_block_copied_and_pasted_back_changes_nothing(
    sheet: Sheet,
    standing: dict[str, Count],
    whole: bool,
    opened: set[str],
    corners: tuple[int, int, int, int],
) -> None:
    sheet.show(standing, whole=whole, opened=opened)
    model, table = sheet.model, sheet.table
    places = [
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.row_at(model.index(row, 0)) is not None and model.columns[column].part.figures
    ]
    rows, columns = sorted({each.row() for each in places}), sorted({each.column() for each in places})
    table.go_to(model.index(rows[corners[0] % len(rows)], columns[corners[2] % len(columns)]))
    table.stretch_to(model.index(rows[corners[1] % len(rows)], columns[corners[3] % len(columns)]))
    text = clip_of(model, table.range, cut=False).text
    block = tables_in.read_block(text)
    assert not tables_in.has_dashes(block)
    try:
        pasted = count_entry.read_pasted(sheet.workplace.codebook, table.lines_from_caret(), block).values
    except InputProblem as problem:
        pasted = ()
        event(problem.why)
    assert [each for each in pasted if standing.get(each.id) != each] == []


@given(standing=everything)
def test_zero_is_always_shown_and_sums_inherit_the_estimate(sheet: Sheet, standing: dict[str, Count]) -> None:
    grid = sheet.show(standing, whole=False, opened=MEASURES)
    model = sheet.model
    for count in standing.values():
        row = grid.row("/".join(filter(None, (count.measure, count.breakdown, count.value))))
        assert row is not None
        index = model.place(row.key, count.period)
        cell = model.cell_at(index)
        if cell is not None and cell.count == count and count.n == 0:
            assert str(index.data()).lstrip("≈\u00a0") == "0"
        if row.measure.over_time != "last" and row.rolled.value is not None:
            states = {each.count.state for each in (*row.cells, row.whole) if each.count}
            assert str(model.index(index.row(), 5).data()).startswith("≈") == (CountState.ESTIMATED in states)
