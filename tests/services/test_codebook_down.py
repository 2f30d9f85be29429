"""A version of mått och listor on its way down: sealed by the county, read in below, in force at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from fardplan_desktop.bootstrap import open_workplace, shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_edits import (
    AddCode,
    AddMeasure,
    EndCode,
    EndMeasure,
    Move,
    SetObligatory,
    SetReporting,
    Step,
    next_version,
)
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import period_of
from fardplan_desktop.domain.records import Count
from fardplan_desktop.exchange.codebook_rows import book_of, rows_of
from fardplan_desktop.exchange.kinds import CODE_BOOK
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import (
    codebook_draft,
    codebook_sealing,
    codebook_versions,
    compilation,
    deliveries,
    editing,
    intake,
    sealing,
    seals,
)
from fardplan_desktop.services import (
    workplace as workplaces,
)
from fardplan_desktop.services.codebook_sealing import SealedBook
from fardplan_desktop.services.workplace import Workplace, renewed
from fardplan_desktop.store import packages
from fardplan_desktop.tables.values import choices
from tests.services.steps import PASSPHRASE, believe, put

OBLIGATORY = SetObligatory(measure="SIP13", obligatory=True)


@pytest.fixture
def county(make: Any) -> Workplace:
    workplace: Workplace = make("14")
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    return workplace


@pytest.fixture
def publish(tmp_path: Path) -> Any:
    """Seal a version with these steps; the county's store goes on with it."""

    def publishing(county: Workplace, *steps: Step) -> SealedBook:
        now = renewed(county)
        for step in steps or (OBLIGATORY,):
            codebook_draft.change(now, step=step)
        key = seals.open_seal(now, passphrase=PASSPHRASE)
        return codebook_sealing.seal_draft(now, key=key, approved_by="Uppföljningsgruppen", folder=tmp_path / "ned")

    return publishing


def forged(county: Workplace, book: CodeBook, tmp_path: Path, **other: Any) -> Path:
    """A version that no draft would give, sealed with the county's own key."""
    what = sealing.Contents(
        kind="kodverk",
        audience=county.organisation,
        to_all=True,
        period=period_of(county.today, book.reporting.type),
        tables={CODE_BOOK: other.pop("rows", rows_of(book))},
        codebook=other.pop("codebook", book),
    )
    key = seals.open_seal(county, passphrase=PASSPHRASE)
    delivery, data = sealing.seal_package(county, contents=what, key=key, approved_by="Länet")
    sealing.keep(county, delivery=delivery, data=data, label="Förseglat")
    path = tmp_path / f"fel_{delivery.sequence}.fardpaket"
    path.write_bytes(data)
    return path


def code(office: Workplace, path: Path) -> str:
    return intake.receive(office, paths=[path])[0].verdict.code


def test_every_record_of_a_version_comes_back_as_it_was() -> None:
    book = shipped_codebook()
    assert book_of(rows_of(book)) == book
    assert book_of(rows_of(book)).sha256 == book.sha256


def test_the_county_seals_its_draft_and_goes_on_with_it(county: Workplace, publish: Any) -> None:
    sealed = publish(county)
    assert sealed.file.name == "14_2026-T3_0001.fardpaket"
    assert sealed.delivery.code_book == 3
    assert renewed(county).codebook == sealed.book
    assert codebook_draft.draft(county) is None
    latest = editing.history(county, limit=1)[0]
    assert latest.label == "Mått och listor version 3 förseglad"
    assert latest.facts["changes"] == list(sealed.sentences)
    draft = codebook_sealing.save_draft_letter(county, sealed=sealed)
    assert "SIP13" in codebook_sealing.letter(county, sealed=sealed).text
    assert draft.exists()


def test_a_draft_with_faults_or_nothing_in_it_is_not_sealed(county: Workplace, publish: Any) -> None:
    with pytest.raises(InputProblem, match="ändrar inget"):
        codebook_sealing.seal_draft(
            county, key=seals.open_seal(county, passphrase=PASSPHRASE), approved_by="Länet", folder=Path()
        )
    first = county.codebook.list("tema").codes[0].label
    with pytest.raises(InputProblem, match="heter likadant"):
        publish(county, AddCode(list_id="tema", label=first))


