import gc
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.harness.garbage import set_aside
from tests.views.transcript.histories import (
    FAILURE,
    answer,
    body,
    conversation,
    document,
    histories,
    long_history,
    message,
    reasoning,
    tool,
)
from tui.api.conversation import Conversation
from tui.views.jsontree.tree import JsonTree
from tui.views.text.ink import ASIDE, INKS
from tui.views.text.pages import ONE_PAGE
from tui.views.text.wrap import line_width, plain
from tui.views.transcript.blocks.prose import HEAD, LONG_FROM
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.document import Document
from tui.views.transcript.kinds import FAILED, TOOL, TURN
from tui.views.transcript.modes import EVERYTHING, PARAMETERS, Modes


def lines_of(made: Document) -> Iterator[str]:
    for index in range(len(made.blocks)):
        for number in range(made.height(index)):
            yield plain(made.line(index, number))


def text_of(made: Document) -> str:
    return "\n".join(lines_of(made))


@settings(max_examples=150, deadline=None)
@given(histories, st.integers(20, 300), st.sampled_from([0, 1, 2]), st.booleans(), st.booleans())
def test_no_line_is_wider_than_the_pane_whatever_the_history_holds(
    history: list[Any], width: int, level: int, markdown: bool, shown: bool
) -> None:
    made = document(history, width=width)
    made.set_tools(level)
    made.set_reasoning(shown)
    made.set_markdown(markdown)
    for index in range(len(made.blocks)):
        for number in range(made.height(index)):
            line = made.line(index, number)
            assert line_width(line) <= width, (line, width)
            assert not any("\n" in span.text or "\x1b" in span.text for span in line)
            assert all(ink in (*INKS, ASIDE) for span in line for ink in span.ink.split())
    assert made.total == sum(made.height(index) for index in range(len(made.blocks)))


@settings(max_examples=100, deadline=None)
@given(histories)
def test_every_element_of_a_history_has_its_block(history: list[Any]) -> None:
    made = document(history)
    blocks = [block for block in made.blocks[made.first_of_history :] if block.kind not in {"turn", "notice"}]
    assert len(blocks) == len(history)


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=300), min_size=1, max_size=5), st.integers(20, 300))
@settings(max_examples=50, deadline=None)
def test_no_word_is_lost_in_the_layout(texts: list[str], width: int) -> None:
    made = document([answer(text) for text in texts], width=width)
    made.set_markdown(False)
    shown = "".join(lines_of(made)).replace("│ ", "").replace(" ", "")
    assert all(text.replace(" ", "") in shown for text in texts)


def test_lines_are_those_that_were_written_at_every_width() -> None:
    text = f"{'long ' * 60}\nshort\n"
    for width in (30, 120):
        made = document([message("Q"), reasoning(text)], width=width, conversation_instructions=text)
        assert "▸ reasoning (2 lines)" in text_of(made)
        made.set_details(True)
        assert "▾ instructions (2 lines)" in text_of(made)
        made.set_reasoning(True)
        assert "▾ reasoning (2 lines)" in text_of(made)


def test_tokens_that_count_nothing_are_noted_and_not_in_the_sums() -> None:
    made = document([message("Q", used_tokens_input=-5), answer("A", used_tokens_input=10, used_tokens_output=2.5)])
    assert text_of(made).count("↑10 ↓0") == 2, "of the turn and of the answer"
    assert "note: used_tokens_input could not be read: -5" in text_of(made)
    assert "note: used_tokens_output could not be read: 2.5" in text_of(made)


