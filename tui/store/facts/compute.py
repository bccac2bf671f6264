"""The facts of a history, from its raw bytes in one pass; nothing in it is decoded that no fact needs.

A history that a strict decoder takes becomes plain messages at once. Another one is read message by message, leniently,
as the reader reads it, so that both agree on what a damaged history says.
"""

from collections import Counter
from collections.abc import Iterator

import msgspec

from tui.api.content import content_parts
from tui.api.history import split_history
from tui.api.limits import MOST_MESSAGES
from tui.store.facts.calls import digest_of, parameters_of
from tui.store.facts.facts import CallFacts, Ending, HistoryFacts
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.messages import MESSAGE, TOOL_CALL, UNREADABLE, PlainMessage, facts_of, moment_of, parts_of
from tui.store.history.outcome import outcome_of
from tui.store.history.raw import RawValue, head_of, kind_of

LONGEST_QUESTION = 120
"""Characters of the first question that are kept."""

_AT_ONCE = 2_000_000
"""Bytes of a history up to which all its messages become objects together."""

_HEAD = 4_096
"""Bytes of a text that are looked at for it; an escaped character takes up to twelve."""

_USER, _AGENT = "user", "assistant"
_NOTHING = (b"", b"null", b'""', b"[]")


class _Whole(msgspec.Struct, gc=False):
    chat_history: msgspec.Raw = msgspec.Raw()


_Timed = tuple[PlainMessage | None, float | None]
"""A message and its time; None for one that cannot be read."""

_whole_decoder = msgspec.json.Decoder(_Whole)
_messages_decoder = msgspec.json.Decoder(list[PlainMessage])
_NOT_STRICT = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


def history_facts(raw: bytes, patterns: FailurePatterns = NO_PATTERNS) -> HistoryFacts:
    """The facts of a conversation's history; `raw` is the conversation as the server sent it.

    Raises:
        UnreadableAnswer: it is no JSON object, or its history is no list.
    """
    history = _history_of(raw)
    return _facts_of(raw, history, _digest(history, patterns), patterns)


def changed_facts(raw: bytes, patterns: FailurePatterns, known: int | None) -> HistoryFacts | None:
    """The facts of a history, or None where its digest is the one that is known.

    Raises:
        UnreadableAnswer: as above.
    """
    history = _history_of(raw)
    digest = _digest(history, patterns)
    return None if digest == known else _facts_of(raw, history, digest, patterns)


def _facts_of(raw: bytes, history: bytes, digest: int, patterns: FailurePatterns) -> HistoryFacts:
    tally = _Tally(patterns)
    for message, at in _strictly(history if history is not raw else b"") or map(_leniently, _elements(raw)):
        tally.take(message, at)
    return tally.facts(digest, len(history))


def _digest(history: bytes, patterns: FailurePatterns) -> int:
    """What tells a history, and what its failures are told by, from another one."""
    return digest_of(history, *(pattern.pattern.encode("utf-8", "replace") for pattern in patterns.compiled))


def _history_of(raw: bytes) -> bytes:
    try:
        return bytes(_whole_decoder.decode(raw).chat_history)
    except _NOT_STRICT:
        return raw


def _strictly(history: bytes) -> list[_Timed] | None:
    """The messages of a history with their times; None where one is not as it should be, or all are too many."""
    if not 0 < len(history) <= _AT_ONCE or history == b"null":
        return None
    try:
        return [(message, moment_of(message.timestamp)) for message in _messages_decoder.decode(history)]
    except (*_NOT_STRICT, ValueError, OverflowError):
        return None


def _elements(raw: bytes) -> Iterator[msgspec.Raw]:
    """The elements of a history of any length, undecoded."""
    found = split_history(raw)
    while len(found) > MOST_MESSAGES:
        yield from found[:-1]
        found = split_history(b'{"chat_history":' + bytes(found[-1]) + b"}")
    yield from found


def _leniently(element: msgspec.Raw) -> _Timed:
    facts = facts_of(element)
    if facts.kind == UNREADABLE:
        return None, None
    parts = parts_of(element)
    message = PlainMessage(
        facts.role,
        facts.kind,
        facts.query_id,
        facts.tokens_in,
        facts.tokens_out,
        None,
        facts.tool_type,
        msgspec.Raw(bytes(parts.content or b"")),
        msgspec.Raw(bytes(parts.parameters or b"")),
        msgspec.Raw(bytes(parts.results or b"")),
    )
    return message, facts.at


