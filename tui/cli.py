"""The command `clarifeye-tui`: reads the arguments and the environment, says what is wrong, or opens the screen.

Exit codes: 0 all well, 1 a crash, 2 wrong usage or settings, 130 interrupted. What is not needed for every start is
imported where it is used: something should be on the screen 60 ms after exec.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from tui import __version__
from tui.config.errors import ConfigError, UsageError
from tui.config.sources import Flags
from tui.errors import ClarifeyeError
from tui.terminal.clean import clean_line

if TYPE_CHECKING:
    from tui.api.first_page import FirstPage
    from tui.config.settings import Settings
    from tui.terminal.capabilities import Capabilities

PROGRAM = "clarifeye-tui"
CRASHED = 1
WRONG = 2
INTERRUPTED = 130
_LINE_LIMIT = 500
_SEE_HELP = f"{PROGRAM} --help lists the flags and commands."
_SECRET_FLAGS = frozenset({"token", "api-token", "api-key", "key", "secret", "password"})

_EPILOG = """\
environment:
  CLARIFEYE_TOKEN              the API token; there is no flag for it, so that it stays out of the process list
  CLARIFEYE_BASE_URL, CLARIFEYE_REGION, CLARIFEYE_PROJECT, CLARIFEYE_PROFILE, CLARIFEYE_IMPERSONATE_EMAIL

Flags win over the environment, the environment over the profile. The config file holds profiles; see "config path".

examples:
  clarifeye-tui --demo                            look around without an account
  clarifeye-tui --project 3c90c3cc-0d44-4b50-8888-8dd25736052a
  clarifeye-tui --profile acme --tag billing --tag review
  clarifeye-tui --profile acme --text "refund" --archived
  clarifeye-tui --profile acme config show        what would be used, and where it comes from
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except ClarifeyeError as error:
        _complain(error)
        return WRONG if isinstance(error, ConfigError) else CRASHED
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str]) -> int:
    _refuse_secrets(argv)
    parser = _parser()
    try:
        options, unknown = parser.parse_known_args(argv)
    except UsageError:
        # A value behind a misspelt flag is taken for a command; the flag is what has to be said.
        _refuse_unknown_flags(parser, argv)
        raise
    if unknown:
        _refuse_unknown_flags(parser, unknown)
        raise UsageError("There is an argument too many", f"Text with spaces needs quotes; {_SEE_HELP}")
    command: Callable[[Flags], int] = options.command
    return command(_flags(options))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message:
            # Not quoted, unlike in argparse's words: what stands where a command should may be a secret.
            raise UsageError("There is no such command", _SEE_HELP)
        raise UsageError(f"{message[:1].upper()}{message[1:]}", _SEE_HELP)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [flags] [command]",
        description="Browse the conversations that people have with the AI agents of a Clarifeye project. "
        "It only reads: nothing is ever changed in the project.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.set_defaults(command=_browse)
    _add_project_flags(parser.add_argument_group("which project"))
    _add_filter_flags(parser.add_argument_group("the first filter"))
    _add_general_flags(parser.add_argument_group("general"))
    commands = parser.add_subparsers(
        title="commands (without one, the browser opens)", metavar="", parser_class=_Parser
    )
    _add_config_commands(commands.add_parser("config", help="where the settings are, and what they say"))
    return parser


