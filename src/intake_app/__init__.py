"""Spine Intake: one visit, from the front door to the sheet in the patient's hand."""

__version__ = "0.1.0"
