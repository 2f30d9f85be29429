"""What the invented county is told with: activities, deviations and sizes. Nothing here is anybody's real figure.

The deviations are the examples of the domain model 3.4, de-identified; the sizes are an invented scale of how much
happens in a municipality, not its population.
"""

from __future__ import annotations

from typing import NamedTuple

CASES_A_MONTH = {
    "1480": 190, "1490": 46, "1481": 24, "1488": 24, "1485": 23, "1496": 23, "1494": 17, "1463": 16, "1489": 16,
    "1441": 15, "1402": 15, "1401": 14, "1482": 14, "1499": 14, "1487": 15, "1440": 13, "1462": 9, "1438": 2,
    "1439": 2, "1444": 2, "1446": 2, "1445": 2, "1443": 3, "1447": 3, "1484": 4,
}  # fmt: skip
"""SIP offered in an ordinary month; the others get ``USUAL_CASES``."""
USUAL_CASES = (4, 9)


class OwnActivity(NamedTuple):
    """An activity a municipality has thought of itself. Months count from the last one that is reported."""

    title: str
    method: str
    responsible: str
    goal: str
    starts: int
    ends: int
    outcome: str
    """The status it ends with."""
    forecast: str
    comment: str


OWN_ACTIVITIES = (
    OwnActivity(
        "Utse fast omsorgskontakt för alla med hemtjänst", "A4", "Enhetschef hemtjänst",
        "Alla som vill har en namngiven fast omsorgskontakt.", -24, -4, "klar", "enligt-plan",
        "Alla hemtjänstgrupper är klara.",
    ),
    OwnActivity(
        "Gemensam SIP-utbildning med vårdcentralen", "A4", "Verksamhetsutvecklare",
        "Personal i båda verksamheterna kan kalla till och leda ett SIP-möte.", -21, 2, "pagar", "enligt-plan",
        "Tre av fyra utbildningstillfällen är genomförda.",
    ),
    OwnActivity(
        "Rutin för läkarmedverkan på särskilt boende", "A3", "Medicinskt ansvarig sjuksköterska",
        "Läkare nås samma dag vid försämring.", -18, -2, "pagar", "risk",
        "Rutinen är skriven men inte beslutad av vårdcentralen.",
    ),
    OwnActivity(
        "Anhörigcafé tillsammans med föreningslivet", "A1", "Anhörigsamordnare",
        "Anhöriga har någonstans att träffas varje månad.", -16, 6, "pagar", "enligt-plan",
        "Caféet hålls första tisdagen i varje månad.",
    ),
    OwnActivity(
        "Trygg hemgång de första 72 timmarna", "A2", "Enhetschef korttidsenheten",
        "Ingen återinskrivning på grund av brister i planeringen.", -22, -6, "pagar", "nar-inte-malet",
        "Rekryteringen till teamet har dragit ut på tiden.",
    ),
    OwnActivity(
        "Uppsökande samtal om ofrivillig ensamhet", "A1", "Enhetschef förebyggande",
        "Alla som fyller 80 år erbjuds ett samtal.", -12, 8, "pagar-delvis", "enligt-plan",
        "Samtalen har börjat i två av fyra områden.",
    ),
    OwnActivity(
        "Digitala SIP-möten som förstahandsval för skolan", "A5", "Samordnare elevhälsa",
        "Vårdnadshavare kan delta utan att ta ledigt.", 1, 10, "planerad", "enligt-plan",
        "Startar efter upphandlingen av mötesrum.",
    ),
)  # fmt: skip


class DeviationExample(NamedTuple):
    """A kind of deviation; ``causes`` and ``action`` are what the other party answers."""

    category: str
    kind: str
    reporter: str
    counterpart: str
    document: str
    consequence: str
    severity: str
    likelihood: str
    summary: str
    causes: tuple[str, ...]
    action: str
    action_text: str
    stage: str | None = None


