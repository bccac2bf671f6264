"""A queue for reviewing: its order, what waits, and that it is gone on with."""

import json
from pathlib import Path

from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.queue import KeptQueue, ReviewQueue
from tui.store.verdicts.verdict import Opinion, Subject


def judged(**labels: str) -> VerdictBook:
    book = VerdictBook(None, "p1")
    for conversation, label in labels.items():
        book.judge(Subject(conversation), Opinion(label), "ana")
    return book


def test_the_next_that_waits_is_sought_to_the_end_and_then_from_the_top() -> None:
    queue = ReviewQueue("", ["a", "b", "c", "d"], at=2)
    assert queue.next_unjudged(judged(c="pass"), "ana") == 3
    assert queue.next_unjudged(judged(c="pass", d="fail"), "ana") == 0
    assert queue.next_unjudged(judged(a="pass", b="pass", c="pass", d="fail"), "ana") is None
    assert queue.next_unjudged(judged(d="fail"), "ben") == 3


def test_what_was_put_off_comes_when_nothing_else_waits() -> None:
    queue = ReviewQueue("", ["a", "b", "c"], at=1)
    assert queue.next_unjudged(judged(a="skip", b="pass"), "ana", "skip") == 2
    assert queue.next_unjudged(judged(a="skip", b="pass", c="fail"), "ana", "skip") == 0
    assert queue.next_unjudged(judged(a="skip", b="pass", c="fail"), "ana") is None


def test_progress_counts_what_the_book_says_of_conversations() -> None:
    book = judged(a="pass", b="skip", x="fail")
    book.judge(Subject("c", 3), Opinion("fail"), "ana")
    book.judge(Subject("d"), Opinion(note="look again"), "ana")
    progress = ReviewQueue("", ["a", "b", "c", "d", "a"]).tally(book, "ana")
    assert (progress.judged, progress.total, progress.left) == (2, 4, 2)
    assert progress.labels == {"pass": 1, "skip": 1}


def test_one_looks_round_and_not_beyond_the_ends() -> None:
    queue = ReviewQueue("", ["a", "b"], at=9)
    assert queue.current == "b"
    assert not queue.move(1)
    assert queue.move(-1)
    assert queue.go_to("b")
    assert not queue.go_to("z")
    assert queue.current == "b"
    assert ReviewQueue("", []).current is None


def test_each_filter_has_its_queue_and_goes_on_with_it(tmp_path: Path) -> None:
    one, other = KeptQueue(tmp_path, "failed:>0", print), KeptQueue(tmp_path, "tag:billing", print)
    assert one.read() == (None, "")
    for at in (3, 5, 7):
        one.keep(ReviewQueue("failed:>0", [f"c{n}" for n in range(50_000)], at=at))
    one.close(60)
    queue, notice = KeptQueue(tmp_path, "failed:>0", print).read()
    assert queue is not None
    assert (queue.at, len(queue.ids), notice) == (7, 50_000, "")
    assert other.read() == (None, "")


def test_what_names_no_conversation_is_left_out_of_a_kept_queue(tmp_path: Path) -> None:
    kept_queue = KeptQueue(tmp_path, "x", print)
    kept_queue.keep(ReviewQueue("x", ["a"]))
    kept_queue.close(60)
    [path] = tmp_path.glob("queue-*.json")
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "ids": ["", ".", "..", "\ud800", 3, None, "a", "../b"]}))
    queue, _ = KeptQueue(tmp_path, "x", print).read()
    assert queue is not None
    assert queue.ids == ("a", "../b")


def test_a_damaged_queue_is_set_aside_with_a_word(tmp_path: Path) -> None:
    kept = KeptQueue(tmp_path, "x", print)
    kept.keep(ReviewQueue("x", ["a"]))
    kept.close(60)
    next(tmp_path.glob("queue-*.json")).write_text("{")
    queue, notice = kept.read()
    assert queue is None
    assert "damaged" in notice


def test_a_queue_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[str] = []
    kept = KeptQueue(tmp_path / "file", "x", told.append)
    kept.keep(ReviewQueue("x", ["a"]))
    kept.close(60)
    assert len(told) == 1