def test_a_turn_says_what_it_cost() -> None:
    made = document([
        message("Where is my refund?"),
        reasoning("one\ntwo", seconds=1),
        tool([{"a": 1}] * 10, seconds=2),
        tool(FAILURE, seconds=3),
        tool([], seconds=4),
        answer("On its way.", seconds=5.5, used_tokens_input=1200, used_tokens_output=300),
    ])  # fmt: skip
    text = text_of(made)
    assert "Turn 1 ──" in text
    assert "↑1.2k ↓300 · 3 tools · 1 failed · 5.5 s" in text
    assert "▸ reasoning (2 lines)" in text
    assert 'retrieval  query="refund damaged" → 10 results' in text
    assert "→ ✗ INVALID_QUERY, 1.0 s" in text
    assert "→ empty, 1.5 s" in text
    assert made.places[FAILED] == [made.places[TOOL][1]]


def test_what_is_odd_is_shown_where_it_stands_and_says_so() -> None:
    made = document([
        message("first", 1, 0),
        message("second", 2, 60),
        answer("late", 1, 61),
        message("nowhere", None, 62),
        message("hello", 2, 30, role="moderator"),
        message("rated", 2, 70, type="feedback"),
        "no message at all",
    ])  # fmt: skip
    text = text_of(made)
    assert "Turn 1, continued" in text
    assert "Outside any turn" in text
    assert "earlier than what stands above" in text
    assert "moderator" in text
    assert "(type: feedback)" in text
    assert "This message could not be read" in text
    assert text.index("late") < text.index("nowhere") < text.index("moderator") < text.index("rated")


def test_a_silence_and_a_new_day_are_told() -> None:
    made = document([message("a", 1, 0), message("b", 2, 8 * 3600), message("c", 3, 40 * 3600)])
    text = text_of(made)
    assert "8 h later" in text
    assert "14 Mar 2025" in text


def test_a_long_message_is_folded_to_its_head_with_the_true_number_of_hidden_lines() -> None:
    made = document([answer("\n\n".join(f"line {number}" for number in range(300)))])
    index = len(made.blocks) - 1
    folded = [plain(made.line(index, number)) for number in range(made.height(index))]
    hidden = int(folded[-1].split("▸ ")[1].split(" ")[0])
    assert made.blocks[index].toggle(made.height(index) - 1, made.look)
    made.changed(index)
    assert made.height(index) == len(folded) + hidden


@pytest.mark.parametrize("paragraph", ["line {}\n\n", "- line {}\n", "line {0}  \n" * 3 + "\n", "word " * 900 + "{}\n"])
def test_of_a_very_long_message_the_head_is_shown_and_the_rest_counted(paragraph: str) -> None:
    source = "".join(paragraph.format(number) for number in range(600)).strip()[: ONE_PAGE - 1]
    made = document([answer(source)])
    index = len(made.blocks) - 1
    folded = [plain(made.line(index, number)) for number in range(made.height(index))]
    assert HEAD < len(folded) < 2 * HEAD + 3
    hidden = int(re.sub(r".*▸ ([\d,]+) more line.*", r"\1", folded[-1]).replace(",", ""))
    shown = "".join("".join(line.removeprefix("│ ").replace("•", "-").split()) for line in folded[1:-1])
    rest = "".join(source.split())[len(shown) :]
    assert "".join(source.split()).startswith(shown)
    said = "".join("".join(source.split("\n")[-hidden:]).split())
    assert said.endswith(rest)
    assert len(said) - len(rest) < max(map(len, source.split("\n")))  # the first one may be shown in part
    assert made.blocks[index].toggle(made.height(index) - 1, made.look)
    made.changed(index)
    assert made.height(index) > LONG_FROM


def test_a_text_too_large_for_markdown_opens_at_once_and_says_so() -> None:
    made = document([answer("word " * 400_000)])
    text = text_of(made)
    assert "too large for Markdown" in text
    assert made.total < 80


def test_a_tool_call_opens_in_levels() -> None:
    made = document([tool([{"score": 0.25, "text": "x" * 60}])])
    assert "input parameters" not in text_of(made)
    made.set_tools(PARAMETERS)
    assert "input parameters" in text_of(made)
    assert "score" not in text_of(made)
    made.set_tools(EVERYTHING)
    assert "score: 0.25" in text_of(made)


