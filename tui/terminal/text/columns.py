"""Where the characters of a written line stand once it has been cleaned."""

from collections.abc import Callable

from rich.cells import cell_len

from tui.terminal.text.clean import TAB_WIDTH

_CARRIER = "◌"
"""What cleaning puts before a mark that begins a line."""


def cleaned_columns(written: str, cleaned: str, shown: Callable[[str], str]) -> list[int]:
    """The column in the cleaned line for each character of a written one, and at last for its end.

    `shown` is what was given to `clean` for what cannot be seen. What cleaning joined to the character before, or took
    away at the end of a line, has the column of what follows it.
    """
    columns: list[int] = []
    at = stop = 0
    for character in written:
        if not at and character != _CARRIER and cleaned.startswith(_CARRIER):
            at = 1
        columns.append(at)
        if character == "\t":
            at += TAB_WIDTH - cell_len(cleaned[stop:at]) % TAB_WIDTH
            stop = at
        elif cleaned.startswith(character, at):
            at += 1
        elif cleaned.startswith(said := shown(character), at):
            at += len(said)
    return [*columns, len(cleaned)]
