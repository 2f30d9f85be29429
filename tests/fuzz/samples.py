"""What the fuzzer begins with, and the sender whose key it knows: right files, taken apart."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.rows import read_rows
from tests.exchange.conftest import FYRBODAL, MELLERUD, Office

KEY = SigningKey(hashlib.sha256(b"demo:1461").digest())
_ID = "00000000-0000-0000-0000-00000000000"

_ROWS = {
    "data/aktiviteter.jsonl": {
        "id": _ID + "7", "plan": "Handlingsplan", "planType": "lokal", "planYear": 2026, "title": "Fast vårdkontakt",
        "method": "A4", "alsoMethods": ["A1"], "preconditions": ["F5"], "areas": ["P5", "G10"], "joint": None,
        "targetGroup": "aldre", "goal": "Åtgärd \"ett\"\nmed två rader",
        "indicator": {"text": "Andel", "unit": "%", "start": "", "target": "80", "outcome": ""},
        "responsible": "Enhetschef", "partners": ["Vårdcentralen"], "start": "2026-01-01", "end": None,
        "status": "pagar", "statusNote": None, "forecast": "enligt-plan", "percent": 25, "obstacle": None,
        "nextStep": None, "liftTo": None,
        "extra": {"resources": None, "involvement": None, "children": None, "lesson": "Ta god tid", "shareable": True},
    },
    "data/avstamningar.jsonl": {
        "id": _ID + "1", "activity": _ID + "7", "date": "2026-06-01", "status": "pagar", "forecast": None,
        "comment": "",
    },
    "data/antal.jsonl": {
        "id": "SIP08/2026-05/alder/0-17", "measure": "SIP08", "period": "2026-05", "breakdown": "alder",
        "value": "0-17", "state": "estimated", "n": 9_999_999, "comment": None,
    },
    "data/avvikelser.jsonl": {
        "id": _ID + "3", "number": "1461-2026-0007", "month": "2026-05", "registered": "2026-05-12",
        "direction": "kommun-region", "reporter": "vard-och-omsorg", "counterpart": "sjukhus-somatik",
        "counterpartOrg": None, "category": "lakemedel", "subcategory": None, "kind": None, "document": None,
        "documentText": None, "stage": None, "targetGroup": None, "ageGroup": None, "consequence": None,
        "severity": "mattlig", "likelihood": "stor", "risk": 6, "summary": "Lista saknades.", "status": "skickad",
        "daysToSend": 3, "daysToAnswer": None, "causes": ["kommunikation"], "action": None, "actionText": None,
        "followUp": None, "effect": None, "lex": None, "system": "nej", "liftTo": None, "feedback": None,
    },
    "data/regler.jsonl": {
        "id": "R01/SIP08/2026-05", "rule": "R01", "version": 1, "severity": "warning", "subject": "SIP08/2026-05",
        "outcome": "broken", "comment": None,
    },
}  # fmt: skip


def package() -> bytes:
    """A right package with a row in each file."""
    content = PackageContent(
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
        rows=read_rows(lambda name: canonical(_ROWS[name]) + b"\n"),
        attachments={"bilaga.pdf": b"%PDF-1.7 ..."},
        history_head=(12, "cd" * 32),
    )
    return seal(content, KEY, practice=False)


def office() -> Office:
    """A receiver that trusts the key."""
    known = TrustedKey(
        keyid=KEY.keyid,
        org_level=Level.MUNICIPALITY,
        org_code=MELLERUD.code,
        org_name=MELLERUD.name,
        public=KEY.public,
        status="active",
        method="telephone",
        entered_by="Samordnare",
        entered_at="2026-08-01",
    )
    return Office(keys={known.keyid: known})


def card() -> bytes:
    return make_card(
        Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud"), KEY, datetime(2026, 8, 1, tzinfo=UTC)
    )


def workbook() -> dict[str, bytes]:
    """The parts of a workbook with texts, numbers, a formula, an error, a merged area and a hidden row."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Mått", "2026-05", "2026-06"], ["SIP08", 14, "=1+1"], ["SIP11", "#DIV/0!", 3.5], ["a", True, None]):
        sheet.append(row)
    sheet.merge_cells("A4:B4")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Listor")["B2"] = "Värde"
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()
