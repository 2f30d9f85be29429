"""Progress events and the cancel token, as every long function uses them."""

from __future__ import annotations

import pytest

from fardplan_desktop.domain.progress import Cancelled, CancelToken, Done, Event, Started, Step, Warned, Work


def test_a_listener_gets_the_events_in_the_order_they_happened() -> None:
    heard: list[Event] = []
    work = Work(heard.append)

    work.started("Läser in filer", 2, "filer")
    work.step(1, "Åmål")
    work.warned("Filen är gammal.")
    work.done("2 filer är inlästa.")

    assert heard == [
        Started("Läser in filer", 2, "filer"),
        Step(1, "Åmål"),
        Warned("Filen är gammal."),
        Done("2 filer är inlästa."),
    ]


def test_a_cancelled_work_stops_at_its_next_step_and_reports_nothing_more() -> None:
    heard: list[Event] = []
    token = CancelToken()
    work = Work(heard.append, token)
    work.step(1)

    token.cancel()

    with pytest.raises(Cancelled, match="Inget har ändrats"):
        work.step(2)
    assert heard == [Step(1)]


def test_work_without_a_listener_goes_on_silently() -> None:
    work = Work()
    work.started("Räknar")
    work.step(1)
    work.check()
    work.done()
