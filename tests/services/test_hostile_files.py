"""Every sort of file that can be sent to an office: it is refused in words, and leaves no trace but that.

What each sort is refused with is told beside the steps themselves (``tests/exchange``). Here stand the promises that
hold for all of them: a code and a Swedish sentence, a store that is as it was, nothing written anywhere, and no more
memory than twice the file and 64 MiB.
"""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.exchange.container import read_container, write_container
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import intake
from fardplan_desktop.services.intake import FileResult
from tests.evil import send
from tests.exchange.conftest import Forge
from tests.exchange.test_zip_ambiguities import CASES
from tests.exchange.zips import Zip, entry

MEBIBYTE = 1024 * 1024
TRACE = {"refused": "SELECT 1 WHERE false", "history": "SELECT * FROM history WHERE act <> 'refuse'"}
"""That a file of a known sender was refused is written down, here and nowhere else."""
Make = Callable[[Forge], bytes]


class Office:
    """An office that believes a sender, in a folder of its own; ``forge`` takes that sender's honest package apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        sender = new_workplace(folder / "1462.fardplan", "1462", practice=True)
        self.workplace = new_workplace(folder / "fyrbodal.fardplan", "fyrbodal", practice=True)
        self._honest, self._key = send(sender, self.workplace, folder)
        sender.store.close()

    def forge(self) -> Forge:
        return Forge(self._honest.read_bytes(), self._key)

    @property
    def key(self) -> SigningKey:
        return self._key

    def files(self) -> dict[str, int]:
        return {str(path): path.stat().st_size for path in sorted(self.folder.rglob("*"))}

    def digest(self) -> str:
        """Of every row of every table."""
        told = hashlib.sha256()
        with self.workplace.store.transaction() as connection:
            for table in sorted(inspect(connection).get_table_names()):
                for row in connection.execute(text(TRACE.get(table, f'SELECT * FROM "{table}"'))):
                    told.update(f"{table}{tuple(row)!r}".encode())
        return told.hexdigest()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("kontor"))
    yield made
    made.workplace.store.close()


@pytest.fixture
def kept(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Whatever a test does with it, the office is as it was, and nothing lies in the folder one stands in."""
    (tmp_path / "tom").mkdir()
    monkeypatch.chdir(tmp_path / "tom")
    before, rows = office.files(), office.digest()
    yield office
    assert office.digest() == rows
    assert office.files().keys() == before.keys()
    assert list((tmp_path / "tom").iterdir()) == []


def refused(office: Office, path: Path) -> FileResult:
    tracemalloc.start()
    try:
        (result,) = intake.receive(office.workplace, paths=[path])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    verdict = result.verdict
    assert (verdict.outcome, result.stored) == ("refused", False)
    assert verdict.code[0] in "EW"
    assert verdict.word
    assert verdict.verb
    assert verdict.message.endswith((".", "?"))
    assert verdict.message.isprintable()
    assert "Traceback" not in verdict.message + verdict.detail
    size = path.stat().st_size if path.is_file() else 0
    assert peak <= 2 * size + 64 * MEBIBYTE, f"{verdict.code}: {peak / MEBIBYTE:.0f} MiB"
    return result


@pytest.mark.parametrize("kind", sorted(CASES))
def test_ambiguous_archives(kept: Office, tmp_path: Path, kind: str) -> None:
    archive = Zip([entry(each.name, each.content) for each in read_container(kept.forge().build())])
    for number, case in enumerate(CASES[kind]):
        if kind == "B2" and number % 16:
            continue  # They differ in one byte of a name.
        path = tmp_path / f"{number}.fardpaket"
        path.write_bytes(case.make(deepcopy(archive)))
        assert refused(kept, path).verdict.code == case.code


def nested(size: int) -> bytes:
    return b"[" * size + b"]" * size


def with_data(content: bytes) -> Make:
    def make(forge: Forge) -> bytes:
        forge.put("data/antal.jsonl", content)
        return forge.build()

    return make


