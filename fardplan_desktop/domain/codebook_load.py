"""Reads the code book from its TOML texts. Pure: names and bytes in, one checked record out.

Any table may stand in any file; together the files must give every single value once. A fault is refused with the file,
the key and the reason, since the county's editors mend these files by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from fardplan_desktop.domain import codebook_records as records
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_check import Fault, faults
from fardplan_desktop.domain.errors import CodeBookProblem
from fardplan_desktop.domain.levels import Level, Organisation


def load_codebook(texts: Mapping[str, bytes]) -> CodeBook:
    """The code book in these files (file name → content); raises CodeBookProblem naming file, key and reason.

    Files are taken in the order of their names, so that the same files always give the same digest.
    """
    files = {name: _read(name, texts[name]) for name in sorted(texts)}
    book = CodeBook(
        version=_one(files, "version"),
        valid_from=_one(files, "valid_from"),
        title=_one(files, "title"),
        county=_organisation(Level.COUNTY, _one(files, "county")),
        delregions=tuple(_organisation(Level.DELREGION, each) for each in _all(files, "delregions")),
        municipalities=tuple(_organisation(Level.MUNICIPALITY, each) for each in _sorted_municipalities(files)),
        memberships=tuple(stay for each in _sorted_municipalities(files) for stay in each.stays),
        reporting=_one(files, "reporting"),
        **{section: _all(files, section) for section in _PLAIN_SECTIONS},
    )
    fault = next(faults(book), None)
    if fault is not None:
        raise _problem(_file_of(files, fault), fault.key, fault.reason)
    return book


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    short: str


class _Stay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    delregion: str
    since: date = msgspec.field(name="from")
    until: date | None = msgspec.field(name="to", default=None)


class _Municipality(_Body, frozen=True, forbid_unknown_fields=True):
    membership: tuple[_Stay, ...] = ()

    @property
    def stays(self) -> tuple[records.Membership, ...]:
        return tuple(
            records.Membership(municipality=self.code, delregion=each.delregion, since=each.since, until=each.until)
            for each in self.membership
        )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file may hold."""

    version: int | None = None
    valid_from: date | None = None
    title: str | None = None
    county: _Body | None = None
    reporting: records.Reporting | None = None
    delregions: tuple[_Body, ...] = ()
    municipalities: tuple[_Municipality, ...] = ()
    code_lists: tuple[records.CodeList, ...] = ()
    measures: tuple[records.Measure, ...] = ()
    derived: tuple[records.Derived, ...] = ()
    rules: tuple[records.Rule, ...] = ()
    working_methods: tuple[records.WorkingMethod, ...] = ()
    preconditions: tuple[records.Precondition, ...] = ()
    areas: tuple[records.Code, ...] = ()
    joint_activities: tuple[records.JointActivity, ...] = ()
    plan_templates: tuple[records.PlanTemplate, ...] = ()
    agreements: tuple[records.Agreement, ...] = ()
    forums: tuple[records.Forum, ...] = ()
    references: tuple[records.Reference, ...] = ()
    mailboxes: tuple[records.Mailbox, ...] = ()


_PLAIN_SECTIONS = (
    "code_lists", "measures", "derived", "rules", "working_methods", "preconditions", "areas", "joint_activities",
    "plan_templates", "agreements", "forums", "references",
    "mailboxes",
)  # fmt: skip
_TERM_FIELDS = {"derived": ("numerator", "denominator"), "rules": ("terms",)}
_PLACE = re.compile(r"(?P<reason>.*?)(?: - at `\$\.?(?P<key>[^`]*)`)?", re.DOTALL)
_NAMED_FIELD = re.compile(r"Object (?P<how>missing required|contains unknown) field `(?P<field>[^`]*)`")
_BAD_VALUE = re.compile(r"Invalid (?:enum value|datetime|RFC3339 encoded date)\b")


def _read(name: str, content: bytes) -> _File:
    try:
        tree = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _problem(name, f"byte {error.start}", "filen är inte skriven i UTF-8", str(error)) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        key = f"rad {line[1]}" if line else "sista raden"
        raise _problem(name, key, "raden går inte att läsa som TOML", str(error)) from error
    try:
        return msgspec.convert(_spelt_out(tree), _File)
    except msgspec.ValidationError as error:
        raise _problem(name, *_in_swedish(str(error)), str(error)) from error


def _spelt_out(tree: dict[str, Any]) -> dict[str, Any]:
    """The same tree with a term written as a bare measure id made a table."""
    for section, fields in _TERM_FIELDS.items():
        for record in tree.get(section, ()):
            for field in fields:
                if isinstance(record, dict) and isinstance(record.get(field), list):
                    record[field] = [{"measure": t} if isinstance(t, str) else t for t in record[field]]
    return tree


def _in_swedish(message: str) -> tuple[str, str]:
    """Key and reason from what msgspec says."""
    place = _PLACE.fullmatch(message)
    assert place is not None
    key, reason = place["key"] or "", place["reason"]
    named = _NAMED_FIELD.match(reason)
    if named:
        whole = f"{key}.{named['field']}".strip(".")
        return whole, "saknas" if named["how"] == "missing required" else "är okänd"
    value = re.search(r"'(.*)'", reason)
    if _BAD_VALUE.match(reason):
        return key, f"värdet {value[1]} är okänt" if value else "är inget datum"
    return key, "har fel slags värde"


def _one(files: Mapping[str, _File], field: str) -> Any:
    """The value that exactly one file must give."""
    holders = [name for name, file in files.items() if getattr(file, field) is not None]
    if not holders:
        raise _problem(", ".join(files) or "ingen fil", field, "saknas")
    if len(holders) > 1:
        raise _problem(holders[-1], field, f"finns redan i {holders[0]}")
    return getattr(files[holders[0]], field)


def _all(files: Mapping[str, _File], section: str) -> tuple[Any, ...]:
    return tuple(record for file in files.values() for record in getattr(file, section))


def _organisation(level: Level, body: _Body) -> Organisation:
    return Organisation(level, body.code, body.name, body.short)


def _sorted_municipalities(files: Mapping[str, _File]) -> list[_Municipality]:
    return sorted(_all(files, "municipalities"), key=lambda each: each.code)


def _file_of(files: Mapping[str, _File], fault: Fault) -> str:
    """The last file that holds the record at fault, or the section (a duplicate is the later one's fault)."""
    section, _, inner = fault.section.partition(".")
    wanted = inner.split(".")[0] or fault.id
    holders = [name for name, file in files.items() if getattr(file, section) not in (None, ())]
    for name in reversed(holders):
        value = getattr(files[name], section)
        if isinstance(value, tuple) and any(wanted == getattr(each, "id", getattr(each, "code", "")) for each in value):
            return name
    return holders[-1] if holders else ", ".join(files)


def _problem(file: str, key: str, reason: str, detail: str = "") -> CodeBookProblem:
    return CodeBookProblem(
        "Mått och listor går inte att läsa.",
        f"Fel i {file}, {key}: {reason}." if key else f"Fel i {file}: {reason}.",
        "Rätta filen eller hämta den ursprungliga.",
        detail=detail,
    )
