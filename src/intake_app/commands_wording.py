"""Wording without a window: listed, written to a file for another clinic, taken in from one.

The window starts through this module too, so that it imports nothing at the top.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from intake_app.bootstrap import Application
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_sets import ImportedWording
    from intake_app.domain.wording_versions import WordingVersion
    from intake_app.services.wordings import WordingLine

P = TypeVar("P", bound=argparse.ArgumentParser)
WORKED, FAILED, BAD_USAGE = 0, 1, 2
_SHORT = 12


def add_jobs(jobs: argparse._SubParsersAction[P], who: str) -> None:
    """Add the job ``wording`` with its own jobs; ``who`` explains the option --as."""
    wording = jobs.add_parser("wording", help="list, share or take in the wording of the sheets")
    steps = wording.add_subparsers(title="what to do", required=True)

    listing = steps.add_parser("list", help="say how far the wording of each sheet has come")
    listing.add_argument("--json", action="store_true")
    listing.add_argument("--as", dest="who", metavar="NAME", help=who)
    listing.set_defaults(wording_job=list_all)

    export = steps.add_parser("export", help="write wording to one file for another clinic")
    export.add_argument("file", metavar="FILE", type=Path)
    export.add_argument(
        "--language", action="append", metavar="TAG", help="en, es, zh-Hans, vi, ar; else all"
    )
    export.add_argument("--as", dest="who", metavar="NAME", help=who)
    export.set_defaults(wording_job=write)

    take = steps.add_parser("import", help="take in wording from a file, as drafts")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--json", action="store_true")
    take.add_argument("--as", dest="who", metavar="NAME", help=who)
    take.set_defaults(wording_job=take_in)


def list_all(application: Application, actor: Actor, options: argparse.Namespace) -> int:
    """Say how far the wording of each sheet in each language has come."""
    lines = application.wordings.overview(actor)
    if options.json:
        sys.stdout.write(json.dumps([_row(line) for line in lines]) + "\n")
        return WORKED
    for line in lines:
        sys.stdout.write(f"{line.wording_id:28} {_state(line)}\n")
    return WORKED


def _row(line: WordingLine) -> dict[str, object]:
    return {
        "wording": line.wording_id,
        "approved": _version(line.approved),
        "expired": line.expired,
        "phrases_changed": line.phrases_changed,
        "open": _version(line.open),
    }


def _version(version: WordingVersion | None) -> dict[str, object] | None:
    if version is None:
        return None
    return {
        "number": version.number,
        "stage": version.stage.value,
        "fingerprint": version.fingerprint,
        "approved_by": version.approved_by,
        "review_by": version.review_by.isoformat() if version.review_by else None,
    }


def _state(line: WordingLine) -> str:
    said = []
    if line.approved is not None:
        until = "expired on" if line.expired else "review by"
        said.append(
            f"version {line.approved.number} approved by {line.approved.approved_by}, "
            f"{until} {line.approved.review_by}, {line.approved.fingerprint[:_SHORT]}"
        )
        if line.phrases_changed:
            said.append("the program's own words have changed since: prints with DRAFT")
    if line.open is not None:
        stage = line.open.stage.label.lower()
        said.append(f"version {line.open.number} {stage}, {line.open.fingerprint[:_SHORT]}")
    return "; ".join(said) or "nothing approved"


def write(application: Application, actor: Actor, options: argparse.Namespace) -> int:
    """Write the wording of some languages to one file."""
    text = application.wordings.export_set(actor, options.language)
    how_many = text.count("\n[[wording]]\n")
    if not how_many:
        sys.stderr.write("intake-app: there is no wording in this language.\n")
        return BAD_USAGE
    options.file.write_text(text, encoding="utf-8")
    what = "1 wording" if how_many == 1 else f"{how_many} wordings"
    sys.stdout.write(f"{what} in {options.file.name}.\n")
    return WORKED


def take_in(application: Application, actor: Actor, options: argparse.Namespace) -> int:
    """Take in the wording of a file as drafts; 1 when some of it was refused."""
    report = application.wordings.import_set(actor, _text_of(options.file))
    if options.json:
        sys.stdout.write(json.dumps([_told(line) for line in report.lines]) + "\n")
    else:
        for line in report.lines:
            sys.stdout.write(f"{line.wording_id or '?':28} {_outcome(line)}\n")
    return FAILED if report.refused else WORKED


def _text_of(path: Path) -> str:
    from intake_app.domain.errors import FileForbiddenError, FileMissingError, FileNotATableError

    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileMissingError(path.name) from error
    except UnicodeDecodeError as error:
        raise FileNotATableError(path.name) from error
    except PermissionError as error:
        raise FileForbiddenError(path.name) from error


def _told(line: ImportedWording) -> dict[str, object]:
    from intake_app.domain.sentences import sentence

    return {
        "wording": line.wording_id,
        "taken": line.taken.value,
        "version": line.number or None,
        "unchanged": line.unchanged,
        "problems": [sentence(problem) for problem in line.problems],
    }


def _outcome(line: ImportedWording) -> str:
    from intake_app.domain.sentences import sentence
    from intake_app.domain.wording_sets import Taken

    if line.taken is Taken.REFUSED:
        return "refused: " + " ".join(sentence(problem) for problem in line.problems)
    words = {True: ", unchanged since it was exported", False: ", changed since it was exported"}
    since = words.get(line.unchanged, "") if line.unchanged is not None else ""
    if line.taken is Taken.KNOWN:
        return f"here already as version {line.number}{since}"
    return f"new draft, version {line.number}{since}"
