"""Which code list each field of an activity draws on, as ``deviation_lists`` says of a deviation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACTIVITY_LISTS: Final[Mapping[str, str]] = {
    "status": "aktivitetsstatus",
    "forecast": "prognos",
    "target_group": "malgrupp",
    "lift_to": "lyfts-till",
    "partners": "part",
    "themes": "tema",
}
