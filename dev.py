#!/usr/bin/env python3
"""Set up and run everything: python3 dev.py run | test | check | bench | screens | freeze | demo.

Standard library only, so that it starts on a bare Python.
"""

import argparse
import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.txt"
TEMPLATE = ROOT / "resources" / "i18n" / "intake_app.pot"
FROZEN = ROOT / "build" / "freeze" / "intake-app"
CHROOT = ROOT / "build" / "chroot"
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
XVFB = {"Xvfb": "xvfb", "xauth": "xauth"}
BINUTILS = {"objdump": "binutils"}
BARE_SYSTEM = ("libegl1", "libgl1", "libfontconfig1")


class StoppedError(Exception):
    """Something a person must do first; the text says what."""


# --- the system ---------------------------------------------------------------------------


def missing_packages(libraries, programs):
    """Return the Debian packages whose library or program is not there."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    missing += [package for program, package in programs.items() if not shutil.which(program)]
    return missing


def require_packages(*groups):
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


def install_packages(packages):
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
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "-q", "update"], **quiet)
    subprocess.run(command, **quiet)


# --- the environment ----------------------------------------------------------------------


def digest(*parts):
    """Return one short hash over texts and files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:32]


def stamped(stamp, wanted):
    """Return whether a stamp file carries the wanted hash."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, ValueError):
        return False


def ensure_environment():
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


def make_environment():
    """Create ``.venv`` anew: a half-installed one is never mended."""
    try:
        import ensurepip  # noqa: F401, PLC0415  (Debian parts it from python3)
    except ImportError:
        install_packages(["python3-venv"])
    say("Creating .venv (about a minute the first time)")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(str(VENV), ignore_errors=True)
    # A fresh process: the venv module of this one may have been incomplete until just now.
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip("install", "--require-hashes", "-r", str(LOCK))


def pip(*arguments):
    """Run the environment's own pip; its settings are the machine's."""
    command = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input"]
    environment = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    if subprocess.run([*command, *arguments], env=environment, check=False).returncode != 0:
        raise StoppedError("Installing the Python packages failed; the lines above say why.")


def program_environment(offscreen):
    """Return the variables our own programs are started with."""
    environment = dict(os.environ)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def call(*command, offscreen=False):
    """Run one command in the repository and return its exit code."""
    shown = [str(part) for part in command]
    environment = program_environment(offscreen)
    return subprocess.run(shown, cwd=str(ROOT), env=environment, check=False).returncode


def has_display():
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def say(text):
    """Print at once, also into a pipe."""
    print(text, flush=True)


# --- the commands -------------------------------------------------------------------------


def run(arguments):
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


def demo(arguments):
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
    ("import contracts", lambda: call(BIN / "lint-imports", "--cache-dir", "build/import-linter")),
    ("translation template", lambda: check_messages()),
)


def step(name, action):
    """Run one named check, print its time, and return its exit code."""
    say("== " + name)
    start = time.monotonic()
    code = action()
    say("== %s: %s, %.1f s" % (name, "failed" if code else "ok", time.monotonic() - start))
    return code


def check(_arguments):
    """Run everything but the tests, and stop at the first failure."""
    require_packages(OFFSCREEN)
    ensure_environment()
    for name, action in CHECKS:
        code = step(name, action)
        if code:
            return code
    return 0


def test(arguments):
    """Run the checks, then the tests."""
    code = check([])
    if code:
        return code
    say("== pytest")
    return call(PYTHON, "-m", "pytest", "-n", "2", *arguments, offscreen=True)


def bench(arguments):
    """Print our figures beside the floors, measured in the same run."""
    require_packages(OFFSCREEN, X_WINDOW, XVFB)
    ensure_environment()
    return call(PYTHON, "benchmarks/run.py", *arguments)


def screens(arguments):
    """Drive the real windows through a visit and write docs/screens."""
    require_packages(OFFSCREEN)
    ensure_environment()
    return call(PYTHON, "-m", "tests.screens", *arguments, offscreen=True)


# --- translation template -----------------------------------------------------------------


def extract_messages(target):
    """Write the template of every text a translator must see."""
    source = (ROOT / "src" / "intake_app" / "__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "([^"]+)"', source).group(1)
    keywords = [part for word in ("_", "N_", "Spec", "ngettext:1,2") for part in ("-k", word)]
    options = ["--add-location=file", "--sort-by-file", "--project=intake_app"]
    command = [PYTHON, "-m", "babel.messages.frontend", "-q", "extract", *keywords, *options]
    return call(*command, "--version=" + version, "-o", target, "src/intake_app")


def messages(_arguments):
    """Regenerate resources/i18n/intake_app.pot."""
    ensure_environment()
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    return extract_messages(TEMPLATE)


def check_messages():
    """Return 0 when the committed template is what the source gives."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.pot"
        code = extract_messages(fresh)
        if code:
            return code
        if entries(fresh) != entries(TEMPLATE):
            say("resources/i18n/intake_app.pot is out of date; run: python3 dev.py messages")
            return 1
    return 0


