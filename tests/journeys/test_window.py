"""What people do in the real window, from start to end on real stores, and how many clicks it takes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.host import preferences
from fardplan_desktop.services import (
    activities,
    compilation,
    counts,
    deliveries,
    deviations,
    plans,
    seals,
    self_assessment,
    settings,
    tables_in,
    trust,
)
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.compilation.figure_table import FigureTable
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.coverage.table import CoverageTable
from fardplan_desktop.ui.meetings.page import MeetingsPage
from fardplan_desktop.ui.meetings.preview import PaperPreview
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName
from tests.journeys import year
from tests.journeys.window import Sit, Stores, User
from tests.ui.office import NOT_DELIVERED, UNKNOWN, Mail

T2 = parse_period("2026-T2")
TYPED = "bara-for-proven"


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's print dialog answered at once: print, to this file. Its own button is one click more."""
    file = tmp_path / "utskrift.pdf"

    def answer(dialog: QPrintDialog) -> None:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        dialog.done(QDialog.DialogCode.Accepted)

    monkeypatch.setattr("fardplan_desktop.ui.parts.printing.QDialog", SimpleNamespace(open=answer))
    return file


def test_the_first_ten_minutes_end_with_her_own_figures_on_two_printed_pages(sit: Sit, printed: Path) -> None:
    user = sit()
    user.program.start(None)
    user.write("Lil")
    user.press(Qt.Key.Key_Return)
    user.copy(tabbed(year.csv(year.counts())))
    user.click("have_counts")
    user.click("preview_take")
    pages = paper(user)
    assert "Lilla Edets kommun" in pages[0]
    assert "Upprättade SIP 21 27 saknas" in pages[0]
    assert "aug 2026 6" in pages[1]
    user.click("print_paper")
    user.settle()
    assert len(texts(printed.read_bytes())) == 2
    assert (user.clicks + 1, user.enters) == (4, 1), "of at most 10; the print dialog's own button is the last"
    assert seals.own_seal(user.workplace) is None, "no key is asked for"
    assert preferences.load().last_store == str(user.workplace.store.path)


def test_each_month_start_leads_to_the_first_empty_cell_and_an_activity_to_check_in(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    take_in(edet, TableKind.COUNTS, year.csv(year.counts(year.MONTHS[:-1])))
    take_in(edet, TableKind.ACTIVITIES, year.joint_activities())
    user = sit(edet)
    assert user.the(QWidget, "start_todo_0").accessibleName() == "Maj: 1 ruta. Börja med Uppföljda SIP"
    user.click("start_todo_0_verb")
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    user.wait(page.table.hasFocus, "the caret in the grid")
    cell = page.table.cell
    assert cell is not None
    assert (cell.count, cell.period) == (None, "2026-05")
    user.write("9")
    user.press(Qt.Key.Key_Return)
    user.wait(lambda: [each.n for each in counts.counts(edet).values() if each.id == cell.id] == [9])
    assert user.clicks == 1, "of at most 3"
    user.click("rail_start")
    user.clicks = 0
    user.click(next(name for name in user.names("start_todo_") if user.words(f"{name}_verb") == "Stäm av") + "_verb")
    user.click("walk_store")
    user.wait(lambda: len(activities.check_ins(edet)) == 1)
    assert user.clicks == 2, "of at most 3"


def test_ctrl_n_begins_a_deviation_from_every_page(sit: Sit, stores: Stores) -> None:
    user = sit(stores.create("1462"))
    for name in user.window.page_names:
        user.window.go(name)
        user.settle()
        user.ctrl(Qt.Key.Key_N)
        user.wait(lambda: (user.page, user.focus) == ("deviations", "deviation_direction"), f"from {name}")
        user.press(Qt.Key.Key_Escape)
    assert (user.clicks, user.problems) == (0, [])


def test_the_paper_before_the_meeting_takes_two_clicks(sit: Sit, stores: Stores, printed: Path) -> None:
    edet = stores.create("1462")
    take_in(edet, TableKind.COUNTS, year.csv(year.counts()))
    user = sit(edet)
    user.click("start_print_paper")
    paper(user)
    user.click("print_paper")
    user.settle()
    assert len(texts(printed.read_bytes())) == 2
    assert user.clicks == 2


@pytest.mark.parametrize(
    ("act", "shown"),
    [
        (lambda edet: activities.add(edet, title="Rutin för SIP"), "activity_panel"),
        (lambda edet: plans.add(edet, type="aldres-halsa", year=2026), "plan_board"),
        (lambda edet: self_assessment.assess(edet, year=2026, method="A4", score="pagar-i-delar"), "assessment_board"),
    ],
    ids=["an activity with the plan it made", "a plan alone", "a self-assessment"],
)
def test_the_first_undo_of_what_belongs_to_the_activities_shows_it(
    sit: Sit, stores: Stores, act: Callable[[Workplace], object], shown: str
) -> None:
    edet = stores.create("1462")
    act(edet)
    user = sit(edet)
    user.wait(lambda: user.page == "start")
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: user.page == "activities")
    user.wait(lambda: any(each.isVisible() for each in user.window.findChildren(QWidget, shown)))
    assert user.receipts[-1].endswith("Tryck Ctrl+Z en gång till.")


