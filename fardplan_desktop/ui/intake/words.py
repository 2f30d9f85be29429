"""What is said of a file in Ta emot: its line, its details, and in which order files lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from fardplan_desktop.analysis.numbers_sv import SortKey, sort_key
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import Inside, TrustedKey, Verdict
from fardplan_desktop.services.intake import FileResult

READ_IN: Final = "Läs in"
CALL: Final = "Ring och jämför"
NEW_FILE: Final = "Be om ny fil"
CALL_SENDER: Final = "Ring avsändaren"
CLOSE: Final = "Stäng"
AGAIN: Final = "Försök igen"
UNLOCK: Final = "Lås upp"
UPDATE: Final = "Uppdatera"
JUMP: Final = "W01"

_WORST_FIRST: Final = (
    *("Okänd avsändare", "Annan version av mått och listor", "Krock", "Sigillet stämmer inte", "Delar saknas"),
    *("Skadad fil", "Ställd till någon annan", "Äldre än den ni har", "Fel slags fil"),
)
"""Outcome words in the order a person takes them: what a call or a newer list mends comes before what has to be sent
again, and what concerns somebody else comes last."""
_UNITS: Final = {
    "data/aktiviteter.jsonl": ("aktivitet", "aktiviteter"),
    "data/avstamningar.jsonl": ("avstämning", "avstämningar"),
    "data/antal.jsonl": ("antal", "antal"),
    "data/avvikelser.jsonl": ("avvikelse", "avvikelser"),
    "data/regler.jsonl": ("kontroll", "kontroller"),
    "data/kodverk.jsonl": ("uppgift", "uppgifter"),
    "data/planer.jsonl": ("plan", "planer"),
    "data/gemensamma.jsonl": ("gemensam aktivitet", "gemensamma aktiviteter"),
    "data/svar.jsonl": ("svar", "svar"),
    "data/rattelser.jsonl": ("rättelse", "rättelser"),
    "data/sammanstallning.jsonl": ("summa", "summor"),
    "data/kvittens.jsonl": ("kvittens", "kvittenser"),
    "data/aterkoppling.jsonl": ("tal", "tal"),
    "data/kommentarer.jsonl": ("kommentar", "kommentarer"),
    "data/fraga.jsonl": ("fråga", "frågor"),
}


def ready(result: FileResult) -> bool:
    """Can be read in and has not been."""
    return result.verdict.outcome == "ok" and not result.stored


class Group(StrEnum):
    """Where a file lies in the list, first things first."""

    SORT_OUT = "sort_out"
    READY = "ready"
    DONE = "done"


def group(result: FileResult) -> Group:
    if result.stored or result.verdict.code == "E18-REPLAY":
        return Group.DONE
    return Group.READY if result.verdict.outcome == "ok" else Group.SORT_OUT


def rank(result: FileResult) -> tuple[int, int, SortKey, str]:
    """What needs somebody first, then what is ready, then the rest; in each, alike beside alike, by sender."""
    word = result.verdict.word
    at = _WORST_FIRST.index(word) if word in _WORST_FIRST else -1
    sender = result.verdict.issuer_name or result.path.name
    return list(Group).index(group(result)), at, sort_key(sender), result.verdict.period


def group_title(which: Group, found: Collection[FileResult]) -> str:
    """How many of them there are, in the words of what is left to do."""
    left = sum(ready(each) for each in found)
    if which is Group.SORT_OUT:
        return f"Att reda ut: {len(found)}"
    if which is Group.DONE:
        return f"Redan inlästa: {len(found)}"
    if not left:
        return f"Inlästa: {len(found)}"
    done = f", inlästa: {len(found) - left}" if left < len(found) else ""
    return f"Att läsa in: {left}{done}"


def tally(found: Collection[FileResult]) -> str:
    """How many have which outcome, in the order of the lines."""
    words = Counter(each.verdict.word for each in found)
    return " · ".join(f"{word} {number}" for word, number in words.items())


def cards_beside(number: int) -> str:
    """What is said of key cards that lie among the files; nothing when there are none."""
    return f"{number} avsändarkort ligger med och används när ni ringer och jämför." if number else ""


def kind_word(kind: str) -> str:
    """What has come, with a comma after it, when it is not figures: a sender sends several kinds about one period."""
    return {
        "kodverk": "mått och listor, ",
        "kvittens": "kvittens, ",
        "aterkoppling": "återkoppling, ",
        "fraga": "frågor och svar, ",
        "plan": "gemensam plan, ",
    }.get(kind, "")


def heading(verdict: Verdict, file_name: str) -> str:
    """Whom it comes from and which period it is about; the file's name when neither is known."""
    if not verdict.issuer_name:
        return visible(file_name)
    about = f"{kind_word(verdict.kind)}{period_name(verdict.period)}"
    if verdict.kind == "kodverk":
        about = f"mått och listor version {verdict.codebook_version}"
    return ", ".join(each for each in (verdict.issuer_name, about) if each)


def sentence(result: FileResult) -> str:
    """One sentence or two; warnings are announced here and told in the details."""
    verdict = result.verdict
    text = f"Inläst. {verdict.message}" if result.stored else verdict.message
    text += _changes(result)
    if verdict.warnings:
        number = len(verdict.warnings)
        text += f" {'En sak' if number == 1 else f'{number} saker'} att veta, se Detaljer."
    return text


