"""Files in which two unpackers see different contents: none of them is read.

The classes and their names are those of Yufan You, Jianjun Chen, Qi Wang and Haixin Duan, "My ZIP isn't your ZIP:
Identifying and Exploiting Semantic Gaps Between ZIP Parsers" (USENIX Security 2025), A1–A5 (one member read in two
ways), B1–B4 (two members on one place) and C1–C5 (which members there are); the variants follow the constructions that
the authors published with it. Each is made of a package that is otherwise right.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.container import read_container
from fardplan_desktop.exchange.verify import open_package
from tests.exchange.zips import (
    DEFLATED,
    DESCRIPTOR,
    END,
    STORED,
    Entry,
    Zip,
    entry,
    unicode_path,
    zip64_end,
    zip64_extra,
    zip64_locator,
)

Make = Callable[[Zip], bytes]
MAX = 0xFFFFFFFF


class Case(NamedTuple):
    """A variant of a class, what makes it from a right package, and the code it must be refused with."""

    name: str
    make: Make
    code: str = "E05"


def last(archive: Zip) -> Entry:
    return archive.entries[-1]


def changed(*, local: dict[str, object] | None = None, central: dict[str, object] | None = None) -> Make:
    """The last member with these fields of its two headers."""

    def make(archive: Zip) -> bytes:
        for header, fields in ((last(archive).local, local), (last(archive).central, central)):
            for field, value in (fields or {}).items():
                setattr(header, field, value)
        return archive.written()

    return make


def deflated(*, in_local: int, in_central: int) -> Make:
    def make(archive: Zip) -> bytes:
        name, plain = last(archive).local.name, last(archive).content
        squeezed = entry(name, plain, DEFLATED)
        for header, method in ((squeezed.local, in_local), (squeezed.central, in_central)):
            header.method = method
            header.packed = len(plain) if method == STORED else header.packed
        archive.entries[-1] = squeezed
        return archive.written()

    return make


def described(*, sizes: bool, local_zero: bool, central_zero: bool, wide: bool) -> Make:
    """A data descriptor after the content, with or without the true sizes in it and in the headers."""

    def make(archive: Zip) -> bytes:
        found = last(archive)
        size = found.local.size if sizes else 0
        found.descriptor = DESCRIPTOR + struct.pack("<I2Q" if wide else "<3I", found.local.crc, size, size)
        for header, zero in ((found.local, local_zero), (found.central, central_zero)):
            header.flags = 8
            if zero:
                header.packed = header.size = 0
        return archive.written()

    return make


def zip64_sizes(*headers: str, twice: bool = False) -> Make:
    def make(archive: Zip) -> bytes:
        for name in headers:
            header = getattr(last(archive), name)
            header.extra = zip64_extra(header.size, header.packed) + (zip64_extra(0, 0) if twice else b"")
            header.size = header.packed = MAX
        return archive.written()

    return make


def second_name(*extras: bytes, in_central: bytes | None = None, flags: int = 0) -> Make:
    extra = b"".join(extras)
    return changed(
        local={"extra": extra, "flags": flags},
        central={"extra": extra if in_central is None else in_central, "flags": flags},
    )


NAME = b"data/regler.jsonl"


def path(name: str, **given: int) -> bytes:
    return unicode_path(name, NAME, **given)


def with_names(*names: str | bytes) -> Make:
    """More members, of these names, after the package's own."""
    return lambda archive: Zip([*archive.entries, *(entry(name, b"x") for name in names)]).written()


def before(*names: str) -> Make:
    return lambda archive: Zip([*(entry(name, b"x") for name in names), *archive.entries]).written()


def unlisted(archive: Zip) -> bytes:
    """C1: a member whose header is there but whose record is not, for those who read from the front."""
    archive.records = list(range(len(archive.entries) - 1))
    return archive.written()


def fake_end_in_a_member(archive: Zip) -> bytes:
    first = archive.entries[0]
    inside = Zip([deepcopy(first)]).written()[len(first.written()) :]
    archive.entries[-1] = entry(NAME, inside)
    archive.records = [0]
    return archive.written()


