"""Who approved what is sent, which day and how. A package has room for the function only; the rest stays with us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace

LONGEST_FUNCTION = 80
_ACT = "approve"


class Approval(msgspec.Struct, frozen=True):
    """Who approved (a function, never a name), which day and how."""

    function: str
    day: date
    way: str

    @property
    def words(self) -> str:
        """``Socialchef den 14 september 2026 genom möte``."""
        return f"{self.function} den {numbers_sv.day(self.day)} genom {self.way}"


def check(workplace: Workplace, *, approval: Approval) -> Approval:
    """The approval as it may be recorded, with ordinary spaces only, as the sealed statement wants its texts.

    Raises InputProblem or PersonalData with a sentence for the field.
    """
    function = " ".join(approval.function.split())
    if not function or len(function) > LONGEST_FUNCTION:
        raise InputProblem(
            "Skriv vem som har godkänt.", todo=f"En funktion, till exempel Socialchef, högst {LONGEST_FUNCTION} tecken."
        )
    if approval.day > workplace.today:
        raise InputProblem("Dagen för godkännandet ligger i framtiden.", todo="Ändra dagen.")
    refuse_identity([RuleComment(id="", comment=function)])
    return Approval(function, approval.day, approval.way)


def record(workplace: Workplace, *, delivery: Delivery, approval: Approval) -> None:
    """Put the approval of a sealed package in the history; it is never undone."""
    period = parse_period(delivery.period)
    workplace.store.act(
        _ACT,
        f"{period.name.capitalize()} godkänd av {approval.words}",
        f"Delivery:{delivery.digest}",
        {"function": approval.function, "day": approval.day.isoformat(), "way": approval.way},
        workplace.signature,
    )


def recorded(workplace: Workplace) -> Mapping[str, Approval]:
    """The approvals on record by the digest of their delivery; what was sealed without one has none."""
    found: dict[str, Approval] = {}
    for name, content in workplace.store.acts(_ACT):
        function, day, way = (str(content.get(field, "")) for field in ("function", "day", "way"))
        if day:  # An erased entry holds nothing.
            found[name.partition(":")[2]] = Approval(function, date.fromisoformat(day), way)
    return found
