"""Wording of a paper: read and checked from its file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording_reader import WordingReader, refused
from intake_app.domain.wording_tree import Wording

__all__ = [
    "Wording",
    "WordingApproval",
    "WordingHeading",
    "data_of",
    "fingerprint",
    "heading_of",
    "read_wording",
    "wording_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingApproval(Record):
    """A named physician approved one wording as it stood, before wording was kept in versions.

    Read once, when the shipped wording becomes a version; no new one is made.
    """

    FORM: ClassVar[str] = "wording_approval"
    OWNER: ClassVar[str] = ""

    wording: Annotated[str, Spec(N_("Wording"), by=EnteredBy.PHYSICIAN)]
    fingerprint: Annotated[str, Spec(N_("Fingerprint"), by=EnteredBy.PHYSICIAN)]
    approved_by: Annotated[str, Spec(N_("Approved by"), max_length=80, by=EnteredBy.PHYSICIAN)]
    approved_on: Annotated[date, Spec(N_("Approved on"), by=EnteredBy.PHYSICIAN)]
    review_by: Annotated[date, Spec(N_("Review by"), by=EnteredBy.PHYSICIAN)]
    recorded_by: Annotated[str, Spec(N_("Recorded by"), max_length=80, by=EnteredBy.PHYSICIAN)] = ""


def read_wording(text: str, file: str) -> Wording:
    """Return the wording that a file holds.

    Raises:
        WordingError: with file, block and what is wrong: not TOML, an unknown placeholder or
            condition, a missing or doubled block, a list that is too long, a red-flag list that
            is shorter than the shipped one.
    """
    return wording_of(data_of(text, file), file)


def data_of(text: str, file: str) -> Mapping[str, object]:
    """Return the data of a wording file, right or wrong.

    Raises:
        WordingError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise refused(file, "", "not_toml", name=line[1] if line else "") from error


@dataclass(frozen=True, slots=True)
class WordingHeading:
    """What the top of a wording file says."""

    kind: SheetKind
    language: str
    version: str
    title: str


def heading_of(data: Mapping[str, object], file: str) -> WordingHeading:
    """Return for which paper and language the data are.

    Raises:
        WordingError: they do not say.
    """
    try:
        kind = SheetKind(str(data["sheet"]))
        language, title = data["language"], data["title"]
        version = str(data["version"])
    except (KeyError, ValueError) as error:
        raise refused(file, "", "heading") from error
    if not isinstance(language, str) or not isinstance(title, str):
        raise refused(file, "", "heading")
    return WordingHeading(kind, language, version, title)


def wording_of(data: Mapping[str, object], file: str) -> Wording:
    """Return the wording that the data of a file are.

    Raises:
        WordingError: like ``read_wording``.
    """
    heading = heading_of(data, file)
    kind = heading.kind
    reader = WordingReader(file)
    reader.names(kind)
    reader.check_text(heading.title)
    blocks = reader.blocks(data)
    reader.check_blocks(blocks, kind)
    return Wording(
        id=f"{kind.value}/{heading.language}",
        version=heading.version,
        title=heading.title,
        kind=kind,
        language=heading.language,
        blocks=blocks,
        to_check=tuple(reader.to_check),
        fingerprint=fingerprint(data),
    )


def fingerprint(data: Mapping[str, object]) -> str:
    """Return the SHA-256 of wording data, whatever its spacing and order of keys."""

    def tidy(value: object) -> object:
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, Mapping):
            return {key: tidy(part) for key, part in value.items()}
        return [tidy(part) for part in value] if isinstance(value, list) else value

    canonical = json.dumps(tidy(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
