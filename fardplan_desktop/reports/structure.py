"""The structure tree of a tagged PDF: what a screen reader reads, in which order and as what.

ISO 32000-1 section 14.7. Open-source ReportLab writes no tags, but writes any object that can format itself;
``document`` is its ``PDFDocument``, whose inner methods have no types.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference


class MarkedContent(NamedTuple):
    """A stretch of a page's content: page number from 1, and its number on that page from 0."""

    page: int
    mcid: int


class StructureTree(PDFObject):
    """The root: the document element, and for every page which element each marked stretch belongs to."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.document = StructureElement("Document", self)
        self._owners: list[list[StructureElement]] = []

    def own(self, page: int, element: StructureElement) -> int:
        """Give the next marked stretch of ``page`` to ``element``; its number on the page."""
        while len(self._owners) < page:
            self._owners.append([])
        owners = self._owners[page - 1]
        owners.append(element)
        element.kids.append(MarkedContent(page, len(owners) - 1))
        return len(owners) - 1

    def format(self, document: Any) -> bytes:
        """The root object; its parent tree leads from marked content back to the elements."""
        pages = [
            b"%d [%s]" % (page, b" ".join(_reference(owner, document) for owner in owners))
            for page, owners in enumerate(self._owners)
        ]
        return b"<</Type/StructTreeRoot/K %s/ParentTree <</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            _reference(self.document, document),
            b"\n".join(pages),
            len(self._owners),
        )


class StructureElement(PDFObject):
    """One element (``P``, ``H1``, ``Table``, ``TD`` …) with its parts in reading order."""

    __RefOnly__ = 1

    def __init__(self, tag: str, parent: StructureTree | StructureElement, *, alt: str = "", scope: str = "") -> None:
        self.tag = tag
        self.kids: list[StructureElement | MarkedContent] = []
        self.box: tuple[float, float, float, float] | None = None
        self._parent = parent
        self._alt = alt
        self._scope = scope
        if isinstance(parent, StructureElement):
            parent.kids.append(self)

    def format(self, document: Any) -> bytes:
        """The object; content on the element's own page is named by number alone."""
        own = next((kid.page for kid in self.kids if isinstance(kid, MarkedContent)), None)
        parts = [b"<</Type/StructElem/S/%s/P %s" % (self.tag.encode(), _reference(self._parent, document))]
        if own is not None:
            parts.append(b"/Pg %s" % _page(own, document))
        parts.append(b"/K[%s]" % b" ".join(_kid(kid, own, document) for kid in self.kids))
        if self._alt:
            parts.append(b"/Alt %s" % pdf_text(self._alt))
        if self._scope:
            parts.append(b"/A <</O/Table/Scope/%s>>" % self._scope.encode())
        elif self.box is not None:
            parts.append(b"/A <</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % self.box)
        return b"".join([*parts, b">>"])


def pdf_text(text: str) -> bytes:
    """A text string in UTF-16, as hex."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def _kid(kid: StructureElement | MarkedContent, own: int | None, document: Any) -> bytes:
    if isinstance(kid, StructureElement):
        return _reference(kid, document)
    if kid.page == own:
        return b"%d" % kid.mcid
    return b"<</Type/MCR/Pg %s/MCID %d>>" % (_page(kid.page, document), kid.mcid)


def _reference(thing: PDFObject, document: Any) -> bytes:
    return bytes(document.Reference(thing).format(document))


def _page(number: int, document: Any) -> bytes:
    return bytes(PDFObjectReference(f"Page{number}").format(document))
