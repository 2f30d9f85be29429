"""Step 18: the packages inside a delregion's bundle, each opened by the same algorithm as if it had come alone.

The receiver of a member's package is the delregion, so it is opened with the delregion as our own organisation, while
keys, history and membership stay ours. A key we do not know may be introduced by the bundle, for its own members only.
Whatever is wrong, the bundle as a whole is refused with E22, and ``detail`` begins with the code of what was wrong.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.domain.verdicts import Inside, MemberState, Receiver, Replay, TrustedKey, Verdict, Warning
from fardplan_desktop.exchange import messages
from fardplan_desktop.exchange.container import first_members
from fardplan_desktop.exchange.envelope import read_envelope
from fardplan_desktop.exchange.keys import check_public, keyid_of
from fardplan_desktop.exchange.kinds import KINDS
from fardplan_desktop.exchange.messages import PackageRefusal, refuse
from fardplan_desktop.exchange.package import package_file_name
from fardplan_desktop.exchange.rows import Rows
from fardplan_desktop.exchange.statement import Annotations, Expected, Introduced, Statement, utc_text
from fardplan_desktop.exchange.verify import Opened, open_package

INTRODUCED = "introduced"
"""The method of a key that a delregion vouches for."""
OF_HISTORY = frozenset({"W01", "W06"})
"""Between the member and its delregion: not every package of theirs comes up."""


class Nested(msgspec.Struct, frozen=True):
    """A member's own package, verified; its rows are read from ``data`` when they are needed.

    ``key`` None when it was opened without a receiver.
    """

    data: bytes
    opened: Opened
    key: TrustedKey | None

    @property
    def introduced(self) -> bool:
        return self.key is not None and self.key.introduced_by is not None


class Bundle(msgspec.Struct, frozen=True):
    """What a bundle holds, and its verdict with the members in it."""

    verdict: Verdict
    nested: tuple[Nested, ...]
    """By the members' codes."""


def open_bundle(outer: Opened, receiver: Receiver | None, seen: Callable[[Nested], object] | None = None) -> Bundle:
    """Everything inside, verified. Raises Refusal E22; without a receiver the seals are tried and the senders not.

    ``seen`` gets each package whole, as soon as it is verified, and may refuse it too. Nothing but its bytes and its
    verdict is held after that, so that memory follows the largest package and not their number.
    """
    try:
        found = _Reading(outer, receiver)
        found.check_register()
        nested = tuple(found.opened(code, seen) for code in sorted(found.files))
    except PackageRefusal as refusal:
        refusal.about = outer.verdict
        raise
    inside = tuple(found.inside(each, nested) for each in found.expected)
    verdict = msgspec.structs.replace(outer.verdict, inside=inside, warnings=(*outer.warnings, *found.warnings(inside)))
    return Bundle(verdict, nested)


class Told(NamedTuple):
    """What a bundle says of its members, by code."""

    states: Mapping[str, MemberState]
    reasons: Mapping[str, str]


START = 600 * 1024
"""So many of a bundle's first bytes hold everything that it says of its members."""


def told_of_members(start: bytes) -> Told:
    """From the first bytes of a bundle that has been verified before; nothing is tried here."""
    _, sealed = first_members(start, 2)
    predicate = msgspec.json.decode(read_envelope(sealed).payload, type=Statement).predicate
    expected = () if predicate.expected is UNSET else predicate.expected
    missing = () if predicate.missing is UNSET else predicate.missing
    return Told({each.code: each.state for each in expected}, {each.code: each.reason for each in missing})


