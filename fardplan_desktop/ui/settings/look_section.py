"""Section Utseende: theme and text size, in force at once and kept for the next start."""

from __future__ import annotations

import msgspec

from fardplan_desktop.host import preferences
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import secondary
from fardplan_desktop.ui.settings.section import Section
from fardplan_desktop.ui.theme.metrics import TEXT_FACTORS
from fardplan_desktop.ui.theme.tokens import ThemeName

_SYSTEM = "system"
_THEMES = (
    (_SYSTEM, "Som datorn"),
    (ThemeName.LIGHT.value, "Ljust"),
    (ThemeName.DARK.value, "Mörkt"),
    (ThemeName.HIGH_CONTRAST.value, "Hög kontrast"),
)


class LookSection(Section):
    def __init__(self, context: PageContext) -> None:
        self._look = context.look
        chosen = context.look.chosen_theme
        self._theme = Combo(_THEMES, name="look_theme", current=chosen.value if chosen else _SYSTEM)
        now = str(round(context.look.metrics.factor * 100))
        sizes = [(str(round(factor * 100)), f"{factor:.0%}".replace("%", "\u202f%")) for factor in TEXT_FACTORS]
        self._size = Combo(sizes, name="look_size", current=now)
        self._theme.picked.connect(self._choose_theme)
        self._size.picked.connect(self._choose_size)
        fields = holder(FlowLayout(Field("Färger", self._theme), Field("Textstorlek", self._size), gap=16))
        about = secondary("Ber datorn om hög kontrast används den, vad som än är valt här.", wrap=True)
        super().__init__("Utseende", "section_look", (fields, about))

    def _choose_theme(self, key: str) -> None:
        preferences.save(msgspec.structs.replace(preferences.load(), theme=key))
        self._look.choose_theme(None if key == _SYSTEM else ThemeName(key))

    def _choose_size(self, key: str) -> None:
        """The window is built anew in the new size, this page included."""
        preferences.save(msgspec.structs.replace(preferences.load(), text_percent=int(key)))
        self._look.choose_factor(int(key) / 100)
