"""The command `clarifeye-tui`: reads the arguments and the environment, says what is wrong, or opens the screen.

Exit codes: 0 all well, 1 a crash, 2 wrong usage or settings, 130 interrupted, 141 nobody reads the output.
What is not needed for every start is imported where it is used: something should be on the screen 45 ms after exec.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from tui.config.errors import ConfigError, UsageError
from tui.config.secret import drop_recorders, drop_secrets, leave_no_core, remember, remember_likely
from tui.config.settings import PROGRAM, TOKEN_VARIABLE, Flags
from tui.errors import ClarifeyeError
from tui.terminal.process.output import fill_standard_files
from tui.views.text.plain import OutputClosed, complain, print_line, printing

if TYPE_CHECKING:
    from tui.doctor.checks import Finding

CRASHED, WRONG, INTERRUPTED, UNREAD = 1, 2, 130, 141
_LINE_LIMIT = 9_000
"""Characters of a line that is printed: what a server says is not cut."""
_NAME = 16
"""Cells of the name before what is said, as many as the longest has."""


def command() -> NoReturn:
    """Run the command and end the process, without taking a thousand modules apart one by one, which takes 60 ms."""
    gc.disable()  # importing makes some hundred thousand objects that stay: looking for garbage among them costs 20 ms
    leave_no_core()
    fill_standard_files()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # it is full, or was closed from the beginning
            stream.flush()
    logging = sys.modules.get("logging")
    if logging is not None:
        logging.shutdown()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    drop_recorders(os.environ)
    remember(os.environ.get(TOKEN_VARIABLE, ""))
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except ClarifeyeError as error:
        remember_likely(os.environ)
        _complain(error)
        return WRONG if isinstance(error, ConfigError) else CRASHED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputClosed:
        return UNREAD
    except SystemExit as left:
        if isinstance(left.code, int | None):
            raise
        return _crash(left)
    except BaseException as error:  # noqa: BLE001 - the outermost border: nothing is swallowed, it goes into a report
        return _crash(error)


def _crash(error: BaseException) -> int:
    from tui.config.folders import state_folder
    from tui.terminal.process.crash import crash_words

    happened, report = crash_words(error, state_folder(os.environ), os.environ)
    _say(f"{PROGRAM}: {happened}.")
    _say(report)
    return CRASHED


def _run(argv: Sequence[str]) -> int:
    command, flags = _asked(argv)
    commands: dict[str, Callable[[Flags], int]] = {
        "browse": _browse,
        "open": _browse,
        "config path": _config_path,
        "config show": _config_show,
        "doctor": _doctor,
        "forget": _forget,
        **{f"verdicts {what}": partial(_verdicts, what=what) for what in ("list", "export", "import")},
    }
    if flags.restricted:
        from tui.config.resolve import check_restricted
        from tui.terminal.process.tty_guard import never_stop

        check_restricted(flags)
        never_stop()  # now, since the command that prints the token may take its time
    return commands[command](flags)


def _asked(argv: Sequence[str]) -> tuple[str, Flags]:
    """The command, and the flags as typed."""
    if not argv:
        return "browse", Flags()
    from tui.config.arguments import parse

    with printing():  # the help
        return parse(argv)


def _browse(flags: Flags) -> int:
    from tui.opening import browse

    return browse(flags, _say)


def _config_path(flags: Flags) -> int:
    from tui.config.sources import config_path

    remember_likely(os.environ)
    print_line(str(config_path(flags, os.environ)))
    return 0


def _config_show(flags: Flags) -> int:
    from tui.config.show import describe

    for name, said in describe(flags, os.environ):
        print_line(f"{name:<{_NAME}} {said}")
    return 0


def _forget(flags: Flags) -> int:
    """Delete the facts that are kept of all projects, and name each file; exit code 1 where one is left."""
    from tui.config.folders import state_folder
    from tui.store.facts.kept_file import facts_folder, kept_files, take_away
    from tui.views.text.format import size

    if flags.restricted:
        raise UsageError("The restricted mode deletes nothing", "Leave out --restricted, or forget.")
    folder, code = state_folder(os.environ), 0
    found = kept_files(folder)
    if not found:
        print_line(f"No facts are kept in {facts_folder(folder)}.", _LINE_LIMIT)
    for path in found:
        try:
            octets = path.lstat().st_size
            take_away(path)
        except FileNotFoundError:
            continue  # it went away with the one that it belonged to
        except (ClarifeyeError, OSError) as error:
            why = f"{error.title}. {error.hint}" if isinstance(error, ClarifeyeError) else f"{path}: {error.strerror}"
            _say(f"{PROGRAM}: not deleted: {why}")
            code = CRASHED
        else:
            print_line(f"deleted {path} ({size(octets)})", _LINE_LIMIT)
    return code


def _verdicts(flags: Flags, what: str) -> int:
    """List, export or import what reviewers said of the project that is meant."""
    from tui.config.folders import data_folder
    from tui.config.resolve import demo_settings, is_restricted, resolve
    from tui.views.export.verdicts import exported, imported, listed

    if what != "list" and is_restricted(flags, os.environ):
        raise UsageError(f"The restricted mode {what}s no verdicts", "Leave out --restricted.")
    named, flags = flags.conversation, flags._replace(conversation=None)
    if flags.demo:
        from tui.demo.launch import PROJECT_ID

        settings = demo_settings(flags, "http://127.0.0.1/api/v1", PROJECT_ID, "demo")
    else:
        settings = resolve(flags, os.environ)
    act = {"list": listed, "export": exported, "import": imported}[what]
    act(settings, data_folder(os.environ), named or "", _say)
    return 0


def _doctor(flags: Flags) -> int:
    """Say what is found as it is found; exit code 1 when something is wrong."""
    from tui.config.folders import state_folder
    from tui.config.resolve import is_restricted
    from tui.doctor import checks as doctor

    restricted = is_restricted(flags, os.environ)
    found = [_tell(finding) for finding in _examine(flags, restricted=restricted)]
    found += [_tell(finding) for finding in doctor.examine_clipboard(os.environ, files=not restricted)]
    if flags.clipboard:
        from tui.doctor.clipboard import try_clipboard

        drop_secrets(os.environ, TOKEN_VARIABLE)  # for the programs that are started now
        folder = None if restricted else state_folder(os.environ)
        for trial in try_clipboard(os.environ, folder, terminal=os.isatty(2)):
            if trial.sequence:
                os.write(2, trial.sequence.encode())
            found.append(_tell(trial.finding))
    return CRASHED if "wrong" in found else 0


def _examine(flags: Flags, *, restricted: bool) -> "Iterator[Finding]":
    from tui.config.folders import state_folder
    from tui.doctor import checks as doctor
    from tui.terminal.capabilities import read_capabilities
    from tui.terminal.process.output import terminal_output
    from tui.terminal.process.window_size import window_size

    if flags.demo:
        yield from _examine_demo(flags)
    else:
        yield from doctor.examine_settings(flags, os.environ)
        yield from doctor.examine_service(flags, os.environ)
    terminal = read_capabilities(os.environ, input_tty=os.isatty(0), output=terminal_output())
    yield from doctor.examine_terminal(terminal, os.environ, window_size(terminal.output))
    yield doctor.examine_files(state_folder(os.environ))
    if not restricted:  # what is kept then is of other profiles
        yield doctor.examine_facts(state_folder(os.environ))


def _examine_demo(flags: Flags) -> "Iterator[Finding]":
    from tui.config.resolve import demo_settings
    from tui.demo.launch import start_demo
    from tui.doctor import checks as doctor

    demo = start_demo()
    try:
        settings = demo_settings(flags, demo.base_url, demo.project_id, demo.token)
        yield from doctor.examine_connection(settings.connection, os.environ)
    finally:
        demo.close()


def _tell(finding: "Finding") -> str:
    marks = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}
    print_line(f"{marks[finding.state]} {finding.name:<{_NAME}} {finding.words}", _LINE_LIMIT)
    if finding.fix:
        print_line(f"      {'':<{_NAME}} {finding.fix}", _LINE_LIMIT)
    return finding.state


def _complain(error: ClarifeyeError) -> None:
    detail = f" ({error.detail})" if error.detail else ""
    _say(f"{PROGRAM}: {error.title}{detail}.")
    if error.hint:
        _say(error.hint)


def _say(line: str) -> None:
    complain(line, _LINE_LIMIT)
