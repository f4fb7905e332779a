"""Refuse files without a final newline, files over 2 MB and private keys; run by pre-commit."""

import sys
from pathlib import Path

LARGEST = 2_000_000
TEXT = {".py", ".md", ".toml", ".json", ".sql", ".svg", ".pot", ".po", ".txt", ".yaml", ".yml"}
KEY_MARK = b"PRIVATE " + b"KEY-----"


def problems(path: Path) -> list[str]:
    """Return what is wrong with one file."""
    content = path.read_bytes()
    found = []
    if len(content) > LARGEST:
        found.append(f"{path}: larger than {LARGEST} bytes")
    if path.suffix in TEXT and content and not content.endswith(b"\n"):
        found.append(f"{path}: no newline at the end")
    if KEY_MARK in content:
        found.append(f"{path}: holds a private key")
    return found


def main(names: list[str]) -> int:
    """Print every problem and return 1 when there is one."""
    found = [problem for name in names for problem in problems(Path(name))]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
