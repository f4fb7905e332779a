"""The windows. PySide6 only here."""
