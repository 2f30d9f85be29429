"""Opening a package: the verification algorithm, step by step in the specification's order.

Nothing is parsed before its bytes are proven, apart from the container's headers and one small envelope. Whatever the
bytes are, the only thing that leaves here beside an opened package is a ``Refusal``.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.verdicts import Receiver, TrustedKey, Verdict, Warning
from fardplan_desktop.exchange import messages
from fardplan_desktop.exchange.container import Member, read_container
from fardplan_desktop.exchange.envelope import Envelope, read_envelope
from fardplan_desktop.exchange.keys import check_code_of, check_public, keyid_of
from fardplan_desktop.exchange.kinds import KINDS, MAX_BUNDLE, OFFICE_FILES, Kind, largest_file
from fardplan_desktop.exchange.messages import PackageRefusal, refuse
from fardplan_desktop.exchange.replay import check_replay, clock_warnings, history_warnings, skipped
from fardplan_desktop.exchange.rows import SCHEMAS, Identified, Rows, read_file, read_rows
from fardplan_desktop.exchange.sshsig import SshSignature, read_sshsig
from fardplan_desktop.exchange.statement import (
    Statement,
    check_period,
    read_statement,
    utc_moment,
)

MEDIA_TYPE = b"application/vnd.fardplan.paket+zip"
MIMETYPE_MEMBER = "mimetype"
ENVELOPE_MEMBER = "META-INF/statement.dsse.json"
SSHSIG_MEMBER = "META-INF/statement.sshsig"

_NOBODY = "avsändaren"

R = TypeVar("R", bound=Identified)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A package that passed every step, and the verdict to show."""

    verdict: Verdict
    statement: Statement
    rows: Rows
    """The five files; empty for a kind that has none of them."""
    tables: Mapping[str, tuple[Identified, ...]]
    """Every other data file by its name."""
    nested: Mapping[str, bytes]
    """The packages that a bundle carries, by member name. Nothing in them is verified yet, but that they came so."""
    attachments: Mapping[str, bytes]
    """File name → PDF; to be saved on request, never opened by us."""
    public: bytes
    """The key that sealed it. Without a receiver it came from the package itself and is not trusted."""
    file_sha256: str
    digest: str
    """SHA-256 of the signed statement."""

    @property
    def warnings(self) -> tuple[Warning, ...]:
        return self.verdict.warnings

    def table(self, name: str, row: type[R]) -> tuple[R, ...]:
        """The rows of one of the other files; none when the package has no such file."""
        return tuple(each for each in self.tables.get(name, ()) if isinstance(each, row))


class _Parts(msgspec.Struct, frozen=True):
    """Step 4: the container's members by their role."""

    envelope: bytes
    sshsig: SshSignature | None
    fixed: tuple[Member, ...]
    data: dict[str, Member]


class _Sealed(msgspec.Struct, frozen=True):
    """Steps 5–10 done: what the holder of ``public`` has said."""

    statement: Statement
    public: bytes
    digest: str
    unknown: str


def read_package_file(path: Path, limit: int = MAX_BUNDLE) -> bytes:
    """Steps 0–1: the bytes of a regular file, looked at before it is read and read once; raises Refusal E01, E04."""
    with _regular_file(path, limit) as file:
        data = file.read(limit + 1)
    _check_size(data, limit)
    return data


def read_start(path: Path, most: int) -> bytes:
    """The first bytes of a regular file, whatever its size; raises Refusal E01."""
    with _regular_file(path) as file:
        return file.read(most)


@contextmanager
def _regular_file(path: Path, limit: int | None = None) -> Iterator[BinaryIO]:
    try:
        size = _regular_size(path)
        if limit is not None and size > limit:
            raise refuse("E04", f"{size} bytes", size=_mebibytes(size), limit=_mebibytes(limit))
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise refuse("E01", "not a regular file")
            yield file
    except (OSError, ValueError) as error:
        raise refuse("E01", type(error).__name__) from None


