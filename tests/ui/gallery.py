"""Pictures of the window with made-up content, to be looked at beside the design pictures. Run by hand:

QT_QPA_PLATFORM=offscreen python tests/ui/gallery.py build/gallery
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea, TextField
from fardplan_desktop.ui.parts.key_figure import KeyFigureCard
from fardplan_desktop.ui.parts.keys import keys_sheet
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.pill import Pill
from fardplan_desktop.ui.parts.problem_list import Problem, ProblemList
from fardplan_desktop.ui.parts.record_table import RecordTable
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.parts.status_text import StatusText
from fardplan_desktop.ui.parts.text import body, card_title, secondary
from fardplan_desktop.ui.parts.todo_row import ToDo, ToDoCard
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.parts.work_line import ProgressBar
from fardplan_desktop.ui.shell.facts import Action, ShellFacts
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width
from fardplan_desktop.ui.theme.tokens import THEMES, ThemeName

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

FACTS = ShellFacts(
    organisation="Lilla Edets kommun",
    mark="Exempeldata – påhittade siffror",
    mark_short="Exempeldata",
    periods=(("2026-T2", "Tertial 2 2026"), ("2026-T1", "Tertial 1 2026")),
    period="2026-T2",
    saved="Allt är sparat 14:02",
    backup="Säkerhetskopia i dag 13:30",
    codebook="Mått och listor version 1",
    undo="4 rutor inklistrade",
    redo="Ny aktivitet",
)


def nothing() -> None:
    """A verb without a deed, for pictures."""


class StartSample(Page):
    """The start page of the design picture, made of parts."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._scroll = ScrollPage()
        head = PageHead("God förmiddag", "Måndag 14 september. Nytt sedan sist: en kvittens och en återkoppling.")
        self._scroll.content.addWidget(head)
        todo = ToDoCard("Att göra", "Inget att göra just nu.")
        todo.show_rows(
            [
                ToDo("flag", "warn", "Gemensam utbildning om fasta kontakter",
                     "Avstämning skulle ha gjorts 1 september", "Stäm av", nothing),
                ToDo("flag", "warn", "Rutin för SIP vid utskrivning",
                     "Slutdatum 31 augusti har passerat", "Uppdatera", nothing),
                ToDo("triangle-alert", "warn", "Avvikelse 1462-2026-0014: läkemedelslista saknades",
                     "Svar väntat sedan 64 dagar", "Öppna", nothing),
                ToDo("message-square-text", "accent", "Fråga från Fyrbodal om Uppföljda SIP, tertial 1",
                     "”Är 42 rätt? Förra året 18.”", "Svara", nothing),
            ]
        )  # fmt: skip
        left = holder(column(self._report(), self._figures(), todo, None, gap=16))
        self._right = holder(column(self._news(), self._meeting(), None, gap=16))
        self._right.setFixedWidth(context.look.px(330))
        self._body = QGridLayout()
        self._body.setSpacing(context.look.px(16))
        self._body.addWidget(left, 0, 0)
        self._body.setColumnStretch(0, 1)
        self._scroll.content.addLayout(self._body)
        self.setLayout(column(self._scroll, gap=0))

    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        look = self.context.look
        beside = width >= Width.NORMAL
        self._right.setMaximumWidth(look.px(330) if beside else 16777215)
        self._right.setMinimumWidth(look.px(330) if beside else 0)
        self._body.addWidget(self._right, 0 if beside else 1, 1 if beside else 0)
        place = [(0, n) if width >= Width.COMPACT else (n // 2, n % 2) for n in range(4)]
        for card, (line, at) in zip(self._cards, place, strict=True):
            self._grid.addWidget(card, line, at)

    def _report(self) -> QWidget:
        words = column(card_title("Rapportera tertial 2"), body("Senast 25 september, 11 dagar kvar"), gap=2)
        steps = FlowLayout(
            StatusText("Klar: aktiviteter"), StatusText("Rätta: SIP-uppföljning"), StatusText("Klar: avvikelser")
        )
        return Card(row(words, None, Button("Rapportera", "primary")), 4, holder(steps))

    def _figures(self) -> QWidget:
        self._cards = [
            KeyFigureCard("Upprättade SIP", "23", "19 samma tertial 2025", [5, 4, 6, 5, 3, 6, 5, 7, 6, 8, 2, 7]),
            KeyFigureCard("Den enskilde deltog", "91 %", "29 av 32 möten",
                          [80, 82, 85, 84, 88, None, 90, 88, 89, 91, 100, 88]),
            KeyFigureCard("Fast omsorgskontakt", "96 %", "303 av 314 personer",
                          [90, 91, 91, 92, 92, 93, 94, 94, 95, 95, 96, 96]),
            KeyFigureCard("Avvikelser i samverkan", "9", "vanlig variation", [3, 1, 2, 4, 2, 3, 1, 2, 3, 2, 2, 2]),
        ]  # fmt: skip
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self.context.look.px(16))
        return holder(self._grid)

    def _news(self) -> QWidget:
        return Card(
            card_title("Sedan du var här sist"),
            body("Fyrbodal har kvitterat tertial 1"),
            secondary("i dag 08:12"),
            body("Återkoppling: 14 av 15 kommuner lämnade, delregionens median 21"),
            secondary("i går"),
            8,
            Button("Visa återkopplingen", wide=True),
        )

    def _meeting(self) -> QWidget:
        return Card(
            card_title("Nästa möte"),
            body("Närsjukvårdsgruppen, 18 september 09:00"),
            secondary("2 beslut från förra mötet är inte klara"),
            Button("Skriv ut mötesunderlag", wide=True),
            gap=4,
        )


ROWS: Sequence[tuple[str, str, str, str, str, str]] = [
    ("Gemensam utbildning om fasta kontakter", "A2", "Enhetschef hemtjänst", "2026-12-31", "Pågår", "12"),
    ("Rutin för SIP vid utskrivning från slutenvården inom länets sjukhus",
     "A1", "MAS", "2026-08-31", "Försenad", "1 204"),
    ("Samverkan med primärvården om hemtagning", "A3", "Socialchef", "2027-06-30", "Planerad", "0"),
    ("Närområdesplan", "F1", "Verksamhetsutvecklare", "2026-10-01", "Klar", "7"),
    ("Digital anslutning", "F4", "IT-samordnare", "", "Avvaktar beslut", "saknas"),
]  # fmt: skip
HEADS = ("Aktivitet", "Arbetssätt", "Ansvarig funktion", "Klar senast", "Status", "Antal")


class SampleModel(QAbstractTableModel):
    """Five activities."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(HEADS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 5:
            return Qt.AlignmentFlag.AlignRight
        return ROWS[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None


class WorkSample(Page):
    """A working page: head, segments, table, problems and a form at the side."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.table = RecordTable("Aktiviteter", name="sample_table", status_columns={4})
        self.table.setModel(SampleModel(self))
        self.table.set_widths(0, 90, 170, 110, 150, 80)
        self.problems = ProblemList()
        work = column(Card(self.table, margins=(1, 1, 1, 1)), self.problems, gap=12)
        work.setStretch(0, 1)
        self.problems.show_problems(
            [
                Problem("comment", "Avslutade SIP saknas för juli.", "Skriv kommentar", nothing),
                Problem("fix", "5 deltog i juli, men bara 4 möten hölls.", "Visa rutan", nothing),
            ]
        )
        self._split = WithSidePanel(holder(work), self._form(), beside=290)
        self._panel_button = Button("Uppgifter", icon="panel-right", on_click=self._split.toggle_panel)
        head = PageHead(
            "Aktiviteter",
            "23 aktiviteter, 2 att stämma av",
            self._panel_button,
            Button("Klistra in från Excel", icon="clipboard-paste"),
            Button("Ny aktivitet", "primary"),
        )
        tools = row(
            holder(
                FlowLayout(
                    Segments([("a", "Arbetssätt"), ("p", "Plan")], label="Ordna efter", name="order"),
                    Segments([("all", "Alla"), ("open", "Pågår"), ("late", "Försenade")], label="Visa", name="show"),
                )
            )
        )
        tools.setStretch(0, 1)
        bar = ProgressBar(0.96)
        self._progress = holder(row(bar, secondary("30 av 31 rutor ifyllda")))
        tools.addWidget(self._progress)
        self._layout = column(head, tools, self._split, gap=12)
        self._layout.setStretch(2, 1)
        self.setLayout(self._layout)

    def _form(self) -> Card:
        name = Field("Aktivitet", TextField("Rutin för SIP vid utskrivning", name="activity_name"))
        wrong = Field("Klar senast", DateField(name="activity_due"), hint="Dagen då aktiviteten ska vara klar.")
        wrong.show_error("Dagen ligger före start. Ange en senare dag.")
        method = Combo([("A1", "A1 Personcentrerat"), ("A2", "A2 Fast kontakt")], name="activity_method")
        note = TextArea(name="activity_note", hint="Kommentar till augusti …")
        return Card(
            card_title("Rutin för SIP vid utskrivning"),
            StatusText("Pågår"),
            name,
            Field("Arbetssätt", method),
            wrong,
            Field("Kommentar", note, optional=True),
            CheckBox("Behöver lyftas till delregionen", name="activity_lift", checked=True),
            None,
            gap=10,
        )

    def set_width(self, width: Width) -> None:
        side = self.context.look.metrics.page_padding(width)
        above = self.context.look.px(18 if width >= Width.NORMAL else 10)
        self._layout.setContentsMargins(side, above, side, self.context.look.px(14))
        self._split.set_width(width)
        self.problems.set_compact(width < Width.NORMAL)
        self._panel_button.setVisible(self._split.floating)
        self._progress.setVisible(width >= Width.NORMAL)

    def focus_work(self) -> None:
        self.table.setFocus()
        self.table.selectRow(1)


class PartsSample(Page):
    """Everything else: steps, pills, buttons, an empty state."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        steps = WizardSteps(["Kontrollera", "Granska", "Skicka"])
        steps.show_step(1)
        pills = [
            Pill("Förseglad", "ok", icon="lock"),
            Pill("Övning", "warn"),
            Pill("Rättelse", "accent"),
            Pill("Arbetsmaterial"),
        ]
        off, off_primary = Button("Kan inte nu"), Button("Skicka", "primary")
        off.setEnabled(False)
        off_primary.setEnabled(False)
        self.primary = Button("Skicka till Fyrbodal", "primary", icon="send")
        buttons = [
            self.primary,
            Button("Spara kopia", icon="download"),
            Button("Ta bort", "destructive", icon="trash-2"),
            Button("Visa exemplet", "quiet"),
            off,
            off_primary,
        ]
        words = (
            "Status saknas",
            "Ej påbörjad",
            "Pågår delvis",
            "Revideras",
            "Integrerad i ordinarie arbete",
            "Avbruten",
            "Enligt plan",
            "Risk",
            "Når inte målet",
            "Ersätter tidigare",
            "Okänd avsändare",
        )
        empty = EmptyState(
            "list-checks",
            "Inga aktiviteter ännu. Klistra in handlingsplanen från Excel eller börja med länets tio gemensamma.",
            Button("Klistra in från Excel", "primary"),
            Button("Visa ett exempel", "quiet"),
        )
        layout = column(
            PageHead("Rapportera", "Ett paket är klart att skickas."),
            row(steps, None),
            row(*pills, None),
            holder(FlowLayout(*buttons)),
            holder(FlowLayout(*[StatusText(word) for word in words])),
            Card(empty),
            gap=16,
            margins=(24, 18, 24, 14),
        )
        layout.setStretch(5, 1)
        self.setLayout(layout)

    def focus_work(self) -> None:
        self.primary.setFocus()


def specs() -> list[PageSpec]:
    return [
        PageSpec("start", "Start", "house", StartSample),
        PageSpec("activities", "Aktiviteter", "list-checks", WorkSample),
        PageSpec("counts", "SIP-uppföljning", "table-2", WorkSample),
        PageSpec("deviations", "Avvikelser", "triangle-alert", WorkSample),
        PageSpec("report", "Rapportera", "send", PartsSample),
        PageSpec("papers", "Mötesunderlag", "printer", PartsSample),
        PageSpec("settings", "Inställningar", "settings", PartsSample, at_foot=True),
    ]


def sample_window() -> MainWindow:
    window = MainWindow(version="1.0")
    window.set_pages(specs(), [Action("Ny avvikelse", "plus", nothing, "Ctrl+N")])
    window.show_facts(FACTS)
    window.show_counts({"activities": 3, "deviations": 2})
    return window


def shoot(application: QApplication, folder: Path, name: str, page: str, size: tuple[int, int]) -> MainWindow:
    """Draw one picture; returns the window for more pictures of it."""
    window = sample_window()
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.go(page)
    if page != "start":
        window.messages.receipt("4 rutor inklistrade från Excel", nothing, icon="clipboard-paste")
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    while not window.isActiveWindow():
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    application.processEvents()
    window.grab().save(str(folder / f"{name}.png"))
    return window


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    look = Look(application, RESOURCES, theme=ThemeName.LIGHT)
    for theme in ThemeName:
        look.choose_theme(theme)
        for page in ("start", "activities", "report"):
            shoot(application, folder, f"{page}_{theme}", page, (1366, 768)).close()
    look.choose_theme(ThemeName.LIGHT)
    for width, height in ((1600, 900), (1093, 614), (911, 512), (640, 480)):
        for page in ("start", "activities", "report"):
            shoot(application, folder, f"{page}_{width}", page, (width, height)).close()
    look.choose_factor(2.0)
    for page in ("start", "activities"):
        shoot(application, folder, f"{page}_200", page, (1366, 768)).close()
    look.choose_factor(1.0)
    window = shoot(application, folder, "plain", "activities", (1366, 768))
    window.messages.problem(StoreProblem("Filen kan inte sparas.", "Disken är full.", "Ta bort något och försök igen."))
    window._search()
    application.processEvents()
    window.grab().save(str(folder / "search_problem.png"))
    sheet = keys_sheet(window)
    application.processEvents()
    sheet.grab().save(str(folder / "keys.png"))
    sheet.close()
    window.messages.failure(ValueError("exempel"))
    question = window.messages.ask(
        "Ta bort säkerhetskopian?", "Kopian från 1 september kan inte återskapas.", "Ta bort", nothing, destructive=True
    )
    application.processEvents()
    question.grab().save(str(folder / "ask.png"))
    for dialog in window.findChildren(QWidget, "crash_dialog"):
        dialog.grab().save(str(folder / "crash.png"))
    assert len(THEMES) == len(ThemeName)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/gallery"))
