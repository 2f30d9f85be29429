"""Start in the window: every row has one verb that goes to the place, and what is done there is gone here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from fardplan_desktop.analysis.numbers_sv import near_day
from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, Decision, Meeting
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import activities, counts, deviations, meetings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.key_figure import KeyFigureCard
from fardplan_desktop.ui.parts.todo_row import ToDoRow
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.start import wording
from fardplan_desktop.ui.start.page import StartPage

W = TypeVar("W", bound=QWidget)
Open = Callable[..., StartPage]
PLACES = ("activities", "counts", "deviations", "reporting", "meetings", "intake", "coverage", "compilation")


class Place(Page):
    """Remembers how it was asked for."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.asked: dict[str, object] = {}

    @override
    def arrive(self, **argument: object) -> None:
        self.asked = argument


@pytest.fixture
def workplaces(tmp_path: Path) -> Iterator[Callable[[str], Workplace]]:
    made: list[Workplace] = []

    def making(organisation: str) -> Workplace:
        seeded = Seeded(organisation, datetime(2026, 9, 14, 8, tzinfo=UTC))
        path = tmp_path / f"{organisation}.fardplan"
        made.append(new_workplace(path, organisation, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes))
        return made[-1]

    yield making
    for each in made:
        each.store.close()


@pytest.fixture
def edet(workplaces: Callable[[str], Workplace]) -> Workplace:
    return workplaces("1462")


@pytest.fixture
def start(qtbot: QtBot) -> Open:
    def opening(workplace: Workplace) -> StartPage:
        window = MainWindow()
        qtbot.addWidget(window)
        session = Session(workplace, window.jobs, window.messages, parse_period("2026-T2"), window)
        session.changed.connect(window.refresh)
        places = [PageSpec(name, name, "house", Place) for name in PLACES]
        window.set_pages([PageSpec("start", "Start", "house", lambda context: StartPage(context, session)), *places])
        window.resize(1366, 768)
        window.show()
        window.go("start")
        page = window.current_page
        assert isinstance(page, StartPage)
        return page

    return opening


def find(where: QWidget, kind: type[W], name: str) -> W:
    found = where.findChild(kind, name)
    assert found is not None, name
    return found


def rows(page: StartPage) -> list[str]:
    """What the rows say, once Qt has put them in place and thrown the old ones away."""
    QApplication.processEvents()
    return [each.accessibleName() for each in page.findChildren(ToDoRow) if not each.isHidden()]


def press(page: StartPage, row: int) -> tuple[str, dict[str, object]]:
    """Press the verb of a row; returns where it led."""
    QApplication.processEvents()
    next(each for each in page.findChildren(ToDoRow, f"start_todo_{row}") if not each.isHidden()).button.click()
    window = page.window()
    assert isinstance(window, MainWindow)
    place = window.current_page
    assert isinstance(place, Place)
    return place.name, place.asked


def test_an_empty_store_is_greeted_with_three_ways_to_begin(edet: Workplace, start: Open) -> None:
    page = start(edet)
    assert find(page, QLabel, "page_title").text() == wording.greeting(edet.clock().astimezone())
    assert "Måndag 14 september." in find(page, QLabel, "page_sentence").text()
    assert find(page, QLabel, "period_title").text() == "Rapportera tertial 2"
    assert find(page, QLabel, "period_deadline").text() == "Senast 25 september, 11 dagar kvar"
    assert find(page, Button, "begin_activities").isVisible()
    assert not find(page, QWidget, "start_todo").isVisible()


def test_one_click_leads_to_the_first_empty_cell_of_may(edet: Workplace, start: Open) -> None:
    counts.put(edet, values=[Count(measure="SIP04", period="2026-05", n=4)])
    page = start(edet)
    assert rows(page)[0].startswith("Maj: 4 rutor. Börja med ")
    assert press(page, 0) == ("counts", {"measure": "SIP05", "month": "2026-05"})


def test_an_error_comes_first_and_leads_to_its_cell(edet: Workplace, start: Open) -> None:
    values = [Count(measure="SIP04", period="2026-07", n=4), Count(measure="SIP05", period="2026-07", n=5)]
    counts.put(edet, values=values)
    assert press(start(edet), 0) == ("counts", {"measure": "SIP05", "month": "2026-07"})


def test_each_kind_of_thing_to_do_has_its_verb_and_its_place(edet: Workplace, start: Open) -> None:
    late, _ = activities.add(edet, title="Rutin för SIP", end=date(2026, 8, 31), status="pagar")
    going, _ = activities.add(edet, title="Utbildning", status="pagar")
    draft = msgspec.structs.replace(
        deviations.blank(edet), category="lakemedel", sent_on=edet.today - timedelta(days=64), status="skickad"
    )
    waiting, _ = deviations.add(edet, draft=draft)
    page = start(edet)
    shown = [each for each in rows(page) if "rutor" not in each]
    at = len(rows(page)) - len(shown)
    assert shown == [
        "Rutin för SIP. Slutdatum 31 augusti har passerat",
        "Utbildning. Inte avstämd för tertial 2",
        "Avvikelse 1462-2026-0001: läkemedel. Svar väntat sedan 64 dagar",
    ]
    assert press(page, at) == ("activities", {"walk": True, "activity": late.id})
    assert press(page, at + 1) == ("activities", {"walk": True, "activity": going.id})
    assert press(page, at + 2) == ("deviations", {"deviation": waiting.id})


