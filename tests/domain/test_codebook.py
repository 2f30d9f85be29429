"""Version 1 of the code book says what the sources say, and its look-ups follow the dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.codebook import Code, Membership, RuleKind, codebook_from_json, codebook_to_json
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.domain.errors import CodeBookProblem
from fardplan_desktop.domain.periods import parse_period

FOLDER = Path(__file__).parents[2] / "resources" / "codebook"
BOOK = load_codebook({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})
DAY = date(2026, 8, 31)


def test_there_are_six_delregions_and_forty_nine_municipalities() -> None:
    sizes = {each.code: len(BOOK.members(each.code, DAY)) for each in BOOK.delregions}
    assert sizes == {"fyrbodal": 15, "skaraborg": 15, "sodra-alvsborg": 8, "goteborg": 5, "simba": 4, "samla": 2}
    assert len({each.code for each in BOOK.municipalities}) == 49
    assert all(re.fullmatch(r"14\d\d", each.code) for each in BOOK.municipalities)


@pytest.mark.parametrize(
    ("code", "short", "delregion"),
    [
        ("1462", "Lilla Edet", "fyrbodal"),
        ("1421", "Orust", "fyrbodal"),
        ("1442", "Vårgårda", "sodra-alvsborg"),
        ("1466", "Herrljunga", "sodra-alvsborg"),
        ("1407", "Öckerö", "goteborg"),
        ("1489", "Alingsås", "samla"),
        ("1441", "Lerum", "samla"),
        ("1440", "Ale", "simba"),
        ("1497", "Hjo", "skaraborg"),
    ],
)
def test_the_municipalities_that_are_easily_misplaced_are_where_the_sources_say(
    code: str, short: str, delregion: str
) -> None:
    assert BOOK.organisation(code).short == short
    assert BOOK.delregion_of(code, DAY).code == delregion


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1462", "Lilla Edets kommun"),
        ("1490", "Borås Stad"),
        ("1480", "Göteborgs Stad"),
        ("1488", "Trollhättans Stad"),
        ("1481", "Mölndals stad"),
        ("1463", "Marks kommun"),
        ("1427", "Sotenäs kommun"),
        ("1460", "Bengtsfors kommun"),
        ("1489", "Alingsås kommun"),
        ("1438", "Dals-Eds kommun"),
        ("1402", "Partille kommun"),
        ("samla", "SAMLA"),
        ("14", "Länsgemensam nivå, Västra Götaland"),
    ],
)
def test_organisations_are_called_what_they_call_themselves(code: str, name: str) -> None:
    assert BOOK.organisation(code).name == name


def test_an_unknown_organisation_is_none_or_a_key_error_as_asked() -> None:
    assert BOOK.find("0180") is None
    with pytest.raises(KeyError):
        BOOK.organisation("0180")
    with pytest.raises(KeyError):
        BOOK.delregion_of("0180", DAY)


def test_before_the_fardplan_the_division_of_2023_is_used_and_said() -> None:
    before = date(2021, 4, 30)
    assert BOOK.members("samla", before) == BOOK.members("samla", DAY)
    assert BOOK.division_note(before) == "indelning enligt 2023"
    assert BOOK.division_note(date(2023, 1, 1)) == ""


def test_a_municipality_that_moves_counts_in_one_delregion_each_day() -> None:
    moved = msgspec.structs.replace(
        BOOK,
        memberships=(
            *(each for each in BOOK.memberships if each.municipality != "1441"),
            Membership(municipality="1441", delregion="samla", since=date(2023, 1, 1), until=date(2026, 4, 30)),
            Membership(municipality="1441", delregion="goteborg", since=date(2026, 5, 1)),
        ),
    )
    assert moved.delregion_of("1441", date(2026, 4, 30)).code == "samla"
    assert moved.delregion_of("1441", date(2026, 5, 1)).code == "goteborg"
    assert [each.short for each in moved.members("samla", date(2026, 5, 1))] == ["Alingsås"]
    assert len(moved.members("goteborg", date(2026, 5, 1))) == 6


def test_there_are_thirteen_sip_and_four_contact_measures_of_which_six_are_obligatory() -> None:
    assert [each.id for each in BOOK.measures] == [f"SIP{n:02}" for n in range(1, 14)] + [
        f"KON{n:02}" for n in range(1, 5)
    ]
    assert {each.id for each in BOOK.measures if each.obligatory} == {
        "SIP04",
        "SIP05",
        "SIP08",
        "SIP10",
        "SIP11",
        "SIP12",
    }


def test_events_are_summed_stocks_are_the_last_and_followed_up_plans_are_unique() -> None:
    by_kind: dict[str, set[str]] = {}
    for each in BOOK.measures:
        by_kind.setdefault(each.over_time, set()).add(each.id)
    assert by_kind["last"] == {"SIP12", "SIP13", "KON01", "KON02", "KON03", "KON04"}
    assert by_kind["unique"] == {"SIP10"}


def test_parts_and_breakdowns_are_those_decided() -> None:
    assert {each.id: each.part_of for each in BOOK.measures if each.part_of} == {
        "SIP02": "SIP01",
        "SIP05": "SIP04",
        "SIP06": "SIP04",
        "SIP07": "SIP04",
        "SIP09": "SIP08",
        "SIP13": "SIP12",
        "KON02": "KON01",
        "KON04": "KON03",
    }
    assert {each.id: each.breakdowns for each in BOOK.measures if each.breakdowns} == {
        "SIP03": ("kallande-part",),
        "SIP04": ("alder", "motesform"),
        "SIP08": ("alder", "malgrupp"),
        "SIP11": ("avslutsorsak",),
        "SIP12": ("alder", "malgrupp"),
    }
    assert [each.id for each in BOOK.parts("SIP04")] == ["SIP05", "SIP06", "SIP07"]


def test_every_measure_tells_what_counts_and_what_does_not() -> None:
    for each in BOOK.measures:
        assert each.definition.endswith(".")
        assert 1 <= len(each.counted) <= 2
        assert 1 <= len(each.not_counted) <= 2
        assert each.short.startswith("varav ") == (each.part_of is not None)


def test_every_part_and_every_breakdown_has_its_error_rule_and_nothing_else_refuses_a_seal() -> None:
    errors = {rule.id for rule in BOOK.rules if rule.severity == "error"}
    parts = {f"R-DEL-{each.id}" for each in BOOK.measures if each.part_of}
    sums = {f"R-SUM-{each.id}-{name.upper()}" for each in BOOK.measures for name in each.breakdowns}
    assert errors == parts | sums


def test_followed_up_plans_are_compared_with_the_stock_before_as_a_warning() -> None:
    rule = next(each for each in BOOK.rules if each.id == "R-GRANS-SIP10")
    assert rule.severity == "warning"
    assert [(term.measure, term.previous) for term in rule.terms] == [
        ("SIP10", False),
        ("SIP12", True),
        ("SIP08", False),
    ]


def test_the_balance_takes_ended_plans_away() -> None:
    rule = next(each for each in BOOK.rules if each.kind is RuleKind.BALANCE)
    assert [(term.measure, term.previous, term.minus) for term in rule.terms] == [
        ("SIP12", False, False),
        ("SIP12", True, False),
        ("SIP08", False, False),
        ("SIP11", False, True),
    ]
    assert rule.measures == ("SIP12", "SIP08", "SIP11")


def test_rule_texts_can_be_filled_in() -> None:
    words = {"measure": "Upprättade SIP", "period": "tertial 2 2026", "sum": 9}
    for rule in BOOK.rules:
        values = {letter: n for n, letter in enumerate("abcd")}
        text = rule.text.format(**words, **values, **rule.numbers)
        assert "{" not in text
        assert text.endswith((".", "?"))
    part = next(rule for rule in BOOK.rules if rule.id == "R-DEL-SIP05")
    assert part.text.format(a=9, b=7, period="maj 2026") == (
        "Den enskilde deltog i 9 möten under maj 2026, men bara 7 möten hölls."
    )


@pytest.mark.parametrize(
    ("id", "status", "note", "rest"),
    [
        ("G1", "Pågår delvis", "pågår delvis", ""),
        ("G2", "Planerad", "Startar april 2022", ""),
        ("G3", "Revideras", "revideras", ""),
        ("G4", "Status saknas", "", ""),
        ("G5", "Status saknas", "", ""),
        ("G6", "Status saknas", "", ""),
        ("G7", "Pågår", "pågår", ""),
        ("G8", "Avvaktar", "avvaktar samsjuklighetsutredningen", "samsjuklighetsutredningen"),
        ("G9", "Integrerad", "Integreras", "framgår inte av källan"),
        ("G10", "Status saknas", "", ""),
    ],
)
def test_the_joint_activities_of_2022_keep_the_words_of_the_source(id: str, status: str, note: str, rest: str) -> None:
    activity = next(each for each in BOOK.joint_activities if each.id == id)
    assert BOOK.label("aktivitetsstatus", activity.status) == status
    assert (activity.status_note, activity.rest) == (note, rest)
    assert activity.start == ("2022-04" if id == "G2" else None)


def test_the_fardplan_is_there_with_its_sections() -> None:
    assert [each.id for each in BOOK.working_methods] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert [len(each.areas) for each in BOOK.working_methods] == [4, 0, 0, 4, 0, 0]
    assert [each.section for each in BOOK.preconditions] == ["10.1", "10.2", "10.3", "10.4", "10.5"]
    sizes = {each.id: len(each.items) for each in BOOK.references}
    assert sizes == {
        "malbild": 3,
        "prioriterade-malgrupper": 2,
        "politisk-prioritering": 3,
        "storre-fokusomraden": 6,
        "vgr-prioriterade-atgarder": 6,
    }


def test_plans_have_their_areas_and_the_decision_on_aldres_halsa() -> None:
    plans = {each.id: each for each in BOOK.plan_templates}
    assert (
        plans["psykisk-halsa-vuxna"].areas
        == plans["psykisk-halsa-barn-och-unga"].areas
        == tuple(each.id for each in BOOK.areas)
    )
    assert plans["aldres-halsa"].decision.endswith("beslut den 31 mars 2021 § 77")
    assert [each.label for each in BOOK.areas][1] == "Tillgängliga tidiga insatser"


def test_a_code_is_its_label_in_kebab_case_ascii() -> None:
    for each in BOOK.code_lists:
        for code in each.codes:
            assert code.id == kebab(code.label), each.id


def test_deviation_lists_end_with_other_and_not_known() -> None:
    for id in ("riktning", "verksamhetstyp", "kategori", "typ", "styrdokument", "skede", "konsekvens", "orsak",
               "atgardstyp", "effekt", "lex-bedomning"):  # fmt: skip
        assert [code.id for code in BOOK.list(id).codes[-2:]] == ["annat", "uppgift-saknas"], id
    for id in ("allvarlighet", "sannolikhet"):
        assert [code.rank for code in BOOK.list(id).codes] == [1, 2, 3, 4, None]
        assert BOOK.list(id).codes[-1].id == "uppgift-saknas"


def test_breakdowns_end_with_unknown() -> None:
    lists = {name for each in BOOK.measures for name in each.breakdowns}
    assert {BOOK.list(name).codes[-1].id for name in lists} == {"okand"}
    assert [code.id for code in BOOK.list("alder").codes] == ["0-17", "18-64", "65-79", "80-plus", "okand"]


def test_statuses_that_need_a_rest_or_close_say_so() -> None:
    codes = BOOK.list("aktivitetsstatus").codes
    assert [code.id for code in codes if code.rest] == ["avvaktar", "integrerad", "avbruten"]
    assert {"klar", "integrerad", "avbruten"} < {code.id for code in codes if code.closes}
    assert [code.sign for code in BOOK.list("prognos").codes] == ["●", "▲", "■"]


def test_an_ended_code_can_be_read_but_not_chosen() -> None:
    kept = Code(id="ny", label="Ny")
    ended = Code(id="gammal", label="Gammal", ended=date(2025, 12, 31), replaced_by="ny")
    codes = msgspec.structs.replace(BOOK.list("tema"), codes=(ended, kept))
    assert codes.active(date(2025, 12, 31)) == (ended, kept)
    assert codes.active(date(2026, 1, 1)) == (kept,)
    assert codes.code("gammal").label == "Gammal"


def test_a_code_of_another_version_is_shown_as_its_id() -> None:
    assert BOOK.label("kategori", "lakemedel") == "Läkemedel"
    assert BOOK.label("kategori", "fran-framtiden") == "fran-framtiden"


@pytest.mark.parametrize(
    ("period", "deadline"),
    [
        ("2026-T1", date(2026, 5, 25)),
        ("2026-T2", date(2026, 9, 25)),
        ("2026-T3", date(2027, 1, 25)),
        ("2026-Q1", date(2026, 4, 25)),
        ("2026", date(2027, 3, 1)),
    ],
)
def test_a_period_is_due_after_25_days_and_a_year_on_the_first_of_march(period: str, deadline: date) -> None:
    assert BOOK.deadline(parse_period(period)) == deadline


def test_each_delregion_has_its_own_local_forum_beside_the_shared_ones() -> None:
    for each in BOOK.delregions:
        local = [forum for forum in BOOK.forums_for(each.code, DAY) if forum.delregion]
        assert [forum.delregion for forum in local] == [each.code]
    assert {"sro", "vvg", "rpo-psykisk-halsa"} <= {forum.id for forum in BOOK.forums_for("samla", DAY)}


def test_the_json_comes_back_equal_with_the_same_digest() -> None:
    again = codebook_from_json(canonical(codebook_to_json(BOOK)))
    assert again == BOOK
    assert again.sha256 == BOOK.sha256
    assert re.fullmatch(r"[0-9a-f]{64}", BOOK.sha256)


@settings(max_examples=30)
@given(st.text(max_size=20), st.integers(0, 100), st.booleans())
def test_any_changed_word_number_or_flag_changes_the_digest_and_survives_the_round_trip(
    word: str, days: int, flag: bool
) -> None:
    first = msgspec.structs.replace(BOOK.measures[0], label=word, obligatory=flag)
    book = msgspec.structs.replace(
        BOOK,
        measures=(first, *BOOK.measures[1:]),
        reporting=msgspec.structs.replace(BOOK.reporting, deadline_days=days),
    )
    again = codebook_from_json(canonical(codebook_to_json(book)))
    assert again == book
    assert (again.sha256 == BOOK.sha256) == (book == BOOK)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"version": "1"}', b"\xff"])
def test_json_that_is_no_code_book_is_refused(data: bytes) -> None:
    with pytest.raises(CodeBookProblem, match="går inte att läsa"):
        codebook_from_json(data)


def test_a_field_this_program_does_not_know_is_refused_rather_than_dropped() -> None:
    newer = canonical(codebook_to_json(BOOK)).replace(b'"version":1', b'"version":1,"weights":2', 1)
    with pytest.raises(CodeBookProblem, match="nyare version"):
        codebook_from_json(newer)


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
@settings(max_examples=30)
def test_the_delregions_divide_the_municipalities_on_every_day(day: date) -> None:
    members = [each.code for delregion in BOOK.delregions for each in BOOK.members(delregion.code, day)]
    assert sorted(members) == [each.code for each in BOOK.municipalities]
    assert BOOK.delregion_of("1462", day + timedelta(days=1)).code == "fyrbodal"


def kebab(label: str) -> str:
    plain = unicodedata.normalize("NFD", label.lower().replace("+", "-plus"))
    ascii_only = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