def entries(template):
    """Return a template without its header, which holds a date and a year."""
    if not template.exists():
        return ""
    return template.read_text(encoding="utf-8").partition("\n\n")[2]


# --- the frozen program -------------------------------------------------------------------


def freeze(_arguments):
    """Build the one-folder program, start it, and try it on a bare system."""
    require_packages(OFFSCREEN, BINUTILS)
    ensure_environment()
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", FROZEN.parent]
    work = ROOT / "build" / "freeze-work"
    code = call(PYTHON, "-m", "PyInstaller", *options, "--workpath", work, "build.spec")
    if code:
        return code
    size = sum(path.stat().st_size for path in FROZEN.rglob("*") if not path.is_symlink())
    files = sum(1 for path in FROZEN.rglob("*") if path.is_file())
    say("frozen: %.1f MiB, %d files" % (size / 2**20, files))
    with tempfile.TemporaryDirectory() as folder:
        code = try_frozen([], FROZEN, Path(folder))
    return code or try_bare()


def try_frozen(prefix, program, scratch):
    """Start the frozen program for its version, a whole demonstration and a first window."""
    name = program / ("intake-app.exe" if os.name == "nt" else "intake-app")
    window = ("--data", scratch / "data", "--quit-after-first-paint")
    for arguments in (("--version",), ("demo", "--out", scratch / "demo"), window):
        start = time.monotonic()
        command = [str(part) for part in (*prefix, name, *arguments)]
        done = subprocess.run(
            command, env=program_environment(offscreen=True), capture_output=True, check=False
        )
        say("  %s: exit %d, %.2f s" % (arguments[0], done.returncode, time.monotonic() - start))
        if done.returncode:
            say(done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace"))
            return 1
    return 0


def try_bare():
    """Try the folder in a minimal Debian 12 with three packages, where that can be had."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("apt-get"):
        say("bare Debian 12: skipped (needs root on a Debian system)")
        return 0
    if not shutil.which("debootstrap"):
        install_packages(["debootstrap"])
    if not shutil.which("debootstrap"):
        say("bare Debian 12: skipped (debootstrap is not to be had)")
        return 0
    if not (CHROOT / "ready").exists():
        shutil.rmtree(str(CHROOT), ignore_errors=True)
        include = "--include=" + ",".join(BARE_SYSTEM)
        mirror = debian_mirror()
        command = ["debootstrap", "--variant=minbase", include, "bookworm", CHROOT, *mirror]
        log = ROOT / "build" / "debootstrap.log"
        with log.open("wb") as output:
            shown = [str(part) for part in command]
            code = subprocess.run(shown, stdout=output, stderr=output, check=False).returncode
        if code:
            say("bare Debian 12: skipped (debootstrap failed, see build/debootstrap.log)")
            return 0
        (CHROOT / "ready").touch()
    inside = CHROOT / "opt" / "intake-app"
    shutil.rmtree(str(inside), ignore_errors=True)
    shutil.rmtree(str(CHROOT / "tmp" / "try"), ignore_errors=True)
    shutil.copytree(str(FROZEN), str(inside), symlinks=True)
    say("bare Debian 12 with " + " ".join(BARE_SYSTEM) + ":")
    return try_frozen(["chroot", CHROOT], Path("/opt/intake-app"), Path("/tmp/try"))  # noqa: S108


def debian_mirror():
    """Return the mirror this machine's own apt uses, or nothing for debootstrap's default."""
    printed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        check=False,
    )
    places = [line for line in printed.stdout.decode().split() if "security" not in line]
    return places[:1]


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


def main():
    """Run one command; what follows it is handed on."""
    text = "\n".join(
        "  %-9s %s" % (name, job.__doc__.split("\n")[0]) for name, job in COMMANDS.items()
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
