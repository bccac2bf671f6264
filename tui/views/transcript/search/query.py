"""What is searched for: a pattern, and what of it tells from the bytes alone that it is not there."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from tui.store.history.messages import parts_of
from tui.views.text.composed import composed, is_joined
from tui.views.text.pattern import Pattern, RegexPattern
from tui.views.text.wrap import cell_width
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.tool_block import ToolBlock


@dataclass(frozen=True, slots=True)
class Query:
    """A pattern, and the bytes without which a block of ASCII holds no match; None where that cannot be said."""

    pattern: Pattern
    needle: bytes | None = None
    word: bytes | None = None
    """The same for prose, where marks and line ends may stand between words."""
    folded: bool = False
    """Whether letter case does not count; the bytes are in small letters then."""
    has_equal: bool = False
    """Whether a character of it may stand as another one in the bytes."""


_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;-]")
_ESCAPE = re.compile(rb"\\[bfrtu]")
"""What JSON may write otherwise than it is shown."""

_FOLDS_TO_ASCII = re.compile("\N{LATIN SMALL LETTER LONG S}|\N{KELVIN SIGN}|\u0130|\u0131".encode())
"""Letters beyond ASCII that are the same as s, k and i when letter case does not count."""

_EQUAL_TO_PLAIN = re.compile(
    rb"\xcd[\xb4\xbe]|\xce\x87|\xe1(?:\xbe\xbe|\xbf[\xaf\xbd])|\xe2(?:\x80[\x80\x81]|\x84[\xa6\xaa]|\x8c[\xa9\xaa])"
    rb"|\xef[\xa4-\xab]|\xf0\xaf[\xa0-\xa8]"
)
"""Characters that Unicode takes for another one that is composed of nothing: the sign of Kelvin, Han for old sets."""

_HAS_EQUAL = re.compile("[K;\u00b4\u00b7\u02b9\u03a9\u03b9\u2002\u2003\u3008\u3009\u3400-\u9fff\U00020000-\U0002ffff]")
"""For which ones: without any of them in it a search needs not look for those."""

_CODE_POINT = re.compile(rb"[0-9a-fA-FuU]+")
"""What cleaning may write in the place of an invisible character."""


def compile_query(text: str, *, regex: bool = False) -> Query:
    """What was typed, ready for a search; the letter case counts as soon as a capital letter is in it.

    Raises:
        BadPattern: it is no regular expression.
    """
    text = composed(text)
    folded = not any(character.isupper() for character in text)
    flags = re.MULTILINE | re.IGNORECASE if folded else re.MULTILINE
    if regex:
        return Query(RegexPattern(text, flags), folded=folded)
    pattern = Pattern(re.compile(re.escape(text), flags), re.compile(_in_prose(text), flags))
    parts = [part for token in _TOKEN.findall(text) if not token.isspace() for part in _unbroken(token)]
    words = [_needle(part, folded=folded) or b"" for part in parts]
    word = max(words, key=len, default=b"")
    return Query(pattern, _needle(text, folded=folded), word or None, folded, _HAS_EQUAL.search(text) is not None)


_TOKEN = re.compile(r"\s+|[^\W_]+|\S")
"""Blanks, a word, or any other character."""

_MARKS = frozenset("*_`~")
_AT_WORD, _AT_BLANK = "[*`~]{0,3}", "[*_`~]{0,3}"
"""What Markdown may have at the begin and at the end of a word; an underscore only beside a blank, as in names."""

_BLANK = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*(?:> ?)*)"
"""Blanks, or a line end with the marks of a quotation after it."""


def _in_prose(text: str) -> str:
    """A pattern for what is seen of a text: blanks may be a line end, words may have marks, characters may be escaped.

    It takes linear time: each part ends where the next one can begin, and blanks at the begin are tried once a run.
    """
    tokens = _TOKEN.findall(text)
    pattern = ""
    for before, token in zip(["", *tokens], tokens, strict=False):
        if before and before not in _MARKS and token not in _MARKS:
            pattern += _AT_BLANK if before.isspace() or token.isspace() else _AT_WORD
        if token.isspace():
            pattern += _BLANK if before else rf"(?<!\s){_BLANK}"
        else:
            word = r"\n?".join(map(re.escape, _unbroken(token)))
            pattern += word if token.isalnum() else rf"\\?{word}"
    return pattern


def is_unspaced(character: str) -> bool:
    """Whether it is of a script without blanks, so that a line may end after it."""
    return cell_width(character) > 1


def _unbroken(word: str) -> list[str]:
    """The parts of a word in which no line ends."""
    parts: list[str] = []
    for character in word:
        if parts and not (is_unspaced(character) and is_unspaced(parts[-1][-1])):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _needle(text: str, *, folded: bool) -> bytes | None:
    """The longest run of the text that stands in JSON as it is; beyond ASCII only where letter case cannot matter."""

    def is_plain(character: str) -> bool:
        if character.isascii():
            return bool(_PLAIN.fullmatch(character))
        if "\ud800" <= character <= "\udfff":
            return False  # no bytes are it
        if is_joined(character) or normalize("NFD", character) != character:
            return False  # there are other ways to write it
        return not folded or character.lower() == character.upper() == character

    runs = "".join(character if is_plain(character) else "\n" for character in text).split("\n")
    longest = max(runs, key=len)
    return (longest.lower() if folded else longest).encode() or None


def cannot_hold(block: Block, query: Query) -> bool:
    """Whether the bytes of a block rule out a match in it, without decoding them."""
    message = block.message
    if query.needle is None or query.word is None or message is None or not block.searchable_bytes:
        return False
    raw = bytes(message.raw)
    if _ESCAPE.search(raw):
        return False
    shown = raw.lower() if query.folded else raw
    needle = query.needle if isinstance(block, ToolBlock) else query.word
    if needle in shown or (query.word in shown and parts_of(message.raw).content is not None):
        return False
    if raw.isascii():
        return True
    if query.has_equal and _EQUAL_TO_PLAIN.search(raw):
        return False
    return not (query.folded and _FOLDS_TO_ASCII.search(raw)) and not _CODE_POINT.fullmatch(query.word)
