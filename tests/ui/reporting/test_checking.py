"""Step 1 by mouse and keys: what must be put right, and comments that answer one warning or many."""

from __future__ import annotations

from typing import Any

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import counts, quality
from fardplan_desktop.services.workplace import Workplace

PERIOD = parse_period("2026-T2")


def _comments(workplace: Workplace) -> list[str]:
    return [each.comment for each in quality.problems(workplace, period=PERIOD) if each.comment]


def test_an_error_stops_at_the_first_step_and_leads_to_its_cell(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace, SIP05=50)
    report = open_report()
    assert report.child("wizard_next").text() == "Rätta 1 fel"
    place = {
        "measure": "SIP05", "month": "2026-07", "problem": "R-DEL-SIP05/SIP05/2026-07", "back": "reporting"
    }  # fmt: skip
    for way in ("wizard_next", "error_0_show", "Ctrl+."):
        report.walk() if way == "Ctrl+." else report.click(way)
        assert report.window.current_page.asked == place
        report.window.go("reporting")
        report.settle()
    counts.put(workplace, values=[Count(measure="SIP05", period="2026-07", n=5)])
    report.window.go("reporting")
    report.settle()
    assert report.has("check_calm")


def test_one_comment_answers_every_chosen_warning_and_can_be_undone(workplace: Workplace, open_report: Any) -> None:
    report = open_report()
    before = len(quality.problems(workplace, period=PERIOD))
    assert before > 2
    report.click("warning_0_tick")
    report.click("warning_2_tick")
    report.type("warnings_comment", "Systemet byttes i juli")
    report.click("warnings_save")
    comments = [each.comment for each in quality.problems(workplace, period=PERIOD) if each.comment]
    assert comments == ["Systemet byttes i juli"] * 2
    assert "2 redan besvarade" in report.texts()
    report.session.undo()
    report.settle()
    assert not any(each.comment for each in quality.problems(workplace, period=PERIOD))


def test_a_comment_answers_all_of_its_kind_and_is_changed_and_removed_again(
    workplace: Workplace, open_report: Any
) -> None:
    report = open_report()
    total = len(quality.problems(workplace, period=PERIOD))
    assert not report.has("warnings_together"), "nothing is ticked yet"
    report.click("warning_0_tick")
    assert report.child("warnings_together").text() == f"Använd kommentaren för alla {total} av samma slag"
    report.click("warnings_together")
    report.type("warnings_comment", "Systemet byttes i juli")
    report.click("warnings_save")
    assert _comments(workplace) == ["Systemet byttes i juli"] * total
    report.click("warning_0_change")
    report.type("warnings_comment", ". Mer kommer")
    report.click("warnings_save")
    assert sorted(_comments(workplace))[-1] == "Systemet byttes i juli. Mer kommer"
    report.click("warning_0_clear")
    assert len(_comments(workplace)) == total - 1
    for _ in range(3):
        report.session.undo()
        report.settle()
    assert _comments(workplace) == [], "each was one step"


def test_a_comment_wants_a_warning_and_a_text(workplace: Workplace, open_report: Any) -> None:
    report = open_report()
    report.click("warnings_save")
    assert "Välj en eller flera" in report.text("error_warnings_comment")
    report.click("warnings_all")
    report.click("warnings_save")
    assert "Kommentaren är tom" in report.text("error_warnings_comment")
    report.type("warnings_comment", "Gäller 19121212-1212")
    report.click("warnings_save")
    assert "personnummer" in report.text("error_warnings_comment")
    assert not any(each.comment for each in quality.problems(workplace, period=PERIOD))