class _Tally:
    """What is known of the messages so far, taken in their order."""

    def __init__(self, patterns: FailurePatterns) -> None:
        self._patterns = patterns
        self._messages = self._unreadable = 0
        self._turns: dict[int, int] = {}
        self._tokens_by_turn: Counter[int] = Counter()
        self._tokens_in = self._tokens_out = 0
        self._question = ""
        self._first_at: float | None = None
        self._last_at: float | None = None
        self._asked_at: float | None = None
        self._wait: float | None = None
        self._ending = Ending.NONE
        self._calls: list[CallFacts] = []
        self._open: tuple[CallFacts, float] | None = None
        """The call whose duration the next time tells, and when it was."""
        self._run = self._longest = 0

    def take(self, message: PlainMessage | None, at: float | None) -> None:
        """Take the next message of the history."""
        place, self._messages = self._messages, self._messages + 1
        if message is None:
            self._unreadable += 1
            return
        turn = self._turn_of(message)
        if at is not None:
            self._take_time(at)
        if message.type == TOOL_CALL:
            self._take_call(message, place, turn, at)
        elif message.type == MESSAGE:
            self._take_words(message, at)
        else:
            self._ending = Ending.NONE

    def _turn_of(self, message: PlainMessage) -> int:
        used_in, used_out = max(0, message.used_tokens_input or 0), max(0, message.used_tokens_output or 0)
        self._tokens_in += used_in
        self._tokens_out += used_out
        query = message.query_id
        if query is None:
            return 0
        turn = self._turns.setdefault(query, len(self._turns) + 1)
        self._tokens_by_turn[turn] += used_in + used_out
        return turn

    def _take_time(self, at: float) -> None:
        if self._open is not None:
            call, begun = self._open
            self._open = None
            if at >= begun:
                self._calls[-1] = msgspec.structs.replace(call, took=at - begun)
        self._first_at = at if self._first_at is None or at < self._first_at else self._first_at
        self._last_at = at if self._last_at is None or at > self._last_at else self._last_at

    def _take_words(self, message: PlainMessage, at: float | None) -> None:
        if message.role == _USER:
            self._asked_at, self._ending = at, Ending.NONE
            self._question = self._question or _begin_of(message.content)
        elif message.role == _AGENT and bytes(memoryview(message.content)[:4]) not in _NOTHING:
            self._ending = Ending.ANSWERED
            if self._asked_at is not None and at is not None and at >= self._asked_at:
                self._wait = max(self._wait or 0.0, at - self._asked_at)
            self._asked_at = None

    def _take_call(self, message: PlainMessage, place: int, turn: int, at: float | None) -> None:
        tool = message.tool_type or ""
        digest, parameters = parameters_of(tool, _present(message.input_parameters))
        results = _present(message.results)
        outcome = outcome_of(None if results is None else bytes(results), self._patterns)
        failure = outcome.failure
        call = CallFacts(
            turn,
            place,
            tool,
            digest,
            parameters,
            outcome.count,
            outcome.size,
            failure is not None and not failure.guessed,
            failure is not None and failure.guessed,
            outcome.empty,
            failure.words if failure is not None else "",
            None,
        )
        self._run = self._run + 1 if self._calls and self._calls[-1].digest == digest else 1
        self._longest = max(self._longest, self._run)
        self._calls.append(call)
        self._open = (call, at) if at is not None else None
        self._ending = Ending.STOPPED if failure is None else Ending.FAILED

    def facts(self, digest: int, size: int) -> HistoryFacts:
        """All that the messages tell together."""
        alike = Counter([call.digest for call in self._calls])
        return HistoryFacts(
            digest,
            size,
            self._messages,
            self._unreadable,
            len(self._turns),
            self._question,
            self._first_at,
            self._last_at,
            self._tokens_in,
            self._tokens_out,
            max(self._tokens_by_turn.values(), default=0),
            self._wait,
            self._ending,
            self._longest,
            sum(count for count in alike.values() if count > 1),
            tuple(self._calls),
        )


def _present(raw: msgspec.Raw) -> msgspec.Raw | None:
    return None if bytes(memoryview(raw)[:4]) in (b"", b"null") else raw


def _begin_of(content: RawValue) -> str:
    """The begin of a message's text in one line; of a list of parts that of its first text."""
    if kind_of(content) == "list":
        text = next((part.text for part in content_parts(bytes(content)) if part.text), "")
    else:
        text = head_of(content, _HEAD) if kind_of(content) == "string" else ""
    return " ".join(text[:_HEAD].split(None, LONGEST_QUESTION))[:LONGEST_QUESTION]
