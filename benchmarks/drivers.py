"""Connections of either driver, set up alike."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

_RAW_KEY = "PRAGMA key = \"x'" + "2b" * 32 + "'\""


def opened(driver: str, path: Path, *, key: bool) -> Any:
    """Return a connection, encrypted with a raw key if ``key``."""
    module = importlib.import_module("sqlcipher3.dbapi2" if driver == "sqlcipher3" else driver)
    connection = module.connect(str(path), isolation_level=None, cached_statements=256)
    if key:
        connection.execute(_RAW_KEY)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("PRAGMA cache_size = -65536")
    return connection
