"""Formats of other systems: mapping tables, no decisions."""
