"""Text from outside, made so that what is seen is what is there."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """The text with every invisible or direction-changing character shown as a box."""
    return "".join("\ufffd" if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in text)
