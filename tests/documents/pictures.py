"""Pictures of every paper, for eyes: ``python -m tests.documents.pictures [FOLDER]``."""

import sys
from dataclasses import replace
from pathlib import Path

from intake_app.documents.engine import ReportLabEngine
from intake_app.domain.sheets import PrintSize
from tests.documents import samples
from tests.documents.conftest import FONTS
from tests.documents.looking import picture_of
from tests.documents.test_shipped_wording import WAYS, shipped
from tests.domain import papers


def main(folder: Path) -> None:
    """Write one PNG for each page."""
    engine = ReportLabEngine(FONTS)
    facts = {"ordinary": papers.ORDINARY, "everything": papers.EVERYTHING}
    sheets = {
        f"{who}-{paper.value}-{size.value}": shipped(facts[who], paper, size)
        for who, paper, size in WAYS
    }
    sheets["driver-card"] = samples.driver_card()
    sheets["what-to-expect"] = samples.what_to_expect()
    sheets["draft"] = replace(samples.ordinary(), specimen=True, size=PrintSize.NORMAL)
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in sheets.items():
        drawn = engine.draw(sheet)
        for number in range(drawn.pages):
            picture = picture_of(drawn.pdf, number, dots_per_inch=100)
            picture.save(folder / f"{name}-{number + 1}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/papers"))
