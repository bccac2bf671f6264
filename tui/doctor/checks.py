"""What works here and what does not, each with its fix; the token is read where that is needed, and never told."""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tui.api.client import Client
from tui.api.errors import ApiError
from tui.api.http.proxies import VARIABLES
from tui.api.query import ConversationFilter, is_loopback
from tui.config.errors import ConfigError
from tui.config.resolve import resolve
from tui.config.settings import Connection, Flags
from tui.config.show import UNUSABLE, describe
from tui.terminal.adapter.private import missing
from tui.terminal.capabilities import TRUE_COLOUR_WISHES, Capabilities
from tui.terminal.clipboard import Route, routes

State = Literal["ok", "note", "wrong"]

ROUTES: dict[Route, str] = {
    "native": "the clipboard of this machine",
    "tmux": "a tmux buffer, which tmux 3.2 and later passes on to the terminal outside",
    "osc52": "OSC 52: the terminal is asked to take it",
    "file": "a private file, whose path is shown",
}
"""What each route is, in words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `fix` says what to do where something is wrong or could be better."""

    name: str
    words: str
    state: State = "ok"
    fix: str = ""


def examine_settings(flags: Flags, environ: Mapping[str, str]) -> Iterator[Finding]:
    """The config file and each setting with its source."""
    try:
        for name, words in describe(flags, environ):
            yield Finding(name, words, "note" if words.startswith(UNUSABLE) else "ok")
    except ConfigError as error:
        yield Finding("settings", error.title, "wrong", error.hint)


