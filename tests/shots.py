"""Pictures of every page and the views behind them: each level, empty and full, in every size and theme.

Run by `python3 dev.py shots DIR`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from fardplan_desktop.bootstrap import example_workplace, new_workplace, shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.host import paths
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.program import Program
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName
from tests.places import places

_SETTLE_MS = 600
"""Long enough for the paper's preview, which is made behind the window."""


class View(NamedTuple):
    """One way of looking at the window."""

    name: str
    size: tuple[int, int]
    theme: ThemeName
    factor: float = 1.0


VIEWS = (
    View("1366-light", (1366, 768), ThemeName.LIGHT),
    View("1366-dark", (1366, 768), ThemeName.DARK),
    View("1093-light", (1093, 614), ThemeName.LIGHT),
    View("1093-dark", (1093, 614), ThemeName.DARK),
    View("911-light", (911, 512), ThemeName.LIGHT),
    View("911-dark", (911, 512), ThemeName.DARK),
    View("200-light", (1366, 768), ThemeName.LIGHT, 2.0),
    View("200-dark", (1366, 768), ThemeName.DARK, 2.0),
    View("contrast", (1366, 768), ThemeName.HIGH_CONTRAST),
)


class Folder:
    """Stores for the pictures, in a folder that is thrown away."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def codebook(self) -> CodeBook:
        return shipped_codebook()

    def create(self, organisation: str) -> Workplace:
        return new_workplace(self._place / f"tom_{organisation}.fardplan", organisation)

    def open(self, store: Path) -> Workplace:
        raise NotImplementedError(store)

    def read_copy(self, store: Path) -> Workplace:
        raise NotImplementedError(store)

    def example(self, organisation: str) -> Workplace:
        return example_workplace(self._place / "exempel", organisation)


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    look = Look(application, paths.resources(), theme=ThemeName.LIGHT)
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        with _program(folder) as program:
            program.welcome()
            _take(look, program.window, target, "valkommen", lambda _window: ["welcome"])
        for word, workplace in _workplaces(folder):
            with _program(folder) as program:
                program.enter(workplace)
                _take(look, program.window, target, word, places)


def _workplaces(folder: Folder) -> Iterator[tuple[str, Workplace]]:
    yield "kommun-tom", folder.create("1462")
    yield "kommun", folder.example("1462")
    yield "delregion-tom", folder.create("fyrbodal")
    yield "delregion", folder.example("fyrbodal")
    yield "lan", folder.example("14")


@contextmanager
def _program(folder: Folder) -> Iterator[Program]:
    window = MainWindow(version="1.0.0")
    window.show()
    program = Program(window, folder)
    yield program
    program.close()
    window.close()


def _take(
    look: Look, window: MainWindow, target: Path, word: str, stand_in: Callable[[MainWindow], Iterable[str]]
) -> None:
    for view in VIEWS:
        look.choose_theme(view.theme)
        look.choose_factor(view.factor)
        window.resize(*view.size)
        for place in stand_in(window):
            _settle()
            window.grab().save(str(target / f"{word}_{place}_{view.name}.png"))
    look.choose_theme(ThemeName.LIGHT)
    look.choose_factor(1.0)


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
