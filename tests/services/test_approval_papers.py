"""What stands on Underlag för godkännande comes from the very rows that would be sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.domain.approval_paper import ChangeLine, DecisionLine, RemarkLine
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import (
    activities,
    approval_papers,
    approvals,
    counts,
    deliveries,
    quality,
)
from fardplan_desktop.services.approval_papers import approval_paper
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.workplace import Workplace
from tests.services.steps import put

Seal = Callable[..., Sealed]


def test_the_rows_told_are_the_rows_of_the_package(edet: Workplace, period: Period) -> None:
    put(edet, SIP04=3, SIP03=0)
    activities.add(edet, title="Närområdesplan")
    paper = approval_paper(edet, period=period)
    rows = deliveries.preview(edet, period=period).rows
    told = {line.kind: line.rows for line in paper.contents}
    assert told == {
        "Antal i SIP-uppföljningen": len(rows.counts),
        "Aktiviteter": len(rows.activities),
        "Avstämningar": 0,
        "Avvikelser i samverkan": 0,
        "Kontroller": len(rows.rules),
    }
    assert paper.contents[3].what == "Inga att skicka"
    assert paper.audience == "Vårdsamverkan Fyrbodal"
    assert [line.label for line in paper.measures] == [each.short for each in edet.codebook.measures if each.obligatory]


def test_errors_come_first_then_what_has_no_comment_then_what_is_answered(edet: Workplace, period: Period) -> None:
    put(edet, SIP01=7, SIP02=9, SIP04=3, SIP03=0)
    spontaneous = [each for each in quality.problems(edet, period=period) if each.result.rule == "R-NOLL-SIP04"]
    quality.comment(edet, problems=tuple(spontaneous), text="Spontana möten.")
    remarks = approval_paper(edet, period=period).remarks
    standings = [line.standing for line in remarks]
    assert standings == sorted(standings, key=("Att rätta", "Utan kommentar", "Kommenterad").index)
    assert remarks[0].text == "9 tackade nej under maj 2026, men bara 7 erbjudanden är registrerade."
    assert remarks[-1] == RemarkLine(
        "Kommenterad", "3 möten hölls under maj 2026, men inga kallelser är registrerade.", "Spontana möten."
    )


def test_a_correction_says_what_it_replaces_why_and_what_has_changed(
    edet: Workplace, seal: Seal, period: Period
) -> None:
    put(edet, SIP04=3)
    seal(edet)
    deliveries.reopen(edet, period=period, reason="Maj var dubbelräknad.")
    counts.put(edet, values=[Count(measure="SIP04", period="2026-05", n=2)])
    paper = approval_paper(edet, period=period)
    assert paper.correction == "Rättelse som ersätter paket nummer 1. Maj var dubbelräknad."
    assert paper.changes == (ChangeLine("Genomförda SIP-möten, maj 2026", "ändrad", "3 → 2"),)
    assert paper.changes_since == "sedan paket nummer 1"


def test_the_approval_on_record_stands_in_the_decision_until_something_changes(
    edet: Workplace, seal: Seal, period: Period
) -> None:
    put(edet, SIP04=3)
    assert approval_paper(edet, period=period).decision is None
    sealed = seal(edet)
    approvals.record(edet, delivery=sealed.delivery, approval=Approval("Socialchef", date(2026, 9, 12), "protokoll"))
    made = approval_paper(edet, period=period)
    assert (made.decision, made.correction) == (DecisionLine("Socialchef", date(2026, 9, 12), "protokoll"), "")
    activities.add(edet, title="Närområdesplan")
    assert approval_paper(edet, period=period).decision is None


def test_the_same_data_and_day_give_the_same_bytes_and_the_page_is_saved_by_its_name(
    edet: Workplace, period: Period, tmp_path: Path
) -> None:
    day = date(2026, 9, 14)
    pdf = approval_papers.approval_pdf(edet, period=period, as_of=day)
    assert pdf == approval_papers.approval_pdf(edet, period=period, as_of=day)
    path = approval_papers.save_approval_pdf(edet, pdf=pdf, period=period, folder=tmp_path / "ny")
    assert path.name == "Underlag för godkännande Lilla Edets kommun 2026-T2.pdf"
    assert path.read_bytes() == pdf


@pytest.mark.parametrize("wrong", ["2026-05", "2026"])
def test_only_a_reported_period_has_a_page(edet: Workplace, wrong: str) -> None:
    with pytest.raises(InputProblem):
        approval_paper(edet, period=parse_period(wrong))
