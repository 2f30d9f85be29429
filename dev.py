"""One door for whoever works on Färdplan Desktop: everything it does works from a bare checkout.

    python3 dev.py run [ARGS]     start the program with ARGS; --demo opens an invented county
    python3 dev.py test [ARGS]    the tests; ARGS go to pytest
    python3 dev.py check          lint, format, types, import rules and sizes
    python3 dev.py bench          measure speed
    python3 dev.py faults         the long fault runs
    python3 dev.py fuzz [SECONDS] bytes made to harm, guided by what they reach; 60 seconds for each target (Linux)
    python3 dev.py shots DIR      a picture of every page
    python3 dev.py build          the one-folder program, which then tests itself

Standard library only, because it is what makes the environment everything else needs. The first start installs
the locked packages into .venv and sees that Qt starts; later starts compare one digest and go on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST_PYTHON = (3, 11)
DEMO_MUNICIPALITY = "1462"  # Lilla Edet, the municipality whose year the demo tells
PROGRAM = "fardplan-desktop"
PROGRAM_MODULE = ("-P", "-m", "fardplan_desktop")  # -P: a file in the user's folder never shadows a module

FUZZ_TARGETS = ("package", "kinds", "codebook", "card", "text", "age", "json", "table")

# Debian and Ubuntu names: the first line for any Qt program, the rest for a real window under X11.
QT_PACKAGES = (
    *("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
    *("libx11-xcb1", "libxcb-randr0", "libxcb-render-util0", "libxcb-image0"),
)
QT_STARTS = "from PySide6.QtWidgets import QApplication; QApplication([])"


class Refusal(Exception):
    """Something outside this program stops it; the text says what to type."""


@dataclass(frozen=True)
class Checkout:
    """Where things lie in one checkout of the project."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def lock(self) -> Path:
        return self.root / ".ci" / "requirements.lock"

    @property
    def demo(self) -> Path:
        return self.root / "build" / "demo"

    def digest(self) -> str:
        """What the environment depends on; another value means that it must be brought up to date."""
        digest = hashlib.sha256(os.fsencode(self.root) + repr(sys.version_info[:2]).encode())
        digest.update(self.lock.read_bytes())
        digest.update((self.root / "pyproject.toml").read_bytes())
        return digest.hexdigest()


def main(arguments: Sequence[str], checkout: Checkout) -> int:
    """Run the verb; the exit code is the tool's own, 1 for a refusal, 2 for wrong use."""
    if not arguments or arguments[0] not in VERBS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return VERBS[arguments[0]](checkout, list(arguments[1:]))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# The verbs


def run(checkout: Checkout, arguments: list[str]) -> int:
    prepare(checkout, window_platform(os.environ))
    environment = dict(os.environ)
    if arguments[:1] == ["--demo"]:
        # Settings of its own, so that the demo never becomes the store the program opens next time.
        environment["FARDPLAN_HOME"] = str(checkout.root / "build" / "demo-home")
        arguments = ["--store", str(demo_store(checkout, environment)), *arguments[1:]]
    return call([checkout.python, *PROGRAM_MODULE, *arguments], environment=environment)


def test(checkout: Checkout, arguments: list[str]) -> int:
    prepare(checkout)
    # The tests start the program many times; where compiled modules may not be kept, each start compiles them all anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command: list[str | Path] = [checkout.python, "-m", "pytest", "--benchmark-skip", "-n", "auto", *arguments]
    return call(command, folder=checkout.root, environment=environment)


