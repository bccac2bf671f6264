"""From flags, environment and profile to one frozen Settings; the first of them that says something wins."""

import os
from collections.abc import Callable, Mapping

from tui.config.checks import (
    REGIONS,
    Given,
    check_base_url,
    check_conversation,
    check_email,
    check_keep,
    check_project,
    check_region,
    check_scheme,
    check_size,
    check_theme,
    check_time_zone,
    check_watch,
    check_words,
)
from tui.config.errors import ConfigError, ConfigFileError, MissingSetting, UsageError
from tui.config.settings import TOKEN_VARIABLE, ComesBack, Connection, FactsSettings, Flags, Settings
from tui.config.sources import VARIABLES, Sources, flag_name, gather, typed
from tui.config.token import Token, parse_token, token_from_command, token_from_file, token_from_variable

DEFAULT_REGION = "eu"
"""The region of the service's own examples."""


def resolve(flags: Flags, environ: Mapping[str, str], *, token_server: str | None = None) -> Settings:
    """The settings of a real project; raises ConfigError for the first thing that is missing or wrong.

    With a `token_server` the environment chooses nothing; its token is for that server alone, where a profile has none.
    """
    _check_filter(flags)
    check_screen(flags)
    sources = gather(flags, environ, token_server=token_server)
    restricted = flags.restricted or (sources.profile is not None and sources.profile.restricted)
    if restricted:
        _check_restricted(flags)
    theme = _theme(flags, sources)
    base_url, region = _address(sources, allow_http=flags.allow_http)
    project = _project(sources)
    project_id = check_project(project)
    impersonate, scheme = sources.find("impersonate"), sources.find("auth_scheme")
    email = check_email(impersonate) if impersonate else None
    announced = check_scheme(scheme) if scheme else "Bearer"
    token, source = _token(sources, environ, base_url), _token_source(sources, environ, base_url)
    settings = _settings(
        flags,
        Connection(
            base_url,
            project_id,
            token.secret,
            token.scheme or announced,
            email,
            name=_name(sources, project, project_id),
            region=region,
            token_from=_token_from(sources, environ, base_url),
            token_renews=source is not None,
        ),
        profile=sources.profile.name if sources.profile else None,
        theme=theme,
        comes_back=ComesBack(_comes_back_by(flags), _comes_back_without(sources, environ, base_url)),
        warnings=_warnings(sources) + token.warnings,
    )
    patterns = sources.profile.failure_patterns if sources.profile else ()
    return settings._replace(
        restricted=restricted,
        time_zone=check_time_zone(sources.find("time_zone")),
        facts=_facts(sources.find, restricted=restricted)._replace(failure_patterns=patterns),
        token_source=source,
        review=sources.config.review,
    )


def server_of(flags: Flags, environ: Mapping[str, str]) -> str:
    """The base URL that flags, environment and profile lead to; raises ConfigError."""
    return _address(gather(flags, environ), allow_http=True)[0]


def check_demo(flags: Flags) -> None:
    """Refuse, before the demo is started, flags that choose another project or do not go together."""
    for key in ("base_url", "region", "project", "profile"):
        if getattr(flags, key) is not None:
            name = flag_name(key)
            raise UsageError(
                f"--demo and {name} exclude each other", f"The demo has its own project: leave out {name}."
            )
    if flags.restricted:
        _check_restricted(flags)
    _check_filter(flags)
    check_screen(flags)


def check_restricted(flags: Flags) -> None:
    """Refuse, before any file is looked at, what `--restricted` leaves to the one who set it: the config file, too."""
    if flags.restricted:
        _check_restricted(flags, "config")


def is_restricted(flags: Flags, environ: Mapping[str, str]) -> bool:
    """Whether the flag or the profile asks for the restricted mode; a profile that cannot be read asks for nothing."""
    try:
        profile = None if flags.restricted or flags.demo else gather(flags, environ).profile
    except ConfigError:
        return False
    return flags.restricted or (profile is not None and profile.restricted)


