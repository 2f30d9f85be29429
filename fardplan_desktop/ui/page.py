"""What a page is to the shell. Pages reach each other by name through ``PageContext.go``, never by import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.guarded import withheld_in
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class Go(Protocol):
    """Show a page: ``go("counts", measure="SIP10", month="2026-08")``. Arguments are what that page documents."""

    def __call__(self, name: str, /, **argument: object) -> None: ...


class PageContext(msgspec.Struct, frozen=True):
    """What the shell gives a page when it is made."""

    name: str
    title: str
    icon: str
    look: Look
    messages: Messages
    jobs: Jobs
    go: Go


class Page(QWidget):
    """Base of every page. The shell calls these; a page overrides those it needs."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"page_{context.name}")
        self.setAccessibleName(context.title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "canvas")

    @property
    def name(self) -> str:
        return self.context.name

    @property
    def title(self) -> str:
        return self.context.title

    @property
    def icon(self) -> str:
        return self.context.icon

    def arrive(self, **argument: object) -> None:
        """The page was asked for with ``go``; it is shown right after. Unknown arguments are ignored."""

    def leave(self) -> None:
        """Another page is about to be shown: save what is half typed."""

    @property
    def half_done(self) -> bool:
        """Something is written here that is not stored: the page is not made anew until that has been seen to."""
        return bool(withheld_in(self))

    def refresh(self, change: object = None) -> None:
        """Stored data have changed; ``change`` is what a service returned, ``None`` means anything may have."""

    def set_period(self, period: str) -> None:
        """The period in the header is another; ``period`` is its id."""

    def set_width(self, width: Width) -> None:
        """The window is narrower or wider."""

    def focus_work(self) -> None:
        """Put focus in the work area, never on a button of the head."""
        self.setFocus()

    def print_view(self) -> bool:
        """Print what is shown (Ctrl+P); False when the page has nothing to print."""
        return False


class PageSpec(msgspec.Struct, frozen=True):
    """A place in the rail. ``make`` is called the first time the page is shown; ``at_foot`` puts it below."""

    name: str
    title: str
    icon: str
    make: Callable[[PageContext], Page]
    at_foot: bool = False
    in_rail: bool = True
