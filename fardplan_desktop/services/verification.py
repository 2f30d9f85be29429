"""The seal of one file, tried without a store: light, so that checking a package starts at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import Receiver, Verdict
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.verify import open_package, read_package_file


def verify_seal(
    path: Path, *, receiver: Receiver | None = None, plain: Callable[[bytes], bytes] | None = None
) -> Verdict:
    """The verdict on one file; without a receiver the seal is tried and the sender is not. Changes nothing.

    ``plain`` gives what is inside an encrypted file; without it such a file is told to be locked.
    """
    try:
        data = read_package_file(path)
        return open_package(data if plain is None else plain(data), receiver).verdict
    except Refusal as refusal:
        return verdict_of(refusal)
