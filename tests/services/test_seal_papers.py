"""The papers about our seal say what the seal is, and a kuvertblad is never printed with a wrong passphrase."""

from __future__ import annotations

from datetime import date

import pytest

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.exchange.key_text import read_key_text
from fardplan_desktop.exchange.revocation import read_revocation, revocation_of_text
from fardplan_desktop.services import seal_changes, seal_papers, seals
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace
from tests.services.steps import PASSPHRASE


@pytest.fixture
def own(edet: Workplace) -> OwnSeal:
    return seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)


def test_the_card_says_the_key_in_use_and_what_it_came_instead_of(edet: Workplace, own: OwnSeal) -> None:
    paper = seal_papers.card_paper(edet)
    assert " ".join(paper.groups) == own.check_code
    assert (paper.as_of, paper.replaced, read_key_text(paper.code).org_code) == (date(2026, 9, 14), "", "1462")
    seal_changes.change_seal(edet, passphrase=PASSPHRASE, new_passphrase="en-annan-lösenfras", reason="Ny", rounds=1)
    assert seal_papers.card_paper(edet).replaced == "Ersätter sigillet från 2026-09-14."
    assert seal_papers.card_paper(edet).groups != paper.groups


def test_the_kuvertblad_holds_what_was_tried_and_a_revocation_that_works(edet: Workplace, own: OwnSeal) -> None:
    with pytest.raises(KeyProblem, match="Sigillet går inte att öppna"):
        seal_papers.envelope_pdf(edet, passphrase="fel lösenfras helt")
    paper = seal_papers.envelope_paper(edet, passphrase=PASSPHRASE)
    assert (paper.passphrase, paper.office) == (PASSPHRASE, "Vårdsamverkan Fyrbodal")
    assert read_revocation(revocation_of_text(paper.revocation) or b"").keyid == own.key_id
    assert seal_papers.envelope_pdf(edet, passphrase=PASSPHRASE).startswith(b"%PDF-")


def test_without_a_seal_there_is_nothing_to_print(edet: Workplace) -> None:
    with pytest.raises(KeyProblem, match="inget sigill än"):
        seal_papers.card_pdf(edet)
