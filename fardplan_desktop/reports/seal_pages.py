"""Avsändarkort and kuvertblad as PDF: one A4 page each, the kontrollkod large enough to be read aloud from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.seal_papers import CardPaper, EnvelopePaper, SealPaper
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import clamped, heading, table_style
from fardplan_desktop.reports.qr_code import qr_figure
from fardplan_desktop.reports.tagged_flowables import Rule, SideBySide, Stack, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_CARD_SIDE, _REVOCATION_SIDE = 150.0, 170.0
_GAP = 18.0
CARD_MARK = "Avsändarkort – får spridas"
ENVELOPE_MARK = "Hemligt – förvaras i kassaskåp"


def render_card_page(paper: CardPaper, fonts: Path) -> bytes:
    """The PDF of the card; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    alt = f"QR-kod med den öppna nyckeln för {paper.organisation}. Samma uppgift finns i avsändarkortets fil."
    qr = qr_figure(paper.code, _CARD_SIDE, alt)
    steps = _steps(
        "Spara kortet, eller läs av QR-koden med en telefon och klistra in texten i Färdplan under "
        "Inställningar, Kända avsändare, Lägg till.",
        f"Ring {paper.organisation} på ett nummer ni redan har, inte ett som står på pappret eller i ett mejl.",
        "Färdplan säger vilka två grupper ni ska be om. Skriv det ni hör. Läs inte av dem härifrån.",
        "Läs upp två grupper ur er egen kod i samma samtal, så känner ni varandra åt båda hållen.",
    )
    body: list[Flowable] = [
        *_masthead(f"Avsändarkort {paper.organisation}", paper),
        heading("Kontrollkod"),
        _groups(paper.groups),
        TaggedParagraph("Den som ringer ber om två av grupperna. Läs upp dem siffra för siffra.", look.NOTE),
        heading("Så blir vi kända hos er"),
        SideBySide(qr, Stack(steps), _CARD_SIDE, _GAP),
        TaggedParagraph(f"QR-koden säger: {escape(paper.code)}", look.NOTE),
        TaggedParagraph(
            "Kortet bevisar ingenting av sig självt: vem som helst kan skriva ut ett. Det är samtalet som gör det.",
            look.NOTE,
        ),
    ]
    return _rendered(body, paper, f"Avsändarkort {paper.organisation}", CARD_MARK)


def render_envelope_page(paper: EnvelopePaper, fonts: Path) -> bytes:
    """The PDF of the kuvertblad; ``fonts`` as for the card."""
    look.register(fonts)
    body: list[Flowable] = [
        *_masthead(f"Kuvertblad {paper.organisation}", paper),
        TaggedParagraph("Lägg bladet i ett förseglat kuvert i kassaskåpet. Spara det inte på en dator.", look.LEAD),
        heading("Lösenfras"),
        TaggedParagraph(escape(paper.passphrase), look.LARGE),
        heading("Kontrollkod"),
        _groups(paper.groups),
        heading("När något händer"),
        *_steps(
            "<b>Ny dator:</b> flytta Färdplans fil dit, eller läs in nyckelfilen under Inställningar, Sigill. "
            "Skriv lösenfrasen vid nästa försegling.",
            "<b>Ny person:</b> den nya öppnar kuvertet. Sigillet är organisationens, inte personens. Byt lösenfras "
            "under Inställningar, Sigill, och skriv ut ett nytt blad.",
            f"<b>Någon obehörig har sett lösenfrasen, eller datorn är borta:</b> ring {escape(paper.office)} och säg "
            "att sigillet ska spärras. Skicka spärren nedan. Skapa sedan ett nytt sigill.",
            "<b>Lösenfrasen eller nyckeln är borta för alltid:</b> skapa ett nytt sigill och jämför kontrollkoden på "
            "nytt. Paketen som redan är skickade gäller. Filer som är krypterade till det gamla sigillet går bara "
            "att öppna med det: spara det här bladet.",
        ),
    ]
    if paper.revocation:
        body += _revocation(paper)
    return _rendered(body, paper, f"Kuvertblad {paper.organisation}", ENVELOPE_MARK)


def _masthead(title: str, paper: SealPaper) -> list[Flowable]:
    parts: list[Flowable] = [
        clamped(title, look.TITLE, sheet.WIDTH, 2, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(f"Sigillet skapat <b>{day(paper.as_of)}</b>", look.LEAD),
    ]
    if paper.replaced:
        parts.append(TaggedParagraph(escape(paper.replaced), look.LEAD))
    return parts


def _groups(groups: Sequence[str]) -> TaggedTable:
    heads: list[Flowable] = [TaggedParagraph(f"Grupp {number}", look.HEAD) for number in range(1, len(groups) + 1)]
    figures: list[Flowable] = [TaggedParagraph(f"<b>{each}</b>", look.LARGE) for each in groups]
    columns = [sheet.WIDTH / len(groups)] * len(groups)
    return TaggedTable([heads, figures], columns, table_style(row_padding=3), headed_rows=False)


def _steps(*markup: str) -> list[Flowable]:
    """Numbered, in the order to do or to look them up."""
    return [TaggedParagraph(f"{number}. {each}", look.ITEM) for number, each in enumerate(markup, 1)]


def _revocation(paper: EnvelopePaper) -> list[Flowable]:
    alt = "QR-kod med spärren. Samma text står bredvid."
    texts: list[Flowable] = [
        TaggedParagraph(
            "Den som läser in den här koden slutar lita på sigillet. Läs av den med en telefon, eller skriv av "
            "raden, och skicka texten till dem som tar emot era paket. De klistrar in den i Färdplan under "
            "Inställningar, Kända avsändare, Lägg till. Det går inte att ångra.",
            look.ITEM,
        ),
        TaggedParagraph(_breakable(paper.revocation), look.CELL_TIGHT),
    ]
    return [
        heading("Spärr, gjord i förväg"),
        SideBySide(qr_figure(paper.revocation, _REVOCATION_SIDE, alt), Stack(texts), _REVOCATION_SIDE, _GAP),
    ]


def _breakable(line: str) -> str:
    """A long line without spaces, in pieces of forty letters under each other."""
    return "<br/>".join(escape(line[start : start + 40]) for start in range(0, len(line), 40))


def _rendered(body: list[Flowable], paper: SealPaper, title: str, mark: str) -> bytes:
    page = Stack(body)
    page.wrap(*sheet.ROOM)
    return sheet.render([page], paper, title, mark=mark)
