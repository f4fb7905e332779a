"""A print lab: a real print service and a real network printer, both of our own, on loopback.

CUPS and ``ippeveprinter`` run from a folder of their own, on free ports, and are stopped by their
own handles. Nothing that runs on this system already is touched. CUPS would make its queues known
on the system bus, and the printer asks for that bus though it announces nothing: they get one of
their own.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from intake_app.domain.errors import NoPrinterError
from intake_app.domain.printing import JobStatus
from intake_app.printing.connection import Connection, NoServiceError, Place
from intake_app.printing.cups import CupsSpooler
from intake_app.printing.ipp import (
    Attributes,
    Group,
    Operation,
    Tag,
    encode,
    first_number,
    number,
    text,
    texts,
)

QUEUE = "desk"
_PROGRAMS = ("cupsd", "ippeveprinter", "lpadmin", "cancel", "dbus-daemon")
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
_PATIENCE_S = 15.0
_UMASK = 0o022
"""The program forbids others its files; the filters of CUPS are others."""
_FULL = 250
_ENVELOPES = 25

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_FILES = """ServerRoot {folder}/cups/root
CacheDir {folder}/cups/cache
StateDir {folder}/cups/state
RequestRoot {folder}/cups/spool
TempDir {folder}/cups/tmp
AccessLog {folder}/cups/log/access
ErrorLog {folder}/cups/log/error
PageLog {folder}/cups/log/page
SystemGroup root
"""
_DAEMON = """Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
LogLevel warn
Browsing No
WebInterface No
PreserveJobFiles No
PreserveJobHistory Yes
JobRetryInterval 2
DefaultPaperSize Letter
<Location />
  Order allow,deny
</Location>
<Policy default>
  <Limit Cancel-Job>
    AuthType Default
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_CATCH = """#!/bin/sh
cp "$1" '{folder}/arrived/'"$IPP_JOB_ID.pdf"
env > '{folder}/arrived/'"$IPP_JOB_ID.env"
"""


class NoLabError(Exception):
    """The lab cannot be set up here; the text says why."""


@dataclass(frozen=True)
class Arrived:
    """A document as it came to the printer."""

    pdf: bytes
    asked: dict[str, str]
    """How it was to be printed: ``IPP_SIDES`` and the like."""