def examine_service(flags: Flags, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the settings lead to an answer, asked for with one request."""
    try:
        settings = resolve(flags, environ)
    except ConfigError as error:
        yield Finding("connection", error.title, "wrong", error.hint)
        return
    for warning in settings.warnings:
        yield Finding("privacy", warning, "note")
    yield from examine_connection(settings.connection, environ)


def examine_connection(connection: Connection, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Encryption, proxy, one request of one conversation, and what is told beside conversations."""
    server = urlsplit(connection.base_url)
    loopback = is_loopback(server.hostname or "")
    if server.scheme == "https":
        authority = environ.get("SSL_CERT_FILE", "")
        yield Finding("encryption", f"TLS, certificates are checked{f', also by {authority}' if authority else ''}")
    elif loopback:
        yield Finding("encryption", "none is needed: the server is this very machine")
    else:
        yield Finding("encryption", "none: the token crosses the network in the clear", "wrong", "Use https.")
    proxies = [name for name in VARIABLES if environ.get(name, environ.get(name.lower()))]
    if proxies and not loopback:
        yield Finding("proxy", f"from {', '.join(proxies)}", "note")
    yield from asyncio.run(_ask(connection))
    if connection.impersonate:
        words = f"asked for {connection.impersonate}; the service never says whether it answered as them"
        yield Finding("impersonation", words, "note")


_WITHOUT = {
    "feedback": "What people said of the answers is not shown.",
    "agents": "What an agent was told cannot be looked at.",
    "tools": "Tool calls are told by their type alone.",
}


async def _ask(connection: Connection) -> list[Finding]:
    client = Client(connection)
    begun = time.monotonic()
    try:
        page = await client.conversations(ConversationFilter(), 1, 0)
        count = "an unknown number of" if page.count is None else f"{page.count:,}"
        answered = Finding("request", f"answered in {time.monotonic() - begun:.1f} s: {count} conversations")
        return [answered, *[_beside(name, error) async for name, error in client.try_beside()]]
    except ApiError as error:
        return [Finding("request", _words(error), "wrong", error.advice)]
    finally:
        await client.close()


def _beside(name: str, error: ApiError | None) -> Finding:
    """Whether something is told beside conversations, and what is missing without it."""
    if error is None:
        own = "; of feedback those who are no admins see their own" if name == "feedback" else ""
        return Finding(name, f"told{own}")
    return Finding(name, f"not told: {_words(error)}", "note", _WITHOUT[name])


def _words(error: ApiError) -> str:
    return f"{error.title}{f' ({error.detail})' if error.detail else ''}"


def examine_terminal(terminal: Capabilities, environ: Mapping[str, str], size: tuple[int, int]) -> Iterator[Finding]:
    """What the screen can show here."""
    if not (terminal.input_tty and terminal.output_tty):
        words = "not at its input" if terminal.output_tty else "not a terminal"
        yield Finding("terminal", words, "wrong", "Run it in one, and not behind a pipe; over SSH use ssh -t.")
    elif not terminal.cursor_control:
        fix = "Set TERM to what the terminal really is, e.g. xterm-256color."
        yield Finding("terminal", f"no cursor control (TERM={terminal.term})", "wrong", fix)
    else:
        small = size[0] < 40 or size[1] < 12
        words = f"TERM={terminal.term}, {size[0]}×{size[1]}"
        fix = "Enlarge it to 40×12 at least; 120×24 shows three panes." if small else ""
        yield Finding("terminal", words, "wrong" if small else "ok", fix)
    yield _colours(terminal, environ.get("COLORTERM", ""))
    if missing():
        fix = "Install textual 8.2.8, the release that this was made with."
        yield Finding("painting", f"slower, Textual's own: {missing()[0]} is not as expected", "note", fix)
    if not terminal.unicode:
        fix = f"Set {terminal.locale_variable} to a UTF-8 locale, e.g. C.UTF-8."
        yield Finding("characters", "the locale is not UTF-8", "note", fix)
    if terminal.multiplexer:
        yield Finding("multiplexer", terminal.multiplexer)
    if terminal.multiplexer == "screen":
        yield Finding("screen", "no clipboard, few colours", "note", "tmux passes on more.")
    yield Finding("SSH", "yes" if terminal.ssh else "no")


def _colours(terminal: Capabilities, wanted: str) -> Finding:
    if terminal.no_color:
        return Finding("colours", "none, as NO_COLOR asks", "note", "Unset NO_COLOR to see colours.")
    words = {0: "none", 16: "16", 256: "256", 16777216: "all (true colour)"}[terminal.colours]
    if terminal.true_colour:
        return Finding("colours", words)
    if wanted.strip().lower() in TRUE_COLOUR_WISHES:  # which is set already, and to no avail
        fix = f"TERM={terminal.term} stands for a terminal without more; set TERM to what it really is."
        return Finding("colours", words, "note", fix)
    fix = "If the terminal knows true colour, set COLORTERM=truecolor"
    tmux = "; in tmux also: set -as terminal-features ',*:RGB'" if terminal.multiplexer == "tmux" else ""
    return Finding("colours", words, "note", f"{fix}{tmux}.")


def examine_files(state_folder: Path) -> Finding:
    """Whether the place and saved filters can be kept."""
    folder = next(path for path in (state_folder, *state_folder.parents) if path.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding("state folder", str(state_folder))
    return Finding(
        "state folder", f"{state_folder} cannot be written", "wrong", "Your place and saved filters are lost."
    )


def examine_facts(state_folder: Path) -> Finding:
    """What is kept of conversations, by this start or an earlier one."""
    from tui.store.facts.kept_file import facts_folder, kept_files

    found = kept_files(state_folder)
    if not found:
        return Finding("kept facts", "none are there")
    size = sum(path.lstat().st_size for path in found) / 1e6
    words = f"{size:.1f} MB in {facts_folder(state_folder)}, readable by you alone, in clear: "
    words += "names, tags, people, first questions, parameters and failures of tool calls"
    return Finding("kept facts", words, "note", "clarifeye-tui forget deletes them.")


def examine_clipboard(environ: Mapping[str, str], *, files: bool = True) -> Iterator[Finding]:
    """The routes to a clipboard that would be tried here, in their order; not all may write `files`."""
    for number, route in enumerate((route for route in routes(environ) if files or route != "file"), 1):
        yield Finding(f"clipboard {number}", ROUTES[route])
    if environ.get("TMUX"):
        fix = "In tmux: set -s set-clipboard on, and allow the clipboard in the terminal outside."
        yield Finding("clipboard", "whether the terminal outside takes it is its own choice", "note", fix)
