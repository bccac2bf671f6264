"""What is read, and why: each situation as a line of events with their effects, and what holds in all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.reading import Desk

Steps = list[tuple[str, str]]
Cases = dict[str, Steps]

READS_A: Steps = [("start", ""), ("rows a b c d", "wait"), ("rest", "show a"), ("came a", "")]

FAR_DOWN: Steps = [
    ("start", ""), ("filter x", ""), ("rows c z", "wait"), ("go 2", "wait"), ("rest", "show z"), ("came z", ""),
    ("filter", ""), ("rows a b c . . .", "open z again, find z, say finding its row"),
]  # fmt: skip
"""z is read in a list that a text has narrowed, then the filter is taken away."""

FOLLOWING: Cases = {
    "the first row is read": [
        ("start", ""), ("rows a b", "wait"), ("rest", "show a"), ("came a", ""),
    ],
    "the cursor rests before the reader follows": [
        *READS_A, ("go 2", "wait"), ("go 3", "wait"), ("rest", "show c"), ("came c", ""),
    ],
    "a row that is on its way is said to be so": [
        ("start", ""), ("rows a . .", "wait"), ("rest", "show a"), ("came a", ""), ("go 3", "wait long"),
        ("rest", "miss 3"), ("took", "miss 3"), ("rows a . c", "wait"), ("rest", "show c"),
    ],
    "a row that failed or cannot be read is said to be so": [
        ("start", ""), ("rows a ! ?", "wait"), ("rest", "show a"), ("go 2", "wait long"), ("rest", "miss 2"),
        ("go 3", "wait long"), ("rest", "miss 3"),
    ],
    "who comes back at once reads on": [
        *READS_A, ("go 2", "wait"), ("go 1", "wait"), ("rest", "show a again"),
    ],
    "an empty list has nothing to read": [
        ("start", ""), ("rows", "wait long"), ("rest", "miss 1"), ("took", "miss 1"), ("rows a", "wait"),
        ("rest", "show a"),
    ],
    "before the first answer nothing is said": [
        ("start", ""), ("rest", ""), ("enter", ""),
    ],
    "an empty list that comes late is said to be empty": [
        ("start", ""), ("rest", ""), ("rows", "miss 1, wait long"),
    ],
    "a history that comes too late changes nothing": [
        ("start", ""), ("rows a b", "wait"), ("rest", "show a"), ("go 2", "wait"), ("rest", "show b"),
        ("came a", ""), ("came b", ""),
    ],
    "a history that did not come is asked for again": [
        ("start", ""), ("rows a b", "wait"), ("rest", "show a"), ("failed a", ""), ("r", "show a"), ("r", ""),
        ("r slow", "show a"), ("came a", ""), ("r", ""), ("r slow", ""),
    ],
    "a failure of what was left changes nothing": [
        *READS_A, ("failed b", ""), ("rest", "show a again"),
    ],
    "enter reads at once": [
        *READS_A, ("go 2", "wait"), ("enter", "show b"),
    ],
    "enter on a row that is on its way shows no other conversation": [
        ("start", ""), ("rows a b .", "wait"), ("rest", "show a"), ("came a", ""), ("rush 3", ""),
        ("enter", "miss 3, wait long"), ("rows a b c", "wait"), ("rest", "show c"),
    ],
}  # fmt: skip
"""The reader follows the cursor."""

LIVING: Cases = {
    "rows that come in above move nothing but the cursor": [
        *READS_A, ("rows x y a b c d", ""), ("rest", "show a again"),
    ],
    "what has left the list is read on": [
        *READS_A, ("rows b c d", "say no longer in the list"), ("rest", ""), ("took", ""), ("go 2", "wait, hush"),
        ("rest", "show c"),
    ],
    "what has left the end of the list is read on": [
        *READS_A, ("go 4", "wait"), ("rest", "show d"), ("came d", ""), ("rows a b", "say no longer in the list"),
        ("rest", ""), ("go 1", "wait, hush"), ("rest", "show a"),
    ],
    "enter leaves what has left the list": [
        *READS_A, ("rows b c d", "say no longer in the list"), ("enter", "show b, hush"),
    ],
    "r asks again for what has left the list, and says when it is gone": [
        *READS_A, ("rows b c d", "say no longer in the list"), ("r", "renew a"), ("came a", ""), ("r", "renew a"),
        ("deleted a", "say no longer on the server"), ("rest", ""), ("r", "renew a"),
        ("came a", "say no longer in the list"),
    ],
    "what comes back to the list is gone to": [
        *READS_A, ("rows b c d", "say no longer in the list"), ("rows b c a", "go 3, wait, hush"),
        ("rest", "show a again"),
    ],
    "all rows go and come back": [
        *READS_A, ("rows", "say no longer in the list"), ("rest", ""), ("took", ""),
        ("rows a b c d", "go 1, wait, hush"), ("rest", "show a again"),
    ],
    "all rows go and others come": [
        *READS_A, ("rows", "say no longer in the list"), ("rows x y", "find a, say finding its row"),
        ("found a", "say no longer in the list"), ("rows x y z", ""), ("rest", ""), ("go 2", "wait, hush"),
        ("rest", "show y"),
    ],
    "all rows go and come back, its own beyond what is looked at": [
        *READS_A, ("rows", "say no longer in the list"), ("rows b c . . .", "find a, say finding its row"),
        ("rows b c d . .", ""), ("found a 4", "go 4"), ("rows b c d a .", "go 4, wait, hush"),
        ("rest", "show a again"),
    ],
    "what cannot be read stands in its place": [
        *READS_A, ("rows ? b c", "say no longer in the list"), ("rest", ""),
    ],
    "as long as its row is on its way it may be there": [
        *READS_A, ("rows . b c d", ""), ("rest", "show a again"), ("rows x b c d", "say no longer in the list"),
        ("rest", ""),
    ],
    "its row was on its way and it is further down": [
        *READS_A, ("rows . b c d", ""), ("rows x a c d", ""), ("rest", "show a again"),
    ],
    "its row was on its way, which a key to where one is already does not change": [
        ("start", ""), ("rows b", "wait"), ("rest", "show b"), ("came b", ""), ("rows .", ""), ("go 1", ""),
        ("rows a b", ""), ("rest", "show b again"),
    ],
    "its row fails": [
        *READS_A, ("rows ! b c d", ""), ("rest", "show a again"), ("enter", "miss 1"),
    ],
    "what is looked for is not said to be gone": [
        *READS_A, ("lost a x y z u", ""), ("rest", "show a again"), ("lost - x y z u", "say no longer in the list"),
        ("rest", ""),
    ],
    "what was lost from sight is found": [
        *READS_A, ("lost a x y z u", ""), ("rows x y z u a", ""), ("rest", "show a again"),
    ],
    "what was never read is not read on": [
        ("start", ""), ("rows a b", "wait"), ("rows b", "wait"), ("rest", "show b"),
    ],
    "who moves on while it leaves the list reads where they are": [
        *READS_A, ("rush 3", ""), ("sneak b c d", ""), ("took", "wait"), ("rest", "show c"),
    ],
}  # fmt: skip
"""The list changes by itself."""

FILTERED: Cases = {
    "the cursor stays on its conversation": [
        *READS_A, ("go 3", "wait"), ("rest", "show c"), ("came c", ""), ("filter", ""), ("rows c d", "wait"),
        ("rest", "show c again"),
    ],
    "nobody knows what a text finds": [
        *READS_A, ("filter x", ""), ("rows c d", "wait"), ("rest", "show c"),
    ],
    "without the filter it is still there": [
        *READS_A, ("filter x", ""), ("rows c d", "wait"), ("rest", "show c"), ("came c", ""), ("filter", ""),
        ("rows a b c d", "wait"), ("rest", "show c again"),
    ],
    "it is found however far down": [
        *FAR_DOWN, ("found z 5", "go 5"), ("rows a b c . z .", "go 5, wait, hush"), ("rest", "show z again"),
    ],
    "who moves on before its row has arrived is not taken back": [
        *FAR_DOWN, ("found z 5", "go 5"), ("go 6", "wait long, hush"), ("rows a b c . z y", "wait"),
        ("rest", "show y"),
    ],
    "who moves on just as its row arrives is not taken back": [
        *FAR_DOWN, ("found z 5", "go 5"), ("rush 6", ""), ("sneak a b c . z y", "hush"), ("took", "wait"),
        ("rest", "show y"),
    ],
    "who moves on while it is looked for is not taken back": [
        *FAR_DOWN, ("go 2", "wait, hush"), ("rest", "show b"), ("found z 5", ""), ("came b", ""),
    ],
    "another filter ends the search in the list before": [
        *FAR_DOWN, ("filter", ""), ("found z 5", ""), ("rows a", "open z again, find z"),
        ("found z", "say row not found"),
    ],
    "who moves on before the new list has come stays there": [
        *READS_A, ("filter", ""), ("go 3", "wait"), ("rest", "show c"), ("came c", ""), ("rows a b c d", "wait"),
        ("rest", "show c again"),
    ],
    "who moves on just as the new list comes stays there": [
        *READS_A, ("filter", ""), ("rush 3", ""), ("sneak a b c d", "wait"), ("took", ""), ("rest", "show c"),
    ],
    "a filter that was never answered tells nothing of what is read": [
        *READS_A, ("filter x", ""), ("filter x", ""), ("rows c d", "wait"), ("rest", "show c"),
    ],
    "the old list stays while a filter is refused": [
        *READS_A, ("filter x", ""), ("go 2", "wait"), ("rest", "show b"), ("filter", ""), ("rows a b c", "wait"),
        ("rest", "show b again"),
    ],
    "its row is not found": [
        *FAR_DOWN, ("found z", "say row not found"), ("go 2", "wait, hush"), ("rest", "show b"),
    ],
    "its row is found after all": [
        *FAR_DOWN, ("found z", "say row not found"), ("rows a b c . z .", "go 5, wait, hush"),
        ("rest", "show z again"),
    ],
    "its row turns up before it is found": [
        *FAR_DOWN, ("rows a b c z . .", "go 4, wait, hush"), ("found z 6", ""), ("rest", "show z again"),
    ],
    "the order of the list misleads nobody": [
        *FAR_DOWN, ("found z 5", "go 5"), ("rows a b c . y .", "open z again, say row not found"), ("rest", ""),
    ],
    "the list becomes empty while it is looked for": [
        *FAR_DOWN, ("found z 6", "go 6"), ("rows", "wait long, hush"), ("rest", "miss 1"),
    ],
    "where nothing matches nothing is read and it comes back to its line": [
        *READS_A, ("go 2", "wait"), ("rest", "show b"), ("came b", ""), ("filter x", ""), ("rows", "wait long"),
        ("rest", "miss 1"), ("filter", ""), ("rows a b c d", "wait"), ("rest", "show b"), ("came b", "line 5"),
    ],
    "where nothing matches nothing is read and it is found again": [
        *READS_A, ("go 2", "wait"), ("rest", "show b"), ("came b", ""), ("filter x", ""), ("rows", "wait long"),
        ("rest", "miss 1"), ("filter", ""), ("rows a . . .", "open b, find b, say finding its row"),
        ("came b", "line 5"), ("found b 2", "go 2"), ("rows a b . .", "go 2, wait, hush"), ("rest", "show b again"),
    ],
}  # fmt: skip
"""Another filter."""

COMING_BACK: dict[str, tuple[str, int, Steps]] = {
    "row and line come back": ("c", 2, [
        ("start", ""), ("rows a b c d", "go 3, wait"), ("rest", "show c"), ("came c", "line 7"),
    ]),
    "it has moved in the list": ("c", 2, [
        ("start", ""), ("rows x y z c d", "go 4, wait"), ("rest", "show c"), ("came c", "line 7"),
    ]),
    "it is far down": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("rest", ""), ("rows a b . . e", "go 5, wait"),
        ("rest", "show e"), ("came e", "line 7"),
    ]),
    "it has left the list": ("z", 1, [
        ("start", ""), ("rows a b c", "go 2, open z, say row not found"), ("came z", "line 7"),
        ("go 3", "wait, hush"), ("rest", "show c"),
    ]),
    "it is gone": ("z", 1, [
        ("start", ""), ("rows a b c", "go 2, open z, say row not found"), ("failed z", ""), ("go 3", "wait, hush"),
        ("rest", "show c"),
    ]),
    "the list is empty": ("z", 1, [
        ("start", ""), ("rows", "wait long"), ("rest", "miss 1"), ("rows a", "wait"), ("rest", "show a"),
    ]),
    "the list is shorter": ("e", 400, [
        ("start", ""), ("rows a b . .", "go 4"), ("rows a b . d", "open e, say row not found"), ("came e", "line 7"),
    ]),
    "its row does not come": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("rows a b ! ! !", "open e, say row not found"),
        ("came e", "line 7"),
    ]),
    "who moves on meanwhile is not pulled back": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("go 1", "wait"), ("rest", "show a"), ("rows a b . . e", ""),
        ("came a", ""),
    ]),
    "who moves on just as it comes is not pulled back": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("rush 1", ""), ("sneak a b . . e", ""), ("took", "wait"),
        ("rest", "show a"),
    ]),
    "enter before anything is there reads what is come back to": ("e", 4, [
        ("start", ""), ("enter", ""), ("rows a b . . .", "go 5"), ("enter", ""), ("rows a b . . e", "go 5, wait"),
        ("rest", "show e"), ("came e", "line 7"),
    ]),
    "enter on another row reads that": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("rush 2", ""), ("enter", "show b, wait"), ("rows a b . . e", ""),
        ("came b", ""),
    ]),
    "another filter ends the way back": ("e", 4, [
        ("start", ""), ("rows a b . . .", "go 5"), ("filter", ""), ("rows a b", "wait"), ("rest", "show a"),
    ]),
}  # fmt: skip
"""A start goes back to where the last run was."""

GONE_BACK: Cases = {
    "to a row of the list": [
        *READS_A, ("go 3", "wait"), ("rest", "show c"), ("came c", ""), ("back a 1", "go 1, wait"), ("rest", "show a"),
        ("came a", "line 9"),
    ],
    "to another line of what is read": [*READS_A, ("back a 1", "go 1, wait, line 9"), ("rest", "show a again")],
    "to a list that is on its way, and nothing of the old one is in the way": [
        *READS_A, ("filter x", ""), ("back c 2", ""), ("rest", ""), ("rows b c", "wait, go 2, wait"),
        ("rest", "show c"), ("came c", "line 9"),
    ],
    "to a row that is on its way in a list that is": [
        *READS_A, ("filter x", ""), ("back c 3", ""), ("rows a . .", "wait, go 3"), ("rest", ""),
        ("rows a . c", "go 3, wait"), ("rest", "show c"), ("came c", "line 9"),
    ],
    "to one that is in no list any more": [
        *READS_A, ("back z 2", "go 2, open z, say row not found"), ("came z", "line 9"), ("rest", ""),
    ],
    "who moves on goes nowhere else": [
        *READS_A, ("filter x", ""), ("back c 3", ""), ("rows a b .", "wait, go 3"), ("go 1", "wait"),
        ("rows a b c", ""), ("rest", "show a again"),
    ],
}  # fmt: skip
"""The way back leads to another place of the run."""

OPENED: Cases = {
    "it is read at its turn until the cursor moves": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b c", "find z, say finding its row"), ("rest", ""),
        ("go 2", "wait, hush"), ("rest", "show b"),
    ],
    "enter leaves it": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b c", "find z, say finding its row"),
        ("enter", "show a, hush"),
    ],
    "it is in the list, too": [
        ("start", "open z"), ("rows a z c", "go 2, wait"), ("came z", "turn 3"), ("rest", "show z again"),
    ],
    "the list comes first": [
        ("start", "open z"), ("rows a b . .", ""), ("came z", "turn 3, find z, say finding its row"),
        ("found z 4", "go 4"), ("rows a b . z", "go 4, wait, hush"), ("rest", "show z again"),
    ],
    "the list has it nowhere": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b .", "find z, say finding its row"),
        ("found z", "say not in this list"), ("rest", ""), ("rows a b z", "go 3, wait, hush"),
        ("rest", "show z again"),
    ],
    "the list has another one in its row": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b . .", "find z, say finding its row"),
        ("found z 3", "go 3"), ("rows a b c .", "open z again, say not in this list"), ("rest", ""),
    ],
    "rows come in above": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b", "find z, say finding its row"), ("rows x a b", ""),
        ("rest", ""),
    ],
    "another row comes under the cursor": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b", "find z, say finding its row"), ("rows x b", ""),
        ("rest", ""),
    ],
    "the list is empty": [
        ("start", "open z"), ("came z", "turn 3"), ("rows", "say not in this list"), ("rows a b", ""), ("rest", ""),
    ],
    "r asks again, and says when it is gone": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b", "find z, say finding its row"), ("r", "renew z"),
        ("deleted z", "say no longer on the server"), ("go 2", "wait, hush"), ("rest", "show b"),
    ],
    "r asks again for what did not come": [
        ("start", "open z"), ("failed z", ""), ("rows a b", ""), ("r", "open z"), ("r", ""), ("r slow", "open z"),
        ("came z", "turn 3, find z, say finding its row"),
    ],
    "another filter keeps it": [
        ("start", "open z"), ("came z", "turn 3"), ("rows a b", "find z, say finding its row"), ("filter", ""),
        ("rows b", "open z again, find z"), ("found z", "say row not found"), ("r", "renew z"),
    ],
}  # fmt: skip
"""One conversation is opened by its id."""


@pytest.mark.parametrize("name", [*FOLLOWING, *LIVING, *FILTERED, *GONE_BACK])
def test_each_event_has_its_effects(name: str) -> None:
    Desk().play(*(FOLLOWING | LIVING | FILTERED | GONE_BACK)[name])


@pytest.mark.parametrize("name", COMING_BACK)
def test_a_start_goes_back_to_where_the_last_run_was(name: str) -> None:
    letter, row, steps = COMING_BACK[name]
    Desk(way_back=(letter, row)).play(*steps)


@pytest.mark.parametrize("name", OPENED)
def test_a_conversation_that_is_opened_by_its_id_is_read(name: str) -> None:
    Desk(open_id="z", turn=3).play(*OPENED[name])


ROWS = st.lists(st.sampled_from("abcdefgh...!?"), max_size=8).map(
    lambda names: " ".join(name for place, name in enumerate(names) if not name.isalpha() or name not in names[:place])
)
ACTS = st.sampled_from(
    ["go 1", "go 2", "go 4", "go 8", "rush 3", "enter", "r", "r slow", "filter", "filter x", "back c 3"]
)
NEWS = st.one_of(
    ROWS.map("rows {}".format),
    ROWS.map("sneak {}".format),
    st.sampled_from(["took", "rest", "came a", "came b", "failed a", "deleted a", "found a", "found a 3", "found b 1"]),
)


def settle(desk: Desk) -> None:
    """Everything that was on its way has come."""
    for _ in range(3):
        desk.do("took" if desk.shelves.present.names is not None else "rows a b c")
        desk.do("rest")
        if desk.state.shown_id is not None:
            desk.do(f"found {desk.state.shown_id}")
            desk.do(f"came {desk.state.shown_id}")


@given(st.lists(st.tuples(ACTS, st.lists(NEWS, max_size=4)), max_size=6), st.lists(NEWS, max_size=6))
def test_what_is_read_is_never_swapped_by_news(acts: list[tuple[str, list[str]]], news: list[str]) -> None:
    desk = Desk()
    desk.do("rows a b c d")
    for act, meanwhile in acts:
        desk.do(act)
        for event in meanwhile:
            desk.do(event)
    settle(desk)
    read, was_read = desk.shown, desk.state.is_here
    for event in news:
        desk.do(event)
        if was_read:
            assert desk.shown == read, event
            on = desk.cursor.conversation
            assert desk.title or on is None or on.id == read, event
