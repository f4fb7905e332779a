"""The search box, every keystroke of many queries: how long it takes, and who is found.

``python -m benchmarks.search --count 1000000 --module sqlcipher3`` measures one size and one
driver; ``rows`` what ``make bench`` shows.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.pairs import percentile, row
from benchmarks.people import Invented, on_a_plain_keyboard, people
from intake_app.domain.patients import Patient
from intake_app.storage.dialect import layout_of
from intake_app.storage.migrate import shipped, statements
from intake_app.storage.search_index import bring_up_to_date, keep_index
from intake_app.storage.session import Session
from intake_app.storage.unit_of_work import SqliteWork

SHOWN = 20
MILLION = 1_000_000
TARGETS = 150
NEW_PATIENTS = 500
PLAIN, TYPO, SOUND, TWO, NUMBER = "plain", "one error", "sound-alike", "two errors", "number"
GOALS: tuple[dict[str, float], dict[str, float]] = (
    {TYPO: 97, TWO: 85, SOUND: 95, NUMBER: 100},
    {TYPO: 96, TWO: 85, SOUND: 92, NUMBER: 100},
)
"""Of 100 people, how many must be among the first twenty: up to and from a million patients."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SAME_SOUND = (
    ("ph", "f"),
    ("f", "ph"),
    ("c", "k"),
    ("k", "c"),
    ("ie", "y"),
    ("y", "i"),
    ("ss", "s"),
    ("tt", "t"),
    ("ll", "l"),
    ("sch", "sh"),
    ("th", "t"),
    ("ck", "k"),
    ("z", "s"),
    ("w", "v"),
    ("ee", "ea"),
    ("ai", "ay"),
    ("nn", "n"),
)
_RAW_KEY = "PRAGMA key = \"x'" + "2b" * 32 + "'\""
_BATCH = 20000

# --- what is typed ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types to find one patient."""

    kind: str
    text: str
    number: int


def queries(targets: Sequence[Invented], seed: int = 5) -> Iterator[Query]:
    """Yield the ways of typing each patient: right, misspelt, by sound, by numbers."""
    chance = random.Random(seed)  # noqa: S311 - the same queries every time
    other = random.Random(seed + 1)  # noqa: S311 - the same queries every time
    for each in targets:
        first_family, first_given = each.family.split()[0], each.given.split()[0]
        family = on_a_plain_keyboard(each.family).split()[0]
        given = on_a_plain_keyboard(each.given).split()[0]

        def typed(kind: str, text: str, number: int = each.number) -> Query:
            return Query(kind, text, number)

        if not (family.isascii() and given.isascii()):
            yield typed(PLAIN, f"{first_family} {first_given}")
            continue
        yield typed(PLAIN, f"{family} {given}")
        yield typed(PLAIN, f"{given} {family}")
        yield typed(PLAIN, f"{first_family} {first_given}")
        yield typed(PLAIN, f"{family[:4]} {given[:3]}")
        if len(family) >= 5:
            yield typed(TYPO, f"{misspelt(chance, family)} {given}")
            if alike := spelt_by_sound(chance, family):
                yield typed(SOUND, f"{alike} {given}")
        year, month, day = each.born.split("-")
        yield typed(NUMBER, f"{each.born} {family[:3]}")
        yield typed(NUMBER, f"{day}/{month}/{year} {family[:3]}")
        yield typed(NUMBER, each.phone[-7:])
        yield typed(NUMBER, f"{each.phone[-4:]} {family[:3]}")
        yield typed(NUMBER, each.record_number)
        if len(family) >= 7:
            yield typed(TWO, f"{misspelt(other, misspelt(other, family))} {given}")
        elif len(family) >= 5 <= len(given):
            yield typed(TWO, f"{misspelt(other, family)} {misspelt(other, given)}")


def misspelt(chance: random.Random, word: str) -> str:
    """Return a word with one letter left out, put in, changed or swapped; not the first one."""
    at = chance.randrange(1, len(word))
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + chance.choice(_LETTERS) + word[at:]
    if how == 2:
        return word[:at] + chance.choice(_LETTERS.replace(word[at], "")) + word[at + 1 :]
    if word[at] == word[at - 1]:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def spelt_by_sound(chance: random.Random, word: str) -> str:
    """Return a believable other spelling of the same sound; '' when there is none."""
    # The list is shuffled anew each time, so that the draws are those of the published figures.
    pairs = list(_SAME_SOUND)
    chance.shuffle(pairs)
    for spelt, otherwise in pairs:
        at = word.find(spelt, 1)
        if at > 0:
            return word[:at] + otherwise + word[at + len(spelt) :]
    return ""


# --- the databases ------------------------------------------------------------------------


class Ours:
    """The program's own database with invented patients in it, opened by either driver."""

    def __init__(self, driver: str, path: Path, *, key: bool) -> None:
        self.connection = _opened(driver, path, key=key)
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
        bring_up_to_date(self._session)
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


