"""Fill wording with facts: which blocks print, why, and what could not be resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from intake_app.domain.conditions import ALWAYS, Finding, When
from intake_app.domain.language import N_, translated
from intake_app.domain.paper_words import PaperWords
from intake_app.domain.procedures import NewMedicine
from intake_app.domain.sheets import (
    Block,
    Bullets,
    Element,
    Lines,
    Paragraph,
    SpineFigure,
    Table,
)
from intake_app.domain.validation import Problem
from intake_app.domain.vocabulary import Vocabulary
from intake_app.domain.wording_reader import PLACEHOLDER
from intake_app.domain.wording_tree import BlockWording, ElementWording, Item, Wording

F = TypeVar("F")
LeftOut = tuple[str, str, str]
Special = Callable[["Filler[F]", ElementWording], Element | None]


@dataclass(slots=True)
class Filler(Generic[F]):
    """Fills texts for one set of facts; each condition and placeholder is asked once."""

    facts: F
    vocabulary: Vocabulary[F]
    words: PaperWords
    problems: list[Problem] = field(default_factory=list)
    _found: dict[str, Finding] = field(default_factory=dict)
    _said: dict[str, str | Problem] = field(default_factory=dict)

    def look(self, name: str) -> Finding:
        """Return what a named condition finds."""
        if name not in self._found:
            self._found[name] = self.vocabulary.conditions[name](self.facts)
        return self._found[name]

    def holds(self, when: When[object]) -> bool:
        """Return whether a condition of the file holds."""
        return when.find(self.look).holds

    def text(self, template: str) -> str:
        """Return the template with its placeholders filled; note those that cannot be."""
        if "{" not in template:
            return template
        return PLACEHOLDER.sub(lambda match: self._say(match[1]), template)

    def _say(self, name: str) -> str:
        if name not in self._said:
            self._said[name] = self.vocabulary.placeholders[name](self.facts)
        said = self._said[name]
        if isinstance(said, Problem):
            self.note(said)
            return "…"
        if not said:
            self.note(Problem.of(name, "placeholder_unresolved", name=name))
            return "…"
        return said.replace("**", "")

    def note(self, problem: Problem) -> None:
        """Keep a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def items(self, items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
        """Return the filled texts of the items that print."""
        return tuple(
            tuple(self.text(text) for text in item.texts) for item in items if self.holds(item.when)
        )


def compose_blocks(
    filler: Filler[F], wording: Wording, specials: Mapping[str, Special[F]]
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return every block of the wording that holds, filled, and those left out with a reason.

    A block that stands for further handles, or whose content is printed inside another block, in
    the header or in the foot, is there without elements of its own.
    """
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    places: dict[str, int] = {}
    for source in wording.blocks:
        finding = source.when.find(filler.look)
        title = filler.text(source.title) if finding.holds else _bare(source.title)
        if not finding.holds:
            left_out += [(h, title, finding.because) for h in (source.id, *source.covers)]
            continue
        elements = _elements(filler, source, specials)
        if not elements and not source.place and _prints(source):
            filler.note(Problem.of(source.id, "block_failed", block=source.id, title=title))
        if source.into:
            host = places[source.into]
            blocks[host] = replace(blocks[host], elements=(*blocks[host].elements, *elements))
            elements = ()
        places[source.id] = len(blocks)
        reason = _reason(finding)
        blocks.append(
            Block(
                id=source.id,
                title=title,
                elements=elements,
                reason=reason,
                boxed=source.boxed,
                first_page=source.first_page,
            )
        )
        blocks += [
            Block(id=handle, title=title, elements=(), reason=reason) for handle in source.covers
        ]
    return tuple(_tidied(block, filler.words) for block in blocks), tuple(left_out)


def _prints(source: BlockWording) -> bool:
    """Return whether the block prints something itself (not only rows of the limits table)."""
    return any(element.kind != "limits" for element in source.elements)


def _bare(title: str) -> str:
    """Return a title for the list of blocks that do not print: placeholders are not filled."""
    return PLACEHOLDER.sub("…", title)


def _reason(finding: Finding) -> str:
    if finding.because == translated(ALWAYS):
        return finding.because
    return translated(N_("because: {what}")).format(what=finding.because)


def _elements(
    filler: Filler[F], source: BlockWording, specials: Mapping[str, Special[F]]
) -> tuple[Element, ...]:
    made = []
    for element in source.elements:
        if element.kind == "limits" or not filler.holds(element.when):
            continue
        special = specials.get(element.kind)
        one = special(filler, element) if special else _ordinary(filler, element)
        if one is not None:
            made.append(one)
    return tuple(made)


def _ordinary(filler: Filler[F], element: ElementWording) -> Element | None:
    items = filler.items(element.items)
    if not items:
        return None
    match element.kind:
        case "paragraph":
            return Paragraph(filler.words.sentences([text for item in items for text in item]))
        case "bullets":
            return Bullets(
                tuple(item[0] for item in items),
                lead=filler.text(element.lead),
                columns=element.columns,
                tick=element.tick,
            )
        case "table":
            return Table(
                tuple(filler.text(cell) for cell in element.head),
                items,
                element.widths,
                writing=element.writing,
            )
        case _:
            return Lines(tuple(item[0] for item in items))


def _tidied(block: Block, words: PaperWords) -> Block:
    """Join paragraphs that follow one another; set those after a spine beside it, as two."""
    elements: list[Element] = []
    for part in block.elements:
        before = elements[-1] if elements else None
        if isinstance(part, Paragraph) and isinstance(before, Paragraph):
            elements[-1] = Paragraph(words.sentences([before.text, part.text]))
        elif isinstance(part, Paragraph) and isinstance(before, SpineFigure):
            first, *rest = (*before.text, part.text)
            elements[-1] = replace(
                before, text=(first, words.sentences(rest)) if rest else (first,)
            )
        else:
            elements.append(part)
    return replace(block, elements=tuple(elements))


def medicines_table(
    medicines: Iterable[NewMedicine], element: ElementWording, words: PaperWords
) -> Table | None:
    """Return the table of the medicines to take; ``None`` when there are none."""
    rows = tuple(
        (row.name, row.dose, row.times, words.counted(row.days, "day") if row.days else "")
        for row in medicines
    )
    return Table(element.head, rows, element.widths) if rows else None


def limit_rows(filler: Filler[F], wording: Wording) -> tuple[tuple[str, ...], ...]:
    """Return the rows that blocks give to the table of limits, in the order of the file.

    Rows of one group that end at the same moment are one row: "Shower, dressing off".
    """
    rows: dict[tuple[str, ...], tuple[str, ...]] = {}
    for source in wording.blocks:
        if not filler.holds(source.when):
            continue
        for element in source.elements:
            if element.kind == "limits" and filler.holds(element.when):
                for what, *until in filler.items(element.items):
                    key = (element.group or what, *until)
                    before = rows.get(key)
                    lower = f"{what[:1].lower()}{what[1:]}"
                    said = filler.words.listed([before[0], lower]) if before else what
                    rows[key] = (said, *until)
    return tuple(rows.values())
