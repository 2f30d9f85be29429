"""A total and its parts as words: the panel, the command and the text for a meeting say the same."""

from __future__ import annotations

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.lineage import Origin, Part, Source
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import local_day
from fardplan_desktop.services.lineage import members_named

QUESTION = "Varifrån kommer siffran?"
OWN = "Egna uppgifter, inte ur ett paket."
_WARNINGS = {
    "W01": "ett eller flera nummer före det har inte lästs in",
    "W02": "dagen för godkännandet stämmer inte med klockan här",
    "W03": "sigillet är introducerat av delregionen, inte kontrollerat av er",
    "W04": "det är gjort i en något nyare version",
    "W05": "en text ser ut att innehålla ett personnummer",
    "W06": "det ersatte ett paket som ni inte hade",
    "W07": "en eller flera varningar är okommenterade av avsändaren",
    "W10": "det kom i stället för ett paket med ett spärrat sigill",
}


def heading(origin: Origin) -> str:
    """``Upprättade SIP, tertial 2 2026: 224``."""
    return f"{origin.title}, {origin.period}" + (f": {origin.total}" if origin.total else "")


def without(origin: Origin) -> str:
    """``Utan värde: Dals-Ed.``; empty when nobody is."""
    return f"Utan värde: {members_named(origin.without)}." if origin.without else ""


def source_lines(source: Source) -> list[tuple[str, str]]:
    """Label and text of everything that is known of a delivery and its seal."""
    delivery = source.delivery
    replaced = ", en rättelse" if delivery.supersedes else ""
    approved = numbers_sv.day(local_day(delivery.approved_at))
    lines = [
        ("Paket", f"Nummer {delivery.sequence} för {_period(delivery.period)}{replaced}"),
        ("Godkänt", f"{approved} av {visible(delivery.approved_by)} (avsändarens uppgift)"),
        ("Inläst", numbers_sv.day(local_day(delivery.at))),
        ("Kom med", f"{source.via.name}, som skickat kommunens egen fil vidare oförändrad" if source.via else ""),
        ("Fil", visible(delivery.file_name)),
        ("Sigill", f"{delivery.digest[:8]}, kontrollkod {source.check_code}"),
        ("Nyckeln prövad", _checked(source)),
        ("Mått och listor", f"Version {delivery.code_book}"),
        ("Att veta", "; ".join(_WARNINGS.get(each, each) for each in delivery.warnings).capitalize()),
    ]
    return [(label, text) for label, text in lines if text]


def part_line(origin: Origin, part: Part) -> str:
    """One member on one line, with everything that can be checked."""
    said = f"{part.organisation.name}: {part.words}" + (f" ({part.note})" if part.note else "")
    told = "; ".join(_short(origin.sources[each]) for each in part.sources)
    return f"{said}. {told}" if told else f"{said}."


def as_text(origin: Origin) -> str:
    """The whole for pasting into a document or a mail."""
    lines = [QUESTION, heading(origin), f"{origin.basis}. {origin.note}".strip(), ""]
    lines += [part_line(origin, each) for each in origin.parts]
    if not origin.sources:
        lines.append(OWN)
    if origin.without:
        lines += ["", without(origin)]
    return "\n".join(lines) + "\n"


def _short(source: Source) -> str:
    delivery = source.delivery
    approved, came = local_day(delivery.approved_at), local_day(delivery.at)
    facts = (
        f"Paket nummer {delivery.sequence} för {_period(delivery.period)}",
        f"godkänt {approved} av {visible(delivery.approved_by)}",
        f"inläst {came}" + (f" genom {source.via.name}" if source.via else ""),
        f"fil {visible(delivery.file_name)}",
        f"sigill {delivery.digest[:8]}",
        f"nyckeln prövad {_checked(source)}",
        f"mått och listor version {delivery.code_book}.",
    )
    return ", ".join(facts)


def _checked(source: Source) -> str:
    key = source.key
    if key is None:
        return "inte längre bland era avsändare"
    spent = {"revoked": ", spärrad sedan dess", "replaced": ", utbytt sedan dess"}.get(key.status, "")
    if source.introduced_by is not None:
        return f"inte av er; {source.introduced_by.name} gick i god för den {local_day(key.entered_at)}{spent}"
    who = f", {visible(key.checked_by)} hos avsändaren" if key.checked_by else ""
    return f"{local_day(key.entered_at)} per {key.method} av {visible(key.entered_by)}{who}{spent}"


def _period(id: str) -> str:
    try:
        return parse_period(id).name
    except InputProblem:
        return id
