"""``self-test``: the whole chain in a temporary folder, so that an installed or frozen program can prove itself."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import Commands, add_command
from fardplan_desktop.cli.output import DONE, say
from fardplan_desktop.domain.periods import Period, period_of
from fardplan_desktop.domain.records import Count

if TYPE_CHECKING:
    from fardplan_desktop.services.workplace import Workplace

_PASSPHRASE = "endast-for-sjalvtestet"
_DRAWN_UP = 3
"""SIP a month in the test's package."""


def register(commands: Commands, try_window: Callable[[], None]) -> None:
    add_command(
        commands, "self-test", "pröva att programmet fungerar på datorn", lambda given: _self_test(given, try_window)
    )


def _self_test(_: Namespace, try_window: Callable[[], None]) -> int:
    with tempfile.TemporaryDirectory(prefix="fardplan-") as name:
        folder = Path(name)
        period = _seal(folder)
        say("Försegla och pröva: bra")
        _take_in(folder, period)
        say("Läsa in och summera: bra")
        _draw(period)
        say("Rita: bra")
    try_window()
    say("Öppna och stänga fönstret: bra")
    return DONE


def _seal(folder: Path) -> Period:
    """A practice package and its card in the folder, verified, and a paper made from the same store."""
    from fardplan_desktop.bootstrap import new_workplace
    from fardplan_desktop.services import counts, deliveries, papers, seals
    from fardplan_desktop.services.verification import verify_seal

    workplace = new_workplace(folder / "kommun.fardplan", "1462", practice=True)
    try:
        period = period_of(workplace.today, workplace.codebook.reporting.type).previous
        months = [Count(measure="SIP08", period=month.id, n=_DRAWN_UP) for month in period.months]
        counts.put(workplace, values=months)
        seals.make_key(workplace, passphrase=_PASSPHRASE)
        key = seals.open_seal(workplace, passphrase=_PASSPHRASE)
        sealed = deliveries.seal_period(workplace, period=period, folder=folder, key=key, approved_by="Självtest")
        _expect(verify_seal(sealed.file).outcome == "ok", "the seal is whole")
        paper = papers.meeting_pdf(workplace, period=period, as_of=date(period.end.year, 12, 31))
        _expect(paper.startswith(b"%PDF-"), "a paper is a PDF")
    finally:
        workplace.store.close()
    return period


def _take_in(folder: Path, period: Period) -> None:
    from fardplan_desktop.bootstrap import new_workplace
    from fardplan_desktop.services import compilation, intake

    workplace = new_workplace(folder / "delregion.fardplan", "fyrbodal", practice=True)
    try:
        _believe(workplace, folder)
        results = intake.receive(workplace, paths=[next(folder.glob("*.fardpaket"))])
        _expect([each.verdict.code for each in results] == ["OK"], "the package is taken in")
        found = compilation.compile_period(workplace, period=period)
        sums = {each.measure: each.value for each in found.figures if each.breakdown is None}
        _expect(sums["SIP08"] == _DRAWN_UP * len(period.months), "the sum is its parts")
    finally:
        workplace.store.close()


def _believe(workplace: Workplace, folder: Path) -> None:
    from fardplan_desktop.services import trust

    found = trust.candidate(workplace, path=next(folder.glob("*.nyckelkort")))
    groups = list(dict.fromkeys(found.check_code.split()))
    trust.trust(workplace, candidate=found, heard=" ".join(groups[:2]))


def _draw(period: Period) -> None:
    from fardplan_desktop.charts.lines import LineSeries, monthly_lines
    from fardplan_desktop.host import paths

    series = LineSeries("Upprättade SIP", [_DRAWN_UP] * len(period.months))
    figure = monthly_lines(period.months, [series], size=(320, 160), fonts=paths.fonts())
    _expect(bool(figure.axes), "a chart has axes")


def _expect(true: bool, what: str) -> None:
    if not true:
        raise AssertionError(f"self-test: {what}")
