"""Write the translation template, or with --check say whether the committed one is current."""

import subprocess
import sys
import tempfile
from pathlib import Path

from intake_app import __version__

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "resources" / "i18n" / "intake_app.pot"
# Spec: the label of a field is the first argument of its declaration.
KEYWORDS = ("_", "N_", "Spec", "ngettext:1,2")


def extract(target: Path) -> None:
    """Write every text a translator must see."""
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    for keyword in KEYWORDS:
        command += ["-k", keyword]
    # File names without line numbers: the template changes when a text does, not with every edit.
    command += ["--add-location=file", "--sort-by-file", "--project=intake_app"]
    command += ["--version=" + __version__, "-o", str(target), "src/intake_app"]
    subprocess.run(command, cwd=ROOT, check=True)


def entries(template: Path) -> str:
    """Return a template without its header, which holds a date and a year."""
    return template.read_text(encoding="utf-8").partition("\n\n")[2] if template.exists() else ""


def main(arguments: list[str]) -> int:
    """Regenerate the template or compare it."""
    if "--check" not in arguments:
        TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
        extract(TEMPLATE)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.pot"
        extract(fresh)
        if entries(fresh) == entries(TEMPLATE):
            return 0
    print("resources/i18n/intake_app.pot is out of date; run: make messages")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
