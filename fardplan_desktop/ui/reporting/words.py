"""How moments and states of deliveries are written."""

from __future__ import annotations

from datetime import datetime

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.deliveries import Delivery


def moment(stamp: str) -> str:
    """``14 september 2026 14:02``, local time, of a UTC stamp."""
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{numbers_sv.day(local.date())} {local:%H:%M}"


def state(delivery: Delivery) -> str:
    """How a delivery counts."""
    if not delivery.active:
        return "Ersatt"
    return "Gällande" if delivery.reopened is None else "Rättelse öppen"


def receipt(delivery: Delivery) -> str:
    """What the receiver has answered; one that is replaced waits for nothing."""
    return "Kvittens väntas" if delivery.active else ""
