"""The messages of a history by turn, with the sums of each."""

from tui.store.history.messages import Facts
from tui.store.history.turns import Turns


def said(query: int | None, at: float | None = None, tokens: int | None = None) -> Facts:
    return Facts("message", "user", query, at, tokens, tokens)


def test_messages_are_grouped_by_their_question_wherever_they_stand() -> None:
    turns = Turns()
    taken = [turns.take(said(query)) for query in (7, 7, 0, 7)]
    assert [(turn.number, known) for turn, known in taken] == [(1, False), (1, True), (2, False), (1, True)]
    assert [turn.query_id for turn in turns.known] == [7, 0]


def test_messages_outside_any_turn_belong_together_until_a_turn_comes() -> None:
    turns = Turns()
    first, second, _, third = (turns.take(said(query))[0] for query in (None, None, 1, None))
    assert first is second is not third
    assert [turn.query_id for turn in turns.known] == [1]


def test_a_turn_sums_tokens_and_takes_its_time_from_its_ends() -> None:
    turns = Turns()
    for facts in (said(1, 20.0, 5), said(1, None, None), said(1, 12.0, 7)):
        turns.take(facts)
    (turn,) = turns.known
    assert (turn.tokens_in, turn.tokens_out, turn.seconds) == (12, 12, 8.0)