def _check_restricted(flags: Flags, *more: str) -> None:
    """In the restricted mode the environment and the profile say where to ask and as whom, and nothing is logged."""
    for key in (*more, "base_url", "region", "project", "impersonate", "log_file", "allow_http", "keep"):
        if getattr(flags.facts if key == "keep" else flags, key) not in (None, False):
            name = flag_name(key)
            raise UsageError(
                f"The restricted mode and {name} exclude each other",
                f"There the environment or the profile decides: leave out {name}.",
            )


def demo_settings(flags: Flags, base_url: str, project_id: str, token: str) -> Settings:
    """The settings of the built-in demo project that answers at `base_url`."""
    email = check_email(Given(flags.impersonate, "--impersonate")) if flags.impersonate is not None else None
    secret = parse_token(token, "The demo's token").secret
    connection = Connection(base_url, project_id, secret, impersonate=email, name="demo", region="local")
    return _settings(flags, connection, theme=_theme(flags, None), comes_back=ComesBack(("--demo",)))


def _check_filter(flags: Flags) -> None:
    asked = flags.asked
    if asked.tags and asked.untagged:
        raise UsageError("--tag and --untagged exclude each other", "Leave out one of them.")
    for tag in asked.tags:
        check_words(Given(tag, "--tag"))
    for text, name in ((asked.text, "--text"), (asked.line, "--filter"), (flags.log_file, "--log-file")):
        if text is not None:
            check_words(Given(text, name))


def check_screen(flags: Flags) -> None:
    """Refuse, before anything is asked for, what is wrong with the flags of the screen and of `open`."""
    _open_at(flags)
    _watch(flags)
    _theme(flags, None)
    check_time_zone(typed(flags).find("time_zone"))
    _facts(typed(flags).find, restricted=False)


def _facts(find: Callable[[str], Given | None], *, restricted: bool) -> FactsSettings:
    keep, below = find("keep"), find("read_on_below")
    kept = keep is not None and check_keep(keep) and not restricted
    return FactsSettings(kept) if below is None else FactsSettings(kept, check_size(below))


def _open_at(flags: Flags) -> tuple[str | None, int | None]:
    opens = flags.conversation
    return check_conversation(Given(opens, "The id to open")) if opens is not None else (None, None)


def _watch(flags: Flags) -> float | None:
    return check_watch(Given(flags.watch, "--watch")) if flags.watch is not None else None


def _theme(flags: Flags, sources: Sources | None) -> str | None:
    if flags.theme is not None:
        return check_theme(Given(flags.theme, "--theme"))
    if sources is not None and sources.config.theme is not None:
        return check_theme(Given(sources.config.theme, f"theme in {sources.config.path}"))
    return None


def _comes_back_by(flags: Flags) -> tuple[str, ...]:
    """What was typed to choose the project; what the environment says it will say again."""
    words: list[str] = []
    for key in ("config", "profile", "project", "region", "base_url", "impersonate"):
        value = getattr(flags, key)
        if value is not None:
            words += [flag_name(key), os.path.abspath(os.path.expanduser(value)) if key == "config" else value]
    words += [flag_name(key) for key in ("allow_http", "restricted") if getattr(flags, key)]
    return tuple(words)