class PrintLab:
    """The lab, from ``start`` to ``stop``."""

    def __init__(self) -> None:
        missing = [each for each in _PROGRAMS if not shutil.which(each, path=_PATH)]
        if missing:
            raise NoLabError("not installed: " + ", ".join(missing))
        self.folder = Path(tempfile.mkdtemp(prefix="print-lab-"))
        self.folder.chmod(0o755)  # the filters of CUPS run as another user
        self._cups: subprocess.Popen[bytes] | None = None
        self._printer: subprocess.Popen[bytes] | None = None
        self._bus: subprocess.Popen[bytes] | None = None
        self._cups_port, self._printer_port = _free_port(), _free_port()
        self.place = Place(str(self.folder / "cups.sock"))
        self.spooler = CupsSpooler(lambda: self.place)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Start everything and set the queue up.

        Raises:
            NoLabError: something does not start here.
        """
        try:
            self._write_files()
            self._start_bus()
            self.switch_on()
            self.start_service()
            self.add_queue()
        except (OSError, subprocess.SubprocessError, NoPrinterError, NoServiceError) as error:
            why = f"{type(error).__name__}: {error}. {self._last_words()}"
            self.stop()
            raise NoLabError(why) from error
        return self

    def stop(self) -> None:
        """Stop everything that was started, and leave nothing behind."""
        for process in (self._cups, self._printer, self._bus):
            _end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what happens to a printer ----------------------------------------------------------

    def switch_on(self) -> None:
        """Switch the printer on."""
        command = [
            _program("ippeveprinter"),
            *("-2", "-r", "off", "-n", "localhost", "-p", str(self._printer_port)),
            *("-s", "600", "-f", "application/pdf", "-c", str(self.folder / "catch")),
            *("-d", str(self.folder / "printer"), "Lab printer"),
        ]
        self._printer = self._begin(command, "printer")
        self._wait(lambda: _answers(self._printer_port), "printer")
        self._wait(self._describes_itself, "printer")

    def switch_off(self) -> None:
        """Switch the printer off, in the middle of whatever it does."""
        _end(self._printer, at_once=True)

    def take_paper_out(self) -> None:
        """Empty the tray."""
        self._levels(0, 0)

    def put_paper_in(self) -> None:
        """Fill both trays: with one of them left out it would go on saying that paper is out."""
        self._levels(_FULL, _ENVELOPES)

    def _levels(self, sheets: int, envelopes: int) -> None:
        query = (
            f"size1=na_letter_8.5x11in&type1=stationery&level1={sheets}"
            f"&size3=na_number-10_4.125x9.5in&type3=envelope&level3={envelopes}"
        )
        url = f"http://localhost:{self._printer_port}/media?{query}"
        urllib.request.urlopen(url, timeout=5).read()

    def cancel_at_the_printer(self) -> None:
        """Press the cancel button of the printer: its only job is over."""
        place = Place(host="localhost", port=self._printer_port)
        uri = text(Tag.URI, "printer-uri", f"ipp://localhost:{self._printer_port}/ipp/print")
        who = text(Tag.NAME, "requesting-user-name", "somebody")
        with Connection(place) as line:
            asked = encode(Operation.GET_JOBS, 1, {Group.OPERATION: (uri, who)})
            job = next(line.ask("/ipp/print", asked).of(Group.JOB))
            job_id = first_number(job, "job-id") or 0
            order = (uri, number("job-id", job_id), who)
            answer = line.ask(
                "/ipp/print", encode(Operation.CANCEL_JOB, 2, {Group.OPERATION: order})
            )
        assert answer.ok, answer.message

    @property
    def arrived(self) -> list[Arrived]:
        """What came to the printer, in order."""
        found = sorted((self.folder / "arrived").glob("*.env"), key=lambda each: int(each.stem))
        return [
            Arrived(
                each.with_suffix(".pdf").read_bytes(),
                dict(
                    line.partition("=")[::2]
                    for line in each.read_text("utf-8", "replace").splitlines()
                    if "=" in line
                ),
            )
            for each in found
        ]

    def wait_for(self, ticket: str, *wanted: object, within_s: float = 10.0) -> JobStatus:
        """Ask after a job, as the program does, until its state or trouble is one of ``wanted``.

        Raises:
            TimeoutError: it is none of them in time.
        """
        limit = time.monotonic() + within_s
        while True:
            status = self.spooler.status(ticket)
            if status.state in wanted or status.trouble in wanted:
                return status
            if time.monotonic() > limit:
                raise TimeoutError(f"{status} after {within_s} s. {self._last_words()}")
            time.sleep(0.1)

    def mend(self) -> None:
        """Put everything right again: service, printer, paper, queue; and no job is left."""
        if _has_ended(self._cups):
            self.start_service()
        if _has_ended(self._printer):
            self.switch_on()
        self.put_paper_in()
        if not self.spooler.printers():
            self.add_queue()
        for program in ("cupsenable", "cupsaccept"):
            self.run(program, QUEUE)
        self.run("cancel", "-a")
        self._wait(lambda: not self._jobs_at_printer(), "printer to be idle")
        for each in (self.folder / "arrived").iterdir():
            each.unlink()  # a printer that was switched off counts from 1 again

    def _jobs_at_printer(self) -> int:
        return first_number(self._printer_attributes(), "queued-job-count") or 0

    def _describes_itself(self) -> bool:
        try:
            return bool(texts(self._printer_attributes(), "media-source-supported"))
        except NoServiceError:
            return False

    def _printer_attributes(self) -> Attributes:
        place = Place(host="localhost", port=self._printer_port)
        uri = text(Tag.URI, "printer-uri", f"ipp://localhost:{self._printer_port}/ipp/print")
        with Connection(place) as line:
            asked = encode(Operation.GET_PRINTER_ATTRIBUTES, 1, {Group.OPERATION: (uri,)})
            return next(line.ask("/ipp/print", asked).of(Group.PRINTER), {})

    # --- what happens to the print service --------------------------------------------------

    def start_service(self) -> None:
        """Start the print service."""
        config = [str(self.folder / "cupsd.conf"), "-s", str(self.folder / "cups-files.conf")]
        self._cups = self._begin([_program("cupsd"), "-f", "-c", *config], "cupsd")
        self._wait(lambda: _answers(self._cups_port), "print service")

    def stop_service(self) -> None:
        """Stop the print service."""
        _end(self._cups)

    def forget_jobs(self) -> None:
        """Stop the print service and take its memory of jobs away."""
        self.stop_service()
        for each in (self.folder / "cups" / "spool").glob("[cd]0*"):
            each.unlink()
        (self.folder / "cups" / "cache" / "job.cache").unlink(missing_ok=True)

    def add_queue(self) -> None:
        """Set the printer up, as an administrator does, as the default one."""
        uri = f"ipp://localhost:{self._printer_port}/ipp/print"
        described = ("-v", uri, "-m", "everywhere", "-L", "Front desk")
        limit = time.monotonic() + _PATIENCE_S
        # While the printer cannot say what it is, CUPS refuses it or takes it for an unknown one.
        while not any(each.trays for each in self.spooler.printers()):
            if time.monotonic() > limit:
                raise TimeoutError(f"the queue is not set up. {self._last_words()}")
            with suppress(subprocess.CalledProcessError):
                self.run("lpadmin", "-p", QUEUE, "-E", *described)
            time.sleep(0.05)
        self.run("lpadmin", "-d", QUEUE)

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of CUPS against this service."""
        command = [_program(program), "-h", str(self.folder / "cups.sock"), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_S)

    # --- starting ---------------------------------------------------------------------------

    def _write_files(self) -> None:
        places = [f"cups/{name}" for name in ("root", "cache", "state", "spool", "tmp", "log")]
        for name in ("cups", *places, "arrived", "printer"):
            (self.folder / name).mkdir()
            (self.folder / name).chmod(0o755)  # whatever is forbidden to others by now
        values = {"folder": self.folder, "port": self._cups_port}
        for name, content in (
            ("bus.conf", _BUS),
            ("cups-files.conf", _FILES),
            ("cupsd.conf", _DAEMON),
            ("catch", _CATCH),
        ):
            (self.folder / name).write_text(content.format(**values), encoding="utf-8")
        (self.folder / "catch").chmod(0o755)

    def _start_bus(self) -> None:
        config = f"--config-file={self.folder / 'bus.conf'}"
        command = [_program("dbus-daemon"), config, "--nofork", "--nopidfile"]
        self._bus = self._begin(command, "bus")
        self._wait((self.folder / "bus").exists, "bus")

    def _begin(self, command: list[str], name: str) -> subprocess.Popen[bytes]:
        bus = f"unix:path={self.folder}/bus"
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus}
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, umask=_UMASK, env=environment)

    def _wait(self, until: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + _PATIENCE_S
        while not until():
            ended = [each for each in (self._cups, self._printer, self._bus) if _has_ended(each)]
            if ended or time.monotonic() > limit:
                raise TimeoutError(f"the {what} does not start")
            time.sleep(0.05)

    def _last_words(self) -> str:
        logs = [*self.folder.glob("*.log"), self.folder / "cups" / "log" / "error"]
        said = [
            each.read_text("utf-8", "replace").strip()[-300:] for each in logs if each.is_file()
        ]
        return " / ".join(" ".join(each.split()) for each in said if each)


def _program(name: str) -> str:
    found = shutil.which(name, path=_PATH)
    if found is None:
        raise NoLabError(f"not installed: {name}")
    return found


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _has_ended(process: subprocess.Popen[bytes] | None) -> bool:
    return process is not None and process.poll() is not None


def _end(process: subprocess.Popen[bytes] | None, *, at_once: bool = False) -> None:
    if process is None or process.poll() is not None:
        return
    if at_once:
        process.kill()
    else:
        process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
