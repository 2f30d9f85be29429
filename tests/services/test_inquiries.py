"""Who is asked, what they get, and who has answered."""

from __future__ import annotations

import email
import zipfile
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Inquiry, UnitCount
from fardplan_desktop.services import activities, deviations, editing, inquiries, overview, question_papers, units
from fardplan_desktop.services.inquiries import AnswerState, Asked, Colleague
from fardplan_desktop.services.workplace import Workplace
from tests.services.answering import texts
from tests.services.conftest import Make

T2 = parse_period("2026-T2")
LATEST = date(2026, 9, 20)


def ask(workplace: Workplace, folder: Path, *who: Colleague, period: Period = T2) -> tuple[Asked, ...]:
    return inquiries.ask(workplace, period=period, colleagues=who, latest=LATEST, folder=folder)[0]


def test_units_owners_of_open_activities_and_who_answers_for_deviations_are_suggested(edet: Workplace) -> None:
    unit, _ = units.add_unit(edet, name="Hemtjänst Norr")
    ended, _ = units.add_unit(edet, name="Hemtjänst Gammal")
    units.end_unit(edet, unit=ended)
    cafe, _ = activities.add(edet, title="Anhörigcafé", responsible="Samordnare ")
    activities.add(edet, title="Klar sak", responsible="Chef", status="klar")
    activities.add(edet, title="Ingen svarar", responsible="")
    own, _ = activities.add(edet, title="Egen", responsible="Enhetschef Hemtjänst Norr")
    draft = msgspec.structs.replace(deviations.blank(edet), month="2026-06", status="skickad", sent_on=date(2026, 7, 1))
    sent, _ = deviations.add(edet, draft=draft)
    found = inquiries.colleagues(edet, period=T2)
    obligatory = ("SIP04", "SIP05", "SIP08", "SIP10", "SIP11", "SIP12")
    assert found == (
        Colleague(to="Enhetschef Hemtjänst Norr", unit=unit.id, measures=obligatory, activities=(own.id,)),
        Colleague(to="MAS", deviations=(sent.id,)),
        Colleague(to="Samordnare", activities=(cafe.id,)),
    )


def test_the_next_time_each_is_suggested_as_they_were_asked_last(edet: Workplace, tmp_path: Path) -> None:
    unit, _ = units.add_unit(edet, name="Norr")
    whom = Colleague(to="Chef Norr", mail="norr@edet.example", unit=unit.id, measures=("SIP08",))
    other = Colleague(to="SIP-samordnare", mail="sip@edet.example", measures=("SIP04",))
    ask(edet, tmp_path, whom, other)
    assert inquiries.colleagues(edet, period=T2.shifted(1)) == (whom, other)


