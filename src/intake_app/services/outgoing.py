"""A print on its way, and how each copy differs from the patient's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from intake_app.domain.file_page import FileFacts
from intake_app.domain.handing import CopyFor, PrintJob
from intake_app.domain.printing import PrintRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

CLINICS = frozenset({CopyFor.FILE, CopyFor.FILE_PAGE})
"""Copies that stay at the clinic."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A print on its way: what was noted of it, the document, and where it goes."""

    job: PrintJob
    pdf: bytes
    request: PrintRequest
    instead_of: PrintJob | None = None
    """An earlier try, to be called off first: the copy must not come out twice."""
    filed: FileFacts | None = None
    """What the page for the clinic's file tells, for the clinic's copies."""


class Filing(Protocol):
    """Knows how each copy of a sheet differs from the patient's."""

    def facts_of(self, sheet_id: str) -> FileFacts:
        """Return what the page for the clinic's file tells of a sheet."""

    def document(self, job: PrintJob, pdf: bytes, filed: FileFacts | None) -> bytes:
        """Return what prints for one copy: whose it is stands in the margin."""


def with_file(outgoing: Iterable[Outgoing], filed: FileFacts | None) -> tuple[Outgoing, ...]:
    """Return prints, those that stay at the clinic with what the page for the file tells."""
    return tuple(
        replace(each, filed=filed) if each.job.copy_for in CLINICS else each for each in outgoing
    )
