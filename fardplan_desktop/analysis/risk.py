"""The risk value of a deviation: severity × likelihood, 1–16 (domain model 7.2)."""

from __future__ import annotations

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Deviation

SEVERITY_LIST = "allvarlighet"
LIKELIHOOD_LIST = "sannolikhet"


def risk_value(codebook: CodeBook, severity: str | None, likelihood: str | None) -> int | None:
    """The product of the two ranks; None when either is not stated or has no place on its scale."""
    ranks = (_rank(codebook, SEVERITY_LIST, severity), _rank(codebook, LIKELIHOOD_LIST, likelihood))
    return None if ranks[0] is None or ranks[1] is None else ranks[0] * ranks[1]


def should_be_analysed(codebook: CodeBook, deviation: Deviation) -> bool:
    """True above the code book's limit; a deviation without a risk value is never flagged."""
    value = risk_value(codebook, deviation.severity, deviation.likelihood)
    return value is not None and value > codebook.reporting.risk_flag


def _rank(codebook: CodeBook, list_id: str, code: str | None) -> int | None:
    known = codebook.list(list_id).by_id.get(code) if code else None
    return known.rank if known else None
