"""A delregion's period: its members' sealed files, unchanged, in a sealed file of its own, or their totals only.

The comment and the reasons for what is missing are kept as drafts (a ``RuleComment`` each) until the period is sealed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import msgspec

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem, Locked
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.domain.verdicts import MemberState, TrustedKey
from fardplan_desktop.exchange.bundle import START, told_of_members
from fardplan_desktop.exchange.keys import SigningKey, public_text
from fardplan_desktop.exchange.kinds import COMPILATION
from fardplan_desktop.exchange.office_rows import CompilationRow
from fardplan_desktop.exchange.package import NestedPackage, Register
from fardplan_desktop.exchange.rows import Rows
from fardplan_desktop.exchange.statement import Expected, Introduced, MissingPart
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import bundle_totals, deliveries, sealing
from fardplan_desktop.services.compilation import Compilation, compile_originals, counted
from fardplan_desktop.services.compiled_rows import rows_of
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

MOST_REASON, MOST_COMMENT = 300, 4000
FEW_MEMBERS = 5
"""So few that a total gives a member's number away to the others."""


class Member(msgspec.Struct, frozen=True):
    """One municipality on the period's last day: its package that counts, or why there is none."""

    organisation: Organisation
    delivery: Delivery | None
    key: TrustedKey | None
    """What sealed it, if it is still among our senders."""
    reason: str


