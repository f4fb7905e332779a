"""What the tests of printing share: the lab, started once, mended after each test."""

import warnings
from collections.abc import Iterator

import pytest

from tests.printing.lab import NoLabError, PrintLab

WITHOUT = "The print lab does not start here, so no sheet was sent to a printer: {why}"


@pytest.fixture(scope="session")
def started_lab() -> Iterator[PrintLab]:
    """Start a print service and a printer; where that cannot be done say so, loudly."""
    try:
        lab = PrintLab().start()
    except NoLabError as error:
        said = WITHOUT.format(why=error)
        warnings.warn(said, UserWarning, stacklevel=1)
        pytest.skip(said)
    yield lab
    lab.stop()


@pytest.fixture
def lab(started_lab: PrintLab) -> Iterator[PrintLab]:
    """Return the lab, everything in it in order."""
    yield started_lab
    started_lab.mend()
