"""The command line's one door: arguments in, exit code out, every failure said in Swedish."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.cli import (
    answering,
    asking,
    bundling,
    codebook,
    inquiring,
    joint,
    keeping,
    printing,
    reading,
    receiving,
    sealing,
    selftest,
    stores,
    tabling,
    timelines,
    tracing,
)
from fardplan_desktop.cli.arguments import WRONG_USE, SwedishParser
from fardplan_desktop.cli.output import FOUND_WANTING, complain, say_json, use_utf8
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.tabular import TableProblems
from fardplan_desktop.host import log

_MOST_SHOWN = 50
"""Faults in a table: someone who chose the wrong file does not want ten thousand."""
_ABOUT = f"{PROGRAM_NAME} {__version__}: kommunens aktiviteter, SIP-antal och avvikelser i samverkan"


def run(arguments: Sequence[str], *, try_window: Callable[[], None]) -> int:
    """0 done, 1 refused or found wanting, 2 wrong use. ``try_window`` opens and closes the window, for the self-test.

    A failure in the world is one Swedish sentence on standard error. A bug is logged and said so; this and the window's
    crash dialog are the only places that catch everything.
    """
    use_utf8()
    as_json = False
    try:
        given = make_parser(try_window).parse_args(arguments)
        as_json = "json" in given and given.json
        code = int(given.run(given))
        print(end="", flush=True)  # A program without a console has no standard output to flush.
    except SystemExit as done:
        return WRONG_USE if done.code else 0
    except TableProblems as problems:
        return _table_refused(problems)
    except WorldError as error:
        return _unable("refused", error.sentence, as_json)
    except BrokenPipeError:
        # Whoever read the answer has seen enough; Python must not complain when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND_WANTING
    except KeyboardInterrupt:
        complain("Avbrutet.")
        return FOUND_WANTING
    except Exception:
        return _own_fault(as_json)
    return code


def make_parser(try_window: Callable[[], None]) -> SwedishParser:
    parser = SwedishParser(description=f"{_ABOUT}. Utan kommando öppnas fönstret.")
    parser.choices.add_argument(
        "--version", action="version", version=f"{PROGRAM_NAME} {__version__}", help="visa programmets version"
    )
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, parser_class=SwedishParser)
    for group in (
        stores,
        tabling,
        inquiring,
        joint,
        sealing,
        bundling,
        receiving,
        keeping,
        answering,
        asking,
        codebook,
        reading,
        tracing,
        printing,
        timelines,
    ):
        group.register(commands)
    selftest.register(commands, try_window)
    return parser


def _table_refused(problems: TableProblems) -> int:
    complain(problems.what)
    complain("\n".join(each.sentence for each in problems.problems[:_MOST_SHOWN]))
    if len(problems.problems) > _MOST_SHOWN:
        complain(f"… och {len(problems.problems) - _MOST_SHOWN} fel till.")
    complain(problems.todo)
    return FOUND_WANTING


def _unable(outcome: str, sentence: str, as_json: bool) -> int:
    """Who reads the answer as JSON gets JSON, whatever the answer is."""
    complain(sentence)
    if as_json:
        say_json({"outcome": outcome, "message": sentence})
    return FOUND_WANTING


def _own_fault(as_json: bool) -> int:
    file = log.start()
    logging.getLogger(log.NAME).exception("the command line failed")
    where = f" Vad som hände står i {file}." if file else ""
    sentence = f"Något gick fel i programmet.{where} Hör av dig till den som förvaltar det."
    return _unable("failed", sentence, as_json)
