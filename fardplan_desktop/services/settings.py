"""What the organisation has chosen for its store."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.host import paths
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace

_LONGEST = 80


def set_function(workplace: Workplace, *, function: str) -> None:
    """Who changes are signed by: a function such as Verksamhetsutvecklare, never a name."""
    text = " ".join(function.split())
    if not text or len(text) > _LONGEST:
        raise InputProblem("Funktionen går inte att spara.", todo=f"Skriv en funktion på högst {_LONGEST} tecken.")
    refuse_identity([RuleComment(id="", comment=text)])
    workplace.store.set_setting("function", text)


def deliveries_folder(workplace: Workplace) -> Path:
    """Where sealed packages are saved without a file dialog."""
    chosen = workplace.store.setting("deliveries_folder")
    return Path(chosen) if chosen else paths.deliveries_folder(workplace.organisation.name)


def set_deliveries_folder(workplace: Workplace, *, folder: Path) -> None:
    workplace.store.set_setting("deliveries_folder", str(folder))


def inbox_folder(workplace: Workplace) -> Path | None:
    """Where packages were last taken from. Not looked for: a share that is away would keep the window waiting."""
    chosen = workplace.store.setting("inbox_folder")
    return Path(chosen) if chosen else None


def set_inbox_folder(workplace: Workplace, *, folder: Path) -> None:
    workplace.store.set_setting("inbox_folder", str(folder))
