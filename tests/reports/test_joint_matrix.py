"""The printed matrix joint activity × municipality: every answer in words, whatever its length and number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.domain.joint import Answering, Group, Joint, JointCell, JointMatrix, JointPaper, JointRow
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.reports.joint_matrix import render_joint_matrix

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
PLAN = JointPlan(id="p", title="Färdplanens gemensamma 2026", type="fardplanens-gemensamma", year=2026)
CELLS = (
    JointCell(answer=Answering.FOLLOWS, status="Försenad, pågår", forecast="■ Når inte målet", activity="Egen"),
    JointCell(answer=Answering.ADAPTS, status="Status saknas"),
    JointCell(answer=Answering.HAS, status="Klar", forecast="● Enligt plan"),
    JointCell(answer=Answering.DECLINES, reason="Inga placeringar"),
    JointCell(),
    JointCell(delivered=False),
)


def group(name: str, members: int) -> Group:
    return Group(name, tuple((f"{name}{at}", f"Kommun{at}") for at in range(members)))


def matrix(*groups: Group, rows: int = 2, title: str = "Närområdesplan") -> JointMatrix:
    codes = [code for each in groups for code, _ in each.members]
    lines = tuple(
        JointRow(
            Joint(JointTask(id=str(at), plan="p", title=f"{title} {at}"), PLAN, "14", read_in=True),
            PLAN.title,
            {code: CELLS[(at + place) % len(CELLS)] for place, code in enumerate(codes)},
        )
        for at in range(rows)
    )
    return JointMatrix(period="tertial 2 2026", groups=groups, rows=lines, delivered=len(codes))


def paper(found: JointMatrix) -> JointPaper:
    return JointPaper(
        organisation="Vårdsamverkan Fyrbodal",
        as_of=date(2026, 9, 14),
        demo=True,
        data_version="Dataversion 3fa9c1d2",
        codebook_version=2,
        codebook_sha256="9b1c44e0" + "0" * 56,
        matrix=found,
    )


def pages_of(found: JointMatrix) -> list[str]:
    document = pypdfium2.PdfDocument(render_joint_matrix(paper(found), FONTS))
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_every_answer_is_a_word_with_a_shape_and_the_standing_under_it() -> None:
    (text,) = pages_of(matrix(group("Fyrbodal", 6)))
    expected = (
        "✓ Följer Försenad, pågår ■ Når inte målet", "± Anpassar Status saknas", "= Har redan Klar ● Enligt plan",
        "× Prioriterar inte", "Ej svarat", "Ej inlämnat", "4 av 6 har svarat", "6 av 6 kommuner",
    )  # fmt: skip
    assert [words for words in expected if words not in text] == []
    assert "Inga placeringar" not in text


def test_what_must_be_known_of_the_answers_stands_above_them() -> None:
    told = msgspec.structs.replace(matrix(group("A", 2)), earlier=("Mellerud",), unknown=2)
    (text,) = pages_of(told)
    assert "Svaren står som i ett tidigare paket för Mellerud." in text
    assert "2 svar gäller gemensamma aktiviteter som inte är inlästa här." in text


def test_fifteen_beside_each_other_break_no_word_of_ours() -> None:
    for text in pages_of(matrix(group("Fyrbodal", 15), rows=12)):
        assert "× Prioriterar inte" in text
        assert "Kommun14" in text


def test_the_county_sums_up_by_delregion_and_the_head_row_stands_on_every_page() -> None:
    found = pages_of(matrix(group("Fyrbodal", 15), group("Skaraborg", 15), group("SAMLA", 2), rows=14))
    assert "Så många har svarat" in found[0]
    assert "Hela länet" in found[0]
    assert all("Gemensam aktivitet" in text for text in found)
    assert any("Skaraborg (forts.)" in text for text in found)
    assert f"Sida {len(found)} av {len(found)}" in found[-1]


def test_the_county_of_six_delregions_stays_within_the_margins() -> None:
    names = ("Vårdsamverkan Fyrbodal", "Skaraborg", "Närvårdssamverkan Södra Älvsborg", "Göteborg", "SIMBA", "Sista")
    document = pypdfium2.PdfDocument(render_joint_matrix(paper(matrix(*(group(each, 2) for each in names))), FONTS))
    try:
        first = document[0]
        text = first.get_textpage()
        words = text.get_text_range()
        assert "Närvårdssamverkan" in words, "not broken in the middle"
        right = max(text.get_charbox(at)[2] for at in range(text.count_chars()))
        assert right <= first.get_width() - 45, "the margin"
    finally:
        document.close()


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_asked_and_names_without_end(rows: int) -> None:
    (text,) = pages_of(matrix(group("Fyrbodal", 15), rows=rows, title="Utvecklingsarbete" * 11))
    assert ("Inga gemensamma aktiviteter gäller ännu." in text) == (not rows)


def test_a_screen_reader_and_an_archive_can_read_it() -> None:
    pdf = render_joint_matrix(paper(matrix(group("Fyrbodal", 3), group("SAMLA", 2))), FONTS)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_same_matrix_gives_the_same_bytes() -> None:
    found = paper(matrix(group("A", 3)))
    assert render_joint_matrix(found, FONTS) == render_joint_matrix(found, FONTS)
