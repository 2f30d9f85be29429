"""What kind of place a file lies in: on this computer's own disk, on a network, or in a folder that is synchronised."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Literal

Place = Literal["own", "network", "synced"]

_SYNCED = ("onedrive", "dropbox", "google drive", "nextcloud", "icloud")
_NETWORK_SYSTEMS = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "afs", "davfs"})
_DRIVE_REMOTE = 4  # GetDriveTypeW's DRIVE_REMOTE


def place_of(path: Path) -> Place:
    """Where the file lies; its folder need not exist. Unknown systems count as the computer's own."""
    whole = path.absolute()
    if is_synced(whole):
        return "synced"
    return "network" if _on_network(whole) else "own"


def is_synced(path: PurePath) -> bool:
    """Whether a folder on the way is one that a known client keeps in step: ``OneDrive - Lilla Edets kommun``."""
    return any(part.casefold().startswith(_SYNCED) for part in path.parts)


def network_mounts(mounts: Iterable[str]) -> tuple[PurePath, ...]:
    """Mount points of network file systems among the lines of ``/proc/self/mounts``."""
    split = (line.split(" ") for line in mounts)
    return tuple(PurePath(each[1].replace(r"\040", " ")) for each in split if each[2:3] and each[2] in _NETWORK_SYSTEMS)


def _on_network(path: Path) -> bool:
    if sys.platform == "win32":
        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(path.is_relative_to(mount) for mount in network_mounts(lines))
