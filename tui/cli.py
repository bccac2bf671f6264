"""The command `clarifeye-tui`: reads the arguments and the environment, says what is wrong, or opens the screen.

Exit codes: 0 all well, 1 a crash, 2 wrong usage or settings, 130 interrupted. What is not needed for every start is
imported where it is used: something should be on the screen 60 ms after exec.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from tui.config.arguments import flags_of, parse
from tui.config.errors import ConfigError
from tui.config.settings import PROGRAM
from tui.config.sources import Flags
from tui.errors import ClarifeyeError
from tui.terminal.clean import clean_line

if TYPE_CHECKING:
    from tui.store.doctor import Finding

CRASHED = 1
WRONG = 2
INTERRUPTED = 130
_LINE_LIMIT = 500


def command() -> NoReturn:
    """Run the command and end the process, without taking a thousand modules apart one by one, which takes 60 ms."""
    gc.disable()  # importing makes some hundred thousand objects that stay: looking for garbage among them costs 20 ms
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    logging = sys.modules.get("logging")
    if logging is not None:
        logging.shutdown()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except ClarifeyeError as error:
        _complain(error)
        return WRONG if isinstance(error, ConfigError) else CRASHED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost border: nothing is swallowed, it goes into a report
        return _crash(error)


def _crash(error: Exception) -> int:
    from tui.config.folders import state_folder
    from tui.terminal.crash import crash_words

    happened, report = crash_words(error, state_folder(os.environ), os.environ)
    _say(f"{PROGRAM}: {happened}.")
    _say(report)
    return CRASHED


def _run(argv: Sequence[str]) -> int:
    options = parse(argv)
    commands: dict[str, Callable[[Flags], int]] = {
        "browse": _browse,
        "open": _browse,
        "config path": _config_path,
        "config show": _config_show,
        "doctor": _doctor,
    }
    return commands[options.command](flags_of(options))


def _browse(flags: Flags) -> int:
    from tui.opening import browse

    return browse(flags, _say)


def _config_path(flags: Flags) -> int:
    from tui.config.sources import config_path

    print(clean_line(str(config_path(flags, os.environ))))
    return 0


def _config_show(flags: Flags) -> int:
    from tui.config.show import describe

    for name, said in describe(flags, os.environ):
        print(f"{name:<14}{clean_line(said)}")
    return 0


def _doctor(flags: Flags) -> int:
    """Say what is found as it is found; exit code 1 when something is wrong."""
    from tui.config.folders import state_folder

    found = [_tell(finding) for finding in _examine(flags)]
    if flags.clipboard:
        from tui.store.clipboard_trial import try_clipboard

        for trial in try_clipboard(os.environ, state_folder(os.environ), terminal=os.isatty(2)):
            if trial.sequence:
                os.write(2, trial.sequence.encode())
            found.append(_tell(trial.finding))
    return CRASHED if "wrong" in found else 0


def _examine(flags: Flags) -> "Iterator[Finding]":
    import shutil

    from tui.config.folders import state_folder
    from tui.store import doctor
    from tui.terminal.capabilities import read_capabilities

    if flags.demo:
        yield from _examine_demo(flags)
    else:
        yield from doctor.examine_settings(flags, os.environ)
        yield from doctor.examine_service(flags, os.environ)
    terminal = read_capabilities(os.environ, input_tty=os.isatty(0), output_tty=os.isatty(1))
    yield from doctor.examine_terminal(terminal, os.environ, shutil.get_terminal_size())
    yield doctor.examine_files(state_folder(os.environ))
    yield from doctor.examine_clipboard(os.environ)


def _examine_demo(flags: Flags) -> "Iterator[Finding]":
    from tui.config.resolve import demo_settings
    from tui.demo.launch import start_demo
    from tui.store import doctor

    demo = start_demo()
    try:
        settings = demo_settings(flags, demo.base_url, demo.project_id, demo.token)
        yield from doctor.examine_connection(settings.connection, os.environ)
    finally:
        demo.close()


def _tell(finding: "Finding") -> str:
    marks = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}
    print(f"{marks[finding.state]} {finding.name:<14}{clean_line(finding.words, _LINE_LIMIT)}", flush=True)
    if finding.fix:
        print(f"      {'':<14}{clean_line(finding.fix, _LINE_LIMIT)}", flush=True)
    return finding.state


def _complain(error: ClarifeyeError) -> None:
    detail = f" ({error.detail})" if error.detail else ""
    _say(f"{PROGRAM}: {error.title}{detail}.")
    if error.hint:
        _say(error.hint)


def _say(line: str) -> None:
    print(clean_line(line, _LINE_LIMIT), file=sys.stderr)
