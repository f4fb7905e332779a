"""What issues ask of a clinic with a million patients; each database takes minutes to make."""

from __future__ import annotations

from benchmarks import keystroke, people_compared, search

COUNT = 1_000_000


def rows() -> list[dict[str, object]]:
    """Measure the search box with both drivers, the doubles, and the painted results."""
    return [
        *search.size_rows(COUNT, "sqlite3"),
        *search.size_rows(COUNT, "sqlcipher3"),
        *people_compared.desk_rows(COUNT),
        *keystroke.rows(COUNT),
    ]
