"""Two long conversations compared: how soon the first difference is there, and how long a key may have to wait."""

import json
import time
from random import Random

import msgspec

from tests.bench.report import Row, Spread, at_most
from tui.views.comparing.comparer import Comparer

_MESSAGES = 10_000
_REPEATS = 5
_SLICE = 0.008
"""Seconds of comparing at once, as on the screen."""

_WORDS = [
    "the",
    "refund",
    "order",
    "is",
    "on",
    "its",
    "way",
    "please",
    "cancel",
    "booking",
    "flight",
    "seat",
    "gate",
    "policy",
    "account",
    "customer",
]


def measure() -> list[Row]:
    """All rows of this part."""
    rows: list[Row] = []
    for words, turns, same in (
        ("700 turns, one message in ten differs", 700, 0.9),
        ("one turn, one message in ten differs", 1, 0.9),
        ("10,000 turns, one message in ten differs", 10_000, 0.9),
        ("700 turns, hardly anything is alike", 700, 0.0),
    ):
        before, after = history(1, turns, same), history(2, turns, same)
        runs = [_compare(before, after) for _ in range(_REPEATS)]
        first, whole, longest = (Spread([run[at] for run in runs]).p50 for at in range(3))
        rows.append(at_most(f"{words}: to the first difference", first, 500))
        rows.append(at_most("... all of it", whole, 2_000))
        rows.append(at_most("... the longest slice", longest, 60))
    return rows


def _compare(before: list[msgspec.Raw], after: list[msgspec.Raw]) -> tuple[float, float, float]:
    """Milliseconds to the first difference, its lines laid out; of all; and of the longest slice."""
    begun = time.perf_counter()
    comparer = Comparer(before, after)
    comparer.resize(118, 34)
    first = longest = 0.0
    more = True
    while more:
        at = time.perf_counter()
        more = comparer.work(_SLICE)
        if not first and comparer.differences:
            comparer.rows()
            first = time.perf_counter() - begun
        longest = max(longest, time.perf_counter() - at)
    return first * 1000, (time.perf_counter() - begun) * 1000, longest * 1000


def history(seed: int, turns: int, same: float) -> list[msgspec.Raw]:
    """Messages of which that share is the same whatever the seed."""
    common, own = Random(7), Random(seed)
    messages: list[dict[str, object]] = []
    for number in range(_MESSAGES):
        turn = number * turns // _MESSAGES
        kind, text = common.random(), " ".join(common.choice(_WORDS) for _ in range(60))
        parameters = {"limit": common.randrange(100), "query": text[:40]}
        if own.random() > same:
            text = " ".join(own.choice(_WORDS) for _ in range(60))
            parameters = {"limit": own.randrange(100), "query": text[:40]}
        message: dict[str, object] = {"query_id": turn, "type": "message", "role": "assistant", "content": text}
        if not messages or messages[-1]["query_id"] != turn:
            message["role"] = "user"
        elif kind < 0.5:
            results = [{"place": place, "text": text[:30]} for place in range(5)]
            message |= {"type": "tool_call", "content": "", "tool_type": common.choice(("find", "book", "list"))}
            message |= {"input_parameters": parameters, "results": results}
        messages.append(message)
    return msgspec.json.decode(json.dumps(messages), type=list[msgspec.Raw])
