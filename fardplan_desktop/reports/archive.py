"""What makes a PDF archivable and named: XMP metadata, the colour profile, and one honest fixed date.

PDF/A-2a and PDF/UA-1 are declared here; the tags that the declaration promises come from the canvas and the flowables.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import PDFObject, PDFStream, PDFZCompress

LANGUAGE = "sv-SE"
CREATOR = "Färdplan Desktop"


class DocumentInfo(NamedTuple):
    """What the file says about itself; ``dated`` is the as-of date, never the day of printing."""

    title: str
    author: str
    subject: str
    dated: date


class FixedTime:
    """Stands in for ReportLab's time stamp: midnight UTC of the as-of date, whatever the clock or environment says."""

    def __init__(self, day: date) -> None:
        self.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
        self.dhh = 0
        self.dmm = 0


class OutputIntent(PDFObject):
    """The catalog's colour promise: every colour is sRGB."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self._profile = PDFStream(content=srgb_profile(), filters=[PDFZCompress])
        self._profile.dictionary["N"] = 3

    def format(self, document: Any) -> bytes:
        return (
            b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            b"/Info(sRGB)/DestOutputProfile %s>>]" % document.Reference(self._profile).format(document)
        )


class Marked(PDFObject):
    """The catalog's promise that everything is tagged."""

    def format(self, document: Any) -> bytes:
        return b"<</Marked true>>"


def srgb_profile() -> bytes:
    """An sRGB ICC profile without the day and the machine it was made on."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes([7, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    profile[40:44] = bytes(4)
    return bytes(profile)


def xmp(info: DocumentInfo, producer: str) -> bytes:
    """The metadata packet; title, author, subject and dates equal those of the document information."""
    day = f"{info.dated.isoformat()}T00:00:00+00:00"
    title, author, subject = (escape(text) for text in info[:3])
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{escape(producer)}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
{_EXTENSION}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


# PDF/A knows no pdfuaid: a schema of its own has to be declared (ISO 19005-2, 6.6.2.3)
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
