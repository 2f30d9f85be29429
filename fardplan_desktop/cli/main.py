"""The command line's one door: arguments in, exit code out, every failure said in Swedish."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.cli import printing, reading, receiving, sealing, selftest, stores, tabling
from fardplan_desktop.cli.arguments import WRONG_USE, SwedishParser
from fardplan_desktop.cli.output import FOUND_WANTING, complain, use_utf8
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.tabular import TableProblems
from fardplan_desktop.host import log

_ABOUT = f"{PROGRAM_NAME} {__version__}: kommunens aktiviteter, SIP-antal och avvikelser i samverkan"


def run(arguments: Sequence[str], *, try_window: Callable[[], None]) -> int:
    """0 done, 1 refused or found wanting, 2 wrong use. ``try_window`` opens and closes the window, for the self-test.

    A failure in the world is one Swedish sentence on standard error. A bug is logged and said so; this and the window's
    crash dialog are the only places that catch everything.
    """
    use_utf8()
    try:
        given = make_parser(try_window).parse_args(arguments)
        code = int(given.run(given))
        sys.stdout.flush()
    except SystemExit as done:
        return WRONG_USE if done.code else 0
    except TableProblems as problems:
        complain(problems.what)
        complain("\n".join(each.sentence for each in problems.problems))
        complain(problems.todo)
        return FOUND_WANTING
    except WorldError as error:
        complain(error.sentence)
        return FOUND_WANTING
    except BrokenPipeError:
        # Whoever read the answer has seen enough; Python must not complain when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND_WANTING
    except KeyboardInterrupt:
        complain("Avbrutet.")
        return FOUND_WANTING
    except Exception:
        return _own_fault()
    return code


def make_parser(try_window: Callable[[], None]) -> SwedishParser:
    parser = SwedishParser(description=f"{_ABOUT}. Utan kommando öppnas fönstret.")
    parser.choices.add_argument(
        "--version", action="version", version=f"{PROGRAM_NAME} {__version__}", help="visa programmets version"
    )
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, parser_class=SwedishParser)
    for group in (stores, tabling, sealing, receiving, reading, printing):
        group.register(commands)
    selftest.register(commands, try_window)
    return parser


def _own_fault() -> int:
    file = log.start()
    logging.getLogger(log.NAME).exception("the command line failed")
    where = f" Vad som hände står i {file}." if file else ""
    complain(f"Något gick fel i programmet.{where} Hör av dig till den som förvaltar det.")
    return FOUND_WANTING
