"""Foreign sheets into the store: proposed, answered, taken in as one step, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem, Locked
from fardplan_desktop.domain.sheets import Asked, Sure
from fardplan_desktop.domain.tabular import TableKind, TableProblems
from fardplan_desktop.services import counts, deviations, editing, sheets_in
from fardplan_desktop.services.sheets_in import Proposal
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import put

SHEET = "SIP 2026;jan;feb;Summa\nAntal SIP-möten;3;4;7\nNya samtal;9;8;17\nUpprättade SIP;2;-;2\n"
EXPORT = (
    "Uttag ur avvikelsesystemet, påhittade ärenden\n"
    "Ärendenummer;Händelsedatum;Rapporterande enhet;Mottagande verksamhet;Händelsetyp;Ärendestatus\n"
    "MC-1;2026-05-03;Hemsjukvården;VC;Läkemedel;{}\n"
    "MC-2;2026-06-09;Hemsjukvården;BUP;Sena besked;Ny\n"
)
Open = Callable[..., Proposal]


@pytest.fixture
def opened(edet: Workplace, tmp_path: Path) -> Open:
    """Opens this text as a file of this name."""

    def opening(text: str, kind: TableKind = TableKind.COUNTS, name: str = "sip.csv") -> Proposal:
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = sheets_in.open_file(edet, path=tmp_path / name, kind=kind)
        assert isinstance(found, Proposal)
        return found

    return opening


def keys(proposal: Proposal) -> dict[str, str]:
    """The keys of what waits, by words."""
    return {asked.words: asked.key for asked in proposal.waiting}


def how(proposal: Proposal, words: str) -> Asked:
    return next(asked for asked in proposal.understood.asked if words in asked.words)


def answered(workplace: Workplace, proposal: Proposal, **answers: str) -> Proposal:
    """Answers by the beginning of the words that are asked about."""
    choices = {
        asked.key: answers[name] for asked in proposal.waiting for name in answers if asked.words.startswith(name)
    }
    return sheets_in.answer(workplace, proposal=proposal, choices=choices)


def numbers(workplace: Workplace) -> dict[str, int | None]:
    return {each.id: each.n for each in counts.counts(workplace).values()}


def test_a_table_of_our_own_is_read_strictly_as_before(edet: Workplace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Mått;Period;Antal\nSIP08;2026-05;4\n", encoding="utf-8")
    assert isinstance(sheets_in.open_file(edet, path=tmp_path / "t.csv", kind=TableKind.COUNTS), Import)
    (tmp_path / "t.csv").write_text("Mått;Period;Antal\nSIP08;2026-05;fyra\n", encoding="utf-8")
    with pytest.raises(TableProblems, match="fyra"):
        sheets_in.open_file(edet, path=tmp_path / "t.csv", kind=TableKind.COUNTS)


def test_nothing_is_stored_while_something_waits(edet: Workplace, opened: Open) -> None:
    proposal = opened(SHEET)
    assert sorted(keys(proposal)) == ["Betyder '-' 0 eller att uppgift saknas?", "Nya samtal"]
    with pytest.raises(InputProblem, match="2 saker behöver väljas"):
        sheets_in.take_in(edet, proposal=proposal)
    assert numbers(edet) == {}


def test_what_is_chosen_goes_in_as_one_step_that_one_undo_takes_back(edet: Workplace, opened: Open) -> None:
    proposal = answered(edet, opened(SHEET), Nya="-", Betyder="saknas")
    assert proposal.outcome is not None
    assert (proposal.outcome.new, proposal.outcome.replaced) == (4, 0)
    change = sheets_in.take_in(edet, proposal=proposal)
    assert change.label == "4 antal ur sip.csv"
    assert numbers(edet) == {"SIP04/2026-01": 3, "SIP04/2026-02": 4, "SIP08/2026-01": 2, "SIP08/2026-02": None}
    editing.undo(edet)
    assert numbers(edet) == {}


def test_choices_are_remembered_for_the_organisation(edet: Workplace, opened: Open) -> None:
    sheets_in.take_in(edet, proposal=answered(edet, opened(SHEET), Nya="SIP10", Betyder="0"))
    again = opened(SHEET.replace("3;4;7", "5;4;9"))
    assert again.waiting == ()
    assert (how(again, "Nya samtal").answer, how(again, "Nya samtal").sure) == ("SIP10", Sure.REMEMBERED)
    assert again.outcome is not None
    assert (again.outcome.new, again.outcome.replaced, again.outcome.unchanged) == (0, 1, 5)
    assert sheets_in.remembered(edet) > 0
    sheets_in.forget(edet)
    assert sheets_in.remembered(edet) == 0
    assert len(opened(SHEET).waiting) == 2


def test_a_remembered_choice_can_be_changed(edet: Workplace, opened: Open) -> None:
    sheets_in.take_in(edet, proposal=answered(edet, opened(SHEET), Nya="SIP10", Betyder="0"))
    again = opened(SHEET)
    changed = sheets_in.answer(edet, proposal=again, choices={how(again, "Nya samtal").key: "-"})
    sheets_in.take_in(edet, proposal=changed)
    assert how(opened(SHEET), "Nya samtal").answer == "-"


def test_a_dash_is_remembered_for_its_source_alone(edet: Workplace, opened: Open) -> None:
    sheets_in.take_in(edet, proposal=answered(edet, opened(SHEET), Nya="-", Betyder="0"))
    assert opened(SHEET.replace("2026", "2025"), name="sip.csv").waiting == ()
    other = opened(SHEET.replace("SIP 2026", "Från hemvården 2026"), name="annan.csv")
    assert list(keys(other)) == ["Betyder '-' 0 eller att uppgift saknas?"]


def test_a_row_that_names_a_person_by_number_is_not_remembered(edet: Workplace, opened: Open) -> None:
    text = "SIP 2026;jan;feb\nSIP-möten;3;4\n19121212-1212;1;1\n"
    proposal = opened(text)
    (asked,) = proposal.waiting
    sheets_in.take_in(edet, proposal=sheets_in.answer(edet, proposal=proposal, choices={asked.key: "-"}))
    assert "1212" not in (edet.store.setting("sheet_answers:counts") or "")


def test_what_was_chosen_of_rows_told_apart_by_their_place_is_asked_about_in_the_next_table(
    edet: Workplace, opened: Open
) -> None:
    first = opened("SIP 2026;jan;feb\nAntal SIP-möten;1;2\nUpprättade SIP;3;4\nAntal SIP-möten;5;6\n")
    (asked,) = first.waiting
    sheets_in.take_in(edet, proposal=sheets_in.answer(edet, proposal=first, choices={asked.key: "sum"}))
    other = opened("SIP 2026;mar;apr\nUpprättade SIP;1;2\nAntal SIP-möten;3;4\nUpprättade SIP;1;2\n", name="b.csv")
    assert [each.words for each in other.waiting] == ["Upprättade SIP står flera gånger för samma period: ”B2”, ”B4”."]


def test_another_organisation_remembers_nothing_of_it(edet: Workplace, opened: Open, make: Make) -> None:
    proposal = answered(edet, opened(SHEET), Nya="-", Betyder="0")
    sheets_in.take_in(edet, proposal=proposal)
    mellerud = make("1461")
    found = sheets_in.open_pasted(mellerud, text=SHEET.replace(";", "\t"), kind=TableKind.COUNTS)
    assert isinstance(found, Proposal)
    assert len(found.waiting) == 2


def test_values_of_another_length_of_period_are_told_and_replaced_only_when_said(edet: Workplace, opened: Open) -> None:
    put(edet, "2026-T2", SIP04=30)
    proposal = opened("2026;maj;juni\nSIP-möten;3;4\n")
    assert proposal.outcome is not None
    assert {each.id for clash in proposal.outcome.clashes for each in clash.standing} == {"SIP04/2026-T2"}
    with pytest.raises(InputProblem, match="redan ifyllt på annat sätt"):
        sheets_in.take_in(edet, proposal=proposal)
    sheets_in.take_in(edet, proposal=proposal, replace=True)
    assert numbers(edet) == {"SIP04/2026-05": 3, "SIP04/2026-06": 4}


def test_a_sealed_period_takes_nothing_and_nothing_is_remembered(edet: Workplace, opened: Open, seal: Seal) -> None:
    put(edet, SIP08=1)
    seal(edet)
    proposal = answered(edet, opened("2026;maj;juni\nSIP-möten;3;4\nNya samtal;1;1\n"), Nya="-")
    with pytest.raises(Locked):
        sheets_in.take_in(edet, proposal=proposal)
    assert edet.store.setting("sheet_answers:counts") is None


def test_an_export_is_taken_in_again_without_doubles(edet: Workplace, opened: Open) -> None:
    proposal = opened(EXPORT.format("Ny"), TableKind.DEVIATIONS, "uttag.csv")
    proposal = answered(edet, proposal, Tabellen="kommun-region", Kategori="informationsoverforing")
    sheets_in.take_in(edet, proposal=proposal)
    later = opened(EXPORT.format("Under utredning"), TableKind.DEVIATIONS, "uttag.csv")
    assert later.waiting == ()
    assert later.outcome is not None
    assert (later.outcome.new, later.outcome.replaced, later.outcome.unchanged) == (0, 1, 1)
    sheets_in.take_in(edet, proposal=later)
    stored = {each.reference: (each.status, each.category) for each in deviations.deviations(edet)}
    assert stored == {"MC-1": ("utreds", "lakemedel"), "MC-2": ("registrerad", "informationsoverforing")}


def test_only_the_sheet_that_is_named_is_looked_at(edet: Workplace, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, n in (("2025", 1), ("2026", 2)):
        sheet = book.create_sheet(name)
        sheet.append(["Mått", "jan", "feb"])
        sheet.append(["SIP-möten", n, n])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "bok.xlsx")
    whole = sheets_in.open_file(edet, path=tmp_path / "bok.xlsx", kind=TableKind.COUNTS)
    one = sheets_in.open_file(edet, path=tmp_path / "bok.xlsx", kind=TableKind.COUNTS, sheet="2025")
    assert isinstance(whole, Proposal)
    assert isinstance(one, Proposal)
    assert (whole.understood.size, one.understood.size) == (4, 2)
    with pytest.raises(InputProblem, match="Bladen heter 2025, 2026"):
        sheets_in.open_file(edet, path=tmp_path / "bok.xlsx", kind=TableKind.COUNTS, sheet="2024")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SHEET, TableKind.COUNTS),
        (EXPORT, TableKind.DEVIATIONS),
        ("Vad ska göras;Vem;Tidplan\nRutin;MAS;2026-12-31\n", TableKind.ACTIVITIES),
        ("Namn;Färg\nA;Blå\n", None),
    ],
)
def test_a_file_is_judged_by_its_content(edet: Workplace, tmp_path: Path, text: str, kind: TableKind | None) -> None:
    (tmp_path / "fil.csv").write_text(text, encoding="utf-8")
    assert sheets_in.kind_of(edet, path=tmp_path / "fil.csv") is kind


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("9\t11\n8\tmånga\n", False),
        ("maj\tjuni\n9\t11\n", False),
        ("\tmaj\tjuni\nSIP-möten\t9\t11\n", True),
        ("SIP-möten per månad\t9\n", True),
    ],
)
def test_a_plain_block_of_numbers_is_no_foreign_sheet(edet: Workplace, text: str, foreign: bool) -> None:
    assert sheets_in.is_foreign(edet, text=text, kind=TableKind.COUNTS) is foreign


def test_a_sheet_without_anything_known_says_what_to_do(edet: Workplace, tmp_path: Path) -> None:
    (tmp_path / "fil.csv").write_text("Namn;Färg\nA;Blå\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="Rubriken ”Namn” är okänd"):
        sheets_in.open_file(edet, path=tmp_path / "fil.csv", kind=TableKind.COUNTS)


def test_of_a_long_list_every_row_is_counted_or_none_is(edet: Workplace, opened: Open) -> None:
    def rows(number: int) -> str:
        return "Månad;Enhet;Mått;Antal\n" + "".join(
            f"2026-{at % 8 + 1:02d};Enhet {at // 8};Antal SIP-möten;1\n" for at in range(number)
        )

    found = opened(rows(4000))
    (asked,) = found.waiting
    found = sheets_in.answer(edet, proposal=found, choices={asked.key: "sum"})
    sheets_in.take_in(edet, proposal=found)
    assert set(numbers(edet).values()) == {500}
    with pytest.raises(InputProblem, match="för stor för att vara en tabell över antal"):
        opened(rows(100_000))
