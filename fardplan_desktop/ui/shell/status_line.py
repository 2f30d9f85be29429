"""The quiet line at the foot: the receipt to the left; that everything is saved, and the backup, to the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.receipt_line import ReceiptLine
from fardplan_desktop.ui.parts.text import secondary
from fardplan_desktop.ui.shell.facts import ShellFacts
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class StatusLine(QWidget):
    """In narrow windows the facts give way to a receipt, and only the first are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._width = Width.NORMAL
        self.receipt = ReceiptLine()
        self._mark = IconView("check", "ok", 16)
        self._saved = secondary("", "saved_fact")
        self._backup = secondary("", "backup_fact")
        self._codebook = secondary("", "codebook_fact")
        self._dots = [secondary("·"), secondary("·")]
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(Look.of_application().px(6))
        self._layout.addWidget(self.receipt)
        self._layout.addStretch(1)
        facts: tuple[QWidget, ...] = (
            self._mark, self._saved, self._dots[0], self._backup, self._dots[1], self._codebook,
        )  # fmt: skip
        for piece in facts:
            self._layout.addWidget(piece)
        self.show_facts(ShellFacts())

    def set_width(self, width: Width) -> None:
        look = Look.of_application()
        self._width = width
        self.setFixedHeight(look.px(32 if width >= Width.NORMAL else 28))
        self._layout.setContentsMargins(look.metrics.page_padding(width), 0, look.px(16), 0)
        self._arrange()

    def show_facts(self, facts: ShellFacts) -> None:
        self._saved.setText(facts.saved)
        self._backup.setText(facts.backup)
        self._backup.set_ink("warn" if facts.backup_late else "text2")
        self._codebook.setText(facts.codebook)
        self._arrange()

    def _arrange(self) -> None:
        saved, backup, codebook = (bool(label.text()) for label in (self._saved, self._backup, self._codebook))
        backup = backup and self._width > Width.NARROW
        codebook = codebook and self._width >= Width.NORMAL
        self._mark.setVisible(saved)
        self._saved.setVisible(saved)
        self._backup.setVisible(backup)
        self._codebook.setVisible(codebook)
        self._dots[0].setVisible(saved and backup)
        self._dots[1].setVisible((saved or backup) and codebook)