class _Reading:
    """One bundle being read: what it says of its members, and who is believed."""

    def __init__(self, outer: Opened, receiver: Receiver | None) -> None:
        predicate = outer.statement.predicate
        self._outer, self._receiver = outer, receiver
        self._issuer = predicate.issuer.code
        self._sender = outer.verdict.issuer_name or self._issuer
        self._period = predicate.period.id
        self.expected = () if predicate.expected is UNSET else tuple(sorted(predicate.expected, key=_code))
        self._reasons = {} if predicate.missing is UNSET else {each.code: each.reason for each in predicate.missing}
        self._introduces = () if predicate.introduces is UNSET else predicate.introduces
        self._notes = {each.name: each.annotations for each in outer.statement.subject if each.name in outer.nested}
        self.files = self._files()
        self._anew: list[str] = []
        self._keys = self._believed()

    def check_register(self) -> None:
        """Every member is told of exactly once, and is included if and only if its file is there."""
        told = {each.code: each.state for each in self.expected}
        if self._receiver is not None:
            members = set(self._receiver.members(self._issuer, self._outer.statement.period.end))
            for code in sorted(members - told.keys()):
                raise self._refused(f"{self._name(code)} nämns inte.", f"{code} is a member and not expected")
            for code in sorted(told.keys() - members):
                raise self._refused(f"{self._name(code)} hör inte till delregionen.", f"{code} is no member")
        for code, state in told.items():
            if (state == "included") != (code in self.files):
                fault = "sägs finnas med, men paketet saknas" if state == "included" else "finns med utan att det sägs"
                raise self._refused(f"{self._name(code)} {fault}.", f"{code} is {state}")
        for code in sorted(self.files.keys() - told.keys()):
            raise self._refused(f"{self._name(code)} finns med utan att det sägs.", f"{code} is not expected")
        if {"included", "reported"} <= set(told.values()):
            raise self._refused("Den har både paket och bara summor.", "included and reported at once")

    def opened(self, code: str, seen: Callable[[Nested], object] | None) -> Nested:
        """Raises Refusal E22 with the code of the step that said no."""
        name, data = self.files[code]
        try:
            notes = self._notes[name]
            key, receiver = None, None
            if self._receiver is not None:
                receiver = _AtDelregion(self._receiver, self._delregion(), self._keys, self._period, notes)
            opened = open_package(data, receiver)
            self._check_told(opened, notes, name)
            if receiver is not None:
                key = receiver.key(opened.verdict.keyid)
            elif code in self._keys and self._keys[code].public != opened.public:
                raise refuse("E10-UNKNOWNKEY", "another key than the introduced one", sender=self._name(code))
            if seen is not None:
                seen(Nested(data, opened, key))
        except PackageRefusal as refusal:
            raise messages.nested_refused(self._name(code), refusal, self._sender) from None
        return Nested(data, msgspec.structs.replace(opened, rows=Rows(), tables={}, attachments={}), key)

    def inside(self, expected: Expected, nested: tuple[Nested, ...]) -> Inside:
        code = expected.code
        found = next((each for each in nested if each.opened.statement.predicate.issuer.code == code), None)
        about = Verdict() if found is None else found.opened.verdict
        return Inside(
            code=code,
            name=self._name(code),
            state=expected.state,
            reason=self._reasons.get(code, ""),
            sequence=about.sequence,
            digest=about.digest,
            check_code=about.check_code,
            approved_by=about.approved_by,
            introduced=found is not None and found.introduced,
            warnings=tuple(each for each in about.warnings if each.code not in OF_HISTORY),
        )

    def warnings(self, inside: tuple[Inside, ...]) -> list[Warning]:
        unchecked = [each.name for each in inside if each.introduced and each.name not in self._anew]
        made = [messages.introduced(self._sender, unchecked)] if unchecked else []
        made += [messages.introduced_anew(self._sender, name) for name in self._anew]
        return made + [messages.totals_only(self._sender)] * any(each.state == "reported" for each in inside)

    def _files(self) -> Mapping[str, tuple[str, bytes]]:
        """Member → name and bytes of its package, by what is signed beside it."""
        found: dict[str, tuple[str, bytes]] = {}
        for name, data in self._outer.nested.items():
            code = self._notes[name].code
            assert code is not UNSET, "a package is signed with its issuer's code"
            if code in found:
                raise self._refused(f"{self._name(code)} finns med två gånger.", f"{code} is there twice")
            found[code] = (name, data)
        return found

    def _believed(self) -> dict[str, TrustedKey]:
        """Member → the key that the bundle introduces, as far as we do not know one ourselves."""
        found: dict[str, TrustedKey] = {}
        for each in self._introduces:
            try:
                public = b64decode(each.public_key)
                check_public(public)
            except KeyProblem:
                weak = refuse("E10-WEAKKEY", "introduced key is of small order or not canonical")
                raise messages.nested_refused(self._name(each.code), weak, self._sender) from None
            if self._receiver is None or self._receiver.key(keyid_of(public)) is None:
                self._check_introduction(each)
                found[each.code] = self._introduced(each, public)
        return found

    def _check_introduction(self, each: Introduced) -> None:
        if self._receiver is None:
            return
        if each.code not in self._receiver.members(self._issuer, self._outer.statement.period.end):
            fault = f"Den introducerar ett sigill för {self._name(each.code)}, som inte hör till delregionen."
            raise self._refused(fault, f"introduction of {each.code}")
        known = [key for key in self._receiver.keys_of(each.code) if key.status == "active"]
        if any(key.introduced_by is None for key in known):
            raise messages.introduction_clash(self._sender, self._name(each.code))
        self._anew += [self._name(each.code)] if known else []

    def _introduced(self, each: Introduced, public: bytes) -> TrustedKey:
        return TrustedKey(
            keyid=keyid_of(public),
            org_level=Level.MUNICIPALITY,
            org_code=each.code,
            org_name=self._name(each.code),
            public=public,
            status="active",
            method=INTRODUCED,
            entered_by=self._sender,
            entered_at="" if self._receiver is None else utc_text(self._receiver.now),
            introduced_by=self._issuer,
        )

    def _check_told(self, opened: Opened, notes: Annotations, name: str) -> None:
        """A municipality's package, of the same sort and period, to this delregion, and the very one that is signed."""
        statement, predicate = opened.statement, opened.statement.predicate
        if predicate.kind != "kommun":
            raise refuse("E13-KIND", f"kind {predicate.kind} in a bundle", kind=KINDS[predicate.kind].name)
        if statement.practice != self._outer.statement.practice:
            reason = "Övning och verklighet blandas inte."
            raise refuse("E13-TYPE", "practice differs from the bundle's", reason=reason)
        if not any((each.type, each.code) == ("delregion", self._issuer) for each in predicate.audience):
            raise refuse(
                "E16", "the bundle's issuer is not in audience", audience=self._name(predicate.audience[0].code)
            )
        if predicate.period.id != self._period:
            raise refuse("E17", f"period {predicate.period.id} in a bundle for {self._period}")
        said = (predicate.issuer.code, predicate.sequence, opened.digest)
        if said != (notes.code, notes.sequence, notes.statement_sha256):
            raise refuse("E19", "code, sequence or digest is not what the bundle says", name=name)
        if name != f"paket/{package_file_name(said[0], self._period, said[1]).lower()}":
            raise refuse("E19", "the file is not named after its package", name=name)

    def _delregion(self) -> Organisation:
        """The sender; opening the bundle has found it in the code book."""
        found = self._receiver.organisation(self._issuer) if self._receiver else None
        assert found is not None, "the issuer of an opened bundle is known"
        return found

    def _name(self, code: str) -> str:
        known = self._receiver.organisation(code) if self._receiver else None
        return known.name if known else code

    def _refused(self, fault: str, detail: str) -> PackageRefusal:
        return messages.register_refused(fault, self._sender, detail)


