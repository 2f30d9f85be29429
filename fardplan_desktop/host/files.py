"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside first and put in place when every byte is on disk; what stood there is kept until then.

    Raises OSError, leaving nothing half-written behind.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # A pipe or a device has no half; a folder refuses.
        return
    half = path.with_name(path.name + ".del")
    try:
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def mark_as_from_outside(path: Path) -> None:
    """Tell Windows that the file came from others, so that what opens it is careful (the Mark of the Web).

    Other systems have no such mark, nor have disks that are not NTFS; the file is whole without it.
    """
    if sys.platform == "win32":
        try:
            Path(f"{path}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
        except OSError:
            return
