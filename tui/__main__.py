"""`python -m tui` is the command `clarifeye-tui`."""

from tui.cli import command

command()
