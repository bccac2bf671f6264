"""Opens the screen of a project, and then of each other one that is chosen inside, in the same terminal.

What is not needed for every start is imported where it is used: something should be on the screen 45 ms after exec.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.config.choices import Choices
from tui.config.errors import ConfigError, MissingSetting
from tui.config.settings import PROGRAM, Flags

if TYPE_CHECKING:
    from tui.api.http.first_page import FirstPage
    from tui.app import Ended
    from tui.config.settings import Settings
    from tui.store.saved.session import Session
    from tui.terminal.capabilities import Capabilities
    from tui.terminal.paint.skeleton import Skeleton
    from tui.terminal.process.environment import Surroundings
    from tui.terminal.process.messages import Messages
    from tui.terminal.process.tty_guard import TtyGuard

Say = Callable[[str], None]
"""Tells a line on standard error."""


def browse(flags: Flags, say: Say) -> int:
    """Browse projects until the program is left; returns the exit code."""
    from tui.config.resolve import check_demo, resolve

    choices = Choices(flags, dict(os.environ))
    if flags.demo:
        check_demo(flags)
        return _browse_demo(flags, choices, require_terminal(), say)
    try:
        settings = resolve(flags, choices.environ)
    except MissingSetting:
        if not _ask(flags, choices):
            raise
        settings = resolve(flags, choices.environ)
    return _browse_from(settings, choices, require_terminal(), say)


def _ask(flags: Flags, choices: Choices) -> bool:
    """Ask for what is missing, where there is no profile and somebody to answer; whether there is a profile then."""
    from pathlib import Path

    from tui.config.new_profile import answers_at_first

    known = answers_at_first(flags, os.environ) if os.isatty(0) else None
    if known is None:
        return False
    from tui.app import ask_for_a_project
    from tui.terminal.process.tty_guard import leave_signals

    try:
        return ask_for_a_project(Path(choices.path), os.environ, require_terminal(), known)
    finally:
        leave_signals()  # the command that prints the token may take its time now


def _browse_demo(flags: Flags, choices: Choices, terminal: "Capabilities", say: Say) -> int:
    from tui.config.resolve import demo_settings
    from tui.demo.launch import start_demo

    demo = start_demo()
    try:
        settings = demo_settings(flags, demo.base_url, demo.project_id, demo.token)
        return _browse_from(settings, choices, terminal, say, demo.close)
    finally:
        demo.close()


def _browse_from(
    settings: "Settings",
    choices: Choices,
    terminal: "Capabilities",
    say: Say,
    when_left: Callable[[], None] | None = None,
) -> int:
    """Begin with a project, and go on with those that are chosen; `when_left` is called once the first one is left."""
    from tui.terminal.process.messages import Messages
    from tui.terminal.process.tty_guard import TtyGuard

    _tell(settings, say)
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)  # exported by some shells, and wrong from the first resize on
    if not terminal.no_color:
        os.environ.pop("NO_COLOR", None)  # empty, it asks for nothing; Textual would leave out the colours
    guard = TtyGuard(output=terminal.output)
    later: list[Settings] = []
    lost: list[str] = []
    messages = Messages()
    try:
        while True:
            ended = _open_screen(settings, choices, terminal, guard, messages)
            lost += [ended.lost] if ended.lost else []
            if ended.chosen is None:
                break
            settings = ended.chosen
            later.append(settings)
            if when_left is not None:
                when_left()
    finally:
        guard.give_back()
    for one in later:
        _tell(one, say)
    for words in lost:
        say(f"{PROGRAM}: {words}")
    if ended.code == 0 and ended.last_read is not None:
        _print_way_back(settings, *ended.last_read)
    return ended.code


def _tell(settings: "Settings", say: Say) -> None:
    for warning in settings.warnings:
        say(f"{PROGRAM}: {warning}.")


def _open_screen(
    settings: "Settings", choices: Choices, terminal: "Capabilities", guard: "TtyGuard", messages: "Messages"
) -> "Ended":
    if settings.log_file is not None:
        from tui.config.logs import open_log
        from tui.terminal.text.clean import clean

        open_log(settings.log_file, settings.connection.token, clean)
    from tui.terminal.paint.skeleton import paint_skeleton
    from tui.terminal.process.turns import take_short_turns
    from tui.zone import ZONE

    ZONE.choose(settings.time_zone)
    if settings.restricted:
        from tui.config.secret import drop_switches
        from tui.terminal.process.tty_guard import never_stop

        drop_switches(os.environ)
        never_stop()  # until the screen is there, Ctrl-Z would still be the terminal's
    guard.end_on_signals()
    title = f"{PROGRAM} · {settings.connection.name}"
    skeleton = paint_skeleton(title, terminal.output, unicode=terminal.unicode)
    guard.before_end = skeleton.be_still
    guard.kept = False
    take_short_turns()
    try:
        session = _session(settings)
        first_page = _ask_early(settings, session)
        _paint_early(first_page, settings, session, terminal, skeleton)
        from tui.app import run

        ended = run(
            settings,
            first_page,
            session=session,
            capabilities=terminal,
            surroundings=_surroundings(settings),
            skeleton=skeleton,
            choices=choices,
            messages=messages,
        )
    finally:
        guard.end_on_signals()
        skeleton.undo()
    guard.kept = ended.chosen is not None
    return ended


def _surroundings(settings: "Settings") -> "Surroundings":
    from msgspec.structs import replace

    from tui.config.folders import current_folder, data_folder, state_folder
    from tui.config.secret import known_secrets
    from tui.terminal.process.environment import surroundings

    secrets = {settings.connection.token.reveal(), *known_secrets()}
    found = surroundings(os.environ, secrets, state_folder(os.environ), current_folder())
    for name in os.environ.keys() - found.environment.keys():
        del os.environ[name]  # what a library starts, such as a clipboard program, gets our own environment
    return replace(found, restricted=settings.restricted, data_folder=data_folder(os.environ))


def _session(settings: "Settings") -> "Session":
    from tui.config.folders import state_folder
    from tui.store.saved.session import Session
    from tui.store.saved.state_file import state_file

    return Session(state_file(state_folder(os.environ), settings.connection.name, settings.identity))


def _ask_early(settings: "Settings", session: "Session") -> "FirstPage":
    """The first rows are on their way while the screen is being imported."""
    from tui.api.http.first_page import FirstPage

    query = session.begin(settings)
    first_page = FirstPage(settings.connection, query.server, offset=session.first_row(settings))
    return first_page if query.server.matches_nothing else first_page.start()


def _paint_early(
    first_page: "FirstPage", settings: "Settings", session: "Session", terminal: "Capabilities", skeleton: "Skeleton"
) -> None:
    """Its rows are painted as soon as they come, unless the application is there first."""
    from tui.screens.first.early import FirstPicture, start_of
    from tui.terminal.input.background import look_by_environment
    from tui.widgets.theme_choice import theme_for

    look = session.look or look_by_environment(os.environ)
    theme = theme_for(settings.theme, terminal, look, low_bandwidth=settings.low_bandwidth)
    start = start_of(settings, session)
    skeleton.expect()
    first_page.tell(lambda read: skeleton.paint(FirstPicture(start, read, terminal, theme).drawn))


def _print_way_back(settings: "Settings", conversation_id: str, turn: int) -> None:
    """Print the command that comes back to this very place, where there is one, if the user reads it."""
    from tui.views.export.way_back import way_back
    from tui.views.text.plain import OutputClosed, print_line

    command = way_back(conversation_id, turn, *settings.comes_back)
    if command is not None:
        with suppress(OutputClosed):
            print_line(command)


def require_terminal() -> "Capabilities":
    """The terminal to draw on and to read keys from; raises ConfigError where there is none."""
    from tui.terminal.capabilities import read_capabilities
    from tui.terminal.process.output import terminal_output

    terminal = read_capabilities(os.environ, input_tty=os.isatty(0), output=terminal_output())
    if not terminal.output_tty:
        raise ConfigError("This is not a terminal", "Run it in one; over SSH use ssh -t.")
    if not terminal.input_tty:
        raise ConfigError("Its input is not a terminal", "Add `</dev/tty` to type in the one you are in.")
    if not terminal.cursor_control:
        raise ConfigError(
            f"The terminal has no cursor control (TERM={terminal.term})",
            "Use another one, or set TERM to what it really is, e.g. TERM=xterm-256color.",
        )
    return terminal
