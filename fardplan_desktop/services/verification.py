"""The seal of one file, tried without a store: light, so that checking a package starts at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import Receiver, Verdict
from fardplan_desktop.exchange.bundle import open_bundle
from fardplan_desktop.exchange.kinds import KINDS
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.verify import open_package, read_package_file


def verify_seal(
    path: Path, *, receiver: Receiver | None = None, plain: Callable[[bytes], bytes] | None = None
) -> Verdict:
    """The verdict on one file and on the packages in it. Changes nothing.

    Without a receiver the seals are tried and the senders are not.
    ``plain`` gives what is inside an encrypted file; without it such a file is told to be locked.
    """
    try:
        data = read_package_file(path)
        opened = open_package(data if plain is None else plain(data), receiver)
        carries = KINDS[opened.statement.predicate.kind].bundles
        return open_bundle(opened, receiver).verdict if carries else opened.verdict
    except Refusal as refusal:
        return verdict_of(refusal)
