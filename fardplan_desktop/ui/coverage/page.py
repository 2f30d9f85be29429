"""Inlämningsläge: who has delivered what, and a ready reminder to those who have not."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.domain.figures import Coverage, CoverageRow
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import compilation, letters, reporting
from fardplan_desktop.ui.coverage.table import CoverageLine, CoverageTable, told
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.letter_card import LetterCard
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_PERIODS_SHOWN = 6


class CoveragePage(Page):
    """The period of the header comes first, then those before it. ``missing=True`` shows only those who lack it."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._workplace = session.workplace
        self._found: dict[Period, Coverage] = {}
        self._all = Button("", "primary", icon="mail", name="remind_all", on_click=self._remind_all)
        self._receive = Button("Ta emot", icon="inbox", name="go_intake", on_click=lambda: context.go("intake"))
        self._head = PageHead("Inlämningsläge", "", self._receive, self._all)
        self._only_missing = CheckBox("Visa bara de som saknas", name="only_missing")
        self._only_missing.toggled.connect(lambda _on: self._show())
        self._letter = LetterCard(name="reminder")
        self._table = CoverageTable()
        self._table.row_chosen.connect(lambda _row: self._show_chosen())
        self._told = Label("", "body", "text2", wrap=True, name="coverage_told")
        self._one = Button("", icon="mail", name="remind_one", on_click=self._remind_one)
        foot = holder(FlowLayout(self._told, self._one, gap=16))
        foot.setContentsMargins(context.look.px(16), context.look.px(6), context.look.px(16), context.look.px(6))
        self._card = Card(self._table, Line(), foot, gap=0, margins=(1, 1, 1, 1), name="coverage_card")
        self._card.pieces.setStretchFactor(self._table, 1)
        self._layout = column(self._head, holder(FlowLayout(self._only_missing)), self._letter, self._card, gap=10)
        self._layout.setStretchFactor(self._card, 1)
        self.setLayout(self._layout)
        self.set_width(Width.NORMAL)
        self.refresh()

    @override
    def arrive(self, **argument: object) -> None:
        if "missing" in argument:
            self._only_missing.setChecked(bool(argument["missing"]))
        self.refresh()

    @override
    def refresh(self, change: object = None) -> None:
        """Periods before the first package ever are left out: nobody was asked for them here."""
        found = {period: compilation.coverage(self._workplace, period=period) for period in self._periods()}
        last = max((at for at, each in enumerate(found.values()) if each.received), default=0)
        self._found = dict(list(found.items())[: last + 1])
        self._show()

    @override
    def set_period(self, period: str) -> None:
        self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._layout.setContentsMargins(side, above, side, look.px(14))

    @override
    def focus_work(self) -> None:
        self._table.setFocus()

    def _periods(self) -> list[Period]:
        """The chosen period, and those before it that there may be something for."""
        period = self._session.period
        since = self._workplace.codebook.reporting.since
        return [each for each in map(period.shifted, range(0, -_PERIODS_SHOWN, -1)) if each.end >= since]

    @property
    def _now(self) -> Coverage:
        return self._found[self._session.period]

    @property
    def _missing(self) -> list[Organisation]:
        book = self._workplace.codebook
        return sorted((book.organisation(code) for code in self._now.missing), key=lambda each: sort_key(each.name))

    def _show(self) -> None:
        self._table.set_lines(list(self._found), self._lines())
        self._head.say(self._sentence())
        number = len(self._missing)
        self._all.setText(f"Påminn {number} {'kommun' if number == 1 else 'kommuner'}")
        self._all.setVisible(bool(number))
        self._show_chosen()

    def _sentence(self) -> str:
        now, period = self._now, self._session.period
        left = reporting.days_left(self._workplace, period=period)
        days = "1 dag" if abs(left) == 1 else f"{abs(left)} dagar"
        when = f"{days} kvar" if left > 0 else "det är i dag" if left == 0 else f"{days} sedan"
        due = numbers_sv.day(self._workplace.codebook.deadline(period))
        stand = f"{numbers_sv.of(now.received, now.expected)} inlämnade"
        return f"{period.name.capitalize()}: {stand}. Sista dag {due}, {when}."

    def _lines(self) -> list[CoverageLine]:
        book = self._workplace.codebook
        shown = [book.organisation(row.organisation) for row in self._now.rows]
        if self._only_missing.isChecked():
            shown = self._missing
        cells = {period: {row.organisation: row for row in found.rows} for period, found in self._found.items()}
        if self._workplace.level is not Level.COUNTY:
            return self._organisations(shown, cells)
        lines: list[CoverageLine] = []
        for delregion in sorted(book.delregions, key=lambda each: sort_key(each.short)):
            members = {each.code for each in book.members(delregion.code, self._session.period.end)}
            within = [each for each in shown if each.code in members]
            if within:
                counts = tuple(_counted(by_code, members) for by_code in cells.values())
                lines += [CoverageLine(delregion.short, None, (), counts), *self._organisations(within, cells)]
        return lines

    def _organisations(
        self, shown: Sequence[Organisation], cells: dict[Period, dict[str, CoverageRow]]
    ) -> list[CoverageLine]:
        return [
            CoverageLine(each.name, each, tuple(by_code.get(each.code) for by_code in cells.values()))
            for each in sorted(shown, key=lambda each: sort_key(each.name))
        ]

    def _show_chosen(self) -> None:
        chosen = self._table.chosen
        row = next((each for each in self._now.rows if chosen and each.organisation == chosen.code), None)
        self._one.setVisible(row is not None and not row.has_delivered)
        if chosen is None or row is None:
            self._told.setText("Välj en kommun för att se när den lämnade in." if self._table.lines else _NONE_MISSING)
            return
        self._told.setText(f"{chosen.name}, {self._session.period.name}: {told(row)}")
        self._one.setText(f"Påminn {chosen.name}")

    def _remind_all(self) -> None:
        self._remind(self._missing)

    def _remind_one(self) -> None:
        chosen = self._table.chosen
        if chosen is not None:
            self._remind([chosen])

    def _remind(self, organisations: Sequence[Organisation]) -> None:
        letter = letters.reminder(self._workplace, period=self._session.period, organisations=organisations)
        to = letter.to if len(organisations) == 1 else f"{len(organisations)} kommuner"
        self._letter.show_letter(to, letter.subject, letter.body)
        self.context.messages.receipt(f"Påminnelse till {to} är kopierad", icon="copy")


_NONE_MISSING = "Ingen saknas. Alla har lämnat in för perioden."


def _counted(cells: dict[str, CoverageRow], members: set[str]) -> str:
    """How many of the delregion's members have delivered; they are 49 in all, never counted as delregions."""
    known = [cell for code, cell in cells.items() if code in members]
    return numbers_sv.of(sum(cell.has_delivered for cell in known), len(known))