class PlainPrefix:
    """The floor: FTS5 prefixes of folded names, B-tree ranges of numbers, nothing forgiven."""

    def __init__(self, driver: str, path: Path, *, key: bool) -> None:
        self.connection = _opened(driver, path, key=key)

    def fill(self, everybody: Sequence[Invented]) -> None:
        """Make the tables and add the patients."""
        for statement in _PLAIN_SCHEMA:
            self.connection.execute(statement)
        self.connection.execute("BEGIN")
        self.connection.executemany(
            "INSERT INTO patient VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    p.number,
                    p.family,
                    p.given,
                    p.born,
                    p.phone[1:],
                    p.record_number,
                    p.phone[:0:-1],
                    p.phone[-7:],
                )
                for p in everybody
            ),
        )
        self.connection.executemany(
            "INSERT INTO names (rowid, n) VALUES (?, ?)",
            ((p.number, on_a_plain_keyboard(f"{p.family} {p.given}")) for p in everybody),
        )
        self.connection.execute("COMMIT")
        self.connection.execute("INSERT INTO names (names) VALUES ('optimize')")

    def search(self, typed: str) -> list[int]:
        """Return who is found; of what has digits only the first counts, as in most programs."""
        words = typed.split()
        numbers = [word for word in words if re.search(r"\d", word)]
        names = [
            name
            for word in words
            if not re.search(r"\d", word)
            for name in on_a_plain_keyboard(word).split()
        ]
        found = self._by_number(numbers[0], names) if numbers else self._by_name(names)
        return [number for number, *_ in found]

    def _by_name(self, names: list[str]) -> list[Any]:
        match = " AND ".join(f'"{name}"*' for name in names)
        return list(self.connection.execute(_PLAIN_NAMES, {"match": match, "limit": SHOWN}))

    def _by_number(self, typed: str, names: list[str]) -> list[Any]:
        digits = re.sub(r"\D", "", typed)
        found = {
            each[0]: each
            for sql, low in (
                (_PLAIN_RANGES[0], typed),
                (_PLAIN_RANGES[1], digits),
                (_PLAIN_RANGES[2], digits[::-1]),
                (_PLAIN_RANGES[3], digits),
            )
            for each in self.connection.execute(sql, {"low": low, "high": low + "\U0010ffff"})
        }
        wanted = [re.compile(rf"\b{re.escape(name)}") for name in names]
        fitting = (
            each
            for each in found.values()
            if all(w.search(on_a_plain_keyboard(f"{each[1]} {each[2]}")) for w in wanted)
        )
        return list(fitting)[:SHOWN]


_PLAIN_SCHEMA = (
    "CREATE TABLE patient (id INTEGER PRIMARY KEY, family TEXT, given TEXT, born TEXT,"
    " phone TEXT, number TEXT, backwards TEXT, local TEXT)",
    "CREATE INDEX p_born ON patient (born)",
    "CREATE INDEX p_number ON patient (number)",
    "CREATE INDEX p_backwards ON patient (backwards)",
    "CREATE INDEX p_local ON patient (local)",
    "CREATE VIRTUAL TABLE names USING fts5 (n, content = '', detail = none, columnsize = 0,"
    " prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 0')",
)
_PLAIN_NAMES = """
    SELECT p.* FROM names AS n CROSS JOIN patient AS p ON p.id = n.rowid
    WHERE names MATCH :match ORDER BY n.rowid DESC LIMIT :limit"""
_PLAIN_RANGES = tuple(
    f"SELECT * FROM patient WHERE {column} >= :low AND {column} < :high LIMIT 200"  # noqa: S608 - our own columns
    for column in ("born", "number", "backwards", "local")
)


def _opened(driver: str, path: Path, *, key: bool) -> Any:
    module = importlib.import_module("sqlcipher3.dbapi2" if driver == "sqlcipher3" else driver)
    connection = module.connect(str(path), isolation_level=None, cached_statements=256)
    if key:
        connection.execute(_RAW_KEY)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("PRAGMA cache_size = -32768")
    return connection


# --- measuring ----------------------------------------------------------------------------


@dataclass(slots=True)
class Measured:
    """What one design did with one size of database."""

    keystrokes_s: list[float] = field(default_factory=list)
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
            start = time.perf_counter()
            found = search(typed)
            measured.keystrokes_s.append(time.perf_counter() - start)
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
    """Measure 100,000 patients with both drivers and 1,000,000 with the first."""
    return [*_size(100_000, "sqlite3"), *_size(100_000, "sqlcipher3"), *_size(1_000_000, "sqlite3")]


def _size(count: int, driver: str) -> list[dict[str, object]]:
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
        _row(f"search, {where}: {each}", mine, theirs, unit="ms", goal=goal)
        for each, mine, theirs, goal in (
            (
                "95 of 100 keystrokes within",
                ours.ms(95),
                plain.ms(95),
                4 if count < MILLION else 10,
            ),
            ("99 of 100 keystrokes within", ours.ms(99), plain.ms(99), 16),
            ("a new patient with its index", added_s * 1e3, None, 1.5),
            ("making the whole index, seconds", ours_s, None, None),
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
    print(*(f"p{each} {measured.ms(each):.2f} ms" for each in (50, 95, 99, 100)))
    for kind, found in measured.found.items():
        print(f"{kind:12} {sum(found)}/{len(found)} {measured.share(kind):.1f} %")
    print(*measured.missed, sep="\n")
    print(*(f"{s * 1e3:.1f} ms {text!r}" for s, text in sorted(measured.slow)[-25:]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
