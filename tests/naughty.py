"""Strings that break programs: the vendored list, and some of our own."""

from base64 import b64decode
from pathlib import Path

_LIST = Path(__file__).parent / "data" / "naughty" / "blns.base64.txt"

OURS = (
    "a\0b",
    "\ufeffDoe",
    "Doe\u202eeoD",
    "\u2028\u2029",
    "x" * 100_000,
    '"; DROP TABLE patient; --',
    "=HYPERLINK(1)",
    "＝1+1",
    "'=1",
    "O'Brien",
    "e\u0301" * 40,
    "\U0001f469\u200d\U0001f52c",
    "\ud800",
)

STRINGS = (
    *(b64decode(line).decode("utf-8") for line in _LIST.read_text("ascii").splitlines()),
    *OURS,
)
