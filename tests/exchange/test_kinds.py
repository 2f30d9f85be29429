"""Every kind of package: what it holds, who may send it, who may take it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange import kinds
from fardplan_desktop.exchange import office_rows as rows
from fardplan_desktop.exchange.keys import SigningKey, public_text
from fardplan_desktop.exchange.package import NestedPackage, PackageContent, Register, seal
from fardplan_desktop.exchange.rows import Identified, IndicatorPart
from fardplan_desktop.exchange.statement import Expected, Introduced, MissingPart
from fardplan_desktop.exchange.verify import Opened, open_package

COUNTY = Organisation(Level.COUNTY, "14", "Länsgemensam nivå, Västra Götaland", "Västra Götaland")
FYRBODAL = Organisation(Level.DELREGION, "fyrbodal", "Vårdsamverkan Fyrbodal", "Fyrbodal")
MELLERUD = Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud")
KEY = SigningKey(bytes(range(32)))
DIGEST = "ab" * 32
DAY = date(2026, 9, 14)
Build = Callable[..., PackageContent]

TABLES: Mapping[str, Mapping[str, Sequence[Identified]]] = {
    "kommun": {
        kinds.CORRECTIONS: [
            rows.CorrectionRow(id="antal/SIP08/2026-05/n", old="4", new=None, reason="Felräknat", function="Samordnare")
        ],
        kinds.JOINT_ANSWERS: [
            rows.JointAnswerRow(id="j1", answer="prioriterar-inte", reason="Görs av grannen.", activity=None)
        ],
    },
    "delregion": {
        kinds.COMPILATION: [
            rows.CompilationRow(
                id="antal/SIP08/2026-T2", n=41, estimated=True, repeats=False, reported=14, expected=15, parts=4,
                parts_of=4, text=None,
            ),
            rows.CompilationRow(
                id="kommentar", n=None, estimated=False, repeats=False, reported=0, expected=0, parts=0, parts_of=0,
                text="Fler SIP.",
            ),
        ]
    },
    "kodverk": {kinds.CODE_BOOK: [rows.CodeBookRow(id="version/0000", section="version", content="3")]},
    "plan": {
        kinds.JOINT_PLANS: [
            rows.JointPlanRow(
                id="p1", title="Gemensam plan", type="delregional", year=2027, until=None, target_group=None, text=None
            )
        ],
        kinds.JOINT_ACTIVITIES: [
            rows.JointActivityRow(
                id="j1", plan="p1", title="Utbilda i SIP", method="A4", areas=("P1",), target_group=None, goal="Fler",
                indicator=IndicatorPart(text="Antal", unit="", start="", target="40", outcome=""), responsible="",
                start=None, end=DAY, ended=None, replaced_by=None,
            )
        ],
    },
    "kvittens": {
        kinds.RECEIPT: [
            rows.ReceiptRow(
                id=DIGEST, digest=DIGEST, issuer="1461", kind="kommun", period="2026-T2", sequence=3, outcome="Ny",
                code="OK", message="Inläst.", received=DAY,
            )
        ]
    },
    "aterkoppling": {
        kinds.FEEDBACK: [
            rows.FeedbackRow(
                id="antal/SIP08/2026-T2", own=4, own_estimated=False, own_reported=1, total=None,
                total_estimated=False, total_hidden=True, median=250,
                median_hidden=False, reported=14, expected=15,
            )
        ],
        kinds.REMARKS: [
            rows.RemarkRow(id="k1", sort="exempel", about=None, organisation="1462", title="Hembesök", text="Ofta.")
        ],
    },
    "fraga": {
        kinds.QUESTIONS: [
            rows.QuestionRow(
                id="q1", state="answered", about="antal/SIP08/2026-05", shown="4", text="Stämmer det?", answer="Ja.",
                asked=DAY, answered=DAY,
            )
        ]
    },
}  # fmt: skip
WAY = {
    "kommun": (MELLERUD, FYRBODAL),
    "delregion": (FYRBODAL, COUNTY),
    "kodverk": (COUNTY, MELLERUD),
    "plan": (FYRBODAL, MELLERUD),
    "kvittens": (FYRBODAL, MELLERUD),
    "aterkoppling": (FYRBODAL, MELLERUD),
    "fraga": (MELLERUD, FYRBODAL),
}
REGISTER = Register(
    expected=(Expected(code="1461", state="missing"),),
    missing=(MissingPart(code="1461", reason="Personalbrist"),),
    introduces=(Introduced(code="1461", name="Melleruds kommun", public_key=public_text(KEY.public)),),
)


def content_of(kind: Any, **changes: Any) -> PackageContent:
    issuer, audience = WAY[kind]
    whole = PackageContent(
        kind=kind,
        issuer=issuer,
        audience=(audience,),
        period=parse_period("2026-T2"),
        sequence=1,
        approved_at=datetime(2026, 9, 14, 8, tzinfo=UTC),
        approved_by="Processledare",
        codebook_version=2,
        codebook_sha256=DIGEST,
        generator_name="Färdplan Desktop",
        generator_version="1.0.0",
        tables=TABLES[kind],
        register=REGISTER if kind == "delregion" else None,
    )
    return msgspec.structs.replace(whole, **changes)


def receiver(office: Any, own: Organisation, sender: Organisation) -> Any:
    office.own = own
    office.known = (COUNTY, FYRBODAL, MELLERUD)
    office.keys[KEY.keyid] = TrustedKey(
        keyid=KEY.keyid, org_level=sender.level, org_code=sender.code, org_name=sender.name, public=KEY.public,
        status="active", method="telefon", entered_by="Samordnare", entered_at="2026-05-01T08:00:00Z",
    )  # fmt: skip
    return office


def code_of(content: PackageContent, office: Any) -> str:
    with pytest.raises(Refusal) as caught:
        open_package(seal(content, KEY, practice=False), office)
    return caught.value.code


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_what_is_sealed_in_a_kind_is_what_its_reader_opens(kind: str, office: Any) -> None:
    sender, reader = WAY[kind]
    opened: Opened = open_package(seal(content_of(kind), KEY, practice=False), receiver(office, reader, sender))
    assert opened.verdict.code == "OK"
    assert opened.tables == {name: tuple(group) for name, group in TABLES[kind].items()}
    assert opened.verdict.kind == kind


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_kind_is_refused_by_a_level_that_does_not_take_it_in(kind: str, office: Any) -> None:
    for level, other in ((Level.MUNICIPALITY, MELLERUD), (Level.DELREGION, FYRBODAL), (Level.COUNTY, COUNTY)):
        if level not in kinds.KINDS[kind].readers:
            assert code_of(content_of(kind), receiver(office, other, WAY[kind][0])) == "E13-KIND"


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_kind_is_never_sealed_by_a_level_that_may_not_send_it(kind: str) -> None:
    for other in (MELLERUD, FYRBODAL, COUNTY):
        if other.level not in kinds.KINDS[kind].senders:
            with pytest.raises(Refusal) as caught:
                seal(content_of(kind, issuer=other), KEY, practice=False)
            assert caught.value.code == "E14"


@pytest.mark.parametrize("kind", [each for each in kinds.KINDS if each != "kommun"])
def test_a_kind_without_its_own_files_is_refused(kind: str) -> None:
    with pytest.raises(Refusal) as caught:
        seal(content_of(kind, tables={}), KEY, practice=False)
    assert caught.value.code in ("E19", "E14")


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        seal(content_of("fraga", tables={**TABLES["fraga"], **TABLES["kvittens"]}), KEY, practice=False)
    assert caught.value.code == "E19"


def test_only_a_bundle_carries_packages() -> None:
    inner = seal(content_of("kommun"), KEY, practice=False)
    nested = NestedPackage(data=inner, code="1461", period_id="2026-T2", sequence=1, digest=DIGEST)
    opened = open_package(seal(content_of("delregion", nested=(nested,)), KEY, practice=False), None)
    assert opened.nested == {"paket/1461_2026-t2_0001.fardpaket": inner}
    with pytest.raises(Refusal) as caught:
        seal(content_of("fraga", nested=(nested,)), KEY, practice=False)
    assert caught.value.code == "E19"


@pytest.mark.parametrize(
    "register",
    [
        None,
        msgspec.structs.replace(REGISTER, missing=()),
        msgspec.structs.replace(REGISTER, expected=REGISTER.expected * 2),
        msgspec.structs.replace(REGISTER, introduces=REGISTER.introduces * 2),
    ],
)
def test_a_bundle_tells_of_each_member_exactly_once(register: Register | None) -> None:
    with pytest.raises(Refusal) as caught:
        seal(content_of("delregion", register=register), KEY, practice=False)
    assert caught.value.code == "E14"


def test_only_a_bundle_tells_of_members() -> None:
    with pytest.raises(Refusal) as caught:
        seal(content_of("kommun", register=REGISTER), KEY, practice=False)
    assert caught.value.code == "E14"


@pytest.mark.parametrize(("code", "expected"), [("14", "OK"), ("simba", "E16")])
def test_what_is_meant_for_all_under_an_organisation_is_for_its_own(code: str, expected: str, office: Any) -> None:
    audience = Organisation(Level.COUNTY, code, "Alla", "Alla")
    content = content_of("kodverk", audience=(audience,), to_all=True)
    reader = receiver(office, MELLERUD, COUNTY)
    if expected == "OK":
        assert open_package(seal(content, KEY, practice=False), reader).verdict.code == "OK"
    else:
        assert code_of(content, reader) == expected


def test_several_receipts_for_a_period_need_not_replace_each_other(office: Any) -> None:
    reader = receiver(office, MELLERUD, FYRBODAL)
    first = open_package(seal(content_of("kvittens"), KEY, practice=False), reader)
    office.seen = msgspec.structs.replace(
        office.seen,
        max_sequence=1,
        digests={first.digest: "2026-09-15"},
        by_sequence={1: first.digest},
        active_by_period={"2026-T2": (1, first.digest)},
        known={first.digest: "2026-T2"},
    )
    second = open_package(seal(content_of("kvittens", sequence=2), KEY, practice=False), reader)
    assert second.verdict.code == "OK"


def test_a_correction_of_a_correction_that_never_came_is_taken_in(office: Any) -> None:
    reader = receiver(office, FYRBODAL, MELLERUD)
    first = open_package(seal(content_of("kommun"), KEY, practice=False), reader)
    office.seen = msgspec.structs.replace(
        office.seen,
        max_sequence=1,
        by_sequence={1: first.digest},
        active_by_period={"2026-T2": (1, first.digest)},
        known={first.digest: "2026-T2"},
    )
    third = open_package(seal(content_of("kommun", sequence=3, supersedes=(2, "cd" * 32)), KEY, practice=False), reader)
    assert [each.code for each in third.warnings] == ["W01"]
    assert code_of(content_of("kommun", sequence=3, supersedes=(1, "cd" * 32)), reader) == "E18-SUPERSEDES"