def with_envelope(content: bytes) -> Make:
    def make(forge: Forge) -> bytes:
        members = forge.members()
        members[1] = (members[1][0], content)
        return write_container(members)

    return make


LARGE: Mapping[str, tuple[Make, str]] = {
    "zeros": (lambda _: b"PK\x03\x04" + bytes(31 * MEBIBYTE), "E03"),
    "one line": (with_data(b'"' + b"x" * (23 * MEBIBYTE) + b'"\n'), "E21"),
    "deep brackets": (with_data(nested(11 * MEBIBYTE) + b"\n"), "E21"),
    "empty lines": (with_data(b"\n" * 200_001), "E14"),
    "many lines": (with_data(b"{}\n" * 200_000), "E21"),
    "a deep envelope": (with_envelope(nested(20_000)), "E08"),
    "a large envelope": (with_envelope(b'{"payload":"' + b"A" * (20 * MEBIBYTE) + b'"}'), "E08"),
    "a deep statement": (lambda forge: forge.build(nested(20_000)), "E12"),
    "a statement of one number": (lambda forge: forge.build(b"9" * 300_000), "E12"),
    "many members": (lambda _: write_container([(f"data/{n:x}", b"") for n in range(60_000)]), "E04-COUNT"),
    "the last of very many rows is wrong": (lambda forge: nearly_right(forge, 20_000), "E21"),
    "a large attachment": (lambda forge: _attached(forge, b"MZ" + bytes(20 * MEBIBYTE)), "E14"),
}


def nearly_right(forge: Forge, rows: int) -> bytes:
    """Rightly sealed, and right up to the last row."""
    line = b'{"breakdown":null,"comment":null,"id":"M%06d/2026-05","measure":"M%06d","n":1,"period":"2026-05",'
    lines = [(line + b'"state":"reported","value":null}\n') % (n, n) for n in range(rows)]
    forge.put("data/antal.jsonl", b"".join(lines) + b"{}\n")
    return forge.build()


def _attached(forge: Forge, content: bytes) -> bytes:
    subject = deepcopy(forge.statement["subject"][0]) | {"name": "bilagor/b.pdf", "mediaType": "application/pdf"}
    forge.statement["subject"].append(subject)
    forge.put("bilagor/b.pdf", content)
    for name in ("records", "schema"):
        subject["annotations"].pop(name, None)
    return forge.build()


@pytest.mark.parametrize("name", LARGE)
def test_large_files_of_a_believed_sender(kept: Office, tmp_path: Path, name: str) -> None:
    make, code = LARGE[name]
    path = tmp_path / "stor.fardpaket"
    path.write_bytes(make(kept.forge()))
    assert refused(kept, path).verdict.code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_file(kept: Office, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    os.mkfifo(folder / "rör.fardpaket")
    (folder / "länk.fardpaket").symlink_to("/dev/zero")
    (folder / "borta.fardpaket").symlink_to(folder / "finns inte")
    with (folder / "gles.fardpaket").open("wb") as file:
        file.truncate(6 * 1024**3)
    (folder / "mapp.fardpaket").mkdir()
    (folder / os.fsdecode(b"n\xffamn.fardpaket")).write_bytes(b"x")
    (folder / "faktura\u202etekapdraf.exe").write_bytes(b"MZ")
    results = intake.receive(kept.workplace, paths=[folder])
    codes = {each.path.name: each.verdict.code for each in results}
    assert codes == {
        "rör.fardpaket": "E01",
        "länk.fardpaket": "E01",
        "borta.fardpaket": "E01",
        "gles.fardpaket": "E04",
        os.fsdecode(b"n\xffamn.fardpaket"): "E02-MAGIC",
        "faktura\u202etekapdraf.exe": "E02-MAGIC",
    }
    for device in ("/dev/zero", "/dev/stdin"):
        assert refused(kept, Path(device)).verdict.code == "E01"
