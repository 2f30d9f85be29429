"""The signed statement: an in-toto Statement v1 that lists every other member, and says who, for whom and for when.

The types hold what is written; ``read_statement`` holds the steps that judge it, in the specification's order:
canonical JSON (E12), type and version (E13), fields (E14), period (E17).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, level_of_wire
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.kinds import KINDS, MAX_FILE, SCHEMA_OF, KindName
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.rows import MAX_RECORDS

NAMESPACE = "https://fardplan.example/ns"
"""To be replaced by an address the county owns before the first real package, since it is signed."""
PACKAGE_TYPE = f"{NAMESPACE}/paket/v1"
PRACTICE_TYPE = f"{NAMESPACE}/ovning/v1"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
FORMAT = "fardplan-paket"
FORMAT_VERSION = "1.0"
JSON_LINES: Final = "application/jsonl"
PDF: Final = "application/pdf"
PACKAGE: Final = "application/vnd.fardplan.paket+zip"
MAX_DEPTH = 8

_NEWER_TYPE = re.compile(re.escape(NAMESPACE) + r"/(?:paket|ovning)/v[0-9]+")
_UTC = "%Y-%m-%dT%H:%M:%SZ"

Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
OrgCode = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9-]{1,15}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Function = Annotated[str, Meta(min_length=1, max_length=80)]
Sequence = Annotated[int, Meta(ge=1, le=1_000_000)]
_FILE = r"[a-z0-9][a-z0-9_.-]*"
SubjectName = Annotated[str, Meta(pattern=rf"\A(data/[a-z]+\.jsonl|bilagor/{_FILE}\.pdf|paket/{_FILE}\.fardpaket)\Z")]
MediaType = Literal["application/jsonl", "application/pdf", "application/vnd.fardplan.paket+zip"]
VersionText = Annotated[str, Meta(min_length=1, max_length=40)]


class _Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Unknown fields are found by encoding what was read and comparing, since a newer minor version may add some."""


class Organ(_Wire, frozen=True, kw_only=True):
    """An organisation as the package names it. ``name`` is never shown: anyone may call themselves anything."""

    type: Literal["kommun", "delregion", "lan"]
    code: OrgCode
    name: Name


class Addressee(_Wire, frozen=True, kw_only=True):
    """Whom it is for; ``alla`` is everyone under the organisation with the code."""

    type: Literal["kommun", "delregion", "lan", "alla"]
    code: OrgCode
    name: Name


class Digest(_Wire, frozen=True, kw_only=True):
    sha256: Sha256


class Annotations(_Wire, frozen=True, kw_only=True):
    size: Annotated[int, Meta(ge=0, le=MAX_FILE)]
    records: Annotated[int, Meta(ge=0, le=MAX_RECORDS)] | UnsetType = UNSET
    schema: str | UnsetType = UNSET
    code: OrgCode | UnsetType = UNSET
    sequence: Sequence | UnsetType = UNSET
    statement_sha256: Sha256 | UnsetType = UNSET


class Subject(_Wire, frozen=True, kw_only=True):
    name: SubjectName
    digest: Digest
    media_type: MediaType
    annotations: Annotations


class PeriodPart(_Wire, frozen=True, kw_only=True):
    id: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")


class Supersedes(_Wire, frozen=True, kw_only=True):
    sequence: Sequence
    statement_sha256: Sha256


class CodeBookPart(_Wire, frozen=True, kw_only=True):
    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    sha256: Sha256


class ApprovedBy(_Wire, frozen=True, kw_only=True):
    """A function, not a person; it vouches that nothing in the package identifies anyone."""

    function: Function
    no_personal_data: bool


class Generator(_Wire, frozen=True, kw_only=True):
    name: Name
    version: VersionText


class HistoryHead(_Wire, frozen=True, kw_only=True):
    count: Annotated[int, Meta(ge=0)]
    sha256: Sha256


class Expected(_Wire, frozen=True, kw_only=True):
    """A member of the delregion: its file is inside, only its figures are, or nothing came."""

    code: OrgCode
    state: Literal["included", "reported", "missing"]


class MissingPart(_Wire, frozen=True, kw_only=True):
    code: OrgCode
    reason: Annotated[str, Meta(min_length=1, max_length=300)]


class Introduced(_Wire, frozen=True, kw_only=True):
    """A member's key, as the delregion has checked it; ``name`` is never shown."""

    code: OrgCode
    name: Name
    public_key: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9+/]{43}=\Z")]


