"""The config file: named profiles in TOML.

default_profile = "acme"
theme = "dark"                # dark, light, contrast or ansi (16 colours); left out: as the terminal is
time_zone = "Europe/Berlin"   # in which times are shown, or UTC, in every profile that names no other one

[review]                      # how conversations are judged; all of it may be left out
name = "ana"                  # who judges; left out: asked once
skip = "later"                # the label of what is put off and comes again at the end
no_reasons = ["good"]         # the labels for which no reason is asked; left out: the first one
labels = { p = "good", f = "bad", s = "later" }
reasons = { 1 = "tool", 2 = "policy" }

[profiles.acme]
region = "eu"                 # or: base_url = "https://…/api/v1"
project = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
token_env = "ACME_TOKEN"      # or: token_file = "~/…", or: token_command = "pass show acme"
auth_scheme = "Bearer"        # or "Token"
impersonate = "someone@example.com"
restricted = true             # no export, pager, editor, file or shell from inside, while this profile is used
keep = "facts"                # what histories tell is kept for the next start, in clear; left out: nothing
read_on_below = "20MB"        # what a sort or a term needs is read without being asked for below that; 0: never
time_zone = "UTC"             # in which times are shown; left out: as above, else local, that of the machine
failure_patterns = ["^No exact match"]  # begins of results, as regular expressions, that tell of a failed tool call
"""

import os
import stat
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from tui.config.errors import ConfigFileError, UnknownProfile
from tui.config.settings import ReviewSettings
from tui.config.trust import Danger, danger_of

APP_FOLDER = "clarifeye-tui"
PROFILE_KEYS = (
    "region",
    "base_url",
    "project",
    "token_env",
    "token_file",
    "token_command",
    "auth_scheme",
    "impersonate",
    "keep",
    "read_on_below",
    "time_zone",
)
_RESTRICTED, _PATTERNS = "restricted", "failure_patterns"
_MOST_PATTERNS, _LONGEST_PATTERN = 50, 1_000
TOKEN_KEYS = ("token_env", "token_file", "token_command")
_TOP_KEYS = ("default_profile", "theme", "time_zone", "profiles", "review")
_SECRET_KEYS = frozenset({"token", "api_token", "api_key", "apikey", "key", "secret", "password", "bearer"})


class Profile(NamedTuple):
    """One named set of settings, as written: every value is text, none is checked."""

    name: str
    values: Mapping[str, str]
    """By the names in PROFILE_KEYS."""
    path: str
    """The file it stands in; a relative `token_file` is relative to its folder."""
    restricted: bool = False
    failure_patterns: tuple[str, ...] = ()
    """Regular expressions that tell failed tool calls, in the syntax of the `regex` package."""


class ConfigFile(NamedTuple):
    """What the config file says; empty when there is none."""

    path: str
    exists: bool = False
    default_profile: str | None = None
    profiles: Mapping[str, Profile] = MappingProxyType({})
    mode: int = 0o600
    """The permission bits of the file."""
    theme: str | None = None
    time_zone: str | None = None
    danger: Danger | None = None
    """Why no command from it is run."""
    token_variables: tuple[str, ...] = ()
    """The variables that hold tokens, of all profiles: whatever repeats one of them, it stays hidden."""
    review: ReviewSettings = ReviewSettings()
    is_partial: bool = False
    """Whether of the profiles only the chosen one was looked at: in the restricted mode nothing is told of others."""

    def choose(self, name: str | None) -> Profile | None:
        """The profile of that name, else the default one, else the only one; None when there is nothing to choose."""
        name = name or self.default_profile
        if name is None:
            return next(iter(self.profiles.values())) if len(self.profiles) == 1 else None
        if name not in self.profiles:
            raise UnknownProfile(f"There is no profile {name!r} in {self.path}", self._profile_hint(name))
        return self.profiles[name]

    def _profile_hint(self, name: str) -> str:
        if self.is_partial:
            return "In the restricted mode whoever sets it names the profile, in CLARIFEYE_PROFILE or --profile."
        if not self.exists:
            return "The file does not exist; the README shows what it looks like."
        if not self.profiles:
            return f"The file has no profiles yet; begin one with [profiles.{name}]."
        return _suggest(name, tuple(self.profiles), "Profiles")


def default_path(environ: Mapping[str, str]) -> str:
    """Where the config file is when nobody says otherwise: platformdirs' folder for this system."""
    if sys.platform == "linux":
        return os.path.join(base_folder(environ, "XDG_CONFIG_HOME", "~/.config"), APP_FOLDER, "config.toml")
    import platformdirs

    return os.path.join(platformdirs.user_config_dir(APP_FOLDER, appauthor=False), "config.toml")


def base_folder(environ: Mapping[str, str], variable: str, usual: str) -> str:
    """What platformdirs says on Linux, without its 10 ms of imports before the first frame.

    A relative path is ignored, as the XDG specification asks: what it leads to is up to the folder that one is in.
    """
    named = environ.get(variable, "").strip()
    return named if os.path.isabs(named) else os.path.expanduser(usual)


