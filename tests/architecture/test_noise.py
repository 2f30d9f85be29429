"""Noise fails a test: that is set in pyproject.toml and conftest.py, and seen to work here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOISY_TESTS = """
import logging, os, warnings
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QWidget

def test_bad_an_unexpected_log_line():
    logging.getLogger("fardplan").warning("the disk is nearly full")

def test_good_an_announced_log_line(expected_log):
    expected_log("nearly full")
    logging.getLogger("fardplan").warning("the disk is nearly full")

def test_bad_an_announced_line_that_never_comes(expected_log):
    expected_log("nearly full")

def test_good_a_quiet_log_line():
    logging.getLogger("fardplan").info("opened")

def test_bad_a_warning_of_python():
    warnings.warn("old way")

def test_bad_a_warning_of_qt():
    qWarning("unknown property")

def test_good_a_window_offscreen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setFixedSize(100, 100)
    window.show()

def test_good_paths_lead_away_from_the_user():
    names = ("FARDPLAN_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    assert all("fardplan-tests-" in os.environ[name] for name in names)
"""


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Which of the tests above failed, themselves or when they were taken down."""
    folder = tmp_path_factory.mktemp("noise")
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_noisy.py").write_text(NOISY_TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    outcomes = re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE)
    assert {name for _, name in outcomes} == set(re.findall(r"def (test_\w+)", NOISY_TESTS)), done.stdout
    return {name for outcome, name in outcomes if outcome != "PASSED"}


@pytest.mark.parametrize("name", re.findall(r"def (test_good\w+)", NOISY_TESTS))
def test_what_is_quiet_or_announced_passes(name: str, failed: set[str]) -> None:
    assert name not in failed


@pytest.mark.parametrize("name", re.findall(r"def (test_bad\w+)", NOISY_TESTS))
def test_what_is_noisy_fails(name: str, failed: set[str]) -> None:
    assert name in failed
