"""Refused files: remembered only when the seal was a known sender's and the file says nothing that the seal does not.

Unverified bytes never speak of anyone. A file is remembered when its seal has been tried with an enrolled key (step 7)
and that key belongs to the organisation the statement names (step 11); what was refused after that is the sender's own
package, harmed on the way, wrong, old or meant for somebody else.
"""

from __future__ import annotations

from fardplan_desktop.domain.deliveries import RefusedFile
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import refusals

AFTER_THE_SENDER_IS_KNOWN = frozenset(
    {
        *("E04", "E04-COUNT", "E05-CRC", "E14", "E16", "E17", "E18-EQUIVOCATION", "E18-ROLLBACK", "E18-SUPERSEDES"),
        *("E19", "E20", "E21", "E22", "E23-CODEBOOK"),
    }
)
"""Codes of steps 12 to 18. Not E10 and E11 (the seal proves nothing), not E15 (another's name), not E18-REPLAY."""


def remember(workplace: Workplace, *, verdict: Verdict, file_name: str, file_sha256: str) -> RefusedFile | None:
    """Keep that the file was refused, and why; None when it may not be said whose it is, or is known already."""
    period = _reported(workplace, verdict.period)
    if period is None or not _may_be_named(workplace, verdict, period) or not file_sha256:
        return None
    file = RefusedFile(
        file_sha256=file_sha256,
        at=stamp(workplace.clock()),
        file_name=file_name.encode("utf-8", "replace").decode()[:200],
        issuer=verdict.issuer_code,
        kind=verdict.kind,
        period=period.id,
        sequence=verdict.sequence,
        code=verdict.code,
        word=verdict.word,
        message=verdict.message,
    )
    label = f"{verdict.issuer_name}: fil för {period.name} avvisad ({verdict.code})"
    return file if refusals.add_refused(workplace.store, file, label=label, signature=workplace.signature) else None


def refused_files(workplace: Workplace, *, period: Period) -> tuple[RefusedFile, ...]:
    """What has been refused for the period, the first one first."""
    return refusals.list_refused(workplace.store, period=period.id)


def _reported(workplace: Workplace, id: str) -> Period | None:
    try:
        period = parse_period(id)
    except InputProblem:
        return None
    return period if period.type is workplace.codebook.reporting.type else None


def _may_be_named(workplace: Workplace, verdict: Verdict, period: Period) -> bool:
    if verdict.outcome != "refused" or verdict.trust != "checked" or verdict.code not in AFTER_THE_SENDER_IS_KNOWN:
        return False
    expected = {each.code for each in workplace.members_in(period)}
    if workplace.level is Level.COUNTY:
        expected |= {each.code for each in workplace.codebook.delregions}
    return verdict.issuer_code in expected and verdict.issuer_code != workplace.organisation.code
