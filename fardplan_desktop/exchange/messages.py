"""What the user reads about a package: for each code an outcome word, a sentence and one verb.

The sentences say sigill, avsändare and läs in; the technical names stand in ``detail`` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import Verdict, Warning

NEW = "Ny"
REPLACING = "Ersätter tidigare"
_DAMAGED = "Skadad fil"
_LOCKED = "Krypterad"
_SEAL = "Sigillet stämmer inte"
_UNKNOWN = "Okänd avsändare"
_WRONG = "Fel slags fil"
_CLASH = "Krock"
_PARTS = "Delar saknas"
_OLDER = "Äldre än den ni har"
_NEW_FILE = "Be om ny fil"
_CALL = "Ring och jämför"
_CALL_SENDER = "Ring avsändaren"
_CLOSE = "Stäng"


class PackageRefusal(Refusal):
    """A refusal with its outcome word, its verb, and what was known of the package when it was refused."""

    def __init__(self, code: str, sentence: Sentence, facts: dict[str, object], detail: str) -> None:
        what, why, todo = (part.format_map(facts) for part in (sentence.what, sentence.why, sentence.todo))
        super().__init__(code, what, why, todo, detail=detail)
        self.word = sentence.word
        self.verb = sentence.verb
        self.about = Verdict()


class Sentence(NamedTuple):
    word: str
    what: str
    why: str
    todo: str
    verb: str


def refuse(code: str, detail: str = "", **facts: object) -> PackageRefusal:
    """The refusal for a code of the specification; ``facts`` fill its sentence, ``detail`` is for *Detaljer*."""
    named = {
        fact: _OWN_WORDS.get(str(value), value) for fact, value in facts.items() if fact in ("name", "field", "file")
    }
    return PackageRefusal(code, _SENTENCES[code], {**facts, **named}, detail)


def verdict_of(refusal: Refusal) -> Verdict:
    """The refusal as the user is told of it."""
    known = refusal if isinstance(refusal, PackageRefusal) else None
    return msgspec.structs.replace(
        known.about if known else Verdict(),
        outcome="refused",
        word=known.word if known else _DAMAGED,
        code=refusal.code,
        message=refusal.sentence,
        verb=known.verb if known else _CLOSE,
        detail=refusal.detail,
    )


def accepted(draft: Verdict) -> Verdict:
    """``draft`` with the word, sentence and verb of a package that may be taken in."""
    replacing = draft.supersedes is not None
    if draft.trust == "unknown":
        message = "Sigillet är helt. Vem avsändaren är har inte prövats."
    elif replacing:
        message = "Sigillet är helt och avsändaren är känd. Paketet ersätter ett tidigare."
    else:
        message = "Sigillet är helt och avsändaren är känd."
    return msgspec.structs.replace(
        draft,
        word=REPLACING if replacing else NEW,
        message=message,
        verb="Läs in" if draft.trust == "checked" else _CALL,
    )


def gap(first: int, last: int) -> Warning:
    which = f"Nummer {first}" if first == last else f"Nummer {first}–{last}"
    return Warning(
        "W01", f"{which} från avsändaren har inte lästs in. Fråga om det finns paket som inte har kommit fram."
    )


def clock_ahead(day: str) -> Warning:
    return Warning(
        "W02", f"Paketet uppges vara godkänt {day}, men den dagen har inte kommit. Jämför datorernas klockor."
    )


def long_ago(day: str) -> Warning:
    return Warning("W02", f"Paketet uppges vara godkänt {day}, för mer än 400 dagar sedan. Fråga om det är rätt fil.")


def newer_minor(version: str, field: str) -> Warning:
    return Warning("W04", f"Paketet är gjort i en något nyare version ({version}). Uppgiften ”{field}” visas inte.")


def first_contact() -> Warning:
    return Warning("W06", "Det är det första ni läser in från avsändaren, men det ersätter ett tidigare paket.")


def instead_of_revoked() -> Warning:
    return Warning("W10", "Periodens tidigare paket har ett spärrat sigill och räknas inte när det här är inläst.")


def uncommented(number: int) -> Warning:
    which = "En varning" if number == 1 else f"{number} varningar"
    return Warning("W07", f"{which} har lämnats utan kommentar av avsändaren.")


def introduced(by: str, members: Sequence[str]) -> Warning:
    return Warning(
        "W03",
        f"{_listed(members)}: sigillet är introducerat av {by} och inte kontrollerat av er. "
        "Siffrorna märks tills ni har ringt och jämfört.",
    )


def introduced_anew(by: str, member: str) -> Warning:
    return Warning(
        "W03",
        f"{by} introducerar ett annat sigill för {member} än förra gången. Ring {member} och fråga om de har bytt.",
    )


def totals_only(sender: str) -> Warning:
    return Warning("W09", f"{sender} har skickat endast summor. De kan inte kontrolleras per kommun.")


def other_numbers(sentence: str) -> Warning:
    return Warning("W08", f"{sentence} Fråga avsändaren vad som gäller.")


def nested_refused(member: str, inner: Refusal, sender: str) -> PackageRefusal:
    """Step 18: one of the packages in a bundle was not accepted, and ``inner`` says why."""
    fault = " ".join(part for part in (inner.what, inner.why) if part)
    refusal = refuse("E22", f"{inner.code}: {inner.detail}", member=member, fault=fault, sender=sender)
    if inner.code == "E10-ROTATED":  # The sender of the bundle cannot say whose key it is.
        refusal.todo = f"Ring {member} och jämför kontrollkoden."
    return refusal


def register_refused(fault: str, sender: str, detail: str) -> PackageRefusal:
    """Step 18: what the bundle says of its members does not hold; ``fault`` is a whole sentence."""
    sentence = Sentence(_PARTS, "Samlingsfilen är inte hel.", "{fault}", "Be {sender} om en ny.", _NEW_FILE)
    return PackageRefusal("E22", sentence, {"fault": fault, "sender": sender}, detail)


def not_ours(sender: str, why: str, detail: str) -> PackageRefusal:
    """Step 12: it is addressed to us, by somebody who has nothing to send us; ``why`` is a whole sentence."""
    sentence = Sentence(
        "Ställd till någon annan",
        "{sender} skickar inte sådana filer till er.",
        "{why}",
        "Läs inte in. Ring {sender} och fråga vem filen är till.",
        _CALL_SENDER,
    )
    return PackageRefusal("E16", sentence, {"sender": sender, "why": why}, detail)


def introduction_clash(by: str, member: str) -> PackageRefusal:
    """Step 18: the bundle vouches for another key than the one that we have compared ourselves."""
    sentence = Sentence(
        _PARTS,
        "{by} introducerar ett annat sigill för {member} än det ni har kontrollerat.",
        "",
        "Läs inte in. Ring {member} och jämför kontrollkoden.",
        _CALL_SENDER,
    )
    return PackageRefusal("E22", sentence, {"by": by, "member": member}, "introduced key differs from the checked one")


def _listed(names: Sequence[str]) -> str:
    """``Mellerud, Orust och Tanum``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