def test_a_call_without_parameters_or_results_says_so() -> None:
    made = document([tool(None, input_parameters=None)])
    made.set_tools(EVERYTHING)
    assert "no input parameters" in text_of(made)
    assert "no results" in text_of(made)


def test_focused_reading_leaves_questions_and_final_answers() -> None:
    made = document([message("Q"), reasoning("thought"), answer("not yet"), tool([]), answer("final words")])
    made.set_focused(True)
    text = text_of(made)
    assert "Q" in text
    assert "final words" in text
    assert not any(word in text for word in ("not yet", "retrieval", "reasoning"))
    made.set_focused(False)
    assert "not yet" in text_of(made)


OWNER, OTHER = "4b2bcdef-746f", "77aa0011-9c2d"
TOLD = {
    "agent_settings_name": "Support v3", "agent_settings": "5e77-a1", "created_by": OWNER, "type": "playground",
    "message_count": 1400, "tool_call_count": 6, "tokens": {"input": 18234, "output": 2101, "total": 20335},
    "tags": ["billing", "review"], "is_shared": True, "is_archived": True, "archived_at": "2025-02-03T10:00:07Z",
    "created_at": "2025-01-12T10:00:05Z", "updated_at": "2025-01-13T11:00:06Z", "can_send_messages": True,
    "conversation_instructions": "Be kind.",
}  # fmt: skip


def told(history: list[Any], *, width: int = 160, details: bool, **fields: Any) -> Document:
    people = {OWNER: "me@example.com"}
    made = Document(conversation(**{**TOLD, **fields}), body(history), people, Modes(details=details))
    made.set_width(width)
    made.grow(1.0)
    return made


def test_the_header_is_two_lines_of_what_fits() -> None:
    failed = tool({"error": "INVALID_QUERY"})
    made = told([message("hi"), failed], width=200, details=False)
    name, facts, *rest = list(lines_of(made))
    assert name == "Refund for a damaged item"
    assert facts == (
        "▸ Support v3 · me@example.com · 12 Jan 2025 10:00 → 13 Jan 2025 11:00 UTC · 1,400 msg · 6 calls, 1 failed"
        " · ↑18.2k ↓2.1k · billing · review · archived since 3 Feb 2025 · shared"
    )
    assert rest[0] == ""
    made.set_width(50)
    assert list(lines_of(made))[1] == "▸ Support v3 · me@example.com · 1,400 msg", (
        "what fits, not all up to what does not"
    )
    made.set_people({})
    assert list(lines_of(made))[1].startswith("▸ Support v3 · 4b2bcdef")


def test_with_details_every_field_is_told_exactly_and_in_words() -> None:
    text = text_of(told([message("hi", 1), message("ho", 2)], details=True))
    for words in (
        "Support v3 · settings 5e77-a1", f"me@example.com · user {OWNER}", "12 Jan 2025 10:00:05 UTC",
        "13 Jan 2025 11:00:06 UTC", "yes, since 3 Feb 2025 10:00:07 UTC", "messages    1,400", "tool calls  6",
        "18,234 in · 2,101 out · 20,335 in all", "billing, review", "playground", "yes, others see it too",
        "you may continue it in the web app", "id          c1", "▾ instructions (1 line)", "Be kind.",
    ):  # fmt: skip
        assert words in text
    assert "you may only read it" in text_of(told([], details=True, can_send_messages=False))
    assert set(Conversation.__struct_fields__) == {*TOLD, "id", "name", "notes"}, "a new field has to be told, too"


def test_what_enter_does_on_the_agent_is_told_behind_all_of_its_settings() -> None:
    settings = "255bed81-9716-4d2d-aa6b-b9893b71d2a4"
    made = told([], width=80, details=True, agent_settings_name="Support assistant v5", agent_settings=settings)
    lines = list(lines_of(made))
    place = next(at for at, line in enumerate(lines) if "Enter: what it was told" in line)
    assert lines[place].endswith(f"{settings} · Enter: what it was told")


