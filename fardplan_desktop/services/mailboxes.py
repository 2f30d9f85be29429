"""Function mailboxes: those of mått och listor, and until the county has sent them, what the office has written itself.

No source states an address, so none is shipped. A function's address is no personal data; a person's is, and is warned
of (domain model 5.1).
"""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.addresses import is_address, looks_personal
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.services.workplace import Workplace

_SETTING = "mailboxes"


class Mailbox(msgspec.Struct, frozen=True):
    """Where to write to an organisation. ``address`` is empty when nobody has told."""

    code: str
    address: str = ""
    from_code_book: bool = False
    """The county has written it; then it is not changed here."""


def mailbox(workplace: Workplace, *, code: str) -> Mailbox:
    """The function mailbox of an organisation."""
    stated = workplace.codebook.mailbox(code)
    return Mailbox(code, stated, True) if stated else Mailbox(code, _own(workplace).get(code, ""))


def set_mailbox(workplace: Workplace, *, code: str, address: str) -> Mailbox:
    """Remember an address of our own; an empty one is forgotten. Raises InputProblem for what is no address."""
    text = address.strip()
    if text and not is_address(text):
        raise InputProblem("Adressen går inte att använda.", "", "Skriv en adress som narvard@kommunen.se.")
    kept = {each: known for each, known in _own(workplace).items() if each != code}
    if text:
        kept[code] = text
    workplace.store.set_setting(_SETTING, msgspec.json.encode(dict(sorted(kept.items()))).decode())
    return mailbox(workplace, code=code)


def warning(address: str) -> str:
    """A sentence when the address looks like a person's; empty when it does not."""
    if not looks_personal(address.strip()):
        return ""
    return "Adressen ser ut att vara en persons. Skriv hellre en funktionsbrevlåda, som fler än en läser."


def _own(workplace: Workplace) -> dict[str, str]:
    kept = workplace.store.setting(_SETTING)
    return {} if kept is None else msgspec.json.decode(kept, type=dict[str, str])
