"""The one colour table. Nothing else in the program is a colour; the contrast goals are held by a test on this file."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

import msgspec

Token = Literal[
    "canvas", "surface", "subtle", "border", "control", "text", "text2", "accent", "accent_hover", "on_accent",
    "accent_tint", "focus", "ok", "ok_bg", "warn", "warn_bg", "bad", "bad_bg",
]  # fmt: skip
Tone = Literal["neutral", "accent", "ok", "warn", "bad"]


class ThemeName(StrEnum):
    """The three themes; the value is what settings store."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Colours(msgspec.Struct, frozen=True):
    """One theme: every token as ``#RRGGBB``."""

    canvas: str
    surface: str
    subtle: str
    border: str
    control: str
    text: str
    text2: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: str
    focus: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str

    def __getitem__(self, token: Token) -> str:
        value: str = getattr(self, token)
        return value


THEMES: Final[dict[ThemeName, Colours]] = {
    ThemeName.LIGHT: Colours(
        canvas="#F3F6F8", surface="#FFFFFF", subtle="#EAF0F4", border="#D3DCE3", control="#75828D",
        text="#1B2733", text2="#52606B", accent="#0B5C8A", accent_hover="#094C73", on_accent="#FFFFFF",
        accent_tint="#DDECF5", focus="#0B5C8A", ok="#1F6B41", ok_bg="#E2F2E8", warn="#8A4600", warn_bg="#FDF0DC",
        bad="#A3262A", bad_bg="#FBE8E8",
    ),
    ThemeName.DARK: Colours(
        canvas="#11171D", surface="#1A222A", subtle="#242E38", border="#33404C", control="#7F8D9A",
        text="#E8EDF2", text2="#A7B3BE", accent="#63B3E4", accent_hover="#8AC8EE", on_accent="#0B1822",
        accent_tint="#173A52", focus="#63B3E4", ok="#7FD1A0", ok_bg="#17352A", warn="#F2B866", warn_bg="#3A2C14",
        bad="#FF9C9C", bad_bg="#43211F",
    ),
    ThemeName.HIGH_CONTRAST: Colours(
        canvas="#000000", surface="#000000", subtle="#000000", border="#FFFFFF", control="#FFFFFF",
        text="#FFFFFF", text2="#FFFFFF", accent="#FFD500", accent_hover="#FFE866", on_accent="#000000",
        accent_tint="#3D3300", focus="#00E5FF", ok="#7CFC9A", ok_bg="#000000", warn="#FFD500", warn_bg="#000000",
        bad="#FF9A9A", bad_bg="#000000",
    ),
}  # fmt: skip

_TONES: Final[dict[Tone, tuple[Token, Token]]] = {
    "neutral": ("text2", "subtle"),
    "accent": ("accent", "accent_tint"),
    "ok": ("ok", "ok_bg"),
    "warn": ("warn", "warn_bg"),
    "bad": ("bad", "bad_bg"),
}


def tone_tokens(tone: Tone) -> tuple[Token, Token]:
    """The tokens of text and of background for a tone."""
    return _TONES[tone]


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1–21 between two ``#RRGGBB`` colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
