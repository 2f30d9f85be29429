"""Work that takes over 0.4 seconds: a line with words, counts and Avbryt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import ElidedLabel
from fardplan_desktop.ui.theme.look import Look


class ProgressBar(QWidget):
    """A bar, ``share`` 0–1 full; ``None`` draws an empty one."""

    def __init__(self, share: float | None = 0.0, *, name: str = "progress_bar", width: int = 96) -> None:
        super().__init__()
        self._share, self._width = share, width
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        self._share = share
        self.setAccessibleName("" if share is None else f"{share:.0%}".replace("%", " %"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(self._width), look.px(6))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        if self._share:
            area.setWidth(max(area.height(), area.width() * min(1.0, self._share)))
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.end()


class WorkLine(QWidget):
    """Hidden until ``show_work``. The words say what is being done; the numbers come when they are known."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("work_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._cancel: Callable[[], object] | None = None
        self._text = ElidedLabel("", "small", name="work_text")
        self._count = ElidedLabel("", "small", "text2", name="work_count")
        self._bar = ProgressBar(None, width=160)
        self._button = Button("Avbryt", "small", name="work_cancel", on_click=self._press)
        self.setLayout(row(self._bar, self._text, self._count, None, self._button, margins=(24, 2, 16, 2)))
        self.hide()

    def show_work(self, text: str, count: str, share: float | None, cancel: Callable[[], object] | None) -> None:
        """``count`` is written out ("31 av 49 filer") or empty; ``cancel`` is ``None`` when it cannot be stopped."""
        self._text.setText(text)
        self._count.setText(count)
        self._bar.show_share(share)
        self._cancel = cancel
        self._button.setVisible(cancel is not None)
        self._button.setEnabled(True)
        self.setAccessibleName(f"{text} {count}".strip())
        self.show()

    def _press(self) -> None:
        self._button.setEnabled(False)
        self._text.setText("Avbryter …")
        if self._cancel is not None:
            self._cancel()
