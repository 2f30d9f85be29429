"""Whoever reads with a screen reader, large text or the keyboard alone gets every page, at every level."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QTableView, QWidget

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.services.demo import make_example
from fardplan_desktop.ui.page import Page
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName
from tests.journeys.window import Sit, Stores, User
from tests.places import places

_ROWS_READ = 6
_INNER = ("qt_spinbox_lineedit",)
"""The inside of one of Qt's own widgets, which has the name and the focus of the whole."""
Read = Callable[..., User]
LEVELS = pytest.mark.parametrize("organisation", ["1462", "fyrbodal", "14"])


class Examples:
    """The finished examples, each made once; what is opened is a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copied(self, organisation: str, place: Path) -> Path:
        made = self._folder / organisation
        if not made.exists():
            book = shipped_codebook()
            make_example(made, organisation=book.organisation(organisation), codebook=book, years=1)
        (store,) = made.glob("*.fardplan")
        return Path(shutil.copy(store, place))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    return Examples(tmp_path_factory.mktemp("exempel"))


@pytest.fixture
def read(sit: Sit, stores: Stores, examples: Examples, tmp_path: Path) -> Read:
    """Sit down at the example of an organisation."""

    def reading(organisation: str, size: tuple[int, int] = (1366, 768)) -> User:
        return sit(stores.open(examples.copied(organisation, tmp_path)), size)

    return reading


def pages(user: User) -> Iterator[tuple[str, Page]]:
    """Every page and the views behind it, shown and at rest, each with the name of the place."""
    for name in places(user.window):
        user.settle()
        page = user.window.current_page
        assert page is not None
        yield name, page


def shown(page: QWidget) -> list[QWidget]:
    return [each for each in page.findChildren(QWidget) if each.isVisible() and each.objectName() not in _INNER]


def by_keyboard(page: QWidget) -> list[QWidget]:
    """What Tab can reach."""
    return [each for each in shown(page) if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def spoken(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or '(no name)'}"


@LEVELS
def test_every_page_is_told_and_reached_without_sight_or_mouse(organisation: str, read: Read) -> None:
    """What takes focus has a name, cells are read aloud as they are shown, Tab goes in the order of reading."""
    found: dict[str, list[str]] = {}
    told: set[QTableView] = set()
    for name, page in pages(read(organisation)):
        # Without a screen reader Qt tells nobody that a table is filled anew, so each is read the first time only.
        new = [each for each in shown(page) if isinstance(each, QTableView) and each not in told]
        told.update(new)
        found[name] = [*mute(page), *(each for table in new for each in silent(table)), *astray(page)]
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert told


def mute(page: QWidget) -> list[str]:
    """What takes focus without a name."""
    asked = (each for each in by_keyboard(page) if not isinstance(each, QScrollArea))
    return [f"{called(each)} has no name" for each in asked if not spoken(each)]


def silent(table: QTableView) -> list[str]:
    """Texts of cells that the accessibility tree does not hold."""
    return [f"{called(table)}: {text} is not read" for text in sorted(texts_of(table) - read_aloud(table))]


def astray(page: QWidget) -> list[str]:
    """Where Tab does not reach, or goes against the order of reading."""
    order = tab_order(page)
    missed = [f"Tab does not reach {called(each)}" for each in by_keyboard(page) if each not in order]
    return missed + [
        f"{called(one)} before {called(other)}"
        for one, other in pairwise(order)
        if one.parent() is other.parent() and is_before(other, one)
    ]


def texts_of(table: QTableView) -> set[str]:
    """What the first rows hold; a text for readers goes before the one that is shown."""
    model = table.model()
    cells = [
        model.index(row, at) for row in range(min(_ROWS_READ, model.rowCount())) for at in range(model.columnCount())
    ]
    told = (cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data(Qt.ItemDataRole.DisplayRole) for cell in cells)
    return {str(text) for text in told if text}


def read_aloud(table: QTableView) -> set[str]:
    tree = QAccessible.queryAccessibleInterface(table)
    # A head, and a column of its own for the head of each row.
    first = (_ROWS_READ + 1) * (table.model().columnCount() + 1)
    return {tree.child(at).text(QAccessible.Text.Name) for at in range(min(first, tree.childCount()))}


def tab_order(page: QWidget) -> list[QWidget]:
    """What Tab goes through within the page, once round."""
    reachable = set(by_keyboard(page))
    chain: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if at in reachable:
            chain.append(at)
        at = at.nextInFocusChain()
    return chain


def is_before(one: QWidget, other: QWidget) -> bool:
    """Above it, or to the left on the same line."""
    first, second = one.mapTo(one.window(), QPoint()), other.mapTo(other.window(), QPoint())
    same_line = first.y() < second.y() + other.height() and second.y() < first.y() + one.height()
    return first.x() < second.x() if same_line else first.y() < second.y()


@pytest.mark.parametrize(
    ("organisation", "size", "factor"),
    [
        ("1462", (911, 512), 1.0),
        ("1462", (1366, 768), 2.0),
        ("fyrbodal", (911, 512), 1.0),
        ("fyrbodal", (1366, 768), 2.0),
        ("14", (1366, 768), 2.0),
    ],
)
def test_no_word_is_cut_off_and_only_tables_scroll_sideways(
    organisation: str, size: tuple[int, int], factor: float, read: Read, look: Look
) -> None:
    look.choose_theme(ThemeName.HIGH_CONTRAST if factor > 1 else ThemeName.LIGHT)
    look.choose_factor(factor)
    user = read(organisation, size)
    cut: dict[str, list[str]] = {}
    for name, page in pages(user):
        with suppress(AssertionError):
            user.wait(partial(whole, page))
        cut[name] = faults(page)
    assert {name: found for name, found in cut.items() if found} == {}


def whole(page: QWidget) -> bool:
    return not faults(page)


def faults(page: QWidget) -> list[str]:
    return [*cut_off(page), *scrolls_sideways(page)]


def cut_off(page: QWidget) -> list[str]:
    """Labels and buttons with less room than their words need."""
    found = []
    for each in shown(page):
        if isinstance(each, QLabel) and each.text():
            wide = each.wordWrap() or each.sizeHint().width() <= each.width() + 1
            high = not each.wordWrap() or each.heightForWidth(each.width()) <= each.height() + 1
            if not (wide and high):
                found.append(f"{called(each)}: {each.text()[:40]}")
        elif isinstance(each, QAbstractButton) and each.text() and each.sizeHint().width() > each.width() + 1:
            found.append(f"{called(each)}: {each.text()[:40]}")
    return found


def scrolls_sideways(page: QWidget) -> list[str]:
    areas = [each for each in shown(page) if isinstance(each, QScrollArea)]
    return [f"{called(each)} scrolls sideways" for each in areas if each.horizontalScrollBar().isVisible()]
