"""What the pager and the editor are given."""

from pathlib import Path

from tests.views.transcript.histories import answer, body, conversation, long_history, message
from tui.api.page import Record
from tui.screens.outside import Transcript
from tui.terminal.programs import write_pieces
from tui.views.export_markdown import conversation_markdown, conversation_parts


def transcript(record: Record, element: int | None) -> Transcript:
    return Transcript(conversation_parts(record, {}), element, lambda: False)


def test_it_is_the_whole_conversation_and_tells_the_line_of_a_message(tmp_path: Path) -> None:
    record = Record(conversation(), body([message("first"), answer("second"), message("third", 2)]))
    for element, words in enumerate(("first", "second", "third")):
        path = tmp_path / f"{element}.md"
        pieces = transcript(record, element)
        write_pieces(path, pieces)
        text = path.read_text()
        assert text == conversation_markdown(record, {})
        assert path.stat().st_mode & 0o777 == 0o600
        lines = text.split("\n")
        assert words in "\n".join(lines[pieces.line - 1 : pieces.line + 3])
        assert words not in "\n".join(lines[: pieces.line - 1])


def test_no_piece_is_more_than_a_part_of_it() -> None:
    record = Record(conversation(), body(long_history(300)))
    pieces = list(transcript(record, None))
    assert len("".join(pieces)) > 50 * max(map(len, pieces))


def test_it_ends_when_nobody_waits_for_it_any_more() -> None:
    record = Record(conversation(), body(long_history(300)))
    taken: list[str] = []
    pieces = Transcript(conversation_parts(record, {}), None, lambda: len(taken) >= 10)
    for piece in pieces:
        taken.append(piece)
    assert len(taken) == 10
