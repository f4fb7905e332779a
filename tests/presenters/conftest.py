"""A desk with one registered patient, as the services' tests have it."""

import pytest

from tests.services.desk import Desk, a_desk


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic that is set up."""
    return a_desk()


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return the visit of a patient who was just registered: Jane Doe, born 4 March 1951."""
    return desk.register()