@pytest.mark.parametrize("who", ["1462", "fyrbodal"])
def test_a_version_is_shown_before_it_is_read_in_and_in_force_when_it_is(
    county: Workplace, publish: Any, make: Any, who: str
) -> None:
    sealed, office = publish(county), make(who)
    believe(office, sealed.card)
    before = intake.judge(office, paths=[sealed.file]).results[0]
    assert before.verdict.word == "Ny"
    assert before.told[0] == f"SIP13 {office.codebook.measure('SIP13').label} blir obligatoriskt"
    assert renewed(office).codebook.version == 2
    assert intake.receive(office, paths=[sealed.file])[0].stored
    assert renewed(office).codebook == sealed.book
    assert editing.history(office, limit=1)[0].label == "Mått och listor version 3 inläst"
    assert code(renewed(office), sealed.file) == "E18-REPLAY"


def test_it_is_told_what_a_version_means_here(county: Workplace, publish: Any, make: Any) -> None:
    edet = make("1462")
    put(edet, SIP08=4)
    sealed = publish(
        county,
        OBLIGATORY,
        AddMeasure(label="Nytt", short="Nytt", definition="Nytt.", group="Möten", obligatory=True),
        Move(municipality="1462", delregion="simba", since=county.today.replace(year=2027)),
        SetReporting(deadline_days=30, yearly_month=3, yearly_day=1, threshold=5, answer_days=60,
                     answer_warning=45, risk_flag=8),
    )  # fmt: skip
    believe(edet, sealed.card)
    told = intake.judge(edet, paths=[sealed.file]).results[0].told
    assert "Hos er: 2 nya obligatoriska mått att fylla i (SIP14, SIP13)" in told
    assert "Hos er: perioder som slutar 2027-09-14 eller senare skickas till SIMBA" in told
    assert "Sista dag för tertial 3 2026: 2027-01-25 → 2027-01-30" in told
    fyrbodal = make("fyrbodal")
    believe(fyrbodal, sealed.card)
    seen = intake.judge(fyrbodal, paths=[sealed.file]).results[0].told
    assert "Hos er: Lilla Edets kommun skickar till en annan delregion" in seen


def test_a_version_from_anyone_else_is_refused(county: Workplace, publish: Any, make: Any, seal: Any) -> None:
    sealed, edet = publish(county), make("1462")
    assert code(edet, sealed.file) == "E10-UNKNOWNKEY"
    assert code(county, sealed.file) == "E16", "its own"


def test_only_a_later_version_takes_over(county: Workplace, publish: Any, make: Any) -> None:
    third, fourth, edet = publish(county), publish(county, AddCode(list_id="tema", label="Nytt tema")), make("1462")
    believe(edet, third.card)
    assert code(edet, fourth.file) == "OK"
    assert code(renewed(edet), third.file) == "E18-ROLLBACK"
    assert renewed(edet).codebook == fourth.book


def test_a_rival_with_the_same_number_is_refused(county: Workplace, publish: Any, make: Any, tmp_path: Path) -> None:
    sealed, edet = publish(county), make("1462")
    believe(edet, sealed.card)
    intake.receive(edet, paths=[sealed.file])
    rival = next_version(shipped_codebook(), [AddCode(list_id="tema", label="Ett annat")], county.today)
    assert code(renewed(edet), forged(county, rival, tmp_path)) == "E18-EQUIVOCATION"
    assert renewed(edet).codebook == sealed.book


def test_a_version_that_has_lost_ids_or_breaks_the_rules_is_refused(
    county: Workplace, make: Any, tmp_path: Path
) -> None:
    edet = make("1462")
    book = next_version(shipped_codebook(), [], county.today)
    lost = msgspec.structs.replace(book, forums=book.forums[1:])
    reporting = msgspec.structs.replace(book.reporting, threshold=1)
    first = forged(county, lost, tmp_path)
    believe(edet, first)
    found = intake.receive(edet, paths=[first])[0].verdict
    assert (found.code, "det tas aldrig bort" in found.message) == ("E21", True)
    loose = forged(county, msgspec.structs.replace(book, reporting=reporting), tmp_path)
    assert "Gränsen för små tal ska vara 3–10" in intake.receive(edet, paths=[loose])[0].verdict.message
    assert renewed(edet).codebook.version == 2


