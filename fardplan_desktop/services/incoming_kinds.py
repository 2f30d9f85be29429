"""What a kind of package that comes down may put into the store; each kind's own service makes one of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.store.packages import Within


class Kept(msgspec.Struct, frozen=True):
    """Kept together with the sealed file, in one transaction. ``label`` is what the history says."""

    label: str
    rows: Mapping[type[msgspec.Struct], Sequence[msgspec.Struct]] = {}
    code_book: CodeBook | None = None
    facts: Mapping[str, object] = {}
    """Told in the history beside the package's digest and number."""
    within: Within = lambda _connection: None
    """What else is written in the same transaction."""
