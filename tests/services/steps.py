"""Steps that many tests of the services take."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import counts, trust
from fardplan_desktop.services.workplace import Workplace

PASSPHRASE = "bara-for-proven"


def put(workplace: Workplace, period: str = "2026-05", **numbers: int) -> None:
    """Counts of a period by measure: ``put(edet, SIP08=4)``."""
    counts.put(workplace, values=[Count(measure=measure, period=period, n=n) for measure, n in numbers.items()])


def believe(office: Workplace, card: Path) -> None:
    found = trust.candidate(office, path=card)
    trust.trust(office, candidate=found, heard=" ".join(list(dict.fromkeys(found.check_code.split()))[:2]))