def test_many_of_a_kind_end_in_one_row(edet: Workplace, start: Open) -> None:
    for number in range(5):
        activities.add(edet, title=f"Aktivitet {number}", end=date(2026, 8, 1 + number), status="pagar")
    shown = [each for each in rows(start(edet)) if "rutor" not in each]
    assert len(shown) == 4
    assert shown[3].startswith("2 aktiviteter till att stämma av")


def test_a_decision_is_done_from_here(qtbot: QtBot, edet: Workplace, start: Open) -> None:
    forum = meetings.forums(edet)[0].id
    meetings.put_meeting(edet, before=None, after=Meeting(id="", forum=forum, date=date(2026, 9, 18), time="09:00"))
    meeting = meetings.meetings(edet)[0]
    decision = Decision(id="", meeting=meeting.id, text="Skriv rutinen", responsible="MAS", latest=date(2026, 9, 10))
    meetings.put_decision(edet, before=None, after=decision)
    page = start(edet)
    at = next(number for number, each in enumerate(rows(page)) if each.startswith("Skriv rutinen"))
    assert "MAS, skulle varit klart 10 september" in rows(page)[at]
    assert find(page, QLabel, "meeting_what").text().endswith("18 september 09:00")
    assert find(page, QLabel, "meeting_more").text() == "1 beslut från tidigare möten är inte klart"
    find(page, Button, f"start_todo_{at}_verb").click()
    qtbot.waitUntil(lambda: meetings.open_decisions(edet) == ())
    qtbot.waitUntil(lambda: not any(each.startswith("Skriv rutinen") for each in rows(page)))


def test_the_two_buttons_lead_to_reporting_and_to_the_meeting_paper(edet: Workplace, start: Open) -> None:
    page = start(edet)
    window = page.window()
    assert isinstance(window, MainWindow)
    for button, place in (("start_primary", "reporting"), ("start_print_paper", "meetings")):
        find(page, Button, button).click()
        assert window.current_page is not None
        assert window.current_page.name == place


def test_enter_on_a_key_figure_opens_what_it_is_made_of(edet: Workplace, start: Open) -> None:
    page = start(edet)
    window = page.window()
    assert isinstance(window, MainWindow)
    card = find(page, KeyFigureCard, "key_figure_0")
    assert card.accessibleName() == "Upprättade SIP: saknas. inte ifyllt än"
    QTest.keyClick(card, Qt.Key.Key_Return)
    place = window.current_page
    assert isinstance(place, Place)
    assert (place.name, place.asked) == ("counts", {"measure": "SIP08"})


def test_what_was_done_elsewhere_is_read_when_the_page_is_seen_again(edet: Workplace, start: Open) -> None:
    page = start(edet)
    window = page.window()
    assert isinstance(window, MainWindow)
    window.go("counts")
    window.refresh(counts.put(edet, values=[Count(measure="SIP08", period="2026-T2", n=23)]))
    window.go("start")
    QApplication.processEvents()
    assert find(page, KeyFigureCard, "key_figure_0").accessibleName().startswith("Upprättade SIP: 23.")


def test_an_office_sees_its_intake_and_figures_with_coverage(
    qtbot: QtBot, workplaces: Callable[[str], Workplace], start: Open
) -> None:
    page = start(workplaces("fyrbodal"))
    assert find(page, QLabel, "period_title").text() == "Ta emot tertial 2"
    assert find(page, Button, "start_primary").text().strip() == "Ta emot"
    assert not find(page, QWidget, "meeting_card").isVisible()
    qtbot.waitUntil(lambda: page.findChild(KeyFigureCard, "key_figure_0") is not None)
    said = find(page, KeyFigureCard, "key_figure_0").accessibleName().replace("\u00a0", " ")
    assert said == "Upprättade SIP: saknas. 0 av 15 kommuner"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "God kväll"), (5, "God morgon"), (10, "God förmiddag"), (12, "God eftermiddag"), (18, "God kväll")],
)
def test_the_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert wording.greeting(datetime(2026, 9, 14, hour)) == words


def test_days_are_written_as_people_say_them() -> None:
    today = date(2026, 9, 14)
    assert near_day(date(2026, 9, 25), today) == "25 september"
    assert near_day(date(2027, 1, 25), today) == "25 januari 2027"
    assert wording.moment(datetime(2026, 9, 14, 8, 12), today) == "i dag 08:12"
    assert wording.moment(datetime(2026, 9, 13, 8, 12), today) == "i går"
    assert wording.moment(datetime(2026, 9, 5, 8, 12), today) == "5 september"
