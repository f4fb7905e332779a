"""Who does not see the sheet hears the same words in the same order."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.aftercare import aftercare_sheet, compose
from intake_app.domain.sheets import (
    LETTERS,
    Block,
    Bullets,
    Element,
    Lines,
    Paragraph,
    PrintSize,
    Sheet,
    SheetKind,
    SpineFigure,
    Table,
    in_reading_order,
)
from intake_app.domain.spoken import spoken_text
from intake_app.services.papers import paper_of
from intake_app.services.specimens import SAMPLES, SPECIMEN_NURSE, sample_case
from tests.documents import samples
from tests.documents.structure import (
    Node,
    artifacts_in_content,
    lost_marks,
    nodes_of,
    read_aloud,
    tree_of,
    unmarked,
)
from tests.documents.test_engine import EVERY_WAY, KINDS, with_text
from tests.documents.test_shipped_wording import FACTS, WAYS, shipped
from tests.domain.languages import CODES, TRANSLATED, wording_in, words_in
from tests.domain.papers import CLINIC
from tests.services.desk import shipped_questionnaire

SHIPPED = [
    pytest.param(
        shipped(FACTS[who], paper, size), id=f"shipped, {who}, {paper.value}, {size.value}"
    )
    for who, paper, size in WAYS
]


def translated_sheet(language: str, who: str = "ordinary") -> Sheet:
    """Return the shipped aftercare sheet in a language."""
    facts = replace(FACTS[who], words=words_in(language))
    wording = wording_in(SheetKind.AFTERCARE, language)
    composition = compose(facts, wording)
    return aftercare_sheet(facts, wording, composition, size=PrintSize.NORMAL, specimen=False)


def with_english_beside(language: str) -> Sheet:
    """Return a sheet in two languages."""
    english = translated_sheet("en")
    return replace(translated_sheet(language), beside=english.blocks, beside_language="en")


IN_OTHER_LANGUAGES = [
    *(
        pytest.param(translated_sheet(language, who), id=f"{language}, {who}")
        for language in TRANSLATED
        for who in FACTS
    ),
    *(
        pytest.param(with_english_beside(language), id=f"{language}, English beside")
        for language in TRANSLATED
    ),
]


def paper(kind: SheetKind, language: str) -> Sheet:
    """Return a paper of the sample patient to whom everything applies."""
    return paper_of(
        sample_case(SAMPLES[-1].id, CLINIC, datetime(2026, 11, 22, 19, 0, tzinfo=UTC)),
        wording_in(kind, language),
        shipped_questionnaire(),
        size=PrintSize.NORMAL,
        approval=None,
        nurse=SPECIMEN_NURSE.name,
        now=datetime(2026, 11, 22, 19, 0, tzinfo=UTC),
    ).sheet


OTHER_PAPERS = [
    pytest.param(paper(kind, language), id=f"{kind.value}, {language}")
    for kind in SheetKind
    for language in (("en",) if kind in LETTERS else CODES)
]
ALL = [*EVERY_WAY, *SHIPPED, *IN_OTHER_LANGUAGES, *OTHER_PAPERS]
ONE_OF_EACH = [pytest.param(sheet, id=name) for name, sheet in KINDS.items()]


def letters(text: str) -> str:
    """Return only letters and digits: phone numbers are parted when spoken."""
    return re.sub(r"[\W_]+", "", text)


def texts_in_order(sheet: Sheet) -> list[str]:
    """Return titles, paragraphs and items of all blocks as they are read."""
    return [
        letters(text)
        for block in in_reading_order(sheet.blocks)
        for text in (block.title, *(text for e in block.elements for text in _texts(e)))
        if text
    ]


def _texts(element: Element) -> list[str]:
    match element:
        case Paragraph():
            return [element.text]
        case Bullets():
            return [element.lead, *element.items]
        case Table():
            return [row[0] for row in element.rows[1:]]
        case SpineFigure():
            return [element.caption, *element.text]
        case Lines():
            return list(element.labels)


def not_in_order(texts: list[str], said: str) -> list[str]:
    """Return the texts that do not follow each other in ``said``."""
    lost, place, plain = [], 0, letters(said)
    for text in texts:
        found = plain.find(text, place)
        if found < 0:
            lost.append(text)
        else:
            place = found + len(text)
    return lost


def after_poppler(pdf: bytes, folder: Path) -> str:
    """Return the text that poppler reads out of the structure tree."""
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed: nobody else read the structure")
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        [program, "-struct-text", str(path)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    return " ".join(re.findall(r'^ *"(.*)"$', done.stdout, re.MULTILINE))


# --- the checkers -------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ALL)
def test_pdfua_finds_nothing_and_leaves_nothing_out(
    engine: ReportLabEngine, sheet: Sheet, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(engine.draw(sheet).pdf)

    report = validate(str(path))

    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    assert [outcome for outcome in report.outcomes if outcome.skipped_reason] == []


@pytest.mark.parametrize("sheet", ALL)
def test_everything_painted_is_content_or_decoration(engine: ReportLabEngine, sheet: Sheet) -> None:
    pdf = engine.draw(replace(sheet, specimen=True)).pdf

    assert unmarked(pdf) == []
    assert artifacts_in_content(pdf) == []
    assert lost_marks(pdf) == []


# --- reading order ------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ALL)
def test_the_structure_reads_like_the_sheet(engine: ReportLabEngine, sheet: Sheet) -> None:
    said = read_aloud(engine.draw(sheet).pdf)

    assert not_in_order(texts_in_order(sheet), said) == []


@pytest.mark.parametrize("sheet", ONE_OF_EACH)
def test_the_structure_and_the_text_for_a_voice_have_one_order(
    engine: ReportLabEngine, sheet: Sheet, tmp_path: Path
) -> None:
    texts = texts_in_order(sheet)

    read = after_poppler(engine.draw(sheet).pdf, tmp_path)

    assert not_in_order(texts, read) == []
    assert not_in_order(texts, spoken_text(sheet)) == []


@pytest.mark.parametrize("sheet", ONE_OF_EACH)
def test_no_two_words_are_glued_at_the_end_of_a_line(
    engine: ReportLabEngine, sheet: Sheet, tmp_path: Path
) -> None:
    drawn = engine.draw(samples.printed(sheet, large=True))
    wanted = {
        word
        for block in sheet.blocks
        for element in block.elements
        for text in _texts(element)
        for word in text.replace("**", "").split()
    }

    heard = after_poppler(drawn.pdf, tmp_path).split()

    assert wanted - set(heard) == set()


def test_who_the_sheet_is_for_is_heard_once_and_first(engine: ReportLabEngine) -> None:
    pdf = engine.draw(samples.everything()).pdf

    paragraphs = [node.text for node in nodes_of(pdf, "P")]

    assert paragraphs[0].startswith("Eleanor Whitfield · Born 4 March 1951")
    assert [text for text in paragraphs[1:] if text.startswith("Eleanor Whitfield · ")] == []
    assert len([text for text in paragraphs if text.lower().startswith("page ")]) == 1


def test_a_paragraph_that_goes_over_pages_is_one(engine: ReportLabEngine) -> None:
    words = " ".join(f"word{number}" for number in range(1500))

    found = [
        node for node in nodes_of(engine.draw(with_text(words)).pdf, "P") if "word7 " in node.text
    ]

    assert len(found) == 1
    assert len(found[0].pages) > 1
    assert " ".join(found[0].text.split()) == words


def test_decoration_is_not_heard(engine: ReportLabEngine) -> None:
    pdf = engine.draw(replace(samples.ordinary(), specimen=True)).pdf

    assert "DRAFT" not in read_aloud(pdf)


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_block_is_heard_in_one_language_and_then_in_the_other(
    engine: ReportLabEngine, language: str
) -> None:
    sheet = with_english_beside(language)
    titles = {block.id: block.title for block in sheet.beside}
    wanted = [
        letters(title)
        for block in in_reading_order(sheet.blocks)
        for title in (block.title, titles.get(block.id, ""))
        if title and block.title
    ]

    pdf = engine.draw(sheet).pdf

    assert not_in_order(wanted, read_aloud(pdf)) == []
    assert {node.language for node in nodes_of(pdf)} - {language} == {"", "en"}


@pytest.mark.parametrize("sheet", IN_OTHER_LANGUAGES[:8])
def test_the_document_says_its_language(engine: ReportLabEngine, sheet: Sheet) -> None:
    with pikepdf.open(BytesIO(engine.draw(sheet).pdf)) as document:
        assert str(document.Root.Lang) == sheet.language


def test_what_runs_from_right_to_left_is_heard_as_it_is_read(engine: ReportLabEngine) -> None:
    sheet = translated_sheet("ar")

    nodes = nodes_of(engine.draw(sheet).pdf, "H1", "H2")

    titles = [block.title for block in in_reading_order(sheet.blocks) if block.title]
    heard = [node.heard.strip() for node in nodes]
    assert heard[0] == sheet.title
    assert [title for title in titles if title in heard] == heard[1:]


def test_a_name_from_right_to_left_is_heard_as_it_is_read(engine: ReportLabEngine) -> None:
    sheet = replace(samples.ordinary(), patient_name="נועה לוי")

    heard = [node.heard for node in nodes_of(engine.draw(sheet).pdf, "P")]

    assert heard[0].startswith("נועה לוי · Born 4 March 1951")


# --- what things are ----------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ALL)
def test_headings_go_down_one_step_at_a_time(engine: ReportLabEngine, sheet: Sheet) -> None:
    levels = [int(node.role[1]) for node in nodes_of(engine.draw(sheet).pdf, "H1", "H2", "H3")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("sheet", ONE_OF_EACH)
def test_every_block_has_its_heading(engine: ReportLabEngine, sheet: Sheet) -> None:
    airy = samples.printed(sheet)
    nodes = nodes_of(engine.draw(airy).pdf, "H2", "P")

    heard = [node.text.strip() for node in nodes]

    titles = [block.title for block in sheet.blocks if block.title]
    assert [title for title in titles if title not in heard and not _runs_in(title, heard)] == []


def _runs_in(title: str, heard: list[str]) -> bool:
    """Return whether a title stands in the first line of its text, as in tight boxes."""
    return any(text.startswith(f"{title}. ") for text in heard)


def test_lists_have_items_with_mark_and_words(engine: ReportLabEngine) -> None:
    pdf = engine.draw(samples.what_to_expect()).pdf

    items = nodes_of(pdf, "LI")

    assert len(items) == 6
    assert {tuple(kid.role for kid in item.kids) for item in items} == {("Lbl", "LBody")}
    marks = [item.kids[0] for item in items]
    assert [mark.alt for mark in marks[:4]] == ["Box to tick"] * 4
    assert [mark.actual for mark in marks[4:]] == ["•"] * 2


@pytest.mark.parametrize("sheet", [*EVERY_WAY[:12], *SHIPPED])
def test_every_row_of_a_table_has_a_cell_in_every_column(
    engine: ReportLabEngine, sheet: Sheet
) -> None:
    tables = nodes_of(engine.draw(sheet).pdf, "Table")

    assert tables
    assert [table for table in tables if len({len(row.kids) for row in table.kids}) != 1] == []


def test_head_cells_say_which_way_they_look(engine: ReportLabEngine) -> None:
    limits = next(
        table
        for table in nodes_of(engine.draw(samples.ordinary()).pdf, "Table")
        if "From when" in read(table)
    )

    scopes = [[cell.scope for cell in row.kids] for row in limits.kids]

    assert scopes == [["Column", "Column"], *[["Row", ""]] * 7]


def read(node: Node) -> str:
    """Return all text in a node."""
    return "".join(inner.text for inner in node.walk())


def test_drawings_say_what_they_show(engine: ReportLabEngine) -> None:
    figures = nodes_of(engine.draw(samples.ordinary()).pdf, "Figure")

    assert [figure.alt for figure in figures] == [
        "Square code for scanners. It holds the check code 7K3M-Q2XD.",
        "Drawing of the spine from the side. Black bones have cement: T12, L1.",
    ]


def test_a_line_to_write_on_is_announced(engine: ReportLabEngine) -> None:
    nodes = nodes_of(engine.draw(samples.ordinary()).pdf, "P")

    (line,) = [node for node in nodes if node.text.strip() == "Nurse, time"]

    assert [(kid.role, kid.alt) for kid in line.kids] == [("Span", "Line to write on")]


# --- about the document -------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ONE_OF_EACH)
def test_bookmarks_are_the_blocks_in_reading_order(engine: ReportLabEngine, sheet: Sheet) -> None:
    with pikepdf.open(BytesIO(engine.draw(sheet).pdf)) as document:
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        pages = [page.obj.objgen for page in document.pages]
        places = [pages.index(entry.Dest[0].objgen) for entry in _entries(document.Root.Outlines)]

    assert titles == [block.heading for block in in_reading_order(sheet.blocks)]
    assert places == sorted(places)


def _entries(outlines: pikepdf.Object) -> list[pikepdf.Object]:
    found = [outlines.First]
    while "/Next" in found[-1]:
        found.append(found[-1].Next)
    return found


def test_the_document_says_what_it_is_and_names_nobody(engine: ReportLabEngine) -> None:
    with pikepdf.open(BytesIO(engine.draw(samples.driver_card()).pdf)) as document:
        root = document.Root
        metadata = root.Metadata.read_bytes().decode("utf-8")
        said = (bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle))
        title = str(document.docinfo.Title)
        tabs = {str(page.Tabs) for page in document.pages}

    assert said == (True, True)
    assert title == "Driver card"
    assert f">{title}</rdf:li>" in metadata
    assert "<rdf:li>en</rdf:li>" in metadata
    assert "Whitfield" not in metadata
    assert tabs == {"/S"}


def test_a_title_with_signs_of_xml_does_not_break_the_metadata() -> None:
    from xml.etree import ElementTree

    from intake_app.documents.structure import metadata

    said = metadata('Care & "rest" <now> (a\\b)', "en")

    assert 'Care & "rest" <now>' in "".join(ElementTree.fromstring(said).itertext())


@pytest.mark.parametrize("title", ["Brackets (one", "Back\\slash", "Ñandú 脊柱"])
def test_any_title_becomes_a_bookmark(engine: ReportLabEngine, title: str) -> None:
    block = Block(
        id="A-05", title=title.replace("脊柱", "ж"), elements=(Paragraph("Rest."),), reason="always"
    )

    pdf = engine.draw(replace(samples.ordinary(), blocks=(block,))).pdf

    with pikepdf.open(BytesIO(pdf)) as document, document.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == [block.title]


# --- copies -------------------------------------------------------------------------------


def test_a_stamped_copy_is_as_readable_as_the_sheet(
    engine: ReportLabEngine, tmp_path: Path
) -> None:
    original = engine.draw(samples.printed(samples.everything(), large=True)).pdf
    path = tmp_path / "copy.pdf"

    copy = engine.stamp_copy(original, "COPY 22 November 2026, 14:05")

    path.write_bytes(copy)
    report = validate(str(path))
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    assert (unmarked(copy), artifacts_in_content(copy), lost_marks(copy)) == ([], [], [])
    assert read_aloud(copy) == read_aloud(original)


def test_the_stamp_closes_what_it_opens(engine: ReportLabEngine) -> None:
    copy = engine.stamp_copy(engine.draw(samples.driver_card()).pdf, "COPY")

    with pikepdf.open(BytesIO(copy)) as document:
        stamp = document.pages[0].Resources.XObject.CopyStamp
        steps = [str(step.operator) for step in pikepdf.parse_content_stream(stamp)]

    assert steps.count("BMC") + steps.count("BDC") == steps.count("EMC")


def test_the_tree_has_nothing_of_layouts_that_were_not_taken(engine: ReportLabEngine) -> None:
    sheet = replace(samples.ordinary(), size=PrintSize.LARGE)

    empty = [
        node
        for node in tree_of(engine.draw(sheet).pdf).walk()
        if node.role in {"P", "LBody", "H2", "H3"} and not node.text.strip()
    ]

    assert empty == []