DEVIATIONS = (
    DeviationExample(
        "lakemedel", "styrdokument-foljdes-inte", "kommunal-halso-och-sjukvard", "vardcentral", "lakemedelsrutin",
        "risk-tillbud", "mattlig", "stor", "Ordinationen stämde inte med läkemedelslistan. Upptäcktes före givning.",
        ("kommunikation-och-information",), "andrad-rutin", "Listan lämnas alltid över vid ändrad ordination.",
    ),
    DeviationExample(
        "informationsoverforing", "styrdokument-foljdes-inte", "vard-och-omsorg", "sjukhus-somatik",
        "rutin-in-utskrivning", "merarbete", "mindre", "stor",
        "Uppgifter om den enskildes behov saknades vid överrapporteringen.",
        ("kommunikation-och-information", "procedurer-rutiner-och-riktlinjer"), "dialog-mellan-parter",
        "Genomgång av rapportmallen med avdelningen.",
    ),
    DeviationExample(
        "lakemedel", "overenskommen-insats-utfordes-inte", "kommunal-halso-och-sjukvard", "annat", "lakemedelsrutin",
        "fordrojd-insats", "mattlig", "liten", "Leveransen av dosförpackade läkemedel var felaktig och fick göras om.",
        ("procedurer-rutiner-och-riktlinjer",), "fortydligat-ansvar", "Kontroll av leveransen samma dag.",
    ),
    DeviationExample(
        "in-och-utskrivning-fran-slutenvard", "styrdokument-foljdes-inte", "kommunal-halso-och-sjukvard",
        "sjukhus-somatik", "rutin-in-utskrivning", "risk-tillbud", "betydande", "stor",
        "Läkemedelslistan saknades vid utskrivningen.",
        ("procedurer-rutiner-och-riktlinjer",), "andrad-rutin", "Checklista vid utskrivning används på avdelningen.",
    ),
    DeviationExample(
        "sip-och-samordning", "styrdokument-foljdes-inte", "socialtjanst-individ-och-familj", "psykiatri-bup",
        "riktlinje-sip", "fordrojd-insats", "mattlig", "stor", "Kallelsen till SIP-mötet kom för sent.",
        ("omgivning-och-organisation",), "information-utbildning", "Utbildning i kallelserutinen.",
        "kalla-bjud-in-till-sip-mote",
    ),
    DeviationExample(
        "sip-och-samordning", "overenskommen-insats-utfordes-inte", "elevhalsa-skola", "habilitering", "riktlinje-sip",
        "utebliven-insats", "mattlig", "liten", "Den kallade parten uteblev från SIP-mötet utan att meddela sig.",
        ("samverkan-ansvarsfordelning-mellan-huvudman",), "dialog-mellan-parter", "Ersättare utses vid förhinder.",
        "sip-mote",
    ),
    DeviationExample(
        "in-och-utskrivning-fran-slutenvard", "styrdokument-foljdes-inte", "vard-och-omsorg", "sjukhus-somatik",
        "rutin-in-utskrivning", "merarbete", "mattlig", "mycket-stor",
        "Utskrivningsklar meddelades utan att planeringen var klar.",
        ("samverkan-ansvarsfordelning-mellan-huvudman", "kommunikation-och-information"), "lyft-till-samverkan",
        "Lyft till den lokala gruppen.",
    ),
    DeviationExample(
        "rehabilitering-och-hjalpmedel", "overenskommen-insats-utfordes-inte", "kommunal-halso-och-sjukvard",
        "sjukhus-somatik", "hjalpmedel-rehabilitering", "fordrojd-insats", "mattlig", "liten",
        "Hjälpmedel och material saknades vid hemgången.",
        ("procedurer-rutiner-och-riktlinjer",), "fortydligat-ansvar", "Avdelningen skickar med material för tre dygn.",
    ),
    DeviationExample(
        "fast-kontakt-och-kontinuitet", "styrdokument-foljdes-inte", "funktionsstod", "vardcentral",
        "halso-och-sjukvardsavtal", "merarbete", "mindre", "stor", "Det var oklart vem som är fast vårdkontakt.",
        ("samverkan-ansvarsfordelning-mellan-huvudman",), "fortydligat-ansvar", "Kontakten skrivs i planen.",
    ),
    DeviationExample(
        "lakarmedverkan-och-medicinsk-bedomning", "overenskommen-insats-utfordes-inte", "kommunal-halso-och-sjukvard",
        "vardcentral", "halso-och-sjukvardsavtal", "fordrojd-insats", "betydande", "liten",
        "Läkarmedverkan på den kommunala enheten uteblev två veckor i följd.",
        ("omgivning-och-organisation",), "dialog-mellan-parter", "Ersättare vid frånvaro är överenskommet.",
    ),
    DeviationExample(
        "it-stod-och-atkomst", "overenskommen-insats-utfordes-inte", "vard-och-omsorg", "vardcentral",
        "rutin-in-utskrivning", "fordrojd-insats", "mindre", "mycket-stor",
        "Ärendet i SAMSA besvarades inte inom utsatt tid.",
        ("teknik-utrustning-och-apparatur",), "teknik-behorighet", "Bevakning av inkorgen är ordnad.",
    ),
    DeviationExample(
        "informationsoverforing", "overenskommen-insats-utfordes-inte", "kommunal-halso-och-sjukvard",
        "sjukhus-somatik", "overenskommelse", "merarbete", "mindre", "stor", "Epikrisen saknades efter utskrivningen.",
        ("kommunikation-och-information",), "andrad-rutin", "Epikrisen skickas samma dag.",
    ),
    DeviationExample(
        "ansvar-och-atagande", "parterna-inte-overens", "socialtjanst-individ-och-familj", "psykiatri-bup",
        "halso-och-sjukvardsavtal", "fordrojd-insats", "mattlig", "liten",
        "Parterna var inte överens om kostnaden vid en placering på HVB.",
        ("samverkan-ansvarsfordelning-mellan-huvudman",), "lyft-till-samverkan", "Frågan är lyft till delregionen.",
    ),
    DeviationExample(
        "sip-och-samordning", "styrdokument-foljdes-inte", "vard-och-omsorg", "sjukhus-somatik", "riktlinje-sip",
        "utebliven-insats", "mattlig", "stor", "SIP erbjöds inte, trots behov av samordning mellan huvudmännen.",
        ("utbildning-och-kompetens",), "information-utbildning", "Information till nyanställda.", "upptack-behov",
    ),
)  # fmt: skip

