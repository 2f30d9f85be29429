"""What a sender with a good key can write in a package: every field of the statement and of the rows, made wrong.

The seal is right, so only the reading of the fields stands between this and the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.rows import (
    ActivityRow,
    CheckInRow,
    CountRow,
    DeviationRow,
    Rows,
    RuleRow,
    read_file,
    write_rows,
)
from fardplan_desktop.exchange.verify import open_package
from tests.exchange.conftest import Forge

EVIL: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**53 - 1, -(2**53) + 1, "", "x" * 5_000, [], {}, [[]], ["x"], {"x": 1}, "\u202e",
    "\x00", "a\u030a", "'; DROP TABLE activity; --", "../../etc/passwd", "=1+1", "<b>", "%s{0}{sender}",
)  # fmt: skip
Path = tuple[str | int, ...]

KIND_OF = {
    "data/aktiviteter.jsonl": ActivityRow,
    "data/avstamningar.jsonl": CheckInRow,
    "data/antal.jsonl": CountRow,
    "data/avvikelser.jsonl": DeviationRow,
    "data/regler.jsonl": RuleRow,
}
FREE = {
    ("predicate", "issuer", "name"),
    ("predicate", "audience", 0, "name"),
    ("predicate", "approvedBy", "function"),
    ("predicate", "generator", "name"),
    ("predicate", "generator", "version"),
}
"""Words of the sender's that mean nothing to us."""
RIGHT: dict[Path, tuple[Any, ...]] = {
    ("predicate", "historyHead", "count"): (0, 2**53 - 1),
    ("predicate", "critical"): ([],),
}
"""Of the values, those that are right in their place."""
STATEMENT_CODES = {"E12", "E13-TYPE", "E13-NEWER", "E13-CRITICAL", "E13-KIND", "E14", "E15", "E16", "E17", "E19", "E20"}


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a JSON value but the outermost."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from paths(each, (*path, key))


def put(value: Any, path: Path, evil: Any) -> Any:
    changed = deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = evil
    return changed


def taken(forge: Forge, office: Any) -> str:
    """The code, or "" when the package was accepted; nothing else may come out."""
    try:
        open_package(forge.build(), office)
    except Refusal as refusal:
        told(refusal)
        return refusal.code
    return ""


def told(refusal: Refusal, code: str = "") -> None:
    assert refusal.code == (code or refusal.code)
    assert refusal.sentence.isprintable()
    assert len(refusal.sentence) < 500


def test_every_field_of_the_statement_is_read_as_what_it_must_be(forge: Any, office: Any) -> None:
    right = forge.statement
    seen = set()
    for path in paths(right):
        for evil in EVIL[::2]:
            forge.statement = put(right, path, evil)
            code = "" if forge.statement == right else taken(forge, office)
            if code:
                seen.add(code)
                continue
            harmless = path in FREE and isinstance(evil, str)
            assert harmless or forge.statement == right or evil in RIGHT.get(path, ()), (path, evil)
    assert {"E13-TYPE", "E14", "E17"} <= seen <= STATEMENT_CODES


def test_every_key_of_the_statement_is_needed_and_no_other_is_known(forge: Any, office: Any) -> None:
    right = forge.statement
    optional = {("predicate", "historyHead")}
    for path in [(), *paths(right)]:
        holder: Any = right
        for key in path:
            holder = holder[key]
        if not isinstance(holder, dict):
            continue
        for key in [*holder, "extra"]:
            forge.statement = deepcopy(right)
            target = forge.statement
            for step in path:
                target = target[step]
            if key == "extra":
                target[key] = 1
            else:
                del target[key]
            code = taken(forge, office)
            assert code in STATEMENT_CODES or (*path, key) in optional, (path, key)


@pytest.mark.parametrize("kind", [ActivityRow, CheckInRow, CountRow, DeviationRow, RuleRow])
def test_every_field_of_a_row_is_read_as_what_it_must_be(rows: Rows, kind: Any) -> None:
    (file,) = (name for name, each in KIND_OF.items() if each is kind)
    (right, *_) = [json.loads(line) for line in write_rows(rows)[file].splitlines()]
    for path in paths(right):
        was = right
        for key in path:
            was = was[key]
        for evil in EVIL:
            try:
                read_file(file, canonical(put(right, path, evil)) + b"\n", kind)
            except Refusal as refusal:
                told(refusal, "E21")
                continue
            # What passes is of the same sort as what stood there, or is nothing where nothing may stand.
            assert evil is None or was is None or type(evil) is type(was), (path, evil)
            assert not (isinstance(evil, str) and (len(evil) > 4000 or "\x00" in evil)), (path, evil)


def test_a_float_an_exponent_and_nan_are_no_numbers(forge: Any, office: Any) -> None:
    for number in (b"1.0", b"1e3", b"NaN", b"Infinity", b"-0", b"01", b"9007199254740993"):
        payload = forge.payload.replace(b'"sequence":1', b'"sequence":' + number)
        with pytest.raises(Refusal) as caught:
            open_package(forge.build(payload), office)
        assert caught.value.code in {"E12", "E14"}, number
        file = "data/antal.jsonl"
        before = forge.data[file]
        forge.put(file, before.replace(b'"n":0', b'"n":' + number))
        assert taken(forge, office) == "E21", number
        forge.put(file, before)
