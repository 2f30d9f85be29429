"""Sealing: from a snapshot of a period to the bytes of a package. The same snapshot and key give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET

from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.envelope import make_envelope
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import KINDS, SCHEMA_OF, KindName
from fardplan_desktop.exchange.rows import SCHEMAS, Identified, Rows, write_file, write_rows
from fardplan_desktop.exchange.sshsig import make_sshsig
from fardplan_desktop.exchange.statement import (
    FORMAT,
    FORMAT_VERSION,
    JSON_LINES,
    PACKAGE,
    PACKAGE_TYPE,
    PDF,
    PRACTICE_TYPE,
    STATEMENT_TYPE,
    Addressee,
    Annotations,
    ApprovedBy,
    CodeBookPart,
    Digest,
    Expected,
    Generator,
    HistoryHead,
    Introduced,
    MediaType,
    MissingPart,
    Organ,
    PeriodPart,
    Predicate,
    Statement,
    Subject,
    Supersedes,
    utc_text,
    write_statement,
)
from fardplan_desktop.exchange.verify import (
    ENVELOPE_MEMBER,
    MEDIA_TYPE,
    MIMETYPE_MEMBER,
    SSHSIG_MEMBER,
    open_package,
)


class NestedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A member's sealed file as it came, with what its own statement says."""

    data: bytes
    code: str
    period_id: str
    sequence: int
    digest: str
    """SHA-256 of its statement, 64 hex."""

    @property
    def name(self) -> str:
        """``1462_2026-t2_0001.fardpaket``: inside a package names are in lower case."""
        return package_file_name(self.code, self.period_id, self.sequence).lower()


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle says of the delregion's members."""

    expected: tuple[Expected, ...]
    missing: tuple[MissingPart, ...]
    introduces: tuple[Introduced, ...]


class PackageContent(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is sealed. ``supersedes`` and ``history_head`` are number and SHA-256 (64 hex)."""

    kind: KindName = "kommun"
    issuer: Organisation
    audience: tuple[Organisation, ...]
    to_all: bool = False
    """Meant for everyone under the organisations of the audience."""
    period: Period
    sequence: int
    approved_at: datetime
    """When it was approved, not when it is exported; with a time zone."""
    approved_by: str
    """A function, never a person's name."""
    codebook_version: int
    codebook_sha256: str
    generator_name: str
    generator_version: str
    rows: Rows = Rows()
    """The five files; written only by the kinds that have them."""
    tables: Mapping[str, Sequence[Identified]] = {}
    """Every other data file by its name."""
    nested: tuple[NestedPackage, ...] = ()
    register: Register | None = None
    """Of a bundle, and of nothing else."""
    supersedes: tuple[int, str] | None = None
    attachments: Mapping[str, bytes] = {}
    """File name (``bilaga.pdf``) → PDF bytes."""
    history_head: tuple[int, str] | None = None


def seal(content: PackageContent, key: SigningKey, *, practice: bool) -> bytes:
    """The package. It is opened again before it is handed out, so what we seal is what we would accept.

    Raises Refusal (E14, E17, E21 …) when the content breaks the format, such as a text that is too long.
    """
    members = write_rows(content.rows) if KINDS[content.kind].required >= set(SCHEMAS) else {}
    members |= {name: write_file(rows) for name, rows in content.tables.items()}
    members |= {f"paket/{each.name}": each.data for each in content.nested}
    members |= {f"bilagor/{name}": pdf for name, pdf in content.attachments.items()}
    ordered = sorted(members.items())
    payload = write_statement(_statement(content, key, ordered, practice))
    data = write_container(
        [
            (MIMETYPE_MEMBER, MEDIA_TYPE),
            (ENVELOPE_MEMBER, make_envelope(payload, key)),
            (SSHSIG_MEMBER, make_sshsig(payload, key)),
            *ordered,
        ]
    )
    open_package(data, None)
    return data


def package_file_name(issuer_code: str, period_id: str, sequence: int) -> str:
    """``1462_2026-T2_0001.fardpaket``"""
    return f"{issuer_code}_{period_id}_{sequence:04d}.fardpaket"


def _statement(content: PackageContent, key: SigningKey, members: list[tuple[str, bytes]], practice: bool) -> Statement:
    period, replaced, head, register = content.period, content.supersedes, content.history_head, content.register
    predicate = Predicate(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        kind=content.kind,
        issuer=_organ(content.issuer),
        audience=tuple(_addressee(each, content.to_all) for each in content.audience),
        period=PeriodPart(id=period.id, start=period.start.isoformat(), end=period.end.isoformat()),
        sequence=content.sequence,
        supersedes=None if replaced is None else Supersedes(sequence=replaced[0], statement_sha256=replaced[1]),
        approved_at=utc_text(content.approved_at),
        key_id=key.keyid,
        code_book=CodeBookPart(version=content.codebook_version, sha256=content.codebook_sha256),
        approved_by=ApprovedBy(function=content.approved_by, no_personal_data=True),
        generator=Generator(name=content.generator_name, version=content.generator_version),
        critical=(),
        history_head=UNSET if head is None else HistoryHead(count=head[0], sha256=head[1]),
        expected=UNSET if register is None else register.expected,
        missing=UNSET if register is None else register.missing,
        introduces=UNSET if register is None else register.introduces,
    )
    nested = {f"paket/{each.name}": each for each in content.nested}
    return Statement(
        type=STATEMENT_TYPE,
        predicate_type=PRACTICE_TYPE if practice else PACKAGE_TYPE,
        subject=tuple(_subject(name, data, nested.get(name)) for name, data in members),
        predicate=predicate,
    )


def _subject(name: str, data: bytes, nested: NestedPackage | None) -> Subject:
    schema = SCHEMA_OF.get(name)
    media_type: MediaType
    if schema is not None:
        media_type, notes = JSON_LINES, Annotations(size=len(data), records=data.count(b"\n"), schema=schema)
    elif nested is not None:
        media_type = PACKAGE
        notes = Annotations(size=len(data), code=nested.code, sequence=nested.sequence, statement_sha256=nested.digest)
    else:
        media_type, notes = PDF, Annotations(size=len(data))
    return Subject(
        name=name, digest=Digest(sha256=hashlib.sha256(data).hexdigest()), media_type=media_type, annotations=notes
    )


def _organ(organisation: Organisation) -> Organ:
    return msgspec.convert(
        {"type": organisation.level.wire, "code": organisation.code, "name": organisation.name}, Organ
    )


def _addressee(organisation: Organisation, to_all: bool) -> Addressee:
    kind = "alla" if to_all else organisation.level.wire
    return msgspec.convert({"type": kind, "code": organisation.code, "name": organisation.name}, Addressee)
