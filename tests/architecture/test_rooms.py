"""The contracts in pyproject.toml are kept by `dev.py check`; here each is seen to catch a breach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "fardplan_desktop"
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
# What each contract begins with, a module that breaks it, and what that module imports.
BREACHES = (
    ("Rooms import only rooms below", "domain", "fardplan_desktop.analysis"),
    ("Only services and bootstrap", "ui", "fardplan_desktop.store"),
    ("Screens know neither", "ui/parts", "fardplan_desktop.ui.shell"),
    ("Packages never import", "services", "fardplan_desktop.charts.breach"),
    ("Packages never import", "charts", "fardplan_desktop.services.breach"),
    ("Qt lies in", "cli", "PySide6.QtCore"),
    ("SQLAlchemy lies in", "services", "sqlalchemy"),
    ("Cryptography lies in", "store", "cryptography"),
    ("QR codes are drawn", "services", "segno"),
    ("PDF libraries lie in", "charts", "reportlab"),
    ("matplotlib draws in", "reports", "matplotlib.figure"),
    ("Workbooks are read in", "reports", "openpyxl"),
    ("Workbooks are written in", "services", "xlsxwriter"),
    ("Calendar files are written", "services", "icalendar"),
    ("Check digits are reckoned", "services", "stdnum"),
    ("The system is asked in", "services", "platformdirs"),
)


def contracts() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in project["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the program in which every contract is broken."""
    copy = tmp_path_factory.mktemp("breached")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(ROOT / PACKAGE, copy / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    for _, room, imported in BREACHES:
        with (copy / PACKAGE / room / "breach.py").open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    environment = {**os.environ, "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"], cwd=copy, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_every_contract_has_a_breach_to_catch() -> None:
    assert [name for name in contracts() if not any(name.startswith(start) for start, _, _ in BREACHES)] == []


@pytest.mark.parametrize("contract", contracts())
def test_a_breach_of_the_contract_is_caught(contract: str, verdicts: str) -> None:
    assert f"{contract} BROKEN" in verdicts


def test_the_command_line_starts_where_qt_cannot_be_imported() -> None:
    without_qt = (
        "import runpy, sys; sys.modules.update(PySide6=None, shiboken6=None); "
        "sys.argv[:] = ['fardplan-desktop', '--help']; runpy.run_module('fardplan_desktop', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", without_qt], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
