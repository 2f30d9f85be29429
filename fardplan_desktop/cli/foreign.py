"""What a sheet of another make was understood as, said on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fardplan_desktop.cli.output import say
from fardplan_desktop.domain.sheets import LEAVE, Asked, Sure

if TYPE_CHECKING:
    from fardplan_desktop.services.sheets_in import Proposal

_HOW: Final = {
    Sure.KNOWN: "",
    Sure.REMEMBERED: ", som förra gången",
    Sure.CHOSEN: ", valt",
    Sure.SUGGESTED: "? Ett förslag som ska bekräftas",
    Sure.OPEN: "",
}


def say_sheet(proposal: Proposal, *, stored: bool) -> None:
    """A line for each row or question, what differs and what was left out, and what it comes to."""
    understood = proposal.understood
    for asked in understood.asked:
        detail = f" ({asked.detail})" if asked.detail else ""
        say(f"{asked.words}{detail}: {_answer(proposal, asked)}{_HOW[asked.sure]}")
    for sentence in (*understood.differences, *understood.notes):
        say(sentence)
    if proposal.outcome is not None:
        sentence = proposal.outcome.sentence
        say(sentence.replace("går att läsa in", "lästes in") if stored else sentence)


def sheet_as_json(proposal: Proposal, file: Path, *, stored: bool) -> dict[str, object]:
    understood, outcome = proposal.understood, proposal.outcome
    return {
        "file": str(file),
        "kind": understood.kind.value,
        "stored": stored,
        "rows": understood.size,
        "new": outcome.new if outcome else None,
        "replaced": outcome.replaced if outcome else None,
        "unchanged": outcome.unchanged if outcome else None,
        "asked": [
            {"words": asked.words, "place": asked.place, "answer": asked.answer or None, "how": asked.sure.value}
            for asked in understood.asked
        ],
        "differences": list(understood.differences),
        "notes": list(understood.notes),
        "clashes": [each.id for clash in outcome.clashes for each in clash.standing] if outcome else [],
    }


def _answer(proposal: Proposal, asked: Asked) -> str:
    if not asked.answer:
        return "behöver väljas"
    return "inte med" if asked.answer == LEAVE else proposal.understood.label(asked) or asked.answer