def _changes(result: FileResult) -> str:
    """The only change, or how many there are; a joint plan tells that itself, first of all."""
    if not result.told:
        return ""
    if result.verdict.kind == "plan":
        return f" {result.told[0]} Se Detaljer."
    if len(result.told) > 1:
        return f" {len(result.told)} ändringar, se Detaljer."
    told = result.told[0]
    return f" {told}" if told.endswith((".", "?", "!")) else f" {told}."


def summary(found: Collection[FileResult]) -> str:
    """How the batch stands."""
    groups = Counter(map(group, found))
    stored = sum(each.stored for each in found)
    before = groups[Group.DONE] - stored
    parts = [
        (groups[Group.READY], "att läsa in"),
        (groups[Group.SORT_OUT], "att reda ut"),
        (stored, "inläst" if stored == 1 else "inlästa"),
        (before, "redan inläst" if before == 1 else "redan inlästa"),
    ]
    return f"{files(len(found))}: {', '.join(f'{number} {words}' for number, words in parts if number)}."


def files(number: int) -> str:
    return "1 fil" if number == 1 else f"{number} filer"


def period_name(period: str) -> str:
    try:
        return parse_period(period).name
    except InputProblem:
        return ""


def details(
    result: FileResult, codebook: CodeBook, key: TrustedKey | None, replaced: Mapping[str, int]
) -> list[tuple[str, str]]:
    """Label and text of everything that is known; what is not known is left out. The kontrollkod of an unknown sender
    is never among it: it has to be heard."""
    verdict = result.verdict
    audience = codebook.find(verdict.audience_code)
    rows = [
        ("Fil", visible(str(result.path))),
        ("Ändrar", "\n".join(map(visible, result.told))),
        ("Avsändare", _sender(verdict, key)),
        ("Kontrollerad", _checked(key)),
        ("Kontrollkod", verdict.check_code if key is not None else ""),
        ("Period", period_name(verdict.period).capitalize()),
        ("Paket", _number(verdict)),
        ("Ställt till", audience.name if audience else visible(verdict.audience_code)),
        ("Godkänt", _approved(verdict)),
        ("Innehåll", _content(verdict.counts, replaced)),
        ("Mått och listor", f"version {verdict.codebook_version}" if verdict.codebook_version else ""),
        ("Sigill", verdict.digest[:8]),
        ("Kod", verdict.code),
        ("Teknisk uppgift", visible(verdict.detail)),
    ]
    rows.append(("Sammanställningen", "\n".join(result.notes)))
    rows += [(each.name, _inside(each, verdict.issuer_name)) for each in verdict.inside]
    rows += [(f"Att veta ({each.code})", visible(each.text)) for each in verdict.warnings]
    return [(label, text) for label, text in rows if text]


def _inside(member: Inside, sender: str) -> str:
    """A municipality in a delregion's bundle: its package, who vouches for it, or why it is missing.

    The kontrollkod of a seal that we have not compared has to be heard, and is not shown.
    """
    if member.state == "missing":
        return f"Saknas: {visible(member.reason)}"
    if member.state == "reported":
        return "Endast summor, kan inte kontrolleras per kommun"
    vouched = f"Introducerad av {sender}, inte kontrollerad av er" if member.introduced else "Kontrollerad av er"
    told = [f"Paket nummer {member.sequence}", vouched]
    return ". ".join([*told, *(visible(each.text).rstrip(".") for each in member.warnings)])


def moment(at: str) -> str:
    """A stored moment, in local time: ``2026-09-14 10:02``."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _sender(verdict: Verdict, key: TrustedKey | None) -> str:
    if key is not None:
        return f"{key.org_name} ({key.org_code})"
    if verdict.trust == "checked":  # A new seal that the known one goes in for.
        return f"{verdict.issuer_name} ({verdict.issuer_code})"
    return f"Säger sig vara {verdict.issuer_name}, inte kontrollerat" if verdict.issuer_name else ""


def _checked(key: TrustedKey | None) -> str:
    if key is None:
        return ""
    who = f", {visible(key.checked_by)} hos avsändaren" if key.checked_by else ""
    return f"{key.entered_at[:10]} per {key.method} av {visible(key.entered_by)}{who}"


def _number(verdict: Verdict) -> str:
    if not verdict.sequence:
        return ""
    replaced = f", ersätter nummer {verdict.supersedes[0]}" if verdict.supersedes else ""
    return f"Nummer {verdict.sequence}{replaced}"


def _approved(verdict: Verdict) -> str:
    if not verdict.approved_at:
        return ""
    return f"{verdict.approved_at[:10]} av {visible(verdict.approved_by)} (avsändarens uppgift)"


def _content(counts: Mapping[str, int], replaced: Mapping[str, int]) -> str:
    parts = []
    for name, number in counts.items():
        one, many = _UNITS.get(name, ("bilaga", "bilagor"))
        change = number - replaced.get(name, 0) if replaced else 0
        grown = f" ({'+' if change > 0 else '−'}{abs(change)})" if change else ""
        parts.append(f"{number} {one if number == 1 else many}{grown}")
    return ", ".join(parts)
