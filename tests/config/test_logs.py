"""Tests for the log."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.config.logs import log_failure, new_reference, start_log, stop_log


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Return a function that reads what the log holds."""
    handler = start_log(tmp_path)
    yield lambda: (tmp_path / "intake.log").read_text(encoding="utf-8")
    stop_log(handler)


def fail() -> None:
    try:
        int("O'Brien")
    except ValueError as error:
        raise RuntimeError("patient Nora O'Brien") from error


def test_a_failure_is_logged_under_the_reference_that_is_shown(
    written: Callable[[], str],
) -> None:
    with pytest.raises(RuntimeError) as caught:
        fail()

    reference = log_failure(caught.value)

    assert f"unexpected failure {reference}" in written()


def test_a_failure_is_logged_without_its_words(written: Callable[[], str]) -> None:
    with pytest.raises(RuntimeError) as caught:
        fail()

    log_failure(caught.value)

    assert "O'Brien" not in written()
    assert {"RuntimeError", "ValueError"} <= set(written().split())
    assert "test_logs.py" in written()


def test_times_are_utc(written: Callable[[], str]) -> None:
    logging.getLogger("intake_app.test").info("hello")

    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO", written())


def test_other_libraries_do_not_write_into_our_log(written: Callable[[], str]) -> None:
    logging.getLogger("pikepdf").error("quoted what it was given")

    assert written() == ""


def test_a_reference_can_be_read_out_over_the_telephone() -> None:
    assert re.fullmatch(r"[3-9A-Y]{3}-[3-9A-Y]{3}", new_reference())
