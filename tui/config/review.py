"""How conversations are judged, from the table `[review]` of the config file; what is wrong is said with its line."""

import re
from collections.abc import Mapping
from typing import NoReturn

from tui.config.errors import ConfigFileError
from tui.config.settings import ReviewKey, ReviewSettings

TAKEN = frozenset("bcdeghijklmnoqruvwxyzACDEFGHIJKLMNQRTUVX")
"""Letters that mean something else while a conversation is judged: those of the reader, of the queue, and of moving."""

TAKEN_BEHIND = frozenset("iIq")
"""Letters that mean something else where a reason is asked for."""

_KEYS = ("name", "skip", "no_reasons", "labels", "reasons")
_MOST = 20
_LONGEST = 40
_EXAMPLES = {"labels": 'labels = { p = "pass", f = "fail" }', "reasons": 'reasons = { 1 = "tool", 2 = "policy" }'}


def review_in(path: str, text: str) -> ReviewSettings:
    """What a config file, which is valid TOML, says of judging.

    Raises:
        ConfigFileError: something of it cannot be; says where.
    """
    import tomllib

    table = tomllib.loads(text).get("review")
    return ReviewSettings() if table is None else _Table(path, text).settings(table)


class _Table:
    """Knows in which line what stands, for what is said of it."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def settings(self, table: object) -> ReviewSettings:
        if not isinstance(table, dict):
            self._refuse("review must be a table", "Begin it with a line [review].", "review")
        for key in table:
            if key not in _KEYS:
                self._refuse(f"unknown key {key!r} in [review]", f"Known keys: {', '.join(_KEYS)}.", key)
        usual = ReviewSettings()
        labels = self._letters(table, "labels", usual.labels, TAKEN, least=1)
        reasons = self._letters(table, "reasons", usual.reasons, TAKEN_BEHIND, least=0)
        names = tuple(label.name for label in labels)
        plain = table.get("no_reasons", list(names[:1]))
        if not isinstance(plain, list) or not all(isinstance(one, str) for one in plain):
            self._refuse("no_reasons must be a list of labels", 'Write no_reasons = ["pass"].', "no_reasons")
        skip = self._words(table, "skip", usual.skip if usual.skip in names else "")
        for one, key in (*((one, "no_reasons") for one in plain), (skip, "skip")):
            if one and one not in names:
                self._refuse(f"{key}: {one!r} is no label", f"Labels: {', '.join(names)}.", key)
        return ReviewSettings(self._words(table, "name", ""), labels, reasons, tuple(plain), skip)

    def _letters(
        self,
        table: Mapping[str, object],
        what: str,
        usual: tuple[ReviewKey, ...],
        taken: frozenset[str],
        *,
        least: int,
    ) -> tuple[ReviewKey, ...]:
        if what not in table:
            return usual
        said = table[what]
        if not isinstance(said, dict) or not least <= len(said) <= _MOST:
            self._refuse(f"{what} must be a table of {least} to {_MOST} letters", f"Write {_EXAMPLES[what]}.", what)
        found: dict[str, str] = {}
        for letter, name in said.items():
            self._check_letter(letter, what, taken)
            if not isinstance(name, str):
                self._refuse(f"{letter} in {what} must be text in quotes", f"Write {_EXAMPLES[what]}.", letter, what)
            self._check_words(name, f"{letter} in {what}", letter, what)
            if name in found:
                self._refuse(f"{name!r} stands twice in {what}", "Leave one of them out.", letter, what)
            found[name] = letter
        return tuple(ReviewKey(letter, name) for name, letter in found.items())

    def _check_letter(self, letter: str, what: str, taken: frozenset[str]) -> None:
        is_letter = len(letter) == 1 and letter.isascii() and (letter.isalpha() or letter.isdigit())
        if not is_letter or (what == "labels" and letter.isdigit()):
            fix = "A label has a letter from a to z or A to Z as its key; a reason may have a digit."
            self._refuse(f"{letter!r} in {what} is no key", fix, letter, what)
        if letter in taken:
            alphabet = "abcdefghijklmnopqrstuvwxyz"
            free = [one for one in alphabet + alphabet.upper() if one not in taken]
            fix = f"Free are: {' '.join(free)}." if what == "labels" else "Take a digit, or another letter."
            self._refuse(f"{letter} in {what} is used by the reader or the queue", fix, letter, what)

    def _words(self, table: Mapping[str, object], key: str, usual: str) -> str:
        said = table.get(key, usual)
        if not isinstance(said, str):
            self._refuse(f"{key} must be text in quotes", f'Write {key} = "…".', key)
        if said:
            self._check_words(said, key, key)
        return said

    def _check_words(self, words: str, what: str, *where: str) -> None:
        if not words.strip() or len(words) > _LONGEST or not words.isprintable():
            self._refuse(
                f"{what} must be 1 to {_LONGEST} characters, and none of them a control character",
                "Give it plain words.",
                *where,
            )

    def _refuse(self, words: str, fix: str, key: str, within: str = "") -> NoReturn:
        raise ConfigFileError(f"{words}, in line {self._line_of(key, within)} of the config file {self._path}", fix)

    def _line_of(self, key: str, within: str) -> int:
        """Where a key is set: in the table, below its head, or within its own table; else where the table begins."""
        begin = next((at for at, line in enumerate(self._lines) if re.match(r"\s*\[?\s*\"?review\b", line)), 0)
        for name in (within, key):
            named = re.compile(rf"""(^|[\s.{{,"'\[]){re.escape(name)}["']?\s*[=.\]]""")
            begin = next((at for at in range(begin, len(self._lines)) if named.search(self._lines[at])), begin)
        return begin + 1
