"""Inlämningsläge: who has delivered what, and ready drafts to those who have not or whose file was refused."""

from __future__ import annotations

from functools import partial

from typing_extensions import override

from fardplan_desktop.analysis.coverage_words import due_told, stand, told
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.coverage_paper import CoverageList
from fardplan_desktop.domain.figures import CoverageRow
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import coverage_list, drafts, receipts, settings
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.receipts import Waiting
from fardplan_desktop.services.sender_letters import may_ask_for_new_file
from fardplan_desktop.ui.coverage.coverage_print import CoveragePrint
from fardplan_desktop.ui.coverage.drafts_desk import DraftsDesk
from fardplan_desktop.ui.coverage.table import CoverageTable
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width


class CoveragePage(Page):
    """The period of the header comes first, then those before it. ``missing=True`` shows only those who lack it."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._workplace = session.workplace
        self._listed: CoverageList | None = None
        self._waiting: dict[str, Waiting] = {}
        self._sealing = SealingDesk(context, session)
        self._asked = 0
        self._desk = DraftsDesk(context, session.workplace)
        self._desk.card.turned.connect(self._make_room)
        self._narrow = False
        self._paper = CoveragePrint(self, context, session, lambda: (self._filter.isChecked(), self._order.isChecked()))
        self._make_head()
        self._make_card()
        tools = holder(FlowLayout(self._filter, self._order, self._print, self._save, self._replies, gap=16))
        # Large text in a small window: the page scrolls before the table gets too low to read in.
        self._scroll = ScrollPage(name="coverage_scroll", gap=10)
        for each in (self._head, tools, self._desk.card):
            self._scroll.content.addWidget(each)
        self._scroll.content.addWidget(self._card, 1)
        self.setLayout(column(self._scroll))
        self.set_width(Width.NORMAL)
        for each in (self._all, self._one, self._new_file, self._receipt):
            each.hide()

    def _make_head(self) -> None:
        self._all = Button("", "primary", icon="mail", name="remind_all", on_click=self._remind_all)
        receive = Button("Ta emot", icon="inbox", name="go_intake", on_click=lambda: self.context.go("intake"))
        self._replies = Button(
            "Återkoppling och frågor", "small", icon="message-square-text", name="go_replies",
            on_click=lambda: self.context.go("replies"),
        )  # fmt: skip
        self._head = PageHead("Inlämningsläge", "", receive, self._all)
        self._filter = CheckBox("Visa bara de som saknas", name="only_missing")
        self._order = CheckBox("Saknade och sena först", name="late_first")
        for box in (self._filter, self._order):
            box.toggled.connect(lambda _on: self.refresh())
        self._print = Button("Skriv ut", "small", icon="printer", name="coverage_print", on_click=self.print_view)
        self._save = Button("Spara som PDF", "small", icon="download", name="coverage_pdf", on_click=self._paper.save)

    def _make_card(self) -> None:
        look = self.context.look
        self._table = CoverageTable()
        self._table.setMinimumHeight(look.px(_LEAST_HEIGHT))
        self._table.row_chosen.connect(lambda _row: self._show_chosen())
        self._table.opened.connect(lambda _row: self._go_to_verb())
        self._told = Label("", "body", "text2", wrap=True, name="coverage_told")
        self._one = Button("", icon="mail", name="remind_one", on_click=self._remind_one)
        self._receipt = Button("", icon="send", name="send_receipt", on_click=self._send_receipt)
        self._new_file = Button("", icon="mail", name="ask_new_file", on_click=self._ask_new_file)
        foot = holder(column(self._told, holder(FlowLayout(self._one, self._new_file, self._receipt)), gap=6))
        foot.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        self._card = Card(self._table, Line(), foot, gap=0, margins=(1, 1, 1, 1), name="coverage_card")
        self._card.pieces.setStretchFactor(self._table, 1)

    @override
    def arrive(self, **argument: object) -> None:
        if "missing" in argument:
            self._filter.setChecked(bool(argument["missing"]))
        self._load()

    @override
    def refresh(self, change: object = None) -> None:
        """Hidden, it reads when it is shown again."""
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        self._asked += 1
        workplace, period = self._workplace, self._session.period
        only_missing, late_first = self._filter.isChecked(), self._order.isChecked()

        def read(_work: Work) -> tuple[CoverageList, tuple[Waiting, ...]]:
            found = coverage_list.listed(workplace, period=period, only_missing=only_missing, late_first=late_first)
            return found, receipts.waiting(workplace)

        self.context.jobs.read(
            read,
            partial(self._loaded, self._asked),
            title="Läser vilka som har lämnat in",
        )

    def _loaded(self, asked: int, found: tuple[CoverageList, tuple[Waiting, ...]]) -> None:
        if asked == self._asked:  # Else a later reading is on its way.
            self._listed, waiting = found
            self._waiting = {each.organisation.code: each for each in waiting}
            self._show()

    @override
    def set_period(self, period: str) -> None:
        self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        self._narrow = width < Width.NORMAL
        self._make_room()

    def _make_room(self) -> None:
        """In a small window the drafts stand instead of the table until they are put away."""
        self._card.setVisible(not (self._narrow and not self._desk.card.isHidden()))

    @override
    def focus_work(self) -> None:
        if not self._card.isHidden():
            self._table.setFocus()

    @override
    def print_view(self) -> bool:
        """The list as it is filtered and ordered here."""
        self._paper.print_page()
        return True

    # -- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        listed = self._listed
        if listed is None:
            return
        self._table.show_list(listed)
        self._head.say(f"{stand(listed.now, listed.periods[0])} {due_told(listed.now)}")
        number = len(self._missing)
        self._all.setText(f"Påminn {_counted(number, self._workplace.level)}")
        self._all.setVisible(bool(number))
        self._show_chosen()

    @property
    def _missing(self) -> list[Organisation]:
        """Those who should have delivered here themselves, as the table has them; a refused file is another matter."""
        if self._listed is None:
            return []
        asked = {row.organisation for row in self._listed.now.asked if not row.has_delivered and row.refused is None}
        return [line.organisation for line in self._listed.lines if line.organisation.code in asked]

    def _row(self, organisation: Organisation | None) -> CoverageRow | None:
        if self._listed is None or organisation is None:
            return None
        rows = {row.organisation: row for row in (*self._listed.now.offices, *self._listed.now.rows)}
        return rows.get(organisation.code)

    def _show_chosen(self) -> None:
        chosen = self._table.chosen
        row = self._row(chosen)
        direct = row is not None and self._listed is not None and row in self._listed.now.asked
        self._one.setVisible(row is not None and direct and not row.has_delivered and row.refused is None)
        self._receipt.setVisible(chosen is not None and chosen.code in self._waiting)
        refused = row.refused if row is not None else None
        self._new_file.setVisible(refused is not None and may_ask_for_new_file(refused.code))
        if self._listed is None:
            return
        if chosen is None or row is None:
            self._told.setText("Välj en rad för att se hur den står." if self._table.lines else _NONE_MISSING)
            return
        via = "" if direct or row.has_delivered else " Kommunens paket kommer med delregionens."
        self._told.setText(f"{chosen.name}, {self._listed.periods[0].name}: {told(row)}{via}")
        self._one.setText(f"Påminn {chosen.name}")
        self._receipt.setText(f"Skicka kvittens till {chosen.name}")
        self._new_file.setText(f"Be {chosen.name} om ny fil")

    def _go_to_verb(self) -> None:
        """Enter on a row goes to what can be done about it."""
        for button in (self._new_file, self._one, self._receipt):
            if button.isVisible():
                button.setFocus()
                return

    # -- drafts -------------------------------------------------------------------------------

    def _remind_all(self) -> None:
        self._remind(self._missing)

    def _remind_one(self) -> None:
        chosen = self._table.chosen
        if chosen is not None:
            self._remind([chosen])

    def _remind(self, organisations: list[Organisation]) -> None:
        period = self._session.period
        made = drafts.reminders(self._workplace, period=period, organisations=organisations)
        number = len(made)
        what = "1 påminnelse är klar att skicka" if number == 1 else f"{number} påminnelser är klara att skicka"
        self._desk.make(period, made, what)

    def _ask_new_file(self) -> None:
        chosen, row = self._table.chosen, self._row(self._table.chosen)
        if chosen is None or row is None or row.refused is None:
            return
        period = self._session.period
        made = drafts.new_file(self._workplace, period=period, organisation=chosen, refused=row.refused)
        self._desk.make(period, [made], f"Mejlet till {chosen.name} är klart att skicka")

    def _send_receipt(self) -> None:
        """Sealed for that sender alone; Ta emot seals those of everyone in one step."""
        chosen = self._table.chosen
        owed = self._waiting.get(chosen.code) if chosen is not None else None
        if owed is None:
            return
        workplace, to = self._workplace, owed.organisation
        folder = settings.deliveries_folder(workplace) / receipts.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> tuple[Posted, ...]:
            return receipts.send_receipts(
                workplace, folder=folder, passphrase=passphrase, remember=remember, organisations=[to.code], work=work
            )[0]

        def sealed(made: tuple[Posted, ...]) -> None:
            text = receipts.letter(workplace, to=to, rows=owed.rows).text
            self._desk.open_mail(made[0].draft, to.name, text)
            self._session.tell(Change(f"Kvittens till {to.name} förseglad", frozenset({"Delivery"})))

        self._sealing.seal("Försegla kvittensen", act, sealed, self)


_LEAST_HEIGHT = 190
"""Of the table, in design px: its head and four rows."""
_NONE_MISSING = "Ingen saknas. Alla har lämnat in för perioden."


def _counted(number: int, level: Level) -> str:
    one, many = ("delregion", "delregioner") if level is Level.COUNTY else ("kommun", "kommuner")
    return f"{number} {one if number == 1 else many}"
