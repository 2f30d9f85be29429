"""Answers: recognised by content, weighed against what is stored, taken in as one step or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.errors import InputProblem, Locked, StaleEdit
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Activity, CheckIn, Count, Deviation, Inquiry, Unit, UnitCount
from fardplan_desktop.domain.tabular import TableProblems
from fardplan_desktop.services import activities, answers, counts, deviations, editing, inquiries, units
from fardplan_desktop.services.answer_lines import LineState
from fardplan_desktop.services.answers import AnswerPreview
from fardplan_desktop.services.inquiries import Asked, Colleague
from fardplan_desktop.services.workplace import Workplace
from tests.services.answering import cell_of, fill_in
from tests.services.conftest import Make, Seal
from tests.services.steps import put

LATEST = date(2026, 9, 20)
Ask = Callable[..., Asked]


@pytest.fixture
def ask(edet: Workplace, tmp_path: Path) -> Ask:
    """Asks one colleague about something of tertial 2."""

    def asking(to: str = "Enhetschef Norr", workplace: Workplace | None = None, **given: object) -> Asked:
        colleague = msgspec.convert({"to": to, **given}, Colleague)
        (asked,), _ = inquiries.ask(
            workplace or edet,
            period=parse_period("2026-T2"),
            colleagues=[colleague],
            latest=LATEST,
            folder=tmp_path / "frågor",
        )
        return asked

    return asking


@pytest.fixture
def north(edet: Workplace) -> Unit:
    units.add_unit(edet, name="Söder")
    return units.add_unit(edet, name="Norr")[0]


def look(workplace: Workplace, path: Path, dash: str = "") -> AnswerPreview:
    return answers.preview(workplace, sheet=answers.read(workplace, path=path), dash=dash)


def take(workplace: Workplace, path: Path, **given: bool) -> str:
    return answers.take(workplace, preview=look(workplace, path), **given).label


def numbers(workplace: Workplace) -> dict[str, int | None]:
    return {each.id: each.n for each in counts.counts(workplace).values()}


def test_a_units_numbers_go_in_as_one_step_with_the_sum_and_who_has_answered(
    edet: Workplace, north: Unit, ask: Ask
) -> None:
    asked = ask(unit=north.id, measures=("SIP04", "SIP12"))
    path = fill_in(
        asked.workbook,
        ("SIP04", "maj 2026", 4),
        ("SIP04", "juni 2026", "≈ 1 200"),
        ("SIP04", "juli 2026", "saknas"),
        ("SIP12", "augusti 2026", 31),
    )
    assert answers.is_answer(path)
    found = look(edet, path)
    assert found.number_of(LineState.NEW) == 4
    assert {each.coverage for each in found.sums} == {"Summan gäller 1 av 2 enheter."}
    assert take(edet, path) == "Svar från kollega ”Enhetschef Norr”, tertial 2 2026"
    assert numbers(edet) == {"SIP04/2026-05": 4, "SIP04/2026-06": 1200, "SIP12/2026-08": 31}
    (inquiry,) = inquiries.inquiries(edet)
    assert inquiry.answered == edet.today
    editing.undo(edet)
    assert numbers(edet) == {}
    assert edet.store.own(UnitCount) == ()
    assert inquiries.inquiries(edet)[0].answered is None


def test_a_second_answer_adds_to_the_first_and_the_same_answer_twice_changes_nothing(
    edet: Workplace, north: Unit, ask: Ask
) -> None:
    asked = ask(unit=north.id, measures=("SIP04",))
    first = fill_in(asked.workbook, ("SIP04", "maj 2026", 4))
    take(edet, first)
    head = edet.store.history_head()
    found = look(edet, first)
    assert found.already == edet.today
    assert take(edet, first) == f"Svaret från Enhetschef Norr är redan inlagt {day(edet.today)}. Inget ändras."
    assert edet.store.history_head() == head
    second = fill_in(first, ("SIP04", "maj 2026", 5), ("SIP04", "juni 2026", 6), out=first.with_name("mer.xlsx"))
    assert [each.state for each in look(edet, second).lines] == [LineState.CHANGED, LineState.NEW]
    take(edet, second)
    assert numbers(edet) == {"SIP04/2026-05": 5, "SIP04/2026-06": 6}


def test_what_was_changed_here_meanwhile_is_kept_until_the_answer_is_said_to_replace_it(
    edet: Workplace, north: Unit, ask: Ask
) -> None:
    asked = ask(unit=north.id, measures=("SIP04",))
    units.put(edet, values=[UnitCount(unit=north.id, measure="SIP04", period="2026-05", n=9)])
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", 4), ("SIP04", "juni 2026", 5))
    found = look(edet, path)
    assert [(each.stands, each.answer, each.state) for each in found.lines] == [
        ("9", "4", LineState.CONFLICT),
        ("", "5", LineState.NEW),
    ]
    take(edet, path)
    assert numbers(edet) == {"SIP04/2026-05": 9, "SIP04/2026-06": 5}
    editing.undo(edet)
    take(edet, path, conflicts=True)
    assert numbers(edet) == {"SIP04/2026-05": 4, "SIP04/2026-06": 5}


def test_what_changes_between_preview_and_taking_in_is_looked_at_again(edet: Workplace, north: Unit, ask: Ask) -> None:
    seen = look(edet, fill_in(ask(unit=north.id, measures=("SIP04",)).workbook, ("SIP04", "maj 2026", 4)))
    units.put(edet, values=[UnitCount(unit=north.id, measure="SIP04", period="2026-05", n=9)])
    with pytest.raises(StaleEdit, match="Öppna svaret igen"):
        answers.take(edet, preview=seen, conflicts=True)
    (inquiry,) = edet.store.own(Inquiry)
    assert inquiry.answered is None


def test_a_typed_figure_is_kept_until_the_sum_is_said_to_replace_it(edet: Workplace, north: Unit, ask: Ask) -> None:
    put(edet, SIP04=20)
    asked = ask(unit=north.id, measures=("SIP04",))
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", 4))
    (total,) = look(edet, path).sums
    assert (total.stands, total.becomes, total.contested) == ("20", "4", True)
    assert total.coverage == "Summan gäller 1 av 2 enheter."
    take(edet, path)
    assert numbers(edet) == {"SIP04/2026-05": 20}
    editing.undo(edet)
    take(edet, path, replace=True)
    assert numbers(edet) == {"SIP04/2026-05": 4}


def test_numbers_for_the_whole_municipality_are_written_straight(edet: Workplace, ask: Ask) -> None:
    counts.put(edet, values=[Count(measure="SIP08", period="2026-T2", n=20)])
    asked = ask("SIP-samordnare", measures=("SIP04", "SIP08"))
    path = fill_in(
        asked.workbook,
        ("SIP04", "maj 2026", 4),
        ("SIP04", "juni 2026", 0),
        ("SIP04", "Kommentar", "Ny rutin från juni"),
        ("SIP08", "maj 2026", 3),
    )
    assert [each.state for each in look(edet, path).lines] == [LineState.NEW, LineState.NEW, LineState.CONFLICT]
    take(edet, path)
    assert numbers(edet) == {"SIP04/2026-05": 4, "SIP04/2026-06": 0, "SIP08/2026-T2": 20}
    assert counts.counts(edet)["SIP04/2026-06"].comment == "Ny rutin från juni"
    editing.undo(edet)
    take(edet, path, conflicts=True)
    assert numbers(edet)["SIP08/2026-05"] == 3
    assert "SIP08/2026-T2" not in numbers(edet)


def test_a_lone_dash_is_asked_about_once(edet: Workplace, north: Unit, ask: Ask) -> None:
    asked = ask(unit=north.id, measures=("SIP04",))
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", "-"), ("SIP04", "juni 2026", "–"))
    assert answers.read(edet, path=path).has_dashes
    with pytest.raises(InputProblem, match="Välj vilket"):
        look(edet, path)
    assert [each.answer for each in look(edet, path, "0").lines] == ["0", "0"]
    assert [each.answer for each in look(edet, path, "saknas").lines] == ["saknas", "saknas"]


def test_activities_get_a_check_in_of_today_and_what_was_left_empty_stays(edet: Workplace, ask: Ask) -> None:
    cafe, _ = activities.add(edet, title="Anhörigcafé", responsible="Samordnare", status="planerad")
    school, _ = activities.add(edet, title="SIP-utbildning", responsible="Samordnare", status="pagar")
    asked = ask("Samordnare", activities=(cafe.id, school.id))
    path = fill_in(
        asked.workbook,
        ("1", "Status nu", "Avvaktar"),
        ("1", "Mer om status", "ny lokal"),
        ("1", "Prognos", "Risk"),
        ("1", "Kommentar", "Lokalen är uppsagd"),
        ("2", "Nästa steg", "Boka kursledare"),
    )
    take(edet, path)
    one, two = edet.store.own(Activity)
    assert (one.status, one.status_note, one.forecast) == ("avvaktar", "ny lokal", "risk")
    assert (two.status, two.next_step) == ("pagar", "Boka kursledare")
    (entry,) = edet.store.own(CheckIn)
    assert (entry.activity, entry.date, entry.comment) == (cafe.id, edet.today, "Lokalen är uppsagd")
    editing.undo(edet)
    assert edet.store.own(Activity) == (cafe, school)
    assert edet.store.own(CheckIn) == ()


def test_what_was_taken_away_before_the_question_moves_no_answer_to_another_activity(edet: Workplace, ask: Ask) -> None:
    gone, cafe, school = (activities.add(edet, title=title)[0] for title in ("Borta", "Anhörigcafé", "SIP-utbildning"))
    activities.remove(edet, activity=gone)
    asked = ask("Samordnare", activities=(gone.id, cafe.id, school.id))
    take(edet, fill_in(asked.workbook, ("2", "Nästa steg", "Boka kursledare")))
    assert [(each.title, each.next_step) for each in edet.store.own(Activity)] == [
        ("Anhörigcafé", None),
        ("SIP-utbildning", "Boka kursledare"),
    ]
    with pytest.raises(InputProblem, match="inget att svara på"):
        ask("Samordnare", activities=(gone.id,))


def test_a_status_changed_here_meanwhile_is_a_conflict_and_the_comment_still_goes_in(edet: Workplace, ask: Ask) -> None:
    cafe, _ = activities.add(edet, title="Anhörigcafé", responsible="Samordnare", status="planerad")
    asked = ask("Samordnare", activities=(cafe.id,))
    activities.update(edet, before=cafe, after=msgspec.structs.replace(cafe, status="klar"))
    path = fill_in(asked.workbook, ("1", "Status nu", "Pågår"), ("1", "Kommentar", "Vi är i gång"))
    assert [each.state for each in look(edet, path).lines] == [LineState.CONFLICT, LineState.NEW]
    take(edet, path)
    (entry,) = edet.store.own(CheckIn)
    assert (entry.status, entry.comment) == ("klar", "Vi är i gång")


def deviation(workplace: Workplace) -> Deviation:
    draft = msgspec.structs.replace(
        deviations.blank(workplace), month="2026-06", status="skickad", sent_on=date(2026, 7, 1), reference="A-17"
    )
    return deviations.add(workplace, draft=draft)[0]


def test_an_answered_deviation_gets_its_day_cause_and_action_and_is_answered(edet: Workplace, ask: Ask) -> None:
    sent = deviation(edet)
    asked = ask("MAS", deviations=(sent.id,))
    path = fill_in(
        asked.workbook,
        (sent.number, "Svaret kom", date(2026, 8, 20)),
        (sent.number, "Orsak", "Kommunikation och information"),
        (sent.number, "Åtgärd", "Ändrad rutin"),
        (sent.number, "Åtgärden i korthet", "Ny checklista vid utskrivning"),
    )
    take(edet, path)
    (after,) = edet.store.own(Deviation)
    assert (after.answered_on, after.status) == (date(2026, 8, 20), "svar-mottaget")
    assert (after.causes, after.action) == (("kommunikation-och-information",), "andrad-rutin")
    assert after.action_text == "Ny checklista vid utskrivning"
    editing.undo(edet)
    assert edet.store.own(Deviation) == (sent,)


def test_an_answer_from_the_future_is_refused_with_its_row(edet: Workplace, ask: Ask) -> None:
    sent = deviation(edet)
    asked = ask("MAS", deviations=(sent.id,))
    path = fill_in(asked.workbook, (sent.number, "Svaret kom", date(2026, 12, 24)))
    with pytest.raises(TableProblems, match="framtiden") as caught:
        look(edet, path)
    assert caught.value.problems[0].row == asked_row(asked.workbook, sent.number)


def asked_row(path: Path, key: str) -> int:
    cell = cell_of(load_workbook(path), key, "Svaret kom")
    return int(cell.row)


def test_a_sealed_period_takes_no_numbers(edet: Workplace, north: Unit, ask: Ask, seal: Seal) -> None:
    asked = ask(unit=north.id, measures=("SIP04",))
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", 4))
    seal(edet)
    with pytest.raises(Locked):
        look(edet, path)
    with pytest.raises(Locked):
        ask(unit=north.id, measures=("SIP08",))


def test_an_answer_to_someone_else_or_to_no_question_of_ours_is_refused(edet: Workplace, make: Make, ask: Ask) -> None:
    melle = make("1461")
    theirs = ask("SIP-samordnare", workplace=melle, measures=("SIP04",))
    path = fill_in(theirs.workbook, ("SIP04", "maj 2026", 4))
    with pytest.raises(InputProblem, match="är ett svar till Melleruds kommun"):
        look(edet, path)
    ours = ask("SIP-samordnare", measures=("SIP04",))
    path = fill_in(ours.workbook, ("SIP04", "maj 2026", 4))
    editing.undo(edet)
    with pytest.raises(InputProblem, match="som inte finns här"):
        look(edet, path)


def test_an_answer_to_a_question_that_was_asked_anew_is_old(edet: Workplace, ask: Ask) -> None:
    old = ask("SIP-samordnare", measures=("SIP04",))
    new = ask("SIP-samordnare", measures=("SIP04", "SIP08"))
    assert len(edet.store.own(Inquiry)) == 1
    assert new.workbook != old.workbook
    with pytest.raises(InputProblem, match="äldre fråga"):
        look(edet, fill_in(old.workbook, ("SIP04", "maj 2026", 4)))
    take(edet, fill_in(new.workbook, ("SIP04", "maj 2026", 4)))
    assert numbers(edet) == {"SIP04/2026-05": 4}


def test_an_empty_answer_is_no_answer(edet: Workplace, ask: Ask) -> None:
    asked = ask("SIP-samordnare", measures=("SIP04",))
    with pytest.raises(InputProblem, match="inte ifylld"):
        look(edet, asked.workbook)
