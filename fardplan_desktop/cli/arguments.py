"""How commands are spelt: argparse that speaks Swedish, and the kinds of values that several commands take."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeAlias

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period

PROGRAM = "fardplan-desktop"
WRONG_USE = 2

Run = Callable[[argparse.Namespace], int]
"""Carries out a command and gives its exit code."""
Commands: TypeAlias = "argparse._SubParsersAction[SwedishParser]"

_SENTENCES = (
    (r"the following arguments are required: (.+)", "Det här saknas: {0}."),
    (r"unrecognized arguments: (.+)", "Det här går inte att tolka: {0}."),
    (r"argument KOMMANDO: invalid choice: '(.*?)' .*", "Kommandot ”{0}” finns inte."),
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)", "{0} kan inte vara ”{1}”. Välj bland {2}."),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} behöver ett värde."),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0} tar inget värde, men fick ”{1}”."),
    (r"argument (.+?): (.+)", "{0}: {1}"),
)
"""What argparse says, and what we say instead."""


class SwedishParser(argparse.ArgumentParser):
    """Arguments and choices are added to ``needed`` and ``choices``, whose headings are ours."""

    def __init__(self, prog: str = PROGRAM, description: str | None = None, **_: object) -> None:
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=partial(argparse.HelpFormatter, max_help_position=30, width=100),
            add_help=False,
            allow_abbrev=False,
        )
        self.needed = self.add_argument_group("argument")
        self.choices = self.add_argument_group("val")
        self.choices.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def format_usage(self) -> str:
        return _in_swedish_usage(super().format_usage())

    def format_help(self) -> str:
        return _in_swedish_usage(super().format_help())

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.format_usage()}{in_swedish(message)}\n")


def add_command(commands: Commands, name: str, help: str, run: Run) -> SwedishParser:
    """A command with its one line of help; ``run`` carries it out."""
    parser = commands.add_parser(name, help=help, description=f"{help[:1].upper()}{help[1:]}.")
    parser.set_defaults(run=run)
    return parser


def add_store(parser: SwedishParser) -> None:
    parser.needed.add_argument("store", metavar="LAGER", type=Path, help="lagrets fil, till exempel ed.fardplan")


def add_period(parser: SwedishParser) -> None:
    parser.choices.add_argument(
        "--period", required=True, metavar="PERIOD", type=period, help="till exempel 2026-T2, 2026-05 eller 2026"
    )


def add_json(parser: SwedishParser) -> None:
    parser.choices.add_argument("--json", action="store_true", help="skriv svaret som JSON, för andra program")


def add_passphrase(parser: SwedishParser, help: str, *, required: bool) -> None:
    parser.choices.add_argument("--passphrase-file", required=required, metavar="FIL", type=Path, help=help)


def read_passphrase(path: Path) -> str:
    """The passphrase in a file, as an editor leaves it; raises InputProblem when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputProblem(
            f"Lösenfrasens fil {path.name} går inte att läsa.", todo="Ange en textfil i UTF-8.", detail=str(error)
        ) from error
    return text.removesuffix("\n").removesuffix("\r")


def period(text: str) -> Period:
    try:
        return parse_period(text)
    except InputProblem as problem:
        raise argparse.ArgumentTypeError(problem.sentence) from None


def words(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("Texten har tecken som inte går att läsa. Skriv om den.") from None
    return text


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{text}” är inget datum. Skriv till exempel 2026-09-14.") from None


def whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{text}” är inget heltal.") from None


def in_swedish(message: str) -> str:
    """What argparse says of wrong use, said in Swedish."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*(part.replace("'", "") for part in found.groups()))
    return f"Kommandot går inte att tolka ({message})."


def _in_swedish_usage(text: str) -> str:
    return text.replace("usage: ", "Så här skrivs det: ", 1)
