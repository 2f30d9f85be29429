"""Why a file was refused, told to the one who sent it: what is wrong with it, and what they can do.

The sentences of Ta emot speak to the receiver ("be avsändaren …", "ni har …"); these speak to the sender.
"""

from __future__ import annotations

_AGAIN = (
    "Spara paketet igen under Rapportera, fliken Inskickat, och skicka filen som den är. Stoppas eller ändras den på "
    "vägen: skicka kopian som slutar på .zip."
)
_ALTERED = "Sigillet stämmer inte. Filen har ändrats på vägen."
_PARTS = "En del saknas i paketet, eller har lagts till i efterhand."
_DAMAGED = "Filen är skadad och har inte kommit fram hel."
_CORRECT = (
    "Uppdatera Färdplan om det finns en nyare version, försegla perioden igen som en rättelse och skicka den filen."
)
_TO_SENDER = {
    "E02-DECRYPT": ("Filen är krypterad till någon annan än oss, eller skadad.", "Försegla igen och skicka den filen."),
    "E02-PASSPHRASE": (
        "Filen är låst med lösenord, och sådana tar vi inte emot.",
        "Skicka den som den är.",
    ),
    "E03": (_DAMAGED, _AGAIN),
    "E04": ("Filen är större än ett paket får vara.", "Svara på det här mejlet, så reder vi ut det."),
    "E05": (_ALTERED, _AGAIN),
    "E05-CRC": (_DAMAGED, _AGAIN),
    "E07": (_PARTS, _AGAIN),
    "E08": (_DAMAGED, _AGAIN),
    "E09": ("Filen saknar sigill.", "Försegla perioden under Rapportera i Färdplan och skicka den filen."),
    "E10-ROTATED": ("Paketet är förseglat med ert gamla sigill.", "Försegla igen med det nya och skicka den filen."),
    "E11": (_ALTERED, _AGAIN),
    "E16": (
        "Paketet är ställt till någon annan än oss.",
        "Kontrollera under Inställningar vilka ni är och svara på det här mejlet.",
    ),
    "E17": ("Perioden i paketet är ingen period som rapporteras hit.", "Försegla rätt period och skicka den filen."),
    "E18-EQUIVOCATION": (
        "Vi har fått två olika paket från er med samma nummer.",
        "Svara på det här mejlet vilket som gäller. Försegla sedan perioden igen som en rättelse.",
    ),
    "E18-ROLLBACK": (
        "Paketet är äldre än det senaste som vi har från er.",
        "Skicka det senaste paketet för perioden: det ligger under Rapportera, fliken Inskickat.",
    ),
    "E18-SUPERSEDES": (
        "Paketet säger sig ersätta ett annat paket än det vi har.",
        "Skicka alla paket för perioden som ligger under Rapportera, fliken Inskickat.",
    ),
    "E23-CODEBOOK": (
        "Paketet följer en nyare version av mått och listor än den vi har.",
        "Inget behöver göras hos er. Vi läser in den nyare versionen och sedan ert paket.",
    ),
    "E19": (_PARTS, _AGAIN),
    "E20": (_ALTERED, _AGAIN),
}
_KEEPS_ITS_WORDS = frozenset({"E12", "E14", "E21", "E22"})
"""What is wrong is told in the refusal itself, down to the row."""
_NO_NEW_FILE = frozenset({"E23-CODEBOOK"})
"""The file is right; it waits for us to read in a newer version of mått och listor."""


def told_to_sender(code: str, message: str) -> tuple[str, str]:
    """What is wrong and what to do, as the sender reads it."""
    if code in _KEEPS_ITS_WORDS:
        return message.partition(" Felet finns hos avsändaren.")[0], _CORRECT
    return _TO_SENDER.get(code) or _TO_SENDER.get(code.partition("-")[0]) or (_DAMAGED, _AGAIN)


def may_ask_for_new_file(code: str) -> bool:
    """Whether a new file would help."""
    return code not in _NO_NEW_FILE
