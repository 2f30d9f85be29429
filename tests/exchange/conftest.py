"""A municipality that seals, an office that receives, and a forger who takes a sealed package apart."""

from __future__ import annotations

import hashlib
import json
import uuid
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import PeriodType, parse_period
from fardplan_desktop.domain.verdicts import Replay, TrustedKey
from fardplan_desktop.exchange.container import read_container, write_container
from fardplan_desktop.exchange.envelope import make_envelope
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.rows import (
    ActivityRow,
    CheckInRow,
    CountRow,
    DeviationRow,
    ExtraPart,
    IndicatorPart,
    Rows,
    RuleRow,
)
from fardplan_desktop.exchange.sshsig import make_sshsig

MELLERUD = Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud")
LILLA_EDET = Organisation(Level.MUNICIPALITY, "1462", "Lilla Edets kommun", "Lilla Edet")
FYRBODAL = Organisation(Level.DELREGION, "fyrbodal", "Vårdsamverkan Fyrbodal", "Fyrbodal")
SIMBA = Organisation(Level.DELREGION, "simba", "SIMBA", "SIMBA")
ACTIVITY_ID = str(uuid.UUID(int=7))


@dataclass
class Office:
    """A receiver whose every answer a test may change."""

    own: Organisation = FYRBODAL
    practice: bool = False
    codebook_version: int = 3
    reporting_type: PeriodType = PeriodType.TERTIAL
    now: datetime = datetime(2026, 9, 20, tzinfo=UTC)
    keys: dict[str, TrustedKey] = field(default_factory=dict)
    seen: Replay = field(default_factory=Replay)
    seen_below: dict[str, Replay] = field(default_factory=dict)
    """What a county has of each municipality, inside earlier bundles."""
    known: tuple[Organisation, ...] = (MELLERUD, LILLA_EDET, FYRBODAL, SIMBA)

    def key(self, keyid: str) -> TrustedKey | None:
        return self.keys.get(keyid)

    def replay(self, issuer_code: str, kind: str, audience_code: str) -> Replay:
        assert audience_code == self.own.code or kind == "kommun"
        return self.seen if audience_code == self.own.code else self.seen_below.get(issuer_code, Replay())

    def organisation(self, code: str) -> Organisation | None:
        return next((each for each in self.known if each.code == code), None)

    def is_under(self, code: str) -> bool:
        return code in (self.own.code, "14")

    def members(self, delregion: str, on: date) -> tuple[str, ...]:
        return {"fyrbodal": (MELLERUD.code, LILLA_EDET.code)}.get(delregion, ())

    def keys_of(self, org_code: str) -> tuple[TrustedKey, ...]:
        return tuple(each for each in self.keys.values() if each.org_code == org_code)


class Forge:
    """A sealed package in pieces; whoever has the key may change them and seal again."""

    def __init__(self, package: bytes, key: SigningKey) -> None:
        members = [(each.name, each.content) for each in read_container(package)]
        self.key = key
        self.data = dict(members[3:])
        self.envelope: dict[str, Any] = json.loads(members[1][1])
        self.statement: dict[str, Any] = json.loads(b64decode(self.envelope["payload"]))

    @property
    def predicate(self) -> dict[str, Any]:
        predicate = self.statement["predicate"]
        assert isinstance(predicate, dict)
        return predicate

    @property
    def payload(self) -> bytes:
        return canonical(self.statement)

    def put(self, name: str, content: bytes) -> None:
        """Replace a member and sign its new size and digest."""
        self.data[name] = content
        subject = next(each for each in self.statement["subject"] if each["name"] == name)
        subject["digest"]["sha256"] = hashlib.sha256(content).hexdigest()
        subject["annotations"] |= {"size": len(content), "records": content.count(b"\n")}

    def members(self, payload: bytes | None = None) -> list[tuple[str, bytes]]:
        signed = self.payload if payload is None else payload
        return [
            ("mimetype", b"application/vnd.fardplan.paket+zip"),
            ("META-INF/statement.dsse.json", make_envelope(signed, self.key)),
            ("META-INF/statement.sshsig", make_sshsig(signed, self.key)),
            *sorted(self.data.items()),
        ]

    def build(self, payload: bytes | None = None) -> bytes:
        return write_container(self.members(payload))

    def with_envelope(self, envelope: Json) -> bytes:
        members = self.members()
        members[1] = (members[1][0], canonical(envelope))
        return write_container(members)


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey(hashlib.sha256(b"demo:1461").digest())


