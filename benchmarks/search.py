"""The search box, every keystroke of many queries: how long it takes, and who is found.

``python -m benchmarks.search --count 1000000 --module sqlcipher3`` measures one size and one
driver; ``rows`` what ``make bench`` shows.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.drivers import opened
from benchmarks.pairs import percentile, row
from benchmarks.people import Invented, people
from benchmarks.plain_prefix import PlainPrefix
from benchmarks.typed import NUMBER, PLAIN, SOUND, TWO, TYPO, Query, queries
from intake_app.domain.patients import Patient
from intake_app.storage.dialect import layout_of
from intake_app.storage.migrate import shipped, statements
from intake_app.storage.search_index import derived, keep_index
from intake_app.storage.session import Session
from intake_app.storage.unit_of_work import SqliteWork
from intake_app.storage.up_to_date import bring_up_to_date

SHOWN = 20
MILLION = 1_000_000
TARGETS = 150
NEW_PATIENTS = 500
GOALS: tuple[dict[str, float], dict[str, float]] = (
    {TYPO: 97, TWO: 85, SOUND: 95, NUMBER: 100},
    {TYPO: 96, TWO: 85, SOUND: 92, NUMBER: 100},
)
"""Of 100 people, how many must be among the first twenty: up to and from a million patients."""
_BATCH = 20000

# --- the databases ------------------------------------------------------------------------


class Ours:
    """The program's own database with invented patients in it, opened by either driver."""

    def __init__(self, driver: str, path: Path, *, key: bool) -> None:
        self.connection = opened(driver, path, key=key)
        self._session = Session(self.connection)
        self.built_s = 0.0

    def fill(self, everybody: Sequence[Invented]) -> None:
        """Make the schema, add the patients, some with visits, and make the index."""
        for step in shipped():
            for statement in statements(step.sql):
                self.connection.execute(statement)
        self._session.begin()
        layout = layout_of(Patient)
        blank = layout.row(Patient(id="", family_name="", version=1))
        add = layout.statements.add
        for start in range(0, len(everybody), _BATCH):
            self._session.many(
                add, (blank | _fields(each) for each in everybody[start : start + _BATCH])
            )
        self._session.many(_VISIT, _visits(len(everybody)))
        self._session.commit()
        start_s = time.perf_counter()
        bring_up_to_date(self._session, derived())
        self.built_s = time.perf_counter() - start_s

    def search(self, typed: str) -> list[int]:
        """Return who is found, from the first to the last line of the result."""
        with SqliteWork(self._session) as work:
            return [int(found.patient_id) for found in work.search(typed, limit=SHOWN)]

    def add(self, each: Invented) -> None:
        """Add one patient with everything that finds them."""
        self._session.begin()
        patient = Patient(
            id=str(each.number),
            family_name=each.family,
            given_name=each.given,
            record_number=each.record_number,
            mobile_phone=each.phone,
            version=1,
        )
        layout = layout_of(Patient)
        self._session.execute(layout.statements.add, layout.row(patient))
        keep_index(self._session, patient)
        self._session.commit()


_VISIT = """
    INSERT INTO visit (
        id, version, patient_id, day, room, operator, identity_checked, what_to_bring, state,
        identity_checked_by)
    VALUES (:id, 1, :patient_id, :day, '', '', 0, '', 'booked', '')"""


def _fields(each: Invented) -> dict[str, object]:
    return {
        "id": str(each.number),
        "family_name": each.family,
        "given_name": each.given,
        "birth_date": each.born,
        "record_number": each.record_number,
        "mobile_phone": each.phone,
    }


