"""Handing in: what the review says leaves the PC, and the approval that goes on record."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, KeyProblem, PersonalData
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.services import (
    activities,
    approvals,
    counts,
    deliveries,
    deviations,
    editing,
    handing_in,
    mailboxes,
    seals,
)
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.review import CountLine, Difference

PASSPHRASE = "bara-for-proven"
APPROVAL = Approval("Socialchef", date(2026, 9, 14), "protokoll")


@pytest.fixture
def workplace(make: Any) -> Any:
    """Lilla Edet with a key made cheaply, one activity, one deviation and a few counts."""
    made = make("1462")
    seals.make_key(made, passphrase=PASSPHRASE, rounds=1)
    activities.add(made, title="Närområdesplan", status="pagar")
    draft = msgspec.structs.replace(
        deviations.blank(made), summary="Läkemedelslista saknades", description="Stannar hemma", reference="MC-77"
    )
    deviations.add(made, draft=msgspec.structs.replace(draft, month="2026-08", registered=date(2026, 8, 20)))
    counts.put(
        made,
        values=[
            Count(measure="SIP04", period="2026-05", n=3),
            Count(measure="SIP04", period="2026-06", n=14, state=CountState.ESTIMATED),
            Count(measure="SIP04", period="2026-07", state=CountState.MISSING),
        ],
    )
    return made


def hand_in(workplace: Any, period: Period, folder: Path, **given: Any) -> handing_in.HandedIn:
    values: dict[str, Any] = {"approval": APPROVAL, "passphrase": PASSPHRASE, "remember": False, **given}
    return handing_in.hand_in(workplace, period=period, folder=folder, **values)


def test_the_review_tells_numbers_states_and_gaps(workplace: Any, period: Period) -> None:
    review = handing_in.standing(workplace, period=period).review
    assert review.columns == ("maj", "jun", "jul", "aug")
    cells = ("3", "≈\u00a014", "saknas", "")
    assert review.counts == (CountLine("Genomförda SIP-möten", False, cells, "≈\u00a017 (2\u00a0av\u00a04)"),)


def test_the_review_of_a_deviation_holds_nothing_that_stays(workplace: Any, period: Period) -> None:
    review = handing_in.standing(workplace, period=period).review
    (line,) = review.deviations
    assert (line.number, line.month, line.summary) == ("1462-2026-0001", "aug 2026", "Läkemedelslista saknades")
    assert not {"Stannar hemma", "MC-77"} & set(msgspec.structs.astuple(line))


def test_the_approval_goes_on_record_with_who_when_and_how(workplace: Any, period: Period, tmp_path: Path) -> None:
    done = hand_in(workplace, period, tmp_path)
    assert done.sealed.delivery.approved_by == "Socialchef"
    assert done.passphrase is None
    newest = editing.history(workplace, limit=1)[0]
    assert newest.act == "approve"
    assert newest.label.endswith("godkänd av Socialchef den 14\u00a0september 2026 genom protokoll")
    assert approvals.recorded(workplace) == {done.sealed.delivery.digest: APPROVAL}


def test_who_approved_last_is_proposed_in_the_next_period(workplace: Any, period: Period, tmp_path: Path) -> None:
    assert handing_in.standing(workplace, period=period).approver == ""
    hand_in(workplace, period.previous, tmp_path)
    assert handing_in.standing(workplace, period=period).approver == "Socialchef"


def test_the_draft_beside_the_package_holds_package_and_card(workplace: Any, period: Period, tmp_path: Path) -> None:
    sealed = hand_in(workplace, period, tmp_path).sealed
    path = handing_in.save_draft(workplace, sealed=sealed)
    assert path.name == "1462_2026-T2_0001.eml"
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert message["To"] is None, "no address is shipped"
    mailboxes.set_mailbox(workplace, code="fyrbodal", address="kontor@fyrbodal.example")
    again = handing_in.save_draft(workplace, sealed=sealed)
    assert message_from_bytes(again.read_bytes(), policy=default)["To"] == "kontor@fyrbodal.example"
    files = {each.get_filename(): each.get_content() for each in message.iter_attachments()}
    assert files == {file.name: file.read_bytes() for file in (sealed.file, sealed.card)}
    seal = seals.own_seal(workplace)
    assert seal is not None
    assert seal.check_code not in path.read_text("ascii")
    body = message.get_body()
    assert body is not None
    assert seal.check_code not in body.get_content()


@pytest.mark.parametrize(
    ("approval", "error"),
    [
        (Approval(" ", date(2026, 9, 14), "möte"), InputProblem),
        (Approval("x" * 81, date(2026, 9, 14), "möte"), InputProblem),
        (Approval("Socialchef", date(2026, 9, 15), "möte"), InputProblem),
        (Approval("Eva 19121212-1212", date(2026, 9, 14), "möte"), PersonalData),
    ],
    ids=["nobody", "endless", "tomorrow", "a person"],
)
def test_an_approval_that_cannot_be_is_refused_before_anything_is_sealed(
    workplace: Any, period: Period, tmp_path: Path, approval: Approval, error: type[Exception]
) -> None:
    with pytest.raises(error):
        hand_in(workplace, period, tmp_path, approval=approval)
    assert list(tmp_path.glob("*.fardpaket")) == []


def test_without_a_remembered_passphrase_one_must_be_given(workplace: Any, period: Period, tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="Lösenfrasen saknas"):
        hand_in(workplace, period, tmp_path, passphrase=None)


def test_what_changed_since_the_last_seal_is_told_row_by_row(workplace: Any, period: Period, tmp_path: Path) -> None:
    hand_in(workplace, period, tmp_path)
    deliveries.reopen(workplace, period=period, reason="Fel i juni")
    (activity,) = activities.activities(workplace)
    activities.update(workplace, before=activity, after=msgspec.structs.replace(activity, status="klar"))
    counts.put(workplace, values=[Count(measure="SIP04", period="2026-08", n=0)])
    counts.clear(workplace, ids=["SIP04/2026-05"])
    assert handing_in.standing(workplace, period=period).review.differences == (
        Difference("Antal", "Genomförda SIP-möten, maj 2026", "utgår", "3 → tom"),
        Difference("Antal", "Genomförda SIP-möten, augusti 2026", "ny", "tom → 0"),
        Difference("Aktivitet", "Närområdesplan", "ändrad", "Pågår → Klar"),
    )
    done = hand_in(workplace, period, tmp_path, reason="Fel i juni")
    letter = handing_in.letter(workplace, delivery=done.sealed.delivery)
    assert "en rättelse som ersätter det tidigare. Orsak: Fel i juni" in letter.body
    assert letter.to == "Vårdsamverkan Fyrbodal"


def test_a_reason_that_identifies_a_person_is_refused(workplace: Any, period: Period, tmp_path: Path) -> None:
    with pytest.raises(PersonalData):
        hand_in(workplace, period, tmp_path, reason="Gäller 19121212-1212")
