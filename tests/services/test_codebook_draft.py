"""The county's draft: it alone makes one, it survives a restart, and every step can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.codebook_edits import AddCode, EndCode, RenameCode, SetObligatory
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.services import codebook_draft
from fardplan_desktop.services.workplace import Workplace

STEP = SetObligatory(measure="SIP13", obligatory=True)
NEW = AddCode(list_id="tema", label="Nära vård i hemmet")


@pytest.fixture
def county(make: Any) -> Workplace:
    workplace: Workplace = make("14")
    return workplace


def test_only_the_county_makes_a_draft(edet: Workplace, fyrbodal: Workplace) -> None:
    for workplace in (edet, fyrbodal):
        with pytest.raises(InputProblem, match="be länet"):
            codebook_draft.start(workplace)
        with pytest.raises(InputProblem, match="ändras inte här"):
            codebook_draft.change(workplace, step=STEP)
        assert codebook_draft.draft(workplace) is None


def test_a_draft_starts_as_what_is_in_force_and_cannot_be_sealed_before_something_changes(county: Workplace) -> None:
    assert codebook_draft.draft(county) is None
    assert codebook_draft.start(county).label == "Utkast till version 3 påbörjat"
    found = codebook_draft.draft(county)
    assert found is not None
    assert (found.book.version, found.differences, found.sealable) == (3, (), False)


def test_each_step_is_told_and_the_draft_survives_a_restart(county: Workplace) -> None:
    said = codebook_draft.change(county, step=STEP)
    assert said.label == f"Utkastet ändrat: SIP13 {county.codebook.measure('SIP13').label} blir obligatoriskt"
    codebook_draft.change(county, step=NEW)
    county.store.close()
    again = open_workplace(county.store.path)
    found = codebook_draft.draft(again)
    again.store.close()
    assert found is not None
    assert [each.sentences for each in found.steps] == [
        (f"SIP13 {county.codebook.measure('SIP13').label} blir obligatoriskt",),
        ("Tema: nytt val Nära vård i hemmet",),
    ]
    assert found.sealable


def test_a_step_that_changes_nothing_is_not_kept(county: Workplace) -> None:
    codebook_draft.start(county)
    assert not codebook_draft.change(county, step=SetObligatory(measure="SIP04", obligatory=True)).kinds
    found = codebook_draft.draft(county)
    assert found is not None
    assert found.steps == ()


def test_a_draft_with_faults_is_kept_but_cannot_be_sealed(county: Workplace) -> None:
    first = county.codebook.list("tema").codes[0]
    codebook_draft.change(county, step=AddCode(list_id="tema", label=first.label))
    found = codebook_draft.draft(county)
    assert found is not None
    assert found.faults == (f"Tema, {first.label}: namnet heter likadant som en annan.",)
    assert not found.sealable


def test_a_step_can_be_taken_back_unless_a_later_one_rests_on_it(county: Workplace) -> None:
    codebook_draft.change(county, step=NEW)
    codebook_draft.change(county, step=RenameCode(list_id="tema", code="nara-vard-i-hemmet", label="Hemma"))
    codebook_draft.change(county, step=STEP)
    with pytest.raises(InputProblem, match="senare ändring bygger på den"):
        codebook_draft.take_back(county, at=0)
    codebook_draft.take_back(county, at=1)
    codebook_draft.take_back(county, at=0)
    found = codebook_draft.draft(county)
    assert found is not None
    assert [each.step for each in found.steps] == [STEP]


def test_a_draft_that_is_thrown_away_leaves_what_is_in_force(county: Workplace) -> None:
    codebook_draft.change(county, step=STEP)
    codebook_draft.discard(county)
    assert codebook_draft.draft(county) is None
    assert county.codebook.version == 2


def test_nothing_personal_goes_into_a_list_that_all_will_read(county: Workplace) -> None:
    with pytest.raises(PersonalData, match="Namnet"):
        codebook_draft.change(county, step=AddCode(list_id="tema", label="Fall 19121212-1212"))
    assert codebook_draft.draft(county) is None


def test_a_draft_of_a_newer_program_is_refused_with_a_sentence_and_can_be_thrown_away(county: Workplace) -> None:
    county.store.set_setting("codebook_draft", '[{"type":"Somersault"}]')
    with pytest.raises(InputProblem, match="nyare version av programmet"):
        codebook_draft.draft(county)
    codebook_draft.discard(county)
    assert codebook_draft.draft(county) is None


def test_a_code_is_ended_never_removed(county: Workplace) -> None:
    last = county.today
    codebook_draft.change(county, step=EndCode(list_id="tema", code="social-hallbarhet", last=last))
    found = codebook_draft.draft(county)
    assert found is not None
    assert found.book.list("tema").code("social-hallbarhet").ended == last
