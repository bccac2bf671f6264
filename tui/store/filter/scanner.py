"""A line for finding and how far it is read: blanks, signs, values and what stands in quotes."""

from msgspec import Struct

from tui.errors import ClarifeyeError

QUOTE = '"'


class UnreadableLine(ClarifeyeError):
    """A line for finding that cannot be read; `column` is where, from 0 on."""

    def __init__(self, title: str, column: int, hint: str = "") -> None:
        super().__init__(title, hint)
        self.column = column


class Scanner(Struct):
    """The line, how far it is read, how many brackets are open, and whether one of them is a call's."""

    text: str
    at: int = 0
    depth: int = 0
    in_call: bool = False

    def skip_blanks(self) -> None:
        """Go on to what is no blank."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def starts(self, sign: str) -> bool:
        """Whether this stands here."""
        return self.text.startswith(sign, self.at)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more."""
        return self.at >= len(self.text)

    @property
    def closes(self) -> bool:
        """Whether the bracket that is open ends here."""
        return self.depth > 0 and self.starts(")")

    @property
    def alternates(self) -> bool:
        """Whether a `|` stands here by itself."""
        behind = self.text[self.at + 1 : self.at + 2]
        return self.starts("|") and (not behind or behind.isspace() or (self.depth > 0 and behind == ")"))


def values_at(line: Scanner) -> tuple[str, ...]:
    """The values here, between commas.

    Raises:
        UnreadableLine: one is missing, or a quote is not closed.
    """
    values = [_one_value(line)]
    while line.starts(","):
        line.at += 1
        values.append(_one_value(line))
    if "" in values:
        raise UnreadableLine("A value is missing", line.at)
    return tuple(values)


def _one_value(line: Scanner) -> str:
    if line.starts(QUOTE):
        return quoted_at(line)
    start, open_brackets = line.at, 0
    while not line.ended:
        letter = line.text[line.at]
        open_brackets += letter == "("
        if letter.isspace() or letter == "," or (letter == ")" and line.depth and not open_brackets):
            break
        open_brackets -= letter == ")"
        line.at += 1
    return line.text[start : line.at]


def quoted_at(line: Scanner) -> str:
    """The text between quotes; a doubled one in it is one.

    Raises:
        UnreadableLine: the quote is not closed.
    """
    start = line.at
    line.at += 1
    pieces: list[str] = []
    while True:
        end = line.text.find(QUOTE, line.at)
        if end < 0:
            raise UnreadableLine("A quote is not closed", start)
        pieces.append(line.text[line.at : end])
        line.at = end + 1
        if not line.starts(QUOTE):
            return "".join(pieces)
        pieces.append(QUOTE)
        line.at += 1
