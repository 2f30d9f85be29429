"""Somebody else has the file: who and since when, a copy to read, and the file itself when it is free."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from fardplan_desktop.host import paths
from fardplan_desktop.services import activities
from fardplan_desktop.ui.parts.pill import Pill
from tests.journeys.window import Sit, Stores, User

_ROOT = Path(__file__).resolve().parents[2]
_HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fardplan_desktop.bootstrap import open_workplace
held = open_workplace(Path(sys.argv[1]), clock=lambda: datetime(2026, 9, 14, 6, 14, tzinfo=UTC))
print("held", flush=True)
sys.stdin.readline()
held.store.close()
print("free", flush=True)
"""


@contextmanager
def held(store: Path) -> Iterator[Callable[[], None]]:
    """Another program has the store open, until what is given is called."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=_ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as other:
        stdin, stdout = other.stdin, other.stdout
        assert stdin is not None
        assert stdout is not None
        assert stdout.readline().strip() == "held"

        def let_go() -> None:
            stdin.write("\n")
            stdin.flush()
            assert stdout.readline().strip() == "free"

        try:
            yield let_go
        finally:
            other.kill()


@pytest.fixture
def edet(stores: Stores) -> Path:
    """A closed store with one activity in it."""
    workplace = stores.create("1462")
    activities.add(workplace, title="Rutin för SIP")
    workplace.store.close()
    return workplace.store.path


def says(user: User) -> str:
    """The sentence of the page that stands where the file cannot be opened."""
    state = user.the(QLabel, "")
    return " ".join(label.text() for label in state.window().findChildren(QLabel) if label.isVisible())


def test_the_second_opener_reads_a_copy_and_takes_the_file_when_it_is_free(sit: Sit, edet: Path) -> None:
    with held(edet) as let_go:
        user = sit()
        user.program.start(edet)
        user.wait(lambda: user.page == "held")
        said = says(user)
        assert "är redan öppen" in said
        assert "av Samordnare sedan 14\u00a0september 2026" in said

        user.click("read_copy")
        user.wait(lambda: user.page == "start")
        assert user.workplace.read_only
        assert [each.title for each in activities.activities(user.workplace)] == ["Rutin för SIP"]
        assert user.the(Pill, "data_mark").accessibleName() == "Läskopia – inget kan ändras"
        copies = paths.read_copies()
        assert len(list(copies.iterdir())) == 1

        let_go()
    user.program.start(edet)
    user.wait(lambda: user.page == "start" and not user.workplace.read_only)
    assert list(copies.iterdir()) == []


def test_what_is_typed_in_a_copy_is_refused_with_the_reason(sit: Sit, edet: Path) -> None:
    with held(edet):
        user = sit()
        user.program.start(edet)
        user.click("read_copy")
        user.wait(lambda: user.page == "start")
        session = user.program.session
        assert session is not None
        session.change(lambda: activities.add(session.workplace, title="Ny")[1])
        user.wait(lambda: any("läskopia" in problem for problem in user.problems))
        assert len(activities.activities(session.workplace)) == 1


def test_folders_chosen_in_a_copy_are_refused_with_the_reason(
    sit: Sit, edet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with held(edet):
        user = sit()
        user.program.start(edet)
        user.click("read_copy")
        user.wait(lambda: user.page == "start")
        user.window.go("settings")
        user.wait(lambda: user.page == "settings")
        for button in ("choose_place", "backup_now"):
            user.problems.clear()
            user.click(button)
            user.wait(lambda: any("läskopia" in problem for problem in user.problems))


def test_another_try_opens_the_file_once_it_is_free(sit: Sit, edet: Path) -> None:
    with held(edet) as let_go:
        user = sit()
        user.program.start(edet)
        user.click("try_again")
        assert user.page == "held"
        let_go()
    user.click("try_again")
    user.wait(lambda: user.page == "start")
    assert user.window.page_names[:2] == ["start", "activities"]


def test_start_tells_what_has_happened_since_the_user_left(sit: Sit, stores: Stores) -> None:
    user = sit(stores.create("1462"))
    path = user.workplace.store.path
    activities.add(user.workplace, title="Rutin för SIP")
    user.program.close()
    user.program.start(path)
    user.wait(lambda: user.page == "start")
    assert user.text("news_since") == "I dag 08:00"
    user.wait(lambda: "Inget nytt har hänt." in says(user))
    activities.add(user.workplace, title="Utbildning")
    assert user.program.session is not None
    user.program.session.tell()
    user.wait(lambda: "Aktivitet ”Utbildning” inlagd" in says(user))
    assert "Dessförinnan" in says(user)