def _add_project_flags(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--demo", action="store_true", help="browse a built-in project: no account, no network")
    group.add_argument("--profile", metavar="NAME", help="a profile of the config file")
    group.add_argument("--project", metavar="UUID", help="the project's id")
    group.add_argument("--region", metavar="eu|us", help="the region of the service (eu if nothing is said)")
    group.add_argument("--base-url", metavar="URL", help="another server, with /api/v1")
    group.add_argument("--impersonate", metavar="EMAIL", help="ask as this person; needs a permission")
    group.add_argument("--allow-http", action="store_true", help="permit http:// to other machines: token unencrypted")


def _add_filter_flags(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--tag", metavar="T", action="append", default=[], help="with this tag, or one of several")
    group.add_argument("--untagged", action="store_true", help="without any tag")
    group.add_argument("--text", metavar="T", help="with this text in the conversation")
    group.add_argument("--archived", action="store_true", help="archived ones too")


def _add_general_flags(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--config", metavar="FILE", help="use this config file")
    group.add_argument("--log-file", metavar="FILE", help="write a log, readable by you alone")
    group.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help="show the version")
    group.add_argument("-h", "--help", action="help", help="show this help")


def _add_config_commands(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_config_path)
    commands = parser.add_subparsers(metavar="", title="commands", parser_class=_Parser)
    commands.add_parser("path", help="the path of the config file").set_defaults(command=_config_path)
    commands.add_parser("show", help="the settings and where each comes from; the token stays hidden").set_defaults(
        command=_config_show
    )


def _flags(options: argparse.Namespace) -> Flags:
    return Flags(
        base_url=options.base_url,
        region=options.region,
        project=options.project,
        profile=options.profile,
        impersonate=options.impersonate,
        tags=tuple(options.tag),
        untagged=options.untagged,
        text=options.text,
        archived=options.archived,
        demo=options.demo,
        config=options.config,
        log_file=options.log_file,
        allow_http=options.allow_http,
    )


def _refuse_secrets(argv: Sequence[str]) -> None:
    for word in argv:
        if word.startswith("-") and word.partition("=")[0].strip("-").lower() in _SECRET_FLAGS:
            raise UsageError(
                "There is no flag for the token: others could read it in the process list",
                "Set CLARIFEYE_TOKEN in the environment, or name a token_file or token_command in a profile.",
            )


def _refuse_unknown_flags(parser: argparse.ArgumentParser, argv: Sequence[str]) -> None:
    """Only a flag's name is quoted: what follows it may be a secret."""
    known = {name for action in parser._actions for name in action.option_strings}
    for name in (word.partition("=")[0] for word in argv):
        if name.startswith("-") and name not in known:
            import difflib

            close = difflib.get_close_matches(name, known, 1, 0.7)
            raise UsageError(
                f"There is no flag {name}", f"Did you mean {close[0]}? {_SEE_HELP}" if close else _SEE_HELP
            )


def _browse(flags: Flags) -> int:
    from tui.config.resolve import check_demo, resolve

    if flags.demo:
        check_demo(flags)
        return _browse_demo(flags, _require_terminal())
    settings = resolve(flags, os.environ)
    return _open_screen(settings, _require_terminal())


def _browse_demo(flags: Flags, terminal: "Capabilities") -> int:
    from tui.config.resolve import demo_settings
    from tui.demo.launch import start_demo

    demo = start_demo()
    try:
        return _open_screen(demo_settings(flags, demo.base_url, demo.project_id, demo.token), terminal)
    finally:
        demo.close()


def _open_screen(settings: "Settings", terminal: "Capabilities") -> int:
    for warning in settings.warnings:
        _say(f"{PROGRAM}: {warning}.")
    if settings.log_file is not None:
        from tui.config.logs import open_log
        from tui.terminal.clean import clean

        open_log(settings.log_file, settings.connection.token, clean)
    from tui.terminal.skeleton import paint_skeleton

    gc.disable()  # importing makes some hundred thousand objects that stay: looking for garbage among them costs 20 ms
    skeleton = paint_skeleton(f"{PROGRAM} · {settings.connection.name}", unicode=terminal.unicode)
    try:
        first_page = _ask_early(settings)
        from tui.app import run

        return run(settings, first_page, capabilities=terminal, skeleton=skeleton)
    finally:
        skeleton.undo()


def _ask_early(settings: "Settings") -> "FirstPage":
    """The first rows are on their way while the screen is being imported."""
    from tui.api.first_page import FirstPage
    from tui.api.query import ConversationFilter

    query = ConversationFilter(settings.text, settings.tags, settings.untagged, settings.archived)
    return FirstPage(settings.connection, query).start()


def _require_terminal() -> "Capabilities":
    """The terminal to draw on and to read keys from; raises ConfigError where there is none."""
    from tui.terminal.capabilities import read_capabilities

    terminal = read_capabilities(os.environ, input_tty=os.isatty(0), output_tty=os.isatty(1))
    if not (terminal.input_tty and terminal.output_tty):
        raise ConfigError("This is not a terminal", "Run it in one, without pipes or redirection; over SSH use ssh -t.")
    if not terminal.cursor_control:
        raise ConfigError(
            f"The terminal has no cursor control (TERM={terminal.term})",
            "Use another one, or set TERM to what it really is, e.g. TERM=xterm-256color.",
        )
    return terminal


def _config_path(flags: Flags) -> int:
    from tui.config.sources import config_path

    print(clean_line(str(config_path(flags, os.environ))))
    return 0


def _config_show(flags: Flags) -> int:
    from tui.config.show import describe

    for name, said in describe(flags, os.environ):
        print(f"{name:<14}{clean_line(said)}")
    return 0


def _complain(error: ClarifeyeError) -> None:
    detail = f" ({error.detail})" if error.detail else ""
    _say(f"{PROGRAM}: {error.title}{detail}.")
    if error.hint:
        _say(error.hint)


def _say(line: str) -> None:
    print(clean_line(line, _LINE_LIMIT), file=sys.stderr)