@pytest.fixture(scope="session")
def rows() -> Rows:
    return Rows(
        activities=(_activity(7, 'Åtgärd "ett"\nmed två rader \\ och snedstreck'), _activity(9, "Åtgärd två")),
        check_ins=(
            CheckInRow(
                id=str(uuid.UUID(int=1)),
                activity=ACTIVITY_ID,
                date=date(2026, 6, 1),
                status="pagar",
                forecast=None,
                comment="",
            ),
        ),
        counts=(
            _count("SIP04/2026-05", "SIP04", None, None, "reported", 0),
            _count("SIP08/2026-05", "SIP08", None, None, "missing", None),
            _count("SIP08/2026-05/alder/0-17", "SIP08", "alder", "0-17", "estimated", 9_999_999),
        ),
        deviations=(_deviation(),),
        rules=(
            RuleRow(
                id="R01/SIP08/2026-05",
                rule="R01",
                version=1,
                severity="warning",
                subject="SIP08/2026-05",
                outcome="broken",
                comment=None,
            ),
        ),
    )


@pytest.fixture(scope="session")
def content(rows: Rows) -> PackageContent:
    return PackageContent(
        issuer=MELLERUD,
        audience=(FYRBODAL,),
        period=parse_period("2026-T2"),
        sequence=1,
        approved_at=datetime(2026, 9, 1, 9, tzinfo=UTC),
        approved_by="Utvecklingsledare",
        codebook_version=3,
        codebook_sha256="ab" * 32,
        generator_name="Färdplan Desktop",
        generator_version="1.0.0",
        rows=rows,
        attachments={"bilaga.pdf": b"%PDF-1.7 ..."},
        history_head=(12, "cd" * 32),
    )


@pytest.fixture(scope="session")
def package(content: PackageContent, key: SigningKey) -> bytes:
    return seal(content, key, practice=False)


@pytest.fixture
def forge(package: bytes, key: SigningKey) -> Forge:
    return Forge(package, key)


@pytest.fixture
def forge_again(package: bytes, key: SigningKey) -> Forge:
    """A second set of pieces for the same test."""
    return Forge(package, key)


@pytest.fixture
def trusted(key: SigningKey) -> TrustedKey:
    return TrustedKey(
        keyid=key.keyid,
        org_level=Level.MUNICIPALITY,
        org_code="1461",
        org_name="Melleruds kommun",
        public=key.public,
        status="active",
        method="telephone",
        entered_by="Samordnare",
        entered_at="2026-08-01",
    )


@pytest.fixture
def office(trusted: TrustedKey) -> Office:
    return Office(keys={trusted.keyid: trusted})


@pytest.fixture
def new_office() -> Callable[[], Office]:
    """An office that knows nobody's key."""
    return Office


def _activity(number: int, title: str) -> ActivityRow:
    return ActivityRow(
        id=str(uuid.UUID(int=number)),
        plan="Handlingsplan nära vård",
        plan_type="lokal",
        plan_year=2026,
        title="Fast vårdkontakt",
        method="A4",
        also_methods=("A1", "A2"),
        preconditions=("F5",),
        areas=("P5", "G10"),
        joint=None,
        target_group="aldre",
        goal=title,
        indicator=IndicatorPart(text="Andel", unit="%", start="", target="80", outcome=""),
        responsible="Enhetschef hemtjänst",
        partners=("Vårdcentralen",),
        start=date(2026, 1, 1),
        end=None,
        status="pagar",
        status_note=None,
        forecast="enligt-plan",
        percent=25,
        obstacle=None,
        next_step=None,
        lift_to=None,
        extra=ExtraPart(resources=None, involvement=None, children=None, lesson="Ta god tid", shareable=True),
    )


def _count(id: str, measure: str, breakdown: str | None, value: str | None, state: Any, n: int | None) -> CountRow:
    return CountRow(
        id=id, measure=measure, period="2026-05", breakdown=breakdown, value=value, state=state, n=n, comment=None
    )


def _deviation() -> DeviationRow:
    return DeviationRow(
        id=str(uuid.UUID(int=3)),
        number="1461-2026-0007",
        month="2026-05",
        registered=date(2026, 5, 12),
        direction="kommun-region",
        reporter="vard-och-omsorg",
        counterpart="sjukhus-somatik",
        counterpart_org=None,
        category="lakemedel",
        subcategory=None,
        kind=None,
        document="riktlinje-sip",
        document_text=None,
        stage=None,
        target_group=None,
        age_group=None,
        consequence="fordrojd-insats",
        severity="mattlig",
        likelihood="stor",
        risk=6,
        summary="Läkemedelslista saknades vid hemgång.",
        status="skickad",
        days_to_send=3,
        days_to_answer=None,
        causes=("kommunikation",),
        action=None,
        action_text=None,
        follow_up=None,
        effect=None,
        lex=None,
        system="nej",
        lift_to=None,
        feedback=None,
    )
