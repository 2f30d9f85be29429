"""One colleague's workbook: only what that person is to answer, with lists to choose from and definitions beside.

Nothing in it is hidden: no hidden sheets or columns, no password, no macros, no links. What is not to be answered is
locked so that it stays as it is; ``answer_book`` reads the same sections back.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.inquiries import (
    CONTROL,
    NUMBER,
    ORGANISATION,
    AskedCount,
    Questions,
    control_of,
)
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.tabular import guarded
from fardplan_desktop.tables.sections import ACTIVITIES, COUNTS, DEVIATIONS, Field, Section
from fardplan_desktop.tables.values import choices

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST, LISTS = "Svara här", "Listor"
_EARLIEST = date(2020, 1, 1)
_COUNT_HELP = (
    "Antal: 0 om det inte fanns något, saknas om uppgiften inte går att få fram, ej aktuellt om frågan inte gäller er, "
    "≈ 14 om det är uppskattat."
)


class _Styles(NamedTuple):
    title: Format
    plain: Format
    heading: Format
    fixed: Format
    answer: Format
    number: Format
    day: Format
    unasked: Format


class _Line(NamedTuple):
    """A row of a section: what stands in its locked cells by heading, and the headings that are not asked for in it."""

    cells: dict[str, str]
    unasked: frozenset[str] = frozenset()


def write_questions(questions: Questions, codebook: CodeBook) -> bytes:
    """The workbook; the same questions give the same bytes."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # Not the clock: the same questions give the same bytes.
    book.set_properties({"title": f"Färdplan: frågor för {questions.period.name}", "created": datetime(2026, 1, 1)})
    sections = list(_sections(questions))
    writer = _Writer(book, questions, codebook, [section for section, _ in sections])
    for at, (section, lines) in enumerate(sections):
        sheet = book.add_worksheet(FIRST if at == 0 else section.sheet)
        top = writer.write_introduction(sheet, [each.sheet for each, _ in sections[1:]]) if at == 0 else 0
        writer.write_section(sheet, top, section, lines)
    writer.write_lists()
    book.close()
    return written.getvalue()


def _sections(questions: Questions) -> Iterator[tuple[Section, list[_Line]]]:
    if questions.counts:
        periods = list(dict.fromkeys(id_ for each in questions.counts for id_ in each.periods))
        periods.sort(key=parse_period)
        names = [parse_period(id_).name for id_ in periods]
        yield COUNTS.with_periods(names), [_count_line(each, periods) for each in questions.counts]
    if questions.activities:
        yield (
            ACTIVITIES,
            [
                _Line(
                    {
                        "Nr": str(place),
                        "Aktivitet": each.title,
                        "Klar senast": _day(each.end),
                        "Står i dag": ", ".join(filter(None, (each.status, each.forecast))),
                        "Senast sagt": each.comment,
                        "Nästa steg i dag": each.next_step,
                    }
                )
                for place, each in enumerate(questions.activities, start=1)
            ],
        )
    if questions.deviations:
        yield (
            DEVIATIONS,
            [
                _Line(
                    {
                        "Nummer": each.number,
                        "Avvikelse": each.about,
                        "Referens": each.reference,
                        "Skickad": _day(each.sent),
                        "Svar senast": _day(each.due),
                    }
                )
                for each in questions.deviations
            ],
        )


def _count_line(asked: AskedCount, periods: Sequence[str]) -> _Line:
    measure = asked.measure
    cells = {
        "Kod": measure.id,
        "Mått": measure.label,
        "Står i dag": asked.stands,
        "Vad som räknas": measure.definition,
        "Räknas": "\n".join(measure.counted),
        "Räknas inte": "\n".join(measure.not_counted),
    }
    return _Line(cells, frozenset(parse_period(id_).name for id_ in periods if id_ not in asked.periods))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


