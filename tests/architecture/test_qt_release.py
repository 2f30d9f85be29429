"""PySide6 6.12.0 loses a reference to None at every void Qt call on Python 3.10 and 3.11, and aborts in the end."""

from __future__ import annotations

import subprocess
import sys

import pytest

COUNTS = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
before = sys.getrefcount(None)
for number in range(200):
    label.setIndent(number)
print(before - sys.getrefcount(None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal and its count says nothing")
def test_two_hundred_qt_calls_lose_no_reference_to_none() -> None:
    done = subprocess.run([sys.executable, "-c", COUNTS], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100
