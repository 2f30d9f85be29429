"""The README's walk-through, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.skipif(os.name == "nt", reason="the walk-through is written for a POSIX shell")
def test_the_main_job_goes_as_the_readme_says(tmp_path: Path) -> None:
    block = re.search(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block[1]], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tertial 2 2026: 0 fel, 3 varningar." in done.stdout
    assert "Lilla Edets kommun är nu en känd avsändare." in done.stdout
    assert "SIP08 Upprättade SIP: 23 (1 av 15 kommuner)" in done.stdout
    assert "SIP11 Avslutade SIP: 9 (1 av 15 kommuner, 3 av 4 månader)" in done.stdout
    assert (tmp_path / "underlag.pdf").read_bytes().startswith(b"%PDF-")