AGENDA = (
    "Föregående minnesanteckningar",
    "SIP-uppföljning tertial 2",
    "Avvikelser i samverkan",
    "Läkarmedverkan på särskilt boende",
)
DECISIONS = (
    ("Ta fram en gemensam mall för kallelse till SIP-möte.", "Verksamhetsutvecklare", False),
    ("Bjuda in sjukhuset till genomgång av utskrivningsrutinen.", "Medicinskt ansvarig sjuksköterska", True),
)
EXPLAINED = "Kontrollerat mot verksamhetssystemet. Talet stämmer."

READ_ME = """\
EXEMPELDATA – PÅHITTADE SIFFROR

Allt i den här mappen är påhittat för övning. Kommunernas namn är riktiga, men inga tal, aktiviteter eller
avvikelser kommer från någon kommun. Paketen har övningssigill: ett riktigt lager läser inte in dem.

fardplan_1462.fardplan       Lilla Edets kommun, att öppna och ändra i
fardplan_fyrbodal.fardplan   Vårdsamverkan Fyrbodal, med kommunernas paket inlästa
fardplan_14.fardplan         Länsgemensam nivå, med delregionernas samlingsfiler inlästa
paket/                       kommunernas förseglade paket, en mapp per period
samlingsfiler/               det som delregionerna har skickat vidare till länet, en mapp per period
avsandarkort/                avsändarkort
losenfras-ovning.txt         lösenfrasen till Lilla Edets och Fyrbodals övningssigill

Öppna ett lager:  fardplan-desktop --store fardplan_1462.fardplan
"""
