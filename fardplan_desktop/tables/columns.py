"""The columns of the four tables: their headings now and before, what each holds, and what a user should know of it.

One row of this module is one column everywhere: in what is read, in what is refused, and in the workbook that is
handed out.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from fardplan_desktop.domain.tabular import TableKind

TITLE = 200
SUMMARY = 300
TEXT = 4000
"""Longest texts in characters (package format, 4b)."""


class Holds(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    MONTH = "month"
    PERIOD = "period"
    AMOUNT = "amount"
    WHOLE = "whole"
    PERCENT = "percent"
    YES_NO = "yes or no"
    MUNICIPALITY = "municipality"


class Column(NamedTuple):
    """``field`` is the record's own word; ``list_id`` names the code list behind a code."""

    field: str
    heading: str
    note: str
    holds: Holds = Holds.TEXT
    list_id: str = ""
    older: tuple[str, ...] = ()
    required: bool = False
    longest: int = TEXT
    width: int = 18


_FREE = "Lämna tomt om det inte är känt."
_SEVERAL = "Flera värden skiljs med semikolon."

_ACTIVITIES = (
    Column("title", "Aktivitet", "Vad ska göras? En rad per aktivitet.", required=True, longest=TITLE, width=44),
    Column(
        "method", "Arbetssätt", "Det arbetssätt i Färdplanen som aktiviteten hör till.", Holds.CODE, "methods", width=34
    ),
    Column(
        "responsible",
        "Ansvarig funktion",
        "En funktion, aldrig en persons namn.",
        older=("Ansvarig",),
        longest=TITLE,
        width=24,
    ),
    Column(
        "end", "Klar senast", "Ett datum, till exempel 2026-12-31.", Holds.DATE, older=("Slut", "Slutdatum"), width=12
    ),
    Column("status", "Status", "Försenad räknas ut och väljs inte här.", Holds.CODE, "aktivitetsstatus"),
    Column("status_note", "Orsak", "På vad, i vilken verksamhet eller av vilken orsak.", width=28),
    Column(
        "plan",
        "Plan",
        "Handlingsplanens namn. En plan som inte finns skapas.",
        older=("Handlingsplan",),
        longest=TITLE,
        width=24,
    ),
    Column("forecast", "Prognos", "Når aktiviteten sitt mål?", Holds.CODE, "prognos", width=14),
    Column("comment", "Kommentar", "Hur går det? Kommentaren följer dagens avstämning.", width=34),
    Column("start", "Start", "Ett datum, till exempel 2026-02-01.", Holds.DATE, older=("Startdatum",), width=12),
    Column("target_group", "Målgrupp", _FREE, Holds.CODE, "malgrupp"),
    Column("goal", "Mål", "Vad ska vara annorlunda när aktiviteten är klar?", width=34),
    Column("preconditions", "Förutsättning", _SEVERAL, Holds.CODES, "preconditions"),
    Column("also_methods", "Även arbetssätt", f"Andra arbetssätt som berörs. {_SEVERAL}", Holds.CODES, "methods"),
    Column("areas", "Område", f"Fokusområden P1–P5 och gemensamma aktiviteter. {_SEVERAL}", Holds.CODES, "areas"),
    Column("joint", "Gemensam aktivitet", "Den gemensamma aktivitet som detta är svaret på.", Holds.CODE, "joint"),
    Column("partners", "Samverkande parter", _SEVERAL, Holds.CODES, "part"),
    Column("indicator_text", "Indikator", "Hur märks det att målet nås?", longest=TITLE, width=28),
    Column("indicator_unit", "Enhet", "Till exempel antal eller procent.", longest=TITLE),
    Column("indicator_start", "Startvärde", _FREE, longest=TITLE),
    Column("indicator_target", "Målvärde", _FREE, longest=TITLE),
    Column("indicator_outcome", "Utfall", _FREE, longest=TITLE),
    Column("percent", "Andel klar", "0, 25, 50, 75 eller 100 procent.", Holds.PERCENT, width=12),
    Column("obstacle", "Hinder", _FREE, width=28),
    Column("next_step", "Nästa steg", _FREE, width=28),
    Column(
        "lift_to",
        "Behöver lyftas till",
        "Nivån som behöver ta ställning.",
        Holds.CODE,
        "lyfts-till",
        older=("Lyfts till",),
    ),
    Column("resources", "Resurser", "Pengar, årsarbetare, finansiering.", width=28),
    Column("involvement", "Den enskildes medverkan", _FREE, width=28),
    Column("children", "Barnets rättigheter", _FREE, width=28),
    Column("lesson", "Lärdom", "Får inte röja någon person.", width=28),
    Column("shareable", "Gott exempel, får delas", "Ja eller nej.", Holds.YES_NO),
)

_COUNTS = (
    Column("measure", "Mått", "Måttets nummer eller namn.", Holds.CODE, "measures", required=True, width=48),
    Column("period", "Period", "Till exempel 2026-05 eller 2026-T2.", Holds.PERIOD, required=True, width=12),
    Column("breakdown", "Fördelning", "Tom för måttets hela antal.", older=("Uppdelning",)),
    Column("value", "Värde", "Vilket värde i fördelningen, till exempel 0–17.", width=34),
    Column(
        "n",
        "Antal",
        "Ett helt tal. 0 betyder noll, - saknas och . ej aktuellt. Tom cell ändrar inget.",
        Holds.AMOUNT,
        required=True,
        width=12,
    ),
    Column(
        "estimated",
        "Uppskattat",
        "Ja om antalet är en uppskattning. Det går också att skriva ≈ 14.",
        Holds.YES_NO,
        width=12,
    ),
    Column("comment", "Kommentar", "Varför uppgiften saknas eller skiljer sig.", width=44),
)

