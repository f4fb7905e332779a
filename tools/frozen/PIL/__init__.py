"""Stands for Pillow in the frozen program.

ReportLab imports it always and uses it for pictures only; our papers are drawn, they hold none.
"""