def member_in_a_comment(archive: Zip) -> bytes:
    hidden = archive.entries.pop()
    last(archive).central.comment = hidden.written()
    archive.comment = hidden.written()
    return archive.written()


def member_inside_a_member(*, overlapping: bool) -> Make:
    def make(archive: Zip) -> bytes:
        inner = entry("data/annat.jsonl", b"x")
        archive.entries.append(entry("data/yta.jsonl", inner.written()))
        body = archive.written()
        at = body.index(inner.written())
        records = [inner.central.central(at), *(archive.directory() if overlapping else [])]
        end = struct.pack("<4s4H2IH", END, 0, 0, *[len(records)] * 2, sum(map(len, records)), len(body), 0)
        return body + b"".join(records) + end

    return make


def backwards(archive: Zip) -> bytes:
    archive.records = [*range(len(archive.entries))][::-1]
    return archive.written()


def after_each_other(*, tail: bytes = b"", wrong: int = 0) -> Make:
    """C2: three archives, each the comment of the one before, so that which end record counts is a matter of taste."""

    def make(archive: Zip) -> bytes:
        size = len(archive.written()) + len(tail)
        parts = []
        for place in range(3):
            each = Zip(deepcopy(archive.entries), start=size * place, comment=tail)
            each.end = {"comment": size * (2 - place) + len(tail) + (wrong if place != 1 else 0)}
            parts.append(each.written())
        return b"".join(parts)

    return make


def said(**end: int) -> Make:
    """The end record says this."""

    def make(archive: Zip) -> bytes:
        true = {"here": len(archive.entries), "total": len(archive.entries)}
        archive.end = {name: true.get(name, 0) + value if name in true else value for name, value in end.items()}
        return archive.written()

    return make


def short_directory(archive: Zip) -> bytes:
    archive.end = {"size": len(archive.directory()[0])}
    return archive.written()


def very_many(_archive: Zip) -> bytes:
    """65,537 members, of which a 16-bit counter sees one."""
    one, many = entry("a", b""), 65_537
    body, records = one.written() * many, one.central.central(0) * many
    return body + records + struct.pack("<4s4H2IH", END, 0, 0, 1, 1, len(records), len(body), 0)


def directory_elsewhere(archive: Zip) -> bytes:
    """C4: one directory where the end record points, another just before it."""
    away = b"".join(archive.directory())
    shadow = Zip(deepcopy(archive.entries), start=0)
    shadow.entries[-1].central.crc ^= 1
    body = b"".join(each.written() for each in archive.entries)
    end = {"offset": len(body)}
    shadow.end = end
    return body + away + shadow.written()[len(body) :]


def moved(archive: Zip) -> bytes:
    """Bytes before the archive, whose offsets are counted from where it began: as a self-extracting one."""
    return b"MZ" + bytes(62) + archive.written()


def moved_with_true_offsets(archive: Zip) -> bytes:
    return bytes(64) + Zip(archive.entries, start=64).written()


def zip64(*fields: str, gap: bytes = b"", more: int = 0, elsewhere: bool = False) -> Make:
    """C5: a 64-bit end record beside the ordinary one, which may or may not send the reader to it."""

    def make(archive: Zip) -> bytes:
        records = archive.directory()
        size, at = sum(map(len, records)), archive.directory_at()
        where = at + size
        archive.gap = zip64_end(len(records) - more, size, at) + zip64_locator(where + (7 if elsewhere else 0)) + gap
        full = {"disk": 0xFFFF, "here": 0xFFFF, "total": 0xFFFF, "size": MAX, "offset": MAX}
        archive.end = {name: full[name] for name in fields}
        return archive.written()

    return make


