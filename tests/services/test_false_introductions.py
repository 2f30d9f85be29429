"""A delregion that puts a package of its own making into its bundle, under a key that it says is the municipality's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.exchange.keys import SigningKey, public_text
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import deliveries, intake, seals, trust
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.store import packages
from tests.exchange.conftest import Forge
from tests.services.steps import PASSPHRASE, believe
from tests.services.test_bundles import ALE, PERIOD, Chain, value

FALSE = SigningKey(bytes([33]) * 32)


class Dishonest(Chain):
    """SIMBA, which has Ale's package number 1 and reports 400 in Ale's name as number 2."""

    def false_bundle(self, sealed: Sealed) -> Path:
        forge = Forge(sealed.file.read_bytes(), self._key)
        (genuine,) = (each for each in forge.data if each.startswith(f"paket/{ALE}"))
        data = self._false_package(forge.data.pop(genuine))
        name = genuine.replace("0001", "0002")
        forge.data[name] = data
        subject = next(each for each in forge.statement["subject"] if each["name"] == genuine)
        subject["name"], subject["digest"]["sha256"] = name, hashlib.sha256(data).hexdigest()
        digest = open_package(data, None).digest
        subject["annotations"] |= {"size": len(data), "sequence": 2, "statementSha256": digest}
        forge.statement["subject"].sort(key=lambda each: str(each["name"]))
        for each in forge.predicate["introduces"]:
            if each["code"] == ALE:
                each["publicKey"] = public_text(FALSE.public)
        self.renumber(forge, 2)
        file = self._folder / "falsk.fardpaket"
        file.write_bytes(forge.build())
        return file

    def genuine_bundle(self) -> Path:
        """With Ale's own correction, as an honest successor at SIMBA would send it."""
        deliveries.reopen(self.store_of(ALE), period=PERIOD, reason="Felräknat.")
        self.report(ALE, reason="Felräknat.", SIP08=5)
        sealed = self.send(reason="Ale har rättat.")
        forge = Forge(sealed.file.read_bytes(), self._key)
        self.renumber(forge, 3)
        sealed.file.write_bytes(forge.build())
        return sealed.file

    def renumber(self, forge: Forge, sequence: int) -> None:
        """After what the county has, which SIMBA's store knows nothing of."""
        received = packages.list_deliveries(self.county.store, Direction.RECEIVED)
        last = next(each for each in received if each.kind == "delregion" and each.active)
        replaced = {"sequence": last.sequence, "statementSha256": last.digest}
        forge.predicate.update(sequence=sequence, supersedes=replaced)

    @property
    def _key(self) -> SigningKey:
        return seals.open_seal(self.simba, passphrase=PASSPHRASE)

    def _false_package(self, genuine: bytes) -> bytes:
        forge = Forge(genuine, FALSE)
        replaced = {"sequence": 1, "statementSha256": open_package(genuine, None).digest}
        forge.predicate.update(keyId=FALSE.keyid, sequence=2, supersedes=replaced)
        forge.put("data/antal.jsonl", forge.data["data/antal.jsonl"].replace(b'"n":4', b'"n":400'))
        return forge.build()


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Dishonest]:
    made = Dishonest(tmp_path, PERIOD)
    yield made
    made.close()


def test_one_call_to_the_municipality_puts_everything_right(chain: Dishonest) -> None:
    """Ale has done nothing, so it has no new seal to show: the one it has always had is its own, and counts again."""
    for code, number in {ALE: 4, "1482": 7, "1415": 2, "1419": 1}.items():
        chain.report(code, SIP08=number)
    sealed = chain.send()
    chain.take_in(sealed)
    (result,) = intake.receive(chain.county, paths=[chain.false_bundle(sealed)])
    assert any("ett annat sigill för Ale kommun" in each.text for each in result.verdict.warnings)
    assert value(chain.at(chain.county))[0] == 410
    genuine = chain.genuine_bundle()
    (result,) = intake.receive(chain.county, paths=[genuine])
    assert result.verdict.code == "E22"
    assert result.verdict.message.endswith("Ring Ale kommun och jämför kontrollkoden.")
    card = chain.county.store.path.with_name("ale.nyckelkort")
    card.write_bytes(seals.kept_card(chain.store_of(ALE)))
    believe(chain.county, card)
    assert value(chain.at(chain.county))[0] == 14, "what the false key had sealed counts no more"
    states = {each.keyid: (each.status, each.introduced_by) for each in trust.senders(chain.county)}
    own = seals.own_seal(chain.store_of(ALE))
    assert own is not None
    assert (states[own.key_id], states[FALSE.keyid][0]) == (("active", None), "revoked")
    assert intake.receive(chain.county, paths=[genuine])[0].verdict.code == "OK"
    assert value(chain.at(chain.county))[0] == 15
