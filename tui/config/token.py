"""Where the token comes from: a variable, a file or a command; its value is never quoted in an error."""

import os
import re
import stat
from collections.abc import Mapping
from typing import NamedTuple

from tui.config.checks import Given, Scheme, check_scheme
from tui.config.errors import BadSetting, TokenUnavailable
from tui.config.secret import Secret, hide_secrets

COMMAND_TIMEOUT = 30.0
"""Seconds; long enough to unlock a password manager."""
_MAX_TOKEN = 8192
_MAX_SAID = 300
_FEW_CHARACTERS = 3
_LEAST_HIDDEN = 10
"""Characters of a word that was printed and is hidden in what else was said: a shorter one may be an ordinary word."""
_WITH_SCHEME = r"(?:Authorization:\s*)?(Bearer|Token)\s+(\S+)"


class Token(NamedTuple):
    """A token that was found."""

    secret: Secret
    scheme: Scheme | None = None
    """Set when the value began with it, as in a copied header: `Token abc`."""
    warnings: tuple[str, ...] = ()


def parse_token(raw: str, where: str) -> Token:
    """The token in the text, without the line end around it; raises BadSetting for what cannot be a token."""
    value = raw.strip()
    scheme: Scheme | None = None
    if match := re.fullmatch(_WITH_SCHEME, value, re.IGNORECASE):
        scheme, value = check_scheme(Given(match[1], where)), match[2]
    if not value:
        raise BadSetting(f"{where} is empty", "It must hold the API token.")
    problem = _problem(value)
    if problem:
        raise BadSetting(f"{where} {problem}", "It must hold the API token and nothing else.")
    return Token(Secret(value), scheme)


def _problem(value: str) -> str:
    if any(character.isspace() for character in value):
        return "has white space or a second line in it"
    if not value.isascii():
        return "has characters in it that are not ASCII"
    if not value.isprintable():
        return "has control characters in it"
    if len(value) > _MAX_TOKEN:
        return f"is too long for a token ({len(value):,} characters)"
    return ""


def token_from_variable(name: str, where: str, environ: Mapping[str, str]) -> Token:
    """The token in an environment variable that a profile names."""
    # The name is not quoted: the user may have written the token itself there.
    if not environ.get(name):
        raise TokenUnavailable(
            f"The variable that {where} names is not set",
            "It holds the name of a variable, and that variable the token.",
        )
    return parse_token(environ[name], f"The variable that {where} names")


def token_from_file(name: str, where: str, folder: str | os.PathLike[str]) -> Token:
    """The token in a file; relative to `folder`, and `~` is the home folder."""
    path = os.path.join(folder, os.path.expanduser(name))
    called = f"The token file {path}" if _is_a_place(name, folder) else f"The token file that {where} names"
    try:
        with open(path, "rb") as file:
            found = os.fstat(file.fileno())
            content = file.read(4 * _MAX_TOKEN)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise TokenUnavailable(
            f"{called} cannot be read: {reason}", f"Check {where} and the file's permissions."
        ) from None
    token = parse_token(_decoded(content), called)
    if stat.S_ISREG(found.st_mode) and found.st_mode & 0o077:
        return token._replace(warnings=(f"Others can read the token file {path}; make it private: chmod 600 {path}",))
    return token


def token_from_command(command: str, where: str, environ: Mapping[str, str]) -> Token:
    """The token that a command prints; it runs without a shell, has nothing on standard input, and has 30 seconds."""
    import shlex

    try:
        words = shlex.split(command)
    except ValueError as error:
        raise TokenUnavailable(f"{where} cannot be understood: {error}", "Check its quotes.") from None
    if not words:
        raise TokenUnavailable(f"{where} is empty", "Write the command that prints the token.")
    name = f"the command {words[0]!r} of {where}" if _is_a_program(words[0]) else f"the command of {where}"
    return parse_token(_output(words, name, environ), f"What {name} printed")


def _output(words: list[str], name: str, environ: Mapping[str, str]) -> str:
    import subprocess

    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=dict(environ))
    except (OSError, ValueError) as error:
        hint = "It runs without a shell; check its name, or give the full path."
        raise TokenUnavailable(f"Cannot start {name}: {_reason(error)}", hint) from None
    with process:
        try:
            printed, said = process.communicate(timeout=COMMAND_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise TokenUnavailable(
                f"No token within {COMMAND_TIMEOUT:g} seconds from {name}",
                "Run it by hand; it cannot ask on standard input.",
            ) from None
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        title = f"Status {process.returncode} from {name}"
        raise TokenUnavailable(title, "Run it by hand to see why.", _last_line(said, printed))
    return _decoded(printed)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _decoded(content: bytes) -> str:
    # A byte order mark is not part of a token; bytes that are not UTF-8 become characters that parse_token refuses.
    return content.decode("utf-8-sig", "replace")


def _last_line(said: bytes, printed: bytes) -> str:
    """The last line on standard error, without what was printed on standard output: that was to be the token."""
    lines = _lines(said)
    if not lines:
        return ""
    printed_lines = _lines(printed)
    hidden = {line for line in printed_lines if len(line) > _FEW_CHARACTERS}
    hidden |= {word for line in printed_lines for word in line.split() if len(word) >= _LEAST_HIDDEN}
    return hide_secrets(lines[-1], hidden)[:_MAX_SAID]


def _lines(content: bytes) -> list[str]:
    return [line.strip() for line in _decoded(content).splitlines() if line.strip()]


def _is_a_place(name: str, folder: str | os.PathLike[str]) -> bool:
    """Whether a file's name may be quoted: the user may have written the token itself there."""
    path = os.path.join(folder, os.path.expanduser(name))
    if name.startswith(("~/", "./", "../")) or os.path.lexists(path):
        return True
    parent = os.path.dirname(path)
    return "/" in name and parent != "/" and os.path.isdir(parent)


def _is_a_program(word: str) -> bool:
    """Whether a command's first word may be quoted: the user may have written the token itself there."""
    import shutil

    return shutil.which(word) is not None or ("/" in word and _is_a_place(word, os.getcwd()))
