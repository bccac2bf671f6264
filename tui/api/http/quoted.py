"""What others say, fit for an error: whoever is sent a token may repeat it anywhere, also in what is no HTTP."""

from tui.config.secret import hide_secrets
from tui.terminal.text.clean import clean_line


def quoted(other: object, limit: int = 200) -> str:
    """The words without any secret that we know, cleaned, in one line of at most so many characters.

    Secrets go first: what a cut leaves of one would not be recognised.
    """
    return clean_line(hide_secrets(str(other)), limit)