class _Writer:
    def __init__(self, book: Workbook, questions: Questions, codebook: CodeBook, sections: Sequence[Section]) -> None:
        self._book, self._questions, self._codebook = book, questions, codebook
        fields = (field for section in sections for field in section.fields)
        self._lists = list(dict.fromkeys(field.list_id for field in fields if field.list_id))
        wrapped = {"text_wrap": True, "valign": "top"}
        edge = {"border": 1, "border_color": "#75828D"}
        locked = {**wrapped, "bg_color": "#EAF0F4", "border": 1, "border_color": "#D3DCE3"}
        self._styles = _Styles(
            title=book.add_format({"bold": True, "font_size": 14}),
            plain=book.add_format(),
            heading=book.add_format({**locked, "bold": True}),
            fixed=book.add_format(locked),
            answer=book.add_format({**wrapped, **edge, "locked": False, "num_format": "@"}),
            number=book.add_format({**edge, "valign": "top", "locked": False, "align": "right"}),
            day=book.add_format({**edge, "valign": "top", "locked": False, "num_format": "yyyy-mm-dd"}),
            unasked=book.add_format({**locked, "bg_color": "#D3DCE3"}),
        )

    def write_introduction(self, sheet: Worksheet, more: Sequence[str]) -> int:
        """What is asked, by whom and until when; then what the answer is recognised by. Returns the next free row."""
        asked, inquiry = self._questions, self._questions.inquiry
        until = f" senast {inquiry.latest.isoformat()}" if inquiry.latest else ""
        about = f" om {asked.unit}" if asked.unit else ""
        sentences = [
            f"{asked.organisation_name} behöver svar{about} för {asked.period.name} ({asked.period.span}).",
            f"Fyll i de vita rutorna, spara och skicka tillbaka filen{until}. En tom ruta lämnas som den är.",
            *([f"Det finns frågor också på bladet {' och '.join(more)}."] if more else []),
            *([_COUNT_HELP] if asked.counts else []),
            "Skriv aldrig namn, personnummer eller annat som kan röja en person.",
        ]
        sheet.write_string(0, 0, guarded(f"Frågor till {inquiry.to}"), self._styles.title)
        for row, sentence in enumerate(sentences, start=1):
            sheet.write_string(row, 0, guarded(sentence), self._styles.plain)
        facts = (
            (NUMBER, inquiry.id),
            (CONTROL, control_of(inquiry, asked.organisation)),
            (ORGANISATION, f"{asked.organisation} {asked.organisation_name}"),
        )
        top = len(sentences) + 2
        for row, (word, value) in enumerate(facts, start=top):
            sheet.write_string(row, 0, word, self._styles.plain)
            sheet.write_string(row, 1, value, self._styles.plain)
        return top + len(facts) + 1

    def write_section(self, sheet: Worksheet, top: int, section: Section, lines: Sequence[_Line]) -> None:
        for place, field in enumerate(section.fields):
            sheet.set_column(place, place, field.width)
            sheet.write_string(top, place, field.heading, self._styles.heading)
            if field.note:
                sheet.write_comment(top, place, field.note, {"x_scale": 3, "y_scale": 1.5, "author": "Färdplan"})
            self._validate(sheet, (top + 1, top + len(lines)), place, field)
        for row, line in enumerate(lines, start=top + 1):
            for place, field in enumerate(section.fields):
                self._write_cell(sheet, row, place, field, line)
        self._finish(sheet, top + 1, section.frozen)

    def _write_cell(self, sheet: Worksheet, row: int, place: int, field: Field, line: _Line) -> None:
        if field.heading in line.unasked:
            sheet.write_blank(row, place, None, self._styles.unasked)
        elif field.answer:
            style = {"amount": self._styles.number, "day": self._styles.day}.get(field.holds, self._styles.answer)
            sheet.write_blank(row, place, None, style)
        else:
            sheet.write_string(row, place, guarded(line.cells.get(field.heading, "")), self._styles.fixed)

    def _validate(self, sheet: Worksheet, rows: tuple[int, int], place: int, field: Field) -> None:
        from xlsxwriter.utility import xl_col_to_name

        if not field.answer:
            return
        if field.holds == "list":
            offered = choices(self._codebook, field.list_id).offered
            letters = xl_col_to_name(self._lists.index(field.list_id))
            rule: dict[str, object] = {
                "validate": "list",
                "source": f"={LISTS}!${letters}$2:${letters}${len(offered) + 1}",
                "error_title": field.heading,
                "error_message": f"Välj ett värde ur listan. Alla värden står på bladet {LISTS}.",
            }
        elif field.holds == "day":
            rule = {
                "validate": "date",
                "criteria": ">=",
                "value": _EARLIEST,
                "error_title": field.heading,
                "error_message": "Skriv ett datum, till exempel 2026-09-14.",
            }
        elif field.holds == "amount":
            rule = {"validate": "any", "input_title": "Antal", "input_message": _COUNT_HELP}
        else:
            return
        sheet.data_validation(rows[0], place, rows[1], place, rule)

    def write_lists(self) -> None:
        """The lists that the sections choose from, openly on a sheet of their own."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(LISTS)
        for place, list_id in enumerate(self._lists):
            offered = choices(self._codebook, list_id)
            sheet.set_column(place, place, 40)
            sheet.write_string(0, place, offered.name, self._styles.heading)
            for row, word in enumerate(offered.offered, start=1):
                sheet.write_string(row, place, guarded(word), self._styles.fixed)
        self._finish(sheet, 1, 0)

    def _finish(self, sheet: Worksheet, frozen_rows: int, frozen_columns: int) -> None:
        """Locked without a password: whoever needs to may unlock it."""
        sheet.freeze_panes(frozen_rows, frozen_columns)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