def test_a_version_is_its_sealed_digest_or_nothing(county: Workplace, make: Any, tmp_path: Path) -> None:
    edet = make("1462")
    book = next_version(shipped_codebook(), [], county.today)
    other = msgspec.structs.replace(book, title="En annan")
    rows = rows_of(book)
    wrong = [
        forged(county, book, tmp_path, codebook=other),
        forged(county, book, tmp_path, rows=rows[1:]),
        forged(county, msgspec.structs.replace(book, title="Mått \u202e och listor"), tmp_path),
        forged(county, book, tmp_path, rows=(*rows[:-1], msgspec.structs.replace(rows[-1], content="{"))),
        forged(county, book, tmp_path, rows=(*rows[:-1], msgspec.structs.replace(rows[-1], section="cats"))),
    ]
    believe(edet, wrong[0])
    assert [code(edet, path) for path in wrong] == ["E21"] * 5


def test_what_waits_for_a_version_goes_in_after_it_in_the_same_batch(
    county: Workplace, publish: Any, make: Any, seal: Any, tmp_path: Path
) -> None:
    version, edet, fyrbodal = publish(county), make("1462"), make("fyrbodal")
    believe(edet, version.card)
    intake.receive(edet, paths=[version.file])
    edet = renewed(edet)
    package = seal(edet)
    for card in (version.card, package.card):
        believe(fyrbodal, card)
    assert code(fyrbodal, package.file) == "E23-CODEBOOK"
    results = intake.receive(fyrbodal, paths=[package.file, version.file])
    assert [each.verdict.code for each in results] == ["OK", "OK"]


def test_an_older_version_that_never_came_here_is_read_with_ours(
    county: Workplace, publish: Any, make: Any, seal: Any
) -> None:
    third, edet, fyrbodal = publish(county), make("1462"), make("fyrbodal")
    believe(edet, third.card)
    intake.receive(edet, paths=[third.file])
    package = seal(renewed(edet))
    fourth = publish(county, EndCode(list_id="tema", code="social-hallbarhet", last=county.today))
    for card in (fourth.card, package.card):
        believe(fyrbodal, card)
    intake.receive(fyrbodal, paths=[fourth.file])
    assert code(renewed(fyrbodal), package.file) == "OK"


def test_an_older_package_keeps_its_rows_and_is_added_up_under_what_replaced_them(
    county: Workplace, publish: Any, make: Any, seal: Any, period: Any
) -> None:
    edet, fyrbodal, last = make("1462"), make("fyrbodal"), county.today.replace(month=5, day=31)
    put(edet, SIP11=4)
    package = seal(edet)
    version = publish(
        county,
        AddMeasure(label="Alla nya planer", short="Nya planer", definition="Planer.", group="Planer"),
        EndMeasure(measure="SIP11", last=last, replaced_by="SIP14"),
    )
    for card in (version.card, package.card):
        believe(fyrbodal, card)
    intake.receive(fyrbodal, paths=[version.file, package.file])
    fyrbodal = renewed(fyrbodal)
    assert [each.measure for _, _, each in packages.received_rows(fyrbodal.store, Count)] == ["SIP11"]
    figures = {each.measure: each.value for each in compilation.compile_period(fyrbodal, period=period).figures}
    assert (figures["SIP14"], figures["SIP11"]) == (4, None)


def test_from_the_first_sealed_version_on_a_later_program_changes_nothing(
    county: Workplace, publish: Any, make: Any
) -> None:
    sealed, edet = publish(county), make("1462")
    believe(edet, sealed.card)
    intake.receive(edet, paths=[sealed.file])
    edet.store.close()
    newer = next_version(sealed.book, [AddCode(list_id="tema", label="Programmets eget")], county.today)
    again = workplaces.reopen(edet.store.path, shipped=newer, clock=edet.clock, ids=edet.ids,
                              random_bytes=edet.random_bytes)  # fmt: skip
    assert again.codebook == sealed.book
    assert again.store.code_book(newer.version) is None
    again.store.close()