_OWN_WORDS = {
    "data/aktiviteter.jsonl": "aktiviteter",
    "data/antal.jsonl": "antal",
    "data/avstamningar.jsonl": "avstämningar",
    "data/avvikelser.jsonl": "avvikelser",
    "data/regler.jsonl": "kontroller",
    "data/rattelser.jsonl": "rättelser",
    "data/svar.jsonl": "svar på gemensamma aktiviteter",
    "data/sammanstallning.jsonl": "sammanställning",
    "data/kodverk.jsonl": "mått och listor",
    "data/planer.jsonl": "gemensamma planer",
    "data/gemensamma.jsonl": "gemensamma aktiviteter",
    "data/kvittens.jsonl": "kvittens",
    "data/aterkoppling.jsonl": "återkoppling",
    "data/kommentarer.jsonl": "kommentarer",
    "data/fraga.jsonl": "frågor och svar",
    "ageRecipient": "mottagare för kryptering",
    "approvedAt": "godkänt",
    "approvedBy": "godkänt av",
    "audience": "mottagare",
    "codeBook": "mått och listor",
    "expected": "kommuner som ska vara med",
    "formatVersion": "formatets version",
    "introduces": "introducerade sigill",
    "issuer": "avsändare",
    "keyId": "sigill",
    "missing": "kommuner som saknas",
    "name": "namn",
    "period": "period",
    "records": "antal rader",
    "sequence": "nummer",
    "statement": "innehåll",
    "subject": "delar",
    "supersedes": "ersätter",
}
"""Parts and fields as the user knows them; every other keeps its name in the file, and the details have them all."""

