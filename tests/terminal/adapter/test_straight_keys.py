"""Keys with a command are run where they are read: in their order, as the app's own, and painted once at their end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextvars import Context
from typing import Any, ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.terminal.adapter.app import TerminalApp
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.adapter.straight_keys import tell
from tui.terminal.input.keymap import Command, Keymap, key_name


class Moved(Message):
    """The part has moved to a line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Moved)


class Left(Message):
    """The part gives the keys to another one."""


def move(part: "Part", by: int) -> None:
    part.line += by
    part.refresh()
    tell(part, Moved(part.line))


def fail(_part: "Part") -> None:
    raise LookupError("a fault of a command")


def note(part: "Part", word: str) -> None:
    part.notes.append(word)


def choose(part: "Part") -> None:
    part.notes.append("menu")
    app = part.app
    assert isinstance(app, TerminalApp)
    app.straight_keys.typed.begin("copy")


def say(part: "Part") -> None:
    part.notify("said", timeout=600)


def begin(part: "Part") -> None:
    """A timer and a worker, each of which takes a note."""

    async def work() -> None:
        part.notes.append("worked")

    part.set_timer(0.001, lambda: part.notes.append("rang"))
    part.run_worker(work())


def ask(part: "Part") -> None:
    part.app.push_screen(Dialogue(), lambda answer: part.notes.append(f"answered {answer}"))


def write(part: "Part") -> None:
    part.screen.set_focus(part.screen.query_one(Input))


async def wait(part: "Part") -> None:
    await asyncio.sleep(0)
    part.notes.append("waited")


def widen(part: "Part") -> None:
    part.styles.width = 10


def other(part: "Part") -> None:
    tell(part, Left())


def cover(part: "Part") -> None:
    part.app.push_screen(Main())


def close(part: "Part") -> None:
    part.screen.dismiss()


def leave(part: "Part") -> None:
    part.app.exit()


class Part(Widget, can_focus=True):
    """A line that is moved to, and notes of what was done."""

    BINDINGS: ClassVar = [Binding("b", "bound")]
    keymap: ClassVar[Keymap["Part"]] = Keymap(
        "here",
        [
            Command("down", "j down", "down", move, (1,)),
            Command("up", "k", "up", move, (-1,)),
            Command("fail", "!", "fail", fail),
            Command("say", "s", "say something", say),
            Command("begin", "t", "begin something", begin),
            Command("ask", "?", "ask", ask),
            Command("write", "/", "write", write),
            Command("wait", "w", "wait", wait),
            Command("widen", "z", "widen", widen),
            Command("copy", "y", "copy: a letter says what", choose),
            Command("line", "y", "copy the line", note, ("line",), after="copy"),
            Command("first", "f", "never run", note, ("f",)),
            Command("other", "o", "go to the other part", other),
            Command("cover", "c", "show another screen", cover),
            Command("close", "x", "close it", close),
            Command("banned", "n", "not to be had now", note, ("banned",)),
            Command("leave", "q", "leave", leave),
        ],
    )

    def __init__(self) -> None:
        super().__init__()
        self.line = 0
        self.painted: list[int] = []
        self.notes: list[str] = []

    def do(self, command: Command[Any]) -> object:
        return command.run(self, *command.arguments)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return parameters != ("banned",)

    def action_bound(self) -> None:
        self.notes.append("bound")

    def render_line(self, y: int) -> Strip:
        if y == 0:
            self.painted.append(self.line)
        return Strip.blank(self.size.width)

    def on_mouse_down(self) -> None:
        self.notes.append("pressed")
        self.capture_mouse()

    def on_mouse_scroll_down(self) -> None:
        self.notes.append("wheel")

    def on_mouse_release(self) -> None:
        self.notes.append("released")


class Dialogue(ModalScreen[str]):
    """Asks for a letter."""

    BINDINGS: ClassVar = [Binding("j", "dismiss('j')")]

    def compose(self) -> ComposeResult:
        yield Static("?")


