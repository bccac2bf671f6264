"""What `config path` and `config show` say: the settings as they would be used, without ever reading the token."""

from collections.abc import Callable, Iterator, Mapping

from tui.config.checks import (
    REGIONS,
    Given,
    check_base_url,
    check_email,
    check_keep,
    check_project,
    check_scheme,
    check_size,
    check_time_zone,
)
from tui.config.errors import BadSetting
from tui.config.resolve import DEFAULT_REGION
from tui.config.settings import TOKEN_VARIABLE, FactsSettings, Flags, ReviewSettings
from tui.config.sources import CONFIG_VARIABLE, Sources, gather

UNUSABLE = ("not set", "not valid")
"""How the words for a setting begin that is needed and missing, or cannot be used."""


def describe(flags: Flags, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each setting's name, and what is set with its source; raises ConfigError for a file that cannot be read."""
    if flags.demo:
        yield "server", "the built-in project, which needs no setting (from --demo)"
        return
    sources = gather(flags, environ)
    yield "config file", f"{sources.config.path}{_about_file(flags, environ, exists=sources.config.exists)}"
    if not sources.config.is_partial:
        yield "profiles", ", ".join(sources.config.profiles) or "none"
    yield "profile", sources.profile.name if sources.profile else "none"
    yield "server", _server(sources.address())
    yield "project", _found(sources.find("project"), check_project, "not set")
    yield "token", _token(sources, environ)
    yield "auth scheme", _found(sources.find("auth_scheme"), check_scheme, "Bearer (default)")
    yield "impersonate", _found(sources.find("impersonate"), check_email, "nobody")
    yield "time zone", _found(sources.find("time_zone"), check_time_zone, "local (default)")
    yield "keep", _found(sources.find("keep"), check_keep, "nothing (default)")
    yield (
        "read on below",
        _found(sources.find("read_on_below"), check_size, f"{FactsSettings().read_on_below // 1_000_000} MB (default)"),
    )
    yield from _review(sources.config.review)
    count = len(sources.profile.failure_patterns) if sources.profile else 0
    from_profile = f"{count} (from profile {sources.profile.name!r})" if sources.profile else ""
    yield "failure patterns", from_profile if count else "none beyond those that always hold"


def _review(review: ReviewSettings) -> Iterator[tuple[str, str]]:
    usual = " (default)" if review == ReviewSettings() else ""
    yield "reviewer", review.name or "asked with the first verdict"
    for what, keys in (("labels", review.labels), ("reasons", review.reasons)):
        yield what, f"{', '.join(f'{key.letter} {key.name}' for key in keys) or 'none'}{usual}"


def _about_file(flags: Flags, environ: Mapping[str, str], *, exists: bool) -> str:
    if not exists:
        return " (does not exist)"
    if flags.config is not None:
        return " (from --config)"
    return f" (from {CONFIG_VARIABLE})" if environ.get(CONFIG_VARIABLE) else ""


def _server(given: Given | None) -> str:
    if given is None:
        return f"{REGIONS[DEFAULT_REGION]} (default region {DEFAULT_REGION})"
    if given.key == "region":
        return f"{REGIONS.get(given.value.strip().lower(), 'unknown region')} (from {given.where})"
    return _found(given, lambda one: check_base_url(one, allow_http=True), "")


def _found(given: Given | None, check: Callable[[Given], object], otherwise: str) -> str:
    """The value, unless it is not valid: the user may have written the token in its place."""
    if given is None:
        return otherwise
    try:
        check(given)
    except BadSetting:
        return f"not valid, and not shown: it may hold a secret (from {given.where})"
    return f"{given.value} (from {given.where})"


def _token(sources: Sources, environ: Mapping[str, str]) -> str:
    if environ.get(TOKEN_VARIABLE):
        return f"hidden (from {TOKEN_VARIABLE})"
    place = sources.token_place()
    if place is None:
        return "not set"
    if place.key == "token_env" and not environ.get(place.value):
        return f"not set (the variable that {place.where} names is not there)"
    return f"hidden (from {place.where})"
