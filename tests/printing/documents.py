"""Small documents to print."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

LETTER = (612.0, 792.0)
A4 = (595.28, 841.89)


def a_pdf(pages: int = 2, size: tuple[float, float] = LETTER) -> bytes:
    """Return a document with "Page 1 of the sheet" and so on, as text."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(pages):
        canvas.drawString(72, 700, f"Page {number + 1} of the sheet")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