class Main(PaintedScreen[None]):
    """Hears of moves."""

    AUTO_FOCUS = "Part"
    heard: list[int]

    def compose(self) -> ComposeResult:
        self.heard = []
        with Vertical():
            yield Part()
            yield Input()
            yield Part()

    def on_left(self) -> None:
        one, other = self.query(Part)
        self.set_focus(other if one is self.focused else one)
        move(one, 100)

    def on_moved(self, event: Moved) -> None:
        self.heard.append(event.line)


class Keyed(TerminalApp[None]):
    """Has a part with a table."""

    CSS = "Part { height: 5; }"
    BINDINGS: ClassVar = [Binding("f", "priority", priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self.displays = 0

    def get_default_screen(self) -> Screen[Any]:
        return Main()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.displays += 1
        super()._display(screen, renderable)

    @property
    def part(self) -> Part:
        return self.screen_stack[0].query_one(Part)

    @property
    def heard(self) -> list[int]:
        main = self.screen_stack[0]
        assert isinstance(main, Main)
        return main.heard

    def action_priority(self) -> None:
        self.part.notes.append("priority")


def key(name: str) -> events.Key:
    return events.Key(key_name(name), name if len(name) == 1 else None)


def mouse(kind: type[events.MouseEvent], x: int = 3, y: int = 2) -> events.MouseEvent:
    return kind(None, x, y, 0, 0, 1, False, False, False, x, y)


def read(app: Keyed, *typed: str | events.Event) -> None:
    """What the driver does with what was typed at once: from a callback of the loop, where no context is set."""

    def take() -> None:
        for one in typed:
            app.take_input(key(one) if isinstance(one, str) else one)
        app.all_taken()

    Context().run(take)


async def until(app: Keyed, condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            app.call_later(lambda: None)
            await asyncio.sleep(0.001)


@contextlib.asynccontextmanager
async def keyed() -> AsyncIterator[Keyed]:
    app = Keyed()
    async with app.run_test(size=(60, 20)) as pilot:
        await until(app, lambda: app.part.has_focus and app.part.painted)
        await pilot.pause()
        yield app
        await pilot.pause()


async def test_a_command_has_had_its_effect_and_is_painted_before_anything_else() -> None:
    async with keyed() as app:
        before = app.displays
        read(app, "j")
        assert (app.part.line, app.part.painted[-1], app.heard) == (1, 1, [1])
        assert app.displays == before + 1


async def test_what_is_typed_at_once_is_painted_and_told_once() -> None:
    async with keyed() as app:
        before = app.displays
        read(app, *["down"] * 200)
        assert (app.part.line, app.part.painted[-1], app.heard) == (200, 200, [200])
        assert app.displays == before + 1
        read(app, "j", "k", "j")
        assert app.heard == [200, 201, 200, 201]


async def test_nothing_is_painted_while_more_keys_are_taken_or_the_terminal_lags(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with keyed() as app:
        before = app.displays
        app.take_input(key("j"))
        app.part.check_idle()
        await asyncio.sleep(0.05)
        assert app.displays == before
        app.all_taken()
        assert app.displays == before + 1
        monkeypatch.setattr(app._driver, "busy", True, raising=False)
        read(app, "j")
        assert (app.part.line, app.part.painted[-1]) == (2, 1)
        monkeypatch.setattr(app._driver, "busy", False)
        await until(app, lambda: app.part.painted[-1] == 2)


async def test_no_key_overtakes_what_was_read_before_it() -> None:
    async with keyed() as app:
        for _ in range(3):
            read(app, mouse(events.MouseDown), "y", "y", mouse(events.MouseScrollDown), "w", "b", "y", "y")
            await until(app, lambda: len(app.part.notes) >= 8)
            assert app.part.notes == ["pressed", "menu", "line", "wheel", "waited", "bound", "menu", "line"]
            app.part.notes.clear()
            app.capture_mouse(None)
            await until(app, lambda: app.part.notes == ["released"])
            app.part.notes.clear()


async def test_a_line_and_a_dialogue_get_what_is_typed_behind_the_key_that_opens_them() -> None:
    async with keyed() as app:
        read(app, "/", "a", "b", "j", events.Paste("cd"), "j")
        line = app.screen.query_one(Input)
        assert app.focused is line
        await until(app, lambda: line.value == "abjcdj")
        app.screen.set_focus(app.part)
        read(app, "?", "j", "j", "j")
        await until(app, lambda: app.part.line == 2)
        assert app.part.notes == ["answered j"]


async def test_who_gets_the_keys_by_what_a_command_tells_gets_the_next_key() -> None:
    async with keyed() as app:
        one, other = app.screen.query(Part)
        read(app, "o", "j", "j")
        assert (app.focused, one.line, other.line) == (other, 100, 2)
        assert app.heard == [100, 2]


async def test_a_pending_state_stays_until_a_command_ends_it() -> None:
    async with keyed() as app:
        read(app, "y", "j", "y", "j")
        assert (app.part.notes, app.part.line) == (["menu", "line"], 1)


async def test_notices_timers_workers_and_dialogues_of_a_command_are_the_apps() -> None:
    async with keyed() as app:
        read(app, "s", "t", "w", "?")
        await until(app, lambda: {"rang", "worked", "waited"} <= set(app.part.notes))
        assert [notice.message for notice in app._notifications] == ["said"]
        await until(app, lambda: isinstance(app.screen, Dialogue) and app.screen.is_running)


async def test_what_a_command_raises_is_the_fault_of_the_app() -> None:
    app = Keyed()
    with contextlib.suppress(LookupError):
        async with app.run_test() as pilot:
            await until(app, lambda: app.part.has_focus)
            read(app, "!", "j")
            await pilot.pause()
    assert isinstance(app.faults.first, LookupError)


async def test_an_app_that_is_left_runs_no_command_any_more() -> None:
    app = Keyed()
    async with app.run_test():
        await until(app, lambda: app.part.has_focus)
        part = app.part
        read(app, "q", "j")
    assert part.line == 0


async def test_a_screen_that_is_closed_gets_nothing_any_more() -> None:
    async with keyed() as app:
        below = app.part
        read(app, "c", "j")
        await until(app, lambda: isinstance(app.focused, Part) and app.focused is not below)
        above = app.focused
        assert isinstance(above, Part)
        await until(app, lambda: above.line == 1)
        read(app, "x", "j", "j")
        await until(app, lambda: below.line == 2)
        assert above.line == 1


async def test_what_a_part_says_is_not_to_be_had_now_is_not_done() -> None:
    async with keyed() as app:
        read(app, "n", "j")
        await until(app, lambda: app.part.line == 1)
        assert not app.part.notes


async def test_keys_with_priority_and_keys_of_a_window_too_small_go_their_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async with keyed() as app:
        read(app, "f")
        await until(app, lambda: app.part.notes == ["priority"])
        monkeypatch.setattr(app.small_window, "_smallest", Size(61, 20))
        app.small_window.resized(app.size)
        read(app, "j", "j")
        await until(app, lambda: app.type_ahead.is_calm)
        assert app.part.line == 0


async def test_a_drag_ends_with_a_command_that_lays_out_anew_and_no_other() -> None:
    async with keyed() as app:
        read(app, mouse(events.MouseDown))
        await until(app, lambda: app.mouse_captured is app.part)
        read(app, "j")
        await until(app, lambda: app.part.line == 1)
        assert app.mouse_captured is app.part
        read(app, "z")
        await until(app, lambda: app.part.notes == ["pressed", "released"])
        assert app.mouse_captured is None


async def test_keys_of_a_pilot_take_the_same_way() -> None:
    app = Keyed()
    async with app.run_test() as pilot:
        await pilot.press("j", "j", "k", "b", "y", "y")
        assert (app.part.line, app.heard[-1]) == (1, 1)
        assert app.part.notes == ["bound", "menu", "line"]
