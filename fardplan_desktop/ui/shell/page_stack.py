"""The pages, made the first time they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from fardplan_desktop.ui.page import Page, PageSpec
from fardplan_desktop.ui.theme.metrics import Width


class PageStack(QStackedWidget):
    """``shown`` tells the name of each page that comes up."""

    shown = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], make: Callable[[PageSpec], Page]) -> None:
        super().__init__()
        self.setObjectName("page_stack")
        self._specs = {spec.name: spec for spec in specs}
        self._make = make
        self._pages: dict[str, Page] = {}
        self._outdated: set[str] = set()
        self._width = Width.NORMAL
        self._period = ""

    @property
    def current(self) -> Page | None:
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    def go(self, name: str, **argument: object) -> None:
        """Show a page; raises ``KeyError`` for a name that no page has."""
        page = self._page(name)
        before = self.current
        if before is not None and before is not page:
            before.leave()
        page.arrive(**argument)
        self.setCurrentWidget(page)
        page.focus_work()
        self.shown.emit(name)

    def renew(self) -> None:
        """Make each page anew when it is next gone to; one with something half done waits until that is seen to."""
        self._outdated = set(self._pages)

    def refresh(self, change: object = None) -> None:
        for page in self._pages.values():
            page.refresh(change)

    def set_period(self, period: str) -> None:
        if period != self._period:
            self._period = period
            for page in self._pages.values():
                page.set_period(period)

    def set_width(self, width: Width) -> None:
        self._width = width
        for page in self._pages.values():
            page.set_width(width)

    def _page(self, name: str) -> Page:
        old = self._pages.get(name)
        if old is not None and name in self._outdated and old is not self.current and not old.half_done:
            self._outdated.discard(name)
            del self._pages[name]
            self.removeWidget(old)
            old.deleteLater()
        if name not in self._pages:
            page = self._make(self._specs[name])
            page.set_width(self._width)
            if self._period:
                page.set_period(self._period)
            self._pages[name] = page
            self.addWidget(page)
        return self._pages[name]