_ALTERED = "Filen kan ha ändrats på vägen."
_SEND_AGAIN = "Be avsändaren skicka den igen."
_SENDERS_FAULT = "Felet finns hos avsändaren. Be om en ny fil."

_SENTENCES = {
    "E01": Sentence(
        _DAMAGED,
        "Filen går inte att läsa.",
        "Den kan vara öppen i ett annat program, eller så saknas nätverket.",
        "Stäng den på andra ställen och försök igen.",
        "Försök igen",
    ),
    "E02-DECRYPT": Sentence(
        _DAMAGED,
        "Filen är krypterad och går inte att öppna här.",
        "Den är krypterad till någon annan, eller skadad på vägen.",
        _SEND_AGAIN,
        _NEW_FILE,
    ),
    "E02-LOCKED": Sentence(
        _LOCKED,
        "Filen är krypterad och har inte öppnats än.",
        "Den öppnas med ert sigill.",
        "Skriv lösenfrasen.",
        "Lås upp",
    ),
    "E02-PASSPHRASE": Sentence(
        _DAMAGED,
        "Filen är låst med lösenord.",
        "Sådana filer tas inte emot.",
        "Be avsändaren skicka paketet utan lösenord.",
        _NEW_FILE,
    ),
    "E02-MAGIC": Sentence(
        _WRONG, "Filen är inget förseglat paket från Färdplan.", "", "Välj en fil som slutar på .fardpaket.", _CLOSE
    ),
    "E03": Sentence(_DAMAGED, "Filen är avkortad.", "Den har inte kommit fram hel.", _SEND_AGAIN, _NEW_FILE),
    "E04": Sentence(
        _DAMAGED,
        "Filen är större än den får vara ({size} av högst {limit}).",
        "",
        "Fråga avsändaren vad det är.",
        _CALL_SENDER,
    ),
    "E04-COUNT": Sentence(
        _DAMAGED, "Paketet innehåller orimligt många delar.", "", "Fråga avsändaren vad det är.", _CALL_SENDER
    ),
    "E05": Sentence(
        _DAMAGED,
        "Paketets inre ordning har ändrats.",
        "Det har inte skapats av Färdplan, eller har packats om på vägen.",
        _SEND_AGAIN,
        _NEW_FILE,
    ),
    "E05-CRC": Sentence(_DAMAGED, "Delen {name} i paketet är skadad.", "", _SEND_AGAIN, _NEW_FILE),
    "E06": Sentence(
        _DAMAGED,
        "Paketet innehåller ett otillåtet filnamn ({name}).",
        "",
        "Läs inte in. Fråga avsändaren.",
        _CALL_SENDER,
    ),
    "E07": Sentence(
        _PARTS, "Paketet saknar en del som måste finnas, eller har en som inte hör dit.", "", _SEND_AGAIN, _NEW_FILE
    ),
    "E08": Sentence(_DAMAGED, "Filens sigill går inte att läsa.", "", _SEND_AGAIN, _NEW_FILE),
    "E09": Sentence(
        _SEAL, "Filen saknar sigill.", "Vem som helst kan ha skrivit den.", "Be om en förseglad fil.", _NEW_FILE
    ),
    "E10-UNKNOWNKEY": Sentence(_UNKNOWN, "Okänd avsändare.", "", "Ring {sender} och jämför kontrollkoden.", _CALL),
    "E10-REVOKED": Sentence(
        _UNKNOWN, "{sender} har spärrat sitt sigill.", "{reason}", "Läs inte in. Ring {sender}.", _CALL_SENDER
    ),
    "E10-ROTATED": Sentence(
        _OLDER, "{sender} har bytt sigill, och paketet har det gamla.", "", "Be om en ny fil.", _NEW_FILE
    ),
    "E10-WEAKKEY": Sentence(
        _UNKNOWN, "Sigillet är av ett slag som inte godtas.", "", "Läs inte in. Ring avsändaren.", _CALL_SENDER
    ),
    "E11": Sentence(_SEAL, "Sigillet stämmer inte.", _ALTERED, _SEND_AGAIN, _NEW_FILE),
    "E11-SSHSIG": Sentence(_SEAL, "Filens andra sigill stämmer inte.", _ALTERED, _SEND_AGAIN, _NEW_FILE),
    "E12": Sentence(_DAMAGED, "Innehållet är felaktigt skrivet.", "", _SENDERS_FAULT, _NEW_FILE),
    "E13-TYPE": Sentence(_WRONG, "Filen är av fel slag.", "{reason}", "Välj en annan fil.", _CLOSE),
    "E13-NEWER": Sentence(
        _WRONG, "Paketet är gjort i en nyare version av Färdplan ({version}).", "", "Uppdatera Färdplan.", "Uppdatera"
    ),
    "E13-CRITICAL": Sentence(
        _WRONG, "Paketet kräver funktionen ”{name}”, som er version saknar.", "", "Uppdatera Färdplan.", "Uppdatera"
    ),
    "E13-KIND": Sentence(_WRONG, "Det här är {kind}.", "Sådant läses inte in här.", "Välj en annan fil.", _CLOSE),
    "E14": Sentence(_DAMAGED, "Uppgiften ”{field}” är ogiltig.", "", _SENDERS_FAULT, _NEW_FILE),
    "E15": Sentence(_SEAL, "Avsändaren stämmer inte med sigillet.", "", "Läs inte in. Ring {sender}.", _CALL_SENDER),
    "E16": Sentence(
        "Ställd till någon annan",
        "Paketet är ställt till {audience}, inte till er.",
        "",
        "Meddela avsändaren.",
        _CALL_SENDER,
    ),
    "E17": Sentence(
        _WRONG, "Perioden i paketet är ogiltig eller gäller inte den här insamlingen.", "", _SENDERS_FAULT, _NEW_FILE
    ),
    "E18-REPLAY": Sentence("Redan inläst", "Redan inläst {day}.", "", "Inget behöver göras.", _CLOSE),
    "E18-EQUIVOCATION": Sentence(
        _CLASH,
        "{sender} har förseglat två olika paket med nummer {sequence}.",
        "",
        "Fråga vilket som gäller.",
        _CALL_SENDER,
    ),
    "E18-ROLLBACK": Sentence(
        _OLDER,
        "Paketet (nummer {sequence}) är äldre än det ni redan har (nummer {have}).",
        "",
        "Be om det senaste om det saknas.",
        _CLOSE,
    ),
    "E18-SUPERSEDES": Sentence(
        _CLASH,
        "Paketet för {period} passar inte ihop med det ni redan har.",
        "Vad det säger sig ersätta är inte det som gäller hos er.",
        "Fråga avsändaren vilket som gäller.",
        _CALL_SENDER,
    ),
    "E19": Sentence(
        _PARTS, "En del saknas i paketet eller har lagts till i efterhand ({name}).", "", _SEND_AGAIN, _NEW_FILE
    ),
    "E20": Sentence(_SEAL, "Sigillet stämmer inte.", "Delen {name} har ändrats på vägen.", _SEND_AGAIN, _NEW_FILE),
    "E21": Sentence(_DAMAGED, "Rad {row} i {file}: {fault}.", "", _SENDERS_FAULT, _NEW_FILE),
    "E22": Sentence(
        _PARTS,
        "Paketet från {member} i samlingsfilen godkändes inte.",
        "{fault}",
        "Be {sender} om en ny samlingsfil.",
        _NEW_FILE,
    ),
    "E23-CODEBOOK": Sentence(
        "Annan version av mått och listor",
        "Paketet följer mått och listor version {version}, ni har {own}.",
        "",
        "Läs in den nyare först.",
        "Läs in mått och listor",
    ),
}
