"""What is left of a crash: a private report for whoever repairs it.

A report holds versions, facts about the terminal, and where in the code it happened. It never holds local variables,
and of what an exception says only what Python itself words from names in the code: anything else may quote a
conversation or a secret.
"""

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tui.private import make_private

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType, TracebackType

_KEPT_REPORTS = 10
_MOST_FRAMES = 60
_MOST_CAUSES = 5
_SAID_LIMIT = 200
_FACT_LIMIT = 60
_OURS = "tui"

_WORDED_BY_PYTHON = (AttributeError, NameError, TypeError, ImportError, IndexError, ZeroDivisionError, RecursionError)
"""What these say is made of the names of types, attributes and modules."""

_FACTS = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "NO_COLOR")
_PACKAGES = ("textual", "rich", "httpx", "pydantic", "msgspec")


def crash_words(error: BaseException, folder: "Path", environ: Mapping[str, str]) -> tuple[str, str]:
    """Write the report of what ended the program, and say in two lines what happened and where the report is."""
    kind, (place, line) = type(error).__name__, _where(error)
    happened = f"a fault in the program itself ended it ({kind} in {place}, line {line})"
    return happened, f"Your place is kept. {report_words(error, folder, environ)}"


def report_words(error: BaseException, folder: "Path", environ: Mapping[str, str]) -> str:
    """Write a report, and say where it is."""
    try:
        path = _save(report(error, environ), folder)
    except OSError as problem:
        return f"No report could be written to {folder}: {problem.strerror or type(problem).__name__}"
    return f"The report, without anything of a conversation, is {path}"


def report(error: BaseException, environ: Mapping[str, str]) -> str:
    """The report as text: printable ASCII, bounded, without values of variables."""
    lines = [*_facts(environ), ""]
    for number, (link, fault) in enumerate(_chain(error)):
        if number == _MOST_CAUSES:
            lines.append("… and what came before")
            break
        lines += [f"{link}{type(fault).__module__}.{type(fault).__qualname__}: {_said(fault)}", *_frames(fault), ""]
    return "\n".join(line.encode("ascii", "backslashreplace").decode("ascii") for line in lines) + "\n"


def _facts(environ: Mapping[str, str]) -> Iterator[str]:
    import platform
    import time
    from importlib.metadata import PackageNotFoundError, version

    from tui import __version__

    yield f"clarifeye-tui {__version__}, {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}"
    yield f"Python {platform.python_version()} on {platform.platform(terse=True)}"
    for package in _PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} is not installed"
    for name in _FACTS:
        if name in environ:
            yield f"{name}={_printable(environ[name])[:_FACT_LIMIT]}"
    for name, words in (("TMUX", "inside tmux"), ("STY", "inside screen"), ("SSH_CONNECTION", "over SSH")):
        if environ.get(name):
            yield words
    try:
        size = os.get_terminal_size(2)
        yield f"{size.columns} columns, {size.lines} lines"
    except (OSError, ValueError):
        yield "no terminal"


def _printable(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else "?" for character in text)


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """The error, what caused it, and so on; each once."""
    seen: set[int] = set()
    waiting = [("", error)]
    while waiting:
        link, fault = waiting.pop(0)
        if id(fault) in seen:
            continue
        seen.add(id(fault))
        yield link, fault
        if fault.__cause__ is not None:
            waiting.append(("caused by ", fault.__cause__))
        elif fault.__context__ is not None and not fault.__suppress_context__:
            waiting.append(("while handling ", fault.__context__))
        if isinstance(fault, BaseExceptionGroup):
            waiting += [("one of them: ", one) for one in fault.exceptions[:_MOST_CAUSES]]


def _said(fault: BaseException) -> str:
    if isinstance(fault, OSError):
        return f"[errno {fault.errno}] {_printable(os.strerror(fault.errno)) if isinstance(fault.errno, int) else ''}"
    said = str(fault.args[0]) if fault.args and isinstance(fault.args[0], str) else ""
    if not said:
        return "(says nothing)"
    if type(fault) in _WORDED_BY_PYTHON and _raised_by_python(fault):
        return _printable(said.split("\n", 1)[0])[:_SAID_LIMIT]
    return f"({len(said)} characters are left out: they may quote data)"


def _raised_by_python(fault: BaseException) -> bool:
    """Whether no `raise` stands where it came from, so that the interpreter itself found the words."""
    *_, last = [("", 0, "", ""), *_places(fault.__traceback__)]
    return bool(last[3]) and "raise" not in last[3].split()


def _frames(fault: BaseException) -> Iterator[str]:
    places = list(_places(fault.__traceback__))
    if len(places) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        places = [*places[:half], ("…", 0, f"{len(places) - 2 * half} more", ""), *places[-half:]]
    for name, number, function, source in places:
        yield f"  {name}, line {number}, in {function}"
        if source:
            yield f"    {source[:_SAID_LIMIT]}"


def _places(trace: "TracebackType | None") -> Iterator[tuple[str, int, str, str]]:
    """File, line, function and source text of each frame, the innermost last."""
    import linecache

    while trace is not None:
        frame = trace.tb_frame
        source = linecache.getline(frame.f_code.co_filename, trace.tb_lineno, frame.f_globals).strip()
        yield _short(frame), trace.tb_lineno, frame.f_code.co_name, source
        trace = trace.tb_next


def _short(frame: "FrameType") -> str:
    """The file from the folder of its package on: where it is installed says nothing but who uses it."""
    name = frame.f_code.co_filename
    module = frame.f_globals.get("__name__", "")
    depth = module.count(".") + (2 if name.endswith("__init__.py") and module else 1)
    return os.sep.join(name.split(os.sep)[-depth:]) if module and module != "__main__" else os.path.basename(name)


def _where(error: BaseException) -> tuple[str, int]:
    """The innermost place in our own code, else the innermost one."""
    places = [(name, line) for name, line, _, _ in _places(error.__traceback__)]
    ours = [place for place in places if place[0].startswith(_OURS + os.sep)]
    return (ours or places or [("?", 0)])[-1]


def _save(text: str, folder: "Path") -> "Path":
    """A new private file in the private folder; the oldest reports go.

    Raises:
        OSError: the folder or the disk does not take it.
    """
    import time

    make_private(folder)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    for old in sorted(folder.glob("crash-*-*.txt"))[:-_KEPT_REPORTS]:
        old.unlink(missing_ok=True)
    return path
