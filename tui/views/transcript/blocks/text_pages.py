"""Which page of a large text a block shows, the lines on which it is turned, and the mark of what folds."""

from typing import NamedTuple

from tui.views.text.ink import ASIDE, Span


class Lead(NamedTuple):
    """What a line leads to: a page of one of the texts of a block, by their numbers."""

    text: int
    page: int


Leads = dict[int, Lead]
"""The lines that lead to another page."""


class TextPages:
    """The pages of the texts of a block that has large ones."""

    __slots__ = ("_numbers", "leads")

    def __init__(self) -> None:
        self.leads: Leads = {}
        self._numbers: dict[int, int] = {}

    def number(self, text: int) -> int:
        """The page that is shown of a text."""
        return self._numbers.get(text, 0)

    def show(self, text: int, page: int) -> None:
        """Show a page of a text."""
        self._numbers[text] = page

    def turn(self, line: int) -> bool:
        """Turn to the page that a line leads to; False where it leads to none."""
        lead = self.leads.get(line)
        if lead is not None:
            self.show(*lead)
        return lead is not None

    def begin_after(self, text: int, page: int) -> int | None:
        """The line to read on from where another page of a text was shown before; None where it was the same."""
        now = self.number(text)
        if now == page:
            return None
        wanted, beside = (now - 1, 1) if now > page else (now + 1, -1)
        return next((line + beside for line, lead in self.leads.items() if lead == (text, wanted)), None)


OPEN, CLOSED = "▾", "▸"


def fold_mark(folded: bool) -> Span:
    """The mark that says whether something is folded."""
    return Span(f"{CLOSED if folded else OPEN} ", f"accent {ASIDE}")
