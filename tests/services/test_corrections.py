"""A correction: what differs, why and who says so, from the sender's eyes to the receiver's, before it is read in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem, PersonalData, WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.exchange.kinds import CORRECTIONS
from fardplan_desktop.exchange.office_rows import CorrectionRow
from fardplan_desktop.exchange.rows import CountRow, Rows
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import corrections, counts, deliveries, intake, row_changes, trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

Seal = Callable[..., deliveries.Sealed]


def put(workplace: Workplace, n: int, measure: str = "SIP08", month: str = "2026-05") -> None:
    counts.put(workplace, values=[Count(measure=measure, period=month, n=n)])


@pytest.fixture
def opened_again(edet: Workplace, seal: Seal, period: Period) -> deliveries.Sealed:
    """Sealed with SIP08 = 3 in May, and opened for correction since June was counted wrongly."""
    put(edet, 3)
    first = seal(edet)
    deliveries.reopen(edet, period=period, reason="Juni var felräknad.")
    return first


def told_in(sealed: deliveries.Sealed) -> tuple[CorrectionRow, ...]:
    return open_package(sealed.file.read_bytes(), None).table(CORRECTIONS, CorrectionRow)


def test_before_sealing_each_value_is_shown_with_what_it_was_and_the_reason_of_the_whole(
    edet: Workplace, opened_again: deliveries.Sealed, period: Period
) -> None:
    put(edet, 5)
    put(edet, 7, month="2026-06")
    found = deliveries.preview(edet, period=period).corrections
    assert [(each.change.id, each.change.old, each.change.new) for each in found] == [
        ("antal/SIP08/2026-05/n", "3", "5"),
        ("antal/SIP08/2026-06/n", None, "7"),
    ]
    assert {(each.reason, each.function) for each in found} == {("Juni var felräknad.", "Samordnare")}
    assert corrections.sentence(found[0]).endswith(", maj 2026, antal: 3 → 5. Juni var felräknad (Samordnare)")


def test_one_value_may_have_a_reason_of_its_own_that_is_undone_like_any_other_word(
    edet: Workplace, opened_again: deliveries.Sealed, period: Period
) -> None:
    put(edet, 5)
    put(edet, 7, month="2026-06")
    first = deliveries.preview(edet, period=period).corrections[0].change
    corrections.explain(edet, period=period, change=first, reason=" Dubbelregistrerad ")
    reasons = [each.reason for each in deliveries.preview(edet, period=period).corrections]
    assert reasons == ["Dubbelregistrerad", "Juni var felräknad."]
    edet.store.undo(edet.signature)
    assert {each.reason for each in deliveries.preview(edet, period=period).corrections} == {"Juni var felräknad."}


def test_a_reason_that_names_a_person_or_is_too_long_is_refused(
    edet: Workplace, opened_again: deliveries.Sealed, period: Period
) -> None:
    put(edet, 5)
    change = deliveries.preview(edet, period=period).corrections[0].change
    refused: tuple[tuple[str, type[WorldError]], ...] = (
        ("Gäller 19121212-1212", PersonalData),
        ("x" * 301, InputProblem),
    )
    for reason, error in refused:
        with pytest.raises(error):
            corrections.explain(edet, period=period, change=change, reason=reason)


def test_the_note_travels_in_the_package_and_the_first_package_has_none(
    edet: Workplace, opened_again: deliveries.Sealed, seal: Seal
) -> None:
    assert told_in(opened_again) == ()
    put(edet, 5)
    second = seal(edet, reason="Juni var felräknad.")
    (row,) = told_in(second)
    assert (row.id, row.old, row.new, row.reason, row.function) == (
        "antal/SIP08/2026-05/n", "3", "5", "Juni var felräknad.", "Samordnare",
    )  # fmt: skip
    found = corrections.of_delivery(edet, delivery=second.delivery)
    assert found is not None
    assert [(each.change.old, each.change.new, each.reason) for each in found.corrections] == [
        ("3", "5", "Juni var felräknad.")
    ]
    assert (found.unexplained, found.unfounded) == (0, 0)


def test_the_receiver_reads_what_changes_before_it_reads_the_package_in(
    edet: Workplace, fyrbodal: Workplace, opened_again: deliveries.Sealed, seal: Seal, tmp_path: Path
) -> None:
    believe(fyrbodal, opened_again.card)
    intake.receive(fyrbodal, paths=[opened_again.file])
    put(edet, 5)
    second = seal(edet, reason="Juni var felräknad.", folder=tmp_path / "andra")
    (judged,) = intake.judge(fyrbodal, paths=[second.file]).results
    assert judged.verdict.word == "Ersätter tidigare"
    assert len(judged.told) == 1
    assert judged.told[0].endswith("antal: 3 → 5. Juni var felräknad (Samordnare)")
    assert [each.n for each in packages.received(fyrbodal.store, Count)["1462"]] == [3]


def test_a_change_that_the_note_is_silent_about_is_told_to_the_receiver(
    edet: Workplace, fyrbodal: Workplace, opened_again: deliveries.Sealed, seal: Seal, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    believe(fyrbodal, opened_again.card)
    intake.receive(fyrbodal, paths=[opened_again.file])
    put(edet, 5)
    put(edet, 9, measure="SIP04")
    honest = corrections.rows

    def silent(found: Any, reason: str) -> tuple[CorrectionRow, ...]:
        kept = [row for row in honest(found, reason) if "SIP08" in row.id]
        return (*kept, msgspec.structs.replace(kept[0], id="antal/SIP99/2026-05/n"))

    monkeypatch.setattr(corrections, "rows", silent)
    second = seal(edet, reason="Felräknat", folder=tmp_path / "andra")
    (judged,) = intake.judge(fyrbodal, paths=[second.file]).results
    assert judged.told[-2:] == (
        "1 av ändringarna nämns inte i avsändarens rättelse. Fråga varför.",
        "1 ändringar nämns i rättelsen men finns inte i paketet. Fråga varför.",
    )


def test_a_package_from_before_there_were_notes_is_shown_by_its_differences_alone(
    edet: Workplace, fyrbodal: Workplace, opened_again: deliveries.Sealed, seal: Seal, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    believe(fyrbodal, opened_again.card)
    intake.receive(fyrbodal, paths=[opened_again.file])
    put(edet, 5)
    monkeypatch.setattr(corrections, "planned", lambda *_, **__: ())
    second = seal(edet, reason="Felräknat", folder=tmp_path / "andra")
    (judged,) = intake.judge(fyrbodal, paths=[second.file]).results
    assert [each.endswith("antal: 3 → 5.") for each in judged.told] == [True]


def test_a_first_package_and_one_whose_forerunner_never_came_tell_nothing(
    edet: Workplace, fyrbodal: Workplace, opened_again: deliveries.Sealed, seal: Seal, tmp_path: Path
) -> None:
    believe(fyrbodal, opened_again.card)
    (first,) = intake.judge(fyrbodal, paths=[opened_again.file]).results
    put(edet, 5)
    second = seal(edet, reason="Felräknat", folder=tmp_path / "andra")
    (alone,) = intake.judge(fyrbodal, paths=[second.file]).results
    assert (first.told, alone.told) == ((), ())


def believe(office: Workplace, card: Path) -> None:
    found = trust.candidate(office, path=card)
    groups = found.check_code.split()
    trust.trust(office, candidate=found, heard=f"{groups[0]} {groups[1]}")


def _row(measure: str, month: int, state: str, n: int) -> CountRow:
    number = n if state in ("reported", "estimated") else None
    cell = {"measure": measure, "period": f"2026-{month:02d}", "breakdown": None, "value": None, "comment": None}
    return msgspec.convert({**cell, "id": f"{measure}/{cell['period']}", "state": state, "n": number}, CountRow)


_ROWS = st.dictionaries(
    st.tuples(st.sampled_from(["SIP04", "SIP08", "SIP12"]), st.integers(5, 8)),
    st.tuples(st.sampled_from([each.value for each in CountState]), st.integers(0, 20)),
    max_size=6,
).map(lambda cells: tuple(_row(measure, month, *cell) for (measure, month), cell in sorted(cells.items())))


@given(before=_ROWS, after=_ROWS)
def test_every_differing_value_is_told_once_and_no_other(
    before: tuple[CountRow, ...], after: tuple[CountRow, ...], book: CodeBook
) -> None:
    found = row_changes.value_changes(book, row_changes.Said(Rows(counts=before)), row_changes.Said(Rows(counts=after)))
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    differing = {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    assert {each.id for each in found} == {f"antal/{id}/n" for id in differing}
    assert len(found) == len(differing)
    assert all(each.old != each.new for each in found)
