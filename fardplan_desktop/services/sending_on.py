"""Skicka vidare as one act: how a delregion's period stands, and sealing it with the approval on record."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.services import approvals, bundles, handing_in
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.bundles import BundlePreview
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.handing_in import HandedIn, ToSeal
from fardplan_desktop.services.workplace import Workplace


class BundleStanding(ToSeal, frozen=True, kw_only=True):
    """A delregion's period, with what would be sent."""

    preview: BundlePreview


def standing(workplace: Workplace, *, period: Period, totals_only: bool | None = None) -> BundleStanding:
    """``totals_only`` None: as it was sealed last. Raises InputProblem for a period that is not reported."""
    preview = bundles.preview(workplace, period=period, totals_only=totals_only)
    return handing_in.to_seal(
        workplace,
        BundleStanding,
        period=period,
        audience=preview.audience,
        delivery=preview.previous,
        changed=preview.changed,
        preview=preview,
    )


def send_on(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    approval: Approval,
    totals_only: bool,
    passphrase: str | None,
    remember: bool,
    reason: str | None = None,
    encrypt: bool = True,
    work: Work | None = None,
) -> HandedIn:
    """Seal the bundle; the rest as ``handing_in.hand_in``. Raises KeyProblem and InputProblem; nothing is sent then."""
    work = work or Work()
    approval = approvals.check(workplace, approval=approval)
    refuse_identity([RuleComment(id="", comment=reason or "")])
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work)
    work.started(f"Förseglar {period.name}")
    sealed = bundles.seal_bundle(
        workplace,
        period=period,
        folder=folder,
        key=unlocked.key,
        approved_by=approval.function,
        totals_only=totals_only,
        reason=reason or None,
        encrypt=encrypt,
    )
    if not sealed.repeated:
        approvals.record(workplace, delivery=sealed.delivery, approval=approval)
    return HandedIn(sealed, unlocked.seal, unlocked.made, unlocked.kept)
