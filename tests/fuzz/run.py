"""``python -m tests.fuzz.run TARGET SECONDS FOLDER``: fuzz one target, guided by what it covers.

What was found before lies in FOLDER and is begun with. Ends with 0 when nothing gave way; else libFuzzer shows the
exception and writes the bytes beside FOLDER.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["fardplan_desktop"]):
    from tests.fuzz.targets import TARGETS

LARGEST = 64 * 1024
SECONDS_AN_INPUT = 5
MEGABYTES = 2048


def main(name: str, seconds: str, folder: Path) -> None:
    target = TARGETS[name]()
    folder.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds:
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    atheris.Setup(
        [
            f"fuzz {name}",
            str(folder),
            f"-max_total_time={seconds}",
            f"-max_len={LARGEST}",
            f"-timeout={SECONDS_AN_INPUT}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-artifact_prefix={folder.parent}/{name}-",
            "-print_final_stats=1",
            "-verbosity=0",
        ],
        target.run,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