class Predicate(_Wire, frozen=True, kw_only=True):
    format: str
    format_version: str
    kind: KindName
    issuer: Organ
    audience: Annotated[tuple[Addressee, ...], Meta(min_length=1, max_length=4)]
    period: PeriodPart
    sequence: Sequence
    supersedes: Supersedes | None
    approved_at: str
    key_id: Sha256
    code_book: CodeBookPart
    approved_by: ApprovedBy
    generator: Generator
    critical: tuple[str, ...]
    history_head: HistoryHead | UnsetType = UNSET
    expected: Annotated[tuple[Expected, ...], Meta(max_length=80)] | UnsetType = UNSET
    missing: Annotated[tuple[MissingPart, ...], Meta(max_length=80)] | UnsetType = UNSET
    introduces: Annotated[tuple[Introduced, ...], Meta(max_length=80)] | UnsetType = UNSET


class Statement(_Wire, frozen=True, kw_only=True):
    type: str = msgspec.field(name="_type")
    predicate_type: str
    subject: Annotated[tuple[Subject, ...], Meta(min_length=1, max_length=80)]
    predicate: Predicate

    @property
    def practice(self) -> bool:
        return self.predicate_type == PRACTICE_TYPE

    @property
    def period(self) -> Period:
        """Raises InputProblem for an id that is no period."""
        return parse_period(self.predicate.period.id)

    @property
    def counts(self) -> dict[str, int]:
        """Data file → records, as signed."""
        return {each.name: each.annotations.records for each in self.subject if each.annotations.records is not UNSET}


def json_of(value: msgspec.Struct) -> Json:
    """The struct as plain JSON values."""
    plain: Json = msgspec.json.decode(msgspec.json.encode(value))
    return plain


def write_statement(statement: Statement) -> bytes:
    return canonical(json_of(statement))


def read_statement(payload: bytes, *, practice: bool | None, reader: Level | None = None) -> tuple[Statement, str]:
    """The statement, and the name of a field this version does not know ("" when there is none).

    ``practice`` says which of the two sorts is read, None either; ``reader`` leaves only the kinds that its level takes
    in. Raises Refusal E12, E13, E14.
    """
    try:
        raw = read_canonical(payload, MAX_DEPTH)
    except ValueError as error:
        raise refuse("E12", f"statement: {error}") from None
    minor = _check_type(raw, practice, reader)
    try:
        statement = msgspec.convert(raw, Statement)
    except msgspec.ValidationError as error:
        raise refuse("E14", str(error), field=_field(error)) from None
    _check_fields(statement)
    unknown = ""
    if write_statement(statement) != payload:
        unknown = _unknown(raw, json_of(statement)) or "statement"
    if unknown and minor == 0:
        raise refuse("E14", "unknown field", field=unknown)
    return statement, unknown


def check_period(statement: Statement) -> Period:
    """The period when id and dates agree; raises Refusal E17."""
    part = statement.predicate.period
    try:
        period = statement.period
    except InputProblem as error:
        raise refuse("E17", str(error)) from None
    if (part.start, part.end) != (period.start.isoformat(), period.end.isoformat()):
        raise refuse("E17", f"{part.id} is not {part.start[:20]} to {part.end[:20]}")
    return period


def utc_text(moment: datetime) -> str:
    """``2026-09-01T09:00:00Z``; the moment must have a time zone."""
    return moment.astimezone(UTC).strftime(_UTC)


def utc_moment(text: str) -> datetime:
    """The moment written as ``utc_text`` does; raises ValueError for any other spelling."""
    moment = datetime.strptime(text, _UTC).replace(tzinfo=UTC)
    if utc_text(moment) != text:
        raise ValueError(f"{text[:30]} is not of the one form")
    return moment


def _check_type(raw: Json, practice: bool | None, reader: Level | None) -> int:
    """Step 9, on values not yet typed, since a newer version's may differ. Returns the minor version."""
    predicate_type, name = _text(raw, "predicateType"), _text(raw, "predicate", "format")
    if _text(raw, "_type") != STATEMENT_TYPE or name not in ("", FORMAT):
        raise refuse("E13-TYPE", "not a fardplan-paket statement", reason="Den hör inte till Färdplan.")
    if predicate_type not in (PACKAGE_TYPE, PRACTICE_TYPE):
        if _NEWER_TYPE.fullmatch(predicate_type):
            raise refuse("E13-NEWER", predicate_type, version=predicate_type.rpartition("/")[2])
        raise refuse("E13-TYPE", ascii(predicate_type[:200]), reason="Den är inget förseglat paket.")
    if practice is not None and practice != (predicate_type == PRACTICE_TYPE):
        reason = "Här läses bara övningspaket in." if practice else "Det är ett övningspaket."
        raise refuse("E13-TYPE", predicate_type, reason=reason)
    version = _text(raw, "predicate", "formatVersion")
    shape = re.fullmatch(r"([1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", version)
    if shape is None:
        raise refuse("E14", "formatVersion", field="formatVersion")
    if shape[1] != "1":
        raise refuse("E13-NEWER", version, version=version)
    _check_kind(raw, reader)
    return int(shape[2])


