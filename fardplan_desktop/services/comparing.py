"""Ring och jämför as one call in both directions: they are known here, and whether we have become known there.

What is said is said here, so that the window, the printed card and whoever reads the commands' help say the same.
"""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.services import seals
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.trust import Candidate
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored

METHODS = ("telefon", "möte")
"""How two who know each other may have compared."""
MOST_TRIES = 3
_SETTING = "compared_ours"


class Compared(msgspec.Struct, frozen=True):
    """That an organisation has compared our kontrollkod: when, how, and the function of who did."""

    key_id: str
    day: str
    method: str
    function: str


def compared_ours(workplace: Workplace) -> dict[str, Compared]:
    """Who has compared the code of the key in use, by organisation code. A new key has to be compared anew."""
    seal = seals.own_seal(workplace)
    if seal is None:
        return {}
    return {code: each for code, each in _kept(workplace).items() if each.key_id == seal.key_id}


def note_compared(workplace: Workplace, *, code: str, function: str, method: str = "telefon") -> Compared:
    """They have asked for two groups of our kontrollkod and found them right. Raises InputProblem without a key."""
    seal = seals.own_seal(workplace)
    if seal is None:
        raise InputProblem("Ni har inget sigill än.", todo="Skapa det under Inställningar, Sigill.")
    refuse_identity([RuleComment(id="", comment=function)])
    compared = Compared(seal.key_id, workplace.today.isoformat(), method, " ".join(function.split()))
    kept = {**_kept(workplace), code: compared}
    workplace.store.set_setting(_SETTING, msgspec.json.encode(kept).decode())
    name = workplace.codebook.organisation(code).name
    stored.note_trust(
        workplace.store,
        label=f"{name} har jämfört vår kontrollkod",
        record=f"Key:{seal.key_id}",
        facts={"organisation": code, "method": method, "checkedBy": compared.function},
        signature=workplace.signature,
    )
    return compared


def note_stopped(workplace: Workplace, *, candidate: Candidate) -> None:
    """Three times the groups were wrong: nobody is believed, and the history tells."""
    stored.note_trust(
        workplace.store,
        label=f"Kontrollkoden för {candidate.organisation.name} stämde inte på {MOST_TRIES} försök",
        record=f"Trust:{candidate.key_id}",
        facts={"organisation": candidate.organisation.code},
        signature=workplace.signature,
    )


def told(compared: Compared) -> str:
    """``2026-09-14 per telefon, Registrator``."""
    who = f", {compared.function}" if compared.function else ""
    return f"{date.fromisoformat(compared.day).isoformat()} per {compared.method}{who}"


def words_to_ask(own_name: str, asked: tuple[int, int]) -> str:
    """What we say to hear two groups of theirs."""
    first, second = (number + 1 for number in asked)
    return (
        f"”Hej, jag ringer från {own_name}. Läs upp grupp {first} och grupp {second} i er kontrollkod. Den står i "
        "Färdplan under Inställningar, Sigill.”"
    )


def words_to_offer() -> str:
    """What we say so that they hear two groups of ours."""
    return "Säg: ”Nu ni. Öppna Ring och jämför för oss. Vilka två grupper ber det om?” Läs dem siffra för siffra."


def _kept(workplace: Workplace) -> dict[str, Compared]:
    text = workplace.store.setting(_SETTING)
    return {} if text is None else msgspec.json.decode(text, type=dict[str, Compared])
