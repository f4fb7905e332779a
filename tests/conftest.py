"""What every test shares: no display, no leaked window, bounded examples."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any Qt import, or Qt aborts the process

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("house")

_UI_TESTS = Path(__file__).parent / "ui"


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test under tests/ui that leaves a visible window behind."""
    yield
    if not request.path.is_relative_to(_UI_TESTS):
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert not left, f"windows left open: {left}"
