"""A folder as the worst of days gives it: 25 packages that are good, and one for every code that says no.

Everything is small and comes to Fyrbodal's office; ``office`` makes the store that knows the senders and has what the
codes about order need.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.keys import SigningKey, keyid_of
from fardplan_desktop.exchange.sshsig import make_sshsig
from fardplan_desktop.services import intake
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages
from tests.benchmarks import many_packages
from tests.exchange.conftest import Forge

GOOD: Final = 25
ROWS: Final = 20
_UNKNOWN = SigningKey(b"\x01" * 32)
_REVOKED = SigningKey(b"\x02" * 32)
_ROTATED = SigningKey(b"\x03" * 32)
_WEAK: Final = bytes(32)
_NEIGHBOUR = SigningKey(b"\x04" * 32)
Make = Callable[[Forge], bytes]


def office(path: Path, folder: Path) -> Workplace:
    """The store, with what came earlier from the last sender taken in, and the keys that no longer hold."""
    own = many_packages.office(path)
    code = _senders(own)[-1]
    _believe(own, "1438", _REVOKED, status="revoked", note="Datorn är stulen.")
    _believe(own, "1430", _ROTATED, status="replaced", last_sequence=0)
    _believe(own, "1461", None)
    _believe(own, "simba", _NEIGHBOUR)
    early = folder.with_name(f"{folder.name}_tidigare")
    made = many_packages.packages(early, 60, ROWS)
    mine = [each for each in made if each.name.startswith(code)]
    intake.receive(own, paths=[mine[0], mine[2]])
    return own


def fill(folder: Path, own: Workplace) -> dict[str, Path]:
    """Write the folder; the path of each wrong file by its code. A card of the unknown sender lies beside."""
    good = many_packages.packages(folder, GOOD, ROWS)
    late = folder.with_name(f"{folder.name}_tidigare")
    senders = _senders(own)
    last = sorted(late.glob(f"{senders[-1]}*"))
    made: dict[str, Path] = {}
    for number, (code, make) in enumerate(FORGED.items()):
        sender = _FROM.get(code, senders[7 + number % 7])
        path = folder / f"{sender}_{code.lower()}.fardpaket"
        path.write_bytes(make(_forge(late, sender)))
        made[code] = path
    made |= _of_order(folder, last, senders[-1])
    made |= _odd_files(folder, good[0].read_bytes())
    card = folder / "kort.zip"
    card.write_bytes(make_card(own.codebook.organisation("1427"), _UNKNOWN, datetime(2026, 5, 1, tzinfo=UTC)))
    return made


def _senders(own: Workplace) -> list[str]:
    return [each.code for each in own.codebook.members("fyrbodal", own.today)]


def _forge(late: Path, sender: str) -> Forge:
    """The third of the sender's packages, to be taken apart: only its first two may lie among the good ones."""
    path = next(late.glob(f"{sender}*_0003*"))
    return Forge(path.read_bytes(), many_packages.key_of(sender))


def _believe(own: Workplace, code: str, key: SigningKey | None, **state: Any) -> None:
    """One more key of this organisation; without a key one that nobody may use."""
    organisation = own.codebook.organisation(code)
    public = _WEAK if key is None else key.public
    known = packages.trusted(own.store)[0]
    odd = msgspec.structs.replace(
        known, keyid=keyid_of(public), public=public, org_code=code, org_name=organisation.name,
        org_level=organisation.level, **state,
    )  # fmt: skip
    packages.trust(own.store, odd, label="Prov", signature=own.signature)


def _statement(change: Callable[[Any], object]) -> Make:
    def make(forge: Forge) -> bytes:
        change(forge.statement)
        return forge.build()

    return make


def _predicate(**fields: object) -> Make:
    return _statement(lambda statement: statement["predicate"].update(fields))


def _envelope(change: Callable[[Any], object]) -> Make:
    def make(forge: Forge) -> bytes:
        change(forge.envelope)
        return forge.with_envelope(forge.envelope)

    return make


def _by(key: SigningKey) -> Make:
    def make(forge: Forge) -> bytes:
        forge.key = key
        forge.predicate["keyId"] = key.keyid
        return forge.build()

    return make


def _members(change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]) -> Make:
    return lambda forge: write_container(change(forge.members()))


def _wrong_crc(forge: Forge) -> bytes:
    crc = zlib.crc32(forge.data["data/antal.jsonl"])
    data = forge.build()
    assert data.count(crc.to_bytes(4, "little")) == 2
    return data.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))


