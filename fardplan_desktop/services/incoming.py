"""The one door for sealed files that come down: code books, joint plans, receipts, feedback, questions.

``intake`` verifies and sorts every file, whoever it is for; what is not a municipality's own package is handed on here,
to the service of its kind. A new kind needs a line in ``_KINDS`` and a module with three functions: ``check`` refuses
what our store cannot take, ``keep`` says what enters it, ``told`` says what it changes before it is read in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services import codebook_intake, feedback_in, joint_intake, questions_in, receipts_in
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.workplace import Workplace


class Incoming(msgspec.Struct, frozen=True):
    """What the service of one kind does with an opened package; each may raise Refusal only in ``check``."""

    check: Callable[[Workplace, Opened], None]
    keep: Callable[[Workplace, Opened], Kept]
    told: Callable[[Workplace, Opened], tuple[str, ...]]


_KINDS: Mapping[str, Incoming] = {
    "kodverk": Incoming(codebook_intake.check, codebook_intake.keep, codebook_intake.told),
    "plan": Incoming(joint_intake.check, joint_intake.keep, joint_intake.told),
    "aterkoppling": Incoming(feedback_in.check, feedback_in.keep, feedback_in.told),
    "fraga": Incoming(questions_in.check, questions_in.keep, questions_in.told),
    "kvittens": Incoming(receipts_in.check, receipts_in.keep, receipts_in.told),
}
"""Kind on the wire → its service. Which level may send and read a kind stands in ``exchange.kinds``."""


def incoming(kind: str) -> Incoming | None:
    """The service of the kind; None for a kind that has none."""
    return _KINDS.get(kind)
