"""Somebody else has the file: who and since when, a copy to read meanwhile, another try, or another file."""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from fardplan_desktop.domain.errors import Held
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.theme.metrics import Width

_ADVICE = (
    "Två kan inte skriva i samma fil på en gång. Läs i en kopia så länge, eller försök igen när filen är stängd där."
)


class HeldPage(Page):
    """Calls ``read``, ``again`` or ``other``; says nothing more itself."""

    def __init__(
        self,
        context: PageContext,
        held: Held,
        read: Callable[[], object],
        again: Callable[[], object],
        other: Callable[[], object],
    ) -> None:
        super().__init__(context)
        sentence = " ".join(part for part in (held.what, held.why, _ADVICE) if part)
        self._read = Button("Öppna läskopia", "primary", icon="eye", name="read_copy", on_click=read)
        self._scroll = ScrollPage(name="held_scroll")
        state = EmptyState(
            "lock",
            sentence,
            self._read,
            Button("Försök igen", icon="refresh-cw", name="try_again", on_click=again),
            Button("Öppna en annan fil", "quiet", name="another_file", on_click=other),
            name="held_state",
        )
        self._scroll.content.addWidget(state, 1)
        self.setLayout(column(self._scroll, gap=0))

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)

    @override
    def focus_work(self) -> None:
        self._read.setFocus()
