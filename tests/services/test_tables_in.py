"""Tables into the store: all or nothing, one step, and said what they bring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem, Locked, PersonalData
from fardplan_desktop.domain.records import Activity, Count, Deviation, Plan
from fardplan_desktop.domain.tabular import TableContent, TableKind, TableProblems
from fardplan_desktop.services import activities, counts, deviations, editing, tables_in
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal
from tests.services.steps import put

Add = Callable[..., Import]

COUNTS = "Mått;Period;Antal\nSIP08;2026-05;4\nSIP04;2026-05;-\nSIP05;2026-05;.\n"
ACTIVITIES = "Aktivitet;Plan;Ansvarig;Status;Kommentar\nAnhörigcafé;Äldreplan;Samordnare;Pågår;Går bra\n"
DEVIATIONS = (
    "Händelsedatum;Registrerad;Riktning;Rapporterande;Motpart;Kategori;Referens;Status\n"
    "2026-05-02;2026-05-04;Kommun → region;Vård och omsorg;Vårdcentral;Läkemedel;A-1;Registrerad\n"
    "2026-05-09;2026-05-11;Kommun → region;Vård och omsorg;Vårdcentral;Läkemedel;;Registrerad\n"
)


@pytest.fixture
def add(edet: Workplace, tmp_path: Path) -> Add:
    def adding(kind: str, text: str, *, dry_run: bool = False, replace: bool = False) -> Import:
        path = tmp_path / "tabell.csv"
        path.write_text(text, encoding="utf-8")
        return tables_in.add_table(edet, path=path, kind=TableKind(kind), dry_run=dry_run, replace=replace)

    return adding


def numbers(workplace: Workplace) -> dict[str, int | None]:
    return {each.id: each.n for each in counts.counts(workplace).values()}


def test_counts_are_one_step_that_one_undo_takes_back(edet: Workplace, add: Add) -> None:
    done = add("counts", COUNTS)
    assert (done.new, done.replaced, done.unchanged) == (3, 0, 0)
    assert numbers(edet) == {"SIP08/2026-05": 4, "SIP04/2026-05": None, "SIP05/2026-05": None}
    editing.undo(edet)
    assert numbers(edet) == {}


def test_a_dry_run_names_what_would_be_replaced_and_changes_nothing(edet: Workplace, add: Add) -> None:
    add("counts", COUNTS)
    dry = add("counts", "Mått;Period;Antal\nSIP08;2026-05;7\nSIP01;2026-05;9\n", dry_run=True)
    assert (dry.new, dry.replaced) == (1, 1)
    assert next((edit.before, edit.after) for edit in dry.edits) == (
        Count(measure="SIP08", period="2026-05", n=4),
        Count(measure="SIP08", period="2026-05", n=7),
    )
    assert "går att läsa in" in dry.sentence
    assert numbers(edet)["SIP08/2026-05"] == 4


def test_reading_the_same_table_twice_changes_nothing(edet: Workplace, add: Add) -> None:
    add("counts", COUNTS)
    head = edet.store.history_head()
    assert add("counts", COUNTS).unchanged == 3
    assert edet.store.history_head() == head


def test_one_fault_and_nothing_is_read_in(edet: Workplace, add: Add) -> None:
    with pytest.raises(TableProblems) as caught:
        add("counts", COUNTS + "SIP99;2026-05;1\nSIP01;2026-13;1\nSIP02;2026-05;1,5\n")
    assert [(each.row, each.column) for each in caught.value.problems] == [(5, "Mått"), (6, "Period"), (7, "Antal")]
    assert numbers(edet) == {}


def test_another_length_of_period_is_replaced_only_when_it_is_said(edet: Workplace, add: Add) -> None:
    add("counts", COUNTS)
    whole = "Mått;Period;Antal\nSIP08;2026-T2;12\n"
    dry = add("counts", whole, dry_run=True)
    assert [each.id for clash in dry.clashes for each in clash.standing] == ["SIP08/2026-05"]
    with pytest.raises(InputProblem, match="redan ifyllt på annat sätt"):
        add("counts", whole)
    add("counts", whole, replace=True)
    assert numbers(edet)["SIP08/2026-T2"] == 12
    assert "SIP08/2026-05" not in numbers(edet)


@pytest.mark.parametrize("choice", [{}, {"dry_run": True}, {"replace": True}])
def test_a_table_with_both_a_tertial_and_its_month_would_count_twice_and_is_refused(
    edet: Workplace, add: Add, choice: dict[str, bool]
) -> None:
    with pytest.raises(InputProblem, match="både för tertial 2 2026 och för maj 2026"):
        add("counts", "Mått;Period;Antal\nSIP08;2026-T2;12\nSIP04;2026-05;1\nSIP08;2026-05;3\n", **choice)
    assert numbers(edet) == {}


def test_a_sealed_period_takes_no_table(edet: Workplace, add: Add, seal: Seal) -> None:
    put(edet, SIP08=1)
    seal(edet)
    with pytest.raises(Locked):
        add("counts", COUNTS)


def test_an_unknown_plan_is_made_and_an_activity_is_known_by_plan_and_title(edet: Workplace, add: Add) -> None:
    done = add("activities", ACTIVITIES)
    assert [edit.record.title for edit in done.edits if isinstance(edit.record, Plan)] == ["Äldreplan"]
    (activity,) = activities.activities(edet)
    again = add("activities", "Aktivitet;Plan;Status\nanhörigcafé;äldreplan;Klar\n")
    assert (again.new, again.replaced) == (0, 1)
    (changed,) = activities.activities(edet)
    assert isinstance(changed, Activity)
    assert (changed.id, changed.status, changed.responsible) == (activity.id, "klar", "Samordnare")
    assert [each.comment for each in activities.check_ins(edet)] == ["Går bra"]


def test_deviations_are_numbered_and_known_by_their_reference(edet: Workplace, add: Add) -> None:
    add("deviations", DEVIATIONS)
    assert [each.number for each in deviations.deviations(edet)] == ["1462-2026-0002", "1462-2026-0001"]
    second = add("deviations", "\n".join(DEVIATIONS.splitlines()[:2]))
    assert (second.new, second.unchanged) == (0, 1)
    changed = add("deviations", "\n".join(DEVIATIONS.splitlines()[:2]).removesuffix("Registrerad") + "Utreds\n")
    assert changed.replaced == 1
    stored = {each.reference: each.status for each in edet.store.own(Deviation)}
    assert stored == {"A-1": "utreds", None: "registrerad"}


def test_a_personal_number_anywhere_refuses_the_whole_table(edet: Workplace, add: Add) -> None:
    with pytest.raises(PersonalData):
        add("activities", "Aktivitet;Mål\nBra;Allt\nSämre;Ring 19121212-1212\n")
    assert activities.activities(edet) == ()


def test_the_source_of_a_population_is_a_text_like_others(edet: Workplace, add: Add) -> None:
    with pytest.raises(PersonalData):
        add("population", "Kommunkod;År;Folkmängd;Källa\n1462;2025;100;Anna 19121212-1212\n")
    assert edet.store.population() == ()


@pytest.mark.parametrize(
    ("name", "label"), [("Anna 19121212-1212.csv", "1 antal ur en tabell"), ("t\udce5.csv", "1 antal ur t?.csv")]
)
def test_a_file_name_that_names_a_person_or_is_no_text_stays_out_of_the_history(
    edet: Workplace, name: str, label: str
) -> None:
    content = TableContent(
        kind=TableKind.COUNTS, source=name, sha256="", counts=(Count(measure="SIP08", period="2026-05", n=1),)
    )
    tables_in.take_in(edet, content=content)
    assert editing.history(edet)[0].label == label


def test_population_is_replaced_by_municipality_and_year(edet: Workplace, add: Add) -> None:
    table = "Kommunkod;År;Folkmängd;Källa\n1462;2025;100;Påhittad\n"
    assert add("population", table).new == 1
    assert add("population", table).unchanged == 1
    assert add("population", table.replace("100", "200")).replaced == 1
    assert [each.inhabitants for each in edet.store.population()] == [200]


def test_a_lone_dash_in_a_pasted_table_is_never_guessed(edet: Workplace) -> None:
    text = "Mått\t2026-05\t2026-06\nSIP08\t-\t4\n"
    with pytest.raises(InputProblem, match="ensamma streck"):
        tables_in.paste_table(edet, text=text, kind=TableKind.COUNTS)
    as_zero = tables_in.paste_table(edet, text=text, kind=TableKind.COUNTS, dash="0")
    as_missing = tables_in.paste_table(edet, text=text, kind=TableKind.COUNTS, dash="saknas")
    assert [each.n for each in as_zero.counts] == [0, 4]
    assert [each.n for each in as_missing.counts] == [None, 4]


def test_a_table_with_headings_and_nothing_under_them_is_refused(edet: Workplace, tmp_path: Path) -> None:
    empty = tmp_path / "antal.csv"
    empty.write_text("Mått;Period;Antal\n", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"antal\.csv har rubriker men inga rader"):
        tables_in.add_table(edet, path=empty, kind=TableKind.COUNTS)
