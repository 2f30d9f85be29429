"""The printed papers about our seal: the card that others know it by, and the kuvertblad for the safe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fardplan_desktop.domain.deliveries import SigningKeyRecord
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.seal_papers import CardPaper, EnvelopePaper
from fardplan_desktop.exchange.key_text import key_text
from fardplan_desktop.exchange.keys import check_code
from fardplan_desktop.exchange.revocation import revocation_text
from fardplan_desktop.host import paths
from fardplan_desktop.services import seals
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored


def card_pdf(workplace: Workplace) -> bytes:
    """The card on paper, which may be spread; the same seal gives the same bytes. Raises KeyProblem without a seal."""
    from fardplan_desktop.reports.seal_pages import render_card_page

    return render_card_page(card_paper(workplace), paths.fonts())


def envelope_pdf(workplace: Workplace, *, passphrase: str) -> bytes:
    """The kuvertblad; the passphrase is tried first, so that what lies in the safe is right. Raises KeyProblem."""
    from fardplan_desktop.reports.seal_pages import render_envelope_page

    return render_envelope_page(envelope_paper(workplace, passphrase=passphrase), paths.fonts())


def save_pdf(workplace: Workplace, *, pdf: bytes, path: Path) -> Path:
    """Write one of them where the user said. Raises WorldError."""
    return save_file(path, pdf)


def card_paper(workplace: Workplace) -> CardPaper:
    """What the card says. Raises KeyProblem without a seal."""
    record, replaced = _in_use(workplace)
    book = workplace.codebook
    return CardPaper(
        organisation=workplace.organisation.name,
        as_of=date.fromisoformat(record.created_at[:10]),
        demo=workplace.demo,
        data_version=f"Sigill {record.key_id[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        groups=tuple(check_code(record.public).split()),
        replaced=replaced,
        code=key_text(workplace.organisation.code, record.public),
    )


def envelope_paper(workplace: Workplace, *, passphrase: str) -> EnvelopePaper:
    """What the kuvertblad says. Raises KeyProblem for a wrong passphrase, or without a seal."""
    seals.open_seal(workplace, passphrase=passphrase)
    card = card_paper(workplace)
    record, _ = _in_use(workplace)
    said = {name: getattr(card, name) for name in card.__struct_fields__ if name != "code"}
    return EnvelopePaper(
        **said,
        passphrase=passphrase,
        revocation=revocation_text((record.revocation or "").encode("ascii")),
        office=_office(workplace),
    )


def _in_use(workplace: Workplace) -> tuple[SigningKeyRecord, str]:
    """The key in use, and a sentence about the one before it."""
    known = stored.own_keys(workplace.store)
    record = next((each for each in known if each.active), None)
    if record is None:
        raise KeyProblem("Ni har inget sigill än.", todo="Skapa det under Inställningar, Sigill.")
    before = [each for each in known if not each.active and each.created_at < record.created_at]
    return record, f"Ersätter sigillet från {before[-1].created_at[:10]}." if before else ""


def _office(workplace: Workplace) -> str:
    """Whom to tell that a seal is to be revoked: those who take in what it seals."""
    own, book = workplace.organisation, workplace.codebook
    if own.level is Level.MUNICIPALITY:
        return book.delregion_of(own.code, workplace.today).name
    return book.county.name if own.level is Level.DELREGION else "delregionerna"
