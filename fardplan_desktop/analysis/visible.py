"""Text from outside, made so that what is seen is what is there."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STEERING_BYTES = re.compile(b"\xd8\x9c|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")

_STEERING_BEGINNINGS = (b"\xd8\x9c", b"\xe2\x80", b"\xe2\x81")
"""Looked for first: that goes ten times as fast, and few texts have any."""


def visible(text: str) -> str:
    """The text with every invisible or direction-changing character, and what is no text, shown as a box."""
    return "".join("\ufffd" if unicodedata.category(letter) in _UNSEEN else letter for letter in text)


def steers(text: str) -> bool:
    """Whether a character in it changes the direction of what is read (bidi controls)."""
    return _STEERING.search(text) is not None


def unsteered(encoded: bytes) -> bytes:
    """UTF-8 in which every such character is a box; the same number of characters, so that no limit is crossed."""
    if not any(beginning in encoded for beginning in _STEERING_BEGINNINGS):
        return encoded
    return _STEERING_BYTES.sub("\ufffd".encode(), encoded)
