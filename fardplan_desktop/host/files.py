"""Writing a file whole or not at all."""

from __future__ import annotations

import os
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
