"""Preferences, paths, secrets and the log: none of them may ever stop the program."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.host import log, paths, preferences, secrets
from fardplan_desktop.host.preferences import Preferences


def test_preferences_come_back_as_they_were_saved(tmp_path: Path) -> None:
    chosen = Preferences(theme="dark", text_percent=150, last_store="å/ä.fardplan", window=(1366, 768))
    assert preferences.save(chosen, tmp_path / "ny mapp")
    assert preferences.load(tmp_path / "ny mapp") == chosen
    assert len(list((tmp_path / "ny mapp").iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text_percent": "stor"}', b"\xff\xfe"])
def test_preferences_that_cannot_be_read_mean_the_defaults(tmp_path: Path, content: bytes) -> None:
    assert preferences.load(tmp_path) == Preferences()
    (tmp_path / "installningar.json").write_bytes(content)
    assert preferences.load(tmp_path) == Preferences()


def test_preferences_of_a_newer_program_keep_what_this_one_knows(tmp_path: Path) -> None:
    (tmp_path / "installningar.json").write_bytes(b'{"theme": "dark", "something_new": 1}')
    assert preferences.load(tmp_path) == Preferences(theme="dark")


def test_preferences_that_cannot_be_saved_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "installningar.json").mkdir()
    assert not preferences.save(Preferences(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["installningar.json"]
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    assert not preferences.save(Preferences(), tmp_path / "fil" / "mapp")


def test_one_variable_moves_everything_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.home() == tmp_path
    assert paths.default_store("1462") == tmp_path / "fardplan_1462.fardplan"
    assert tmp_path in paths.deliveries_folder("Lilla Edets kommun").parents
    assert preferences.save(Preferences(theme="light"))
    assert preferences.load().theme == "light"


def test_without_the_variable_things_lie_in_the_users_own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert paths.home().name == "Fardplan"
    assert paths.deliveries_folder("Orust").parts[-2:] == ("Färdplan", "Orust")


def test_resources_are_found_in_a_checkout_and_inside_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(folder.is_dir() for folder in (paths.resources(), paths.fonts()))
    assert all(name.endswith(".toml") for name in paths.code_book_texts())
    assert paths.code_book_texts()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.icons() == tmp_path / "resources" / "icons"


def test_a_system_without_a_credential_store_says_so_and_nothing_fails() -> None:
    assert not secrets.remember("nyckel", "sex grupper av tecken")
    assert secrets.recall("nyckel") is None
    secrets.forget("nyckel")


def test_a_credential_store_that_fails_is_as_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    def locked(*_arguments: str) -> None:
        raise KeyringError("locked")

    def gone(*_arguments: str) -> None:
        raise PasswordDeleteError("gone")

    monkeypatch.setattr(keyring, "set_password", locked)
    monkeypatch.setattr(keyring, "get_password", locked)
    monkeypatch.setattr(keyring, "delete_password", gone)
    assert not secrets.remember("nyckel", "x")
    assert secrets.recall("nyckel") is None
    secrets.forget("nyckel")


def test_a_passphrase_that_was_kept_is_recalled_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "set_password", lambda service, name, word: kept.update({(service, name): word}))
    monkeypatch.setattr(keyring, "get_password", lambda service, name: kept.get((service, name)))
    monkeypatch.setattr(keyring, "delete_password", lambda service, name: kept.pop((service, name)))
    assert secrets.remember("nyckel", "å ä ö")
    assert secrets.recall("nyckel") == "å ä ö"
    secrets.forget("nyckel")
    assert secrets.recall("nyckel") is None


@pytest.fixture
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> list[logging.Handler]:
    handlers: list[logging.Handler] = []
    monkeypatch.setattr(logging.getLogger(log.NAME), "handlers", handlers)
    return handlers


def test_the_log_is_written_where_it_is_told_to(tmp_path: Path, own_handlers: list[logging.Handler]) -> None:
    target = log.start(tmp_path / "logg")
    logging.getLogger(log.NAME).info("Lagret öppnades")
    assert target is not None
    assert "INFO Lagret öppnades" in target.read_text(encoding="utf-8")
    for handler in own_handlers:
        handler.close()


def test_a_folder_that_cannot_be_written_means_no_log(tmp_path: Path, own_handlers: list[logging.Handler]) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    assert log.start(tmp_path / "fil") is None
    assert own_handlers == []


def test_the_last_visit_is_remembered_for_each_store_and_nonsense_is_no_visit(tmp_path: Path) -> None:
    edet, mark = tmp_path / "edet.fardplan", tmp_path / "mark.fardplan"
    friday = datetime(2026, 9, 11, 14, 2, tzinfo=UTC)
    assert preferences.last_left(edet, tmp_path) is None
    preferences.left(edet, friday, tmp_path)
    preferences.left(mark, friday.replace(hour=15), tmp_path)
    assert preferences.last_left(edet, tmp_path) == friday
    known = preferences.load(tmp_path)
    for word in ("i fredags", "2026-09-11T14:02:00"):  # No moment, and one that says no time zone.
        preferences.save(msgspec.structs.replace(known, visits={str(edet): word}), tmp_path)
        assert preferences.last_left(edet, tmp_path) is None
