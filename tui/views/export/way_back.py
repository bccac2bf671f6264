"""The command that comes back to a place in a conversation: printed at the end, copied from the menu."""

import re
from collections.abc import Sequence
from shlex import quote

from tui.config.secret import hide_secrets
from tui.config.settings import PROGRAM
from tui.terminal.text.clean import clean_line

WAY_BACK_LIMIT = 500
"""Characters of a command; a longer one is not offered, since a part of it would be another command."""

_OPENS = re.compile(r"[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}")
"""What `open` takes. Everything else that a server calls an id stays out of a command line."""


def way_back(conversation_id: str, turn: int, comes_back_by: Sequence[str], without: Sequence[str] = ()) -> str | None:
    """The command as a shell reads it; None where none would lead there, or would show a secret or a control.

    It says `comes_back_by` behind the place, and leaves out the environment variables in `without`.
    """
    if _OPENS.fullmatch(conversation_id) is None:
        return None
    before = ["env", *(word for name in without for word in ("-u", name))] if without else []
    place = f"{conversation_id}#{turn}" if turn > 0 else conversation_id  # nothing in it that a shell would read
    command = " ".join([*map(quote, [*before, PROGRAM, "open"]), place, *map(quote, comes_back_by)])
    says_itself = clean_line(command) == command == hide_secrets(command)
    return command if says_itself and len(command) <= WAY_BACK_LIMIT else None
