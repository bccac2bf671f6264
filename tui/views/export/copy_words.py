"""What became of a copy, in words that claim no more than is known."""

from tui.terminal.clipboard import CopyReport
from tui.terminal.text.clean import clean_line, has_controls, has_many_variants
from tui.views.text import format as fmt

_LIMIT = 600
_VARIANTS = " It has more variants of letters in it than texts have: they may hide something."
_CONTROLS = " It has control characters in it: look before you paste."


def paste_warning(text: str) -> str:
    """What to look out for before a text is pasted; nothing where it is harmless."""
    return _CONTROLS if has_controls(text) else _VARIANTS if has_many_variants(text) else ""


def copy_words(what: str, report: CopyReport, kept: CopyReport | None = None, *, warning: str = "") -> str:
    """What was copied, how much, by which route, and what is not known; `kept` is a second copy in a file."""
    told = f"{what}, {fmt.size(report.bytes)}"
    match report.route:
        case "native":
            words = f"Copied to the clipboard: {told}."
        case "tmux":
            words = f"Copied to tmux: {told}. It is {report.uncertain.removeprefix('it is ')}."
        case "osc52":
            words = f"Sent to the terminal: {told}. The terminal does not say whether it took it."
            if kept is not None and kept.path is not None:
                words += f" If the paste is empty: {kept.path}"
        case "file":
            words = f"Put into a file: {told}; {report.uncertain}. {report.path}"
        case "none":
            return clean_line(f"Not copied: {what}; {report.uncertain}.", _LIMIT)
    return clean_line(words + warning, _LIMIT)