def open_package(data: bytes, receiver: Receiver | None) -> Opened:
    """The package, verified. Raises Refusal with the code of the step that said no.

    Without a receiver the key is taken from the package's second signature: the seal is tried, the sender is not, and
    steps 6, 11, 12 and 16 are left out.
    """
    _check_size(data, largest_file(None if receiver is None else receiver.own.level))
    parts = _sort_members(read_container(data))
    envelope = read_envelope(parts.envelope)
    key = None if receiver is None else receiver.key(envelope.keyid)
    if receiver is not None and key is None:
        raise _unknown_sender(parts, envelope, receiver)
    public = _public_key(parts, envelope) if key is None else key.public
    if key is not None:
        _check_key(key)
    sealed = _read_sealed(parts, envelope, public, receiver)
    about = _about(sealed, envelope, receiver, key)
    try:
        return _open(data, parts, sealed, about, receiver, key)
    except PackageRefusal as refusal:
        refusal.about = about
        raise


def _open(
    data: bytes, parts: _Parts, sealed: _Sealed, about: Verdict, receiver: Receiver | None, key: TrustedKey | None
) -> Opened:
    """Steps 11–17."""
    statement = sealed.statement
    sender = about.issuer_name or _NOBODY
    if statement.predicate.key_id != about.keyid:
        raise refuse("E15", "keyId differs from the envelope's keyid", sender=sender)
    warnings: list[Warning] = []
    if statement.predicate.format_version != "1.0":
        warnings += [messages.newer_minor(statement.predicate.format_version, sealed.unknown)] if sealed.unknown else []
    if receiver is not None and key is not None:
        _check_sender(statement, receiver, key)
        _check_audience(statement, receiver)
    kind = KINDS[statement.predicate.kind]
    period = check_period(statement)
    if receiver is not None:
        if kind.reported and period.type is not receiver.reporting_type:
            raise refuse("E17", f"{period.id} is not of the reporting period type")
        if not kind.brings_code_book:
            _check_codebook(statement, receiver.codebook_version)
    _check_size(data, kind.max_file)
    _check_members(parts, statement, kind)
    _check_contents(parts, statement, kind)
    if receiver is not None:
        seen = receiver.replay(about.issuer_code, about.kind, receiver.own.code)
        judged = check_replay(about, seen, kind)
        about = msgspec.structs.replace(about, skipped=skipped(about, judged))
        warnings += history_warnings(about, judged)
        spent = seen.active_by_period.get(period.id) != judged.active_by_period.get(period.id)
        warnings += [messages.instead_of_revoked()] * (kind.one_per_period and spent)
        warnings += clock_warnings(utc_moment(about.approved_at), receiver.now)
    rows, tables = _read_data(parts, statement)
    bare = sum(rule.severity == "warning" and rule.outcome == "broken" and not rule.comment for rule in rows.rules)
    warnings += [messages.uncommented(bare)] if bare else []
    return Opened(
        verdict=messages.accepted(msgspec.structs.replace(about, warnings=tuple(warnings))),
        statement=statement,
        rows=rows,
        tables=tables,
        nested=_within(parts, "paket/"),
        attachments={name.removeprefix("bilagor/"): each for name, each in _within(parts, "bilagor/").items()},
        public=sealed.public,
        file_sha256=hashlib.sha256(data).hexdigest(),
        digest=sealed.digest,
    )


def _sort_members(members: tuple[Member, ...]) -> _Parts:
    """Step 4: what must be there is there, in its place, and nothing else."""
    names = [each.name for each in members]
    fixed = 3 if SSHSIG_MEMBER in names[2:3] else 2
    if names[:2] != [MIMETYPE_MEMBER, ENVELOPE_MEMBER] or members[0].content != MEDIA_TYPE:
        raise refuse("E07", "mimetype and envelope do not come first")
    rest = members[fixed:]
    if any(each.name == MIMETYPE_MEMBER or each.name.startswith("META-INF/") for each in rest):
        raise refuse("E07", "unknown member in META-INF")
    if names[fixed:] != sorted(names[fixed:]):
        raise refuse("E07", "members out of order")
    return _Parts(
        members[1].content,
        read_sshsig(members[2].content) if fixed == 3 else None,
        members[:fixed],
        {each.name: each for each in rest},
    )


