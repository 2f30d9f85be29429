"""Theme, text factor, fonts and icons as the whole program sees them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Metrics, Width
from fardplan_desktop.ui.theme.tokens import ThemeName

ROOT = Path(__file__).resolve().parents[3]


def test_the_fonts_in_the_window_are_our_own(look: Look) -> None:
    assert QFontInfo(look.font()).family() == "Source Sans 3"
    assert QFontInfo(look.font("card_title")).weight() == 600


def test_a_chosen_theme_reaches_palette_and_everyone_who_listens(qtbot: QtBot, qapp: QApplication, look: Look) -> None:
    with qtbot.waitSignal(look.changed):
        look.choose_theme(ThemeName.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == look.colour("canvas")
    assert look.colours.canvas == "#11171D"


def test_without_a_choice_the_theme_is_that_of_the_system(look: Look) -> None:
    look.choose_theme(None)
    assert look.chosen_theme is None
    assert look.theme in (ThemeName.LIGHT, ThemeName.DARK)


@pytest.mark.parametrize(
    ("width", "factor", "expected"),
    [
        (759, 1.0, Width.NARROW),
        (760, 1.0, Width.COMPACT),
        (911, 1.0, Width.COMPACT),
        (1000, 1.0, Width.NORMAL),
        (1499, 1.0, Width.NORMAL),
        (1500, 1.0, Width.WIDE),
        (1366, 1.25, Width.NORMAL),
        (1366, 1.5, Width.COMPACT),
        (1366, 2.0, Width.NARROW),
    ],
)
def test_the_width_class_counts_with_the_text_factor(width: int, factor: float, expected: Width) -> None:
    assert Metrics(factor).width_class(width) is expected


def test_a_text_factor_scales_fonts_and_sizes_alike() -> None:
    metrics = Metrics(1.5)
    assert metrics.font("body").pixelSize() == 22
    assert metrics.px(36) == 54
    with pytest.raises(ValueError, match="text factor"):
        Metrics(1.1)


def test_an_icon_is_tinted_in_the_token_and_drawn_once(look: Look) -> None:
    pixmap = look.pixmap("house", "bad", 20)
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    opaque = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {look.colour("bad").name()}
    assert look.pixmap("house", "bad", 20).cacheKey() == pixmap.cacheKey()
    assert look.pixmap("house", "ok", 20).cacheKey() != pixmap.cacheKey()


def test_every_icon_named_in_the_window_is_shipped() -> None:
    shipped = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    named = re.compile(r'(?:IconView|StatusLook|IconButton|RailItem|pixmap)\(\s*"([a-z0-9-]+)"|icon="([a-z0-9-]+)"')
    asked = {
        one or other
        for path in (ROOT / "fardplan_desktop" / "ui").rglob("*.py")
        for one, other in named.findall(path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 20
    assert asked - shipped == set()
