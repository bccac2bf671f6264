"""The flags and commands of `clarifeye-tui`, and what is said when they are mistyped; values are checked elsewhere."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from tui import __version__
from tui.config.errors import UsageError
from tui.config.settings import PROGRAM, AskedFilter, FactsFlags, Flags, PaintingFlags

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_SEE_HELP = f"{PROGRAM} --help lists the flags and commands."
_USUAL_COLUMNS = 80
_PLAIN_FLAG = r"-[A-Za-z]|--[A-Za-z]+(-[A-Za-z]+){0,3}"
"""What is quoted as a flag: anything else may be a secret that begins with a dash."""
_FLAGS_IN_HELP = r"^ +(-[\w-]+(?:, -[\w-]+)*)"
"""The names of a flag, where the help begins to tell of it."""
_SECRET_FLAGS = frozenset({"token", "api-token", "api-key", "key", "secret", "password"})

_EPILOG = """\
environment:
  CLARIFEYE_TOKEN              the API token; there is no flag for it, so that it stays out of the process list
  CLARIFEYE_BASE_URL, CLARIFEYE_REGION, CLARIFEYE_PROJECT, CLARIFEYE_PROFILE, CLARIFEYE_IMPERSONATE_EMAIL
  CLARIFEYE_CONFIG             the config file; with --restricted only this variable can name another one
  CLARIFEYE_TIME_ZONE          show times in it, as --time-zone
  NO_COLOR                     no colours

Flags win over the environment, the environment over the profile. The config file holds profiles; see "config path".
A start without a filter comes back to where the last one was left.

examples:
  clarifeye-tui --demo                            look around without an account
  clarifeye-tui --project 3c90c3cc-0d44-4b50-8888-8dd25736052a
  clarifeye-tui --profile acme --tag billing --tag review
  clarifeye-tui --profile acme --text "refund" --archived
  clarifeye-tui --profile acme open 7d1b6a52-5c1e-4a9e-9b9d-0c6f1c2f7a10#3
  clarifeye-tui --profile acme config show        what would be used, and where it comes from
  clarifeye-tui doctor                            what does not work here, and how to mend it
"""


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        # Also behind a command: half a flag is none.
        super().__init__(allow_abbrev=False, formatter_class=_formatter, **options)

    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message:
            # Not quoted, unlike in argparse's words: what stands where a command should may be a secret.
            raise UsageError("There is no such command", _SEE_HELP)
        if "ignored explicit argument" in message:
            raise UsageError(f"{message.partition(':')[0].capitalize()}: it takes no value", _SEE_HELP)
        raise UsageError(f"{message[:1].upper()}{message[1:]}", _SEE_HELP)

    def format_help(self) -> str:
        """Without the empty line that argparse puts above commands that have no common name."""
        return super().format_help().replace("\n  \n", "\n")

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stdout).write(self.format_help())  # argparse would keep to itself that nothing could be written


def _formatter(prog: str) -> argparse.HelpFormatter:
    """What lays out the help; to find out how wide that may be, argparse would import more than it consists of."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked[:4]) if asked.isascii() and asked.isdigit() else 0
    with suppress(OSError):
        columns = columns or os.get_terminal_size(1).columns
    return argparse.RawDescriptionHelpFormatter(prog, width=(columns or _USUAL_COLUMNS) - 2)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        parser.exit()


class _Group(Protocol):
    """What flags are added to."""

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:
        """Add one."""


def parse(argv: Sequence[str]) -> tuple[str, Flags]:
    """The command, and the flags as typed.

    Raises:
        UsageError: there is no such flag or command, or something is missing or too many.
    """
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
        if flags := [word.partition("=")[0] for word in unknown if word.startswith("-")]:
            raise UsageError(f"{flags[0]} stands before the command", f"{PROGRAM} {flags[0]} … COMMAND; {_SEE_HELP}")
        raise UsageError("There is an argument too many", f"Text with spaces needs quotes; {_SEE_HELP}")
    if options.restricted:
        _refuse_profile_behind(argv)
    return options.command, _flags_of(options)


