"""A ReportLab canvas that knows what it draws: every mark is either content of a structure element or an artifact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from typing import Any, BinaryIO, Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import XMP, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from fardplan_desktop.reports.archive import CREATOR, LANGUAGE, DocumentInfo, FixedTime, Marked, OutputIntent, xmp
from fardplan_desktop.reports.structure import StructureElement, StructureTree


class TaggedCanvas(Canvas):
    """Writes PDF/UA-1 and PDF/A-2a to ``target``; ``font`` is an embedded font to start every page with."""

    _code: list[str]
    _doc: Any

    def __init__(self, target: BinaryIO, info: DocumentInfo, font: str) -> None:
        start: dict[str, Any] = {"initialFontName": font}
        super().__init__(target, pagesize=A4, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=LANGUAGE, **start)
        self._tree = StructureTree()
        self._open: list[StructureElement] = [self._tree.document]
        self._inside = False
        self._describe(info)

    @contextmanager
    def group(self, tag: str) -> Iterator[StructureElement]:
        """What is drawn meanwhile belongs to a new element ``tag``, which has no content of its own."""
        element = StructureElement(tag, self._open[-1])
        self._open.append(element)
        try:
            yield element
        finally:
            self._open.pop()

    @contextmanager
    def content(self, tag: str, *, alt: str = "", scope: str = "") -> Iterator[StructureElement]:
        """What is drawn meanwhile is the content of a new element; inside other content it is part of that."""
        if self._inside:
            yield self._open[-1]
            return
        element = StructureElement(tag, self._open[-1], alt=alt, scope=scope)
        number = self._tree.own(self.getPageNumber(), element)
        with self._marked(f"/{tag} <</MCID {number}>> BDC"):
            yield element

    @contextmanager
    def artifact(self, kind: str) -> Iterator[None]:
        """What is drawn meanwhile is not read aloud: ``Layout`` (rules, fills) or ``Pagination`` (header, footer)."""
        if self._inside:
            yield
            return
        with self._marked(f"/Artifact <</Type/{kind}>> BDC"):
            yield

    @contextmanager
    def _marked(self, operator: str) -> Iterator[None]:
        self._code.append(operator)
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            self._code.append("EMC")

    def _describe(self, info: DocumentInfo) -> None:
        document = self._doc
        document._timeStamp = FixedTime(info.dated)
        document.signature = md5(info.dated.isoformat().encode(), usedforsecurity=False)
        self.setTitle(info.title)
        self.setAuthor(info.author)
        self.setSubject(info.subject)
        self.setCreator(CREATOR)
        self.setViewerPreference("DisplayDocTitle", "true")
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.MarkInfo = Marked()
        catalog.StructTreeRoot = self._tree
        catalog.Metadata = XMP(creator=lambda written: xmp(info, str(written.info.producer)))
        catalog.OutputIntents = OutputIntent()

    def showPage(self) -> None:
        """End the page, and lead from it to the structure tree."""
        number = self.getPageNumber()
        super().showPage()
        page = self._doc.idToObject[f"Page{number}"]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = number - 1
        page.Tabs = PDFName("S")

    def beginText(self, x: float = 0, y: float = 0, direction: Literal["LTR", "RTL"] | None = None) -> PDFTextObject:
        """A text object that keeps the spaces at wrapped line ends."""
        return _SpacedText(self, x, y, direction=direction)


class _SpacedText(PDFTextObject):
    """ReportLab drops the space where a line wraps; without it two words run together when read aloud."""

    def _textOut(self, text: str, TStar: int = 0) -> None:
        if TStar and text and not text.endswith((" ", "\N{SOFT HYPHEN}")):
            text += " "
        super()._textOut(text, TStar)  # type: ignore[misc]  # the stubs leave the private method out
