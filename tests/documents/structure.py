"""Read the structure of a drawn sheet back: the tree, its text, and what is marked as what."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

PAINTING = frozenset(("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do"))


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the structure tree."""

    role: str
    depth: int
    text: str
    """What its own marked contents print."""
    alt: str = ""
    actual: str = ""
    title: str = ""
    language: str = ""
    scope: str = ""
    pages: tuple[int, ...] = ()
    kids: list["Node"] = field(default_factory=list)

    @property
    def heard(self) -> str:
        """What a voice reads of it: what it stands for, else what it prints."""
        return f"{self.actual} " if self.actual else self.text

    def walk(self) -> Iterator["Node"]:
        """Yield it and everything in it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def tree_of(pdf: bytes) -> Node:
    """Return the document element."""
    with pikepdf.open(BytesIO(pdf)) as document:
        texts = [_texts(pdf, number) for number in range(len(document.pages))]
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        return _node(document.Root.StructTreeRoot.K[0], texts, numbers, depth=0)


def nodes_of(pdf: bytes, *roles: str) -> list[Node]:
    """Return the elements with these roles, or all, in reading order."""
    return [node for node in tree_of(pdf).walk() if not roles or node.role in roles]


def read_aloud(pdf: bytes) -> str:
    """Return the text of the structure tree in reading order, one blank between words."""
    return " ".join("".join(node.heard for node in nodes_of(pdf)).split())


def unmarked(pdf: bytes) -> list[str]:
    """Return the operators that paint something outside marked content, page by page."""
    return [
        f"page {number}: {operator}" for number, operator, stack in _painted(pdf) if len(stack) != 1
    ]


def artifacts_in_content(pdf: bytes) -> list[tuple[int, str]]:
    """Return painting inside both an artifact and tagged content."""
    return [
        (number, operator)
        for number, operator, stack in _painted(pdf)
        if "/Artifact" in stack and len(set(stack)) > 1
    ]


def lost_marks(pdf: bytes) -> list[tuple[int, int]]:
    """Return page and number of marked contents that not exactly one element claims, and the
    parent tree with it."""
    claimed: dict[tuple[int, int], list[tuple[int, int]]] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        _claims(root.K[0], claimed, numbers)
        nums = root.ParentTree.Nums
        parents = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
        lost = []
        for number, page in enumerate(document.pages):
            row = parents[int(page.StructParents)]
            used = sorted(set(_mcids(page)))
            if used != list(range(len(row))):
                lost.append((number, -1))
            lost += [
                (number, mcid) for mcid in used if claimed.get((number, mcid)) != [row[mcid].objgen]
            ]
    return lost


def _painted(pdf: bytes) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            stack: list[str] = []
            for step in pikepdf.parse_content_stream(page):
                name = str(step.operator)
                if name in ("BDC", "BMC"):
                    stack.append(str(step.operands[0]))
                elif name == "EMC":
                    stack.pop()
                elif name in PAINTING:
                    inner = [kind for kind in stack[1:] if kind != "/Span"]
                    yield number, name, (*stack[:1], *inner)
            assert not stack


def _mcids(page: pikepdf.Page) -> Iterator[int]:
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "BDC":
            about = step.operands[1]
            if isinstance(about, pikepdf.Dictionary) and "/MCID" in about:
                yield int(about.MCID)


def _claims(
    element: pikepdf.Object,
    claimed: dict[tuple[int, int], list[tuple[int, int]]],
    numbers: dict[tuple[int, int], int],
) -> None:
    for page, mcid in _marks(element, numbers):
        claimed.setdefault((page, mcid), []).append(element.objgen)
    for kid in _elements(element):
        _claims(kid, claimed, numbers)


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _marks(
    element: pikepdf.Object, numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[int, int]]:
    for kid in _kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            yield numbers[element.Pg.objgen], int(kid)
        elif kid.get("/Type") == "/MCR":
            yield numbers[kid.Pg.objgen], int(kid.MCID)


def _node(
    element: pikepdf.Object,
    texts: list[dict[int, str]],
    numbers: dict[tuple[int, int], int],
    *,
    depth: int,
) -> Node:
    marks = list(_marks(element, numbers))
    about = element.get("/A", pikepdf.Dictionary())
    return Node(
        role=str(element.S).removeprefix("/"),
        depth=depth,
        text="".join(texts[page].get(mcid, "") for page, mcid in marks),
        alt=str(element.get("/Alt", "")),
        actual=str(element.get("/ActualText", "")),
        title=str(element.get("/T", "")),
        language=str(element.get("/Lang", "")),
        scope=str(about.get("/Scope", "")).removeprefix("/"),
        pages=tuple(dict.fromkeys(page for page, _ in marks)),
        kids=[_node(kid, texts, numbers, depth=depth + 1) for kid in _elements(element)],
    )


def _texts(pdf: bytes, number: int) -> dict[int, str]:
    """Return what each marked content of a page prints, by its number."""
    found: dict[int, str] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        text_page = page.get_textpage()
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mcid = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
            if mcid >= 0:
                found[mcid] = found.get(mcid, "") + _text(thing, text_page)
    return found


def _text(thing: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(thing.raw, text_page.raw, None, 0)
    letters = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing.raw, text_page.raw, letters, size)
    return bytes(letters).decode("utf-16-le").rstrip("\0")
