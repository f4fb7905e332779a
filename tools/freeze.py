"""Build the one-folder program with PyInstaller, start it, and try it on a bare Debian 12."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dev import StoppedError, install_packages

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "build" / "freeze" / "intake-app"
WORK = ROOT / "build" / "freeze-work"
CHROOT = ROOT / "build" / "chroot"
# All that a clinic's computer must have: docs/decisions/0002-pyside6-6.11.md
BARE_SYSTEM = ("libegl1", "libgl1", "libfontconfig1")
LARGEST_MIB = 140


def build() -> None:
    """Build ``FROZEN`` anew."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(FROZEN.parent), "--workpath", str(WORK), "build.spec"]
    subprocess.run(command, cwd=ROOT, check=True)


def measure() -> bool:
    """Print the folder's size and return whether it is within the limit."""
    files = [path for path in FROZEN.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 2**20
    print(f"frozen: {size:.1f} MiB in {len(files)} files (limit {LARGEST_MIB} MiB)", flush=True)
    return size <= LARGEST_MIB


def start(prefix: list[str], program: Path, scratch: Path) -> bool:
    """Start the program for its version, a whole demonstration and a first window."""
    name = str(program / ("intake-app.exe" if os.name == "nt" else "intake-app"))
    window = ["--data", str(scratch / "data"), "--quit-after-first-paint"]
    for arguments in (["--version"], ["demo", "--out", str(scratch / "demo")], window):
        began = time.monotonic()
        done = subprocess.run(
            [*prefix, name, *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        shown = arguments[-1] if arguments is window else arguments[0]
        took = time.monotonic() - began
        print(f"  {shown}: exit {done.returncode}, {took:.2f} s", flush=True)
        if done.returncode:
            print(done.stdout[-2000:] + done.stderr[-2000:])
            return False
    return True


def bare_system() -> str:
    """Make a minimal Debian 12 under build/; return why not, or nothing."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "needs root on Linux"
    try:
        if not shutil.which("debootstrap"):
            install_packages(["debootstrap"])
    except StoppedError as reason:
        return str(reason)
    if not shutil.which("debootstrap"):
        return "debootstrap is not to be had"
    if (CHROOT / "ready").exists():
        return ""
    shutil.rmtree(CHROOT, ignore_errors=True)
    command = ["debootstrap", "--variant=minbase", "--include=" + ",".join(BARE_SYSTEM)]
    log = ROOT / "build" / "debootstrap.log"
    with log.open("wb") as output:
        command += ["bookworm", str(CHROOT), *debian_mirror()]
        done = subprocess.run(command, stdout=output, stderr=output, check=False)
    if done.returncode:
        return "debootstrap failed, see build/debootstrap.log"
    (CHROOT / "ready").touch()
    return ""


def debian_mirror() -> list[str]:
    """Return the place this machine's own apt uses, or nothing for debootstrap's default."""
    printed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [line for line in printed.stdout.split() if "security" not in line][:1]


def start_in_bare_system() -> bool:
    """Copy the folder into the minimal system and start it there."""
    why_not = bare_system()
    if why_not:
        print(f"bare Debian 12: skipped ({why_not})")
        return True
    shutil.rmtree(CHROOT / "opt", ignore_errors=True)
    shutil.copytree(FROZEN, CHROOT / "opt" / "intake-app", symlinks=True)
    print("bare Debian 12 with " + " ".join(BARE_SYSTEM) + ":", flush=True)
    return start(["chroot", str(CHROOT)], Path("/opt/intake-app"), Path("/opt/scratch"))


def main() -> int:
    """Build, measure and start; return 1 at the first thing that is not as promised."""
    build()
    small = measure()
    with tempfile.TemporaryDirectory() as folder:
        good = start([], FROZEN, Path(folder))
    return 0 if good and small and start_in_bare_system() else 1


if __name__ == "__main__":
    sys.exit(main())