class BundlePreview(msgspec.Struct, frozen=True, kw_only=True):
    """Exactly what would go to the county."""

    period: Period
    audience: Organisation
    members: tuple[Member, ...]
    totals_only: bool
    compiled: Compilation
    comment: str
    contents: sealing.Contents
    previous: Delivery | None
    changed: bool
    """False: the same as what was sealed last."""
    locked: bool

    @property
    def rows(self) -> Rows:
        """The office's own activities, check-ins and deviations."""
        return self.contents.rows

    @property
    def missing(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.delivery is None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What has to be done before it can be sealed, in sentences."""
        told = [f"Skriv varför {each.organisation.short} saknas." for each in self.missing if not each.reason]
        if len(self.missing) == len(self.members):
            told = ["Ingen kommun har lämnat in perioden. Läs in deras paket under Ta emot."]
        return tuple(told)

    @property
    def reveals(self) -> str:
        """What totals of so few members give away; empty when nothing has to be said."""
        if not self.totals_only or len(self.members) > FEW_MEMBERS:
            return ""
        return (
            f"{self.compiled.organisation.name} har bara {len(self.members)} kommuner. Den som kan de andras tal "
            "räknar ut en kommuns eget ur summan. Skicka hellre kommunernas paket."
        )


def preview(workplace: Workplace, *, period: Period, totals_only: bool | None = None) -> BundlePreview:
    """What a bundle for the period would hold now. ``totals_only`` None: as it was sealed last, else the packages.

    Raises InputProblem for a period that is not reported, or at another level than a delregion's.
    """
    audience = _audience(workplace, period)
    previous = deliveries.active(workplace, period=period)
    before = None if previous is None else _open(workplace, previous)
    if totals_only is None:
        totals_only = previous is not None and "reported" in _states(workplace, previous).values()
    members = _members(workplace, period)
    originals = {
        each.organisation.code: packages.delivery_file(workplace.store, each.delivery.digest)
        for each in members
        if each.delivery is not None
    }
    rows = {code: counted(open_package(data, None).rows) for code, data in originals.items()}
    compiled = compile_originals(workplace.codebook, organisation=workplace.organisation, period=period, originals=rows)
    comment = _draft(workplace, _comment_id(period))
    contents = sealing.Contents(
        kind="delregion",
        audience=audience,
        period=period,
        rows=_own_rows(workplace, period),
        tables={COMPILATION: rows_of(compiled, workplace.codebook, comment)},
        nested=() if totals_only else tuple(_nested(each, originals) for each in members if each.delivery is not None),
        register=_register(members, totals_only),
    )
    return BundlePreview(
        period=period,
        audience=audience,
        members=members,
        totals_only=totals_only,
        compiled=compiled,
        comment=comment,
        contents=contents,
        previous=previous,
        changed=before is None or not _same(before, contents),
        locked=deliveries.locked(workplace, period=period),
    )


def set_comment(workplace: Workplace, *, period: Period, text: str) -> Change:
    """The office's own words on its compilation; an empty text takes them away. Raises Locked, PersonalData."""
    return _set(workplace, period, _comment_id(period), text, MOST_COMMENT, "Kommentar till sammanställningen")


def set_reason(workplace: Workplace, *, period: Period, member: str, text: str) -> Change:
    """Why the member's package is missing; an empty text takes it away. Raises InputProblem, Locked, PersonalData."""
    known = {each.code: each for each in workplace.codebook.members(workplace.organisation.code, period.end)}
    if member not in known:
        raise InputProblem(
            f"”{member[:20]}” hör inte till {workplace.organisation.name}.", todo="Ange en av delregionens kommunkoder."
        )
    return _set(
        workplace, period, _reason_id(period, member), text, MOST_REASON, f"Varför {known[member].short} saknas"
    )


def seal_bundle(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    key: SigningKey,
    approved_by: str,
    totals_only: bool | None = None,
    reason: str | None = None,
    encrypt: bool = True,
) -> Sealed:
    """Seal the period and write bundle and card to the folder.

    With nothing changed the stored bytes are written again; with changes since the last seal a reason is needed, and
    the next number replaces the one before. ``encrypt``: when it can be done. Raises InputProblem when a reason
    for what is missing is not written.
    """
    reason = (reason or "").strip() or None
    found = preview(workplace, period=period, totals_only=totals_only)
    name = period.name.capitalize()
    if period.start > workplace.today:
        raise InputProblem(f"{name} har inte börjat.", "", "Kontrollera perioden och datorns klocka.")
    if found.lacking:
        rest = f" … och {len(found.lacking) - 3} till." if len(found.lacking) > 3 else ""
        raise InputProblem(f"{name} kan inte skickas vidare än.", " ".join(found.lacking[:3]) + rest)
    if found.previous is not None and not found.changed:
        deliveries.close_correction(workplace, found.previous)
        return _written(workplace, found.previous, folder, key, encrypt, repeated=True)
    if found.previous is not None and not reason:
        raise InputProblem(
            f"{name} är redan förseglad, och uppgifter har ändrats sedan dess.",
            "En ny samlingsfil behöver en orsak.",
            "Skriv varför och försegla igen.",
        )
    sealing.check_words(approved_by, reason)
    refuse_identity(deliveries.texts_of(found.rows))
    delivery, data = sealing.seal_package(
        workplace, contents=found.contents, key=key, approved_by=approved_by, previous=found.previous, reason=reason
    )
    verb = "rättad och förseglad" if found.previous else "förseglad"
    sealing.keep(workplace, delivery=delivery, data=data, label=f"{name} {verb} för {workplace.organisation.name}")
    return _written(workplace, delivery, folder, key, encrypt, repeated=False)


def who_is_in(workplace: Workplace, *, delivery: Delivery) -> str:
    """``14 av 15 kommuner är med. Saknas: Orust (Personalbrist.).`` of a bundle that we have sealed or taken in."""
    states, reasons = told_of_members(packages.delivery_start(workplace.store, delivery.digest, START))
    present = sum(state != "missing" for state in states.values())
    totals = " Filen har bara summor." if "reported" in states.values() else ""
    lacking = [
        f"{workplace.codebook.organisation(code).short} ({visible(reasons.get(code, '')).rstrip('.')})"
        for code, state in states.items()
        if state == "missing"
    ]
    missing = f" Saknas: {', '.join(lacking)}." if lacking else ""
    return f"{present} av {len(states)} kommuner är med.{totals}{missing}"


def _audience(workplace: Workplace, period: Period) -> Organisation:
    own = workplace.organisation
    if own.level is not Level.DELREGION:
        raise InputProblem(
            f"{own.name} har ingen att skicka vidare till.",
            "Det gör delregionerna." if own.level is Level.COUNTY else "En kommun rapporterar till sin delregion.",
        )
    if period.type is not workplace.codebook.reporting.type:
        raise InputProblem(
            f"{period.name.capitalize()} rapporteras inte.",
            "Mått och listor säger vilken sorts period som förseglas.",
            "Välj till exempel 2026-T2.",
        )
    return workplace.codebook.county


def _members(workplace: Workplace, period: Period) -> tuple[Member, ...]:
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=period.id)
    active = {each.issuer: each for each in received if each.active and each.kind == bundle_totals.REPORTED}
    keys = {each.keyid: each for each in packages.trusted(workplace.store)}
    made = []
    for each in workplace.codebook.members(workplace.organisation.code, period.end):
        delivery = active.get(each.code)
        key = None if delivery is None else keys.get(delivery.key_id)
        reason = "" if delivery is not None else _draft(workplace, _reason_id(period, each.code))
        made.append(Member(each, delivery, key, reason))
    return tuple(made)