def _flags_of(options: argparse.Namespace) -> Flags:
    given = {name: value for name, value in vars(options).items() if name in Flags._fields}
    return Flags(
        **given,
        asked=AskedFilter(options.text, tuple(options.tags), options.untagged, options.archived, options.line),
        painting=PaintingFlags(options.time_zone, options.low_bandwidth),
        facts=FactsFlags(options.keep, options.read_on_below),
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [flags] [command]",
        description="Browse the conversations that people have with the AI agents of a Clarifeye project. "
        "It only reads: nothing is ever changed in the project.",
        epilog=_EPILOG,
        add_help=False,
    )
    parser.set_defaults(command="browse")
    _add_project_flags(parser.add_argument_group("which project"))
    _add_filter_flags(parser.add_argument_group("the first filter"))
    _add_screen_flags(parser.add_argument_group("the screen"))
    _add_general_flags(parser.add_argument_group("general"))
    commands = parser.add_subparsers(
        title="commands (without one, the browser opens)", metavar="", prog=PROGRAM, parser_class=_Parser
    )
    _add_open_command(commands.add_parser("open", help="open one conversation, archived ones too: open ID[#turn]"))
    _add_config_commands(commands.add_parser("config", help="where the settings are, and what they say"))
    commands.add_parser("forget", help="delete the facts that --keep facts has kept, of all projects").set_defaults(
        command="forget"
    )
    _add_verdicts_commands(commands.add_parser("verdicts", help="what reviewers said: list, export, import"))
    _add_doctor_command(commands.add_parser("doctor", help="what works here, and how to mend what does not"))
    return parser


def _add_project_flags(group: _Group) -> None:
    group.add_argument("--demo", action="store_true", help="browse a built-in project: no account, no network")
    group.add_argument("--profile", metavar="NAME", help="a profile of the config file")
    group.add_argument("--project", metavar="UUID", help="the project's id")
    group.add_argument("--region", metavar="eu|us", help="the region of the service (eu if nothing is said)")
    group.add_argument("--base-url", metavar="URL", help="another server, with /api/v1")
    group.add_argument("--impersonate", metavar="EMAIL", help="ask as this person; needs a permission")
    group.add_argument("--allow-http", action="store_true", help="permit http:// to other machines: token unencrypted")


def _add_filter_flags(group: _Group) -> None:
    tags = group.add_argument(
        "--tag", metavar="T", action="append", default=[], help="with this tag, or one of several"
    )
    tags.dest = "tags"
    group.add_argument("--untagged", action="store_true", help="without any tag")
    group.add_argument("--text", metavar="T", help="with this text in the conversation")
    line = group.add_argument("--filter", metavar="LINE", help="words and terms, as in the find line: failed:>0")
    line.dest = "line"
    group.add_argument("--archived", action="store_true", help="archived ones too")


def _add_screen_flags(group: _Group) -> None:
    group.add_argument("--fresh", action="store_true", help="start clean, not where the last run was left")
    group.add_argument("--watch", metavar="SECONDS", help="look for new conversations that often (30 at least)")
    group.add_argument("--theme", metavar="NAME", help="dark, light, contrast, or ansi for 16 colours")
    group.add_argument("--time-zone", metavar="ZONE", help="show times in it: local, UTC, Europe/Berlin, …")
    group.add_argument("--low-bandwidth", action="store_true", help="send less over a slow line")
    group.add_argument(
        "--keep", metavar="WHAT", help="nothing, or facts: what sorting needs, for the next start, in clear"
    )
    group.add_argument("--read-on-below", metavar="SIZE", help="read so much for a sort unasked (20MB; 0: never)")


