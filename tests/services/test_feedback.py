"""Feedback from a delregion to its members: what each gets to see, and what it can never work out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.feedback_paper import Feedback, FeedbackLine
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.services import activities, bundles, deliveries, editing, feedback, feedback_in, lifted, seals
from fardplan_desktop.services.posting import Posted
from tests import levels
from tests.levels import T2
from tests.services.steps import PASSPHRASE

GOTEBORG = {"1480": 60, "1401": 9, "1481": 12, "1402": 7, "1407": 1}
SAMLA = {"1489": 20, "1441": 30}


class Delregion:
    """An office whose members have each handed in a number of plans."""

    def __init__(self, folder: Path, code: str, plans: dict[str, int]) -> None:
        self.folder = folder
        self.office = levels.workplace(folder, code)
        self.members = {each: levels.workplace(folder, each) for each in plans}
        for each, number in plans.items():
            levels.acquaint(folder, self.members[each], self.office)
            self.hand_in(each, number)

    def hand_in(self, code: str, number: int, reason: str = "") -> None:
        sealed = levels.hand_in(self.members[code], self.folder / "ut", {"SIP08": number, "SIP09": number // 2}, reason)
        assert levels.take(self.office, sealed.file).stored

    def send(self) -> dict[str, Posted]:
        made, _ = feedback.send(self.office, period=T2, folder=self.folder / "ner", passphrase=PASSPHRASE)
        return {each.to.code: each for each in made}

    def read(self, code: str, posted: Posted) -> Feedback:
        result = levels.take(self.members[code], posted.file)
        assert result.stored, result.verdict
        found = feedback_in.of_period(self.members[code], period=T2)
        assert found is not None
        return found

    def close(self) -> None:
        for each in (self.office, *self.members.values()):
            each.store.close()


@pytest.fixture(scope="module")
def goteborg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Delregion]:
    made = Delregion(tmp_path_factory.mktemp("goteborg"), "goteborg", GOTEBORG)
    yield made
    made.close()


@pytest.fixture
def samla(tmp_path: Path) -> Iterator[Delregion]:
    made = Delregion(tmp_path, "samla", SAMLA)
    yield made
    made.close()


def line(found: Feedback, label: str) -> FeedbackLine:
    return next(each for each in found.lines if each.label == label)


def test_five_members_see_own_number_total_median_and_coverage(goteborg: Delregion) -> None:
    feedback.set_comment(goteborg.office, period=T2, text="Bra underlag den här gången.")
    sent = goteborg.send()
    assert set(sent) == set(GOTEBORG)
    molndal = goteborg.read("1481", sent["1481"])
    plans = line(molndal, "Upprättade SIP")
    assert (plans.own, plans.total, plans.median, plans.coverage) == ("12", "89", "9", "5\u00a0av\u00a05")
    assert [each.text for each in molndal.remarks if each.sort == "kommentar"] == ["Bra underlag den här gången."]
    assert molndal.by.code == "goteborg"
    saved = feedback_in.save_pdf(goteborg.members["1481"], period=T2, folder=goteborg.folder)
    assert saved.read_bytes() == feedback_in.pdf(goteborg.members["1481"], period=T2)
    assert sent["1481"].draft.name.startswith("aterkoppling_1481_2026-T2_")
    # The same once more is not sealed.
    with pytest.raises(InputProblem, match="redan förseglad"):
        goteborg.send()


def test_two_members_see_their_own_numbers_and_a_correction_goes_to_its_own_alone(samla: Delregion) -> None:
    """Lerum and Alingsås: the total less one's own would be the other's."""
    package = feedback.preview(samla.office, period=T2)
    assert not any(row.total or row.median for each in package for row in each.rows)
    first = samla.send()
    plans = line(samla.read("1489", first["1489"]), "Upprättade SIP")
    assert (plans.own, plans.total, plans.median, plans.coverage) == ("20", "..", "..", "2\u00a0av\u00a02")
    deliveries.reopen(samla.members["1489"], period=T2, reason="Två saknades.")
    samla.hand_in("1489", 22, reason="Två saknades.")
    second = samla.send()
    assert set(second) == {"1489"}, "nothing of it is seen by the other"
    assert (first["1441"].delivery.sequence, second["1489"].delivery.sequence) == (1, 2)
    assert line(samla.read("1489", second["1489"]), "Upprättade SIP").own == "22"


def test_what_was_lifted_is_answered_and_good_examples_go_to_the_others(tmp_path: Path) -> None:
    made = Delregion(tmp_path, "samla", {})
    for code in SAMLA:
        made.members[code] = levels.workplace(tmp_path, code)
        levels.acquaint(tmp_path, made.members[code], made.office)
    alingsas_store = made.members["1489"]
    activities.add(alingsas_store, title="Hembesök efter utskrivning", method="A1", status="pagar")
    (plain,) = activities.activities(alingsas_store)
    shared = msgspec.structs.replace(plain, lift_to="delregional", shareable=True, lesson="Ring dagen före.")
    activities.update(alingsas_store, before=plain, after=shared)
    for code in SAMLA:
        made.hand_in(code, 20)
    (item,) = lifted.lifted(made.office, period=T2)
    assert (item.member.code, item.title, item.answer) == ("1489", "Hembesök efter utskrivning", "")
    lifted.answer(made.office, item=item, text="Tas upp i styrgruppen i oktober.")
    with pytest.raises(PersonalData):
        lifted.answer(made.office, item=item, text="Gäller 19570428-9999.")
    sent = made.send()
    alingsas, lerum = made.read("1489", sent["1489"]), made.read("1441", sent["1441"])
    assert [(each.sort, each.text) for each in alingsas.remarks] == [("lyft", "Tas upp i styrgruppen i oktober.")]
    assert [(each.sort, each.title, each.text, each.of) for each in lerum.remarks] == [
        ("exempel", "Hembesök efter utskrivning", "Ring dagen före.", "Alingsås kommun")
    ]
    made.close()


def test_nobody_gets_anothers_answer_or_takes_its_example_by_sending_the_same_id(tmp_path: Path) -> None:
    """The id of an example is told to everybody with it."""
    made = Delregion(tmp_path, "samla", {})
    for code in SAMLA:
        town = levels.workplace(tmp_path, code)
        made.members[code] = town
        levels.acquaint(tmp_path, town, made.office)
        plan = Plan(id=f"p{code}", title="Plan", type="lokal", year=2026)
        same = Activity(
            id="0197f3a0-0000-7000-8000-000000000001", plan=plan.id, title=f"Hos {code}", method="A1",
            lift_to="delregional", shareable=True, lesson="Ring dagen före.",
        )  # fmt: skip
        editing.save(town, edits=[Edit(None, plan), Edit(None, same)], label="Aktivitet")
        made.hand_in(code, 20)
    item = next(each for each in lifted.lifted(made.office, period=T2) if each.member.code == "1489")
    lifted.answer(made.office, item=item, text="Bara till Alingsås.")
    sent = made.send()
    told = {code: [each.text for each in made.read(code, sent[code]).remarks if each.sort == "lyft"] for code in SAMLA}
    assert told == {"1489": ["Bara till Alingsås."], "1441": ["Inte behandlad än."]}
    examples = {code: [each.title for each in feedback_in.received(made.members[code])[0].remarks] for code in SAMLA}
    assert all(f"Hos {other}" in examples[code] for code, other in (("1489", "1441"), ("1441", "1489")))
    made.close()


def test_feedback_from_another_delregion_is_not_taken_in(goteborg: Delregion, tmp_path: Path) -> None:
    stranger = levels.workplace(tmp_path, "1462")
    levels.acquaint(tmp_path, stranger, goteborg.office)
    feedback.set_comment(goteborg.office, period=T2, text="En gång till.")
    posted = next(iter(goteborg.send().values()))
    result = levels.take(stranger, posted.file)
    assert (result.stored, result.verdict.outcome) == (False, "refused")
    stranger.store.close()


def test_a_comment_with_an_identity_number_is_not_kept(goteborg: Delregion) -> None:
    before = feedback.comment(goteborg.office, period=T2)
    with pytest.raises(PersonalData):
        feedback.set_comment(goteborg.office, period=T2, text="19570428-9999 ringde.")
    assert feedback.comment(goteborg.office, period=T2) == before


def test_the_county_gives_feedback_to_its_delregions_in_the_same_way(tmp_path: Path, samla: Delregion) -> None:
    """Three that have sent, one of them two municipalities: too few for a total, and each sees its own sum."""
    (tmp_path / "lan").mkdir()
    county = levels.workplace(tmp_path / "lan", "14")
    levels.acquaint(tmp_path, samla.office, county)
    key = seals.open_seal(samla.office, passphrase=PASSPHRASE)
    sealed = bundles.seal_bundle(samla.office, period=T2, folder=tmp_path / "upp", key=key, approved_by="Processledare")
    levels.take(county, sealed.file)
    preview = {each.organisation.code: each for each in feedback.preview(county, period=T2)}
    rows = {row.id: row for row in preview["samla"].rows}
    plans = rows["antal/SIP08/2026-T2"]
    assert (plans.own, plans.own_reported, plans.reported, plans.total) == (50, 2, 2, None)
    made, _ = feedback.send(county, period=T2, folder=tmp_path / "ner", passphrase=PASSPHRASE)
    posted = next(each for each in made if each.to.code == "samla")
    assert levels.take(samla.office, posted.file).stored
    found = feedback_in.of_period(samla.office, period=T2)
    assert found is not None
    assert (found.whole, line(found, "Upprättade SIP").own) == ("Länet", "50")
    county.store.close()


def test_one_that_hands_in_late_is_not_found_by_comparing_two_versions(tmp_path: Path) -> None:
    """Four, then the fifth: the new total less the old one would be the fifth's own number."""
    made = Delregion(tmp_path, "goteborg", {each: GOTEBORG[each] for each in ("1480", "1401", "1481", "1402")})
    first = made.read("1481", made.send()["1481"])
    assert line(first, "Upprättade SIP").total == "88"
    made.members["1407"] = levels.workplace(tmp_path, "1407")
    levels.acquaint(tmp_path, made.members["1407"], made.office)
    made.hand_in("1407", 7)
    sent = made.send()
    assert line(made.read("1481", sent["1481"]), "Upprättade SIP").total == ".."
    # The fifth itself learns nothing by it: it knows its own.
    assert line(made.read("1407", sent["1407"]), "Upprättade SIP").total == "95"
    made.close()
