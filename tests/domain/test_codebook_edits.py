"""The steps of a draft: what they do, what they never do, and how each is told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain import codebook_check, codebook_succession
from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.codebook import CodeBook, codebook_from_json, codebook_to_json
from fardplan_desktop.domain.codebook_diff import codebook_diff
from fardplan_desktop.domain.codebook_edits import (
    AddAgreement,
    AddCode,
    AddForum,
    AddMeasure,
    EndCode,
    EndMeasure,
    Move,
    RenameCode,
    ReviseAgreement,
    ReviseForum,
    ReviseMeasure,
    SetMailbox,
    SetObligatory,
    SetReporting,
    Step,
    next_version,
)
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.domain.codebook_succession import Successors, as_of
from fardplan_desktop.domain.codebook_words import fault_sentence
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import parse_period

FOLDER = Path(__file__).parents[2] / "resources" / "codebook"
BOOK = load_codebook({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})
TODAY = date(2026, 11, 2)
NEW_YEAR = date(2027, 1, 1)
NUMBERS = {
    "deadline_days": 25, "yearly_month": 3, "yearly_day": 1, "threshold": 5, "answer_days": 60,
    "answer_warning": 45, "risk_flag": 8,
}  # fmt: skip


def after(*steps: Step, base: CodeBook = BOOK) -> CodeBook:
    return next_version(base, steps, TODAY)


def told(*steps: Step, base: CodeBook = BOOK) -> list[str]:
    return [each.sentence for each in codebook_diff(base, after(*steps, base=base))]


def wrong(*steps: Step) -> list[str]:
    book = after(*steps)
    found = (*codebook_check.faults(book), *codebook_succession.faults(BOOK, book))
    return [fault_sentence(book, each) for each in found]


def test_a_draft_without_steps_is_the_next_number_and_changes_nothing() -> None:
    book = after()
    assert (book.version, book.valid_from, book.title[-1]) == (BOOK.version + 1, TODAY, "3")
    assert told() == []
    assert wrong() == []


def test_a_municipality_moves_from_a_day_on_and_its_past_stays() -> None:
    book = after(Move(municipality="1441", delregion="sodra-alvsborg", since=NEW_YEAR))
    assert book.delregion_of("1441", NEW_YEAR).code == "sodra-alvsborg"
    assert book.delregion_of("1441", NEW_YEAR - timedelta(days=1)).code == "samla"
    assert told(Move(municipality="1441", delregion="sodra-alvsborg", since=NEW_YEAR)) == [
        "Lerum: från SAMLA till Södra Älvsborg från 2027-01-01"
    ]


def test_moving_back_the_same_day_leaves_no_trace() -> None:
    there = Move(municipality="1441", delregion="sodra-alvsborg", since=NEW_YEAR)
    assert told(there, Move(municipality="1441", delregion="samla", since=NEW_YEAR)) == []


def test_a_stay_of_some_time_is_told_with_its_end() -> None:
    there = Move(municipality="1441", delregion="sodra-alvsborg", since=NEW_YEAR)
    back = Move(municipality="1441", delregion="samla", since=date(2028, 1, 1))
    assert told(there, back) == ["Lerum: från SAMLA till Södra Älvsborg från 2027-01-01 och åter 2028-01-01"]


def test_nobody_moves_before_the_division_began() -> None:
    with pytest.raises(InputProblem, match="2023-01-01"):
        after(Move(municipality="1441", delregion="fyrbodal", since=date(2022, 12, 31)))


def test_what_is_not_there_cannot_be_changed() -> None:
    for step in (
        Move(municipality="1999", delregion="fyrbodal", since=NEW_YEAR),
        Move(municipality="1441", delregion="1462", since=NEW_YEAR),
        SetObligatory(measure="SIP99", obligatory=True),
        RenameCode(list_id="alder", code="90-plus", label="90+"),
        ReviseForum(forum="ingen", label="Ingen"),
    ):
        with pytest.raises(InputProblem, match="finns inte där"):
            after(step)


def test_the_rule_that_asks_for_obligatory_measures_follows_them() -> None:
    step = SetObligatory(measure="SIP13", obligatory=True)
    book = after(step)
    assert book.rule("R-OBLIGATORISK").measures == tuple(each.id for each in book.measures if each.obligatory)
    assert book.rule("R-OBLIGATORISK").version == BOOK.rule("R-OBLIGATORISK").version + 1
    assert told(step) == [f"SIP13 {BOOK.measure('SIP13').label} blir obligatoriskt"]
    assert wrong(step) == []


def test_a_new_measure_gets_the_next_number_of_its_group_and_stands_last_in_it() -> None:
    new = AddMeasure(label="Omprövade SIP", short="Omprövade", definition="Planer som omprövats.", group="Planer",
                     breakdowns=("malgrupp",), obligatory=True)  # fmt: skip
    book = after(new)
    assert book.measure("SIP14").label == "Omprövade SIP"
    assert [each.id for each in book.measures if each.group == "Planer"][-1] == "SIP14"
    assert told(new) == ["Nytt mått: SIP14 Omprövade SIP, obligatoriskt"]
    assert wrong(new) == []
    contacts = after(msgspec.structs.replace(new, group="Fasta kontakter"))
    assert contacts.measures[-1].id == "KON05"


def test_an_ended_measure_leads_to_its_successor_and_keeps_its_label() -> None:
    steps = (
        AddMeasure(label="Möten", short="Möten", definition="Alla möten.", group="Möten"),
        EndMeasure(measure="SIP04", last=date(2026, 12, 31), replaced_by="SIP14"),
    )
    book = after(*steps)
    parts = [each.id for each in BOOK.measures if each.part_of == "SIP04"]
    assert len(parts) == len(wrong(*steps)) > 0
    assert wrong(*steps, *(EndMeasure(measure=part, last=date(2026, 12, 31)) for part in parts)) == []
    assert told(*steps)[0].startswith("SIP04 Genomförda SIP-möten avslutas 2026-12-31 och ersätts av SIP14 Möten")
    assert Successors(book, NEW_YEAR).measure("SIP04") == "SIP14"
    assert Successors(book, date(2026, 12, 31)).measure("SIP04") == "SIP04"
    assert book.measure("SIP04").label == "Genomförda SIP-möten"


def test_new_words_for_a_measure_make_it_a_new_version_once() -> None:
    steps = [ReviseMeasure(measure="SIP01", label=label, short="Erbjudna", definition="Allt.") for label in ("A", "B")]
    assert after(*steps).measure("SIP01").version == BOOK.measure("SIP01").version + 1


def test_an_age_group_is_split_in_two() -> None:
    steps = (
        AddCode(list_id="alder", label="80–89"),
        AddCode(list_id="alder", label="90+"),
        EndCode(list_id="alder", code="80-plus", last=date(2026, 12, 31)),
    )
    book = after(*steps)
    assert [each.id for each in book.list("alder").codes][-4:] == ["80-plus", "80-89", "90-plus", "okand"]
    assert [each.id for each in book.list("alder").active(NEW_YEAR)][-3:] == ["80-89", "90-plus", "okand"]
    assert told(*steps) == ["Ålder: nya val 80–89 och 90+", "Ålder: 80+ avslutas 2026-12-31"]
    assert wrong(*steps) == []


def test_an_id_that_has_been_used_is_never_given_to_another_code() -> None:
    steps = (
        EndCode(list_id="kategori", code="it-stod-och-atkomst", last=TODAY),
        AddCode(list_id="kategori", label=BOOK.label("kategori", "it-stod-och-atkomst")),
    )
    assert "it-stod-och-atkomst-2" in after(*steps).list("kategori").by_id


def test_a_scale_gets_no_more_steps() -> None:
    with pytest.raises(InputProblem, match="skala"):
        after(AddCode(list_id="allvarlighet", label="Mycket katastrofal"))


@pytest.mark.parametrize(
    ("label", "id"), [("Äldre/multisjuka", "aldre-multisjuka"), ("80+", "80-plus"), ("  Nära   vård ", "nara-vard")]
)
def test_ids_are_made_from_labels(label: str, id: str) -> None:
    assert id in after(AddCode(list_id="tema", label=label)).list("tema").by_id


@pytest.mark.parametrize("label", ["", "   ", "…", "x" * 201, "Vård\u202eom"])
def test_a_label_without_words_or_end_is_refused(label: str) -> None:
    with pytest.raises(InputProblem):
        after(AddCode(list_id="tema", label=label))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"threshold": 4}, "Gränsen för små tal: 5 → 4"),
        ({"deadline_days": 30}, "Rapportera senast: 25 → 30 dagar efter periodens slut"),
        ({"yearly_day": 15, "yearly_month": 2}, "Årsrapporten senast: 1/3 → 15/2"),
        ({"answer_days": 90}, "Svar på avvikelser inom: 60 → 90 dagar"),
        ({"risk_flag": 9}, "Risk som bör analyseras: över 8 → över 9"),
    ],
)
def test_the_reporting_is_told_in_numbers(given: dict[str, int], sentence: str) -> None:
    assert told(SetReporting(**{**NUMBERS, **given})) == [sentence]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"threshold": 11}, "Gränsen för små tal ska vara 3–10."),
        ({"answer_warning": 61}, "Påminnelsen om svar ska vara minst 1 och högst så många som dagarna till svar."),
        ({"yearly_day": 31, "yearly_month": 2}, "Dagen för årsrapporten finns inte i den månaden."),
    ],
)
def test_a_draft_with_faults_says_them_in_swedish(given: dict[str, int], sentence: str) -> None:
    assert wrong(SetReporting(**{**NUMBERS, **given})) == [sentence]


def test_faults_name_what_they_are_about() -> None:
    assert wrong(AddCode(list_id="tema", label=BOOK.list("tema").codes[0].label)) == [
        f"Tema, {BOOK.list('tema').codes[0].label}: namnet heter likadant som en annan."
    ]
    assert wrong(EndMeasure(measure="SIP04", last=TODAY, replaced_by="SIP77"))[0] == (
        "SIP04 Genomförda SIP-möten: efterföljaren SIP77 finns inte."
    )
    assert wrong(EndMeasure(measure="SIP01", last=TODAY)) == [
        "SIP02 Tackat nej till SIP: går vidare, fast SIP01 som det är en del av avslutas 2026-11-02."
    ]


def test_two_that_replace_each_other_are_a_fault_and_never_a_ring() -> None:
    steps = (
        EndCode(list_id="tema", code="social-hallbarhet", last=TODAY, replaced_by="annat"),
        EndCode(list_id="tema", code="annat", last=TODAY, replaced_by="social-hallbarhet"),
    )
    assert len(wrong(*steps)) >= 1
    assert Successors(after(*steps), NEW_YEAR).code("tema", "annat") in ("annat", "social-hallbarhet")


def test_forums_and_governing_documents_come_change_and_end() -> None:
    steps = (
        AddForum(label="Lokalt råd", level=Level.MUNICIPALITY, delregion="samla"),
        ReviseForum(forum="sro", label="Samrådsorganet", last=NEW_YEAR),
        AddAgreement(label="Riktlinje för SIP 2027", level=Level.COUNTY, valid_from=NEW_YEAR),
        ReviseAgreement(agreement="fardplan", label="Färdplanen", valid_from=date(2023, 1, 1)),
    )
    assert told(*steps) == [
        "Forumet Samrådsorganet, SRO heter nu Samrådsorganet",
        "Forumet Samrådsorganet avslutas 2027-01-01",
        "Nytt forum i SAMLA: Lokalt råd",
        "Styrdokumentet Färdplan – länsgemensam strategi för god och nära vård heter nu Färdplanen",
        "Styrdokumentet Färdplanen har en annan nivå, kod eller anmärkning",
        "Nytt styrdokument: Riktlinje för SIP 2027 från 2027-01-01",
    ]
    assert wrong(*steps) == []
    assert "sro" not in [each.id for each in after(*steps).forums_for(None, on=date(2027, 1, 2))]


def test_a_function_mailbox_is_written_in_and_taken_away() -> None:
    there = SetMailbox(organisation="fyrbodal", address="vardsamverkan@fyrbodal.example")
    assert told(there) == ["Funktionsbrevlåda för Vårdsamverkan Fyrbodal: ingen → vardsamverkan@fyrbodal.example"]
    assert after(there).mailbox("fyrbodal") == "vardsamverkan@fyrbodal.example"
    assert told(there, SetMailbox(organisation="fyrbodal", address=" ")) == []


def test_a_version_that_has_lost_something_is_not_the_next_one() -> None:
    older = after()
    lost = msgspec.structs.replace(
        older, measures=older.measures[1:], forums=older.forums[1:], municipalities=older.municipalities[1:]
    )
    reasons = [fault_sentence(lost, each) for each in codebook_succession.faults(BOOK, lost)]
    assert reasons == [
        "Kommunen 1401: saknas: det som har funnits avslutas, det tas aldrig bort.",
        "Måttet SIP01: saknas: det som har funnits avslutas, det tas aldrig bort.",
        "Forumet sro: saknas: det som har funnits avslutas, det tas aldrig bort.",
    ]
    assert {each.section for each in codebook_diff(BOOK, lost)} == {"measures", "forums", "organisations"}


def test_shares_and_rules_go_on_with_what_replaced_a_measure() -> None:
    book = after(
        AddMeasure(label="Planer", short="Planer", definition="Planer.", group="Planer", obligatory=True),
        EndMeasure(measure="SIP08", last=date(2026, 12, 31), replaced_by="SIP14"),
        EndMeasure(measure="SIP01", last=date(2026, 12, 31)),
    )
    before, later = parse_period("2026-T3"), parse_period("2027-T1")
    assert as_of(book, before, codes_on=before.end) is not None
    assert _asked(as_of(book, before, codes_on=before.start)) == _asked(book)
    now = as_of(book, later, codes_on=later.end)
    assert not _asked(now) & {"SIP08", "SIP01"}
    assert "SIP14" in now.rule("R-OBLIGATORISK").measures
    assert as_of(BOOK, later, codes_on=later.end) is BOOK
    assert [each.id for each in book.obligatory_in(later)] == [
        each.id for each in book.measures if each.obligatory and each.id != "SIP08"
    ]


def _asked(book: CodeBook) -> set[str]:
    terms = {term.measure for each in book.derived for term in (*each.numerator, *each.denominator)}
    return terms | {measure for rule in book.rules for measure in rule.measures}


DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
WORDS = st.text("abcåäö 0123+/", min_size=1, max_size=8)
LISTS = st.sampled_from([each.id for each in BOOK.code_lists if each.codes])


@st.composite
def steps_for(draw: st.DrawFn, book: CodeBook) -> Step:
    """Any step that a person might take in this version, ended and new things included."""
    whole = book.list(draw(LISTS))
    code = draw(st.sampled_from([each.id for each in whole.codes]))
    measure = draw(st.sampled_from([each.id for each in book.measures]))
    step: Step = draw(
        st.one_of(
            st.builds(
                Move,
                municipality=st.sampled_from([each.code for each in book.municipalities]),
                delregion=st.sampled_from([each.code for each in book.delregions]),
                since=DAYS,
            ),
            st.builds(SetObligatory, measure=st.just(measure), obligatory=st.booleans()),
            st.builds(
                AddMeasure, label=WORDS, short=WORDS, definition=WORDS, group=st.sampled_from(["Planer", "Nytt"])
            ),
            st.builds(
                EndMeasure,
                measure=st.just(measure),
                last=st.none() | DAYS,
                replaced_by=st.none() | st.sampled_from([each.id for each in book.measures]),
            ),
            st.builds(AddCode, list_id=st.just(whole.id), label=WORDS),
            st.builds(RenameCode, list_id=st.just(whole.id), code=st.just(code), label=WORDS),
            st.builds(
                EndCode,
                list_id=st.just(whole.id),
                code=st.just(code),
                last=st.none() | DAYS,
                replaced_by=st.none() | st.sampled_from([each.id for each in whole.codes]),
            ),
        )
    )
    return step


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_whatever_the_county_does_no_id_that_has_been_used_is_ever_lost(data: st.DataObject) -> None:
    """Versions are sealed only without faults; ids, labels and belonging stay known through all of them."""
    book = BOOK
    used = [(each.id, code.id) for each in BOOK.code_lists for code in each.codes]
    measures = {each.id for each in BOOK.measures}
    for _ in range(4):
        try:
            newer = next_version(book, (data.draw(steps_for(book)),), TODAY)
        except InputProblem:
            continue
        assert codebook_diff(book, newer) or msgspec.structs.replace(newer, rules=book.rules) == next_version(
            book, (), TODAY
        ), "what has changed is told"
        if [*codebook_check.faults(newer), *codebook_succession.faults(book, newer)]:
            continue
        book = codebook_from_json(canonical(codebook_to_json(newer)))
        used += [(each.id, code.id) for each in book.code_lists for code in each.codes]
        measures |= {each.id for each in book.measures}
    day = data.draw(DAYS)
    successors = Successors(book, day)
    for list_id, code in used:
        assert code in book.list(list_id).by_id
        assert book.label(list_id, code)
        assert successors.code(list_id, code) in book.list(list_id).by_id
    for measure in measures:
        assert book.measure(measure)
        assert successors.measure(measure) in book.measures_by_id
    for municipality in book.municipalities:
        assert book.delregion_of(municipality.code, day)


MOVES = st.builds(
    Move, municipality=st.just("1441"), delregion=st.sampled_from(["samla", "fyrbodal", "simba"]), since=DAYS
)


@settings(max_examples=40)
@given(st.lists(MOVES, max_size=6))
def test_however_a_municipality_is_moved_it_is_always_in_exactly_one_delregion(moves: list[Move]) -> None:
    stays = [each for each in after(*moves).memberships if each.municipality == "1441"]
    assert stays[0].since == date(2023, 1, 1)
    assert stays[-1].until is None
    assert all(second.since - (first.until or TODAY) == timedelta(days=1) for first, second in pairwise(stays))
    if moves:
        assert after(*moves).delregion_of("1441", moves[-1].since).code == moves[-1].delregion
