"""Everything that is wrong with a wording, part by part, and beside the shipped wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.errors import WordingError
from intake_app.domain.sentences import sentence
from intake_app.domain.sheets import SheetKind
from intake_app.domain.validation import Problem
from intake_app.domain.wording import heading_of
from intake_app.domain.wording_reader import CONTENT_KEYS, PLACEHOLDER, WordingReader, sign_of
from intake_app.domain.wording_tree import BlockWording, ElementWording, Item, Wording

Entry = dict[str, object]
RED_FLAGS = ("R-1", "R-2")


@dataclass(frozen=True, slots=True)
class WordingProblem:
    """Something that keeps a wording from printing as final, and in which block."""

    block: str
    code: str
    """What a reader refuses, with ``wording_`` in front: ``wording_placeholder``."""
    params: tuple[tuple[str, str], ...] = ()
    element: int | None = None
    """The element of the block, where it is known."""
    item: int | None = None

    @property
    def problem(self) -> Problem:
        """The same as a problem with a sentence."""
        return Problem(self.block, self.code, self.params)

    @property
    def sentence(self) -> str:
        """What is wrong and how to put it right, in the user's language."""
        return sentence(self.problem)

    @classmethod
    def of(
        cls, error: WordingError, element: int | None = None, *, item: int | None = None
    ) -> WordingProblem:
        """Return the problem that a reader found."""
        values = error.values
        name = str(values.get("name", ""))
        return cls(
            str(values["block"]), f"wording_{values['why']}", (("name", name),), element, item
        )


def problems_in(data: Mapping[str, object], shipped: Wording | None) -> tuple[WordingProblem, ...]:
    """Return everything that is wrong with the data of a wording file."""
    try:
        heading = heading_of(data, "")
    except WordingError as error:
        return (WordingProblem.of(error),)
    reader = WordingReader("")
    reader.names(heading.kind)
    found = list(_texts(reader, [heading.title]))
    given = data.get("block", [])
    blocks = []
    for entry in given if isinstance(given, list) else []:
        problems = tuple(_in_block(reader, entry))
        found += problems
        if not problems:
            blocks.append(reader.block(entry))
    if found:
        return tuple(found)
    try:
        reader.check_blocks(tuple(blocks), heading.kind)
    except WordingError as error:
        found.append(WordingProblem.of(error))
    if shipped is not None and heading.kind is SheetKind.AFTERCARE:
        found += _beside_shipped(blocks, shipped.blocks)
    return tuple(dict.fromkeys(found))


def _texts(reader: WordingReader, texts: Iterable[str]) -> Iterator[WordingProblem]:
    for text in texts:
        try:
            reader.check_text(text)
        except WordingError as error:
            yield WordingProblem.of(error)


def _in_block(reader: WordingReader, entry: object) -> Iterator[WordingProblem]:
    """Yield what is wrong in one block: all of it, with its place, as far as it can be told."""
    try:
        reader.block(entry if isinstance(entry, dict) else {})
    except WordingError as error:
        whole = WordingProblem.of(error)
    else:
        return
    inner = list(_in_elements(reader, entry)) if isinstance(entry, dict) else []
    if isinstance(entry, dict):
        bare = {**entry, "element": [{"kind": "lines", "items": ["x"]}], "place": ""}
        try:
            reader.block(bare)
        except WordingError as error:
            yield WordingProblem.of(error)
            if not inner:
                return
    yield from inner or [whole]


def _in_elements(reader: WordingReader, entry: Entry) -> Iterator[WordingProblem]:
    elements = entry.get("element", [])
    for number, element in enumerate(elements if isinstance(elements, list) else []):
        one = {"id": entry.get("id"), "title": "x", "element": [element]}
        try:
            reader.block(one)
        except WordingError as error:
            inner = (
                list(_in_items(reader, one, number, element)) if isinstance(element, dict) else []
            )
            yield from inner or [WordingProblem.of(error, number)]


def _in_items(
    reader: WordingReader, one: Entry, number: int, element: Entry
) -> Iterator[WordingProblem]:
    key = CONTENT_KEYS.get(str(element.get("kind")), "items")
    items = element.get(key, [])
    for place, item in enumerate(items if isinstance(items, list) else [items]):
        try:
            widths = {"widths": element["widths"]} if "widths" in element else {}
            alone = {"kind": element.get("kind"), **widths, key: [item]}
            reader.block({**one, "element": [alone]})
        except WordingError as error:
            yield WordingProblem.of(error, number, item=place)


def _beside_shipped(
    blocks: Iterable[BlockWording], shipped: Iterable[BlockWording]
) -> Iterator[WordingProblem]:
    """Yield where the danger signs are fewer, or say less, than in the shipped wording."""
    ours = {block.id: block for block in blocks}
    theirs = {block.id: block for block in shipped}
    for handle in RED_FLAGS:
        mine, before = ours.get(handle), theirs.get(handle)
        if mine is None or before is None:
            continue
        if before.boxed and not mine.boxed:
            yield WordingProblem(handle, "wording_red_flags_place", (("name", ""),))
        if not _groups_grew(_groups(mine), _groups(before)):
            yield WordingProblem(handle, "wording_red_flags_shrunk", (("name", ""),))
        missing = _placeholders(before) - _placeholders(mine)
        for name in sorted(missing):
            yield WordingProblem(handle, "wording_red_flag_number", (("name", f"{{{name}}}"),))
    drawn = [block for block in ours.values() if not block.place and not block.into]
    last = max((n for n, block in enumerate(drawn) if block.id in RED_FLAGS), default=0)
    if any(not block.first_page for block in drawn[:last]):
        yield WordingProblem("R-2", "wording_red_flags_place", (("name", ""),))


def _groups(block: BlockWording) -> list[ElementWording]:
    return [part for part in block.elements if part.kind == "bullets" and part.when == ALWAYS_WHEN]


def _groups_grew(ours: list[ElementWording], theirs: list[ElementWording]) -> bool:
    """Return whether each group is there with no fewer signs; first by its lead, then by size."""
    left = list(ours)
    without = []
    for group in theirs:
        same = next((each for each in left if each.lead == group.lead), None)
        if same is None:
            without.append(group)
            continue
        left.remove(same)
        if not _grew(same.items, group.items):
            return False
    for group in sorted(without, key=lambda each: -len(each.items)):
        fitting = [each for each in left if _grew(each.items, group.items)]
        if not fitting:
            return False
        left.remove(min(fitting, key=lambda each: len(each.items)))
    return True


def _grew(ours: tuple[Item, ...], theirs: tuple[Item, ...]) -> bool:
    """Return whether no sign went, and none prints for fewer people; said twice counts once."""
    mine, before = _signs(ours), _signs(theirs)
    spare = mine[ALWAYS_WHEN] - before[ALWAYS_WHEN]
    narrowed = sum(
        max(0, count - mine[when]) for when, count in before.items() if when != ALWAYS_WHEN
    )
    return spare >= narrowed


def _signs(items: tuple[Item, ...]) -> Counter[When[object]]:
    """Return how many different signs print under each condition."""
    said = {(sign_of(item.texts[0]), item.when) for item in items}
    return Counter(when for sign, when in said if sign)


def _placeholders(block: BlockWording) -> set[str]:
    """Return what is filled in where it prints for everybody."""
    texts = [block.title]
    for group in _groups(block):
        texts += [text for item in group.items if item.when == ALWAYS_WHEN for text in item.texts]
    return {name for text in texts for name in PLACEHOLDER.findall(text)}
