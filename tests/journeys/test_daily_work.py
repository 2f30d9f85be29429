"""A coordinator's ordinary days through the whole program: plans, walks, months, other people's sheets, deviations."""

from __future__ import annotations

from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QTableView, QWidget

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, counts, deviations, editing
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.parts.inputs import TextArea, TextField
from tests.journeys.window import Sit, Stores, User

SHEET = "SIP 2026;maj;juni;juli;augusti;Summa\nAntal SIP-möten;9;11;4;8;32\nNya planer;6;8;2;7;23\n"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def activity(workplace: Workplace, title: str, **given: object) -> Activity:
    made, _ = activities.add(workplace, title=title)
    after = msgspec.structs.replace(made, **given)
    activities.update(workplace, before=made, after=after)
    return after


def numbers(workplace: Workplace, measure: str) -> dict[str, int | None]:
    """Month → number, of the measure's whole values."""
    found = counts.counts(workplace).values()
    return {each.period: each.n for each in found if each.measure == measure and each.breakdown is None}


def checked_in(workplace: Workplace, count: int) -> bool:
    return len(activities.check_ins(workplace)) == count


def grid(user: User) -> CountsPage:
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    user.wait(page.table.hasFocus, "the caret in the grid")
    return page


def summarise(user: User, text: str) -> None:
    """What happened, and with Tab and Space the word that nobody can be known by it."""
    field = user.the(TextArea, "deviation_summary")
    field.setFocus()
    field.selectAll()
    user.write(text)
    user.press(Qt.Key.Key_Tab)
    user.press(Qt.Key.Key_Space)


def test_next_years_plan_begins_with_last_years_texts_and_the_walk_goes_by_keyboard(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    first = activity(edet, "Rutin för SIP", goal="Alla erbjuds", end=date(2026, 8, 31))
    activity(edet, "Utbildning", end=date(2026, 9, 1))
    (plan,) = activities.plans(edet)
    user = sit(edet)

    user.click("rail_activities")
    user.click("activities_walk")
    for number, comment in enumerate(("Klart i oktober", "Startar om"), start=1):
        user.wait_for_text("walk_place", f"{number}\u00a0av\u00a02")
        user.the(TextArea, "activity_check_in_comment").setFocus()
        user.write(comment)
        user.press(Qt.Key.Key_Return, CTRL)
        user.wait(partial(checked_in, edet, number))
    user.wait(lambda: user.shown(QWidget, "activities_table") is not None, "the table again")

    user.click("activities_plans")
    user.click(f"plan_copy_{plan.id}")
    user.wait(lambda: len(activities.plans(edet)) == 2)
    (copy,) = [each for each in activities.activities(edet) if each.title == first.title and each.plan != plan.id]
    assert (copy.goal, copy.unedited, copy.end) == ("Alla erbjuds", ("goal",), date(2027, 8, 31))
    user.settle()
    user.window.go("activities", activity=copy.id)
    user.click("activity_more")
    assert user.text("mark_goal") == "Från förra året, oförändrad"
    user.click("holds_goal")
    user.wait(lambda: activities.find(edet, activity=copy.id) == msgspec.structs.replace(copy, unedited=()))
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: activities.find(edet, activity=copy.id) == copy, "one step taken back")


def test_a_month_goes_in_by_keyboard_alone_and_each_deed_is_one_undo_step(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    user = sit(edet)
    user.window.go("counts", measure="SIP04", month="2026-05")
    page = grid(user)
    user.write("9")
    user.press(Qt.Key.Key_Tab)
    user.write("0")
    user.press(Qt.Key.Key_Tab)
    user.wait(lambda: numbers(edet, "SIP04") == {"2026-05": 9, "2026-06": 0})
    page.table.go_to(page.table.model().index(page.table.currentIndex().row(), page.table.currentIndex().column() - 1))
    user.write("+")
    user.wait(lambda: numbers(edet, "SIP04")["2026-06"] == 1)
    user.settle()
    user.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    user.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    user.ctrl(Qt.Key.Key_R)
    user.wait(lambda: numbers(edet, "SIP04") == {"2026-05": 9, "2026-06": 1, "2026-07": 1, "2026-08": 1})
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: numbers(edet, "SIP04") == {"2026-05": 9, "2026-06": 1})
    user.press(Qt.Key.Key_Right, ALT)  # The measure's breakdowns, under their whole.
    user.wait(lambda: any("0–17" in str(text) for text in first_column(page)), "the breakdown")
    assert (user.clicks, user.problems) == (0, [])


def first_column(page: CountsPage) -> list[object]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_another_make_of_sheet_asks_once_and_knows_it_the_next_time(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    user = sit(edet)
    user.window.go("counts")
    grid(user)
    user.copy(SHEET.replace(";", "\t"))
    user.ctrl(Qt.Key.Key_V)
    preview = user.the(QWidget, "sheet_preview")
    asked = [box for box in preview.findChildren(QComboBox) if box.isVisible() and "Nya planer" in box.accessibleName()]
    assert len(asked) == 1
    user.pick(asked[0].objectName(), "SIP08")
    user.click("preview_take")
    user.wait(lambda: numbers(edet, "SIP08") == {"2026-05": 6, "2026-06": 8, "2026-07": 2, "2026-08": 7})
    assert numbers(edet, "SIP04") == {"2026-05": 9, "2026-06": 11, "2026-07": 4, "2026-08": 8}
    user.settle()
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: numbers(edet, "SIP08") == {}, "one step taken back")
    user.ctrl(Qt.Key.Key_V)
    told = user.the(QWidget, "sheet_preview")
    user.wait(lambda: any("som förra gången" in label.text() for label in told.findChildren(QLabel)))
    user.click("preview_take")
    user.wait(lambda: len(numbers(edet, "SIP08")) == 4)


def test_deviations_are_registered_found_and_guarded_without_the_mouse(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    user = sit(edet)
    user.ctrl(Qt.Key.Key_N)
    user.wait(lambda: user.focus == "deviation_direction")
    for name, key in (("direction", "kommun-region"), ("counterpart", "vardcentral"), ("category", "lakemedel")):
        user.pick(f"deviation_{name}", key)
    summarise(user, "Listan saknades för 19570428-9999")
    user.ctrl(Qt.Key.Key_Return)
    user.wait(lambda: "personnummer" in user.text("error_deviation_summary"))
    user.settle()
    assert deviations.deviations(edet) == ()
    summarise(user, "Åtgärdslistan saknades för den enskilde")
    user.ctrl(Qt.Key.Key_Return)
    user.wait(lambda: len(deviations.deviations(edet)) == 1)
    user.wait(lambda: user.focus == "deviation_category", "the next one begun")
    user.pick("deviation_category", "sip-och-samordning")
    user.ctrl(Qt.Key.Key_Return)
    user.wait(lambda: len(deviations.deviations(edet)) == 2)
    user.press(Qt.Key.Key_Escape)

    user.ctrl(Qt.Key.Key_F)
    user.wait(lambda: user.focus == "filter_text")
    user.the(TextField, "filter_text").setText("åtgärdsl")
    user.wait(lambda: "1462-2026-0001" in listed(user) and "1462-2026-0002" not in listed(user))
    user.press(Qt.Key.Key_Tab)
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: len(deviations.deviations(edet)) == 1)
    assert editing.undo_labels(edet)[0] == "Ny avvikelse 1462-2026-0001"
    assert user.clicks == 0


def listed(user: User) -> list[str]:
    model = user.the(QTableView, "deviation_table").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
