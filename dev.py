#!/usr/bin/env python3
"""Set up and run everything: python3 dev.py run | test | check | bench | screens | freeze | demo.

Standard library only, so that it starts on a bare Python.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.txt"
BENCH_LOCK = ROOT / "requirements-bench.txt"
MINIMUM = (3, 11)

# What the Qt wheels expect from the system: shared library -> Debian package.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
X_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
PRINTING = {"libcups.so.2": "libcups2"}
# A real print service and a real printer for the tests.
PRINT_LAB = {
    "cupsd": "cups",
    "lpadmin": "cups-client",
    "ippeveprinter": "cups-ipp-utils",
    "dbus-daemon": "dbus",
}
XVFB = {"Xvfb": "xvfb", "xauth": "xauth"}
BINUTILS = {"objdump": "binutils"}
# The tests compare the wheel with the files under version control.
GIT = {"git": "git"}
# The tests read tagged papers back with it.
POPPLER = {"pdfinfo": "poppler-utils"}


class StoppedError(Exception):
    """Something a person must do first; the text says what."""


# --- the system ---------------------------------------------------------------------------


def missing_packages(libraries: dict[str, str], programs: dict[str, str]) -> list[str]:
    """Return the Debian packages whose library or program is not there."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    # Daemons are found where only root looks for them.
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    missing += [
        package for program, package in programs.items() if not shutil.which(program, path=path)
    ]
    return missing


def require_packages(*groups: dict[str, str]) -> None:
    """Install what the system lacks when we may, else say the exact command."""
    if not sys.platform.startswith("linux"):
        return
    libraries, programs = {}, {}
    for group in groups:
        for name, package in group.items():
            (libraries if ".so" in name else programs)[name] = package
    missing = missing_packages(libraries, programs)
    if not missing:
        return
    install_packages(missing)
    still = missing_packages(libraries, programs)
    if still:
        raise StoppedError("Still missing after installing: " + " ".join(still))


def wish_for_packages(*groups: dict[str, str]) -> None:
    """Install what the system lacks when we may; else say so and go on without."""
    try:
        require_packages(*groups)
    except StoppedError as reason:
        say(str(reason) + "\nGoing on without: the tests that need them are skipped and say so.")


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root, or stop with the command to type."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise StoppedError(
            "This system lacks libraries that Debian calls: " + " ".join(packages) + "."
            " Please install what your distribution calls them and start again."
        )
    if os.geteuid() != 0:
        raise StoppedError(
            "Some system packages are missing. Please run:\n  sudo " + " ".join(command)
        )
    say("Installing system packages: " + " ".join(packages))
    # As in single-user mode nothing that is installed is started: the tests start their own.
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1")
    for step_command in (["apt-get", "-q", "update"], command):
        subprocess.run(step_command, env=environment, stdout=subprocess.DEVNULL, check=False)


# --- the environment ----------------------------------------------------------------------


def digest(*parts: object) -> str:
    """Return one short hash over texts and files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:32]


def stamped(stamp: Path, wanted: str) -> bool:
    """Return whether a stamp file carries the wanted hash."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, ValueError):
        return False


def ensure_environment() -> None:
    """Make or renew ``.venv`` when the lock or the interpreter changed; else cost nothing."""
    if sys.version_info < MINIMUM:
        raise StoppedError(
            "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + "."
        )
    base = getattr(sys, "_base_executable", None) or sys.executable
    wanted = digest(LOCK, sys.version, os.path.realpath(base))
    stamp = VENV / "lock.stamp"
    if not (stamped(stamp, wanted) and PYTHON.exists()):
        make_environment()
        stamp.write_text(wanted, encoding="ascii")
    project = digest(ROOT / "pyproject.toml", str(ROOT))
    stamp = VENV / "project.stamp"
    if not stamped(stamp, project):
        pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        stamp.write_text(project, encoding="ascii")


def make_environment() -> None:
    """Create ``.venv`` anew: a half-installed one is never mended."""
    try:
        import ensurepip  # noqa: F401  (Debian parts it from python3)
    except ImportError:
        install_packages(["python3-venv"])
    say("Creating .venv (about a minute the first time)")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(str(VENV), ignore_errors=True)
    # A fresh process: the venv module of this one may have been incomplete until just now.
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip("install", "--require-hashes", "-r", str(LOCK))


def pip(*arguments: str) -> None:
    """Run the environment's own pip; its settings are the machine's."""
    command = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input"]
    environment = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    if subprocess.run([*command, *arguments], env=environment, check=False).returncode != 0:
        raise StoppedError("Installing the Python packages failed; the lines above say why.")


