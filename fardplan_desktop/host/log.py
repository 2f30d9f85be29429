"""The log file: what happened in the program, never what the user wrote."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from fardplan_desktop.host.paths import home

NAME = "fardplan"


def start(folder: Path | None = None) -> Path | None:
    """Log to a small rotating file; None when the folder cannot be written (then nothing is logged)."""
    target = (folder or home()) / "fardplan.log"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(target, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger(NAME)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return target
