"""The tabs of Rapportera; the last one is a page of its own, since offices have it too."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.ui.parts.segments import Segments

_ELSEWHERE = "replies"


class ReportTabs(Segments):
    """``report`` and ``sent``; ``elsewhere`` shows what has come back."""

    def __init__(self, elsewhere: Callable[[], object]) -> None:
        options = [("report", "Rapportera"), ("sent", "Inskickat"), (_ELSEWHERE, "Återkoppling och frågor")]
        super().__init__(options, label="Visa", name="reporting_tabs")
        self._elsewhere = elsewhere
        self.chosen.connect(self._leave)

    def _leave(self, key: str) -> None:
        if key == _ELSEWHERE:
            self.choose("sent")
            self._elsewhere()