_DEVIATIONS = (
    Column(
        "month",
        "Månad",
        "När det hände, till exempel 2026-05. Dagen sparas inte.",
        Holds.MONTH,
        older=("Händelsedatum", "Händelsemånad"),
        required=True,
        width=12,
    ),
    Column("direction", "Riktning", "Vem rapporterar om vem?", Holds.CODE, "riktning", required=True),
    Column(
        "reporter",
        "Rapporterande",
        "Verksamheten som rapporterar.",
        Holds.CODE,
        "verksamhetstyp",
        required=True,
        width=30,
    ),
    Column(
        "counterpart",
        "Berörd part",
        "Verksamheten som avvikelsen berör.",
        Holds.CODE,
        "verksamhetstyp",
        older=("Motpart",),
        required=True,
        width=30,
    ),
    Column(
        "category", "Kategori", "Vad avvikelsen främst handlar om.", Holds.CODE, "kategori", required=True, width=34
    ),
    Column("document", "Styrdokument", "Det som inte följdes.", Holds.CODE, "styrdokument", width=30),
    Column(
        "summary",
        "Sammanfattning",
        "Vad hände, utan något som kan röja en person? Högst 300 tecken.",
        longest=SUMMARY,
        width=60,
    ),
    Column("severity", "Allvarlighet", _FREE, Holds.CODE, "allvarlighet"),
    Column("likelihood", "Sannolikhet", "För att det händer igen.", Holds.CODE, "sannolikhet"),
    Column("reference", "Referens", "Ärendets nummer i avvikelsesystemet. Stannar hos er.", longest=TITLE),
    Column("registered", "Registrerad", "Ett datum. Tomt: den dag tabellen läses in.", Holds.DATE, width=12),
    Column("status", "Status", "Tomt: Registrerad.", Holds.CODE, "avvikelsestatus"),
    Column("kind", "Typ", _FREE, Holds.CODE, "typ", width=30),
    Column("target_group", "Målgrupp", _FREE, Holds.CODE, "malgrupp"),
    Column("age_group", "Åldersgrupp", _FREE, Holds.CODE, "alder", width=12),
    Column("consequence", "Konsekvens", "För den enskilde.", Holds.CODE, "konsekvens"),
    Column("subcategory", "Underkategori", _FREE, Holds.CODE, "underkategori"),
    Column("stage", "Skede", "I SIP-processen, om det gäller en SIP.", Holds.CODE, "skede"),
    Column("document_text", "Styrdokumentets namn", _FREE, longest=TITLE, width=28),
    Column(
        "counterpart_org", "Berörd organisation", "Organisationens namn, aldrig en persons.", longest=TITLE, width=28
    ),
    Column("sent_on", "Skickad", "Ett datum.", Holds.DATE, width=12),
    Column("answered_on", "Svar", "Ett datum.", Holds.DATE, older=("Svar mottaget",), width=12),
    Column("causes", "Orsak", f"Högst tre. {_SEVERAL}", Holds.CODES, "orsak", width=34),
    Column("action", "Åtgärd", _FREE, Holds.CODE, "atgardstyp", width=28),
    Column("action_text", "Åtgärdstext", _FREE, width=34),
    Column("follow_up", "Åtgärden följs upp", "Ett datum.", Holds.DATE, width=12),
    Column("effect", "Effekt", "Av åtgärden.", Holds.CODE, "effekt", width=14),
    Column("lex", "Lex Maria och lex Sarah", "Aldrig några detaljer.", Holds.CODE, "lex-bedomning"),
    Column("system", "Systemfel", _FREE, Holds.CODE, "systemfel", width=14),
    Column("lift_to", "Lyfts till", _FREE, Holds.CODE, "lyfts-till", older=("Behöver lyftas till",)),
    Column("feedback", "Återkopplad", "Den dag rapportören fick svar.", Holds.DATE, width=12),
    Column("description", "Beskrivning", "Vad hände, utan personer. Stannar hos er.", width=60),
)

_POPULATION = (
    Column("municipality", "Kommunkod", "Fyra siffror enligt SCB.", Holds.MUNICIPALITY, required=True, width=12),
    Column("year", "År", "Till exempel 2025.", Holds.WHOLE, required=True, width=8),
    Column("inhabitants", "Folkmängd", "Ett helt tal.", Holds.WHOLE, required=True, width=12),
    Column("source", "Källa", "Varifrån siffran kommer.", required=True, longest=TITLE, width=44),
)

COLUMNS = MappingProxyType(
    {
        TableKind.ACTIVITIES: _ACTIVITIES,
        TableKind.COUNTS: _COUNTS,
        TableKind.DEVIATIONS: _DEVIATIONS,
        TableKind.POPULATION: _POPULATION,
    }
)
"""In the order of the template: what most people fill in stands first."""
