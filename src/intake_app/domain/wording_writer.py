"""Writes wording as TOML that people can read and compare; read again it is the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\b": "\\b",
    "\f": "\\f",
}
_LINE = 100
_FIRST_PRINTABLE = 0x20
_DELETE = 0x7F


def write_toml(data: Mapping[str, object], *, inside: str = "") -> str:
    """Return the data as TOML; ``inside`` is the name of the table that they stand in."""
    plain = [(key, value) for key, value in data.items() if not _is_tables(value)]
    text = "".join(f"{_key(key)} = {_value(value, wide=True)}\n" for key, value in plain)
    for key, value in data.items():
        if not _is_tables(value):
            continue
        name = f"{inside}.{_key(key)}" if inside else _key(key)
        tables = [value] if isinstance(value, Mapping) else value
        mark = ("[", "]") if isinstance(value, Mapping) else ("[[", "]]")
        for table in tables if isinstance(tables, Sequence) else ():
            text += f"\n{mark[0]}{name}{mark[1]}\n{write_toml(table, inside=name)}"
    return text


def _is_tables(value: object) -> bool:
    """Return whether a value is written under headings: a table of tables, or a long table."""
    if isinstance(value, Mapping):
        return any(_is_tables(part) for part in value.values())
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(part, Mapping) and ("id" in part or "kind" in part) for part in value)
    )


def _value(value: object, *, wide: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{"".join(map(_letter, value))}"'
        case Mapping():
            inner = ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            parts = [_value(part) for part in value]
            one_line = f"[{', '.join(parts)}]"
            tables = any(isinstance(part, Mapping | list | tuple) for part in value)
            if wide and len(parts) > 1 and (tables or len(one_line) > _LINE):
                return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
            return one_line
        case _:
            return str(value)


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if ord(letter) < _FIRST_PRINTABLE or ord(letter) == _DELETE:
        return f"\\u{ord(letter):04X}"
    return letter


def _key(key: str) -> str:
    plain = key and all(part.isascii() and (part.isalnum() or part in "_-") for part in key)
    return key if plain else _value(key)
