"""The facts of a history as the plainest program would work them out, with `json` and loops over everything."""

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from tui.store.history.outcome import outcome_of


def facts_in(history: list[Any]) -> dict[str, Any]:
    """By the names of the facts."""
    messages = [one if isinstance(one, dict) else None for one in history]
    read = [one for one in messages if one is not None]
    turns = list(dict.fromkeys(one["query_id"] for one in read if one.get("query_id") is not None))
    calls = [one for one in read if one.get("type") == "tool_call"]
    times = [at for one in read if (at := time_of(one)) is not None]
    results = [None if one.get("results") is None else json.dumps(one["results"]).encode() for one in calls]
    outcomes = [outcome_of(raw) for raw in results]
    kinds = [f"{one.get('tool_type') or ''} {json.dumps(one.get('input_parameters'), sort_keys=True)}" for one in calls]
    by_turn: Counter[int] = Counter()
    for one in read:
        if one.get("query_id") is not None:
            by_turn[one["query_id"]] += tokens(one, "input") + tokens(one, "output")
    questions = [" ".join(one["content"].split()) for one in read if is_question(one) and one.get("content")]
    return {
        "messages": len(messages),
        "unreadable": len(messages) - len(read),
        "turns": len(turns),
        "tokens_in": sum(tokens(one, "input") for one in read),
        "tokens_out": sum(tokens(one, "output") for one in read),
        "tokens_turn": max(by_turn.values(), default=0),
        "first_at": min(times, default=None),
        "last_at": max(times, default=None),
        "stated": sum(one.failure is not None and not one.failure.guessed for one in outcomes),
        "guessed": sum(one.failure is not None and one.failure.guessed for one in outcomes),
        "empty": sum(one.empty for one in outcomes),
        "repeat": max((len(list(run)) for _, run in groupby(kinds)), default=0),
        "repeated": sum(count for count in Counter(kinds).values() if count > 1),
        "question": next((text[:120] for text in questions if text), ""),
        "wait": longest_wait(read),
        "ending": ending(read, bool(outcomes) and outcomes[-1].failure is not None),
    }


def time_of(message: dict[str, Any]) -> float | None:
    """When a message was written."""
    text = message.get("timestamp")
    if not text:
        return None
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def tokens(message: dict[str, Any], way: str) -> int:
    """What it used."""
    return max(0, message.get(f"used_tokens_{way}") or 0)


def is_question(message: dict[str, Any]) -> bool:
    """Whether the user said it."""
    return message.get("type") == "message" and message.get("role") == "user"


def is_answer(message: dict[str, Any]) -> bool:
    """Whether the agent said it, and something."""
    return message.get("type") == "message" and message.get("role") == "assistant" and bool(message.get("content"))


def longest_wait(read: list[dict[str, Any]]) -> float | None:
    """From a question to the next answer."""
    waits: list[float] = []
    for place, one in enumerate(read):
        later = read[place + 1 :]
        found = next((other for other in later if is_question(other) or is_answer(other)), None)
        if is_question(one) and found is not None and is_answer(found):
            asked, answered = time_of(one), time_of(found)
            if asked is not None and answered is not None and answered >= asked:
                waits.append(answered - asked)
    return max(waits, default=None)


def ending(read: list[dict[str, Any]], last_failed: bool) -> str:
    """How it ends: an empty answer is none, and says nothing of what was before."""
    told = [one for one in read if not (is_said(one) and not is_question(one) and not is_answer(one))]
    if not told:
        return "none"
    if told[-1].get("type") == "tool_call":
        return "failed" if last_failed else "stopped"
    return "answered" if is_answer(told[-1]) else "none"


def is_said(message: dict[str, Any]) -> bool:
    """Whether it is a message proper."""
    return message.get("type") == "message"
