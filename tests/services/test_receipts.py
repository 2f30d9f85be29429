"""Receipts: sealed at the office for everything that came, read in at the sender, told where it was sent from."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from fardplan_desktop.domain.deliveries import Direction, RefusedFile
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.kinds import RECEIPT
from fardplan_desktop.exchange.office_rows import ReceiptRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import deliveries, handing_in, intake, opening, receipts, receipts_in, sealing, seals
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages, refusals
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, believe, put


@pytest.fixture
def package(edet: Workplace, seal: Seal) -> Path:
    put(edet, SIP08=4)
    return seal(edet).file


@pytest.fixture
def office(fyrbodal: Workplace, package: Path) -> Workplace:
    believe(fyrbodal, next(package.parent.glob("*.nyckelkort")))
    seals.make_key(fyrbodal, passphrase=PASSPHRASE, rounds=1)
    return fyrbodal


def answer(office: Workplace, folder: Path) -> tuple[Posted, ...]:
    return receipts.send_receipts(office, folder=folder, passphrase=PASSPHRASE)[0]


def take(workplace: Workplace, file: Path) -> FileResult:
    (result,) = intake.receive(workplace, paths=[file], opener=opening.opener(workplace, passphrase=PASSPHRASE))
    return result


def save_as_sealed(office: Workplace, made: Posted) -> Path:
    """Not encrypted: for a receiver that has another seal."""
    path = made.file.with_suffix(".zip")
    path.write_bytes(packages.delivery_file(office.store, made.delivery.digest))
    return path


def know(edet: Workplace, office: Workplace, folder: Path) -> None:
    card = folder / "kontor.nyckelkort"
    card.write_bytes(seals.kept_card(office))
    believe(edet, card)


def test_what_was_read_in_is_answered_once(office: Workplace, package: Path, tmp_path: Path) -> None:
    assert receipts.waiting(office) == ()
    intake.receive(office, paths=[package])
    (owed,) = receipts.waiting(office)
    assert (owed.organisation.code, [each.outcome for each in owed.rows], owed.refused) == ("1462", ["Ny"], 0)
    (made,) = answer(office, tmp_path / "Kvittenser")
    assert made.file.name == "kvittens_1462_2026-T2_0001.fardpaket.age"
    assert receipts.waiting(office) == ()
    with pytest.raises(InputProblem, match="Inga kvittenser väntar"):
        answer(office, tmp_path)


def test_a_receipt_that_cannot_be_saved_is_still_owed(office: Workplace, package: Path, tmp_path: Path) -> None:
    intake.receive(office, paths=[package])
    with pytest.raises(WorldError, match="Välj en annan mapp"):
        answer(office, package)
    assert [each.organisation.code for each in receipts.waiting(office)] == ["1462"]
    (made,) = answer(office, tmp_path / "annan")
    assert made.delivery.sequence == 1
    assert sorted(each.suffix for each in (tmp_path / "annan").iterdir()) == [".age", ".eml"]


def test_a_receipt_names_the_file_the_seal_and_the_outcome(office: Workplace, package: Path, tmp_path: Path) -> None:
    (result,) = intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    data = packages.delivery_file(office.store, made.delivery.digest)
    (row,) = open_package(data, None).table(RECEIPT, ReceiptRow)
    assert (row.digest, row.sequence, row.period, row.outcome) == (result.verdict.digest, 1, "2026-T2", "Ny")


def test_the_draft_carries_receipt_and_card(office: Workplace, package: Path, tmp_path: Path) -> None:
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    message = email.message_from_bytes(made.draft.read_bytes(), policy=email.policy.default)
    names = [each.get_filename() for each in message.walk() if each.get_filename()]
    assert names == [made.file.name, "avsandarkort_fyrbodal.nyckelkort"]
    text = next(each for each in message.walk() if each.get_content_type() == "text/plain").get_content()
    assert "Tertial 2 2026, paket nummer 1: Ny, mottaget 2026-09-14." in text


def test_the_sender_sees_that_its_package_is_read_in(
    edet: Workplace, office: Workplace, package: Path, tmp_path: Path
) -> None:
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    know(edet, office, tmp_path)
    opener = opening.opener(edet, passphrase=PASSPHRASE)
    (judged,) = intake.judge(edet, paths=[made.file], opener=opener).results
    assert judged.told == ("Tertial 2 2026, paket nummer 1: Ny, mottaget 2026-09-14.",)
    take(edet, made.file)
    (sent,) = deliveries.sent(edet)
    receipt = receipts_in.answers(edet).receipts[sent.digest]
    assert receipt.words == "Mottaget av Vårdsamverkan Fyrbodal 2026-09-14, nummer 1, Ny"
    assert receipts_in.answers(edet).alarms == ()
    assert receipts_in.is_known_to(edet, receiver="fyrbodal")


def test_the_card_goes_along_until_the_first_receipt(
    edet: Workplace, office: Workplace, package: Path, tmp_path: Path, seal: Seal, period: Period
) -> None:
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    know(edet, office, tmp_path)
    take(edet, made.file)
    deliveries.reopen(edet, period=period, reason="Rättelse.")
    put(edet, SIP08=5)
    next(package.parent.glob("*.nyckelkort")).unlink()
    sealed = seal(edet, reason="Rättelse.")
    assert not list(package.parent.glob("*.nyckelkort"))
    message = email.message_from_bytes(handing_in.save_draft(edet, sealed=sealed).read_bytes())
    assert sum(bool(each.get_filename()) for each in message.walk()) == 1
    assert "avsändarkort" not in handing_in.letter(edet, delivery=sealed.delivery).body


def test_a_receipt_for_what_was_never_sent_is_an_alarm(
    edet: Workplace, office: Workplace, package: Path, tmp_path: Path, make: Make
) -> None:
    """As after a restored backup: the office has the package, the sender's store has not."""
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    other = make("1462", name="aterstalld")
    know(other, office, tmp_path)
    file = save_as_sealed(office, made)
    (judged,) = intake.judge(other, paths=[file]).results
    assert "ert sigill som inte finns här" in judged.told[-1]
    intake.receive(other, paths=[file])
    (alarm,) = receipts_in.answers(other).alarms
    assert alarm.startswith(
        "Vårdsamverkan Fyrbodal har fått ett paket med ert sigill som inte finns här: tertial 2 2026"
    )
    assert receipts_in.answers(other).receipts == {}


