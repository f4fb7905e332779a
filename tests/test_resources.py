"""Tests for finding shipped files."""

import pytest

from intake_app.resources import resource


@pytest.mark.parametrize(
    "parts", [("icons", "save.svg"), ("fonts", "NotoSans-Regular.ttf"), ("fonts",)]
)
def test_a_shipped_file_is_found(parts: tuple[str, ...]) -> None:
    assert resource(*parts).exists()


def test_a_missing_file_is_an_error_at_once() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/unicorn\.svg"):
        resource("icons", "unicorn.svg")
