"""A delregion's bundle, opened by the county: both layers verified, and every way in which one may be wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import Replay, TrustedKey
from fardplan_desktop.exchange import kinds
from fardplan_desktop.exchange import office_rows as rows
from fardplan_desktop.exchange.bundle import Bundle, open_bundle
from fardplan_desktop.exchange.keys import SigningKey, public_text
from fardplan_desktop.exchange.package import NestedPackage, PackageContent, Register, seal
from fardplan_desktop.exchange.rows import Rows
from fardplan_desktop.exchange.statement import Expected, Introduced, MissingPart
from fardplan_desktop.exchange.verify import open_package

COUNTY = Organisation(Level.COUNTY, "14", "Länsgemensam nivå, Västra Götaland", "Västra Götaland")
FYRBODAL = Organisation(Level.DELREGION, "fyrbodal", "Vårdsamverkan Fyrbodal", "Fyrbodal")
SIMBA = Organisation(Level.DELREGION, "simba", "SIMBA", "SIMBA")
MELLERUD = Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud")
EDET = Organisation(Level.MUNICIPALITY, "1462", "Lilla Edets kommun", "Lilla Edet")
ORUST = Organisation(Level.MUNICIPALITY, "1421", "Orusts kommun", "Orust")
TOTALS = [
    rows.CompilationRow(
        id="antal/SIP08/2026-T2",
        n=4,
        estimated=False,
        repeats=False,
        reported=1,
        expected=2,
        parts=4,
        parts_of=4,
        text=None,
    )
]


def key_of(code: str) -> SigningKey:
    return SigningKey(hashlib.sha256(f"bundle:{code}".encode()).digest())


def content(issuer: Organisation, audience: Organisation, **changes: Any) -> PackageContent:
    whole = PackageContent(
        kind="delregion" if issuer.level is Level.DELREGION else "kommun",
        issuer=issuer,
        audience=(audience,),
        period=parse_period("2026-T2"),
        sequence=1,
        approved_at=datetime(2026, 9, 14, 8, tzinfo=UTC),
        approved_by="Processledare",
        codebook_version=2,
        codebook_sha256="ab" * 32,
        generator_name="Färdplan Desktop",
        generator_version="1.0.0",
    )
    return msgspec.structs.replace(whole, **changes)


def member(issuer: Organisation = MELLERUD, audience: Organisation = FYRBODAL, **changes: Any) -> NestedPackage:
    """A sealed package of a municipality, as the bundle tells of it."""
    practice = bool(changes.pop("practice", False))
    key = changes.pop("key", key_of(issuer.code))
    inner = content(issuer, audience, **changes)
    data = seal(inner, key, practice=practice)
    digest = open_package(data, None).digest
    code, sequence = inner.issuer.code, inner.sequence
    return NestedPackage(data=data, code=code, period_id=inner.period.id, sequence=sequence, digest=digest)


def introduction(code: str, key: SigningKey) -> Introduced:
    return Introduced(code=code, name="Vad som helst", public_key=public_text(key.public))


def register(
    nested: Sequence[NestedPackage],
    missing: Sequence[str] = (),
    reported: Sequence[str] = (),
    introduces: Sequence[Introduced] = (),
) -> Register:
    expected = [Expected(code=code, state="missing") for code in missing]
    expected += [Expected(code=code, state="reported") for code in reported]
    expected += [Expected(code=each.code, state="included") for each in nested]
    return Register(
        expected=tuple(expected),
        missing=tuple(MissingPart(code=code, reason="Personalbrist.") for code in missing),
        introduces=tuple(introduces),
    )


def bundle(nested: Sequence[NestedPackage] = (), told: Register | None = None, **changes: Any) -> bytes:
    whole = content(
        changes.pop("issuer", FYRBODAL),
        COUNTY,
        tables={kinds.COMPILATION: TOTALS},
        nested=tuple(nested),
        register=told or register(nested, ["1462"]),
        **changes,
    )
    return seal(whole, key_of("fyrbodal"), practice=False)


def trusted(organisation: Organisation, key: SigningKey | None = None, **changes: Any) -> TrustedKey:
    own = key or key_of(organisation.code)
    known = TrustedKey(
        keyid=own.keyid, org_level=organisation.level, org_code=organisation.code, org_name=organisation.name,
        public=own.public, status="active", method="telefon", entered_by="Samordnare", entered_at="2026-05-01",
    )  # fmt: skip
    return msgspec.structs.replace(known, **changes)


@pytest.fixture
def county(new_office: Callable[[], Any]) -> Any:
    """Knows the delregion and Mellerud."""
    office = new_office()
    office.own, office.known = COUNTY, (COUNTY, FYRBODAL, SIMBA, MELLERUD, EDET, ORUST)
    office.keys = {each.keyid: each for each in (trusted(FYRBODAL), trusted(MELLERUD))}
    return office


def read(data: bytes, receiver: Any) -> Bundle:
    return open_bundle(open_package(data, receiver), receiver)


def refused(data: bytes, receiver: Any) -> Any:
    with pytest.raises(Refusal) as caught:
        read(data, receiver)
    assert caught.value.code == "E22"
    return caught.value


def inner_code(data: bytes, receiver: Any) -> str:
    return str(refused(data, receiver).detail.partition(":")[0])


def test_both_layers_are_verified_and_every_member_is_told_of(county: Any) -> None:
    sealed = member(sequence=3)
    found = read(bundle([sealed]), county)
    assert [(each.code, each.state, each.reason) for each in found.verdict.inside] == [
        ("1461", "included", ""),
        ("1462", "missing", "Personalbrist."),
    ]
    assert (found.verdict.inside[0].sequence, found.verdict.inside[0].digest) == (3, sealed.digest)
    assert [each.data for each in found.nested] == [sealed.data], "the original, byte for byte"
    assert found.verdict.warnings == ()


def test_without_a_store_the_seals_of_both_layers_are_tried() -> None:
    found = read(bundle([member()]), None)
    assert found.verdict.trust == "unknown"
    assert [each.name for each in found.verdict.inside] == ["1461", "1462"]


@pytest.mark.parametrize("reader", ["county", "nobody"])
def test_an_edited_row_inside_is_found_though_the_bundle_is_sealed_over_it(
    county: Any, rows: Rows, reader: str
) -> None:
    sealed = member(rows=rows)
    edited = msgspec.structs.replace(sealed, data=sealed.data.replace(b'"n":9999999', b'"n":9999998'))
    assert edited.data != sealed.data
    assert inner_code(bundle([edited]), county if reader == "county" else None) == "E20"
    assert "Paketet från Melleruds kommun i samlingsfilen godkändes inte." in str(refused(bundle([edited]), county))


def test_a_package_for_another_delregion_is_refused(county: Any) -> None:
    assert inner_code(bundle([member(audience=SIMBA)]), county) == "E16"
    assert inner_code(bundle([member(audience=SIMBA)]), None) == "E16"


def test_a_municipality_that_is_silently_left_out_is_missed(county: Any) -> None:
    sealed = member()
    assert "Lilla Edets kommun nämns inte." in str(refused(bundle([sealed], register([sealed])), county))


def test_an_organisation_that_is_no_member_is_refused(county: Any) -> None:
    sealed = member()
    told = register([sealed], ["1462", "1421"])
    assert "Orusts kommun hör inte till delregionen." in str(refused(bundle([sealed], told), county))


@pytest.mark.parametrize("reader", ["county", "nobody"])
def test_included_means_that_the_file_is_there(county: Any, reader: str) -> None:
    receiver = county if reader == "county" else None
    sealed = member()
    assert "is included" in refused(bundle([], register([sealed], ["1462"])), receiver).detail
    assert "is missing" in refused(bundle([sealed], register([], ["1461", "1462"])), receiver).detail


def test_a_member_is_there_once(county: Any) -> None:
    twice = [member(), member(sequence=2)]
    assert "finns med två gånger" in str(refused(bundle(twice, register(twice[:1], ["1462"])), county))


def test_a_key_may_be_introduced_for_a_member(county: Any) -> None:
    sealed = member(EDET)
    told = register([sealed], ["1461"], introduces=[introduction("1462", key_of("1462"))])
    found = read(bundle([sealed], told), county)
    (nested,) = found.nested
    assert nested.key is not None
    assert (nested.key.org_name, nested.key.introduced_by, nested.key.method) == (
        "Lilla Edets kommun",
        "fyrbodal",
        "introduced",
    )
    assert [each.introduced for each in found.verdict.inside] == [False, True]
    assert [each.code for each in found.verdict.warnings] == ["W03"]
    assert "introducerat av Vårdsamverkan Fyrbodal och inte kontrollerat av er" in found.verdict.warnings[0].text


def test_a_key_that_nobody_introduced_is_unknown(county: Any) -> None:
    sealed = member(EDET)
    assert inner_code(bundle([sealed], register([sealed], ["1461"])), county) == "E10-UNKNOWNKEY"


def test_introductions_reach_no_further_than_the_members(county: Any) -> None:
    sealed = member()
    told = register([sealed], ["1462"], introduces=[introduction("1421", key_of("1421"))])
    assert "som inte hör till delregionen" in str(refused(bundle([sealed], told), county))


def test_another_key_than_the_one_we_compared_is_a_clash(county: Any) -> None:
    other = key_of("a thief")
    sealed = member(key=other)
    told = register([sealed], ["1462"], introduces=[introduction("1461", other)])
    refusal = refused(bundle([sealed], told), county)
    assert "ett annat sigill för Melleruds kommun än det ni har kontrollerat" in str(refusal)
    assert refusal.verb == "Ring avsändaren"


def test_another_key_than_the_one_introduced_before_is_told_of(county: Any) -> None:
    old = trusted(EDET, key_of("old"), introduced_by="fyrbodal")
    county.keys[old.keyid] = old
    sealed = member(EDET)
    told = register([sealed], ["1461"], introduces=[introduction("1462", key_of("1462"))])
    assert "ett annat sigill för Lilla Edets kommun" in read(bundle([sealed], told), county).verdict.warnings[0].text


def test_a_package_sealed_with_another_key_than_the_introduced_one_is_refused() -> None:
    sealed = member(EDET)
    told = register([sealed], ["1461"], introduces=[introduction("1462", key_of("other"))])
    assert inner_code(bundle([sealed], told), None) == "E10-UNKNOWNKEY"


def test_a_weak_key_is_not_introduced(county: Any) -> None:
    sealed = member()
    weak = Introduced(code="1462", name="Lilla Edet", public_key="A" * 43 + "=")
    assert inner_code(bundle([sealed], register([sealed], ["1462"], introduces=[weak])), county) == "E10-WEAKKEY"


def test_a_revoked_key_is_not_revived_by_an_introduction(county: Any) -> None:
    county.keys[key_of("1461").keyid] = trusted(MELLERUD, status="revoked")
    sealed = member()
    told = register([sealed], ["1462"], introduces=[introduction("1461", key_of("1461"))])
    assert inner_code(bundle([sealed], told), county) == "E10-REVOKED"


def test_what_was_taken_in_before_its_key_was_revoked_still_stands(county: Any) -> None:
    county.keys[key_of("1461").keyid] = trusted(MELLERUD, status="revoked")
    sealed = member()
    county.seen_below["1461"] = seen((1, sealed.digest, "2026-T2"))
    assert read(bundle([sealed]), county).nested


def test_a_replaced_key_is_good_up_to_its_last_number(county: Any) -> None:
    county.keys[key_of("1461").keyid] = trusted(MELLERUD, status="replaced", last_sequence=3)
    assert read(bundle([member(sequence=3)]), county).nested
    assert inner_code(bundle([member(sequence=4)]), county) == "E10-ROTATED"


def test_a_key_of_one_member_does_not_seal_for_another(county: Any) -> None:
    assert inner_code(bundle([member(EDET, key=key_of("1461"))], register([member(EDET)], ["1461"])), county) == "E15"


@pytest.mark.parametrize("reader", ["county", "nobody"])
def test_only_a_municipalitys_package_lies_in_a_bundle(county: Any, reader: str) -> None:
    inner = seal(
        content(
            FYRBODAL, COUNTY, tables={kinds.COMPILATION: TOTALS}, register=register([], ["1461", "1462"]), sequence=9
        ),
        key_of("fyrbodal"),
        practice=False,
    )
    digest = open_package(inner, None).digest
    nested = NestedPackage(data=inner, code="1461", period_id="2026-T2", sequence=9, digest=digest)
    assert inner_code(bundle([nested]), county if reader == "county" else None) == "E13-KIND"


@pytest.mark.parametrize("reader", ["county", "nobody"])
def test_practice_and_another_period_are_refused_inside(county: Any, reader: str) -> None:
    receiver = county if reader == "county" else None
    assert inner_code(bundle([member(practice=True)]), receiver) == "E13-TYPE"
    other = msgspec.structs.replace(member(period=parse_period("2026-T1")), period_id="2026-T2")
    assert inner_code(bundle([other]), receiver) == "E17"


@pytest.mark.parametrize("told", [{"sequence": 2}, {"digest": "cd" * 32}])
def test_what_is_signed_beside_a_file_is_what_the_file_says(county: Any, told: dict[str, Any]) -> None:
    assert inner_code(bundle([msgspec.structs.replace(member(), **told)]), county) == "E19"


def test_a_newer_code_book_inside_is_read_in_first(county: Any) -> None:
    assert inner_code(bundle([member(codebook_version=4)]), county) == "E23-CODEBOOK"


def seen(*have: tuple[int, str, str], active: int = 0) -> Replay:
    """A history of packages: number, digest, period; ``active`` counts, else the last one."""
    by_number = {number: (digest, period) for number, digest, period in have}
    number = active or max(by_number)
    return Replay(
        max_sequence=max(by_number),
        digests={digest: "2026-09-15" for _, digest, _ in have},
        by_sequence={number: digest for number, digest, _ in have},
        active_by_period={by_number[number][1]: (number, by_number[number][0])},
        known={digest: period for _, digest, period in have},
    )


def test_the_same_package_again_is_no_replay(county: Any) -> None:
    sealed = member(sequence=2)
    county.seen_below["1461"] = seen((2, sealed.digest, "2026-T2"))
    assert read(bundle([sealed]), county).nested


@pytest.mark.parametrize("known_before", [True, False])
def test_an_older_package_than_ours_is_a_rollback(county: Any, known_before: bool) -> None:
    sealed = member(sequence=2)
    older = ((2, sealed.digest, "2026-T2"),) if known_before else ()
    county.seen_below["1461"] = seen(*older, (3, "cd" * 32, "2026-T2"))
    assert inner_code(bundle([sealed]), county) == "E18-ROLLBACK"


def test_a_late_member_of_an_old_period_is_no_rollback(county: Any) -> None:
    county.seen_below["1461"] = seen((3, "cd" * 32, "2026-T3"))
    assert read(bundle([member(sequence=2)]), county).verdict.warnings == ()


def test_two_packages_with_one_number_and_a_rival_are_seen(county: Any) -> None:
    county.seen_below["1461"] = seen((1, "cd" * 32, "2026-T1"))
    assert inner_code(bundle([member()]), county) == "E18-EQUIVOCATION"
    county.seen_below["1461"] = seen((1, "cd" * 32, "2026-T2"))
    assert inner_code(bundle([member(sequence=2)]), county) == "E18-SUPERSEDES"
    assert read(bundle([member(sequence=2, supersedes=(1, "cd" * 32))]), county).nested


def test_totals_only_is_said(county: Any) -> None:
    found = read(bundle([], register([], ["1462"], reported=["1461"])), county)
    assert found.nested == ()
    assert [each.state for each in found.verdict.inside] == ["reported", "missing"]
    assert [each.code for each in found.verdict.warnings] == ["W09"]


def test_files_and_totals_are_not_mixed(county: Any) -> None:
    sealed = member()
    told = register([sealed], reported=["1462"])
    assert "både paket och bara summor" in str(refused(bundle([sealed], told), county))
