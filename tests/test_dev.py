"""dev.py on machines of every kind, played out in a small checkout whose Python only says how it was called."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

import dev
from tests.fuzz.targets import TARGETS

ROOT = Path(dev.__file__).resolve().parent
SAYS_HOW_IT_WAS_CALLED = '#!/bin/sh\nfor argument in "$@"; do echo "<$argument>"; done\nexit 3\n'
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> dev.Checkout:
    """A checkout in a folder with spaces and Swedish letters; nothing installed yet."""
    root = tmp_path / "Färd plan å"
    (root / ".ci").mkdir(parents=True)
    for name in ("dev.py", "pyproject.toml", ".ci/requirements.lock"):
        shutil.copy(ROOT / name, root / name)
    return dev.Checkout(root)


@pytest.fixture
def prepared(checkout: dev.Checkout) -> dev.Checkout:
    """The same, as it stands after a first start."""
    checkout.python.parent.mkdir(parents=True)
    checkout.python.write_text(SAYS_HOW_IT_WAS_CALLED, encoding="ascii")
    checkout.python.chmod(0o755)
    for stamp in ("dev-installed", "dev-qt-offscreen", "dev-qt-xcb"):
        (checkout.venv / stamp).write_text(checkout.digest(), encoding="ascii")
    return checkout


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands dev.py would have run; each of them ends well."""
    made: list[list[str]] = []

    def call(command: list[str | Path], **_: object) -> int:
        made.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(dev, "call", call)
    return made


def finding(monkeypatch: pytest.MonkeyPatch, **modules: bool) -> None:
    """Let the Python that runs dev.py have these modules or lack them."""

    def find_spec(name: str) -> ModuleSpec | None:
        return ModuleSpec(name, None) if modules[name] else None

    monkeypatch.setattr("dev.importlib.util.find_spec", find_spec)


def complaining(monkeypatch: pytest.MonkeyPatch, *complaints: str, user: int) -> None:
    told = iter(complaints)
    monkeypatch.setattr(dev, "qt_complaint", lambda python, platform: next(told))
    monkeypatch.setattr("dev.os.geteuid", lambda: user)
    monkeypatch.setattr("dev.sys.platform", "linux")
    monkeypatch.setattr("dev.shutil.which", lambda name: f"/usr/bin/{name}")


def test_it_needs_nothing_but_the_standard_library() -> None:
    nodes = list(ast.walk(ast.parse((ROOT / "dev.py").read_bytes())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | taken} <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [[], ["rnu"], ["--help"]])
def test_wrong_use_shows_the_verbs_and_gives_2(
    arguments: list[str], checkout: dev.Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments, checkout) == 2
    shown = capsys.readouterr().err
    assert [verb for verb in dev.VERBS if f"dev.py {verb}" not in shown] == []


@posix
def test_run_passes_arguments_and_exit_code_on_and_adds_less_than_half_a_second(prepared: dev.Checkout) -> None:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, prepared.root / "dev.py", "run", "verify", "en fil å.fardpaket"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    took = time.perf_counter() - started
    assert done.stdout.split("\n")[-3:] == ["<verify>", "<en fil å.fardpaket>", ""]
    assert (done.returncode, done.stderr) == (3, "")
    assert took < 0.5


