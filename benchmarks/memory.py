"""How much memory this process needed at most."""

from __future__ import annotations

from pathlib import Path


def peak_mib() -> float:
    """Return the peak since this program was started, in MiB.

    ``ru_maxrss`` will not do: a child begins with what its parent had reached.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