def test_the_first_undo_of_a_value_of_a_breakdown_opens_it(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    value = Count(measure="SIP08", period="2026-05", breakdown="alder", value="0-17", n=2)
    counts.put(edet, values=[value])
    user = sit(edet)
    user.wait(lambda: user.page == "start")
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: user.page == "counts")
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    assert page.table.cell is not None
    assert page.table.cell.count == value


def test_the_first_undo_after_a_restart_goes_to_the_place_and_waits(sit: Sit, stores: Stores) -> None:
    edet = stores.create("1462")
    before = sit(edet)
    before.window.go("counts")
    before.write("7")
    before.press(Qt.Key.Key_Return)
    before.wait(lambda: numbers(edet) == [7])
    before.leave()
    user = sit()
    user.program.start(None)
    user.wait(lambda: user.page == "start")
    user.ctrl(Qt.Key.Key_Z)
    user.wait(lambda: user.page == "counts")
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    assert page.table.cell is not None
    assert page.table.cell.count is not None
    assert user.receipts[-1].endswith("Tryck Ctrl+Z en gång till.")
    assert numbers(user.workplace) == [7], "the first press changes nothing"
    for key, expected in ((Qt.Key.Key_Z, []), (Qt.Key.Key_Y, [7]), (Qt.Key.Key_Z, [])):
        user.ctrl(key)
        user.settle()
        assert numbers(user.workplace) == expected


def test_the_main_job_from_pasted_counts_to_the_delregions_sum(sit: Sit, stores: Stores, tmp_path: Path) -> None:
    user = sit(stores.create("1462"))
    edet = user.workplace
    enter_a_year(user, tmp_path)
    user.window.go("start")
    user.clicks = 0
    report(user)
    assert user.clicks == 5, "of at most 5"
    sealed = deliveries.sent(edet)
    folder = settings.deliveries_folder(edet)
    inbox = tmp_path / "inkorg"
    shutil.copytree(folder, inbox)
    assert [each.name for each in sorted(folder.glob("*.fardpaket"))] == ["1462_2026-T2_0001.fardpaket"]
    assert [(each.period, each.sequence) for each in sealed] == [("2026-T2", 1)]
    codes = {"Lilla Edets kommun": user.text("result_check_code")}
    mellerud = stores.create("1461")
    take_in(mellerud, TableKind.COUNTS, year.csv(year.counts(year.LAST_TERTIAL, start=25)))
    codes[mellerud.organisation.name] = seals.make_key(mellerud, passphrase=TYPED, rounds=1).check_code
    key = seals.open_seal(mellerud, passphrase=TYPED)
    deliveries.seal_period(mellerud, period=T2, folder=inbox, key=key, approved_by="Socialchef")

    office = sit(stores.create("fyrbodal"))
    office.click("start_primary")
    office.drop("intake_drop", [inbox])
    for _ in codes:
        call(office, codes)
    office.wait(lambda: compilation.coverage(office.workplace, period=T2).received == 2)
    office.settle()
    office.click("intake_coverage")
    office.wait(lambda: bool(office.the(CoverageTable, "coverage_table").lines))
    lines = office.the(CoverageTable, "coverage_table").lines
    missing = [
        line.organisation.code for line in lines if line.cells[0] is not None and not line.cells[0].has_delivered
    ]
    assert len(missing) == 13
    assert not set(codes) & set(missing)
    office.click("rail_compilation")
    for measure in ("SIP01", "SIP08", "SIP11"):
        parts = sum(whole(edet, measure)) + sum(whole(mellerud, measure))
        assert summed(office, measure) == (str(parts), "2 av 15 kommuner")
    mellerud.store.close()


