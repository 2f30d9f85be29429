"""A status as word, shape and colour, so that it can be read in greyscale and aloud."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token


class StatusLook(msgspec.Struct, frozen=True):
    """``icon`` is a Lucide name, or one of ● ▲ ■."""

    icon: str
    token: Token


_PLAIN: Final = StatusLook("circle", "text2")
_BEGINNINGS: Final[tuple[tuple[str, StatusLook], ...]] = (
    ("Status saknas", StatusLook("circle-dashed", "text2")),
    ("Ej påbörjad", _PLAIN),
    ("Planerad", StatusLook("calendar-clock", "text2")),
    ("Pågår delvis", StatusLook("circle-dot-dashed", "accent")),
    ("Pågår", StatusLook("circle-dot", "accent")),
    ("Revideras", StatusLook("refresh-cw", "accent")),
    ("Avvaktar", StatusLook("circle-pause", "warn")),
    ("Avbruten", StatusLook("circle-slash", "text2")),
    ("Inte prioriterad", StatusLook("circle-slash", "text2")),
    ("Klar", StatusLook("circle-check-big", "ok")),
    ("Integrerad", StatusLook("git-merge", "ok")),
    ("Försenad", StatusLook("flag", "warn")),
    ("Enligt plan", StatusLook("●", "ok")),
    ("Risk", StatusLook("▲", "warn")),
    ("Når inte målet", StatusLook("■", "bad")),
    ("Rätta", StatusLook("circle-alert", "bad")),
    ("Kommentera", StatusLook("message-square-text", "warn")),
    ("Ny", StatusLook("circle-plus", "ok")),
    ("Ändrad här under tiden", StatusLook("circle-alert", "warn")),
    ("Ändrad", StatusLook("refresh-cw", "accent")),
    ("Oförändrad", StatusLook("equal", "text2")),
    ("Följer", StatusLook("circle-check-big", "ok")),
    ("Anpassar", StatusLook("git-merge", "accent")),
    ("Har redan", StatusLook("equal", "ok")),
    ("Prioriterar inte", StatusLook("circle-slash", "text2")),
    ("Ej svarat", StatusLook("circle-dashed", "warn")),
    ("Ej inlämnat", StatusLook("circle-dashed", "text2")),
    ("Har svarat", StatusLook("circle-check-big", "ok")),
    ("Väntar på svar", StatusLook("calendar-clock", "text2")),
    ("Besvarad", StatusLook("circle-check-big", "ok")),
    ("Avslutad", StatusLook("circle-check-big", "text2")),
    ("Svaret är sent", StatusLook("flag", "warn")),
    ("Ersätter tidigare", StatusLook("refresh-cw", "accent")),
    ("Redan inläst", StatusLook("equal", "text2")),
    ("Alla", StatusLook("sigma", "text2")),
    ("Okänd avsändare", StatusLook("shield-alert", "warn")),
    ("Krypterad", StatusLook("lock", "warn")),
)
_REFUSED: Final = StatusLook("file-x", "bad")


def status_look(word: str, *, refusal: bool = False) -> StatusLook:
    """Icon and token for a status as it is written; ``refusal`` for the outcome words of intake we do not know."""
    found = next((look for beginning, look in _BEGINNINGS if _begins(word, beginning)), None)
    return found or (_REFUSED if refusal else _PLAIN)


def draw_status(painter: QPainter, area: QRectF, word: str, *, shown: StatusLook | None = None) -> None:
    """Draw icon and word, left in ``area``; for table delegates. An empty word draws nothing."""
    if not word:
        return
    look = Look.of_application()
    style = shown or status_look(word)
    painter.setPen(look.colour(style.token))
    painter.setFont(look.font())
    if len(style.icon) == 1:
        mark = QRectF(area.left(), area.top(), look.px(16), area.height())
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, style.icon)
    else:
        spot = look.icon_rect(area.left(), area.center().y(), 16)
        painter.drawPixmap(QPointF(spot.topLeft()), look.pixmap(style.icon, style.token, 16))
    words = area.adjusted(look.px(24), 0, 0, 0)
    text = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(words.width()))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


class StatusText(QWidget):
    """A status outside a table; ``wrap``: a long one goes on under itself."""

    def __init__(self, word: str, *, name: str = "status", shown: StatusLook | None = None, wrap: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(word)
        style = shown or status_look(word)
        icon = IconView(style.icon, style.token, 16, top=3 if wrap else 0)  # level with the first line
        mark = Label(style.icon, ink=style.token) if len(style.icon) == 1 else icon
        layout = row(gap=8)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag(0))
        layout.addWidget(Label(word, ink=style.token, wrap=wrap), 1 if wrap else 0)
        if not wrap:
            layout.addStretch(1)
        self.setLayout(layout)


def _begins(word: str, beginning: str) -> bool:
    """Whole words only: "Ny" is not the beginning of "Nytt"."""
    return word == beginning or word.startswith((f"{beginning} ", f"{beginning}:", f"{beginning},"))
