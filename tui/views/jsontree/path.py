"""Paths to a place in JSON, as people write them: `$.results[3].score`, `$["odd key"]`.

A string that holds JSON is entered by an arrow: `$.arguments → $.query`.
"""

import json
import re

from tui.terminal.text.clean import clean_line

ARROW = " → $"
Step = str | int | None
"""A key, a position, or None for the JSON inside a string."""

_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_TOKEN = re.compile(r'\.([A-Za-z_]\w*)|\[(\d{1,18})\]|\[("(?:[^"\\]|\\.)*")\]|( → \$)', re.ASCII)


def step_text(step: Step) -> str:
    """One step of a path, safe to paint: what is invisible in a key is escaped."""
    if step is None:
        return ARROW
    if isinstance(step, int):
        return f"[{step}]"
    if _PLAIN_KEY.fullmatch(step):
        return f".{step}"
    quoted = json.dumps(step, ensure_ascii=False)
    return f"[{quoted if clean_line(quoted) == quoted else json.dumps(step)}]"


def path_text(steps: list[Step]) -> str:
    """The whole path from the root."""
    return "$" + "".join(map(step_text, steps))


def parse_path(path: str) -> list[Step] | None:
    """The steps of a path, or None when it is not one."""
    if not path.startswith("$"):
        return None
    steps: list[Step] = []
    at = 1
    while at < len(path):
        token = _TOKEN.match(path, at)
        if token is None:
            return None
        plain, position, quoted, _ = token.groups()
        if plain is not None:
            steps.append(plain)
        elif position is not None:
            steps.append(int(position))
        elif quoted is None:
            steps.append(None)
        else:
            try:
                steps.append(json.loads(quoted))
            except ValueError:
                return None
        at = token.end()
    return steps
