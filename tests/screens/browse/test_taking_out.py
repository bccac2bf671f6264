"""What is taken out of the screen: by key and by mouse, the right text goes to the right place, and it is said."""

import json
import re
import threading
from pathlib import Path

import pytest
from textual import events

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, message, page_of, tool_call, uuid_of
from tui.app import BackgroundTold
from tui.demo.http import Answer, Request
from tui.screens.dialogs.export import ExportScreen
from tui.terminal.clipboard import CopyReport
from tui.terminal.process.environment import Surroundings
from tui.views.reader.reader import Reader
from tui.views.transcript.document import Document
from tui.widgets.lists.choice_box import ChoiceBox
from tui.widgets.lists.menu_list import MenuList
from tui.widgets.palette import Palette

QUESTION = "What is **the** refund window?\n\n- damaged"
ANSWER = "It is `30 days`.\tReally."
HISTORY = [
    message(QUESTION),
    tool_call(input_parameters={"query": "refund"}, results=[{"text": "30 days", "score": 0.9}]),
    message(ANSWER, role="assistant"),
]


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be in the clipboard, the newest last."""
    texts: list[str] = []

    def take(text: str, _environment: object, _folder: Path) -> CopyReport:
        texts.append(text)
        return CopyReport("native", len(text.encode()))

    monkeypatch.setattr("tui.screens.delivery.copy", take)
    return texts


@pytest.fixture
def project(server: ScriptedServer) -> LiveProject:
    rows = [conversation(1, chat_history=HISTORY), *(conversation(number) for number in range(2, 40))]
    live = LiveProject(rows)
    server.answer(live)
    return live


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def news(it: Browsing) -> list[str]:
    """What is told now."""
    return [str(one.message) for one in it.app._notifications]


async def reading(it: Browsing, *keys: str) -> None:
    """The first conversation has the keys, and these were pressed."""
    await it.until_read("refund window")
    await it.press("enter", *keys)


async def copy(it: Browsing, letter: str, copied: list[str]) -> str:
    before = len(copied)
    await it.press("y")
    await it.until(lambda: it.screen.query(ChoiceBox) and it.screen.query_one(ChoiceBox).display)
    await it.press(letter)
    await it.until(lambda: len(copied) > before)
    assert not it.screen.query_one(ChoiceBox).display
    return copied[-1]


@pytest.mark.usefixtures("project")
async def test_each_letter_copies_the_original_text(server: ScriptedServer, copied: list[str]) -> None:
    async with browsing(server) as it:
        await reading(it, "J")
        assert await copy(it, "y", copied) == QUESTION
        assert await copy(it, "a", copied) == ANSWER
        assert (await copy(it, "t", copied)).startswith("## Turn 1")
        assert await copy(it, "i", copied) == uuid_of(1)
        assert f"/playground-conversations/{uuid_of(1)}/" in await copy(it, "l", copied)
        assert await copy(it, "o", copied) == f"clarifeye-tui open {uuid_of(1)}#1"
        assert json.loads(await copy(it, "j", copied))["chat_history"] == HISTORY
        assert (await copy(it, "m", copied)).startswith("# Conversation 1")
        await it.until(lambda: "Copied to the clipboard: conversation as Markdown" in " ".join(news(it)))
        await it.press("right_curly_bracket", "enter", *["down"] * 5)
        assert json.loads(await copy(it, "p", copied)) == {"query": "refund"}
        assert json.loads(await copy(it, "r", copied)) == [{"text": "30 days", "score": 0.9}]
        assert (await copy(it, "k", copied)).startswith("$")
        assert await copy(it, "v", copied)


@pytest.mark.parametrize("letter", ["a", "t", "b"])
async def test_of_a_long_conversation_all_of_a_turn_is_copied_although_only_its_begin_is_laid_out(
    server: ScriptedServer, copied: list[str], letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow = Document.grow

    def no_further(document: Document, seconds: float, lines: int | None = None) -> bool:
        return grow(document, seconds, lines) if lines is not None else True

    monkeypatch.setattr(Document, "grow", no_further)
    steps = [message(f"Step {number}.", role="assistant") for number in range(3000)]
    server.answer(LiveProject([conversation(1, chat_history=[message(QUESTION), *steps])]))
    async with browsing(server) as it:
        await it.until_read("refund window")
        document = it.transcript.reader.document
        assert document is not None
        assert document.growing
        for name, key in (("enter", None), ("right_square_bracket", "]"), ("y", "y"), (letter, letter)):
            it.app.post_message(events.Key(name, key))
        await it.until(lambda: copied)
        assert "Step 2999." in copied[0]
        assert document.growing


@pytest.mark.usefixtures("project")
async def test_the_menu_tells_sizes_and_goes_without_a_copy(server: ScriptedServer, copied: list[str]) -> None:
    async with browsing(server, size=(80, 24)) as it:
        await reading(it, "J", "y")
        await it.until(lambda: "question" in it.text)
        assert f"{len(QUESTION.encode())} B" in it.text
        await it.press("z")
        await it.until(lambda: "z is none of these" in it.text)
        await it.press("escape")
        await it.until(lambda: "question" not in it.lines[-4])
        assert not copied
        await it.press("y")
        await it.until(lambda: "conversation id" in it.text)
        await it.click(*it.find("conversation id"))
        await it.until(lambda: copied)
        assert copied == [uuid_of(1)]


@pytest.mark.usefixtures("project")
async def test_a_double_click_in_the_menu_chooses_nothing_in_the_list_behind_it(
    server: ScriptedServer, copied: list[str]
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        await it.press("y")
        (_, y), x = it.find("conversation id"), it.rows.region.x + 5
        for kind in (events.MouseDown, events.MouseUp) * 2:
            it.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await it.until(lambda: copied == [uuid_of(1)])
        assert it.rows.cursor == 0
        assert it.rows.has_focus


@pytest.mark.usefixtures("project")
async def test_in_the_list_the_conversation_under_the_cursor_is_copied(
    server: ScriptedServer, copied: list[str]
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        await it.press("down")
        assert await copy(it, "i", copied) == uuid_of(2)
        row = it.rows.window.row(1) if it.rows.window is not None else None
        assert row is not None
        row.raw = None  # type: ignore[union-attr]  # as after eviction
        assert json.loads(await copy(it, "j", copied))["id"] == uuid_of(2)


async def test_a_history_that_does_not_come_is_said(
    server: ScriptedServer, project: LiveProject, copied: list[str]
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        row = it.rows.window.row(0) if it.rows.window is not None else None
        assert row is not None
        row.raw = None  # type: ignore[union-attr]  # as after eviction
        server.answer(lambda _: error(403, "not yours"))
        await it.press("y", "m")
        await it.until(lambda: any("Not copied" in one and "not yours" in one for one in news(it)))
        assert not copied


async def test_control_characters_in_a_copy_are_warned_of(server: ScriptedServer, copied: list[str]) -> None:
    server.answer(LiveProject([conversation(1, chat_history=[message("refund window\x1b[201~\nrm -rf")])]))
    async with browsing(server) as it:
        await reading(it, "J")
        assert await copy(it, "y", copied) == "refund window\x1b[201~\nrm -rf"
        await it.until(lambda: any("control characters" in one for one in news(it)))


@pytest.mark.usefixtures("project")
async def test_without_any_route_it_says_that_nothing_was_copied(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path / "file")
        await reading(it, "y", "i")
        await it.until(lambda: any(one.startswith("Not copied: conversation id") for one in news(it)))


@pytest.mark.usefixtures("project")
async def test_marks_stay_with_their_conversations(server: ScriptedServer, project: LiveProject) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        await it.press("space", "space")
        await it.until_seen("2 marked")
        assert it.rows.cursor == 2
        project.rows = [conversation(900), *project.rows]
        await it.press("r")
        await it.until_seen("/40")
        marked = [line for line in it.lines if "▣" in line]
        assert len(marked) == 2
        assert "Conversation 1 " in marked[0]
        assert list(it.screen.project.marks) == [uuid_of(1), uuid_of(2)]
        await it.press("up", "space")
        await it.until_seen("1 marked")
        await it.press("U")
        await it.until_gone("marked")
        assert "▣" not in it.text


async def test_a_row_that_is_still_on_its_way_is_said_not_to_be_marked(
    server: ScriptedServer, project: LiveProject
) -> None:
    gate = threading.Event()
    project.on_list = lambda _request, offset, _limit: page_of([], hold=gate) if offset > 100 else None
    project.count = 500
    async with browsing(server) as it:
        await it.until_read("refund window")
        await it.press("end", "space")
        await it.until(lambda: news(it) == ["Not marked: this row is not here yet."])
        assert not it.screen.project.marks
        gate.set()


async def export(it: Browsing, *keys: str) -> None:
    await it.press("x")
    await it.until(lambda: isinstance(it.app.screen, ExportScreen))
    await it.press(*keys)


@pytest.mark.usefixtures("project")
async def test_this_conversation_the_marked_ones_and_all_are_exported(server: ScriptedServer, tmp_path: Path) -> None:
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it, "enter")
        await it.until(lambda: "Exported 1 conversation," in " ".join(news(it)))
        (first,) = files_in(tmp_path)
        assert first.name == "conversation-1.md"
        assert first.read_text().startswith("# Conversation 1")
        await it.press("down", "space", "down", "space")
        await export(it, "j", "enter")
        await it.until(lambda: "Exported 2 conversations" in " ".join(news(it)))
        marked = next(path for path in files_in(tmp_path) if "marked" in path.name)
        assert [row["id"] for row in json.loads(marked.read_text())] == [uuid_of(2), uuid_of(4)]
        await export(it, "3", "l", "tab", "tab", "ctrl+u")
        await it.type("all of it")
        await it.press("enter")
        await it.until(lambda: "Exported 39 conversations" in " ".join(news(it)))
        assert len((tmp_path / "all-of-it.jsonl").read_text().splitlines()) == 39
        assert str(tmp_path / "all-of-it.jsonl") in news(it)[-1]


async def test_failed_turns_only_or_questions_and_answers_are_exported_by_key_and_by_mouse(
    server: ScriptedServer, project: LiveProject, tmp_path: Path
) -> None:
    failed = [message("And then?", query_id=2), tool_call(query_id=2, results=[{"error_code": "BROKEN"}])]
    project.rows[0]["chat_history"] = [*HISTORY, *failed]
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it, "f")
        await it.until(lambda: "f  (•) Markdown, failed turns only" in it.text)
        await it.press("tab", "tab", "ctrl+u", *"failed", "enter")
        await it.until(lambda: "failed.md" in " ".join(news(it)))
        assert "damaged" not in (text := (tmp_path / "failed.md").read_text())
        assert "BROKEN" in text
        await export(it)
        await it.until(lambda: "Markdown, questions" in it.text)
        await it.click(*it.find("Markdown, questions"))
        await it.until(lambda: "a  (•) Markdown, questions" in it.text)
        await it.press("tab", "tab", "ctrl+u", *"answers", "enter")
        await it.until(lambda: "answers.md" in " ".join(news(it)))
        text = (tmp_path / "answers.md").read_text()
        assert "Tool call:" not in text
        assert re.findall("^> (.+)", text, re.MULTILINE)[-2:] == ["It is `30 days`.\tReally.", "And then?"]


@pytest.mark.usefixtures("project")
async def test_in_a_low_window_the_formats_of_markdown_share_a_row(server: ScriptedServer, tmp_path: Path) -> None:
    async with browsing(server, size=(80, 12)) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_seen("Conversation 1")
        await export(it)
        await it.until(lambda: "m  (•) Markdown (f, a: other parts)" in it.text)
        await it.press("a")
        await it.until(lambda: "a  (•) Markdown, questions and answers (m, f: other parts)" in it.text)
        await it.press("j")
        await it.until(lambda: "j  (•) JSON," in it.text)
        assert "m  ( ) Markdown (f, a" in it.text
        await it.pilot.resize_terminal(80, 24)
        await it.until(lambda: "f  ( ) Markdown, failed turns only" in it.text)


@pytest.mark.usefixtures("project")
async def test_an_export_begins_with_what_is_marked_in_the_folder_of_the_one_before(
    server: ScriptedServer, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it, "tab", "ctrl+u", *"elsewhere", "enter")
        await it.until(lambda: len(news(it)) == 1)
        await it.press("space")
        await export(it)
        await it.until(lambda: "2  (•) 1 marked conversation" in it.text and "3  ( ) all" in it.text)
        await it.press("enter")
        await it.until(lambda: len(list((tmp_path / "elsewhere").glob("*.md"))) == 2)


@pytest.mark.usefixtures("project")
async def test_choices_are_numbered_without_a_hole_and_a_long_name_shows_its_end(
    server: ScriptedServer, project: LiveProject, tmp_path: Path
) -> None:
    project.rows[0]["name"] = "A name that is much longer than the line that it is shown in " * 3
    async with browsing(server, size=(60, 20)) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path / ("long" * 20))
        await it.until_seen("A name that is")
        await export(it, "2")
        await it.until(lambda: "2  (•) all under the filter" in it.text)
        await it.press("1")
        await it.until(lambda: "a-name-that-is-much-longer-than-the.md" in it.text)
        await it.until(lambda: "folder …" in it.text and "longlong " in it.text)
        assert "name …" not in it.text


@pytest.mark.usefixtures("project")
async def test_a_file_is_replaced_only_after_a_question(server: ScriptedServer, tmp_path: Path) -> None:
    old = tmp_path / "conversation-1.md"
    old.write_text("precious")
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it, "enter")
        await it.until(lambda: "is there already" in it.text)
        await it.press("n", *"2", "enter")
        await it.until(lambda: len(news(it)) == 1)
        assert old.read_text() == "precious"
        assert len(files_in(tmp_path)) == 2
        await export(it, "enter")
        await it.until(lambda: "is there already" in it.text)
        await it.press("escape")
        assert old.read_text() == "precious"
        await it.press("enter")
        await it.until(lambda: "is there already" in it.text)
        await it.press("r")
        await it.until(lambda: old.read_text().startswith("# Conversation 1"))


@pytest.mark.usefixtures("project")
async def test_only_the_file_that_was_asked_about_is_replaced(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "conversation-1.md").write_text("precious")
    other = tmp_path / "other.md"
    other.write_text("precious, too")
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it, "enter")
        await it.until(lambda: "is there already" in it.text)
        await it.press("tab", "tab", "ctrl+u", *"other", "escape", "r")
        await it.until(lambda: "other.md is there already" in it.text)
        assert other.read_text() == "precious, too"
        await it.press("r")
        await it.until(lambda: other.read_text().startswith("# Conversation 1"))


@pytest.mark.usefixtures("project")
async def test_a_dialogue_takes_the_colours_of_another_theme_over(server: ScriptedServer, tmp_path: Path) -> None:
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        await export(it)
        it.app.post_message(BackgroundTold("light", it.app.theme))
        await it.until(lambda: not it.app.current_theme.dark)
        now = Palette(it.app.theme_variables).resolve("accent strong")
        await it.until(
            lambda: all(menu.inks.palette.resolve("accent strong") == now for menu in it.app.screen.query(MenuList))
        )


async def test_an_export_shows_how_far_it_is_and_can_be_cancelled(
    server: ScriptedServer, project: LiveProject, tmp_path: Path
) -> None:
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("refund window")
        gate = threading.Event()
        first = project.rows[:20]

        def held(_request: Request, offset: int, _limit: int) -> Answer | None:
            return page_of([], hold=gate) if offset else page_of(first, count=39)

        project.on_list = held
        await export(it, "2", "enter")
        await it.until(lambda: "/39 ·" in it.text)
        await it.press("escape")
        await it.until(lambda: "Cancelled: nothing was left behind" in it.text)
        gate.set()
        await it.until(lambda: not files_in(tmp_path))
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.screen)


@pytest.mark.usefixtures("project")
async def test_a_folder_that_is_not_there_is_said(server: ScriptedServer, tmp_path: Path) -> None:
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path / "missing")
        await it.until_read("refund window")
        await export(it, "enter")
        await it.until(
            lambda: "cannot be written (No such file or directory)" in " ".join(it.text.replace("│", " ").split())
        )


@pytest.mark.usefixtures("project")
async def test_dragging_over_the_conversation_copies_what_was_written(
    server: ScriptedServer, copied: list[str]
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        x, y = it.find("What is **the** refund window?")
        view = it.transcript.region
        await it.pilot.mouse_down(it.transcript, offset=(x - view.x + 5, y - view.y))
        for to_x, to_y in ((x + 8, y), (x + 3, y + 2)):
            it.transcript.post_message(
                events.MouseMove(it.transcript, to_x - view.x, to_y - view.y, 0, 0, 1, False, False, False)
            )
        await it.pilot.pause()
        await it.pilot.mouse_up(it.transcript, offset=(x - view.x + 3, y - view.y + 2))
        await it.until(lambda: copied)
        assert copied == ["is **the** refund window?\n\n- da"]
        assert it.transcript.reader.selection.span is not None
        await it.press("escape")
        assert it.transcript.reader.selection.span is None


async def drag(it: Browsing, x: int, y: int) -> None:
    """Move the mouse with its button down."""
    it.app.post_message(events.MouseMove(None, x, y, 0, 0, 1, False, False, False, x, y))
    await it.worked_through()


@pytest.mark.usefixtures("project", "copied")
@pytest.mark.parametrize("how", ["escape", "another conversation"])
async def test_what_ends_a_selection_while_the_button_is_down_leaves_the_mouse_to_all_parts(
    server: ScriptedServer, how: str
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        x, y = it.find("What is **the** refund window?")
        await it.pilot.mouse_down(offset=(x + 5, y))
        await drag(it, x + 8, y)
        if how == "escape":
            await it.press("escape")
        else:
            it.rows.go(1)
            await it.until_read("Question 2")
        await it.pilot.mouse_up(offset=(x + 8, y))
        await it.click(*it.find("Conversation 5 "))
        await it.until(lambda: it.rows.cursor == 4)


@pytest.mark.usefixtures("project")
async def test_what_is_being_selected_is_copied_although_names_come_meanwhile(
    server: ScriptedServer, copied: list[str]
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        x, y = it.find("What is **the** refund window?")
        await it.pilot.mouse_down(offset=(x, y))
        await drag(it, x + 6, y)
        it.transcript.act(Reader.refresh_people, {uuid_of(7): "anna@example.org"})
        x += 6
        it.app.post_message(events.MouseUp(None, x, y, 0, 0, 1, False, False, False, x, y))
        await it.until(lambda: copied == ["What is"])


@pytest.mark.usefixtures("project", "copied")
async def test_what_was_selected_does_not_stay_on_lines_that_are_others_in_another_width(
    server: ScriptedServer,
) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        x, y = it.find("What is **the** refund window?")
        await it.pilot.mouse_down(offset=(x + 5, y))
        await drag(it, x + 8, y)
        await it.pilot.mouse_up(offset=(x + 8, y))
        assert it.transcript.reader.selection.span is not None
        await it.pilot.resize_terminal(100, 40)
        await it.until(lambda: it.transcript.reader.selection.span is None)


@pytest.mark.usefixtures("project")
async def test_the_mouse_is_given_to_the_terminal_and_taken_back_in_words(server: ScriptedServer) -> None:
    async with browsing(server) as it:
        await it.until_read("refund window")
        await it.press("m")
        await it.until_seen("the mouse selects in the terminal, m takes it back")
        await it.press("m")
        await it.until_gone("the mouse selects")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (130, 40)])
async def test_the_menu_and_the_export_fit_every_screen(
    server: ScriptedServer, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(server, size=size) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_seen("Conversation 1")
        await it.press("space")
        await export(it)
        await it.until(lambda: "Enter exports" in it.text and "JSON Lines" in it.text)
        assert "Export" in it.text
        assert "folder" in it.text
        await it.press("escape", "y")
        await it.until(lambda: "as JSON" in it.text)
        assert "Esc leaves" in it.text
