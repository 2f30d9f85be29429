"""An empty workbook for colleagues without the program: the headings, the lists to choose from, and what each means.

Everything in it comes from the columns that are read back and from the code book, so the two cannot drift apart. The
lists stand openly on a sheet of their own. The same code book gives the same bytes.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.tabular import TableKind, guarded
from fardplan_desktop.host.files import write_whole
from fardplan_desktop.tables.columns import COLUMNS, Column, Holds
from fardplan_desktop.tables.values import choices

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LISTS = "Listor"
ROWS = 2000
"""How far down the choices reach."""

_SHEETS = {
    TableKind.ACTIVITIES: "Aktiviteter",
    TableKind.COUNTS: "SIP-uppföljning",
    TableKind.DEVIATIONS: "Avvikelser",
    TableKind.POPULATION: "Folkmängd",
}
_YES_NO = ("Ja", "Nej")
_NOT_LISTED = "Välj ett värde ur listan. Alla värden står på bladet Listor."


def write_template(kind: str, codebook: CodeBook, path: Path) -> None:
    """Writes an empty workbook of this kind; raises InputProblem when the place cannot be written to."""
    from xlsxwriter import Workbook

    table = TableKind(kind)
    written = io.BytesIO()
    # A few hundred cells: no temporary files are needed for them.
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    # Not the clock: the same code book gives the same bytes.
    book.set_properties({"title": f"Färdplan: {_SHEETS[table]}", "created": datetime(2026, 1, 1)})
    lists = _lists(table, codebook)
    _write_table(book, table, lists)
    if lists:
        _write_lists(book, lists)
    book.close()
    try:
        write_whole(path, written.getvalue())
    except OSError as error:
        raise InputProblem(
            f"{path.name} går inte att spara.",
            "Den är öppen i ett annat program, eller så får mappen inte skrivas till.",
            "Stäng filen eller välj en annan mapp.",
            detail=str(error),
        ) from error


def _lists(kind: TableKind, codebook: CodeBook) -> dict[str, tuple[str, ...]]:
    """Each list's values under its heading, in the order of the columns; empty lists are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for column in COLUMNS[kind]:
        if column.list_id:
            found[column.heading] = choices(codebook, column.list_id).offered
        if column.list_id == "measures":
            found |= _definitions(codebook)
        if column.field == "breakdown":
            found |= _breakdowns(codebook, column.heading)
    return {heading: tuple(map(guarded, values)) for heading, values in found.items() if values}


def _breakdowns(codebook: CodeBook, heading: str) -> dict[str, tuple[str, ...]]:
    """The breakdowns that measures have, and the values of each under its own name."""
    used = [codebook.list(id_) for id_ in dict.fromkeys(id_ for each in codebook.measures for id_ in each.breakdowns)]
    return {heading: tuple(each.label for each in used)} | {
        f"Värde: {each.label}": choices(codebook, each.id).offered for each in used
    }


def _write_table(book: Workbook, kind: TableKind, lists: dict[str, tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(_SHEETS[kind])
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    kept = {Holds.DATE: date, Holds.MONTH: text, Holds.PERIOD: text}
    for place, column in enumerate(COLUMNS[kind]):
        sheet.set_column(place, place, column.width, kept.get(column.holds, plain))
        sheet.write_string(0, place, column.heading, heading)
        sheet.write_comment(0, place, _explained(column), {"x_scale": 3, "y_scale": 2, "author": "Färdplan"})
        _validate(sheet, place, column, lists)


def _validate(sheet: Worksheet, place: int, column: Column, lists: dict[str, tuple[str, ...]]) -> None:
    """Choices for one value; several values in a cell are checked when the table is read."""
    from xlsxwriter.utility import xl_col_to_name

    rule: dict[str, object] = {"error_title": column.heading, "error_message": _NOT_LISTED}
    if column.heading in lists and column.holds is not Holds.CODES:
        letters = xl_col_to_name(list(lists).index(column.heading))
        rule |= {"validate": "list", "source": f"={LISTS}!${letters}$2:${letters}${len(lists[column.heading]) + 1}"}
    elif column.holds is Holds.YES_NO:
        rule |= {"validate": "list", "source": list(_YES_NO), "error_message": "Välj Ja eller Nej."}
    else:
        return
    sheet.data_validation(1, place, ROWS, place, rule)


def _definitions(codebook: CodeBook) -> dict[str, tuple[str, ...]]:
    """What each offered measure means, line by line beside it."""
    measures = [each for each in codebook.measures if codebook.offered(each)]
    return {
        "Definition": tuple(each.definition for each in measures),
        "Räknas": tuple("\n".join(each.counted) for each in measures),
        "Räknas inte": tuple("\n".join(each.not_counted) for each in measures),
    }


def _explained(column: Column) -> str:
    needed = "Måste fyllas i." if column.required else "Frivillig."
    measures = f" Vad som räknas står på bladet {LISTS}." if column.list_id == "measures" else ""
    return f"{column.note}{measures}\n{needed}"


def _write_lists(book: Workbook, lists: dict[str, tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(LISTS)
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, name in enumerate(lists):
        sheet.set_column(place, place, 36, wrapped)
        sheet.write_string(0, place, name, heading)
    for row in range(max(map(len, lists.values()))):
        for place, values in enumerate(lists.values()):
            if row < len(values):
                sheet.write_string(row + 1, place, values[row], wrapped)