def test_each_gets_a_workbook_and_a_draft_with_it_attached_and_it_is_one_step(edet: Workplace, tmp_path: Path) -> None:
    unit, _ = units.add_unit(edet, name="Norr")
    asked = ask(
        edet,
        tmp_path / "ut",
        Colleague(to="Enhetschef hemtjänst", mail="norr@edet.example", unit=unit.id, measures=("SIP04",)),
        Colleague(to="Chef: IFO/LSS <vik.>", measures=("SIP08",)),
    )
    assert sorted(each.name for each in (tmp_path / "ut").iterdir()) == [
        "Fråga 2026-T2 Chef IFO LSS vik.eml",
        "Fråga 2026-T2 Chef IFO LSS vik.xlsx",
        "Fråga 2026-T2 Enhetschef hemtjänst.eml",
        "Fråga 2026-T2 Enhetschef hemtjänst.xlsx",
    ]
    message = email.message_from_bytes(asked[0].draft.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert (message["X-Unsent"], message["To"]) == ("1", "norr@edet.example")
    assert message["Subject"] == "Uppgifter för tertial 2 2026, Lilla Edets kommun"
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "Fråga 2026-T2 Enhetschef hemtjänst.xlsx"
    assert attachment.get_payload(decode=True) == asked[0].workbook.read_bytes()
    text = message.get_body()
    assert text is not None
    assert "1 mått för maj–augusti 2026, Norr" in text.get_content()
    assert f"senast {day(LATEST)}" in text.get_content()
    assert len(edet.store.own(Inquiry)) == 2
    assert editing.undo_labels(edet)[0] == "2 frågor för tertial 2 2026"
    editing.undo(edet)
    assert edet.store.own(Inquiry) == ()


def test_a_workbook_holds_only_what_that_colleague_is_to_answer(edet: Workplace, tmp_path: Path) -> None:
    north, south = (units.add_unit(edet, name=name)[0] for name in ("Norr", "Söder"))
    for unit, n in ((north, 71), (south, 72)):
        units.put(edet, values=[UnitCount(unit=unit.id, measure="SIP04", period="2026-05", n=n)])
    mine, _ = activities.add(edet, title="Min aktivitet", responsible="Chef Norr")
    activities.add(edet, title="Någon annans", responsible="Chef Söder")
    whom = Colleague(to="Chef Norr", unit=north.id, measures=("SIP04", "SIP12"), activities=(mine.id,))
    (asked,) = ask(edet, tmp_path, whom)
    shown = texts(asked.workbook)
    assert "maj 71" in shown
    assert not any("72" in each and "maj" in each for each in shown)
    assert "Min aktivitet" in shown
    assert "Någon annans" not in shown
    assert "SIP08" not in shown
    assert any(each.startswith("Första möten") for each in shown)  # The definition stands beside.


def test_nothing_in_a_workbook_is_hidden_locked_with_a_password_or_reaches_out(edet: Workplace, tmp_path: Path) -> None:
    title = '=HYPERLINK("http://ond.example";"Klicka")'
    cafe, _ = activities.add(edet, title=title, responsible="Chef")
    (asked,) = ask(edet, tmp_path, Colleague(to="Chef", measures=("SIP04", "SIP12"), activities=(cafe.id,)))
    book = load_workbook(asked.workbook)
    assert [sheet.title for sheet in book] == ["Svara här", "Aktiviteter", "Listor"]
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert f"'{title}" in texts(asked.workbook)
    with zipfile.ZipFile(asked.workbook) as parts:
        names = parts.namelist()
        whole = b"".join(parts.read(name) for name in names)
    assert not any("vba" in name.lower() or "externalLink" in name for name in names)
    assert b'TargetMode="External"' not in whole
    unlocked = [cell for sheet in book for row in sheet for cell in row if not cell.protection.locked]
    assert len(unlocked) == 4 + 1 + 2 + 5  # Four months and one; a comment for each; five for the activity.
    lists = [rule for rule in book["Aktiviteter"].data_validations.dataValidation if rule.type == "list"]
    assert [str(rule.formula1) for rule in lists] == ["Listor!$A$2:$A$12", "Listor!$B$2:$B$4"]


def test_the_same_question_gives_the_same_bytes(edet: Workplace, make: Make, tmp_path: Path) -> None:
    whom = Colleague(to="Chef", mail="chef@edet.example", measures=("SIP04",))
    (one,) = ask(edet, tmp_path / "a", whom)
    (other,) = ask(make("1462", name="igen"), tmp_path / "b", whom)
    assert one.workbook.read_bytes() == other.workbook.read_bytes()
    assert one.draft.read_bytes() == other.draft.read_bytes()


def test_a_file_that_stands_there_is_never_written_over(edet: Workplace, tmp_path: Path) -> None:
    whom = Colleague(to="Chef", measures=("SIP04",))
    (first,) = ask(edet, tmp_path, whom)
    first.workbook.write_bytes(b"ifyllt svar")
    (second,) = ask(edet, tmp_path, whom)
    assert first.workbook.read_bytes() == b"ifyllt svar"
    assert second.workbook.name == "Fråga 2026-T2 Chef (2).xlsx"


@pytest.mark.parametrize(
    ("colleague", "said"),
    [
        (Colleague(to=" ", measures=("SIP04",)), "Ansvarig funktion går inte att spara"),
        (Colleague(to="Chef"), "har inget att svara på"),
        (Colleague(to="Chef", mail="a@b.se\r\nBcc: c@d.se", measures=("SIP04",)), "Adressen till Chef"),
        (Colleague(to="Chef", mail="ingen adress", measures=("SIP04",)), "Adressen till Chef"),
    ],
)
def test_who_cannot_be_asked_is_refused_before_any_file_is_written(
    edet: Workplace, tmp_path: Path, colleague: Colleague, said: str
) -> None:
    with pytest.raises(InputProblem, match=said):
        ask(edet, tmp_path / "ut", Colleague(to="Annan", measures=("SIP04",)), colleague)
    assert not (tmp_path / "ut").exists()
    assert edet.store.own(Inquiry) == ()


def test_a_person_is_no_function_and_nobody_is_asked_twice(edet: Workplace, tmp_path: Path) -> None:
    with pytest.raises(PersonalData):
        ask(edet, tmp_path / "ut", Colleague(to="Kalle 640823-3234", measures=("SIP04",)))
    chef = Colleague(to="Chef", measures=("SIP04",))
    with pytest.raises(InputProblem, match="står två gånger"):
        ask(edet, tmp_path / "ut", chef, msgspec.structs.replace(chef, to=" CHEF"))
    with pytest.raises(InputProblem, match="Ingen är vald"):
        ask(edet, tmp_path / "ut")
    with pytest.raises(InputProblem, match="har passerat"):
        inquiries.ask(edet, period=T2, colleagues=[chef], latest=date(2026, 9, 1), folder=tmp_path / "ut")
    assert not (tmp_path / "ut").exists()


def test_files_are_taken_back_when_one_of_them_cannot_be_written(edet: Workplace, tmp_path: Path) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    (folder / "Fråga 2026-T2 Chef.xlsx.del").mkdir()
    with pytest.raises(Exception, match="kunde inte sparas"):
        ask(edet, folder, Colleague(to="Annan", measures=("SIP04",)), Colleague(to="Chef", measures=("SIP04",)))
    assert [each.name for each in folder.iterdir()] == ["Fråga 2026-T2 Chef.xlsx.del"]
    assert edet.store.own(Inquiry) == ()


def test_who_has_answered_who_is_waited_for_and_who_is_late(edet: Workplace) -> None:
    asked = Inquiry(id="1", to="A", period="2026-T2", asked=date(2026, 9, 1), latest=date(2026, 9, 14))
    assert inquiries.state(edet, asked) is AnswerState.WAITING  # Today is the last day.
    late = msgspec.structs.replace(asked, latest=date(2026, 9, 13))
    assert inquiries.state(edet, late) is AnswerState.LATE
    assert inquiries.state(edet, msgspec.structs.replace(late, answered=edet.today)) is AnswerState.ANSWERED
    letter = question_papers.reminder(edet, inquiries=[late])
    assert letter.subject == "Påminnelse: uppgifter för tertial 2 2026"
    assert f"Sista dag var {day(date(2026, 9, 13))}." in letter.body


def test_answers_are_wanted_a_week_before_the_period_is_due(edet: Workplace) -> None:
    assert inquiries.default_latest(edet, period=parse_period("2026-T3")) == date(2027, 1, 18)
    assert inquiries.default_latest(edet, period=T2) == date(2026, 9, 21)


def test_twenty_units_are_asked_at_once(edet: Workplace, tmp_path: Path) -> None:
    for number in range(20):
        units.add_unit(edet, name=f"Lokal grupp {number + 1}")
    whom = inquiries.colleagues(edet, period=T2)
    asked = ask(edet, tmp_path, *whom)
    assert len({each.workbook.name for each in asked}) == 20
    assert len(inquiries.inquiries(edet, period=T2)) == 20


def test_start_tells_how_many_were_asked(edet: Workplace, tmp_path: Path) -> None:
    ask(edet, tmp_path, *(Colleague(to=f"Chef {number}", measures=("SIP04",)) for number in range(3)))
    assert [each.text for each in overview.overview(edet, period=T2).news] == ["3 frågor till ansvariga ställda"]
