"""The command line: the window, or one job without it."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit code: 0 only when it worked, 2 for bad usage."""
    from intake_app.commands import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
