"""ReportLab, set up so that its output is archivable, accessible and the same everywhere.

The room imports this before anything else of its own. What is set, and why:

* the optional C extension is kept out: it formats numbers otherwise, so the same paper would have other bytes;
* streams are binary, not ASCII85;
* a line break stands before ``endstream`` (PDF/A, ISO 19005-2, 6.1.7.1);
* a font's ToUnicode map names used codes only: U+0000 is forbidden (PDF/UA-1 7.21.7, PDF/A-2 6.2.11.7.2).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_END = b"endstream\n"
_BLOCK = 100  # entries a bfchar block may hold


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """The CMap of a font subset; ``subset`` holds one code point a character code, 0 where none is used."""
    used = [(code, point) for code, point in enumerate(subset) if point]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo", "<< /Registry (Adobe)", "/Ordering (UCS)", "/Supplement 0", ">> def",
        f"/CMapName /{fontname} def", "/CMapType 2 def",
        "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(used), _BLOCK):
        block = used[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *(f"<{code:02X}> <{point:04X}>" for code, point in block), "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def _set_up() -> None:
    sys.modules.setdefault("_rl_accel", None)  # type: ignore[arg-type]  # None is how Python refuses an import

    from reportlab import rl_config
    from reportlab.pdfbase import ttfonts
    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream

    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode_map
    stock = PDFStream.format

    def with_line_break(stream: PDFStream, document: PDFDocument) -> bytes:
        text = bytes(stock(stream, document))
        return text.removesuffix(_END) + b"\n" + _END

    PDFStream.format = with_line_break  # type: ignore[assignment, method-assign]  # the one seam ReportLab has for this


_set_up()
