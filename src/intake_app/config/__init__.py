"""This machine: where things lie, what was chosen here, and the log. No patient data."""
