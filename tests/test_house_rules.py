"""Rules of the house that no other tool watches."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "intake_app"
RESOURCES = ROOT / "resources"

ALLOWED_LICENCES = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-3-Clause OR Apache-2.0",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
# PyInstaller's exception allows what it builds to carry any licence; it is not shipped itself.
ALLOWED_FOR_DEVELOPMENT = ALLOWED_LICENCES | {"GPL-2.0-or-later WITH Bootloader-exception"}


# --- what is shipped ----------------------------------------------------------------------


def files_under_version_control() -> set[str]:
    """Return what git tracks, or would offer to track, under src and resources."""
    # A checkout that belongs to somebody else is read all the same.
    git = ["git", "-c", f"safe.directory={ROOT}"]
    command = [*git, "ls-files", "--cached", "--others", "--exclude-standard", "src", "resources"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if printed.returncode:
        pytest.skip("not a git checkout")
    return {name for name in printed.stdout.splitlines() if (ROOT / name).is_file()}


@pytest.mark.slow
def test_the_wheel_holds_exactly_the_files_under_version_control(tmp_path: Path) -> None:
    expected = {
        name.replace("src/", "", 1)
        if name.startswith("src/")
        else name.replace("resources/", "intake_app/resources/", 1)
        for name in files_under_version_control()
    }

    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == expected


def test_every_font_has_its_licence_beside_it() -> None:
    families = {font.name.split("-")[0] for font in (RESOURCES / "fonts").glob("*.ttf")}

    assert families
    assert all((RESOURCES / "fonts" / f"{family}-OFL.txt").is_file() for family in families)


def test_icons_take_their_colour_from_the_palette() -> None:
    icons = sorted((RESOURCES / "icons").glob("*.svg"))

    assert icons
    assert [icon.name for icon in icons if "currentColor" not in icon.read_text("utf-8")] == []


# --- what it is made of -------------------------------------------------------------------


def pins(name: str) -> set[str]:
    """Return the packages that one lock file names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE))


LICENCES: dict[str, dict[str, str]] = tomllib.loads(
    (ROOT / "tests" / "licences.toml").read_text(encoding="utf-8")
)


def test_every_shipped_package_has_a_licence_we_accept() -> None:
    shipped = LICENCES["shipped"]

    assert pins("requirements.txt") == set(shipped)
    assert set(shipped.values()) <= ALLOWED_LICENCES


def test_every_development_package_has_a_licence_we_accept() -> None:
    everything = LICENCES["shipped"] | LICENCES["development"]

    assert pins("requirements-dev.txt") == set(everything)
    assert set(everything.values()) <= ALLOWED_FOR_DEVELOPMENT


def test_every_shipped_package_is_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").casefold()

    assert [name for name in LICENCES["shipped"] if name not in notices] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]
)
def test_lock_files_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*--(?:extra-)?index|^\s*--find-links", text, re.MULTILINE)
    assert text.count("--hash=sha256:") >= len(pins(name))


# --- how it is written --------------------------------------------------------------------


def built_up_statements(path: Path) -> Iterator[str]:
    """Name every ``execute`` call whose SQL is put together on the spot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if node.func.attr in {"execute", "executemany", "executescript"} and is_built(node.args[0]):
            yield f"{path.relative_to(ROOT)}:{node.lineno}"


def is_built(sql: ast.expr) -> bool:
    """Return whether an expression makes SQL from parts."""
    if isinstance(sql, ast.JoinedStr):
        # A PRAGMA takes no parameters; its numbers are ours.
        first = sql.values[0] if sql.values else None
        pragma = isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA ")
        return not pragma and any(isinstance(part, ast.FormattedValue) for part in sql.values)
    if isinstance(sql, ast.BinOp):
        return isinstance(sql.op, ast.Add | ast.Mod)
    return isinstance(sql, ast.Call) and getattr(sql.func, "attr", "") == "format"


def test_no_statement_is_built_up_where_it_is_executed() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if path.name != "dialect.py"]

    assert [place for path in modules for place in built_up_statements(path)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('c.execute(f"SELECT {x}")', 1),
        ('c.execute("SELECT " + x)', 1),
        ('c.execute("SELECT %s" % x)', 1),
        ('c.execute("SELECT {}".format(x))', 1),
        ('c.execute("SELECT :x", {"x": x})', 0),
        ('c.execute(f"PRAGMA user_version = {x}")', 0),
        ("c.execute(_UPDATE, row)", 0),
    ],
)
def test_the_search_for_built_up_statements_finds_them(source: str, found: int) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)

    assert is_built(call.args[0]) is bool(found)


def test_the_version_is_written_once() -> None:
    import intake_app

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert "version" not in project
    assert re.fullmatch(r"\d+\.\d+\.\d+", intake_app.__version__)


def test_the_runner_starts_on_an_older_python_to_say_what_is_needed() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 9))


# --- what it stands on --------------------------------------------------------------------

COUNT_REFERENCES = """
import sys
spare = [None, True] * 20_000
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel
class Source(QObject):
    happened = Signal(int)
application = QApplication([])
label, source = QLabel(), Source()
source.happened.connect(lambda number: None)
label.setText("warm"); source.happened.emit(0)
before = [sys.getrefcount(thing) for thing in (None, True)]
for number in range(5_000):
    label.setVisible(False)
    source.happened.emit(number)
lost = [old - sys.getrefcount(thing) for old, thing in zip(before, (None, True))]
print(max(lost))
"""


@pytest.mark.slow
def test_this_pyside_does_not_lose_references() -> None:
    """PySide6 6.12.0 dropped one reference to None with each call and ended in an abort."""
    command = [sys.executable, "-c", COUNT_REFERENCES]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    assert int(done.stdout) < 100