COUNTS = ("here", "total")
CASES = {
    "A1": [
        Case("stored says the local header, deflated the directory", deflated(in_local=STORED, in_central=DEFLATED)),
        Case("deflated says the local header, stored the directory", deflated(in_local=DEFLATED, in_central=STORED)),
        Case("deflated in both", deflated(in_local=DEFLATED, in_central=DEFLATED)),
    ],
    "A2": [
        Case("packed size 0 in the local header", changed(local={"packed": 0})),
        Case("size 0 in the local header", changed(local={"size": 0})),
        Case("both sizes 0 in the directory", changed(central={"packed": 0, "size": 0})),
        Case("both sizes 0 everywhere", changed(local={"packed": 0, "size": 0}, central={"packed": 0, "size": 0})),
        *(
            Case(f"a descriptor, variant {bits:04b}", described(**flags))
            for bits in range(16)
            for flags in [
                {
                    "sizes": bool(bits & 8),
                    "local_zero": bool(bits & 4),
                    "central_zero": bool(bits & 2),
                    "wide": bool(bits & 1),
                }
            ]
        ),
        Case("64-bit sizes in the local header", zip64_sizes("local")),
        Case("64-bit sizes in the directory", zip64_sizes("central")),
        Case("64-bit sizes in both", zip64_sizes("local", "central")),
        Case("two sets of 64-bit sizes", zip64_sizes("local", "central", twice=True)),
    ],
    "A3": [
        Case("one name in the header, another in the directory", changed(central={"name": b"data/annat.jsonl"})),
        Case("a second name", second_name(path("data/annat.jsonl"))),
        Case("second names that differ", second_name(path("data/a.jsonl"), in_central=path("data/b.jsonl"))),
        Case("a second name of version 0", second_name(path("data/a.jsonl", version=0))),
        Case("a second name of version 2", second_name(path("data/a.jsonl", version=2))),
        Case("a second name with a false checksum", second_name(path("data/a.jsonl", crc=0))),
        Case("two second names", second_name(path("data/a.jsonl"), path("data/b.jsonl"))),
        Case(
            "a second name of the second name",
            second_name(path("data/a.jsonl"), unicode_path("data/b.jsonl", b"data/a.jsonl")),
        ),
        Case(
            "a true and an invalid second name",
            second_name(path("data/a.jsonl"), path("data/b.jsonl", version=2, crc=0)),
        ),
        Case("a second name beside the flag for UTF-8", second_name(path("data/a.jsonl"), flags=0x800)),
        Case("the flag for UTF-8 alone", second_name(flags=0x800)),
    ],
    "A4": [
        Case("a folder with content", with_names("data/mapp/"), "E06"),
        Case("a folder with content, backslash", with_names("data\\mapp\\"), "E06"),
        Case("an empty folder", lambda archive: Zip([*archive.entries, entry("data/mapp/", b"")]).written(), "E06"),
        *(
            Case(f"a folder's attribute, {kind} made by {made}", changed(central={"attributes": bit, "made_by": by}))
            for kind, bit in (("DOS", 0o600 << 16 | 0x10), ("Unix", (0o600 | 0x4000) << 16))
            for made, by in (("DOS", 20), ("Unix", 3 << 8 | 20), ("macOS", 19 << 8 | 20))
        ),
        Case("the attribute of a link", changed(central={"attributes": 0o120777 << 16, "made_by": 3 << 8 | 20})),
    ],
    "A5": [
        Case("encrypted says the local header", changed(local={"flags": 1})),
        Case("encrypted says the directory", changed(central={"flags": 1})),
        Case("encrypted says both", changed(local={"flags": 1}, central={"flags": 1})),
        Case("strongly encrypted, masked headers", changed(local={"flags": 0x2041}, central={"flags": 0x2041})),
    ],
    "B1": [
        Case("a name twice", with_names("data/regler.jsonl"), "E06"),
        Case("a name twice, first", before("data/regler.jsonl"), "E06"),
    ],
    "B2": [
        Case(f"the byte {byte:02x} in a name", with_names(b"data/a" + bytes([byte]) + b"b.jsonl"), "E06")
        for byte in range(256)
        if not (bytes([byte]).isalnum() and not bytes([byte]).isupper()) and byte not in b"-_."
    ],
    "B3": [
        Case(f"the place {name}", with_names(name), "E06")
        for name in (
            "/data/antal.jsonl", "data//antal.jsonl", "data\\antal.jsonl", "./data/antal.jsonl", "data/./antal.jsonl",
            "data/antal.jsonl/.", "../data/antal.jsonl", ".../data/antal.jsonl", "data/.../antal.jsonl",
            "bilagor/../data/antal.jsonl", "C:/data/antal.jsonl", "data/antal.jsonl::$DATA",
        )
    ],
    "B4": [
        Case("a name in other letters", with_names("data/ANTAL.jsonl"), "E06"),
        Case("a name with a letter that folds", with_names("data/antal.\N{KELVIN SIGN}jsonl"), "E06"),
    ],
    "C1": [
        Case("a member that the directory does not list", unlisted),
        Case("a directory and an end record inside a member", fake_end_in_a_member),
        Case("members inside comments", member_in_a_comment, "E03"),
        Case("a member inside a member", member_inside_a_member(overlapping=False)),
        Case("a member inside a member, both listed", member_inside_a_member(overlapping=True)),
        Case("a directory in another order", backwards),
        Case("one member listed twice", lambda a: Zip(a.entries, records=[0, *range(len(a.entries))]).written()),
    ],
    "C2": [
        Case("three archives after each other", after_each_other()),
        Case("three archives, comments said too long", after_each_other(tail=b"\0", wrong=1), "E03"),
        Case("three archives, comments said too short", after_each_other(tail=b"\0", wrong=-1), "E03"),
        Case("a comment", lambda archive: Zip(archive.entries, comment=b"hej").written(), "E03"),
    ],
    "C3": [
        Case("one member fewer on this disk", said(here=-1)),
        Case("one member fewer in total", said(total=-1)),
        Case("one member fewer in both", said(here=-1, total=-1)),
        Case("one member more in both", said(here=1, total=1)),
        Case("a directory said shorter", short_directory, "E03"),
        Case("65,537 members", very_many),
    ],
    "C4": [
        Case("two directories", directory_elsewhere, "E03"),
        Case("bytes before the archive", moved, "E02-MAGIC"),
        Case("bytes before the archive, counted", moved_with_true_offsets, "E02-MAGIC"),
        Case("another start of the directory", said(offset=1), "E03"),
        Case("bytes between directory and end", lambda a: Zip(a.entries, gap=b"x").written(), "E03"),
        Case("another disk", said(disk=1, start_disk=1)),
    ],
    "C5": [
        Case("a 64-bit end record", zip64(), "E03"),
        *(Case(f"sent there by {field}", zip64(field), "E03") for field in ("disk", "here", "total", "size", "offset")),
        Case("sent there by everything", zip64("disk", *COUNTS, "size", "offset"), "E03"),
        Case("with a gap before the end record", zip64(*COUNTS, gap=b"\0"), "E03"),
        Case("that lists fewer", zip64(*COUNTS, more=1), "E03"),
        Case("that the locator does not point at", zip64(*COUNTS, elsewhere=True), "E03"),
    ],
}  # fmt: skip


@pytest.fixture
def archive(package: bytes) -> Zip:
    found = Zip([entry(each.name, each.content) for each in read_container(package)])
    assert found.written() == package
    assert last(found).local.name == NAME
    return found


@pytest.mark.parametrize("kind", sorted(CASES))
def test_no_file_that_two_unpackers_read_differently_is_read(kind: str, archive: Zip, office: Any) -> None:
    for case in CASES[kind]:
        data = case.make(deepcopy(archive))
        with pytest.raises(Refusal) as caught:
            open_package(data, office)
        assert (case.name, caught.value.code) == (case.name, case.code)


@pytest.mark.parametrize("kind", sorted(CASES))
def test_an_ordinary_unpacker_lists_files_of_each_class(kind: str, archive: Zip) -> None:
    """Or else the samples would be mere rubbish, and their refusal would prove nothing."""

    def lists(data: bytes) -> bool:
        try:
            return bool(zipfile.ZipFile(io.BytesIO(data)).namelist())
        except (zipfile.BadZipFile, NotImplementedError):
            return False

    assert any(lists(case.make(deepcopy(archive))) for case in CASES[kind])
