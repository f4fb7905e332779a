"""Import and export without a window."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.exchange import DateOrder, FileKind
from intake_app.domain.sentences import error_sentence
from intake_app.services.exchange import Listing

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from intake_app.bootstrap import Application
    from intake_app.domain.exchange import Summary, Table
    from intake_app.domain.staff import Actor

WORKED, FAILED, BAD_USAGE = 0, 1, 2
_UNCLEAR = (
    "no date in the file shows whether the day or the month comes first: "
    "add --dates dmy or --dates mdy"
)


def take_in(application: Application, actor: Actor, options: argparse.Namespace) -> int:
    """Take in the people of a file; 1 when somebody was refused."""
    exchange, path = application.exchange, options.file
    kind = FileKind(options.format) if options.format else exchange.kind_of(actor, path)
    table: Table | None = None
    reading = None
    if kind is FileKind.CSV:
        table = exchange.look(actor, path)
        reading = table.reading
        if options.dates:
            reading = replace(reading, date_order=DateOrder(options.dates))
        elif not table.sure_of_dates and "birth_date" in reading.columns:
            sys.stderr.write(f"intake-app: {_UNCLEAR}.\n")
            return BAD_USAGE
    listing = Listing()
    people = exchange.people_of(actor, path, kind=kind, reading=reading)
    summary = exchange.take_in(
        actor, people, doubtful_are_new=options.doubtful_are_new, on_outcome=listing.add
    )
    if options.refused and listing.refused:
        headers = table.headers if table else ()
        exchange.save_refused(actor, options.refused, headers=headers, returned=listing.refused)
    _tell(summary, listing, options)
    return FAILED if listing.refused or summary.failure else WORKED


def _tell(summary: Summary, listing: Listing, options: argparse.Namespace) -> None:
    if options.json:
        said = {
            "accepted": summary.accepted,
            "matched": summary.matched,
            "refused": summary.refused,
            "refusals": [{"place": each.place, "why": each.what_to_do} for each in listing.refused],
            "differences": [
                {"place": each.place, "what": each.what_to_do} for each in listing.differing
            ],
        }
        sys.stdout.write(json.dumps(said) + "\n")
    else:
        sys.stdout.write(
            f"{summary.accepted} new, {summary.matched} here already, {summary.refused} refused.\n"
        )
    if summary.failure is not None:
        sys.stderr.write(f"intake-app: {error_sentence(summary.failure)}\n")
    elif listing.refused:
        where = (
            f"see {options.refused.name}" if options.refused else "add --refused FILE to see why"
        )
        sys.stderr.write(f"intake-app: {summary.refused} not taken in: {where}.\n")


def write(application: Application, actor: Actor, options: argparse.Namespace) -> int:
    """Write everybody, or one patient, to files."""
    target: Path = options.target
    if options.patient:
        visit_id = application.patients.visit_named(actor, options.patient)
        patient = application.patients.case(actor, visit_id).patient
        path = target / "patient.json" if target.is_dir() else target
        application.dossiers.write_one(actor, patient.id, target=path)
        sys.stdout.write(f"1 patient in {path.name}.\n")
        return WORKED
    as_json = options.format is None and target.suffix.casefold() == ".json"
    if as_json or options.format == FileKind.FHIR.value:
        path = target / "patients.json" if target.is_dir() else target
        how_many = application.dossiers.write_all(actor, path)
        sys.stdout.write(f"{how_many} patients in {path.name}.\n")
        return WORKED
    if not target.suffix and not target.exists() and target.parent.is_dir():
        target.mkdir(mode=0o700)
    patients, visits = table_paths(target)
    written = application.exchange.export_tables(actor, patients, visits)
    sys.stdout.write(
        f"{written.patients} patients in {patients.name}, {written.visits} visits in "
        f"{visits.name}.\n"
    )
    return WORKED


def table_paths(target: Path) -> tuple[Path, Path]:
    """Return where patients and visits go: into a folder, or beside each other."""
    if target.is_dir():
        return target / "patients.csv", target / "visits.csv"
    return target, target.with_name(f"{target.stem}-visits{target.suffix}")