def _wrong_row(forge: Forge) -> bytes:
    first, rest = forge.data["data/antal.jsonl"].split(b"\n", 1)
    row = json.loads(first) | {"n": -4}
    forge.put("data/antal.jsonl", json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n" + rest)
    return forge.build()


def _by_neighbour(forge: Forge) -> bytes:
    """What a delregion sends to the county."""
    forge.predicate["issuer"] = {"type": "delregion", "code": "simba", "name": "X"}
    forge.predicate["kind"] = "delregion"
    return _by(_NEIGHBOUR)(forge)


def _changed_on_the_way(forge: Forge) -> bytes:
    forge.data["data/antal.jsonl"] = forge.data["data/antal.jsonl"].replace(b'"n":1,', b'"n":7,', 1)
    return forge.build()


FORGED: Final[dict[str, Make]] = {
    "E03": lambda forge: forge.build()[:-40],
    "E04-COUNT": lambda forge: write_container([(f"data/x{n}.jsonl", b"") for n in range(90)]),
    "E05": lambda forge: forge.build().replace(b"\x21\x00", b"\x22\x00", 1),
    "E05-CRC": _wrong_crc,
    "E06": _members(lambda parts: [*parts, ("data/../x", b"")]),
    "E07": _members(lambda parts: parts[1:]),
    "E08": _envelope(lambda envelope: envelope.update(alg="none")),
    "E09": _envelope(lambda envelope: envelope.update(signatures=[])),
    "E10-UNKNOWNKEY": _by(_UNKNOWN),
    "E10-REVOKED": _by(_REVOKED),
    "E10-ROTATED": _by(_ROTATED),
    "E10-WEAKKEY": _envelope(lambda envelope: envelope["signatures"][0].update(keyid=keyid_of(_WEAK))),
    "E11": _envelope(lambda envelope: envelope["signatures"][0].update(sig=b64encode(bytes(64)).decode())),
    "E11-SSHSIG": _members(lambda parts: [*parts[:2], (parts[2][0], make_sshsig(b"x", _UNKNOWN)), *parts[3:]]),
    "E12": lambda forge: forge.build(forge.payload + b" "),
    "E13-TYPE": _statement(lambda statement: statement.update(predicateType="https://slsa.dev/provenance/v1")),
    "E13-NEWER": _predicate(formatVersion="2.0"),
    "E13-CRITICAL": _predicate(critical=["delat-sigill"]),
    "E13-KIND": _by_neighbour,
    "E14": _predicate(approvedAt="2026-02-30T00:00:00Z"),
    "E15": _statement(lambda statement: statement["predicate"]["issuer"].update(code="1488", name="X")),
    "E16": _predicate(audience=[{"type": "delregion", "code": "samla", "name": "X"}]),
    "E17": _predicate(period={"id": "2026-05", "from": "2026-05-01", "to": "2026-05-31"}),
    "E19": lambda forge: forge.data.pop("data/antal.jsonl") and forge.build(),
    "E20": _changed_on_the_way,
    "E21": _wrong_row,
    "E23-CODEBOOK": _statement(lambda statement: statement["predicate"]["codeBook"].update(version=99)),
}

_FROM: Final = {"E10-ROTATED": "1430", "E15": "1485"}
"""Who seals, where it matters."""


def _of_order(folder: Path, last: list[Path], code: str) -> dict[str, Path]:
    """What the office's own memory says no to: it has numbers 1 and 3 from this sender."""

    def changed(path: Path, name: str, **fields: object) -> Path:
        forge = Forge(path.read_bytes(), many_packages.key_of(code))
        forge.predicate.update(fields)
        where = folder / f"{code}_{name}.fardpaket"
        where.write_bytes(forge.build())
        return where

    again = folder / f"{code}_igen.fardpaket"
    again.write_bytes(last[0].read_bytes())
    return {
        "E18-REPLAY": again,
        "E18-EQUIVOCATION": changed(last[2], "tva_av_samma", approvedAt="2026-05-21T09:00:00Z"),
        "E18-ROLLBACK": changed(last[1], "aldre"),
        "E18-SUPERSEDES": changed(last[2], "ersatter_inte", sequence=5),
        "W01": changed(last[3], "hopp", sequence=70),
    }


def _odd_files(folder: Path, package: bytes) -> dict[str, Path]:
    letter = folder / "Minnesanteckningar.docx"
    letter.write_bytes(b"PK\x05\x06" + bytes(18))
    link = folder / "genväg.fardpaket"
    link.symlink_to(letter)
    huge = folder / "film.fardpaket"
    with huge.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    to_other = folder / "krypterad.fardpaket.age"
    to_other.write_bytes(b"age-encryption.org/v1\n-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- x\n")
    locked = folder / "med_losenord.fardpaket.age"
    locked.write_bytes(b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\n" + b"B" * 43 + b"\n--- x\n")
    return {"E01": link, "E02-MAGIC": letter, "E04": huge, "E02-DECRYPT": to_other, "E02-PASSPHRASE": locked}
