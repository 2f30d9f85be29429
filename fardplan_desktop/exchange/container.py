"""The canonical ZIP ("FP-ZIP/1"): an ordinary ZIP of stored files, of which only one spelling exists.

Every header byte follows from the names and the contents, so the reader builds each header anew and compares. That
closes the whole family of attacks where two unpackers see different files in the same archive.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence

import msgspec

from fardplan_desktop.exchange.age import check_header, is_age
from fardplan_desktop.exchange.messages import refuse

MAX_MEMBERS = 80

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_TIME, _DATE = 0, 0x0021
_ATTRIBUTES = 0o600 << 16

_NAME = re.compile(r"mimetype|META-INF/[a-z0-9][a-z0-9.-]{0,60}|(?:data|bilagor|paket)/[a-z0-9][a-z0-9_.-]{0,90}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


class Member(msgspec.Struct, frozen=True):
    """One file in the container; ``crc`` is what the header says, ``intact`` whether it is true."""

    name: str
    content: bytes
    crc: int

    @property
    def intact(self) -> bool:
        return zlib.crc32(self.content) == self.crc


class _Entry(msgspec.Struct, frozen=True):
    name: bytes
    size: int
    crc: int
    offset: int


def write_container(members: Sequence[tuple[str, bytes]]) -> bytes:
    """The container with these members in this order; the caller answers for names and order."""
    parts: list[bytes] = []
    entries: list[_Entry] = []
    offset = 0
    for name, content in members:
        entry = _Entry(name.encode("ascii"), len(content), zlib.crc32(content), offset)
        header = _local(entry)
        parts += (header, content)
        entries.append(entry)
        offset += len(header) + len(content)
    return b"".join([*parts, _directory(entries, offset)])


def read_container(data: bytes) -> tuple[Member, ...]:
    """The members in their order; raises Refusal E02 … E06. Contents are not yet compared with their checksums."""
    _check_start(data)
    count, directory = _read_end(data)
    if count > MAX_MEMBERS:
        raise refuse("E04-COUNT", f"{count} members")
    entries: list[_Entry] = []
    members: list[tuple[_Entry, bytes]] = []
    offset = 0
    for _ in range(count):
        entry, content = _read_entry(data, offset, directory)
        entries.append(entry)
        members.append((entry, content))
        offset += _LOCAL.size + len(entry.name) + entry.size
    if data[offset:] != _directory(entries, offset):
        raise refuse("E05", "central directory differs from the one its members give")
    names = [check_name(entry.name) for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise refuse("E06", "name occurs twice", name=name)
    return tuple(Member(name, content, entry.crc) for name, (entry, content) in zip(names, members, strict=True))


def first_members(start: bytes, number: int) -> tuple[bytes, ...]:
    """The contents of the first members, of a container of which only the beginning is at hand.

    Raises Refusal E02 or E05, also when they do not fit in it.
    """
    _check_start(start)
    contents: list[bytes] = []
    offset = 0
    for _ in range(number):
        entry, content = _read_entry(start, offset, len(start))
        contents.append(content)
        offset += _LOCAL.size + len(entry.name) + entry.size
    return tuple(contents)


def check_name(raw: bytes) -> str:
    """The member name; raises Refusal E06 unless it is on the list of allowed forms."""
    shown = ascii(raw[:100].decode("utf-8", "replace"))[1:-1]
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        raise refuse("E06", "name outside ASCII", name=shown) from None
    stem = name.rpartition("/")[2]
    if not _NAME.fullmatch(name) or ".." in name or name.endswith(".") or _RESERVED.fullmatch(stem):
        raise refuse("E06", "name not of an allowed form", name=shown)
    return name


def _check_start(data: bytes) -> None:
    if is_age(data):
        check_header(data)
        raise refuse("E02-LOCKED", "age file, not opened")
    if not data.startswith(_LOCAL_MARK):
        raise refuse("E02-MAGIC", "no ZIP local header at offset 0")


def _read_end(data: bytes) -> tuple[int, int]:
    """How many members, and where the central directory begins."""
    if len(data) < _END.size:
        raise refuse("E03", "shorter than an end record")
    mark, _, _, _, count, size, offset, _ = _END.unpack(data[-_END.size :])
    if mark != _END_MARK or offset + size + _END.size != len(data):
        raise refuse("E03", "no end record that fits the length")
    return count, offset


def _read_entry(data: bytes, offset: int, directory: int) -> tuple[_Entry, bytes]:
    if offset + _LOCAL.size > directory:
        raise refuse("E05", "member outside the space of members")
    fields = _LOCAL.unpack_from(data, offset)
    crc, size, name_length = fields[6], fields[8], fields[9]
    start = offset + _LOCAL.size + name_length
    if start + size > directory:
        raise refuse("E05", "member reaches into the directory")
    entry = _Entry(data[offset + _LOCAL.size : start], size, crc, offset)
    if data[offset:start] != _local(entry):
        raise refuse("E05", "local header differs from the one its member gives")
    return entry, data[start : start + size]


def _local(entry: _Entry) -> bytes:
    sizes = (entry.crc, entry.size, entry.size)
    return _LOCAL.pack(_LOCAL_MARK, _VERSION, 0, 0, _TIME, _DATE, *sizes, len(entry.name), 0) + entry.name


def _directory(entries: Sequence[_Entry], offset: int) -> bytes:
    """The central directory and the end record, for a directory at ``offset``."""
    records = b"".join(
        _CENTRAL.pack(
            _CENTRAL_MARK, _VERSION, _VERSION, 0, 0, _TIME, _DATE,
            entry.crc, entry.size, entry.size, len(entry.name), 0, 0, 0, 0, _ATTRIBUTES, entry.offset,
        ) + entry.name
        for entry in entries
    )  # fmt: skip
    return records + _END.pack(_END_MARK, 0, 0, len(entries), len(entries), len(records), offset, 0)