@pytest.mark.parametrize("name", ["pyproject.toml", ".ci/requirements.lock"])
def test_a_changed_lock_or_project_is_installed_at_the_next_start(
    name: str, prepared: dev.Checkout, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "_answers", lambda python, code: True)
    monkeypatch.setattr(dev, "qt_complaint", lambda python, platform: "")
    dev.prepare(prepared)
    assert calls == []
    with (prepared.root / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    dev.prepare(prepared)
    pip = [str(prepared.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    assert calls == [
        [*pip, "--require-hashes", "--requirement", str(prepared.lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(prepared.root)],
    ]
    dev.prepare(prepared)
    assert len(calls) == 2


def test_a_failed_installation_is_tried_again_at_the_next_start(
    checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "_answers", lambda python, code: True)
    monkeypatch.setattr(dev, "call", lambda command, **_: 1)
    for _ in range(2):
        with pytest.raises(dev.Refusal, match="pip could not install"):
            dev.prepare(checkout)


def test_without_ensurepip_the_outer_pip_installs_into_a_bare_environment(
    checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(monkeypatch, ensurepip=False, pip=True)
    dev.make_environment(checkout)
    assert checkout.python.exists()
    assert not list(checkout.venv.rglob("site-packages/pip"))
    assert dev.pip_command(checkout.python) == [sys.executable, "-m", "pip", "--python", checkout.python]


def test_without_ensurepip_and_pip_the_line_to_type_is_said(
    checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(monkeypatch, ensurepip=False, pip=False)
    monkeypatch.setattr("dev.os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Refusal, match=r"\n    sudo apt-get install python3\.\d+-venv\n"):
        dev.pip_command(checkout.python)


def test_an_environment_that_still_runs_is_kept_and_a_broken_one_is_made_anew(
    prepared: dev.Checkout, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.make_environment(prepared)
    assert calls == [[sys.executable, "-m", "venv", "--clear", str(prepared.venv)]]
    calls.clear()
    monkeypatch.setattr(dev.Checkout, "python", Path(sys.executable))
    dev.make_environment(prepared)
    assert calls == []


def test_missing_qt_libraries_are_named_to_a_user_and_nothing_is_run(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    complaining(monkeypatch, "libEGL.so.1: cannot open shared object file", user=1000)
    with pytest.raises(dev.Refusal) as refused:
        dev.see_that_qt_starts(Path("python"), "offscreen")
    line = f"    sudo apt-get install --yes --no-install-recommends {' '.join(dev.QT_PACKAGES)}\n"
    assert line in str(refused.value)
    assert "libEGL.so.1" in str(refused.value)
    assert calls == []


def test_missing_qt_libraries_are_installed_for_root(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    complaining(monkeypatch, "libEGL.so.1: cannot open shared object file", "", user=0)
    dev.see_that_qt_starts(Path("python"), "offscreen")
    assert [command[:2] for command in calls] == [["apt-get", "update"], ["apt-get", "install"]]
    assert set(dev.QT_PACKAGES) <= set(calls[1])


def test_qt_that_still_does_not_start_is_a_refusal_in_its_own_words(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    complaining(monkeypatch, "libEGL.so.1 is missing", "the wrong processor", user=0)
    with pytest.raises(dev.Refusal, match="the wrong processor"):
        dev.see_that_qt_starts(Path("python"), "offscreen")


def test_qt_starts_offscreen_and_complains_of_a_platform_that_does_not_exist() -> None:
    assert dev.qt_complaint(Path(sys.executable), "offscreen") == ""
    assert "nowhere" in dev.qt_complaint(Path(sys.executable), "nowhere")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is asked about on Linux only")
@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "offscreen"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({}, "offscreen"),
    ],
)
def test_the_libraries_of_x11_are_asked_for_where_x11_is_used(environment: dict[str, str], platform: str) -> None:
    assert dev.window_platform(environment) == platform


def test_the_demo_is_made_once_and_opened_on_the_municipalitys_store(
    prepared: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str | Path], *, environment: dict[str, str]) -> int:
        assert Path(environment["FARDPLAN_HOME"]).is_relative_to(prepared.root)
        commands.append([str(part) for part in command[4:]])
        if command[4] == "demo":
            Path(command[5]).mkdir()
            for code in ("1421", "1462"):
                (Path(command[5]) / f"fardplan_{code}.fardplan").touch()
        return 0

    monkeypatch.setattr(dev, "call", call)
    for _ in range(2):
        assert dev.main(["run", "--demo"], prepared) == 0
    window = ["--store", str(prepared.demo / "fardplan_1462.fardplan")]
    assert [command[0] for command in commands] == ["demo", "--store", "--store"]
    assert commands[1:] == [window, window]


def test_a_demo_that_could_not_be_made_leaves_nothing_that_looks_made(
    prepared: dev.Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "call", lambda command, **_: 1)
    assert dev.main(["run", "--demo"], prepared) == 1
    assert "could not be made" in capsys.readouterr().err
    assert not prepared.demo.exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["test", "-k", "ord"], ["-m", "pytest", "--benchmark-skip", "-n", "auto", "-k", "ord"]),
        (["bench"], ["-m", "pytest", "tests/benchmarks", "--benchmark-only"]),
        (["faults", "-x"], ["-m", "pytest", "-m", "faults", "-x"]),
    ],
)
def test_the_verbs_for_tests_hand_their_arguments_to_pytest(
    arguments: list[str], expected: list[str], prepared: dev.Checkout, calls: list[list[str]]
) -> None:
    assert dev.main(arguments, prepared) == 0
    assert calls == [[str(prepared.python), *expected]]


def test_check_runs_every_step_and_names_those_that_failed(
    prepared: dev.Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "call", lambda command, **_: int("ruff" in command or "mypy" in command))
    assert dev.main(["check"], prepared) == 1
    assert capsys.readouterr().out == "Failed: lint, format, types.\n"
    monkeypatch.setattr(dev, "call", lambda command, **_: 0)
    assert dev.main(["check"], prepared) == 0


def test_shots_wants_one_folder(prepared: dev.Checkout, calls: list[list[str]]) -> None:
    assert dev.main(["shots"], prepared) == 1
    assert dev.main(["shots", "bilder"], prepared) == 0
    assert calls == [[str(prepared.python), str(prepared.root / "tests" / "shots.py"), "bilder"]]


def test_the_built_program_tests_itself_where_no_python_is_found(
    prepared: dev.Checkout, calls: list[list[str]]
) -> None:
    assert dev.main(["build"], prepared) == 0
    assert calls[0][1:3] == ["-m", "PyInstaller"]
    assert calls[1][1:] == ["self-test"]
    bare = dev.bare_environment({**os.environ, "PYTHONPATH": "x", "VIRTUAL_ENV": "y"})
    assert shutil.which("python3", path=bare["PATH"]) is None
    assert not [name for name in bare if name.startswith(("PYTHON", "VIRTUAL_ENV"))]


@posix
def test_a_program_ended_by_a_signal_gives_128_and_its_number() -> None:
    assert dev.call(["/bin/sh", "-c", "kill -9 $$"]) == 137


def test_the_lock_has_a_hash_for_every_package_and_names_no_index() -> None:
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = lock.replace("\\\n", "").splitlines()
    assert [line for line in packages if "==" in line and "--hash=sha256:" not in line] == []
    assert "pyside6-essentials==6.11.3 " in lock


def test_fuzz_gives_each_target_its_seconds_and_names_those_that_gave_way(
    prepared: dev.Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []

    def call(command: list[str | Path], **_: object) -> int:
        asked.append([str(part) for part in command[3:]])
        return 77 if "card" in command else 0

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr("dev.sys.platform", "linux")
    assert dev.main(["fuzz", "5"], prepared) == 1
    folder = prepared.root / "build" / "fuzz"
    assert asked == [[name, "5", str(folder / name)] for name in TARGETS]
    assert "Gave way: card." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["0"], ["-1"], ["en minut"], ["5", "6"]])
def test_fuzz_says_what_it_wants_to_know(
    arguments: list[str], prepared: dev.Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["fuzz", *arguments], prepared) == 1
    assert "SECONDS" in capsys.readouterr().err


def test_fuzz_says_where_it_works(
    prepared: dev.Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dev.sys.platform", "win32")
    assert dev.main(["fuzz"], prepared) == 1
    assert "Linux" in capsys.readouterr().err