def _add_general_flags(group: _Group) -> None:
    group.add_argument("--config", metavar="FILE", help="use this config file")
    group.add_argument("--restricted", action="store_true", help="from inside no export, pager, editor, file or shell")
    group.add_argument("--log-file", metavar="FILE", help="write a log, readable by you alone")
    group.add_argument("--version", action=_Version, nargs=0, help="show the version")
    group.add_argument("-h", "--help", action="help", help="show this help")


def _add_open_command(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command="open")
    parser.add_argument("conversation", metavar="ID[#turn]", help="the conversation's id, and a turn of it")
    _also_here(parser)


def _add_config_commands(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command="config path")
    commands = parser.add_subparsers(metavar="", title="commands", parser_class=_Parser)
    commands.add_parser("path", help="the path of the config file").set_defaults(command="config path")
    show = commands.add_parser("show", help="the settings and where each comes from; the token stays hidden")
    show.set_defaults(command="config show")
    _also_here(show)


def _add_verdicts_commands(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command="verdicts list")
    _also_here(parser)
    commands = parser.add_subparsers(metavar="", title="commands", parser_class=_Parser)
    _also_here(rows := commands.add_parser("list", help="the verdicts of the project, one line each"))
    rows.set_defaults(command="verdicts list")
    _also_here(out := commands.add_parser("export", help="all of them on standard output: JSON Lines, CSV or Markdown"))
    out.set_defaults(command="verdicts export")
    forms = out.add_mutually_exclusive_group()
    told = {"csv": "one row a verdict", "md": "a report", "jsonl": "lines of JSON, which import takes"}
    for form, words in told.items():
        forms.add_argument(f"--{form}", dest="conversation", action="store_const", const=form, help=words)
    _also_here(into := commands.add_parser("import", help="take over what somebody else has exported as JSON Lines"))
    into.set_defaults(command="verdicts import")
    into.add_argument("conversation", metavar="FILE", help="the file; - is standard input")


def _add_doctor_command(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command="doctor")
    parser.add_argument("--clipboard", action="store_true", help="copy a short text by each route, to see which works")
    _also_here(parser)


def _also_here(parser: argparse.ArgumentParser) -> None:
    """The flags that choose the project are understood behind the command too, where fingers put them."""
    # What stands before the command is not undone by what is left out behind it.
    group = parser.add_argument_group("which project", argument_default=argparse.SUPPRESS)
    _add_project_flags(group)
    group.add_argument("--config", metavar="FILE", help="use this config file")


def _refuse_secrets(argv: Sequence[str]) -> None:
    for word in argv:
        if word.startswith("-") and word.partition("=")[0].strip("-").lower() in _SECRET_FLAGS:
            raise UsageError(
                "There is no flag for the token: others could read it in the process list",
                "Set CLARIFEYE_TOKEN in the environment, or name a token_file or token_command in a profile.",
            )


def _refuse_profile_behind(argv: Sequence[str]) -> None:
    """What stands behind `--restricted` may come from whoever logs in, as in a forced command that passes it on."""
    behind = argv[list(argv).index("--restricted") + 1 :]
    if any(word.partition("=")[0] == "--profile" for word in behind):
        raise UsageError(
            "Behind --restricted no profile can be chosen",
            f"Whoever sets the mode names it before: {PROGRAM} --profile NAME --restricted, or in CLARIFEYE_PROFILE.",
        )


def _refuse_unknown_flags(parser: argparse.ArgumentParser, argv: Sequence[str]) -> None:
    """Only a flag's name is quoted: what follows it may be a secret."""
    known = {name for names in re.findall(_FLAGS_IN_HELP, parser.format_help(), re.M) for name in names.split(", ")}
    for name in (word.partition("=")[0] for word in argv):
        if name.startswith("-") and name not in known:
            if not re.fullmatch(_PLAIN_FLAG, name):
                raise UsageError("There is no such flag", _SEE_HELP)
            import difflib

            close = difflib.get_close_matches(name, known, 1, 0.7)
            raise UsageError(
                f"There is no flag {name}", f"Did you mean {close[0]}? {_SEE_HELP}" if close else _SEE_HELP
            )
