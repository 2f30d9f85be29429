"""How fast the guard reads, beside a floor from the same run: one plain pattern over the same text.

Run with ``dev.py bench``. No time is asserted: machines differ, the distance to the floor is what to watch.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from fardplan_desktop.analysis.guard import contact_hits, identity_hits

pytestmark = pytest.mark.bench
_FLOOR = re.compile(r"[0-9]{6}-[0-9]{4}")
_WORDS = "Den enskilde fick ingen kallelse till SIP-mötet 2026-05-04. "
_FIGURES = "Dnr SN 2026/000123, tfn 0303-23 80 00, orgnr 212000-1355, 12 av 14 fall, 1 250 000 kr. "
TEXTS = {"words": _WORDS * 200, "figures": _FIGURES * 150, "typed": _WORDS * 5}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("reads", [_FLOOR.findall, identity_hits, contact_hits], ids=["floor", "identity", "contact"])
def test_reading_a_text(
    benchmark: Callable[..., object], kind: str, reads: Callable[[str], tuple[object, ...] | list[object]]
) -> None:
    assert not benchmark(reads, TEXTS[kind]) or reads is not identity_hits
