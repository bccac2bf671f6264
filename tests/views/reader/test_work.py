"""Work in slices: what is done while no key is pressed, and what is ready then."""

import gc
from weakref import ref

import pytest

from tests.views.reader.reading import PEOPLE, Reading
from tests.views.reader.test_moves import LONG
from tests.views.transcript.histories import answer, body, conversation, long_history, message
from tui.views.reader import searching, work
from tui.views.text.ink import Line
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.document import Document
from tui.views.transcript.modes import Look
from tui.views.transcript.viewport import Place


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_GRACE", 0.0)


def test_a_slice_says_whether_there_is_more_to_do() -> None:
    it = Reading(LONG, grown=False)
    assert it.work.waits(it.reader)
    pauses: list[float] = []
    while (pause := it.work.step(it.reader, 1e-9)) is not None:
        pauses.append(pause)
    assert len(pauses) > 5
    assert all(0 < pause < 0.1 for pause in pauses)
    assert not it.work.waits(it.reader)
    searching.search(it.reader, "word")
    assert it.work.waits(it.reader)
    it.rest().reader.show_nothing("Nothing to read")
    assert not it.work.waits(it.reader)
    assert it.work.step(it.reader) is None


@pytest.mark.usefixtures("_at_once")
def test_each_kind_of_work_has_its_turn() -> None:
    prepared: list[Place] = []
    it = Reading(long_history(400))
    it.work = work.Work(lambda _document: prepared.append)
    it.work.painted(it.reader)
    it.reader.resize(60, 24)
    searching.search(it.reader, "answer", go=False)
    finder, document = it.reader.finder, it.reader.document
    assert document is not None
    for _ in range(3):
        it.work.step(it.reader, 1e-9)
    assert finder.search is not None
    assert not finder.search.done
    assert document.estimating
    assert prepared
    it.rest()
    assert finder.done
    assert not document.estimating


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("key", ["space", "]", "e", "b"])
def test_what_is_read_next_is_ready_before_it_is_asked_for(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    it = Reading(long_history(60)).press("space space space")
    shown = it.screen
    it.work.painted(it.reader)
    it.rest()
    composed: list[Block] = []
    compose = Block._composed

    def noted(self: Block, look: Look) -> list[Line]:
        composed.append(self)
        return compose(self, look)

    monkeypatch.setattr(Block, "_composed", noted)
    assert it.press(key).screen != shown
    assert not composed


@pytest.mark.usefixtures("_at_once")
def test_the_map_is_drawn_again_where_its_heights_were_guessed() -> None:
    it = Reading([message("Q"), *[answer("word " * 60, seconds=number) for number in range(6)]])
    assert it.screen
    it.work.painted(it.reader)
    it.take_news()
    while it.work.step(it.reader, 1.0) is not None:
        pass
    document = it.reader.document
    assert document is not None
    assert it.take_news().window
    assert document.total == sum(document.height(index) for index in range(len(document.blocks)))


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("another", [True, False])
def test_nothing_of_a_conversation_stays_when_it_is_left(another: bool) -> None:
    it = Reading(long_history(60))
    it.work.painted(it.reader)
    it.work.step(it.reader, 1e-9)
    left = ref(it.reader.document)
    if another:
        it.show([message("Q")], grown=False, id="another")
    else:
        it.reader.show_nothing("Nothing to read")
    assert it.take_news().is_another
    it.work.rest()
    gc.collect()
    assert left() is None
    it.rest()


@pytest.mark.usefixtures("_at_once")
def test_looking_ahead_uses_nothing_up_of_the_time_for_a_regular_expression() -> None:
    prepared: list[Place] = []
    it = Reading([message("Q"), *[answer("a" * 3_000 + f" {number}") for number in range(8)], answer("ab")])
    it.work = work.Work(lambda _document: prepared.append)
    searching.search(it.reader, "(a+)+b", regex=True, go=False)
    it.work.painted(it.reader)
    it.rest()
    assert not prepared
    searching.clear(it.reader)
    it.work.painted(it.reader)
    it.rest()
    assert prepared


def expected(it: Reading) -> bytes:
    """Another conversation is likely to be read next: its history."""
    raw = body(long_history(60))
    it.reader.expect(conversation(id="another"), raw, PEOPLE)
    it.rest()
    return raw


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("focused", [True, False])
def test_the_next_conversation_is_laid_out_while_nobody_waits(focused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    it, fresh = Reading([message("Q"), answer("A")]), Reading(None)
    for reader in (it.reader, fresh.reader):
        reader.modes.focused, reader.modes.failures = focused, True
    raw = expected(it)
    composed: list[Block] = []
    compose = Block._composed

    def noted(self: Block, look: Look) -> list[Line]:
        composed.append(self)
        return compose(self, look)

    monkeypatch.setattr(Block, "_composed", noted)
    it.reader.show(conversation(id="another"), raw, PEOPLE)
    shown = it.screen
    assert not composed
    fresh.reader.show(conversation(id="another"), raw, PEOPLE)
    assert fresh.screen == shown
    assert composed
    assert it.rest().screen == fresh.rest().screen
    assert it.press("G").screen == fresh.press("G").screen


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("keys", ["F", "T", "R", "M"])
def test_what_was_changed_since_it_was_laid_out_holds_for_it(keys: str) -> None:
    it, fresh = Reading([message("Q"), answer("A")]), Reading([message("Q"), answer("A")])
    raw = expected(it)
    for one in (it, fresh):
        one.press(keys)
        one.reader.resize(60, 20)
        one.reader.show(conversation(id="another"), raw, PEOPLE)
        one.rest()
    assert it.screen == fresh.screen
    assert it.press("G").screen == fresh.press("G").screen


@pytest.mark.usefixtures("_at_once")
def test_a_conversation_that_was_expected_in_vain_goes() -> None:
    it = Reading([message("Q"), answer("A")])
    expected(it)
    [document] = [one for one in gc.get_objects() if type(one) is Document and one.conversation.id == "another"]
    left = ref(document)
    del document
    it.show([message("Q")], id="third")
    gc.collect()
    assert left() is None
