"""ASCII in place of every other character, each in as many cells: for terminals that read no UTF-8."""

from functools import lru_cache
from unicodedata import normalize

from tui.terminal.text.widths import graphemes

_SIGNS = {
    "─": "-", "━": "=", "│": "|", "┃": "#", "┬": "+", "┮": "+", "├": "+", "┤": "+", "┼": "+", "┴": "+",
    "┌": "+", "┐": "+", "└": "+", "┘": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┊": ":", "┆": ":", "¦": "|",
    "▌": "|", "▐": "|", "▎": "|", "▏": "|", "▕": "|", "█": "#", "░": ".", "▒": ":", "▓": "#", "▀": "-", "▔": "-",
    "▉": "#", "▊": "#", "▋": "|", "▍": "|", "∅": "0", "‹": "<", "›": ">",
    "▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#",
    "▸": ">", "▾": "v", "◦": "o", "●": "o", "◌": "o", "•": "*", "▪": "*", "▣": "#", "▤": "=", "≡": "=", "✕": "x",
    "✓": "v", "↑": "^", "↓": "v", "←": "<", "→": ">", "⌫": "<", "⏎": "<", "↪": "\\", "…": ".", "⋯": ".", "·": "-",
    "▲": "^", "▼": "v", "◆": "o", "×": "x", "✗": "x",
    "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " ",
}  # fmt: skip
_KEPT = 4096


def in_ascii(text: str) -> str:
    """The text in ASCII: letters without their accents, signs of a like look, and ? for all else."""
    return "".join(_one(text[start:end], width) for start, end, width in graphemes(text))


@lru_cache(_KEPT)
def _one(character: str, width: int) -> str:
    if character.isascii():
        return character
    plain = _SIGNS.get(character) or normalize("NFKD", character)[:1]
    return plain.ljust(width) if plain.isascii() and plain.isprintable() and width else "?" * width