def _public_key(parts: _Parts, envelope: Envelope) -> bytes:
    """The key in the second signature, which must be the one the envelope names."""
    if parts.sshsig is None or keyid_of(parts.sshsig.public) != envelope.keyid:
        refusal = refuse("E10-UNKNOWNKEY", "no SSHSIG member with the envelope's key", sender=_NOBODY)
        refusal.about = Verdict(keyid=envelope.keyid, check_code=check_code_of(envelope.keyid))
        raise refusal
    _check_strength(parts.sshsig.public)
    return parts.sshsig.public


def _unknown_sender(parts: _Parts, envelope: Envelope, receiver: Receiver) -> PackageRefusal:
    """Step 6 failed. Whom to call is what the seal's own holder says, named by our code book; else nobody."""
    refusal = refuse("E10-UNKNOWNKEY", f"key {envelope.keyid} is not in the trust store", sender=_NOBODY)
    refusal.about = Verdict(keyid=envelope.keyid, check_code=check_code_of(envelope.keyid))
    try:
        sealed = _read_sealed(parts, envelope, _public_key(parts, envelope), receiver)
    except PackageRefusal:
        return refusal
    about = _about(sealed, envelope, receiver, None)
    named = refuse("E10-UNKNOWNKEY", refusal.detail, sender=about.issuer_name or _NOBODY)
    named.about = about
    return named


def _check_key(key: TrustedKey) -> None:
    if key.status == "revoked":
        raise refuse("E10-REVOKED", f"key {key.keyid} is revoked", sender=key.org_name, reason=key.note)
    _check_strength(key.public)
    if keyid_of(key.public) != key.keyid:
        raise refuse("E10-WEAKKEY", "trusted key does not give its own id")


def _check_strength(public: bytes) -> None:
    try:
        check_public(public)
    except KeyProblem:
        raise refuse("E10-WEAKKEY", "small-order or non-canonical public key") from None


def _read_sealed(parts: _Parts, envelope: Envelope, public: bytes, receiver: Receiver | None) -> _Sealed:
    """Steps 7–10."""
    envelope.check(public)
    if parts.sshsig is not None:
        if parts.sshsig.public != public:
            raise refuse("E11-SSHSIG", "SSHSIG is by another key")
        parts.sshsig.check(envelope.payload)
    practice, reader = (None, None) if receiver is None else (receiver.practice, receiver.own.level)
    statement, unknown = read_statement(envelope.payload, practice=practice, reader=reader)
    issuer = statement.predicate.issuer
    if receiver is not None and not _same(receiver.organisation(issuer.code), issuer.type):
        raise refuse("E14", "issuer is not in the code book", field="issuer")
    return _Sealed(statement, public, hashlib.sha256(envelope.payload).hexdigest(), unknown)


def _same(found: Organisation | None, wire: str) -> bool:
    return found is not None and found.level.wire == wire


def _about(sealed: _Sealed, envelope: Envelope, receiver: Receiver | None, key: TrustedKey | None) -> Verdict:
    """What is known once the statement is read; names come from the trust store or the code book."""
    statement, predicate = sealed.statement, sealed.statement.predicate
    known = receiver.organisation(predicate.issuer.code) if receiver else None
    replaced = predicate.supersedes
    return Verdict(
        trust="unknown" if key is None else "checked",
        keyid=envelope.keyid,
        check_code=check_code_of(envelope.keyid),
        issuer_code=predicate.issuer.code,
        issuer_name=key.org_name if key else known.name if known else "",
        audience_code=predicate.audience[0].code,
        kind=predicate.kind,
        period=predicate.period.id,
        sequence=predicate.sequence,
        digest=sealed.digest,
        supersedes=None if replaced is None else (replaced.sequence, replaced.statement_sha256),
        approved_at=predicate.approved_at,
        approved_by=predicate.approved_by.function,
        codebook_version=predicate.code_book.version,
        practice=statement.practice,
        counts=statement.counts,
    )


