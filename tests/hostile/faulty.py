"""The command with a fault built in: `python -m tests.hostile.faulty KIND ARGUMENTS…`; `&` sets it off."""

import asyncio
import os
import sys
import threading
from typing import Any, NoReturn, cast

from textual import events

import tui.cli
import tui.opening
from tui.app import BrowserApp
from tui.screens.browse.screen import BrowseScreen
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.paint.frame import Frame
from tui.widgets.lists.conversation_list import ConversationList

WORDS = "what a stranger said, and the token {token}"


def _fail(screen: BrowseScreen) -> NoReturn:
    """Fail with secrets and conversation text in the message and in the local variables."""
    token = os.environ["CLARIFEYE_TOKEN"]
    conversation = screen.query_one(ConversationList).window
    raise RuntimeError(WORDS.format(token=token) + str(conversation))


async def _fail_later(screen: BrowseScreen) -> None:
    await asyncio.sleep(0)
    _fail(screen)


def _set_off(kind: str, screen: BrowseScreen) -> None:
    if kind == "key":
        _fail(screen)
    elif kind == "timer":
        screen.set_timer(0.001, lambda: _fail(screen))
    elif kind == "worker":
        screen.run_worker(_fail_later(screen))
    elif kind == "quiet worker":
        screen.run_worker(_fail_later(screen), exit_on_error=False)
    elif kind == "thread":
        threading.Thread(target=_fail, args=(screen,)).start()
    elif kind == "callback":
        _fail_in_a_callback(screen)
    elif kind == "paint":
        _replace(ConversationList, "render_lines", lambda *_: _fail(screen))
        screen.query_one(ConversationList).refresh()


def _fail_in_a_callback(screen: BrowseScreen) -> None:
    """Fail in a picture that is painted when the terminal is free again."""
    before = Frame.flush

    def once(_frame: Frame) -> NoReturn:
        _replace(Frame, "flush", before)
        _fail(screen)

    _replace(Frame, "flush", once)
    asyncio.get_running_loop().call_soon(cast("TerminalApp[Any]", screen.app).painter.flush)


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def main(kind: str, arguments: list[str]) -> int:
    """Build the fault in, and run."""
    if kind == "start":
        _replace(tui.opening, "_ask_early", lambda *_: _raise())
    if kind == "mount":
        _replace(BrowseScreen, "on_mount", lambda _self: _raise())
    if kind == "cancelled":
        _replace(BrowserApp, "on_mount", lambda _self: _raise(asyncio.CancelledError))
    if kind == "exit":
        _replace(BrowseScreen, "on_mount", lambda _self: _raise(SystemExit))
    if kind == "reader":
        from tui.terminal.adapter.key_parser import KeyParser

        take = KeyParser.take
        _replace(KeyParser, "take", lambda self, text: _raise() if "&" in text else take(self, text))
    before: Any = BrowseScreen.on_key if hasattr(BrowseScreen, "on_key") else None

    def on_key(self: BrowseScreen, event: events.Key) -> None:
        if event.character == "&":
            _set_off(kind, self)
        elif before is not None:
            before(self, event)

    _replace(BrowseScreen, "on_key", on_key)
    return tui.cli.main(arguments)


def _raise(kind: type[BaseException] = KeyError) -> NoReturn:
    raise kind(WORDS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
