"""How a number that was added up is named: the same in a bundle, in a question about it and in feedback on it."""

from __future__ import annotations

from fardplan_desktop.domain.records import count_id

COMMENT = "kommentar"
"""The office's own words on its compilation."""
DEVIATIONS = "avvikelser/totalt"
ACTIVITIES = "aktiviteter/totalt"
_CATEGORY, _STATUS = "avvikelser/kategori/", "aktiviteter/status/"


def figure_id(measure: str, period: str, breakdown: str | None = None, value: str | None = None) -> str:
    """``antal/SIP08/2026-T2`` or ``antal/SIP08/2026-T2/alder/0-17``."""
    return f"antal/{count_id(measure, period, breakdown, value)}"


def cell_of(id: str) -> tuple[str, str | None, str | None] | None:
    """Measure, breakdown and value of a figure's row; None for any other row."""
    parts = id.split("/")
    if parts[0] != "antal" or len(parts) not in (3, 5):
        return None
    return (parts[1], None, None) if len(parts) == 3 else (parts[1], parts[3], parts[4])


def share_ids(derived: str, period: str) -> tuple[str, str]:
    """Numerator and denominator of a share."""
    whole = f"andelar/{derived}/{period}"
    return f"{whole}/taljare", f"{whole}/namnare"


def category_id(category: str) -> str:
    return f"{_CATEGORY}{category}"


def status_id(status: str) -> str:
    return f"{_STATUS}{status}"


def category_of(id: str) -> str:
    """The category of a row; empty for any other row."""
    return id.removeprefix(_CATEGORY) if id.startswith(_CATEGORY) else ""


def status_of(id: str) -> str:
    """The activity status of a row; empty for any other row."""
    return id.removeprefix(_STATUS) if id.startswith(_STATUS) else ""