def test_a_receipt_for_another_municipality_is_not_taken_in(
    office: Workplace, package: Path, tmp_path: Path, make: Make
) -> None:
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    mellerud = make("1461")
    know(mellerud, office, tmp_path)
    (result,) = intake.receive(mellerud, paths=[save_as_sealed(office, made)])
    assert (result.verdict.code, result.stored) == ("E16", False)


def test_a_refused_package_is_told_with_what_to_do(
    edet: Workplace, office: Workplace, package: Path, tmp_path: Path
) -> None:
    """The package was changed on the way; the one who sealed it hears what happened and what to do."""
    changed = tmp_path / package.name
    changed.write_bytes(package.read_bytes().replace(b'"n":4', b'"n":9'))
    intake.receive(office, paths=[changed])
    (owed,) = receipts.waiting(office)
    assert owed.refused == 1
    (made,) = answer(office, tmp_path)
    know(edet, office, tmp_path)
    assert take(edet, made.file).stored
    (sent,) = deliveries.sent(edet)
    receipt = receipts_in.answers(edet).receipts[sent.digest]
    assert not receipt.accepted
    assert receipt.words.startswith(
        "Inte inläst av Vårdsamverkan Fyrbodal 2026-09-14, nummer 1, Sigillet stämmer inte. Filen "
    )
    assert "Spara paketet igen under Rapportera" in receipt.words
    assert not receipts_in.is_known_to(edet, receiver="fyrbodal")


def test_a_package_that_is_read_in_the_second_time_stands_as_read_in(
    edet: Workplace, office: Workplace, package: Path, tmp_path: Path
) -> None:
    changed = tmp_path / package.name
    changed.write_bytes(package.read_bytes().replace(b'"n":4', b'"n":9'))
    intake.receive(office, paths=[changed])
    intake.receive(office, paths=[package])
    (made,) = answer(office, tmp_path)
    know(edet, office, tmp_path)
    take(edet, made.file)
    (receipt,) = receipts_in.answers(edet).receipts.values()
    assert receipt.accepted


def test_what_waited_for_our_own_code_book_and_was_then_read_in_is_not_told_as_refused(
    office: Workplace, package: Path
) -> None:
    intake.receive(office, paths=[package])
    (delivery,) = packages.list_deliveries(office.store, Direction.RECEIVED)
    waited = RefusedFile(
        file_sha256="0" * 64, at=delivery.at, file_name=package.name, issuer=delivery.issuer, kind=delivery.kind,
        period=delivery.period, sequence=delivery.sequence, code="E23-CODEBOOK", word="Annan version", message="",
    )  # fmt: skip
    refusals.add_refused(office.store, waited, label="avvisad", signature=office.signature)
    (owed,) = receipts.waiting(office)
    assert (len(owed.rows), owed.refused) == (1, 0)


def test_a_sealed_receipt_does_not_lock_the_counts_of_its_period(edet: Workplace, period: Period) -> None:
    """Nor do other packages of ours that only speak of a period."""
    seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(edet, passphrase=PASSPHRASE)
    contents = sealing.Contents(
        kind="fraga", audience=edet.codebook.organisation("fyrbodal"), period=period, tables={"data/fraga.jsonl": ()}
    )
    delivery, data = sealing.seal_package(edet, contents=contents, key=key, approved_by="")
    sealing.keep(edet, delivery=delivery, data=data, label="Svar förseglat")
    put(edet, SIP08=4)
    assert not deliveries.locked(edet, period=period)