def _visits(count: int) -> Iterator[dict[str, object]]:
    """Yield a visit of every tenth patient, and thirty for today."""
    today = time.strftime("%Y-%m-%d", time.gmtime())
    days = [(number, f"2025-{number % 12 + 1:02}-15") for number in range(1, count + 1, 10)]
    days += [(number, today) for number in range(2, count, max(count // 30, 1))]
    for at, (number, day) in enumerate(days):
        yield {"id": f"v{at}", "patient_id": str(number), "day": day}


# --- measuring ----------------------------------------------------------------------------


@dataclass(slots=True)
class Measured:
    """What one design did with one size of database."""

    keystrokes_s: list[float] = field(default_factory=list)
    busy_s: list[float] = field(default_factory=list)
    """Of these, what this program computed: the rest is waiting for its turn on a busy machine."""
    found: dict[str, list[bool]] = field(default_factory=dict)
    missed: list[Query] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)

    def share(self, kind: str) -> float:
        """Return how many of 100 were found in the first twenty."""
        found = self.found[kind]
        return 100 * sum(found) / len(found)

    def ms(self, percent: int) -> float:
        """Return the percentile of a keystroke in milliseconds."""
        return percentile(self.keystrokes_s, percent) * 1e3


def measure(search: Callable[[str], list[int]], asked: Sequence[Query]) -> Measured:
    """Type every query letter by letter; the last answer is the one that counts."""
    measured = Measured()
    gc.collect()
    gc.freeze()
    for query in asked:
        found: list[int] = []
        for length in range(1, len(query.text) + 1):
            typed = query.text[:length]
            if typed.endswith(" "):
                continue
            busy = time.thread_time()
            start = time.perf_counter()
            found = search(typed)
            measured.keystrokes_s.append(time.perf_counter() - start)
            measured.busy_s.append(time.thread_time() - busy)
            measured.slow.append((measured.keystrokes_s[-1], typed))
        measured.found.setdefault(query.kind, []).append(query.number in found)
        if query.number not in found:
            measured.missed.append(query)
    gc.unfreeze()
    return measured


def new_patients(ours: Ours, count: int) -> float:
    """Return the median seconds to add one patient with the index."""
    times = []
    for at, each in enumerate(people(NEW_PATIENTS, seed=77)):
        added = Invented(
            count + 1 + at, each.family, each.given, each.born, each.phone, str(900000000 + at)
        )
        start = time.perf_counter()
        ours.add(added)
        times.append(time.perf_counter() - start)
    return percentile(times, 50)


# --- the table ----------------------------------------------------------------------------


def rows() -> list[dict[str, object]]:
    """Measure 100,000 patients with both drivers; a million have a module of their own."""
    return [*size_rows(100_000, "sqlite3"), *size_rows(100_000, "sqlcipher3")]


def size_rows(count: int, driver: str) -> list[dict[str, object]]:
    """Measure so many patients with one driver."""
    everybody = list(people(count))
    typed = _typed(everybody)
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        ours, ours_s, added_s = _ours(Path(folder), driver, everybody, typed)
        floor = PlainPrefix(driver, Path(folder) / "floor", key=driver == "sqlcipher3")
        with closing(floor.connection):
            floor.fill(everybody)
            plain = measure(floor.search, typed)
    where = f"{count:,} patients" + (" encrypted" if driver == "sqlcipher3" else "")
    table = [
        _row(f"search, {where}: {each}", mine, theirs, unit=unit, goal=goal)
        for each, mine, theirs, unit, goal in (
            (
                "95 of 100 keystrokes within",
                ours.ms(95),
                plain.ms(95),
                "ms",
                4 if count < MILLION else 10,
            ),
            ("99 of 100 keystrokes within", ours.ms(99), plain.ms(99), "ms", 16),
            ("a new patient with its index", added_s * 1e3, None, "ms", 1.5),
            ("making the whole index", ours_s, None, "s", None),
        )
    ]
    return table + [
        _row(
            f"search, {where}: {kind} found in the first twenty",
            ours.share(kind),
            plain.share(kind),
            unit="%",
            goal=GOALS[count >= MILLION].get(kind),
        )
        for kind in (PLAIN, TYPO, TWO, SOUND, NUMBER)
    ]


def _typed(everybody: Sequence[Invented], targets: int = TARGETS, seed: int = 99) -> list[Query]:
    chance = random.Random(seed)  # noqa: S311 - the same targets every time
    return list(queries(chance.sample(everybody, targets)))


def _ours(
    folder: Path, driver: str, everybody: Sequence[Invented], typed: Sequence[Query]
) -> tuple[Measured, float, float]:
    ours = Ours(driver, folder / "ours", key=driver == "sqlcipher3")
    with closing(ours.connection):
        ours.fill(everybody)
        measured = measure(ours.search, typed)
        return measured, ours.built_s, new_patients(ours, MILLION)


def _row(
    name: str, ours: float, floor: float | None, *, unit: str, goal: float | None
) -> dict[str, object]:
    more = unit == "%"
    sign = ">=" if more else "<="
    return row(
        name,
        ours=ours,
        floor=floor,
        ratio=ours / floor if floor else None,
        unit=unit,
        goal="-" if goal is None else f"{sign} {goal:g}",
        met=None if goal is None else ours >= goal if more else ours <= goal,
    )


def main(arguments: Sequence[str]) -> int:
    """Measure one size and print everything about it."""
    parser = argparse.ArgumentParser(prog="benchmarks.search")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--module", default="sqlite3", choices=("sqlite3", "sqlcipher3"))
    parser.add_argument("--targets", type=int, default=TARGETS)
    parser.add_argument("--targets-seed", type=int, default=99)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder to keep the database in")
    asked = parser.parse_args(arguments)
    everybody = list(people(asked.count))
    chance = random.Random(asked.targets_seed)  # noqa: S311 - the same targets every time
    typed = list(queries(chance.sample(everybody, asked.targets), asked.seed))
    with tempfile.TemporaryDirectory(prefix="bench-search-") as temporary:
        path = (asked.keep or Path(temporary)) / f"{asked.module}-{asked.count}.sqlite3"
        there = path.exists()
        ours = Ours(asked.module, path, key=asked.module == "sqlcipher3")
        with closing(ours.connection):
            if not there:
                ours.fill(everybody)
            print(f"index built in {ours.built_s:.1f} s, {path.stat().st_size / 2**20:.0f} MiB")
            del everybody
            measured = measure(ours.search, typed)
            print(f"new patient {new_patients(ours, time.time_ns() // 1000) * 1e3:.3f} ms")
    print("taken:", *(f"p{each} {measured.ms(each):.2f} ms" for each in (50, 95, 99, 100)))
    busy = [(each, percentile(measured.busy_s, each) * 1e3) for each in (50, 95, 99, 100)]
    print("computed:", *(f"p{each} {ms:.2f} ms" for each, ms in busy))
    for kind, found in measured.found.items():
        print(f"{kind:12} {sum(found)}/{len(found)} {measured.share(kind):.1f} %")
    print(*measured.missed, sep="\n")
    print(*(f"{s * 1e3:.1f} ms {text!r}" for s, text in sorted(measured.slow)[-25:]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
