"""The page Inställningar: sections in two columns, or one under the other when the window is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.backups_section import BackupsSection
from fardplan_desktop.ui.settings.codebook_section import CodeBookSection, PopulationSection
from fardplan_desktop.ui.settings.history_section import HistorySection, PracticeSection
from fardplan_desktop.ui.settings.look_section import LookSection
from fardplan_desktop.ui.settings.organisation import OrganisationSection
from fardplan_desktop.ui.settings.restored_section import RestoredSection
from fardplan_desktop.ui.settings.seal_section import SealSection
from fardplan_desktop.ui.settings.section import Section
from fardplan_desktop.ui.settings.senders_section import SendersSection
from fardplan_desktop.ui.settings.sheets_section import SheetsSection
from fardplan_desktop.ui.theme.metrics import Width


class SettingsPage(Page):
    """``go("settings", section="backups")`` scrolls to a section: organisation, seal, senders, codebook, population,
    sheets, backups, look, history or practice."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._wanted = ""
        self.sections: dict[str, Section] = {
            "organisation": OrganisationSection(context, session),
            "backups": BackupsSection(context, session),
            "restored": RestoredSection(context, session),
            "seal": SealSection(context, session),
            "look": LookSection(context),
            "population": PopulationSection(context, session),
            "sheets": SheetsSection(context, session),
            "practice": PracticeSection(session),
            "senders": SendersSection(context, session),
            "codebook": CodeBookSection(context, session),
            "history": HistorySection(session),
        }
        self._scroll = ScrollPage(name="settings_scroll")
        self._scroll.content.addWidget(PageHead(context.title, "Allt sparas direkt och gäller från nu."))
        self._columns = QGridLayout()
        self._columns.setSpacing(context.look.px(16))
        self._left, self._right = (
            _stack(self, "organisation", "seal", "look"),
            _stack(self, "backups", "restored", "population", "sheets", "practice"),
        )
        self._scroll.content.addLayout(self._columns)
        for name in ("senders", "codebook", "history"):
            self._scroll.content.addWidget(self.sections[name])
        self._scroll.content.addStretch(1)
        self.setLayout(column(self._scroll, gap=0))
        self.set_width(Width.NORMAL)

    @override
    def arrive(self, **argument: object) -> None:
        self.refresh()
        self._wanted = str(argument.get("section") or "")

    @override
    def refresh(self, change: object = None) -> None:
        for section in self.sections.values():
            section.show_stored()

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        beside = width >= Width.NORMAL
        self._columns.addWidget(self._left, 0, 0)
        self._columns.addWidget(self._right, 0 if beside else 1, 1 if beside else 0)
        self._columns.setColumnStretch(0, 1)
        self._columns.setColumnStretch(1, 1 if beside else 0)

    @override
    def focus_work(self) -> None:
        """Puts focus in the section asked for, else in the first field with the title still in sight."""
        section = self.sections.get(self._wanted) or self.sections["organisation"]
        first = next((child for child in section.findChildren(QWidget) if _takes_focus(child)), section)
        first.setFocus()
        if self._wanted not in self.sections:
            self._scroll.verticalScrollBar().setValue(0)
        self._scroll.ensureWidgetVisible(section if self._wanted in self.sections else first, 0, 0)


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy().value != 0 and not widget.isHidden()


def _stack(page: SettingsPage, *names: str) -> QWidget:
    layout = column(*(page.sections[name] for name in names), None, gap=16)
    whole = QWidget()
    whole.setLayout(layout)
    return whole
