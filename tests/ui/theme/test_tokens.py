"""The contrast goals of the design, held on every pair of colours that the window puts on each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fardplan_desktop.ui.theme.tokens import THEMES, ThemeName, Token, contrast

UI = Path(__file__).resolve().parents[3] / "fardplan_desktop" / "ui"
GROUNDS: tuple[Token, ...] = ("surface", "canvas", "subtle", "accent_tint")
STATUS: tuple[Token, ...] = ("ok", "warn", "bad")
TINTS: tuple[Token, ...] = ("surface", "accent_tint")
QUIET: tuple[Token, ...] = ("text2", "accent")
MAIN: list[tuple[Token, Token]] = [("text", ground) for ground in (*GROUNDS, "warn_bg", "bad_bg", "ok_bg")]
TEXT: list[tuple[Token, Token]] = [
    *[(ink, ground) for ink in QUIET for ground in GROUNDS],
    *[(ink, ground) for ink in STATUS for ground in TINTS],
    ("ok", "ok_bg"),
    ("warn", "warn_bg"),
    ("bad", "bad_bg"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("bad", "subtle"),
    ("accent_hover", "subtle"),
]
EDGES: list[tuple[Token, Token]] = [
    ("control", "surface"),
    ("control", "canvas"),
    ("control", "subtle"),
    ("focus", "surface"),
    ("focus", "canvas"),
    ("focus", "accent_tint"),
]


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize(("pairs", "goal"), [(MAIN, 7.0), (TEXT, 4.5), (EDGES, 3.0)], ids=["main", "text", "edges"])
def test_every_pair_of_colours_in_use_reaches_its_contrast(
    theme: ThemeName, pairs: list[tuple[Token, Token]], goal: float
) -> None:
    colours = THEMES[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < goal} == {}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_no_colour_is_written_outside_the_token_file_and_no_style_sheet_outside_the_theme() -> None:
    wrong = []
    for path in UI.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"#[0-9A-Fa-f]{6}\b", source) and path.name != "tokens.py":
            wrong.append(f"{path.name}: colour")
        if "setStyleSheet" in source and path.parent.name != "theme":
            wrong.append(f"{path.name}: style sheet")
    assert wrong == []
