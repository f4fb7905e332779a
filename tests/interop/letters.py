"""HL7 v2 messages for tests, built field by field."""

from collections.abc import Mapping

Fields = Mapping[int, str]


def escaped(text: str) -> str:
    """Return a text as it is written inside a message."""
    codes = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}
    return "".join(codes.get(char, char) for char in text)


def segment(name: str, fields: Fields) -> str:
    """Return a segment from its fields by number."""
    last = max(fields, default=0)
    return "|".join([name, *(fields.get(number, "") for number in range(1, last + 1))])


PID: Fields = {
    3: "77^^^HOSP^MR",
    5: "Doe^Jane^Q^^^^L",
    7: "19510304",
    8: "F",
}
"""Jane Q Doe, born 4 March 1951, number 77 of HOSP."""


def message(
    event: str = "ADT^A04",
    *segments: str,
    pid: Fields | None = None,
    at: str = "20261122080000",
    letters: str = "UNICODE UTF-8",
) -> str:
    """Return a message of HIS at HOSP; ``pid`` changes or adds fields of Jane Doe."""
    header = f"MSH|^~\\&|HIS|HOSP|SPINE|CLINIC|{at}||{event}|1|P|2.5.1||||||{letters}"
    person = segment("PID", {**PID, **(pid or {})})
    return "\r".join([header, f"EVN||{at}", person, *segments]) + "\r"


def appointment(
    event: str = "S12",
    *,
    start: str = "20261203090000",
    pid: Fields | None = None,
    at: str = "20261122080000",
    filler: str = "F-1",
    room: str = "2",
) -> str:
    """Return an appointment of Jane Doe on 3 December at 9:00, room 2, Dr. Ana Park."""
    schedule = segment("SCH", {1: "P-1^HIS", 2: f"{filler}^HIS", 11: f"^^60^{start}"})
    header = f"MSH|^~\\&|HIS|HOSP|SPINE|CLINIC|{at}||SIU^{event}|1|P|2.5.1||||||UNICODE UTF-8"
    person = segment("PID", {**PID, **(pid or {})})
    where = segment("AIL", {1: "1", 3: f"OR^{room}"})
    who = segment("AIP", {1: "1", 3: "9^Park^Ana^^^Dr."})
    return "\r".join([header, schedule, person, "RGS|1", where, who]) + "\r"
