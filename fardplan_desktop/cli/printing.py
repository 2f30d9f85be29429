"""Commands for prints."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fardplan_desktop.cli.arguments import Commands, add_command, add_period, add_store, day
from fardplan_desktop.cli.output import DONE, opened, save, say


def register(commands: Commands) -> None:
    report = add_command(commands, "report", "skriv ett underlag som PDF", _report)
    add_store(report)
    report.choices.add_argument(
        "--kind",
        required=True,
        choices=("meeting", "approval", "joint", "coverage", "correction"),
        help="meeting: mötesunderlaget, approval: underlag för godkännande, joint: gemensamma aktiviteter per kommun, "
        "coverage: inlämningsläget, correction: rättelseblad",
    )
    add_period(report)
    report.choices.add_argument("--out", required=True, metavar="FIL.pdf", type=Path, help="var det ska sparas")
    report.choices.add_argument("--as-of", metavar="DATUM", type=day, help="läget per den dagen; annars i dag")
    report.choices.add_argument(
        "--late-first", action="store_true", help="inlämningsläget: de som saknas och är sena först"
    )


def _report(given: Namespace) -> int:
    from fardplan_desktop.services import approval_papers, correction_papers, coverage_list, joint_matrix, papers

    makers: dict[str, Callable[..., bytes]] = {
        "meeting": papers.meeting_pdf,
        "approval": approval_papers.approval_pdf,
        "joint": joint_matrix.joint_pdf,
        "correction": correction_papers.correction_pdf,
        "coverage": partial(coverage_list.coverage_pdf, late_first=given.late_first),
    }
    make = makers[given.kind]
    with opened(given.store) as workplace:
        data = make(workplace, period=given.period, as_of=given.as_of)
    save(given.out, data)
    say(f"{given.out} är sparad.")
    return DONE
