"""Tables to drafts: invented golden files, old and new headings, and every fault with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import CountState, Indicator, Population
from fardplan_desktop.domain.tabular import TableContent
from fardplan_desktop.tables.kinds import read_table

Reading = Callable[[str, str | bytes], TableContent]
Refusing = Callable[[str, str | bytes], list[str]]

_GOLDEN = Path(__file__).parent / "golden"
_DEVIATION = "Månad;Riktning;Rapporterande;Berörd part;Kategori"
_KNOWN = "2026-05;Inom kommunen;Tandvård;Vårdcentral;Läkemedel"


def test_a_plan_with_older_headings_becomes_activities(book: CodeBook) -> None:
    first, second = read_table(_GOLDEN / "aktiviteter_pahittade.csv", "activities", book).activities
    assert (first.row, first.plan, first.method, first.preconditions) == (2, "Påhittad plan 2026", "A4", ("F3", "F5"))
    assert (first.start, first.end) == (date(2026, 2, 1), date(2026, 12, 31))
    assert (first.responsible, first.status, first.forecast) == ("Verksamhetsutvecklare", "pagar", "enligt-plan")
    assert first.comment == "Två av fyra tillfällen hållna.\nNästa i september."
    assert (second.row, second.method, second.end) == (3, "A1", date(2026, 12, 31))
    assert (second.status, second.status_note, second.forecast) == ("avvaktar", "ny rutin", "risk")
    assert second.comment is None
    assert second.preconditions is None


def test_deviations_with_older_headings_keep_the_month_and_not_the_day(book: CodeBook) -> None:
    (found,) = read_table(_GOLDEN / "avvikelser_pahittade.csv", "deviations", book).deviations
    assert (found.month, found.registered) == ("2026-05", date(2026, 5, 20))
    assert (found.direction, found.reporter) == ("kommun-region", "kommunal-halso-och-sjukvard")
    assert (found.counterpart, found.category) == ("vardcentral", "lakemedel")
    assert (found.severity, found.likelihood, found.status) == ("betydande", "stor", "skickad")
    assert (found.causes, found.reference) == (("utbildning-och-kompetens",), "MC-000001")


def test_counts_in_long_form_keep_every_state_and_leave_blanks_untouched(book: CodeBook) -> None:
    counts = read_table(_GOLDEN / "antal_pahittade.csv", "counts", book).counts
    assert [(count.id, count.state, count.n) for count in counts] == [
        ("SIP08/2026-05", CountState.REPORTED, 14),
        ("SIP08/2026-05/alder/65-79", CountState.REPORTED, 9),
        ("SIP04/2026-05", CountState.ESTIMATED, 20),
        ("SIP10/2026-05", CountState.MISSING, None),
        ("SIP12/2026-05", CountState.NOT_APPLICABLE, None),
        ("SIP11/2026-05", CountState.REPORTED, 0),
    ]
    assert counts[3].comment == "systemet låg nere"


def test_counts_with_months_across_give_one_count_for_each_filled_cell(book: CodeBook) -> None:
    content = read_table(_GOLDEN / "antal_manader_pahittade.csv", "counts", book)
    assert {count.id: (count.state, count.n) for count in content.counts} == {
        "SIP08/2026-05": (CountState.REPORTED, 14),
        "SIP08/2026-06": (CountState.REPORTED, 0),
        "SIP08/2026-07": (CountState.MISSING, None),
        "SIP05/2026-05": (CountState.REPORTED, 1234),
        "SIP05/2026-06": (CountState.NOT_APPLICABLE, None),
        "SIP05/2026-07": (CountState.ESTIMATED, 14),
        "SIP04/2026-05/alder/80-plus": (CountState.REPORTED, 3),
        "SIP04/2026-07/alder/80-plus": (CountState.MISSING, None),
    }
    assert [(note.row, note.column) for note in content.notes] == [(4, "jul-26")]


def test_population_keeps_its_source(book: CodeBook) -> None:
    found = read_table(_GOLDEN / "folkmangd_pahittad.csv", "population", book).population
    assert found[0] == Population(municipality="1462", year=2025, inhabitants=13500, source="Påhittad siffra")
    assert len(found) == 2


def test_the_content_names_its_file_and_the_digest_of_its_bytes(book: CodeBook) -> None:
    content = read_table(_GOLDEN / "folkmangd_pahittad.csv", "population", book)
    assert content.source == "folkmangd_pahittad.csv"
    assert len(content.sha256) == 64
    assert content.size == 2


def test_headings_may_stand_in_any_order_and_case(read: Reading) -> None:
    (count,) = read("counts", "ANTAL;  period ;mått\n7;2026-05;sip08\n").counts
    assert (count.id, count.n) == ("SIP08/2026-05", 7)


def test_the_column_uppskattat_makes_a_number_an_estimate(read: Reading) -> None:
    first, second = read("counts", "Mått;Period;Antal;Uppskattat\nSIP08;2026-05;7;Ja\nSIP08;2026-06;7;nej\n").counts
    assert (first.state, second.state) == (CountState.ESTIMATED, CountState.REPORTED)


def test_an_indicator_is_made_of_its_columns(read: Reading) -> None:
    with_words = "Aktivitet;Indikator;Enhet;Målvärde\nPåhittad;Möten;antal;12\n"
    assert read("activities", with_words).activities[0].indicators == (
        Indicator(text="Möten", unit="antal", target="12"),
    )
    assert read("activities", "Aktivitet;Indikator\nPåhittad;\n").activities[0].indicators is None


def test_several_values_stand_with_semicolon_or_comma_between_and_labels_may_hold_commas(
    read: Reading, book: CodeBook
) -> None:
    code = next(code for code in book.list("orsak").codes if "," in code.label)
    (found,) = read("deviations", f'{_DEVIATION};Orsak\n{_KNOWN};"{code.label}; annat"\n').deviations
    assert found.causes == (code.id, "annat")
    assert read("activities", 'Aktivitet;Område\nPåhittad;"P1, G3,P1"\n').activities[0].areas == ("P1", "G3")


def test_a_fault_names_row_and_column_and_says_what_to_write(refused: Refusing) -> None:
    rows = "".join(f"SIP08;20{year}-05;1\n" for year in range(10, 25))
    assert refused("counts", f"Mått;Period;Antal\n{rows}SIP04;2026-05;12,5\n") == [
        "Rad 17, kolumn Antal: ”12,5” är inget heltal. Skriv ett helt tal, - för saknas eller . för ej aktuellt."
    ]


def test_every_fault_of_a_table_is_told_at_once_in_the_order_of_the_rows(refused: Refusing) -> None:
    told = refused("counts", "Mått;Period;Antal\nSIP99;2026-13;x\nSIP08;2026-05;-3\nSIP04;;4\nSIP08;2026-06;7\n")
    assert [sentence.split(":")[0] for sentence in told] == [
        "Rad 2, kolumn Mått",
        "Rad 2, kolumn Period",
        "Rad 3, kolumn Antal",
        "Rad 4, kolumn Period",
    ]


@pytest.mark.parametrize(
    ("kind", "content", "place", "said"),
    [
        ("counts", "", "Tabellen är tom", ""),
        ("counts", "Mått;Period;Antal;Färg\nSIP08;2026-05;1;röd\n", "Rad 1, kolumn Färg", "okänd"),
        ("counts", "Mått;Period\nSIP08;2026-05\n", "Rad 1, kolumn Antal", "Kolumnen saknas"),
        ("counts", "Mått;Summa;maj 2026\nSIP08;1;1\n", "Rad 1, kolumn Summa", "okänd"),
        ("counts", "Mått;maj 2026;2026-05\nSIP08;1;1\n", "Rad 1, kolumn 2026-05", "samma sak"),
        ("counts", "Mått;Period;Antal;Fördelning;Uppdelning\n", "Rad 1, kolumn Uppdelning", "samma sak"),
        ("counts", "Mått;Period;Antal;\nSIP08;2026-05;1;x\n", "Rad 2, kolumn D", "ingen rubrik"),
        ("counts", "Mått;Period;Antal\nSIP08;2026-05;–\n", "Rad 2, kolumn Antal", "- för saknas"),
        ("counts", "Mått;Period;Antal\nSIP08;2026-05;1\nSIP08;maj-26;2\n", "Rad 3, kolumn Antal", "rad 2"),
        ("counts", "Mått;maj 2026\nSIP08;1\nsip08;2\n", "Rad 3, kolumn maj 2026", "rad 2"),
        ("counts", "Mått;Period;Antal;Kommentar\nSIP08;2026-05;;x\n", "Rad 2, kolumn Antal", "Antalet saknas"),
        ("counts", "Mått;Period;Antal;Uppskattat\nSIP08;2026-05;-;ja\n", "Rad 2, kolumn Antal", "uppskattat"),
        ("counts", "Mått;Period;Antal;Värde\nSIP08;2026-05;1;0–17\n", "Rad 2, kolumn Antal", "hör ihop"),
        ("counts", "Mått;Period;Antal;Fördelning;Värde\nSIP01;2026-05;1;Ålder;0–17\n", "Rad 2", "fördelas inte"),
        ("counts", "Mått;Period;Antal;Fördelning;Värde\nSIP08;2026-05;1;Mötesform;Digitalt\n", "Rad 2", "Ålder"),
        ("counts", "Mått;Period;Antal;Fördelning;Värde\nSIP08;2026-05;1;Ålder;18–20\n", "Rad 2", "0–17"),
        ("activities", "Aktivitet\nPåhittad\npåhittad\n", "Rad 3, kolumn Aktivitet", "rad 2"),
        ("activities", "Aktivitet;Status\nPåhittad;Försenad\n", "Rad 2, kolumn Status", "Ej påbörjad"),
        ("activities", "Aktivitet;Klar senast\nPåhittad;2026-02-30\n", "Rad 2, kolumn Klar senast", "inget datum"),
        ("activities", "Aktivitet;Slut\nPåhittad;snart\n", "Rad 2, kolumn Slut", "inget datum"),
        ("activities", f"Aktivitet\n{'x' * 201}\n", "Rad 2, kolumn Aktivitet", "Högst 200"),
        ("activities", "Aktivitet;Andel klar\nPåhittad;30\n", "Rad 2, kolumn Andel klar", "25, 50"),
        ("activities", "Aktivitet;Gott exempel, får delas\nx;kanske\n", "Rad 2", "ja eller nej"),
        ("activities", "Aktivitet;Mål\n;Fler\n", "Rad 2, kolumn Aktivitet", "saknas"),
        ("deviations", f"{_DEVIATION};Underkategori\n{_KNOWN};x\n", "Rad 2, kolumn Underkategori", "Listan är tom"),
        ("deviations", f"{_DEVIATION};Sammanfattning\n{_KNOWN};{'x' * 301}\n", "Rad 2", "Högst 300"),
        ("deviations", f"{_DEVIATION};Referens\n{_KNOWN};A1\n{_KNOWN};a1\n", "Rad 3, kolumn Referens", "rad 2"),
        ("deviations", f"{_DEVIATION}\n{_KNOWN.replace('2026-05', '2026-T2')}\n", "Rad 2, kolumn Månad", "ingen månad"),
        ("deviations", f"{_DEVIATION};Beskrivning\n{_KNOWN};a\x07b\n", "Rad 2, kolumn Beskrivning", "tecken"),
        ("population", "Kommunkod;År;Folkmängd;Källa\n0180;2025;1;x\n", "Rad 2, kolumn Kommunkod", "i länet"),
        ("population", "Kommunkod;År;Folkmängd;Källa\n1462;25;1;x\n", "Rad 2, kolumn År", "inget år"),
        ("population", "Kommunkod;År;Folkmängd;Källa\n1462;2025;ca 9;x\n", "Rad 2, kolumn Folkmängd", "inget heltal"),
        ("population", "Kommunkod;År;Folkmängd;Källa\n1462;2025;9;\n", "Rad 2, kolumn Källa", "saknas"),
        ("population", "Kommunkod;År;Folkmängd;Källa\n1462;2025;9;x\n1462;2025;8;x\n", "Rad 3", "rad 2"),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_place(refused: Refusing, kind: str, content: str, place: str, said: str) -> None:
    (sentence,) = refused(kind, content)
    assert sentence.startswith(place)
    assert said in sentence


def test_four_causes_are_one_too_many(refused: Refusing, book: CodeBook) -> None:
    causes = ";".join(code.id for code in book.list("orsak").codes[:4])
    (sentence,) = refused("deviations", f'{_DEVIATION};Orsak\n{_KNOWN};"{causes}"\n')
    assert sentence.startswith("Rad 2, kolumn Orsak: Högst tre")


def test_an_unknown_kind_is_the_callers_mistake(book: CodeBook) -> None:
    with pytest.raises(ValueError, match="meetings"):
        read_table(_GOLDEN / "antal_pahittade.csv", "meetings", book)
