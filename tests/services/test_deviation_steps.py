"""The way of a deviation from registered to closed, alone and several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations, editing
from fardplan_desktop.services.workplace import Workplace

replace = msgspec.structs.replace
_STATUSES = (
    *("registrerad", "skickad", "utreds", "svar-mottaget", "atgardad", "avslutad"),
    *("atertagen", "avvisad-av-mottagaren"),
)


def registered(workplace: Workplace, **given: object) -> Deviation:
    return deviations.add(workplace, draft=replace(deviations.blank(workplace), **given))[0]


def stored(workplace: Workplace, deviation: Deviation) -> Deviation:
    found = deviations.find(workplace, deviation=deviation.id)
    assert found is not None
    return found


class Way(RuleBasedStateMachine):
    """Anything a user may do to the status and to what closing needs, in any order."""

    workplace: Workplace

    @initialize()
    def register(self) -> None:
        self.shown = registered(self.workplace)

    @rule(status=st.sampled_from(_STATUSES), comment=st.sampled_from(["", "Fel mottagare."]))
    def step(self, status: str, comment: str) -> None:
        allowed = {each.status: each for each in deviations.steps(self.workplace, deviation=self.shown)}
        known = allowed.get(status)
        try:
            deviations.take_step(self.workplace, deviation=self.shown, status=status, comment=comment)
        except InputProblem:
            assert known is not None
            assert known.lacks or (known.needs_comment and not comment)
        self.shown = stored(self.workplace, self.shown)

    @rule(
        field=st.sampled_from(["causes", "action", "status_comment"]), filled=st.booleans(), nothing_done=st.booleans()
    )
    def say(self, field: str, filled: bool, nothing_done: bool) -> None:
        value = {
            "causes": ("utbildning-och-kompetens",) if filled else (),
            "action": ("ingen-atgard" if nothing_done else "andrad-rutin") if filled else None,
            "status_comment": "Parterna är överens." if filled else None,
        }[field]
        if self.shown.status != "avslutad":  # What is closed is opened before what it stands on is taken away.
            deviations.update(self.workplace, before=self.shown, after=replace(self.shown, **{field: value}))
            self.shown = stored(self.workplace, self.shown)

    @invariant()
    def closed_only_with_cause_and_action_or_a_reason(self) -> None:
        if self.shown.status == "avslutad":
            done = self.shown.causes and self.shown.action and self.shown.action != "ingen-atgard"
            assert done or (self.shown.action == "ingen-atgard" and self.shown.status_comment)


@pytest.fixture
def machine(edet: Workplace) -> Iterator[Callable[[], None]]:
    Way.workplace = edet
    yield lambda: run_state_machine_as_test(Way, settings=settings(max_examples=15, stateful_step_count=25))
    del Way.workplace


def test_no_way_leads_to_closed_past_cause_and_action_or_a_reason(machine: Callable[[], None]) -> None:
    machine()


def test_forward_steps_come_first_in_their_order_then_back_then_aside(edet: Workplace) -> None:
    made = registered(edet, status="utreds")
    found = deviations.steps(edet, deviation=made)
    assert [(each.status, each.way) for each in found] == [
        ("svar-mottaget", "forward"),
        ("atgardad", "forward"),
        ("avslutad", "forward"),
        ("registrerad", "back"),
        ("skickad", "back"),
        ("atertagen", "aside"),
        ("avvisad-av-mottagaren", "aside"),
    ]
    assert [each.status for each in found if each.needs_comment] == ["registrerad", "skickad", "avvisad-av-mottagaren"]
    assert {each.status: each.lacks for each in found}["avslutad"] == ("causes", "action")


def test_a_step_back_needs_its_own_comment_although_an_older_one_stands_there(edet: Workplace) -> None:
    made = registered(edet, status="utreds", status_comment="Sedan tidigare.")
    with pytest.raises(InputProblem) as caught:
        deviations.take_step(edet, deviation=made, status="skickad")
    assert "från Utreds till Skickad" in caught.value.what
    deviations.take_step(edet, deviation=made, status="skickad", comment=" Fel mottagare. ")
    assert stored(edet, made).status_comment == "Fel mottagare."


def test_sending_and_answering_set_their_day_once(edet: Workplace) -> None:
    made = registered(edet)
    deviations.take_step(edet, deviation=made, status="skickad")
    sent = stored(edet, made)
    assert (sent.sent_on, sent.answered_on) == (edet.today, None)
    deviations.take_step(edet, deviation=sent, status="svar-mottaget")
    assert stored(edet, made).answered_on == edet.today


def test_several_are_changed_in_one_step_and_those_that_may_not_are_named_and_left(edet: Workplace) -> None:
    ready = {"causes": ("utbildning-och-kompetens",), "action": "andrad-rutin"}
    some = [registered(edet, **ready), registered(edet), registered(edet, **ready)]
    found = deviations.change_several(edet, deviations=some, values={"status": "avslutad", "lift_to": "lokal"})
    assert found.changed == 2
    assert found.change.label == "Ändrat 2 avvikelser"
    assert [number for number, _ in found.left] == [some[1].number]
    assert "kan inte avslutas än" in found.left[0][1]
    now = [stored(edet, each) for each in some]
    assert [(each.status, each.lift_to) for each in now] == [
        ("avslutad", "lokal"),
        ("registrerad", None),
        ("avslutad", "lokal"),
    ]
    editing.undo(edet)
    assert [stored(edet, each) for each in some] == some


def test_several_are_given_fields_without_touching_what_is_not_said(edet: Workplace) -> None:
    some = [registered(edet, category="lakemedel"), registered(edet, document="overenskommelse")]
    values = {"document": "lakemedelsrutin", "feedback": edet.today}
    found = deviations.change_several(edet, deviations=some, values=values)
    assert (found.changed, found.left) == (2, ())
    now = [stored(edet, each) for each in some]
    assert [each.category for each in now] == ["lakemedel", "uppgift-saknas"]
    assert {(each.document, each.feedback) for each in now} == {("lakemedelsrutin", edet.today)}


def test_nothing_to_change_is_no_step_to_undo(edet: Workplace) -> None:
    made = registered(edet, category="lakemedel")
    found = deviations.change_several(edet, deviations=[made], values={"category": "lakemedel"})
    assert (found.changed, found.change.kinds) == (0, frozenset())
    assert editing.undo_labels(edet)[0] == f"Ny avvikelse {made.number}"


def test_a_comment_that_points_out_a_person_changes_none_of_them(edet: Workplace) -> None:
    some = [registered(edet, status="utreds"), registered(edet, status="utreds")]
    values = {"status": "skickad", "status_comment": "Gällde 811218-9876."}
    with pytest.raises(PersonalData):
        deviations.change_several(edet, deviations=some, values=values)
    assert [stored(edet, each) for each in some] == some