def call(*command: object, offscreen: bool = False) -> int:
    """Run one command in the repository and return its exit code."""
    shown = [str(part) for part in command]
    environment = dict(os.environ)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(shown, cwd=str(ROOT), env=environment, check=False).returncode


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


# --- the commands -------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Start the program, or the demonstration where there is no display."""
    if not has_display():
        say("There is no display here, so no window can open: running the demonstration instead.")
        return demo(arguments)
    if os.environ.get("QT_QPA_PLATFORM") in (None, "xcb"):
        require_packages(OFFSCREEN, X_WINDOW, PRINTING)
    else:
        require_packages(OFFSCREEN)
    ensure_environment()
    return call(PYTHON, "-m", "intake_app", *arguments)


def demo(arguments: list[str]) -> int:
    """Carry the twelve demonstration patients through a visit; the paper lands in build/demo."""
    require_packages(OFFSCREEN)
    ensure_environment()
    out = ROOT / "build" / "demo"
    shutil.rmtree(str(out), ignore_errors=True)
    out.mkdir(parents=True)
    return call(PYTHON, "-m", "intake_app", "demo", "--out", out, *arguments, offscreen=True)


CHECKS = (
    ("ruff format", lambda: call(PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")),
    ("ruff check", lambda: call(PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ("mypy", lambda: call(PYTHON, "-m", "mypy")),
    (
        "import contracts",
        lambda: call(BIN / "lint-imports", "--no-logo", "--cache-dir", "build/import-linter"),
    ),
    ("translation template", lambda: call(PYTHON, "-m", "tools.messages", "--check")),
)


def step(name: str, action: Callable[[], int]) -> int:
    """Run one named check, print its time, and return its exit code."""
    say("== " + name)
    start = time.monotonic()
    code = action()
    say("== %s: %s, %.1f s" % (name, "failed" if code else "ok", time.monotonic() - start))
    return code


def check(_arguments: list[str]) -> int:
    """Run everything but the tests, and stop at the first failure."""
    require_packages(OFFSCREEN, GIT)
    ensure_environment()
    for name, action in CHECKS:
        code = step(name, action)
        if code:
            return code
    return 0


def test(arguments: list[str]) -> int:
    """Run the checks, then the tests."""
    # All that is missing is named together, so that nobody has to type twice.
    require_packages(OFFSCREEN, GIT, POPPLER)
    wish_for_packages(PRINT_LAB)
    code = check([])
    if code:
        return code
    say("== pytest")
    # Tests that share something costly, as the print lab, run in one worker.
    shared = ["-n", "2", "--dist", "loadgroup"]
    return call(PYTHON, "-m", "pytest", *shared, *arguments, offscreen=True)


def bench(arguments: list[str]) -> int:
    """Print our figures beside the floors, measured in the same run."""
    require_packages(OFFSCREEN, X_WINDOW, XVFB)
    wish_for_packages(PRINT_LAB)
    ensure_environment()
    stamp = VENV / "bench.stamp"
    if not stamped(stamp, digest(BENCH_LOCK)):
        pip("install", "--require-hashes", "-r", str(BENCH_LOCK))
        stamp.write_text(digest(BENCH_LOCK), encoding="ascii")
    return call(PYTHON, "benchmarks/run.py", *arguments)


def screens(arguments: list[str]) -> int:
    """Drive the real windows through a visit and write docs/screens."""
    require_packages(OFFSCREEN)
    ensure_environment()
    return call(PYTHON, "-m", "tests.screens", *arguments, offscreen=True)


def messages(_arguments: list[str]) -> int:
    """Regenerate resources/i18n/intake_app.pot."""
    ensure_environment()
    return call(PYTHON, "-m", "tools.messages")


def freeze(_arguments: list[str]) -> int:
    """Build the one-folder program, start it, and try it on a bare system."""
    # The X libraries too: the folder carries them to computers that lack them.
    require_packages(OFFSCREEN, X_WINDOW, BINUTILS)
    ensure_environment()
    return call(PYTHON, "-m", "tools.freeze")


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "screens": screens,
    "freeze": freeze,
    "demo": demo,
    "messages": messages,
}


def main() -> int:
    """Run one command; what follows it is handed on."""
    text = "\n".join(
        "  %-9s %s" % (name, str(job.__doc__).split("\n")[0]) for name, job in COMMANDS.items()
    )
    parser = argparse.ArgumentParser(
        prog="dev.py", epilog=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=tuple(COMMANDS))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the command")
    chosen = parser.parse_args()
    rest = [part for part in chosen.arguments if part != "--"]
    try:
        return COMMANDS[chosen.command](rest)
    except StoppedError as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