def check(checkout: Checkout, arguments: list[str]) -> int:
    if arguments:
        raise Refusal("dev.py check takes no arguments.")
    prepare(checkout)
    python = checkout.python
    steps: dict[str, list[str | Path]] = {
        "lint": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "rooms": [python, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        "sizes": [python, "-m", "pytest", "-q", "-p", "no:randomly", "tests/architecture/test_sizes.py"],
    }
    failed = [name for name, command in steps.items() if call(command, folder=checkout.root) != 0]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def bench(checkout: Checkout, arguments: list[str]) -> int:
    prepare(checkout)
    return call(
        [checkout.python, "-m", "pytest", "tests/benchmarks", "--benchmark-only", *arguments], folder=checkout.root
    )


def faults(checkout: Checkout, arguments: list[str]) -> int:
    prepare(checkout)
    environment = {**os.environ, "FARDPLAN_FAULTS": "long"}
    return call(
        [checkout.python, "-m", "pytest", "-m", "faults", *arguments], folder=checkout.root, environment=environment
    )


def fuzz(checkout: Checkout, arguments: list[str]) -> int:
    seconds = arguments[0] if arguments else "60"
    if len(arguments) > 1 or not seconds.isascii() or not seconds.isdigit() or int(seconds) < 1:
        raise Refusal("Say how many seconds each target gets: dev.py fuzz [SECONDS]")
    if not sys.platform.startswith("linux"):
        raise Refusal("Fuzzing needs atheris, which is made for Linux alone.")
    prepare(checkout)
    found = checkout.root / "build" / "fuzz"
    fuzzer: list[str | Path] = [checkout.python, "-m", "tests.fuzz.run"]
    broken = [
        target for target in FUZZ_TARGETS if call([*fuzzer, target, seconds, found / target], folder=checkout.root) != 0
    ]
    print(f"Gave way: {', '.join(broken)}. The bytes lie in {found}." if broken else "Nothing gave way.")
    return 1 if broken else 0


def shots(checkout: Checkout, arguments: list[str]) -> int:
    if len(arguments) != 1:
        raise Refusal("Say where the pictures go: dev.py shots DIR")
    prepare(checkout)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(checkout.root)}
    return call([checkout.python, checkout.root / "tests" / "shots.py", arguments[0]], environment=environment)


def build(checkout: Checkout, arguments: list[str]) -> int:
    prepare(checkout)
    dist, work = checkout.root / "dist", checkout.root / "build" / "pyinstaller"
    folders: list[str | Path] = ["--noconfirm", "--distpath", dist, "--workpath", work]
    code = call([checkout.python, "-m", "PyInstaller", *folders, *arguments, "build.spec"], folder=checkout.root)
    if code != 0:
        return code
    program = dist / PROGRAM / (f"{PROGRAM}.exe" if os.name == "nt" else PROGRAM)
    code = call([program, "self-test"], environment=bare_environment(os.environ))
    if code == 0:
        print(f"Built and tested: {program}")
    return code


