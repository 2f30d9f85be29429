"""How moments, periods and deliveries are written."""

from __future__ import annotations

from datetime import datetime

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services.handing_in import ToSeal
from fardplan_desktop.services.receipts_in import Receipt


def moment(stamp: str) -> str:
    """``14 september 2026 14:02``, local time, of a UTC stamp."""
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{numbers_sv.day(local.date())} {local:%H:%M}"


def short_moment(stamp: str) -> str:
    """``14 sep 2026 14:02``, for the table."""
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{numbers_sv.short_day(local.date())} {local:%H:%M}"


def state(delivery: Delivery) -> str:
    """How a delivery counts."""
    if not delivery.active:
        return "Ersatt"
    return "Gällande" if delivery.reopened is None else "Rättelse öppen"


def how_it_stands(standing: ToSeal, left: int) -> str:
    """The sentence under the title; ``left``: days to the deadline, negative when it has passed."""
    if standing.delivery is not None:
        return "Förseglad och låst." if standing.locked else f"Rättelse öppen: {standing.delivery.reopened}"
    day = "1 dag" if abs(left) == 1 else f"{abs(left)} dagar"
    when = f"{day} kvar" if left > 0 else "sista dagen är i dag" if left == 0 else f"{day} för sent"
    return f"{standing.period.span.capitalize()}, till {standing.audience.name}, {when}."


def unsent(number: int) -> str:
    """How much of a sealed period has been changed since; empty for nothing."""
    what = "uppgift" if number == 1 else "uppgifter"
    return f"{number} {what} har ändrats sedan dess och är inte skickade." if number else ""


def not_over(period: Period) -> str:
    """What whoever seals a period before its end should know."""
    return (
        f"{period.name.capitalize()} slutar först {numbers_sv.day(period.end)}. "
        "Det som tillkommer efter förseglingen går bara att skicka som rättelse."
    )


def receipt(delivery: Delivery, found: Receipt | None) -> str:
    """What the receiver has answered, in short; one that is replaced waits for nothing."""
    if found is None:
        return "Kvittens väntas" if delivery.active else ""
    return f"{'Mottaget' if found.accepted else 'Inte inläst'} {found.received}"
