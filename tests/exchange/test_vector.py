"""The published test vector: these bytes must never change, or old packages can no longer be verified."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from fardplan_desktop.exchange.container import read_container, write_container
from fardplan_desktop.exchange.envelope import make_envelope, pae, read_envelope
from fardplan_desktop.exchange.keys import SigningKey, check_code
from fardplan_desktop.exchange.sshsig import make_sshsig, read_sshsig

KEYID = "37c16a9bd594b6114e66622f30b73f88768faad7f3b218f2c80bd9e4d79e2521"
DATA = """{"id":"A1401-000001","kommun":"1401","malomrade":1,"status":"klar","titel":"Åtgärd ett"}
{"id":"A1401-000002","kommun":"1401","malomrade":2,"status":"planerad","titel":"Åtgärd två"}
""".encode()
STATEMENT = (
    '{"_type":"https://in-toto.io/Statement/v1","predicate":{"approvedAt":"2026-09-01T09:00:00Z",'
    '"audience":[{"code":"DR1","name":"Delregion Ett","type":"delregion"}],"critical":[],"format":"fardplan-paket",'
    '"formatVersion":"1.0","generator":{"name":"Färdplan Desktop","version":"1.0.0"},'
    '"issuer":{"code":"1401","name":"Kommun 1401","type":"kommun"},'
    '"keyId":"37c16a9bd594b6114e66622f30b73f88768faad7f3b218f2c80bd9e4d79e2521","kind":"kommun",'
    '"period":{"from":"2026-05-01","id":"2026-T2","to":"2026-08-31"},"sequence":1,"supersedes":null},'
    '"predicateType":"https://fardplan.example/ns/paket/v1","subject":[{"annotations":'
    '{"records":2,"schema":"aktivitet/1","size":187},'
    '"digest":{"sha256":"5aead68605d00c7e805bb5513066efc8719b0d36d40f417132d350e58aec9273"},'
    '"mediaType":"application/jsonl","name":"data/aktiviteter.jsonl"}]}'
).encode()


@pytest.fixture
def demo_key() -> SigningKey:
    return SigningKey(hashlib.sha256(b"demo:1401").digest())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def members(key: SigningKey) -> list[tuple[str, bytes]]:
    return [
        ("mimetype", b"application/vnd.fardplan.paket+zip"),
        ("META-INF/statement.dsse.json", make_envelope(STATEMENT, key)),
        ("META-INF/statement.sshsig", make_sshsig(STATEMENT, key)),
        ("data/aktiviteter.jsonl", DATA),
    ]


def test_the_key_has_the_published_id_and_check_code(demo_key: SigningKey) -> None:
    assert demo_key.public.hex() == "db4948c9c143ef84d79ae32ae56109d0d0f1e71dea1857c0a9d189a6cc8a3b16"
    assert demo_key.keyid == KEYID
    assert check_code(demo_key.public) == "36084 90016 43983 72359 08841 40321"


def test_the_signing_bytes_and_the_signature_are_the_published_ones(demo_key: SigningKey) -> None:
    assert (len(STATEMENT), sha256(STATEMENT)) == (
        814,
        "ee3d51ce9a96e40ef1e95fbfc27ac6dc84e83cbc5a710fd06e13de2a2ed7c95a",
    )
    assert sha256(pae(STATEMENT)) == "ac807e4d61a467ed2a753dce2cee96045de1070dcb48c08df4b0848ab05a0ca5"
    assert b64encode(read_envelope(make_envelope(STATEMENT, demo_key)).signature) == (
        b"ExZmBcwhm9Nd8Lol7fmMLhldGBlLIiwXrFhJT0gwzVLMdtcDhQr0JzqjoEmH4rtT/1NpfC5e9XX76FtNEosgDA=="
    )


def test_the_container_is_the_published_file_with_and_without_the_second_signature(demo_key: SigningKey) -> None:
    parts = members(demo_key)
    whole = write_container(parts)
    assert (len(whole), sha256(whole)) == (
        2363,
        "317c1111de1e48cd4ff4a5ed75bc67c526b4ddecfb88b3db2dc6a2e7a4baa290",
    )
    assert (len(parts[2][1]), sha256(parts[2][1])) == (
        314,
        "6344e3ceb71a06ff806874e8ee68ebec1dca17f8be7c3527d8933d412ee0e25e",
    )
    bare = write_container([parts[0], parts[1], parts[3]])
    assert (len(bare), sha256(bare)) == (
        1923,
        "5b668cce876a535e4de51bb900bc605c59526897f9bd6ebf7e57860ac3723d87",
    )


def test_the_reader_gets_back_what_the_vector_holds(demo_key: SigningKey) -> None:
    found = read_container(write_container(members(demo_key)))
    assert [(each.name, each.content, each.intact) for each in found] == [
        (name, content, True) for name, content in members(demo_key)
    ]
    envelope = read_envelope(found[1].content)
    envelope.check(demo_key.public)
    assert (envelope.payload, envelope.keyid) == (STATEMENT, KEYID)
    second = read_sshsig(found[2].content)
    second.check(STATEMENT)
    assert second.public == demo_key.public
