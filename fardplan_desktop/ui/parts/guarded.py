"""The guard at typing: one mechanism for every field of text.

What looks like a personal identity number is marked where it stands, and nothing leaves the field until it is changed.
A telephone number or e-mail address is asked about once, when the field is left, before anything is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.guard import Span, What, contact_hits, identity_hits

_NOUNS = {
    What.PERSON: "ett personnummer",
    What.COORDINATION: "ett samordningsnummer",
    What.TEMPORARY: "ett reservnummer för en person",
}
_INSTEAD = "Skriv ”den enskilde” i stället."
# Windows keeps what is copied in its clipboard history and may send it to other computers, unless these are there.
_UNREMEMBERED = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)


class Watch(Enum):
    """What a field is watched for."""

    EVERYTHING = auto()
    IDENTITY = auto()
    """A place where a telephone number or an e-mail address belongs, or that is never saved."""
    NOTHING = auto()
    """A reference number, a passphrase, a check code: what stands there is no text."""


class Guard(QObject):
    """Watches one field. ``told`` when what it has to say, ``sentence`` or ``question``, is another."""

    told = Signal()

    def __init__(self, box: QWidget, read: Callable[[], str], watch: Watch) -> None:
        super().__init__(box)
        self.box = box
        self._read, self._watch = read, watch
        self._known: frozenset[str] = frozenset()
        self._asking = False
        self.alone = True
        """No form says what the guard has to say: the field must do it itself."""
        self.marks: tuple[Span, ...] = ()
        """Where something stands that must be changed."""

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._read()

    @property
    def sentence(self) -> str:
        """Why nothing is saved, and what to write instead; empty when nothing is wrong."""
        return f"Ser ut som {_NOUNS[self.marks[0].what]}. {_INSTEAD}" if self.marks else ""

    @property
    def question(self) -> str:
        """What is asked before the text is saved; empty when nothing is."""
        kinds = {hit.what for hit in self.contacts} if self._asking and not self.marks else set()
        if not kinds:
            return ""
        word = "Telefonnummer" if What.PHONE in kinds else "E-postadress"
        return f"{word}{' och e-postadress' if len(kinds) == 2 else ''} till en funktion?"

    @property
    def contacts(self) -> tuple[Span, ...]:
        """Ways to reach somebody that the user has not answered for; not asked where no form can put the question."""
        if self._watch is not Watch.EVERYTHING or self.alone:
            return ()
        text = self._read()
        return tuple(hit for hit in contact_hits(text) if text[hit.start : hit.end] not in self._known)

    @property
    def withheld(self) -> bool:
        """Whether the text must not be saved as it stands."""
        return bool(self.marks or self.contacts)

    def look(self) -> None:
        """The text is another."""
        marks = identity_hits(self._read()) if self._watch is not Watch.NOTHING else ()
        asking = self._asking and bool(self.contacts)
        if (marks, asking) != (self.marks, self._asking) or asking:
            self.marks, self._asking = marks, asking
            self.told.emit()

    def may_leave(self) -> bool:
        """Whether the text may be saved; when the user must answer first, the question is put."""
        if self.contacts and not self._asking:
            self._asking = True
            self.told.emit()
        return not self.withheld

    def know(self, text: str) -> None:
        """What stands in this text is not asked about: it is stored already, or the user has answered for it."""
        self._known |= {text[hit.start : hit.end] for hit in contact_hits(text)}
        self.look()

    def without_contacts(self) -> str:
        """The text when what was asked about is taken away."""
        text = self._read()
        for hit in reversed(self.contacts):
            text = text[: hit.start].rstrip(" ") + text[hit.end :]
        return text.strip()


def withheld_in(page: QWidget) -> list[QWidget]:
    """The fields of a page whose text waits to be changed or answered for, in the order they were made."""
    return [guard.box for guard in page.findChildren(Guard) if guard.withheld and guard.box.isVisibleTo(page)]


def not_saved(box: QWidget) -> str:
    """What is said when a field is left with a text that waits."""
    guard = box.findChild(Guard)
    why = (
        f"den ser ut att innehålla {_NOUNS[guard.marks[0].what]}" if guard and guard.marks else "frågan väntar på svar"
    )
    return f"Texten i {box.accessibleName() or 'ett fält'} är inte sparad, {why}. Den står kvar i fältet."


def may_save(boxes: Iterable[QWidget]) -> bool:
    """Whether all these fields may be saved; if not, the first that may not says why and gets focus."""
    for box in boxes:
        guard = box.findChild(Guard)
        if guard is not None and not guard.may_leave():
            box.setFocus()
            return False
    return True


def copy(text: str) -> None:
    """To the clipboard."""
    QGuiApplication.clipboard().setMimeData(copied(text))


def copied(text: str) -> QMimeData:
    """What is copied of a field; Windows is asked to forget it when it holds somebody's number."""
    data = QMimeData()
    data.setText(text)
    if identity_hits(text):
        for name in _UNREMEMBERED:
            data.setData(f'application/x-qt-windows-mime;value="{name}"', b"\0\0\0\0")
    return data
