"""A PDF that came with a package is saved when it is asked for, and marked where the system has a mark for it."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.services import attachments, intake
from fardplan_desktop.services.workplace import Workplace
from tests.evil import send
from tests.exchange.conftest import Forge

PDF = b"%PDF-1.7 /OpenAction"


def send_with_pdf(sender: Workplace, office: Workplace, folder: Path) -> Path:
    """A package with an attachment, from a sender that the office believes."""
    package, key = send(sender, office, folder)
    forge = Forge(package.read_bytes(), key)
    subject = deepcopy(forge.statement["subject"][0])
    subject |= {"name": "bilagor/protokoll.pdf", "mediaType": "application/pdf"}
    subject["annotations"] = {"size": len(PDF)}
    subject["digest"]["sha256"] = hashlib.sha256(PDF).hexdigest()
    forge.data["bilagor/protokoll.pdf"] = PDF
    forge.statement["subject"].append(subject)
    package.write_bytes(forge.build())
    return package


@pytest.fixture
def digest(edet: Workplace, fyrbodal: Workplace, tmp_path: Path) -> str:
    (result,) = intake.receive(fyrbodal, paths=[send_with_pdf(edet, fyrbodal, tmp_path)])
    assert result.stored
    assert "En bilaga följer med. Den öppnas aldrig av programmet." in [each.text for each in result.verdict.warnings]
    return result.verdict.digest


def test_it_is_saved_as_it_was_sealed_under_a_name_that_says_whose_it_is(
    fyrbodal: Workplace, digest: str, tmp_path: Path
) -> None:
    assert attachments.names(fyrbodal, digest=digest) == ("protokoll.pdf",)
    path = attachments.save(fyrbodal, digest=digest, name="protokoll.pdf", folder=tmp_path / "Bilagor")
    assert (path.name, path.read_bytes()) == ("1462_2026-T2_0001_protokoll.pdf", PDF)
    assert [each.name for each in (tmp_path / "Bilagor").iterdir()] == [path.name]


def test_windows_is_told_that_it_came_from_outside(
    fyrbodal: Workplace, digest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fardplan_desktop.host.files.sys.platform", "win32")
    path = attachments.save(fyrbodal, digest=digest, name="protokoll.pdf", folder=tmp_path / "Bilagor")
    mark = Path(f"{path}:Zone.Identifier")
    assert mark.read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


def test_what_is_not_there_cannot_be_saved(fyrbodal: Workplace, digest: str, tmp_path: Path) -> None:
    assert attachments.names(fyrbodal, digest="e" * 64) == ()
    for name in ("annan.pdf", "../protokoll.pdf", ""):
        with pytest.raises(InputProblem, match="Bilagan finns inte"):
            attachments.save(fyrbodal, digest=digest, name=name, folder=tmp_path)
    (tmp_path / "fil").write_bytes(b"")
    with pytest.raises(WorldError, match="kunde inte sparas"):
        attachments.save(fyrbodal, digest=digest, name="protokoll.pdf", folder=tmp_path / "fil")
