"""Mark a stored sheet in its margin, or lay a page to it, leaving the sheet itself as it was."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from intake_app.documents.page import MM, Frame, Pen
from intake_app.documents.type import BOLD

if TYPE_CHECKING:
    from intake_app.documents.type import Letters

_NAME: Final = "/CopyStamp"
_SIZE: Final = 11.0
_FROM_TOP: Final = 5.0 * MM
"""Inside the upper margin, outside what desktop printers leave white."""
_RIGHT: Final = 12.0 * MM


def stamped(pdf: bytes, text: str, letters: Letters) -> bytes:
    """Return the pages of ``pdf`` with a boxed ``text`` at the top right of each, in the margin."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        marks: dict[tuple[float, float], pikepdf.Object] = {}
        for page in document.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            size = (right - left, top - bottom)
            if size not in marks:
                with pikepdf.open(BytesIO(_mark(text, letters, size))) as mark:
                    marks[size] = document.copy_foreign(mark.pages[0].as_form_xobject())
            # Overlays get random names from the library; a fixed one keeps the bytes equal.
            name = page.add_resource(
                marks[size], pikepdf.Name.XObject, pikepdf.Name(_NAME), replace_existing=True
            )
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q /Artifact BMC q {name} Do Q EMC".encode())
        stream = BytesIO()
        document.save(stream, static_id=True)
    return stream.getvalue()


def joined(pdf: bytes, more: bytes) -> bytes:
    """Return the pages of ``pdf`` and then those of ``more``, for paper: the latter untagged."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document, pikepdf.open(BytesIO(more)) as added:
        for page in added.pages:
            # The numbers into the structure tree mean pages of the first document here.
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
            document.pages.append(page)
        stream = BytesIO()
        document.save(stream, static_id=True)
    return stream.getvalue()


def _mark(text: str, letters: Letters, size: tuple[float, float]) -> bytes:
    """Return one empty page with only the stamp on it."""
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1, initialFontName=BOLD)  # type: ignore[arg-type] # the stubs want a number
    pen = Pen(canvas)
    wide = letters.width(text, _SIZE, BOLD)
    top, right = size[1] - _FROM_TOP, size[0] - _RIGHT
    frame = Frame(right - wide - 12, right, top, top - _SIZE - 5)
    pen.box(frame, weight=1.0)
    lines = letters.lines(text, size=_SIZE, width=wide + 1, font=BOLD)
    pen.text(lines, frame.left + 6, top - 2, size=_SIZE, leading=_SIZE)
    pen.end()
    canvas.showPage()
    canvas.save()
    return stream.getvalue()
