"""A package from a sender that we believe, rightly sealed, in which every text is made to do harm where it is shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import activities, deliveries, deviations, seals
from fardplan_desktop.services.workplace import Workplace
from tests.exchange.conftest import Forge
from tests.services.steps import PASSPHRASE, believe, put

MARKUP = "<b>fet</b><img src='file:///finns/inte.png'>"
EVIL = f"=1+1 {MARKUP} \u202etxt.exe"
SEEN = EVIL.replace("\u202e", "\ufffd")
"""What is shown of it."""

_TEXTS = {
    "data/aktiviteter.jsonl": (
        "plan", "title", "goal", "responsible", "statusNote", "obstacle", "nextStep", "indicator", "partners", "extra",
    ),
    "data/avstamningar.jsonl": ("comment",),
    "data/antal.jsonl": ("comment",),
    "data/avvikelser.jsonl": ("counterpartOrg", "documentText", "summary", "actionText"),
    "data/regler.jsonl": ("comment",),
}  # fmt: skip


def send(sender: Workplace, office: Workplace, folder: Path) -> tuple[Path, SigningKey]:
    """An honest package with a row in each file, and the key that sealed it; the office believes its sender."""
    cafe, _ = activities.add(sender, title="Anhörigcafé", responsible="Samordnare", status="pagar")
    activities.check_in(sender, activity=cafe, status="pagar", forecast="enligt-plan", comment="Igång")
    put(sender, "2026-05", SIP04=4, SIP08=6)
    deviations.add(sender, draft=replace(deviations.blank(sender), month="2026-06", registered=date(2026, 6, 12)))
    seals.make_key(sender, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(sender, passphrase=PASSPHRASE)
    sealed = deliveries.seal_period(
        sender, period=parse_period("2026-T2"), folder=folder, key=key, approved_by="Socialchef"
    )
    believe(office, sealed.card)
    return sealed.file, key


def send_evil(sender: Workplace, office: Workplace, folder: Path) -> Path:
    """Where the package lies; the office believes its sender and has not yet read it in."""
    file, key = send(sender, office, folder)
    forge = Forge(file.read_bytes(), key)
    for name, fields in _TEXTS.items():
        rows = [_spoilt(json.loads(line), fields) for line in forge.data[name].splitlines()]
        forge.put(name, b"".join(_line(each) for each in rows))
    file.write_bytes(forge.build())
    return file


def _spoilt(row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    for field in fields:
        if field == "indicator":
            row[field] = dict.fromkeys(("text", "unit", "start", "target", "outcome"), EVIL)
        elif field == "partners":
            row[field] = [EVIL]
        elif field == "extra":
            row[field] = dict.fromkeys(("resources", "involvement", "children", "lesson"), EVIL) | {"shareable": True}
        else:
            row[field] = EVIL
    return row


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