def test_fifteen_files_one_from_an_unknown_sender_take_at_most_eight_clicks(sit: Sit, tmp_path: Path) -> None:
    mail = Mail(tmp_path / "post")
    inbox = tmp_path / "inkorg"
    inbox.mkdir()
    for path in (*mail.packages(), mail.card(UNKNOWN)):
        shutil.copy(path, inbox)
    office = sit(mail.new_office(tmp_path, unknown={UNKNOWN}))
    workplace = office.workplace
    unknown = trust.candidate(workplace, path=mail.card(UNKNOWN))
    office.click("start_primary")
    office.drop("intake_drop", [inbox])
    call(office, {unknown.organisation.name: unknown.check_code})
    office.click("intake_read")
    office.wait(lambda: compilation.coverage(workplace, period=T2).received == 14)
    office.settle()
    office.click("intake_coverage")
    assert len(list(inbox.glob("*.fardpaket"))) == 15
    assert compilation.coverage(workplace, period=T2).missing == (NOT_DELIVERED,)
    office.click("rail_compilation")
    assert summed(office, "SIP08")[1].startswith("14 av 15 kommuner")
    assert (office.clicks, office.enters) == (5, 1), "of at most 8"
    assert office.problems == []


@pytest.mark.parametrize("organisation", ["1462", "fyrbodal", "14"])
@pytest.mark.parametrize("full", [False, True])
def test_every_page_stands_in_the_smallest_window(
    organisation: str, full: bool, sit: Sit, stores: Stores, look: Look
) -> None:
    """Empty at 100 %, full at 200 %, where the least room is left."""
    look.choose_theme(ThemeName.HIGH_CONTRAST if full else ThemeName.DARK)
    look.choose_factor(2.0 if full else 1.0)
    user = sit(stores.example(organisation) if full else stores.create(organisation), (911, 512))
    for name in user.window.page_names:
        user.window.go(name)
        user.settle()
        assert not user.window.grab().isNull()
    assert user.problems == []


def test_text_size_and_colours_chosen_in_settings_keep_the_page_at_work(sit: Sit, stores: Stores, look: Look) -> None:
    edet = stores.create("1462")
    user = sit(edet)
    user.window.go("settings")
    for name, key in (("look_theme", "dark"), ("look_size", "200")):
        user.pick(name, key)
    assert (look.theme, look.metrics.factor) == (ThemeName.DARK, 2.0)
    assert user.the(Combo, "look_size").key == "200"
    user.window.go("counts")
    user.write("7")
    user.press(Qt.Key.Key_Return)
    user.wait(lambda: numbers(edet) == [7])


