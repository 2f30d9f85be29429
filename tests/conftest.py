"""What every test stands on: no screen, no path of the user's own, no keyring, and no unexpected line in the log."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]


class ExpectedLog:
    """The warnings and errors a test means to cause: `expected_log("disk full")` names one by a regular expression."""

    def __init__(self) -> None:
        self._patterns: list[str] = []

    def __call__(self, pattern: str) -> None:
        self._patterns.append(pattern)

    def unexpected(self, lines: list[str]) -> list[str]:
        return [line for line in lines if not any(re.search(pattern, line) for pattern in self._patterns)]

    def missing(self, lines: list[str]) -> list[str]:
        return [pattern for pattern in self._patterns if not any(re.search(pattern, line) for line in lines)]


def pytest_configure(config: pytest.Config) -> None:
    """Redirect every path before anything of ours is imported; processes that tests start inherit it."""
    home = tempfile.TemporaryDirectory(prefix="fardplan-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    os.environ.update(
        {
            "QT_QPA_PLATFORM": "offscreen",
            "FARDPLAN_HOME": str(Path(home.name) / "hem"),
            "XDG_CONFIG_HOME": str(Path(home.name) / "config"),
            "XDG_DATA_HOME": str(Path(home.name) / "data"),
            "XDG_CACHE_HOME": str(Path(home.name) / "cache"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "MPLBACKEND": "Agg",
            # Kept between runs: making matplotlib's list of fonts anew takes seconds.
            "MPLCONFIGDIR": str(ROOT / "build" / "matplotlib"),
        }
    )
    # The suite has one limit in time; a property must not fail because the machine is shared or slow.
    settings.register_profile("ordinary", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("long", settings.get_profile("ordinary"), max_examples=1000)
    settings.load_profile("long" if os.environ.get("FARDPLAN_FAULTS") == "long" else "ordinary")


@pytest.fixture
def expected_log() -> ExpectedLog:
    return ExpectedLog()


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture, expected_log: ExpectedLog) -> Iterator[None]:
    """Fail the test that logs a warning or an error it did not announce; `caplog.clear()` forgets what was checked."""
    yield
    records = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    lines = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    assert not expected_log.unexpected(lines), "unexpected log lines"
    assert not expected_log.missing(lines), "announced log lines that never came"
