"""One test for each code of the verification algorithm: what a forger does, and which step says no."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.domain.verdicts import TrustedKey, Verdict
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import MAX_FILE
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.sshsig import make_sshsig
from fardplan_desktop.exchange.verify import open_package

Change = Callable[[Any], None]
OTHER = "e" * 64


def refused(data: bytes, receiver: Any) -> Verdict:
    with pytest.raises(Refusal) as caught:
        open_package(data, receiver)
    return verdict_of(caught.value)


def code_of(data: bytes, receiver: Any) -> str:
    return refused(data, receiver).code


def test_a_right_package_from_a_known_sender_is_new(package: bytes, office: Any) -> None:
    verdict = open_package(package, office).verdict
    assert (verdict.outcome, verdict.code, verdict.word, verdict.verb) == ("ok", "OK", "Ny", "Läs in")
    assert (verdict.trust, verdict.issuer_name, verdict.period) == ("checked", "Melleruds kommun", "2026-T2")
    assert verdict.counts["data/antal.jsonl"] == 3
    assert [each.code for each in verdict.warnings] == ["W07"]


def test_a_file_above_the_limit_is_refused_as_E04(office: Any) -> None:
    assert code_of(bytes(MAX_FILE + 1), office) == "E04"


def test_a_package_without_its_parts_in_order_is_refused_as_E07(forge: Any, office: Any) -> None:
    parts = forge.members()
    wrong = [("mimetype", b"application/zip"), *parts[1:]]
    extra = [*parts[:3], ("META-INF/manifest.xml", b""), *parts[3:]]
    for members in (parts[1:], parts[:1] + parts[2:], wrong, extra, [*parts[:3], *reversed(parts[3:])], []):
        assert code_of(write_container(members) if members else write_container(parts[:1]), office) == "E07"


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.update(payloadType="application/json"),
        lambda e: e.update(alg="none"),
        lambda e: e.pop("payload"),
        lambda e: e.update(payload=e["payload"] + "===="),
        lambda e: e.update(payload="x" * 600_000),
        lambda e: e.update(signatures=e["signatures"] * 2),
        lambda e: e.update(signatures="x"),
        lambda e: e["signatures"][0].update(keyid="ABC"),
        lambda e: e["signatures"][0].update(sig="not base64"),
        lambda e: e["signatures"][0].update(sig=["x"]),
    ],
)
def test_an_envelope_of_another_form_is_refused_as_E08(forge: Any, office: Any, change: Change) -> None:
    change(forge.envelope)
    assert code_of(forge.with_envelope(forge.envelope), office) == "E08"


def test_an_envelope_in_another_spelling_is_refused_as_E08(forge: Any, office: Any) -> None:
    parts = forge.members()
    parts[1] = (parts[1][0], parts[1][1].replace(b'":', b'": '))
    assert code_of(write_container(parts), office) == "E08"


def test_a_package_without_a_seal_is_refused_as_E09(forge: Any, office: Any) -> None:
    assert code_of(forge.with_envelope(forge.envelope | {"signatures": []}), office) == "E09"
    forge.envelope["signatures"][0]["sig"] = ""
    verdict = refused(forge.with_envelope(forge.envelope), office)
    assert (verdict.code, verdict.word) == ("E09", "Sigillet stämmer inte")


def test_an_unknown_key_is_refused_as_E10_and_names_whom_to_call(package: bytes, new_office: Any, key: Any) -> None:
    verdict = refused(package, new_office())
    assert (verdict.code, verdict.word, verdict.verb) == ("E10-UNKNOWNKEY", "Okänd avsändare", "Ring och jämför")
    assert verdict.message == "Okänd avsändare. Ring Melleruds kommun och jämför kontrollkoden."
    assert (verdict.keyid, verdict.issuer_code, verdict.trust) == (key.keyid, "1461", "unknown")
    assert len(verdict.check_code) == 35


def test_an_unknown_key_whose_seal_is_broken_names_nobody(forge: Any, new_office: Any) -> None:
    forge.envelope["signatures"][0]["sig"] = b64encode(bytes(64)).decode()
    verdict = refused(forge.with_envelope(forge.envelope), new_office())
    assert (verdict.code, verdict.issuer_code) == ("E10-UNKNOWNKEY", "")
    assert "Mellerud" not in verdict.message


def test_the_name_in_a_package_is_never_shown(forge: Any, new_office: Any) -> None:
    forge.predicate["issuer"]["name"] = "Polisen"
    assert "Polisen" not in repr(refused(forge.build(), new_office()))


def test_a_revoked_key_is_refused_as_E10_REVOKED(package: bytes, office: Any, trusted: TrustedKey) -> None:
    office.keys[trusted.keyid] = msgspec.structs.replace(trusted, status="revoked", note="Datorn är stulen.")
    verdict = refused(package, office)
    assert verdict.code == "E10-REVOKED"
    assert "Datorn är stulen." in verdict.message


def test_a_replaced_key_vouches_only_up_to_its_last_number(package: bytes, office: Any, trusted: TrustedKey) -> None:
    office.keys[trusted.keyid] = msgspec.structs.replace(trusted, status="replaced", last_sequence=0)
    assert code_of(package, office) == "E10-ROTATED"
    office.keys[trusted.keyid] = msgspec.structs.replace(trusted, status="replaced", last_sequence=1)
    assert open_package(package, office).verdict.outcome == "ok"


def test_a_weak_or_mistaken_trusted_key_is_refused_as_E10_WEAKKEY(
    package: bytes, office: Any, trusted: TrustedKey
) -> None:
    for public in (bytes(32), b"\xff" * 32, SigningKey(bytes(32)).public):
        office.keys[trusted.keyid] = msgspec.structs.replace(trusted, public=public)
        assert code_of(package, office) == "E10-WEAKKEY"


def test_a_signature_over_other_bytes_is_refused_as_E11(forge: Any, office: Any) -> None:
    forge.envelope["payload"] = b64encode(forge.payload.replace(b'"sequence":1', b'"sequence":2')).decode()
    verdict = refused(forge.with_envelope(forge.envelope), office)
    assert (verdict.code, verdict.word) == ("E11", "Sigillet stämmer inte")


def test_a_signature_with_a_second_spelling_is_refused_as_E11(forge: Any, office: Any) -> None:
    """Adding the group order to s gives an equation that still holds; strict verifiers refuse it."""
    order = 2**252 + 27742317777372353535851937790883648493
    signature = b64decode(forge.envelope["signatures"][0]["sig"])
    s = int.from_bytes(signature[32:], "little") + order
    forge.envelope["signatures"][0]["sig"] = b64encode(signature[:32] + s.to_bytes(32, "little")).decode()
    assert code_of(forge.with_envelope(forge.envelope), office) == "E11"


def test_a_second_signature_that_is_wrong_is_refused_as_E11_SSHSIG(forge: Any, office: Any) -> None:
    other = SigningKey(b"\1" * 32)
    right = make_sshsig(forge.payload, forge.key)
    for wrong in (
        make_sshsig(b"other", forge.key),
        make_sshsig(forge.payload, other),
        right + b"\n",
        right.replace(b"\n", b"\r\n"),
        b"",
        b"\xff",
        b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
    ):
        parts = forge.members()
        parts[2] = (parts[2][0], wrong)
        assert code_of(write_container(parts), office) == "E11-SSHSIG"


def test_a_package_without_the_second_signature_is_accepted_from_a_known_sender(forge: Any, office: Any) -> None:
    parts = forge.members()
    data = write_container([*parts[:2], *parts[3:]])
    assert open_package(data, office).verdict.outcome == "ok"
    assert code_of(data, None) == "E10-UNKNOWNKEY"


def test_a_statement_in_another_spelling_is_refused_as_E12(forge: Any, office: Any) -> None:
    for payload in (
        forge.payload + b" ",
        b"[",
        b"\xff",
        b'{"a":1,"a":1}',
        b"[" * 99,
        forge.payload.replace(b":1,", b":1.0,"),
    ):
        assert code_of(forge.build(payload), office) == "E12"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s.update(_type="https://in-toto.io/Statement/v0.1"), "E13-TYPE"),
        (lambda s: s.update(predicateType="https://slsa.dev/provenance/v1"), "E13-TYPE"),
        (lambda s: s.update(predicateType=5), "E13-TYPE"),
        (lambda s: s.update(predicateType="https://fardplan.example/ns/ovning/v1"), "E13-TYPE"),
        (lambda s: s.update(predicateType="https://fardplan.example/ns/paket/v2"), "E13-NEWER"),
        (lambda s: s["predicate"].update(formatVersion="2.0"), "E13-NEWER"),
        (lambda s: s["subject"][1]["annotations"].update(schema="aktivitet/2"), "E13-NEWER"),
        (lambda s: s["predicate"].update(critical=["kryptering"]), "E13-CRITICAL"),
        (lambda s: s["predicate"].update(kind="delregion"), "E13-KIND"),
    ],
)
def test_another_type_version_or_kind_is_refused_as_E13(forge: Any, office: Any, change: Change, code: str) -> None:
    change(forge.statement)
    assert code_of(forge.build(), office) == code


def test_what_a_package_requires_is_shown_without_tricks_of_writing(forge: Any, office: Any) -> None:
    forge.predicate["critical"] = ["\u202ekryptering"]
    assert "”\\u202ekryptering”" in refused(forge.build(), office).message


def test_a_practice_store_and_a_real_store_refuse_each_others_packages(
    content: PackageContent, package: bytes, key: SigningKey, office: Any
) -> None:
    practice = seal(content, key, practice=True)
    assert code_of(practice, office) == "E13-TYPE"
    office.practice = True
    assert code_of(package, office) == "E13-TYPE"
    assert open_package(practice, office).verdict.practice


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.update(extra=1),
        lambda p: p["period"].update(extra=1),
        lambda p: p.pop("approvedBy"),
        lambda p: p.pop("codeBook"),
        lambda p: p.update(format=None),
        lambda p: p.update(formatVersion="1"),
        lambda p: p.update(kind="okand"),
        lambda p: p.update(sequence=0),
        lambda p: p.update(sequence=1_000_001),
        lambda p: p.update(sequence=True),
        lambda p: p.update(supersedes={"sequence": 1, "statementSha256": OTHER}),
        lambda p: p.update(approvedAt="2026-02-30T00:00:00Z"),
        lambda p: p.update(approvedAt="2026-9-1T9:00:00Z"),
        lambda p: p.update(keyId="x"),
        lambda p: p.update(audience=[]),
        lambda p: p.update(audience=p["audience"] * 5),
        lambda p: p.update(historyHead=None),
        lambda p: p["issuer"].update(code="9999"),
        lambda p: p["issuer"].update(code="14 1"),
        lambda p: p["issuer"].update(code="simba"),
        lambda p: p["issuer"].update(type="lan"),
        lambda p: p["issuer"].update(name="M\u202eellerud"),
        lambda p: p["issuer"].update(name="x" * 121),
        lambda p: p["approvedBy"].update(noPersonalData=False),
        lambda p: p["approvedBy"].update(function="x" * 81),
        lambda p: p["codeBook"].update(version=0),
    ],
)
def test_an_invalid_field_is_refused_as_E14(forge: Any, office: Any, change: Change) -> None:
    change(forge.predicate)
    assert code_of(forge.build(), office) == "E14"


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.append(s[0]),
        lambda s: s.clear(),
        lambda s: s[0].update(name="../x"),
        lambda s: s[0].update(mediaType="text/html"),
        lambda s: s[0].update(mediaType="application/jsonl"),
        lambda s: s[1].update(mediaType="application/pdf"),
        lambda s: s[1].update(name="data/annat.jsonl"),
        lambda s: s[1]["digest"].update(sha256="A" * 64),
        lambda s: s[1]["digest"].update(md5="x"),
        lambda s: s[1]["annotations"].pop("records"),
        lambda s: s[1]["annotations"].update(schema="annat/1"),
        lambda s: s[1]["annotations"].update(records=99),
    ],
)
def test_an_invalid_list_of_members_is_refused_as_E14(forge: Any, office: Any, change: Change) -> None:
    change(forge.statement["subject"])
    assert code_of(forge.build(), office) == "E14"


def test_an_attachment_that_is_no_pdf_is_refused_as_E14(forge: Any, office: Any) -> None:
    forge.put("bilagor/bilaga.pdf", b"MZ\x90")
    del next(s for s in forge.statement["subject"] if s["name"].startswith("bilagor"))["annotations"]["records"]
    assert code_of(forge.build(), office) == "E14"


def test_a_key_that_seals_for_another_sender_is_refused_as_E15(
    package: bytes, office: Any, trusted: TrustedKey, forge: Any
) -> None:
    for wrong in ({"org_code": "1462", "org_name": "Lilla Edets kommun"}, {"org_level": Level.DELREGION}):
        office.keys[trusted.keyid] = msgspec.structs.replace(trusted, **wrong)
        assert code_of(package, office) == "E15"
    office.keys[trusted.keyid] = trusted
    forge.predicate["keyId"] = OTHER
    assert code_of(forge.build(), office) == code_of(forge.build(), None) == "E15"


def test_a_package_to_somebody_else_is_refused_as_E16(forge: Any, office: Any) -> None:
    forge.predicate["audience"] = [{"type": "delregion", "code": "simba", "name": "Polisen"}]
    verdict = refused(forge.build(), office)
    assert verdict.code == "E16"
    assert verdict.message == "Paketet är ställt till SIMBA, inte till er. Meddela avsändaren."


@pytest.mark.parametrize(
    "period",
    [
        {"id": "2026-T4", "from": "2026-05-01", "to": "2026-08-31"},
        {"id": "2026-T2", "from": "2026-05-01", "to": "2026-08-30"},
        {"id": "2026-Q2", "from": "2026-04-01", "to": "2026-06-30"},
    ],
)
def test_a_wrong_period_is_refused_as_E17(forge: Any, office: Any, period: dict[str, str]) -> None:
    forge.predicate["period"] = period
    assert code_of(forge.build(), office) == "E17"


def test_another_period_type_is_right_where_it_is_the_one_reported(forge: Any, office: Any) -> None:
    forge.predicate["period"] = {"id": "2026-05", "from": "2026-05-01", "to": "2026-05-31"}
    office.reporting_type = PeriodType.MONTH
    assert open_package(forge.build(), office).verdict.period == "2026-05"


def test_a_newer_code_book_is_refused_as_E23(package: bytes, office: Any) -> None:
    office.codebook_version = 2
    assert refused(package, office).word == "Annan version av mått och listor"


def test_a_member_added_or_left_out_is_refused_as_E19(forge: Any, office: Any, forge_again: Any) -> None:
    forge.data["bilagor/extra.pdf"] = b"%PDF-"
    assert code_of(forge.build(), office) == "E19"
    del forge_again.data["data/antal.jsonl"]
    assert code_of(forge_again.build(), office) == "E19"
    forge_again.statement["subject"] = [s for s in forge_again.statement["subject"] if "antal" not in s["name"]]
    assert code_of(forge_again.build(), office) == "E19"


def test_too_many_attachments_are_refused_as_E04_COUNT(content: PackageContent, key: SigningKey) -> None:
    attachments = {f"b{number}.pdf": b"%PDF-" for number in range(9)}
    with pytest.raises(Refusal) as caught:
        seal(msgspec.structs.replace(content, attachments=attachments), key, practice=False)
    assert caught.value.code == "E04-COUNT"


def test_an_edited_member_is_refused_as_E20(forge: Any, office: Any) -> None:
    forge.data["data/antal.jsonl"] = forge.data["data/antal.jsonl"].replace(b'"n":0', b'"n":1')
    verdict = refused(forge.build(), office)
    assert (verdict.code, verdict.word) == ("E20", "Sigillet stämmer inte")
    assert (verdict.issuer_name, verdict.sequence) == ("Melleruds kommun", 1)


def test_a_false_checksum_is_refused_as_E05_CRC(forge: Any, office: Any) -> None:
    crc = zlib.crc32(forge.data["data/antal.jsonl"]).to_bytes(4, "little")
    data = forge.build()
    assert data.count(crc) == 2
    assert code_of(data.replace(crc, b"\1\2\3\4"), office) == "E05-CRC"


def test_a_field_of_a_newer_minor_version_is_a_warning(forge: Any, office: Any) -> None:
    forge.predicate.update({"formatVersion": "1.7", "nytt": {"a": 1}})
    warning = open_package(forge.build(), office).warnings[0]
    assert (warning.code, "nytt" in warning.text) == ("W04", True)
    del forge.predicate["nytt"]
    assert all(each.code != "W04" for each in open_package(forge.build(), office).warnings)


def test_without_a_store_the_seal_is_tried_but_not_the_sender(package: bytes, key: SigningKey) -> None:
    opened = open_package(package, None)
    assert (opened.verdict.trust, opened.verdict.issuer_name, opened.public) == ("unknown", "", key.public)
    assert opened.verdict.message == "Sigillet är helt. Vem avsändaren är har inte prövats."


def test_without_a_store_a_key_that_is_not_the_envelopes_is_not_used(forge: Any) -> None:
    parts = forge.members()
    parts[2] = (parts[2][0], make_sshsig(forge.payload, SigningKey(b"\2" * 32)))
    assert code_of(write_container(parts), None) == "E10-UNKNOWNKEY"
