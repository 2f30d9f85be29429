"""The one question that a lone dash asks: it is never guessed (product rule "Missing is never 0")."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog

DASH_QUESTION: Final = "Betyder '-' 0 eller att uppgift saknas?"


def ask_about_dashes(window: QWidget, answer: Callable[[str], object]) -> Dialog:
    """``answer`` gets ``0`` or ``saknas``; nothing when the user leaves it."""
    dialog = Dialog(DASH_QUESTION, window, name="dash_dialog")
    dialog.add_text("Svaret gäller alla ensamma streck i det du klistrar in.")

    def give(text: str) -> None:
        dialog.accept()
        answer(text)

    missing = Button("Uppgift saknas", name="dash_missing", on_click=partial(give, "saknas"))
    zero = Button("Det är 0", name="dash_zero", on_click=partial(give, "0"))
    cancel = Button("Avbryt", "quiet", name="dash_cancel", on_click=dialog.reject)
    dialog.set_buttons(missing, zero, cancel, safe=cancel)
    dialog.open()
    return dialog
