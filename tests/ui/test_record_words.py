"""A record's history in plain Swedish."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.bootstrap import new_workplace, shipped_codebook
from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.domain.records import Indicator
from fardplan_desktop.services import editing, joint_answers, joint_plans
from fardplan_desktop.ui.record_words import Wording, lines

FIELDS = {
    "status": "Status",
    "partners": "Parter",
    "percent": "Andel klar",
    "goal": "Mål",
    "shared": "Delas",
    "plan": "Plan",
    "shares": "Delar",
}
LISTS = {"status": "aktivitetsstatus", "partners": "part"}


@pytest.fixture(scope="module")
def wording() -> Wording:
    words = {"plan": {"1": "Handlingsplan 2026"}.__getitem__}
    return Wording(shipped_codebook(), "Lades in", FIELDS, LISTS, words, {"shares": _shares})


def _shares(value: object) -> dict[str, str]:
    return {f"Del {name}": str(number) for name, number in value.items()} if isinstance(value, dict) else {}


def entry(before: dict[str, object] | None, after: dict[str, object] | None, act: str = "edit") -> HistoryEntry:
    return HistoryEntry(1, "2026-09-14T08:00:00Z", "Samordnare", act, "Ändrade", "Activity:1", before, after, "")


def test_coming_and_going_are_told_in_a_word(wording: Wording) -> None:
    assert wording.lines(entry(None, {"goal": "x"})) == ["Lades in"]
    assert wording.lines(entry(None, {"goal": "x"}, act="undo")) == ["Lades tillbaka"]
    assert wording.lines(entry({"goal": "x"}, None)) == ["Togs bort"]


@pytest.mark.parametrize(
    ("field", "before", "after", "line"),
    [
        ("status", None, "klar", "Status: tomt → Klar"),
        ("percent", 0, None, "Andel klar: 0 % → tomt"),
        ("shared", False, True, "Delas: nej → ja"),
        ("plan", None, "1", "Plan: tomt → Handlingsplan 2026"),
        ("goal", None, "o" * 61, f"Mål: tomt → {'o' * 60}…"),
    ],
)
def test_a_changed_field_is_told_in_words(
    wording: Wording, field: str, before: object, after: object, line: str
) -> None:
    assert wording.lines(entry({field: before}, {field: after})) == [line]


def test_a_long_list_is_told_whole_so_that_the_change_is_seen(wording: Wording) -> None:
    parts = [code.id for code in wording.book.list("part").codes]
    labels = [code.label for code in wording.book.list("part").codes]
    said = wording.lines(entry({"partners": parts[:-1]}, {"partners": parts}))
    assert said == [f"Parter: {', '.join(labels[:-1])} → {', '.join(labels)}"]


def test_what_the_user_does_not_know_of_is_not_told(wording: Wording) -> None:
    assert wording.lines(entry({"row": "a", "goal": "x"}, {"row": "b", "goal": "x"})) == []


def test_of_a_field_that_holds_several_things_only_those_that_changed_are_told(wording: Wording) -> None:
    told = wording.lines(entry({"shares": {"A": 1, "B": 2, "C": 3}}, {"shares": {"A": 1, "B": 5, "D": 4}}))
    assert told == ["Del B: 2 → 5", "Del C: 3 → tomt", "Del D: tomt → 4"]


def test_joint_activities_and_answers_are_told_by_title_and_in_words(tmp_path: Path) -> None:
    office, town = (new_workplace(tmp_path / f"{code}.fardplan", code) for code in ("simba", "1462"))
    plan, _ = joint_plans.add_plan(office, title="Plan", year=2026)
    first, _ = joint_plans.add_task(office, plan=plan.id, title="Ny")
    task, _ = joint_plans.add_task(office, plan=plan.id, title="Gammal", indicators=(Indicator(text="Andel"),))
    after = msgspec.structs.replace(task, indicators=(Indicator(text="Andel", target="80"),))
    joint_plans.update_task(office, before=task, after=after)
    joint_plans.end_task(office, task=after, replaced_by=first.id)
    told = [lines(office, each) for each in editing.history(office, record=task)]
    assert told[-1] == ["Lades in"]
    assert told[-2] == ["Indikator 1, målvärde: tomt → 80"]
    assert "Ersätts av: tomt → Ny" in told[-3]
    own, _ = joint_answers.carry_out(town, joint="G4")
    answered, of_own = (editing.history(town, limit=2)[at] for at in (0, 1))
    assert lines(town, answered) == [f"Lades in. Svar: Följer, Egen aktivitet: {own.title}"]
    assert lines(town, of_own) == ["Lades in"]
    for each in (office, town):
        each.store.close()