def test_a_message_of_somebody_else_names_them_and_its_details_are_its_own() -> None:
    mine = message("mine", 1, user_id=OWNER)
    theirs = message("theirs", 1, user_id=OTHER, used_tokens_input=1234, used_tokens_output=5)
    answered = answer("done", 1, user_id=OTHER)
    made = told([mine, theirs, answered], details=False)
    text = text_of(made)
    assert "▌ You" in text
    assert "▌ 77aa0011" in text
    assert re.search(r"│ Agent .* · by 77aa0011", text)
    made.set_people({OTHER: "ines@example.com"})
    assert "▌ ines@example.com" in text_of(made)
    made.set_details(True)
    words = " ".join(text_of(made).replace("▌", " ").replace("│", " ").split())
    assert f"type message · role user · query_id 1 · user {OTHER} (ines@example.com) · 1,234 tokens in" in words
    assert "role assistant · query_id 1" in words


def test_an_unreadable_history_is_said_in_words() -> None:
    made = Document(conversation(), b'{"id": "c1", "chat_history": 7}', {})
    made.grow(1.0)
    assert "The history cannot be read." in text_of(made)
    assert "no messages" in text_of(document([]))


def test_a_document_grows_in_slices_and_ends_like_one_made_at_once() -> None:
    history = long_history(120)
    sliced = document(history, grown=False)
    first = sliced.grow(1.0, lines=30)
    assert first
    assert 30 <= sliced.total < document(history).total
    while sliced.grow(0.0):
        pass
    whole = document(history)
    assert [block.kind for block in sliced.blocks] == [block.kind for block in whole.blocks]
    assert sliced.places == whole.places
    assert text_of(sliced) == text_of(whole)
    assert len(sliced.places[FAILED]) == 24


@pytest.mark.parametrize(
    ("kind", "step", "begin"), [(TURN, 1, -1), (TURN, -1, 10_000), (TOOL, 1, -1), (FAILED, -1, 10_000)]
)
def test_steps_reach_every_block_of_a_kind(kind: str, step: int, begin: int) -> None:
    made = document(long_history(10))
    seen, index = [], made.next_of(kind, begin, step)
    while index is not None:
        seen.append(index)
        index = made.next_of(kind, index, step)
    assert seen == made.places[kind][::step]


def test_the_sums_of_a_turn_say_that_they_grow_and_end_right_where_they_were_laid_out_early() -> None:
    history = [message("Look at all of it", 1, 0)]
    history += [tool(FAILURE if n % 3 == 0 else [{"n": n}], 1, n) for n in range(1, 61)]
    made = document([*history, answer("Done.", 1, 61)], grown=False)
    made.grow(1.0, lines=20)
    turn = made.places["turn"][0]
    first = plain(made.line(turn, 1))
    assert first.endswith("…")
    assert "60 tools" not in first
    while made.grow(0.0):
        pass
    assert plain(made.line(turn, 1)).endswith("↑900 ↓40 · 60 tools · 20 failed · 1 min 1 s")


def test_a_new_day_and_a_long_silence_inside_a_turn_are_told_at_the_message() -> None:
    two_days = 2 * 86_400.0
    history = [message("Wait for it", 1, 0), answer("Later.", 1, two_days), message("Thanks", 2, two_days + 60)]
    made = document(history)
    text = text_of(made)
    assert re.search(r"Agent  14 Mar 2025 14:02:11 .* 2 d later", text)
    assert re.search(r"You  14:03:11", text)
    turn = made.blocks[made.places["turn"][1]]
    assert isinstance(turn, TurnBlock)
    assert "2025" not in plain(turn.headline(80))
    assert "14 Mar 2025 14:03:11" in plain(turn.headline(80, dated=True))


@pytest.mark.parametrize("typed", ["what is 2*3*4 and __init__ and *args, **kwargs? file*.txt", "&copy; \\* ~~x~~"])
def test_what_a_person_typed_is_shown_as_it_was_typed(typed: str) -> None:
    assert typed in text_of(document([message(typed)]))