VERBS: Mapping[str, Callable[[Checkout, list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "faults": faults,
    "fuzz": fuzz,
    "shots": shots,
    "build": build,
}


# The environment


def prepare(checkout: Checkout, platform: str = "offscreen") -> None:
    """Bring .venv up to date and see that Qt starts on `platform`; does nothing when both are known to be so.

    Raises Refusal with the line to type when the machine lacks something only its owner may install.
    """
    digest = checkout.digest()
    installed, started = checkout.venv / "dev-installed", checkout.venv / f"dev-qt-{platform}"
    if not says(installed, digest) or not checkout.python.exists():
        make_environment(checkout)
        install(checkout)
        installed.write_text(digest, encoding="ascii")
    if not says(started, digest):
        see_that_qt_starts(checkout.python, platform)
        started.write_text(digest, encoding="ascii")


def make_environment(checkout: Checkout) -> None:
    """Make .venv, unless one stands there that this Python made and that still runs."""
    if _answers(checkout.python, f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"):
        return
    print(f"Making {checkout.venv} …", flush=True)
    without_pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if call([sys.executable, "-m", "venv", "--clear", *without_pip, checkout.venv]) != 0:
        raise Refusal(f"Python could not make {checkout.venv}; its own words stand above.")


def install(checkout: Checkout) -> None:
    """Install the locked packages, then the project itself, which then runs from the checkout."""
    print("Installing the locked packages; the first time takes a minute or two …", flush=True)
    pip = [*pip_command(checkout.python), "install", "--quiet", "--disable-pip-version-check"]
    project: list[str | Path] = ["--no-deps", "--no-build-isolation", "--editable", checkout.root]
    locked: list[str | Path] = ["--require-hashes", "--requirement", checkout.lock]
    for what in (locked, project):
        if call([*pip, *what]) != 0:
            raise Refusal("pip could not install what Färdplan Desktop needs; its own words stand above.")


def pip_command(python: Path) -> list[str | Path]:
    """The environment's own pip, or where Python came without ensurepip, the outer one told where to install."""
    if _answers(python, "import pip"):
        return [python, "-m", "pip"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    version = ".".join(map(str, sys.version_info[:2]))
    raise Refusal(
        f"This Python has neither ensurepip nor pip. Type this, then the same command again:\n\n"
        f"    {as_owner(f'apt-get install python{version}-venv')}\n"
    )


def see_that_qt_starts(python: Path, platform: str) -> None:
    """Start a QApplication in a process of its own; as root on Debian and Ubuntu, install what it lacks."""
    complaint = qt_complaint(python, platform)
    if not complaint:
        return
    command = f"apt-get install --yes --no-install-recommends {' '.join(QT_PACKAGES)}"
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        raise Refusal(f"Qt does not start on this machine:\n\n{complaint}")
    if os.geteuid() != 0:
        raise Refusal(
            f"Qt does not start on this machine:\n\n{complaint}\n\n"
            f"Type this, then the same command again:\n\n    {as_owner(command)}\n"
        )
    print("Installing the libraries Qt needs …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "--quiet"], environment=environment)
    call(command.split(), environment=environment)
    complaint = qt_complaint(python, platform)
    if complaint:
        raise Refusal(f"Qt does not start although its libraries were installed:\n\n{complaint}")


def qt_complaint(python: Path, platform: str) -> str:
    """What Qt says when it does not start, or an empty text when it does."""
    environment = {**os.environ, "QT_QPA_PLATFORM": platform} if platform else dict(os.environ)
    done = subprocess.run([python, "-c", QT_STARTS], env=environment, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip() or f"exit code {done.returncode}")


def window_platform(environment: Mapping[str, str]) -> str:
    """The Qt platform to try: X11 needs libraries of its own, so it is tried where it would be used."""
    x11 = sys.platform.startswith("linux") and environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY")
    return "xcb" if x11 and "QT_QPA_PLATFORM" not in environment else "offscreen"


# Smaller parts


def demo_store(checkout: Checkout, environment: Mapping[str, str]) -> Path:
    """The municipality's store of the invented county, which is made the first time."""
    if not checkout.demo.is_dir():
        half = checkout.demo.with_name("demo-half-made")
        shutil.rmtree(half, ignore_errors=True)
        half.parent.mkdir(exist_ok=True)
        print("Inventing a county; this takes a little while the first time …", flush=True)
        if call([checkout.python, *PROGRAM_MODULE, "demo", half], environment=environment) != 0:
            raise Refusal("The invented county could not be made; the program's own words stand above.")
        half.rename(checkout.demo)
    found = sorted(checkout.demo.rglob(f"*{DEMO_MUNICIPALITY}*.fardplan"))
    if not found:
        raise Refusal(f"No store of {DEMO_MUNICIPALITY} lies in {checkout.demo}. Remove that folder and try again.")
    return found[0]


def bare_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a machine without Python: the built program must find everything inside itself."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    system = environment.get("SYSTEMROOT")
    return {**kept, "PATH": f"{system}\\System32" if system else "", "QT_QPA_PLATFORM": "offscreen"}


def call(
    command: Sequence[str | Path], *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> int:
    """Run a command with our own input and output and give its exit code, 128 + n when signal n ended it."""
    code = subprocess.run(list(command), cwd=folder, env=environment, check=False).returncode
    return 128 - code if code < 0 else code


def as_owner(command: str) -> str:
    """The command as its reader must type it: this program itself never becomes another user."""
    return command if hasattr(os, "geteuid") and os.geteuid() == 0 else f"sudo {command}"


def says(stamp: Path, digest: str) -> bool:
    try:
        return stamp.read_text(encoding="ascii") == digest
    except OSError:
        return False


def _answers(python: Path, code: str) -> bool:
    try:
        return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Färdplan Desktop needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    sys.exit(main(sys.argv[1:], Checkout(Path(__file__).resolve().parent)))