def enter_a_year(user: User, folder: Path) -> None:
    """The ten joint activities and a year of counts by the clipboard, a dozen deviations by a file let go."""
    edet = user.workplace
    user.window.go("activities")
    user.copy(tabbed(year.joint_activities()))
    user.click("empty_paste")
    user.click("preview_take")
    user.wait(lambda: len(activities.activities(edet)) == 10)
    user.window.go("counts")
    user.copy(tabbed(year.csv(year.counts())))
    user.ctrl(Qt.Key.Key_V)
    user.click("preview_take")
    user.wait(lambda: len(counts.counts(edet)) == len(list(year.counts())))
    file = folder / "avvikelser.csv"
    file.write_text(year.deviations(), encoding="utf-8-sig")
    user.window.go("deviations")
    user.drop("deviations_drop", [file])
    user.click("preview_take")
    user.wait(lambda: len(deviations.deviations(edet)) == 12)
    user.settle()


def report(user: User) -> None:
    """From Start to the sealed file; the key is made on the way, with the passphrase that is proposed."""
    user.click("start_primary")
    user.settle()
    user.click("wizard_next")
    user.wait(lambda: user.focus == "approved_by")
    user.write("Socialchef")
    user.click("approved_no_person")
    user.click("wizard_next")
    user.click("wizard_next")
    user.the(QLabel, "result_check_code")
    user.settle()


def call(office: User, codes: dict[str, str]) -> None:
    """Ring och jämför with the first unknown sender, who reads the two groups aloud."""

    def unknown_files() -> list[str]:
        return [name for name in office.names("file_") if office.words(f"{name}_verb") == "Ring och jämför"]

    office.wait(lambda: bool(unknown_files()), "an unknown sender")  # Sorting out and reading are two jobs.
    office.settle()
    unknown = unknown_files()[0]
    office.click(f"{unknown}_verb")
    groups = codes[office.text("call_heading").removeprefix("Ring ").removesuffix(" och jämför kontrollkoden")].split()
    for box in ("call_first", "call_second"):
        office.wait(partial(has_focus, office, box), box)
        office.write(groups[int(office.the(TextField, box).accessibleName().split()[1].rstrip(",")) - 1])
        office.press(Qt.Key.Key_Tab)
    if (
        office.focus == "call_make_seal"
    ):  # An office without a seal is offered one, between their code and who answered.
        office.press(Qt.Key.Key_Tab)
    office.wait(partial(has_focus, office, "call_function"), "who answered")
    office.write("Registrator")
    office.press(Qt.Key.Key_Return)
    office.wait(lambda: office.shown(TextField, "call_first") is None, "the call ended")
    office.settle()


def has_focus(user: User, name: str) -> bool:
    return user.focus == name


def summed(office: User, measure: str) -> tuple[str, str]:
    """A sum in Sammanställning, and what it rests on."""
    table = office.the(FigureTable, "sums_table")
    cells = next(line.cells for line in table.lines if line.key == ("figure", measure, "", ""))
    return cells[1].text, cells[2].text.replace("\xa0", " ")


def whole(town: Workplace, measure: str) -> list[int]:
    """Month by month in the tertial."""
    months = [each.id for each in T2.months]
    found = [each for each in counts.counts(town).values() if each.measure == measure and each.breakdown is None]
    return [each.n for each in found if each.period in months and each.n is not None]


def numbers(town: Workplace) -> list[int]:
    return [each.n for each in counts.counts(town).values() if each.n is not None]


def take_in(town: Workplace, kind: TableKind, text: str) -> None:
    content = tables_in.paste_table(town, text=tabbed(text), kind=kind)
    tables_in.take_in(town, content=content)


def tabbed(text: str) -> str:
    """As Excel puts it on the clipboard."""
    return text.replace(";", "\t")


def paper(user: User) -> list[str]:
    """The text of the meeting paper's pages, when both stand in preview."""
    user.wait(lambda: user.page == "meetings")
    user.wait(lambda: user.the(PaperPreview, "paper_preview").pages == 2)
    page = user.window.current_page
    assert isinstance(page, MeetingsPage)
    return texts(page.pdf)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
