"""Verdicts as lines of JSON; the schema stands in the README, and what is no such line is told apart by why.

{"v": 1, "id": "…", "project": "…", "conversation": "…", "query_id": 3, "label": "fail", "reasons": ["tool"],
 "note": "", "flagged": false, "reviewer": "ana", "at": "2026-11-30T14:02:11+00:00", "updated_at": "…", "filter": "",
 "turn": 2, "failed": "retrieval: UPSTREAM_TIMEOUT"}
{"v": 1, "id": "…", "project": "…", "undoes": "…", "reviewer": "ana", "at": "…"}
"""

import json
from datetime import datetime
from enum import Enum

from tui.config.secret import hide_secrets
from tui.store.verdicts.verdict import Evidence, Line, Opinion, Subject, Undo, Verdict

VERSION = 1

_LARGEST = 2**63
"""No turn is counted from here on, and no database takes such a number."""


class Unread(Enum):
    """Why a line is skipped."""

    TORN = "torn"
    """It is no whole JSON: its writer was killed, or the disk was full."""
    VERSION = "version"
    """A newer program wrote it."""
    FOREIGN = "foreign"
    """It is JSON, and no verdict."""


def written(line: Line) -> bytes:
    """One line in ASCII with its end: no control character in it, and no secret that this process knows."""
    head = {"v": VERSION, "id": line.id, "project": line.project}
    by = {"reviewer": line.reviewer, "at": line.at.isoformat()}
    if isinstance(line, Undo):
        content: dict[str, object] = {**head, "undoes": line.undoes, **by}
    else:
        said = line.opinion
        content = {
            **head,
            "conversation": line.subject.conversation,
            "query_id": line.subject.query_id,
            "label": said.label,
            "reasons": list(said.reasons),
            "note": hide_secrets(said.note),
            "flagged": said.flagged,
            **by,
            "updated_at": line.updated_at,
            "filter": hide_secrets(line.filter),
            "turn": line.evidence.turn or None,
            "failed": hide_secrets(line.evidence.failed),
        }
    return json.dumps(content).encode("ascii") + b"\n"


def read(line: bytes) -> Line | Unread:
    """What a line says; what is missing is empty, what has another shape makes it foreign."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return Unread.TORN
    if not isinstance(content, dict) or "v" not in content:
        return Unread.FOREIGN
    if content["v"] != VERSION:
        return Unread.VERSION
    try:
        return _line_of(content)
    except (TypeError, ValueError, OverflowError):
        return Unread.FOREIGN


def _line_of(content: dict[str, object]) -> Line:
    id_, project, reviewer = (_text(content, name, required=True) for name in ("id", "project", "reviewer"))
    at = datetime.fromisoformat(_text(content, "at", required=True))
    if at.utcoffset() is None or not 1 < at.year < 9999:
        raise ValueError("a moment without its zone, or none that has one before and behind it in every zone")
    if "undoes" in content:
        return Undo(id_, project, _text(content, "undoes", required=True), reviewer, at)
    reasons, flagged = content.get("reasons", []), content.get("flagged", False)
    if not isinstance(reasons, list) or not all(isinstance(one, str) for one in reasons):
        raise TypeError("reasons")
    if not isinstance(flagged, bool):
        raise TypeError("flagged")
    return Verdict(
        id_,
        project,
        Subject(_text(content, "conversation", required=True), _number(content, "query_id")),
        Opinion(_text(content, "label"), tuple(reasons), _text(content, "note"), flagged),
        reviewer,
        at,
        _text(content, "updated_at"),
        _text(content, "filter"),
        Evidence(_number(content, "turn") or 0, _text(content, "failed")),
    )


def _number(content: dict[str, object], name: str) -> int | None:
    value = content.get(name)
    if isinstance(value, bool) or not isinstance(value, int | None):
        raise TypeError(name)
    if value is not None and abs(value) >= _LARGEST:
        raise OverflowError(name)
    return value


def _text(content: dict[str, object], name: str, *, required: bool = False) -> str:
    value = content.get(name)
    value = "" if value is None else value
    if not isinstance(value, str) or (required and not value):
        raise TypeError(name)
    return value