def read_config(
    named: str | os.PathLike[str], *, required: bool, name: str | None = None, alone: bool | None = None
) -> ConfigFile:
    """Read the config file; one that is missing counts as empty unless it is required.

    Of the profiles only the chosen one, `name` or the file's own choice, is looked at where `alone` is true, and where
    it is false and that one asks for the restricted mode.
    """
    path = os.fspath(named)
    try:
        with open(path, "rb") as file:
            mode, danger = _permissions(file), danger_of(file.fileno(), path)
            content = file.read()
    except FileNotFoundError:
        if required:
            raise ConfigFileError(f"There is no config file {path}", "Check --config or CLARIFEYE_CONFIG.") from None
        return ConfigFile(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ConfigFileError(
            f"The config file {path} cannot be read: {reason}", "Check the path and the file's permissions."
        ) from None
    read = _config(path, _parse(path, content), name, alone)._replace(mode=mode, danger=danger)
    if b"review" not in content:
        return read
    from tui.config.review import review_in

    return read._replace(review=review_in(path, content.decode()))


def _permissions(file: BinaryIO) -> int:
    found = os.fstat(file.fileno())
    return stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) else 0o600


def _parse(path: str, content: bytes) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"it is not UTF-8 text (at line {line})"
    except ValueError as error:  # of tomllib, or of Python, which makes no number of thousands of digits
        reason = str(error).replace("end of document", f"line {max(1, len(content.splitlines()))}, its end")
    except RecursionError:
        reason = "it is nested too deeply"
    raise ConfigFileError(
        f"The config file {path} is not valid TOML: {reason}", "Correct it there; text stands in quotes."
    )


def _config(path: str, content: dict[str, object], name: str | None, alone: bool | None) -> ConfigFile:
    _check_keys(content, _TOP_KEYS, f"in {path}")
    default = _top_text(path, content, "default_profile")
    tables = content.get("profiles", {})
    if not isinstance(tables, dict):
        raise ConfigFileError(f"profiles in {path} must be tables", "Begin each with a line like [profiles.name].")
    variables = tuple(str(one["token_env"]) for one in tables.values() if isinstance(one, dict) and "token_env" in one)
    chosen = name or default or (next(iter(tables)) if len(tables) == 1 else None)
    partial = alone is not None and (alone or _is_restricted(tables.get(chosen)))
    if partial:
        tables = {key: table for key, table in tables.items() if key == chosen}
    profiles = {key: _profile(path, key, table) for key, table in tables.items()}
    theme, zone = (_top_text(path, content, key) for key in ("theme", "time_zone"))
    file = ConfigFile(path, True, default, profiles, theme=theme, time_zone=zone, token_variables=variables)
    return file._replace(is_partial=partial)


def _is_restricted(table: object) -> bool:
    return isinstance(table, dict) and table.get(_RESTRICTED) is True


def _top_text(path: str, content: dict[str, object], key: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise ConfigFileError(f"{key} in {path} must be text in quotes", f'Write {key} = "name".')
    return value


def _profile(path: str, name: str, table: object) -> Profile:
    where = f"in profile {name!r} of {path}"
    if not isinstance(table, dict):
        raise ConfigFileError(f"profiles.{name} in {path} must be a table", f"Write a line [profiles.{name}].")
    _check_keys(table, (*PROFILE_KEYS, _RESTRICTED, _PATTERNS), where)
    restricted = table.get(_RESTRICTED, False)
    if not isinstance(restricted, bool):
        raise ConfigFileError(f"{_RESTRICTED} {where} must be true or false", f"Write {_RESTRICTED} = true.")
    values = {key: value for key, value in table.items() if key not in (_RESTRICTED, _PATTERNS)}
    if type(values.get("read_on_below")) is int:
        values["read_on_below"] = str(values["read_on_below"])
    for key, value in values.items():
        if not isinstance(value, str):
            raise ConfigFileError(f"{key} {where} must be text in quotes", f'Write {key} = "…".')
    return Profile(name, values, path, restricted, _patterns(table.get(_PATTERNS, []), where))


def _patterns(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigFileError(f"{_PATTERNS} {where} must be a list of texts", f'Write {_PATTERNS} = ["^Sorry", "…"].')
    if len(value) > _MOST_PATTERNS or any(len(one) > _LONGEST_PATTERN for one in value):
        raise ConfigFileError(
            f"{_PATTERNS} {where} are too many, or too long",
            f"Leave at most {_MOST_PATTERNS} of at most {_LONGEST_PATTERN:,} characters.",
        )
    if value:
        import regex

        for number, one in enumerate(value, 1):
            try:
                regex.compile(one)
            except regex.error as error:
                raise ConfigFileError(
                    f"{_PATTERNS} {where}: number {number} is no regular expression: {error}",
                    "Correct it there; in single quotes TOML leaves backslashes alone.",
                ) from None
    return tuple(value)


def _check_keys(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key.lower() in _SECRET_KEYS:
            raise ConfigFileError(
                f"{key!r} {where}: a token does not belong in the config file",
                "Name where it is instead: token_env, token_file or token_command.",
            )
        if key not in known:
            raise ConfigFileError(f"Unknown key {key!r} {where}", _suggest(key, known, "Known keys"))


def _suggest(name: str, known: tuple[str, ...], label: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, 1, 0.6)
    meant = f"Did you mean {close[0]}? " if close else ""
    return f"{meant}{label}: {', '.join(known)}."
