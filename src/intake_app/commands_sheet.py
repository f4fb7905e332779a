"""The aftercare sheet without a window: as a PDF or as text, in the language that was asked for.

The window starts through this module too, so that it imports nothing at the top.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.bootstrap import Application
    from intake_app.domain.staff import Actor
    from intake_app.services.sheets import Prepared

WORKED = 0
FAILED = 1
NO_SUCH_VISIT = "No visit has this id, and no patient this record number."
NO_SUCH_LANGUAGE = "no paper is written in that language: en, es, zh-Hans, vi or ar"


def add_options(sheet: argparse.ArgumentParser) -> None:
    """Add what can be said about the sheet that is wanted."""
    sheet.add_argument("visit", metavar="VISIT", help="id of the visit, or the record number")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE")
    sheet.add_argument(
        "--text", action="store_true", help="write the words for a voice to read, not the PDF"
    )
    sheet.add_argument(
        "--as", dest="who", metavar="NAME", help="who hands it out; else the last user here"
    )
    sheet.add_argument(
        "--language",
        default="",
        metavar="TAG",
        help="en, es, zh-Hans, vi, ar; else the patient's; English where it is not approved",
    )
    sheet.add_argument("--beside", action="store_true", help="set English beside the translation")


def is_known_language(tag: str) -> bool:
    """Return whether papers are written in a language; '' asks for the patient's."""
    from intake_app.domain.paper_languages import paper_language

    return not tag or bool(paper_language(tag))


def write(application: Application, nurse: Actor, options: argparse.Namespace) -> int:
    """Write the sheet of a visit and record it as handed out."""
    from intake_app.domain.errors import NotFoundError
    from intake_app.domain.paper_languages import PaperLanguage, paper_language
    from intake_app.domain.sheets import SheetKind
    from intake_app.services.sheets import TO_FILE

    wanted = paper_language(options.language)
    try:
        visit_id = application.patients.visit_named(nurse, options.visit)
    except NotFoundError:
        sys.stderr.write(f"intake-app: {NO_SUCH_VISIT}\n")
        return FAILED
    prepared = application.sheets.prepare(
        nurse, visit_id, SheetKind.AFTERCARE, language=wanted, beside=options.beside
    )
    drawn = application.sheets.draw(prepared)
    options.out.write_bytes(_spoken(prepared) if options.text else drawn.pdf)
    stored = application.sheets.hand_out(
        nurse, prepared, drawn, printer=TO_FILE, confirmed_by_eye=True
    )
    draft = ", DRAFT: nobody approved the wording" if prepared.specimen else ""
    said = [f"{options.out.name}: {drawn.pages} pages, check code {stored.check_code}{draft}."]
    if wanted and wanted != prepared.language:
        label = PaperLanguage(wanted).label
        said.append(f"No approved wording in {label}: the sheet prints in English.")
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return WORKED


def _spoken(prepared: Prepared) -> bytes:
    from intake_app.domain.spoken import spoken_text

    return spoken_text(prepared.sheet).encode("utf-8") if prepared.sheet is not None else b""
