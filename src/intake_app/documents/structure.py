"""Write the structure tree, bookmarks and metadata of a drawn document.

ReportLab knows none of this. The objects are written as bytes beside its own, which costs a tenth
of reading the finished file again to add them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFObject, PDFPage

from intake_app.documents.bidi import is_leftwards
from intake_app.documents.tagging import FIGURE, HEAD_CELL, LIST, Tag, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfbase.pdfdoc import PDFDocument
    from reportlab.pdfgen.canvas import Canvas

_METADATA: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})


class _Raw(PDFObject):
    """An object that is there as bytes."""

    __RefOnly__ = 1
    ready = 1  # what a document asks of its bookmarks
    content = b""

    def format(self, document: PDFDocument) -> bytes:  # noqa: ARG002 - the library's signature
        return self.content

    def prepare(self, document: PDFDocument, canvas: Canvas) -> None:
        """Do nothing: the bytes are there."""


class _Writer:
    """Adds objects to one document, each under a number of its own."""

    def __init__(self, canvas: Canvas) -> None:
        self.document = document_of(canvas)
        pages = self.document.Pages.pages
        self.pages: list[int] = [self.number(page) for page in pages]
        for number, page in enumerate(pages):
            page.StructParents, page.Tabs = number, "/S"
            page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]

    def number(self, thing: PDFObject) -> int:
        """Return the number of an object, a new one the first time."""
        reference = self.document.Reference(thing)
        number: int = self.document.idToObjectNumberAndVersion[reference.name][0]
        return number

    def reserved(self) -> tuple[_Raw, int]:
        """Return an object without content, and its number."""
        raw = _Raw()
        return raw, self.number(raw)


def document_of(canvas: Canvas) -> Any:
    """Return what the canvas writes to; there is no other way to add objects, nor types for it."""
    return canvas._doc  # type: ignore[attr-defined] # the stubs leave it out # noqa: SLF001


def write_structure(
    canvas: Canvas, marked: Sequence[Sequence[Tag]], *, title: str, language: str
) -> None:
    """Add all that makes a document readable to who does not see it; its pages are finished.

    ``marked`` holds, for each page, the tag of each marked content.
    """
    writer = _Writer(canvas)
    parts = parts_of(chain.from_iterable(marked))
    tree, tree_number = writer.reserved()
    leftwards = is_leftwards(language)
    numbers = _write_elements(writer, parts, tree_number=tree_number, leftwards=leftwards)
    parents, parents_number = writer.reserved()
    rows = (
        f"{number}[{' '.join(f'{numbers[tag]} 0 R' for tag in tags)}]"
        for number, tags in enumerate(marked)
    )
    parents.content = f"<</Nums[{' '.join(rows)}]>>".encode()
    tree.content = (
        f"<</Type/StructTreeRoot/K[{numbers[None]} 0 R]/ParentTree {parents_number} 0 R"
        f"/ParentTreeNextKey {len(marked)}>>"
    ).encode()
    catalog = writer.document.Catalog
    catalog.StructTreeRoot = tree
    catalog.MarkInfo = _Raw()
    catalog.MarkInfo.content = b"<</Marked true>>"
    catalog.Metadata = _metadata(title, language)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    _write_bookmarks(writer, [part for part in parts if part.title])


def _write_elements(
    writer: _Writer, parts: Sequence[Tag], *, tree_number: int, leftwards: bool
) -> dict[Tag | None, int]:
    """Write an element for each tag; return their numbers, the whole document's under ``None``."""
    whole, whole_number = writer.reserved()
    numbers: dict[Tag | None, int] = {None: whole_number}
    objects: dict[Tag, _Raw] = {}

    def reserve(tag: Tag) -> None:
        objects[tag], numbers[tag] = writer.reserved()
        for kid in tag.kept:
            reserve(kid)

    for part in parts:
        reserve(part)
    for tag, raw in objects.items():
        page = writer.pages[tag.marks[0][0]] if tag.marks else 0
        kids = [
            str(number)
            if writer.pages[on] == page
            else f"<</Type/MCR/Pg {writer.pages[on]} 0 R/MCID {number}>>"
            for on, number in tag.marks
        ]
        kids += [f"{numbers[kid]} 0 R" for kid in tag.kids if kid in numbers]
        raw.content = (
            f"<</S/{tag.role}/P {numbers[tag.parent]} 0 R"
            f"{f'/Pg {page} 0 R' if page else ''}{_kids(kids)}{_said(tag, leftwards=leftwards)}>>"
        ).encode()
    inside = " ".join(f"{numbers[part]} 0 R" for part in parts)
    whole.content = (f"<</Type/StructElem/S/Document/P {tree_number} 0 R/K[{inside}]>>").encode()
    return numbers


def _kids(kids: Sequence[str]) -> str:
    """Return what an element holds; one thing stands without brackets."""
    if len(kids) == 1:
        return f"/K {kids[0]}"
    return f"/K[{' '.join(kids)}]" if kids else ""


def _said(tag: Tag, *, leftwards: bool) -> str:
    """Return what a tag says about itself."""
    said = ""
    if tag.language:
        said += f"/Lang{_text(tag.language)}"
    if tag.title:
        said += f"/T{_text(tag.title)}"
    if tag.alt:
        said += f"/Alt{_text(tag.alt)}"
    actual = tag.said(leftwards=leftwards)
    if actual:
        said += f"/ActualText{_text(actual)}"
    if tag.kind and tag.role == HEAD_CELL:
        said += f"/A<</O/Table/Scope/{tag.kind}>>"
    if tag.kind and tag.role == LIST:
        said += f"/A<</O/List/ListNumbering/{tag.kind}>>"
    if tag.box and tag.role == FIGURE:
        edges = " ".join(f"{edge:.2f}" for edge in tag.box)
        said += f"/A<</O/Layout/Placement/Block/BBox[{edges}]>>"
    return said


def _write_bookmarks(writer: _Writer, parts: Sequence[Tag]) -> None:
    """Write a bookmark for each part, one after the other."""
    if not parts:
        return
    outline, outline_number = writer.reserved()
    entries = [writer.reserved() for _ in parts]
    for number, (part, (raw, _)) in enumerate(zip(parts, entries, strict=True)):
        page, top = part.place or (0, 0.0)
        before = f"/Prev {entries[number - 1][1]} 0 R" if number else ""
        after = f"/Next {entries[number + 1][1]} 0 R" if number + 1 < len(entries) else ""
        raw.content = (
            f"<</Title{_text(part.title)}/Parent {outline_number} 0 R{before}{after}"
            f"/Dest[{writer.pages[page]} 0 R/XYZ null {top:.2f} null]>>"
        ).encode()
    outline.content = (
        f"<</Type/Outlines/First {entries[0][1]} 0 R/Last {entries[-1][1]} 0 R"
        f"/Count {len(entries)}>>"
    ).encode()
    writer.document.Outlines = writer.document.Catalog.Outlines = outline


def metadata(title: str, language: str) -> str:
    """Return what the document says about itself, as XMP."""
    return _METADATA.format(title=escape(title), language=escape(language))


def _metadata(title: str, language: str) -> _Raw:
    said = metadata(title, language).encode()
    raw = _Raw()
    raw.content = (
        f"<</Type/Metadata/Subtype/XML/Length {len(said)}>>\nstream\n".encode()
        + said
        + b"\nendstream"
    )
    return raw


def _text(text: str) -> str:
    """Return a text as PDF writes it."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPED)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