def _nested(member: Member, originals: Mapping[str, bytes]) -> NestedPackage:
    delivery = member.delivery
    assert delivery is not None, "only those with a package are nested"
    return NestedPackage(
        data=originals[member.organisation.code],
        code=delivery.issuer,
        period_id=delivery.period,
        sequence=delivery.sequence,
        digest=delivery.digest,
    )


def _register(members: tuple[Member, ...], totals_only: bool) -> Register:
    """We vouch for the keys that we know and have not seen revoked, of those whose packages go along."""
    there: MemberState = "reported" if totals_only else "included"
    return Register(
        expected=tuple(
            Expected(code=each.organisation.code, state=there if each.delivery else "missing") for each in members
        ),
        missing=tuple(
            MissingPart(code=each.organisation.code, reason=each.reason or "–")
            for each in members
            if each.delivery is None
        ),
        introduces=tuple(
            Introduced(
                code=each.organisation.code, name=each.organisation.name, public_key=public_text(each.key.public)
            )
            for each in members
            if each.key is not None and each.key.status != "revoked" and not totals_only
        ),
    )


def _own_rows(workplace: Workplace, period: Period) -> Rows:
    earlier = (_open(workplace, each) for each in reversed(deliveries.sent(workplace)) if each.period != period.id)
    return msgspec.structs.replace(deliveries.own_rows(workplace, period, earlier), counts=())


def _same(before: Opened, contents: sealing.Contents) -> bool:
    predicate, register = before.statement.predicate, contents.register
    assert register is not None, "a bundle has a register"
    told = Register(
        expected=predicate.expected or (), missing=predicate.missing or (), introduces=predicate.introduces or ()
    )
    return (
        before.rows == contents.rows
        and before.table(COMPILATION, CompilationRow) == tuple(contents.tables[COMPILATION])
        and tuple(before.nested.values()) == tuple(each.data for each in sorted(contents.nested, key=_name))
        and told == register
    )


def _name(nested: NestedPackage) -> str:
    return nested.name


def _states(workplace: Workplace, delivery: Delivery) -> Mapping[str, MemberState]:
    return told_of_members(packages.delivery_start(workplace.store, delivery.digest, START)).states


def _open(workplace: Workplace, delivery: Delivery) -> Opened:
    return open_package(packages.delivery_file(workplace.store, delivery.digest), None)


def _written(
    workplace: Workplace, delivery: Delivery, folder: Path, key: SigningKey, encrypt: bool, *, repeated: bool
) -> Sealed:
    file, card = sealing.write_files(workplace, delivery=delivery, folder=folder, key=key, encrypt=encrypt)
    return Sealed(delivery, file, card, repeated, ())


def _set(workplace: Workplace, period: Period, id: str, text: str, most: int, label: str) -> Change:
    if deliveries.locked(workplace, period=period):
        raise Locked(
            f"{period.name.capitalize()} är skickad vidare.", "Den är förseglad.", "Öppna rättelse och ändra sedan."
        )
    words = unicodedata.normalize("NFC", text.strip())
    if len(words) > most:
        raise InputProblem(f"Texten är för lång ({len(words)} tecken).", todo=f"Skriv högst {most} tecken.")
    before = workplace.store.get(RuleComment, id)
    after = RuleComment(id=id, comment=words) if words else None
    return save(workplace, edits=[Edit(before, after)] if before or after else [], label=label)


def _draft(workplace: Workplace, id: str) -> str:
    found = workplace.store.get(RuleComment, id)
    return "" if found is None else found.comment


def _comment_id(period: Period) -> str:
    return f"sammanstallning/{period.id}"


def _reason_id(period: Period, member: str) -> str:
    return f"saknas/{period.id}/{member}"
