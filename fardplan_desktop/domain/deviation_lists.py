"""Which code list each field of a deviation draws on: the same in form, list, history and package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DEVIATION_LISTS: Final[Mapping[str, str]] = {
    "direction": "riktning",
    "reporter": "verksamhetstyp",
    "counterpart": "verksamhetstyp",
    "category": "kategori",
    "subcategory": "underkategori",
    "kind": "typ",
    "document": "styrdokument",
    "stage": "skede",
    "target_group": "malgrupp",
    "age_group": "alder",
    "consequence": "konsekvens",
    "severity": "allvarlighet",
    "likelihood": "sannolikhet",
    "status": "avvikelsestatus",
    "action": "atgardstyp",
    "effect": "effekt",
    "lex": "lex-bedomning",
    "system": "systemfel",
    "lift_to": "lyfts-till",
    "causes": "orsak",
}
"""Field → id of the list. Activities share ``target_group`` and ``lift_to``; their status is another list."""