def _comes_back_without(sources: Sources, environ: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    """What the environment says, and did not count."""
    if sources.token_server is None:
        return ()
    token = () if _from_variable(sources, environ, base_url) else (TOKEN_VARIABLE,)
    return tuple(name for name in (*VARIABLES.values(), *token) if environ.get(name))


def _settings(
    flags: Flags,
    connection: Connection,
    *,
    theme: str | None,
    comes_back: ComesBack,
    profile: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Settings:
    open_id, open_turn = _open_at(flags)
    return Settings(
        connection=connection,
        profile=profile,
        fresh=flags.fresh,
        watch=_watch(flags),
        theme=theme,
        time_zone=check_time_zone(typed(flags).find("time_zone")),
        low_bandwidth=flags.painting.low_bandwidth,
        restricted=flags.restricted,
        open_id=open_id,
        open_turn=open_turn,
        comes_back=comes_back,
        asked=flags.asked._replace(tags=tuple(dict.fromkeys(flags.asked.tags))),
        demo=flags.demo,
        facts=_facts(typed(flags).find, restricted=flags.restricted),
        log_file=os.path.expanduser(flags.log_file) if flags.log_file else None,
        warnings=warnings,
    )


def _address(sources: Sources, *, allow_http: bool) -> tuple[str, str]:
    given = sources.address() or Given(DEFAULT_REGION, "The default region", "region")
    if given.key == "base_url":
        return check_base_url(given, allow_http=allow_http)
    region = check_region(given)
    return REGIONS[region], region


def _project(sources: Sources) -> Given:
    if (given := sources.find("project")) is not None:
        return given
    path, names = sources.config.path, list(sources.config.profiles)
    if sources.profile is not None:
        hint = f"Add project to the profile {sources.profile.name!r} in {path}, or give --project UUID."
    elif sources.config.is_partial:
        hint = "Whoever sets the restricted mode names it, in CLARIFEYE_PROJECT or by a profile in CLARIFEYE_PROFILE."
    elif names:
        hint = f"Choose one of the profiles with --profile ({', '.join(names)}), or give --project UUID."
    else:
        hint = f"Give --project UUID, set CLARIFEYE_PROJECT, or write a profile in {path}; --demo needs none of it."
    raise MissingSetting("No project is set", hint)


def _name(sources: Sources, project: Given, project_id: str) -> str:
    # A profile's name on the screen would be a lie when a flag or a variable chose another project.
    return sources.profile.name if sources.profile and project.by_profile else project_id[:8]


def _from_variable(sources: Sources, environ: Mapping[str, str], base_url: str) -> bool:
    """Whether the token is that of the environment."""
    if not environ.get(TOKEN_VARIABLE):
        return False
    return sources.token_server is None or (sources.token_server == base_url and sources.token_place() is None)


def _token(sources: Sources, environ: Mapping[str, str], base_url: str) -> Token:
    if _from_variable(sources, environ, base_url):
        return parse_token(environ[TOKEN_VARIABLE], TOKEN_VARIABLE)
    place = sources.token_place()
    if place is None:
        raise _no_token(sources)
    value, where = check_words(place).strip(), place.where
    if place.key == "token_env":
        return token_from_variable(value, where, environ)
    config = sources.config
    if place.key == "token_file":
        return token_from_file(value, where, os.path.dirname(config.path))
    if config.danger is not None:
        raise ConfigFileError(f"{config.danger.words}, so the {where} is not run", config.danger.fix)
    return token_from_command(value, where, environ)


def _token_from(sources: Sources, environ: Mapping[str, str], base_url: str) -> str:
    place = sources.token_place()
    return TOKEN_VARIABLE if place is None or _from_variable(sources, environ, base_url) else place.where


def _no_token(sources: Sources) -> MissingSetting:
    keys = "token_env, token_file or token_command"
    if sources.token_server is None or sources.profile is None:
        return MissingSetting("No token is set", f"Set {TOKEN_VARIABLE} in the environment, or give a profile {keys}.")
    hint = f"Give it {keys} in {sources.config.path}; {TOKEN_VARIABLE} is for another server."
    return MissingSetting(f"The profile {sources.profile.name!r} has no token", hint)


def _token_source(sources: Sources, environ: Mapping[str, str], base_url: str) -> Callable[[], Token] | None:
    """What reads the token again: a file or a command; a variable never changes while we run."""
    place = sources.token_place()
    if _from_variable(sources, environ, base_url) or place is None or place.key == "token_env":
        return None
    return lambda: _token(sources, environ, base_url)


def _warnings(sources: Sources) -> tuple[str, ...]:
    path = sources.config.path
    if sources.config.exists and sources.config.mode & 0o077:
        return (f"Others can read the config file {path}; make it private: chmod 600 {path}",)
    return ()