def _check_sender(statement: Statement, receiver: Receiver, key: TrustedKey) -> None:
    """Step 11: the key belongs to the organisation that the package says it comes from."""
    predicate = statement.predicate
    if (key.org_code, key.org_level.wire) != (predicate.issuer.code, predicate.issuer.type):
        claimed = receiver.organisation(predicate.issuer.code)
        detail = f"key belongs to {key.org_code}, package claims {claimed.code if claimed else 'unknown'}"
        raise refuse("E15", detail, sender=key.org_name)
    if key.status == "replaced" and predicate.sequence > (key.last_sequence or 0):
        raise refuse("E10-ROTATED", f"replaced key, sequence {predicate.sequence}", sender=key.org_name)


def _check_audience(statement: Statement, receiver: Receiver) -> None:
    """Step 12."""
    audience = statement.predicate.audience
    own = (receiver.own.level.wire, receiver.own.code)
    if not any(
        (each.type, each.code) == own or (each.type == "alla" and receiver.is_under(each.code)) for each in audience
    ):
        known = receiver.organisation(audience[0].code)
        raise refuse("E16", "own organisation is not in audience", audience=known.name if known else audience[0].code)


def _check_codebook(statement: Statement, own: int) -> None:
    version = statement.predicate.code_book.version
    if version > own:
        raise refuse("E23-CODEBOOK", f"code book {version}", version=version, own=own)


def _check_members(parts: _Parts, statement: Statement, kind: Kind) -> None:
    """Step 14: the members are exactly the ones that are signed, and those of their kind."""
    signed = {each.name for each in statement.subject}
    data = {name for name in signed if name.startswith("data/")}
    foreign = {name for name in signed if name.startswith("paket/")} if not kind.bundles else set()
    odd = (signed ^ set(parts.data)) | (kind.required - data) | (data - kind.required - kind.optional) | foreign
    for name in sorted(odd):
        raise refuse("E19", f"{name}: members, subject and kind differ", name=name)
    if len(parts.fixed) + len(parts.data) > kind.max_members:
        raise refuse("E04-COUNT", "more members than a package of its kind may have")


def _check_contents(parts: _Parts, statement: Statement, kind: Kind) -> None:
    """Step 15: every byte is the one that was signed."""
    for subject in statement.subject:
        content = parts.data[subject.name].content
        if len(content) > kind.max_member:
            raise refuse("E04", subject.name, size=_mebibytes(len(content)), limit=_mebibytes(kind.max_member))
        if len(content) != subject.annotations.size or hashlib.sha256(content).hexdigest() != subject.digest.sha256:
            raise refuse("E20", f"{subject.name}: size or SHA-256 differs from the signed one", name=subject.name)
        if subject.name.startswith("bilagor/") and not content.startswith(b"%PDF-"):
            raise refuse("E14", "attachment is no PDF", field=subject.name)
    for member in (*parts.fixed, *parts.data.values()):
        if not member.intact:
            raise refuse("E05-CRC", f"{member.name}: CRC-32 differs", name=member.name)


def _read_data(parts: _Parts, statement: Statement) -> tuple[Rows, dict[str, tuple[Identified, ...]]]:
    """Step 17, after the signed record counts have been compared with the files'."""
    counts = statement.counts
    for name, records in counts.items():
        if parts.data[name].content.count(b"\n") != records:
            raise refuse("E14", f"{name}: signed record count differs", field="records")
    rows = read_rows(lambda name: parts.data[name].content) if set(SCHEMAS) <= set(counts) else Rows()
    others: dict[str, tuple[Identified, ...]] = {
        name: read_file(name, parts.data[name].content, row)
        for name, (_, row) in OFFICE_FILES.items()
        if name in counts
    }
    return rows, others


def _within(parts: _Parts, folder: str) -> dict[str, bytes]:
    return {name: each.content for name, each in parts.data.items() if name.startswith(folder)}


def _regular_size(path: Path) -> int:
    info = path.lstat()
    if not stat.S_ISREG(info.st_mode):
        raise refuse("E01", "not a regular file")
    return info.st_size


def _check_size(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise refuse("E04", f"{len(data)} bytes", size=_mebibytes(len(data)), limit=_mebibytes(limit))


def _mebibytes(size: int) -> str:
    return f"{-(-size // (1024 * 1024))} MB"