class _AtDelregion:
    """The delregion as receiver of its member's package, with what we know and have."""

    def __init__(
        self, ours: Receiver, own: Organisation, keys: Mapping[str, TrustedKey], period: str, notes: Annotations
    ) -> None:
        self._ours, self._period, self._notes = ours, period, notes
        self._introduced = {each.keyid: each for each in keys.values()}
        self.own = own

    @property
    def practice(self) -> bool:
        return self._ours.practice

    @property
    def codebook_version(self) -> int:
        return self._ours.codebook_version

    @property
    def reporting_type(self) -> PeriodType:
        return self._ours.reporting_type

    @property
    def now(self) -> datetime:
        return self._ours.now

    def key(self, keyid: str) -> TrustedKey | None:
        """A revoked key still vouches for what we took in before; that it is the same is seen when it is opened."""
        found = self._ours.key(keyid) or self._introduced.get(keyid)
        if found is not None and found.status == "revoked" and self._have():
            return msgspec.structs.replace(found, status="active")
        return found

    def organisation(self, code: str) -> Organisation | None:
        return self._ours.organisation(code)

    def is_under(self, code: str) -> bool:
        return code == self.own.code

    def members(self, delregion: str, on: date) -> tuple[str, ...]:
        return self._ours.members(delregion, on)

    def keys_of(self, org_code: str) -> tuple[TrustedKey, ...]:
        return self._ours.keys_of(org_code)

    def replay(self, issuer_code: str, kind: str, audience_code: str) -> Replay:
        """What we have of the period, as if this very package had not come: the same one again is no replay here.

        Other periods are left out, since a bundle may come up in any order: a late member of an old period has a lower
        number than its package for the next.
        """
        return self._as_if_not_come(self._ours.replay(issuer_code, kind, audience_code))

    def _as_if_not_come(self, seen: Replay) -> Replay:
        same = self._notes.statement_sha256
        of_period = {digest for digest, period in seen.known.items() if period == self._period and digest != same}
        by_sequence = {number: digest for number, digest in seen.by_sequence.items() if digest != same}
        active = seen.active_by_period.get(self._period)
        return Replay(
            max_sequence=max((number for number, digest in by_sequence.items() if digest in of_period), default=0),
            by_sequence=by_sequence,
            active_by_period={} if active is None or active[1] == same else {self._period: active},
            known={digest: period for digest, period in seen.known.items() if digest != same},
            unrevoked=None if seen.unrevoked is None else self._as_if_not_come(seen.unrevoked),
        )

    def _have(self) -> bool:
        seen = self._ours.replay(str(self._notes.code), "kommun", self.own.code)
        return self._notes.statement_sha256 in seen.known


def _code(expected: Expected) -> str:
    return expected.code
