"""A ZIP file of which every record can be written wrong: what the cases of ``test_zip_ambiguities`` are made with."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
ZIP64_END, ZIP64_LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
DESCRIPTOR = b"PK\x07\x08"
STORED, DEFLATED = 0, 8


@dataclass
class Header:
    """What a local header and a record of the central directory have in common."""

    name: bytes
    crc: int
    packed: int
    size: int
    flags: int = 0
    method: int = STORED
    extra: bytes = b""
    # The rest stands in the directory alone.
    made_by: int = 20
    attributes: int = 0o600 << 16
    comment: bytes = b""
    offset: int | None = None

    def local(self) -> bytes:
        fixed = struct.pack("<4s5H3I2H", LOCAL, 20, self.flags, self.method, 0, 0x21, *self._sizes())
        return fixed + self.name + self.extra

    def central(self, offset: int) -> bytes:
        fixed = struct.pack("<4s6H3I2H", CENTRAL, self.made_by, 20, self.flags, self.method, 0, 0x21, *self._sizes())
        at = offset if self.offset is None else self.offset
        rest = struct.pack("<3H2I", len(self.comment), 0, 0, self.attributes, at)
        return fixed + rest + self.name + self.extra + self.comment

    def _sizes(self) -> tuple[int, ...]:
        return (self.crc, self.packed, self.size, len(self.name), len(self.extra))


@dataclass
class Entry:
    """A member: the header before its content, what lies after the header, and its record in the directory."""

    local: Header
    central: Header
    content: bytes
    descriptor: bytes = b""

    def written(self) -> bytes:
        return self.local.local() + self.content + self.descriptor


@dataclass
class Zip:
    """``end`` holds what the end record says when it is not what is true."""

    entries: list[Entry] = field(default_factory=list)
    start: int = 0
    """Where in the file this archive begins, which offsets are counted from."""
    gap: bytes = b""
    """Bytes between the directory and the end record."""
    end: dict[str, int] = field(default_factory=dict)
    comment: bytes = b""
    records: list[int] | None = None
    """Which entries the directory lists; all of them when None."""

    def directory_at(self) -> int:
        return self.start + sum(len(each.written()) for each in self.entries)

    def directory(self) -> list[bytes]:
        offset, found = self.start, []
        for each in self.entries:
            found.append(each.central.central(offset))
            offset += len(each.written())
        return found if self.records is None else [found[at] for at in self.records]

    def written(self) -> bytes:
        records = self.directory()
        true = {
            "disk": 0,
            "start_disk": 0,
            "here": len(records),
            "total": len(records),
            "size": sum(map(len, records)),
            "offset": self.directory_at(),
            "comment": len(self.comment),
        }
        end = struct.pack("<4s4H2IH", END, *(true | self.end).values())
        return b"".join((*(each.written() for each in self.entries), *records, self.gap, end, self.comment))


def entry(name: str | bytes, content: bytes, method: int = STORED) -> Entry:
    raw = name.encode() if isinstance(name, str) else name
    packed = content
    if method == DEFLATED:
        squeeze = zlib.compressobj(wbits=-15)
        packed = squeeze.compress(content) + squeeze.flush()

    def header() -> Header:
        return Header(raw, zlib.crc32(content), len(packed), len(content), method=method)

    return Entry(header(), header(), packed)


def zip64_extra(*sizes: int) -> bytes:
    return struct.pack("<2H", 1, 8 * len(sizes)) + b"".join(struct.pack("<Q", size) for size in sizes)


def unicode_path(name: str, original: bytes, *, version: int = 1, crc: int | None = None) -> bytes:
    """Info-ZIP's extra field with a second name of the member."""
    true = zlib.crc32(original)
    body = struct.pack("<BI", version, true if crc is None else crc) + name.encode()
    return struct.pack("<2H", 0x7075, len(body)) + body


def zip64_end(count: int, size: int, offset: int) -> bytes:
    return struct.pack("<4sQ2H2I4Q", ZIP64_END, 44, 45, 45, 0, 0, count, count, size, offset)


def zip64_locator(offset: int) -> bytes:
    return struct.pack("<4sIQI", ZIP64_LOCATOR, 0, offset, 1)
