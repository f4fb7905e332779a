"""Jobs without a window: each returns an exit code and never shows a traceback."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from intake_app import __version__, commands_sheet
from intake_app.commands_wording import add_jobs
from intake_app.config.paths import paths_for
from intake_app.domain.errors import AppError, CannotPrintError, InvalidDraftError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from intake_app.bootstrap import Application
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.staff import Actor
    from intake_app.domain.validation import Problem

WORKED = 0
FAILED = 1
BAD_USAGE = 2
_WHO = "in whose name, a manager's; else the program's own"


class _Parser(argparse.ArgumentParser):
    """A parser that answers bad usage with one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_USAGE, f"{self.prog}: {message}. Try “{self.prog} --help”.\n")


def run(arguments: Sequence[str]) -> int:
    """Run what the command line asks for; return the exit code."""
    options = _parser().parse_args(arguments)
    before, sys.excepthook = sys.excepthook, partial(_unforeseen, options)
    code = _exit_code_of(options)
    sys.excepthook = before
    return code


def _exit_code_of(options: argparse.Namespace) -> int:
    try:
        return int(options.job(options))
    except AppError as error:
        _complain(error)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except OSError as error:
        sys.stderr.write(f"intake-app: {error.strerror or 'the file could not be used'}.\n")
        return FAILED


