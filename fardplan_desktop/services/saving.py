"""Files that the user asked for: whole or not at all, and a sentence when the place cannot be written."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.host.files import write_whole


def save_file(path: Path, data: bytes) -> Path:
    """Write under another name first, then put in place. Raises WorldError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise WorldError(
            f"{path.name} kunde inte sparas.",
            f"Det går inte att skriva i {path.parent}.",
            "Välj en annan mapp.",
            detail=str(error),
        ) from error
    return path