def test_before_that_the_newest_that_came_with_a_program_counts(county: Workplace) -> None:
    county.store.close()
    newer = next_version(shipped_codebook(), [AddCode(list_id="tema", label="Nytt")], county.today)
    again = workplaces.reopen(county.store.path, shipped=newer, clock=county.clock, ids=county.ids,
                              random_bytes=county.random_bytes)  # fmt: skip
    assert again.codebook == newer
    again.store.close()


def test_the_countys_version_takes_the_number_from_one_that_came_with_the_program(
    county: Workplace, publish: Any, make: Any, seal: Any
) -> None:
    """A later program ships a version 3 of its own; the county has sealed another version 3."""
    sealed, edet = publish(county), make("1462")
    edet.store.close()
    programs = msgspec.structs.replace(next_version(shipped_codebook(), [], county.today), title="Programmets")
    edet = workplaces.reopen(edet.store.path, shipped=programs, clock=edet.clock, ids=edet.ids,
                             random_bytes=edet.random_bytes)  # fmt: skip
    assert edet.codebook == programs
    believe(edet, sealed.card)
    package = seal(edet)
    assert code(edet, sealed.file) == "OK"
    assert renewed(edet).codebook == sealed.book
    edet.store.close()
    fyrbodal = make("fyrbodal")
    for card in (sealed.card, package.card):
        believe(fyrbodal, card)
    intake.receive(fyrbodal, paths=[sealed.file])
    refused = intake.receive(renewed(fyrbodal), paths=[package.file])[0].verdict
    assert refused.code == "E23-CODEBOOK"
    assert "än den länet har förseglat. Be avsändaren läsa in länets version" in refused.message


def test_a_delregion_hands_the_sealed_file_on_as_it_came(
    county: Workplace, publish: Any, make: Any, tmp_path: Path
) -> None:
    sealed, fyrbodal, edet = publish(county), make("fyrbodal"), make("1462")
    assert codebook_versions.to_hand_on(fyrbodal) is None
    believe(fyrbodal, sealed.card)
    intake.receive(fyrbodal, paths=[sealed.file])
    fyrbodal = renewed(fyrbodal)
    delivery = codebook_versions.to_hand_on(fyrbodal)
    assert delivery is not None
    copy = deliveries.save_copy(fyrbodal, delivery=delivery, path=tmp_path / "vidare.fardpaket")
    assert copy.read_bytes() == sealed.file.read_bytes()
    believe(edet, sealed.card)
    assert code(edet, copy) == "OK"
    assert [(each.number, each.sentences) for each in codebook_versions.versions(renewed(edet))] == [
        (3, sealed.sentences)
    ]


def test_what_ends_later_may_still_be_chosen_until_then(county: Workplace) -> None:
    last = county.today.replace(month=12, day=31)
    book = next_version(shipped_codebook(), [EndCode(list_id="alder", code="80-plus", last=last)], county.today)
    assert book.offered(book.list("alder").code("80-plus"))
    assert "80+" in choices(book, "alder").offered
    gone = msgspec.structs.replace(book, valid_from=last.replace(year=2027))
    assert "80+" not in choices(gone, "alder").offered


def test_sealed_numbers_go_on_after_a_restore_for_each_kind(county: Workplace, publish: Any) -> None:
    publish(county)
    county.store.set_setting("restored", "1")
    assert publish(county, AddCode(list_id="tema", label="A")).delivery.sequence == 22
    assert publish(county, AddCode(list_id="tema", label="B")).delivery.sequence == 23


def test_a_sealed_version_is_no_period_of_the_countys(county: Workplace, publish: Any) -> None:
    sealed = publish(county)
    assert deliveries.sent(county) == ()
    assert open_workplace_is_in_force(county, sealed.book)


def open_workplace_is_in_force(county: Workplace, book: CodeBook) -> bool:
    county.store.close()
    seeded = Seeded("14", county.clock())
    again = open_workplace(county.store.path, clock=seeded.clock)
    found = again.codebook
    again.store.close()
    return found == book
