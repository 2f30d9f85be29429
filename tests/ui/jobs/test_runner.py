"""The job runner: order, threads, progress, failures, cancel, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.errors import StoreProblem, WorldError
from fardplan_desktop.domain.progress import Cancelled, Event, Started, Step, Work
from fardplan_desktop.ui.jobs.latest import Latest
from fardplan_desktop.ui.jobs.progress_view import ProgressView
from fardplan_desktop.ui.jobs.runner import Job, Jobs
from fardplan_desktop.ui.parts.work_line import WorkLine

PATIENCE_S = 5.0


class Shown:
    """The door for failures, as a test sees it."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def __call__(self, error: BaseException) -> None:
        self.errors.append(error)


@pytest.fixture
def failures() -> Shown:
    return Shown()


@pytest.fixture
def jobs(qtbot: QtBot, failures: Shown) -> Iterator[Jobs]:
    made = Jobs(failures)
    yield made
    made.close()


def test_writes_run_one_at_a_time_and_in_order(qtbot: QtBot, jobs: Jobs) -> None:
    begun: list[str] = []
    seen: list[tuple[int, str]] = []

    def note(number: int, _work: Work) -> int:
        begun.append(threading.current_thread().name)
        return number

    with qtbot.waitSignal(jobs.writes_ended):
        for number in range(20):
            jobs.write(
                partial(note, number),
                lambda n: seen.append((n, threading.current_thread().name)),
            )
    assert [number for number, _ in seen] == list(range(20))
    assert len(set(begun)) == 1
    assert {thread for _, thread in seen} == {threading.main_thread().name}
    assert begun[0] != threading.main_thread().name


def test_reads_run_beside_each_other(qtbot: QtBot, jobs: Jobs) -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE_S)
    met: list[int] = []
    for _ in range(2):
        jobs.read(lambda _work: meeting.wait(), met.append)
    qtbot.waitUntil(lambda: len(met) == 2)


def test_progress_arrives_on_the_gui_thread_before_the_result(qtbot: QtBot, jobs: Jobs) -> None:
    heard: list[object] = []

    def count(work: Work) -> str:
        work.started("Räknar", 2, "filer")
        work.step(1)
        return "klar"

    job = jobs.read(count, heard.append)
    job.changed.connect(lambda event: heard.append((event, threading.current_thread() is threading.main_thread())))
    qtbot.waitUntil(lambda: "klar" in heard)
    assert heard == [(Started("Räknar", 2, "filer"), True), (Step(1), True), "klar"]


def test_a_world_error_goes_to_the_one_who_takes_it_and_else_to_the_door(
    qtbot: QtBot, jobs: Jobs, failures: Shown
) -> None:
    def fail(_work: Work) -> None:
        raise StoreProblem("Disken är full.")

    taken: list[WorldError] = []
    jobs.write(fail, failed=taken.append)
    jobs.write(fail)
    qtbot.waitUntil(lambda: bool(failures.errors))
    assert (str(taken[0]), str(failures.errors[0])) == ("Disken är full.", "Disken är full.")
    assert len(taken) == len(failures.errors) == 1


def test_a_bug_is_always_shown_even_to_one_who_takes_world_errors(qtbot: QtBot, jobs: Jobs, failures: Shown) -> None:
    taken: list[WorldError] = []
    jobs.read(lambda _work: 1 // 0, failed=taken.append)
    qtbot.waitUntil(lambda: bool(failures.errors))
    assert isinstance(failures.errors[0], ZeroDivisionError)
    assert taken == []


def test_cancel_stops_the_work_at_its_next_step(qtbot: QtBot, jobs: Jobs, failures: Shown) -> None:
    under_way, pressed = threading.Event(), threading.Event()

    def long(work: Work) -> None:
        under_way.set()
        pressed.wait(PATIENCE_S)
        work.step(1)

    job = jobs.read(long, title="Läser in filer")
    qtbot.waitUntil(under_way.is_set)
    job.cancel()
    pressed.set()
    qtbot.waitUntil(lambda: bool(failures.errors))
    assert isinstance(failures.errors[0], Cancelled)


def test_closing_waits_for_the_writes_that_were_asked_for(qtbot: QtBot, failures: Shown) -> None:
    jobs = Jobs(failures)
    written: list[int] = []
    go = threading.Event()

    def write(_work: Work) -> None:
        go.wait(PATIENCE_S)
        written.append(1)

    jobs.write(write)
    jobs.write(write)
    assert jobs.writing
    go.set()
    jobs.close()
    assert written == [1, 1]


def test_the_work_line_shows_words_count_and_a_way_to_cancel(qtbot: QtBot, jobs: Jobs) -> None:
    line = WorkLine()
    qtbot.addWidget(line)
    ProgressView(jobs, line, words_after=0, counts_after=0)
    reported, finish = threading.Event(), threading.Event()
    heard: list[Event] = []

    def long(work: Work) -> None:
        work.started("Läser in filer", 49, "filer")
        work.step(31)
        reported.set()
        finish.wait(PATIENCE_S)

    job: Job = jobs.read(long, title="Läser in")
    job.changed.connect(heard.append)
    qtbot.waitUntil(lambda: line.accessibleName() == "Läser in filer 31 av 49 filer")
    assert not line.isHidden()
    finish.set()
    qtbot.waitUntil(line.isHidden)


def test_work_without_a_title_says_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    line = WorkLine()
    qtbot.addWidget(line)
    ProgressView(jobs, line, words_after=0, counts_after=0)
    done: list[None] = []
    jobs.read(lambda _work: None, done.append)
    qtbot.waitUntil(lambda: done == [None])
    assert line.isHidden()


def test_of_reads_that_overtake_each_other_only_the_newest_answer_is_delivered(
    qtbot: QtBot, jobs: Jobs, failures: Shown
) -> None:
    latest = Latest(jobs, failures)
    gate, answers, stopped = threading.Event(), list[str](), list[str]()

    def slow(work: Work) -> str:
        assert gate.wait(PATIENCE_S)
        try:
            work.check()
        except Cancelled:
            stopped.append("l")
            raise
        return "l"

    latest.ask(slow, answers.append)
    latest.ask(lambda _work: "lä", answers.append)
    latest.ask(lambda _work: "läk", answers.append)
    gate.set()
    qtbot.waitUntil(lambda: answers == ["läk"])
    assert stopped == ["l"]
    latest.ask(lambda _work: "läke", answers.append)
    qtbot.waitUntil(lambda: answers == ["läk", "läke"])
    assert failures.errors == []


def test_a_read_that_fails_is_told_and_the_next_question_is_answered(qtbot: QtBot, jobs: Jobs, failures: Shown) -> None:
    latest, answers = Latest(jobs, failures), list[int]()
    problem = StoreProblem("Filen är borta.", "", "")

    def fails(_work: Work) -> int:
        raise problem

    latest.ask(fails, answers.append)
    qtbot.waitUntil(lambda: failures.errors == [problem])
    latest.ask(lambda _work: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])