def _check_kind(raw: Json, reader: Level | None) -> None:
    critical = _at(raw, "predicate", "critical")
    if isinstance(critical, list) and critical:
        raise refuse("E13-CRITICAL", "critical", name=ascii(critical[0])[1:60].rstrip("'"))
    kind = KINDS.get(_text(raw, "predicate", "kind"))
    if kind is not None and reader is not None and reader not in kind.readers:
        raise refuse("E13-KIND", f"{kind.name} read at level {reader}", kind=kind.name)


def _check_fields(statement: Statement) -> None:
    predicate = statement.predicate
    names = [each.name for each in statement.subject]
    texts = (
        predicate.issuer.name,
        predicate.approved_by.function,
        predicate.generator.name,
        predicate.generator.version,
    )
    wrong = {
        "format": predicate.format != FORMAT,
        "subject": len(set(names)) != len(names),
        "issuer": level_of_wire(predicate.issuer.type) not in KINDS[predicate.kind].senders,
        "supersedes": predicate.supersedes is not None and predicate.supersedes.sequence >= predicate.sequence,
        "approvedAt": not _is_moment(predicate.approved_at),
        "approvedBy": not predicate.approved_by.no_personal_data,
        "name": not all(text.isprintable() for text in (*texts, *(each.name for each in predicate.audience))),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise refuse("E14", field, field=field)
    _check_register(predicate)
    for subject in statement.subject:
        _check_subject(subject)


def _check_register(predicate: Predicate) -> None:
    """A bundle says of each member whether it is there, why not, and whose keys it vouches for; nothing else does."""
    told = {"expected": predicate.expected, "missing": predicate.missing, "introduces": predicate.introduces}
    bundles = KINDS[predicate.kind].bundles
    for field, entries in told.items():
        if bundles != (entries is not UNSET):
            raise refuse("E14", f"{field} in kind {predicate.kind}", field=field)
        codes = [] if entries is UNSET else [each.code for each in entries]
        if len(set(codes)) != len(codes):
            raise refuse("E14", f"{field} names a code twice", field=field)
    if predicate.expected is not UNSET and predicate.missing is not UNSET:
        absent = {each.code for each in predicate.expected if each.state == "missing"}
        if absent != {each.code for each in predicate.missing}:
            raise refuse("E14", "missing differs from expected", field="missing")


def _check_subject(subject: Subject) -> None:
    notes = subject.annotations
    of_data = (notes.records, notes.schema)
    of_package = (notes.code, notes.sequence, notes.statement_sha256)
    folder = subject.name.partition("/")[0]
    media, present, absent = {
        "data": (JSON_LINES, of_data, of_package),
        "bilagor": (PDF, (), (*of_data, *of_package)),
        "paket": (PACKAGE, of_package, of_data),
    }[folder]
    if subject.media_type != media or UNSET in present or any(each is not UNSET for each in absent):
        raise refuse("E14", subject.name, field=subject.name)
    if folder == "data":
        _check_schema(subject)


def _check_schema(subject: Subject) -> None:
    notes, schema = subject.annotations, SCHEMA_OF.get(subject.name)
    if schema is None or notes.schema is UNSET:
        raise refuse("E14", subject.name, field=subject.name)
    if notes.schema != schema:
        if re.fullmatch(re.escape(schema.rpartition("/")[0]) + r"/[1-9][0-9]{0,3}", notes.schema):
            raise refuse("E13-NEWER", notes.schema, version=notes.schema)
        raise refuse("E14", subject.name, field=subject.name)


def _is_moment(text: str) -> bool:
    try:
        return utc_moment(text).date() >= date(2000, 1, 1)
    except ValueError:
        return False


def _at(raw: Json, *path: str) -> Json:
    for key in path:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw


def _text(raw: Json, *path: str) -> str:
    found = _at(raw, *path)
    return found if isinstance(found, str) else ""


def _field(error: msgspec.ValidationError) -> str:
    """The path of the field that msgspec complains of, without the value."""
    message = str(error)
    names = re.findall(r"field `([^`]{1,60})`", message) + re.findall(r"`\$\.([^`]{1,60})`", message)
    return names[0] if names else "statement"


def _unknown(raw: Json, known: Json) -> str:
    """The name of the first field that is in ``raw`` but not in ``known``, which has the same shape."""
    if isinstance(raw, dict) and isinstance(known, dict):
        extra = sorted(set(raw) - set(known))
        nested = (_unknown(raw[key], known[key]) for key in known)
        return extra[0][:60] if extra else next(filter(None, nested), "")
    if isinstance(raw, list) and isinstance(known, list):
        return next(filter(None, map(_unknown, raw, known)), "")
    return ""