def _unforeseen(
    options: argparse.Namespace,
    kind: type[BaseException],
    failure: BaseException,
    trace: TracebackType | None,
) -> None:
    """Say that something went wrong that nobody foresaw; what it was stands in the log."""
    from contextlib import suppress

    from intake_app.config.logs import log_failure, start_log

    with suppress(OSError, AppError):
        paths = paths_for(options.data)
        paths.prepare()
        start_log(paths.logs)
    reference = log_failure(failure.with_traceback(trace))
    sys.stderr.write(
        f"intake-app: something went wrong that should not ({kind.__name__}, {reference}). "
        "Nothing half done was kept. The log says where; please report it.\n"
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="intake-app", description="Spine Intake: from the front door to the sheet."
    )
    parser.add_argument("--version", action="version", version=f"Spine Intake {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything in this folder")
    parser.add_argument("--quit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(job=_window)
    jobs = parser.add_subparsers(title="jobs without a window", parser_class=_Parser)

    demo = jobs.add_parser("demo", help="carry twelve made-up patients through a whole visit")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.set_defaults(job=_demo)

    estimate = jobs.add_parser("estimate", help="say how long a visit with N fractures takes")
    estimate.add_argument("n", metavar="N")
    estimate.add_argument("--start", metavar="HH:MM", help="start of the procedure")
    estimate.add_argument("--json", action="store_true")
    estimate.set_defaults(job=_estimate)

    sheet = jobs.add_parser("sheet", help="write the aftercare sheet of a visit")
    commands_sheet.add_options(sheet)
    sheet.set_defaults(job=_sheet)

    code = jobs.add_parser("check-sheet", help="say which stored sheet a check code belongs to")
    code.add_argument("code", metavar="CODE")
    code.set_defaults(job=_check_sheet)

    check = jobs.add_parser("check", help="check database, files, fonts and wording")
    check.add_argument("--json", action="store_true")
    check.set_defaults(job=_check)

    take_in = jobs.add_parser("import", help="take in the patients of a file")
    take_in.add_argument("file", type=Path, metavar="FILE")
    take_in.add_argument("--format", choices=("csv", "fhir", "hl7"), help="else recognised")
    take_in.add_argument("--dates", choices=("dmy", "mdy", "iso"), help="how the file writes dates")
    take_in.add_argument(
        "--doubtful-are-new",
        action="store_true",
        help="register also who may be somebody that is here already",
    )
    take_in.add_argument(
        "--refused", type=Path, metavar="FILE", help="write who was refused to this file"
    )
    take_in.add_argument("--as", dest="who", metavar="NAME", help=_WHO)
    take_in.add_argument("--json", action="store_true")
    take_in.set_defaults(job=_import)

    export = jobs.add_parser("export", help="write all patients and visits to files")
    export.add_argument("target", type=Path, metavar="FILE|DIR")
    export.add_argument(
        "--format", choices=("csv", "fhir"), help="else FHIR for FILE.json, and tables"
    )
    export.add_argument(
        "--patient",
        metavar="NUMBER",
        help="one patient with every paper, as FHIR; by record number",
    )
    export.add_argument("--as", dest="who", metavar="NAME", help=_WHO)
    export.set_defaults(job=_export)

    add_jobs(jobs, _WHO)
    jobs.choices["wording"].set_defaults(job=_wording)

    backup = jobs.add_parser("backup", help="copy the whole database to a file")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(job=_backup)

    restore = jobs.add_parser(
        "restore", help="put a backup in place; the present data are kept aside"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(job=_restore)
    return parser


def _window(options: argparse.Namespace) -> int:
    if sys.platform.startswith("linux") and not _has_display():
        sys.stderr.write(
            "intake-app: there is no display here. "
            "“intake-app demo --out DIR” runs the same visit without a window.\n"
        )
        return FAILED
    # Nothing that is made on the way to the first paint is garbage; ``run_window`` switches the
    # search for it on again.
    gc.disable()
    from intake_app.ui.app import run_window

    paths = paths_for(options.data)
    return run_window(
        lambda: _open(options), paths, quit_after_first_paint=options.quit_after_first_paint
    )


def _has_display() -> bool:
    return bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    )


def _open(options: argparse.Namespace) -> Application:
    from intake_app.bootstrap import Application

    return Application(paths_for(options.data))


def _demo(options: argparse.Namespace) -> int:
    from intake_app.bootstrap import Application
    from intake_app.config.paths import Paths

    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    data = out / "data"
    if (data / "intake.sqlite3").exists():
        (data / "intake.sqlite3").unlink()
    application = Application(Paths(data.absolute()))
    try:
        for step in application.demonstration.run():
            if step.file_name:
                (out / step.file_name).write_bytes(step.content)
            _say(step.sentence)
    finally:
        application.close()
    return WORKED


def _estimate(options: argparse.Namespace) -> int:
    from intake_app.commands_estimate import BadNumberError, tell

    try:
        said = tell(options, _clinic_of(options) if options.data else None)
    except BadNumberError as bad:
        return _bad_usage(str(bad))
    _say(said)
    return WORKED


def _clinic_of(options: argparse.Namespace) -> Clinic | None:
    application = _open(options)
    try:
        return application.clinic.clinic()
    finally:
        application.close()


def _sheet(options: argparse.Namespace) -> int:
    if not commands_sheet.is_known_language(options.language):
        return _bad_usage(commands_sheet.NO_SUCH_LANGUAGE)
    application = _open(options)
    try:
        nurse = _person(application, options.who)
        if nurse is None:
            return _bad_usage(
                "a sheet needs the name of the nurse who hands it out: add --as NAME, "
                "with a name from the clinic's staff"
            )
        return commands_sheet.write(application, nurse, options)
    finally:
        application.close()


def _import(options: argparse.Namespace) -> int:
    from intake_app.commands_exchange import take_in

    return _as_person(options, take_in)


def _export(options: argparse.Namespace) -> int:
    from intake_app.commands_exchange import write

    return _as_person(options, write)


def _wording(options: argparse.Namespace) -> int:
    return _as_person(options, options.wording_job)


def _as_person(
    options: argparse.Namespace, job: Callable[[Application, Actor, argparse.Namespace], int]
) -> int:
    """Do a job in somebody's name; without a name in the program's own.

    Whoever can start a job on this computer can also read the database as a file: the name says
    who answers for it, and the trail keeps it.
    """
    from intake_app.domain.staff import PROGRAM

    application = _open(options)
    try:
        actor = _person(application, options.who) if options.who else PROGRAM
        if actor is None:
            return _bad_usage(f"nobody of the clinic's staff is called “{options.who}”")
        return job(application, actor, options)
    finally:
        application.close()


def _person(application: Application, name: str | None) -> Actor | None:
    """Return the member of staff with this name, else who used the window here last."""
    from intake_app.domain.staff import Actor

    last = application.settings.last_user
    for person in application.clinic.staff():
        if person.name == name or (name is None and person.id == last):
            return Actor.of(person)
    return None


def _check_sheet(options: argparse.Namespace) -> int:
    application = _open(options)
    try:
        sentence = application.checking.in_words(options.code)
        known = application.checking.check(options.code) is not None
    finally:
        application.close()
    if not known:
        sys.stderr.write(f"intake-app: {sentence}\n")
        return FAILED
    _say(sentence)
    return WORKED


def _check(options: argparse.Namespace) -> int:
    from intake_app.checks import run_checks

    application = _open(options)
    try:
        results = run_checks(application)
    finally:
        application.close()
    if options.json:
        rows = [{"name": r.name, "ok": r.ok, "problems": list(r.problems)} for r in results]
        _say(json.dumps({"ok": all(r.ok for r in results), "checks": rows}))
    else:
        for result in results:
            _say(f"{'ok  ' if result.ok else 'BAD '} {result.name}")
            for problem in result.problems:
                _say(f"     {problem}")
    return WORKED if all(result.ok for result in results) else FAILED


def _backup(options: argparse.Namespace) -> int:
    application = _open(options)
    try:
        application.database.backup(options.file)
    finally:
        application.close()
    _say(f"Backup written to {options.file.name} and checked.")
    return WORKED


def _restore(options: argparse.Namespace) -> int:
    application = _open(options)
    try:
        kept = application.database.restore(options.file)
    finally:
        application.close()
    aside = f" The data that were there are kept as {kept.name}." if kept else ""
    _say(f"{options.file.name} is in place.{aside}")
    return WORKED


def _bad_usage(sentence: str) -> int:
    sys.stderr.write(f"intake-app: {sentence.rstrip('.')}.\n")
    return BAD_USAGE


def _complain(error: AppError) -> None:
    from intake_app.domain.sentences import error_sentence, sentence

    sys.stderr.write(f"intake-app: {error_sentence(error)}\n")
    problems: Sequence[Problem] = ()
    if isinstance(error, CannotPrintError):
        problems = error.reasons
    elif isinstance(error, InvalidDraftError):
        problems = error.problems
    for problem in problems:
        sys.stderr.write(f"  - {sentence(problem)}\n")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
