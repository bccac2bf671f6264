"""Writes the table of faults for people: `python -m tests.faults`."""

from tests.faults.table import README, readme

README.write_text(readme())
