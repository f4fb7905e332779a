from pathlib import Path

import pytest

from intake_app.documents.engine import ReportLabEngine
from intake_app.documents.type import Letters

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture(scope="session")
def engine() -> ReportLabEngine:
    return ReportLabEngine(FONTS)


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters(FONTS)
