"""What is fuzzed: each target takes any bytes, and raises nothing whatever they are unless we have a bug.

The first byte says which part of a right file the rest replaces. What is replaced inside a package is sealed again by
a key that the receiver trusts, so that the steps behind the seal are reached; else no mutation would come past it.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import InputProblem, Refusal
from fardplan_desktop.exchange.bundle import open_bundle
from fardplan_desktop.exchange.codebook_rows import book_of, rows_of
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.package import seal
from fardplan_desktop.exchange.rows import write_rows
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.tables.answer_book import is_answer
from fardplan_desktop.tables.foreign.book import read_book
from fardplan_desktop.tables.read import read_grid
from tests.exchange.conftest import Forge, Office
from tests.exchange.test_kinds import KEY as KIND_KEY
from tests.exchange.test_kinds import WAY, content_of, receiver
from tests.fuzz import samples
from tests.fuzz.key_targets import age_target, card_target, text_target
from tests.fuzz.promises import Target, plain, told


def package_target() -> Target:
    whole = samples.package()
    right = Forge(whole, samples.KEY)
    office = samples.office()
    files = sorted(right.data)

    def built(kind: int, body: bytes) -> bytes:
        forge = Forge(whole, samples.KEY)
        members = forge.members()
        if kind == 0:
            return body
        if kind == 1:
            return forge.build(body)
        if kind in (2, 3):
            members[kind - 1] = (members[kind - 1][0], body)
            return write_container(members)
        if kind == 4:
            names = [line.decode("latin-1").encode("ascii", "ignore").decode() for line in body.split(b"\n")[:90]]
            return write_container([(name[:200], b"") for name in names])
        _put(forge, files[(kind - 5) % len(files)], body)
        return forge.build()

    def run(data: bytes) -> None:
        sealed = built(data[0] % (5 + len(files)), data[1:]) if data else b""
        for reader in (office, None):
            try:
                opened = open_package(sealed, reader)
            except Refusal as refusal:
                told(refusal)
            else:
                assert Forge(sealed, samples.KEY).data.items() >= write_rows(opened.rows).items()

    members = right.members()
    parts = [whole, right.payload, members[1][1], members[2][1], b"\n".join(name.encode() for name, _ in members)]
    return Target(
        tuple(bytes([kind]) + part for kind, part in enumerate([*parts, *(right.data[each] for each in files)])), run
    )


def _put(forge: Forge, name: str, content: bytes) -> None:
    subject = next(each for each in forge.statement["subject"] if each["name"] == name)
    forge.data[name] = content
    subject["digest"]["sha256"] = hashlib.sha256(content).hexdigest()
    subject["annotations"]["size"] = len(content)
    if "records" in subject["annotations"]:
        subject["annotations"]["records"] = content.count(b"\n")


def kinds_target() -> Target:
    """The packages of offices: bundles, code books, plans, receipts, feedback, questions."""
    names = sorted(WAY)
    wholes = [seal(content_of(name), KIND_KEY, practice=False) for name in names]
    receivers = [receiver(Office(), WAY[name][1], WAY[name][0]) for name in names]
    files = [sorted(Forge(whole, KIND_KEY).data) for whole in wholes]

    def run(data: bytes) -> None:
        if len(data) < 2:
            return
        kind, part = data[0] % len(names), data[1] % (1 + len(files[data[0] % len(names)]))
        forge = Forge(wholes[kind], KIND_KEY)
        if part:
            _put(forge, files[kind][part - 1], data[2:])
        sealed = forge.build() if part else forge.build(data[2:])
        for reader in (receivers[kind], None):
            try:
                opened = open_package(sealed, reader)
                if names[kind] == "delregion":
                    open_bundle(opened, reader)
            except Refusal as refusal:
                told(refusal)

    seeds: list[bytes] = []
    for kind, whole in enumerate(wholes):
        forge = Forge(whole, KIND_KEY)
        parts = [forge.payload, *(forge.data[name] for name in files[kind])]
        seeds += [bytes([kind, part]) + content for part, content in enumerate(parts)]
    return Target(tuple(seeds), run)


def codebook_target() -> Target:
    """A version of mått och listor in which the first record of any section is replaced."""
    right = rows_of(shipped_codebook())
    first = [at for at, row in enumerate(right) if row.id.endswith("/0000")]

    def run(data: bytes) -> None:
        at = first[data[0] % len(first)] if data else 0
        wrong = replace(right[at], content=data[1:].decode("utf-8", "replace"))
        try:
            book_of((*right[:at], wrong, *right[at + 1 :]))
        except Refusal as refusal:
            told(refusal)

    return Target(tuple(bytes([kind]) + right[at].content.encode() for kind, at in enumerate(first)), run)


def json_target() -> Target:
    def run(data: bytes) -> None:
        try:
            value = read_canonical(data, 8)
        except ValueError:
            return
        assert canonical(value) == data

    return Target((b'{"a":[1,{"b":null}],"c":"\xc3\xa5\\n\\u0007"}', b"[true,false,-9007199254740991]", b'""'), run)


def table_target() -> Target:
    parts = samples.workbook()
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    place = Path(tempfile.mkdtemp(prefix="fardplan-fuzz-")) / "tabell"

    def run(data: bytes) -> None:
        kind, body = (data[0] % (len(names) + 1), data[1:]) if data else (0, b"")
        place.write_bytes(body if kind == 0 else samples.packed(parts | {names[kind - 1]: body}))
        readers: tuple[Callable[[Path], object], ...] = (read_grid, read_book, is_answer)
        for read in readers:
            try:
                read(place)
            except InputProblem as problem:
                plain(problem.sentence)

    csv = 'Mått;2026-05\nSIP08;14\n"a""b";-\n'.encode()
    whole = (b"\0" + samples.packed(parts), b"\0" + csv, b"\0" + csv.decode().encode("utf-16"))
    return Target((*whole, *(bytes([at]) + parts[name] for at, name in enumerate(names, 1))), run)


TARGETS: Mapping[str, Callable[[], Target]] = {
    "package": package_target,
    "kinds": kinds_target,
    "codebook": codebook_target,
    "card": card_target,
    "text": text_target,
    "age": age_target,
    "json": json_target,
    "table": table_target,
}