def test_agents_emphasize_words_and_not_the_insides_of_words() -> None:
    text = text_of(document([answer("**bold** 2*3*4 __init__ *em* and&amp;")]))
    assert "bold 2*3*4 __init__ em and&" in text


def test_more_turns_than_bars_fit_are_joined_and_that_is_said() -> None:
    history = [answer("x", turn, turn) for turn in range(1, 301)]
    made = document(history, width=50)
    made.set_details(True)
    text = text_of(made)
    assert re.search(r"↑ per turn  █+  max 900, 10–11 turns a bar", text)


def test_an_empty_message_says_so_and_a_broken_query_id_belongs_to_no_turn() -> None:
    text = text_of(document([message("", 1), message("half", 2, query_id=2.5)]))
    assert "▌ no text" in text
    assert "Outside any turn" in text
    assert "query_id could not be read: 2.5" in text


@pytest.mark.parametrize("kind", ["message", "reasoning_flow", "tool_call"])
def test_a_content_that_is_json_is_shown_as_it_is_and_said_to_be_none(kind: str) -> None:
    nested = {"to": ["*all* [x](http://a.b) C:\\dir", "\x1b"]}
    made = document([{"role": "assistant", "type": kind, "query_id": 1, "content": nested, "tool_type": "x"}])
    made.set_tools(EVERYTHING)
    made.set_reasoning(True)
    text = text_of(made)
    assert r'{"to":["*all* [x](http://a.b) C:\\dir","\u001b"]}' in text.replace(": ", ":").replace(", ", ",")
    assert "content is no text: its JSON is shown" in text


def test_heights_for_another_width_come_in_slices_and_end_as_if_they_had_been_taken_at_once() -> None:
    made = document(long_history(400))
    assert len(made.blocks) > 1_000
    fresh = document(long_history(400), width=40)
    assert made.set_width(40)
    assert made.estimating
    before = made.total
    made.estimate_more(0.0)
    assert made.estimating
    assert made.total == before  # all change together: nothing jumps meanwhile
    tool = made.places[TOOL][7]
    made.blocks[tool].set_folded(False)
    made.changed(tool)  # something is unfolded meanwhile, and read
    made.height(tool)
    fresh.blocks[tool].set_folded(False)
    fresh.changed(tool)
    fresh.height(tool)
    while made.estimating:
        made.estimate_more(0.0)
    assert [made.heights[index] for index in range(len(made.blocks))] == [
        fresh.heights[index] for index in range(len(fresh.blocks))
    ]


def test_heights_taken_at_once_end_what_was_under_way() -> None:
    made = document(long_history(400))
    made.set_width(40)
    made.estimate_more(0.0)
    made.set_tools(EVERYTHING)
    assert not made.estimating
    other = document(long_history(400), width=40)
    other.set_tools(EVERYTHING)
    assert made.total == other.total


def trees_in_memory() -> int:
    gc.collect()
    return sum(isinstance(one, JsonTree) for one in gc.get_objects())


@pytest.fixture
def _little_garbage() -> Iterator[None]:
    """What was there before is not walked through again and again: only what the test makes counts."""
    set_aside()
    yield
    gc.unfreeze()
    set_aside()


@pytest.mark.usefixtures("_little_garbage")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40), max_size=6))
def test_a_call_that_is_far_away_gives_its_trees_back_and_looks_the_same_on_return(places: list[int]) -> None:
    of_others = trees_in_memory()
    made = document([tool([{"deep": {"er": [{"needle": "here"}] * 3}, "text": "line\n" * 9}] * 40)], width=60)
    made.set_tools(EVERYTHING)
    index = made.places["tool"][0]
    block = made.blocks[index]
    for place in places:
        block.toggle(place % made.height(index), made.look)
        made.changed(index)
    before = list(lines_of(made))
    block.drop_lines()
    assert trees_in_memory() == of_others
    assert list(lines_of(made)) == before
