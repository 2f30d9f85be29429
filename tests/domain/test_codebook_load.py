"""A code book that contradicts itself is refused with the file, the key and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.domain.errors import CodeBookProblem

FOLDER = Path(__file__).parents[2] / "resources" / "codebook"
TEXTS = {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}

ALE = 'short = "Ale"\nmembership = [{ delregion = "simba", from = 2023-01-01 }]'


def load_with(file: str, old: str, new: str) -> CodeBook:
    """The real book with one passage changed."""
    text = TEXTS[file].decode()
    assert old in text
    return load_codebook({**TEXTS, file: text.replace(old, new, 1).encode()})


def load_with_more(file: str, text: str) -> CodeBook:
    """The real book with one more file."""
    return load_codebook({**TEXTS, file: text.encode()})


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "reason"),
    [
        pytest.param(
            "organisations.toml", ALE, 'short = "Ale"', "municipalities.1440.membership",
            "hör inte till någon delregion", id="a municipality without a delregion",
        ),
        pytest.param(
            "organisations.toml", ALE, ALE.replace('"simba"', '"sinba"'), "municipalities.1440.membership",
            "delregionen sinba finns inte", id="an unknown delregion",
        ),
        pytest.param(
            "organisations.toml", ALE, ALE.replace(" }]", ' }, { delregion = "samla", from = 2025-01-01 }]'),
            "municipalities.1440.membership", "överlappar från och med 2025-01-01", id="overlapping membership",
        ),
        pytest.param(
            "organisations.toml", ALE,
            ALE.replace(" }]", ', to = 2024-12-31 }, { delregion = "samla", from = 2025-02-01 }]'),
            "municipalities.1440.membership", "saknas mellan 2024-12-31 och 2025-02-01", id="a gap in membership",
        ),
        pytest.param(
            "organisations.toml", ALE, ALE.replace(" }]", ", to = 2022-12-31 }]"), "municipalities.1440.membership",
            "slutar innan det börjar", id="membership that ends before it starts",
        ),
        pytest.param(
            "organisations.toml", 'code = "1440"', 'code = "1441"', "municipalities.1441.id", "finns två gånger",
            id="the same municipality twice",
        ),
        pytest.param(
            "organisations.toml", 'code = "1440"', 'code = "fyrbodal"', "municipalities.fyrbodal.id",
            "finns två gånger", id="a municipality with a delregion's code",
        ),
        pytest.param(
            "measures.toml", 'part_of = "SIP01"', 'part_of = "SIP99"', "measures.SIP02.part_of",
            "helheten SIP99 finns inte", id="a part without its whole",
        ),
        pytest.param(
            "measures.toml", 'part_of = "SIP01"', 'part_of = "SIP12"', "measures.SIP02.over_time",
            "densamma som för helheten SIP12", id="a flow as part of a stock",
        ),
        pytest.param(
            "measures.toml", 'breakdowns = ["kallande-part"]', 'breakdowns = ["vem"]', "measures.SIP03.breakdowns",
            "listan vem finns inte", id="a breakdown without a list",
        ),
        pytest.param(
            "measures.toml", 'id = "SIP03"', 'id = "SIP02"', "measures.SIP02.id", "finns två gånger",
            id="the same measure twice",
        ),
        pytest.param(
            "measures.toml", 'over_time = "sum"', 'over_time = "mean"', "measures[0].over_time",
            "värdet mean är okänt", id="an unknown way of adding up",
        ),
        pytest.param(
            "measures.toml", 'numerator = ["SIP02"]', 'numerator = ["SIP20"]', "derived.andel-tackat-nej.terms",
            "måttet SIP20 finns inte", id="a share of an unknown measure",
        ),
        pytest.param(
            "measures.toml", 'denominator = ["SIP01"]', "", "derived.andel-tackat-nej.denominator",
            "ska finnas för share", id="a share of nothing",
        ),
        pytest.param(
            "rules.toml", 'kind = "part_of"', 'kind = "guess"', "rules[0].kind", "värdet guess är okänt",
            id="an unknown rule kind",
        ),
        pytest.param(
            "rules.toml", 'terms = ["SIP02", "SIP01"]', 'terms = ["SIP02", "SIP77"]', "rules.R-DEL-SIP02.terms",
            "måttet SIP77 finns inte", id="a rule on an unknown measure",
        ),
        pytest.param(
            "rules.toml", 'terms = ["SIP02", "SIP01"]', 'terms = ["SIP02", "SIP04"]', "rules.R-DEL-SIP02.terms",
            "SIP02 är ingen del av SIP04", id="a part rule against another whole",
        ),
        pytest.param(
            "rules.toml", 'terms = ["SIP02", "SIP01"]', 'terms = ["SIP02"]', "rules.R-DEL-SIP02.terms",
            "fel antal mått för part_of", id="a part rule without a whole",
        ),
        pytest.param(
            "rules.toml", 'breakdown = "kallande-part"', 'breakdown = "alder"', "rules.R-SUM-SIP03-KALLANDE-PART",
            "SIP03 fördelas inte på alder", id="a sum over a breakdown the measure lacks",
        ),
        pytest.param(
            "rules.toml", 'breakdown = "kallande-part"\n', "", "rules.R-SUM-SIP03-KALLANDE-PART.breakdown",
            "ska finnas för adds_up", id="a sum over nothing",
        ),
        pytest.param(
            "rules.toml", "percent = 50, ", "", "rules.R-FORANDRING.numbers", "vad change behöver",
            id="a change rule without its limit",
        ),
        pytest.param(
            "rules.toml", "{a} tackade nej", "{who} tackade nej", "rules.R-DEL-SIP02.text", "okänd plats: who",
            id="a text with a place nobody fills",
        ),
        pytest.param(
            "rules.toml", "{a} tackade nej", "{a tackade nej", "rules.R-DEL-SIP02.text", "okänd plats",
            id="a text with a broken place",
        ),
        pytest.param(
            "fardplan.toml", 'status = "revideras"', 'status = "kanske"', "joint_activities.G3.status",
            "kanske finns inte i listan aktivitetsstatus", id="an unknown status",
        ),
        pytest.param(
            "fardplan.toml", 'rest = "samsjuklighetsutredningen"\n', "", "joint_activities.G8.rest",
            "avvaktar på vad", id="a status that leaves its sentence open",
        ),
        pytest.param(
            "fardplan.toml", 'start = "2022-04"', 'start = "2022-13"', "joint_activities.G2.start",
            "ska vara en månad", id="a month that does not exist",
        ),
        pytest.param(
            "fardplan.toml", 'plan = "fardplanens-gemensamma"', 'plan = "annan"', "joint_activities.G1.plan",
            "planen annan finns inte", id="a joint activity of an unknown plan",
        ),
        pytest.param(
            "fardplan.toml", 'areas = ["P1", ', 'areas = ["P9", ', "plan_templates.psykisk-halsa-vuxna.areas",
            "området P9 finns inte", id="an unknown focus area",
        ),
        pytest.param(
            "fardplan.toml", 'id = "aldres-halsa"', 'id = "aldre"', "plan_templates.aldre.id",
            "finns inte i listan plantyp", id="a plan that is no plan type",
        ),
        pytest.param(
            "collaboration.toml", 'code = "riktlinje-sip"', 'code = "riktlinje"', "agreements.riktlinje-sip.code",
            "finns inte i listan styrdokument", id="an agreement nobody can choose",
        ),
        pytest.param(
            "collaboration.toml", "valid_to = 2023-12-31", "valid_to = 2019-12-31", "agreements.riktlinje-sip.valid_to",
            "före den första", id="an agreement that ends before it starts",
        ),
        pytest.param(
            "collaboration.toml", 'delregion = "samla"', 'delregion = "samba"', "forums.lokal-grupp-samla.delregion",
            "delregionen samba finns inte", id="a forum in an unknown delregion",
        ),
        pytest.param(
            "lists.toml", 'id = "0-17"', 'id = "0/17"', "code_lists.alder.codes.0/17.id", "får bara ha",
            id="a code with a sign that ids use",
        ),
        pytest.param(
            "lists.toml", 'id = "18-64"', 'id = "0-17"', "code_lists.alder.codes.0-17.id", "finns två gånger",
            id="the same code twice",
        ),
        pytest.param(
            "lists.toml", 'label = "Vård och omsorg"', 'label = "Vård och omsorg", to = 2025-12-31, replaced_by = "x"',
            "code_lists.part.codes.vard-och-omsorg.replaced_by", "x finns inte", id="an unknown successor",
        ),
        pytest.param(
            "lists.toml", 'label = "Vård och omsorg"', 'label = "Vård och omsorg", replaced_by = "tandvard"',
            "code_lists.part.codes.vard-och-omsorg.to", "saknas", id="a successor to a code that has not ended",
        ),
        pytest.param(
            "codebook.toml", "threshold = 5", "threshold = 2", "reporting.threshold", "ska vara 3–10",
            id="a threshold that hides too little",
        ),
        pytest.param(
            "codebook.toml", "yearly_day = 1", "yearly_day = 32", "reporting.yearly_day", "finns inte",
            id="a yearly day that does not exist",
        ),
        pytest.param(
            "codebook.toml", "answer_warning = 45", "answer_warning = 61", "reporting.answer_warning",
            "så många som dagarna till svar", id="a warning after the answer is due",
        ),
        pytest.param("codebook.toml", "version = 2", "version = 0", "version", "1 eller mer", id="version zero"),
        pytest.param("codebook.toml", "version = 2", 'version = "1"', "version", "fel slags värde", id="a wrong type"),
        pytest.param(
            "codebook.toml", 'type = "tertial"', 'type = "week"', "reporting.type", "värdet week är okänt",
            id="an unknown period type",
        ),
        pytest.param(
            "codebook.toml", "deadline_days = 25", "deadline = 25", "reporting.deadline", "är okänd",
            id="a misspelt key",
        ),
        pytest.param(
            "codebook.toml", "since = 2023-01-01", 'since = "1 jan"', "reporting.since", "är inget datum",
            id="a date in words",
        ),
        pytest.param(
            "codebook.toml", "since = 2023-01-01", "since = 2023-02-30", "rad 10", "läsa som TOML",
            id="a day that does not exist",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_file_key_and_reason(file: str, old: str, new: str, key: str, reason: str) -> None:
    with pytest.raises(CodeBookProblem) as caught:
        load_with(file, old, new)
    assert caught.value.why.startswith(f"Fel i {file}, {key}")
    assert reason in caught.value.why


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        (
            "measures.toml",
            "obligatory = true\n",
            "",
            "Fel i rules.toml, rules.R-OBLIGATORISK.terms: ska vara just de obligatoriska måtten.",
        ),
        ("deviations.toml", 'id = "kategori"', 'id = "kategorier"', "Fel i lists.toml, code_lists.kategori: saknas."),
    ],
)
def test_a_fault_between_two_files_names_the_one_that_holds_the_record_or_the_section(
    file: str, old: str, new: str, why: str
) -> None:
    with pytest.raises(CodeBookProblem) as caught:
        load_with(file, old, new)
    assert caught.value.why == why


def test_a_value_that_no_file_gives_names_all_files() -> None:
    with pytest.raises(CodeBookProblem, match=r"codebook\.toml, .*rules\.toml, version: saknas"):
        load_with("codebook.toml", "version = 2", "")


def test_a_value_that_two_files_give_names_both() -> None:
    with pytest.raises(CodeBookProblem, match=r"Fel i extra\.toml, version: finns redan i codebook\.toml"):
        load_with_more("extra.toml", "version = 2")


def test_the_later_file_is_blamed_for_a_duplicate() -> None:
    with pytest.raises(CodeBookProblem, match=r"Fel i tillagg\.toml, forums\.sro\.id: finns två gånger"):
        load_with_more("tillagg.toml", '[[forums]]\nid = "sro"\nlabel = "SRO"\nlevel = "county"\n')


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(CodeBookProblem, match=r"lists\.toml.*UTF-8"):
        load_codebook({**TEXTS, "lists.toml": TEXTS["lists.toml"].decode().encode("cp1252", "replace")})


def test_no_files_at_all_is_refused() -> None:
    with pytest.raises(CodeBookProblem, match="ingen fil"):
        load_codebook({})


def test_a_file_of_the_editors_own_can_add_to_a_section() -> None:
    book = load_with_more("egna-forum.toml", '[[forums]]\nid = "eget"\nlabel = "Eget forum"\nlevel = "county"\n')
    assert "Eget forum" in [each.label for each in book.forums]


def test_the_digest_depends_on_what_the_files_say_not_on_how_they_are_written_or_listed() -> None:
    shuffled = {name: b"# a note\n" + TEXTS[name] for name in sorted(TEXTS, reverse=True)}
    assert load_codebook(shuffled).sha256 == load_codebook(TEXTS).sha256
    assert load_with("rules.toml", "percent = 50", "percent = 51").sha256 != load_codebook(TEXTS).sha256
