"""The form of each setting: what a value must look like, and what to say when it does not."""

import re
from typing import Literal, NamedTuple

from tui.config.errors import BadSetting
from tui.zone import zone_of

Scheme = Literal["Bearer", "Token"]

REGIONS = {
    "eu": "https://eu.app.clarifeye.ai/api/v1",
    "us": "https://us.app.clarifeye.ai/api/v1",
}
"""The base URL of each region of the service (API notes)."""

# Patterns are compiled when they are used, by re itself: few starts need more than the first.
_UUID = r"([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})"
_EMAIL = r"[!-?A-~]+@[!-?A-~]+"
_URL = r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
_AUTHORITY = r"(?P<host>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?"
_LOOPBACK = r"localhost|127(\.[0-9]{1,3}){3}|\[::1\]"
LEAST_WATCH = 30
KEEPS = ("nothing", "facts")
"""What may be kept of conversations between two starts."""
_UNITS = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
THEMES = ("dark", "light", "contrast", "ansi", "ansi-dark", "ansi-light")
"""What comes behind `clarifeye-` in the names of the themes."""
_PLACE = r"[A-Za-z_+-]{1,14}(/[A-Za-z_+-]{1,14}){0,2}"
_ZONES = "Such are: local, UTC, Europe/Berlin, America/New_York."
_URL_EXAMPLE = f"It looks like {REGIONS['eu']}."


class Given(NamedTuple):
    """A value and where it was given, in the words of the person who gave it."""

    value: str
    where: str
    key: str = ""
    """The setting's name, as in a profile."""
    by_profile: bool = False
    """Whether a profile says it, rather than a flag or the environment."""


def check_region(given: Given) -> str:
    """The name of the region."""
    region = given.value.strip().lower()
    if region not in REGIONS:
        raise BadSetting(
            f"{given.where} is not a region", f"Regions: {', '.join(REGIONS)}; for any other server give a base URL."
        )
    return region


def check_base_url(given: Given, *, allow_http: bool) -> tuple[str, str]:
    """The base URL without a trailing slash, and the region or host it belongs to; the value is never quoted back."""
    url = given.value.strip()
    whole = re.fullmatch(_URL, url, re.IGNORECASE)
    if whole is None:
        raise BadSetting(f"{given.where} is not a base URL", _why_not_a_url(url))
    if "@" in whole["authority"]:
        raise BadSetting(f"{given.where} contains a user name or password", f"Leave it out. {_URL_EXAMPLE}")
    authority = re.fullmatch(_AUTHORITY, whole["authority"])
    if authority is None or int(authority["port"] or 443) not in range(1, 65536):
        raise BadSetting(f"{given.where} has no valid host name and port", _URL_EXAMPLE)
    scheme, host = whole["scheme"].lower(), whole["authority"].lower()
    if scheme == "http" and not allow_http and not re.fullmatch(_LOOPBACK, authority["host"].lower()):
        raise BadSetting(
            f"{given.where} uses http, which would send the token unencrypted",
            "Use https; on a network that you trust, --allow-http permits it.",
        )
    base_url = f"{scheme}://{host}{(whole['path'] or '').rstrip('/')}"
    return base_url, next((name for name, known in REGIONS.items() if known == base_url), host)


def _why_not_a_url(url: str) -> str:
    if "?" in url or "#" in url:
        return f"Leave out everything from ? or # on. {_URL_EXAMPLE}"
    if "://" not in url:
        return f"It must begin with https://. {_URL_EXAMPLE}"
    return _URL_EXAMPLE


def check_project(given: Given) -> str:
    """The project's UUID, in lower case with its dashes."""
    match = re.fullmatch(_UUID, given.value.strip().lower())
    if match is None:
        raise BadSetting(
            f"{given.where} is not a UUID",
            "A project id looks like 3c90c3cc-0d44-4b50-8888-8dd25736052a; the address of its pages has it.",
        )
    return "-".join(match.groups())


def check_conversation(given: Given) -> tuple[str, int | None]:
    """The conversation's UUID, and the number of the turn behind `#` where there is one."""
    name, mark, turn = given.value.strip().partition("#")
    match = re.fullmatch(_UUID, name.lower())
    if match is None:
        raise BadSetting(f"{given.where} is not a UUID", "It is the id of a conversation, perhaps with a turn: ID#3.")
    if mark and not (turn.isascii() and turn.isdigit() and int(turn[:9]) > 0):
        raise BadSetting(f"The turn in {given.where} is not a number", "Turns count from 1: ID#3 is the third.")
    return "-".join(match.groups()), int(turn[:9]) if mark else None


def check_watch(given: Given) -> float:
    """Seconds between two looks for new conversations."""
    seconds = given.value.strip().removesuffix("s")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 7):
        raise BadSetting(f"{given.where} is not a number of seconds", "--watch 60 looks once a minute.")
    if int(seconds) < LEAST_WATCH:
        raise BadSetting(f"{given.where} is less than {LEAST_WATCH} seconds", "More often would burden the service.")
    return float(seconds)


def check_keep(given: Given) -> bool:
    """Whether facts are kept for the next start."""
    word = given.value.strip().lower()
    if word not in KEEPS:
        raise BadSetting(f"{given.where} is not known", f"It is one of: {', '.join(KEEPS)}.")
    return word == "facts"


def check_size(given: Given) -> int:
    """A number of bytes; 0 needs no unit."""
    match = re.fullmatch(r"([0-9]{1,6}) *([kMG])B?|0", given.value.strip(), re.IGNORECASE)
    if match is None:
        raise BadSetting(f"{given.where} is not a size", "Write it with its unit, as in 20MB; 0 asks always.")
    return int(match[1]) * _UNITS[match[2].lower()] if match[1] else 0


def check_time_zone(given: Given | None) -> str | None:
    """The name of a time zone that this machine knows, where one is given."""
    if given is None:
        return None
    name = given.value.strip()
    try:
        zone_of(name)
    except ValueError:
        # What is no word may be a secret that was put in the wrong place.
        named = f" {name!r}" if re.fullmatch(_PLACE, name) else ""
        raise BadSetting(f"{given.where}{named} is no time zone that is known here", _meant_zone(name)) from None
    return name


def _meant_zone(name: str) -> str:
    """What may have been meant, and what zones are called."""
    import difflib
    from zoneinfo import available_timezones

    known = {zone.casefold(): zone for zone in sorted(available_timezones())}
    known |= {zone.rpartition("/")[2].casefold(): zone for zone in known.values() if zone.count("/") == 1}
    close = difflib.get_close_matches(name.casefold().replace(" ", "_"), known, 1, 0.75)
    return f"Did you mean {known[close[0]]}? {_ZONES}" if close else _ZONES


def check_theme(given: Given) -> str:
    """The name of a theme, with or without `clarifeye-` before it."""
    name = given.value.strip().lower().removeprefix("clarifeye-")
    if name not in THEMES:
        raise BadSetting(f"{given.where} is not known", f"Themes: {', '.join(THEMES)}; without one the terminal says.")
    return f"clarifeye-{name}"


def check_email(given: Given) -> str:
    """An e-mail address that can be sent in a header."""
    email = given.value.strip()
    if len(email) > 254 or not re.fullmatch(_EMAIL, email):
        raise BadSetting(f"{given.where} is not an e-mail address", "It looks like someone@example.com.")
    return email


def check_scheme(given: Given) -> Scheme:
    """How the token is announced in the Authorization header."""
    match given.value.strip().lower():
        case "bearer":
            return "Bearer"
        case "token":
            return "Token"
        case _:
            raise BadSetting(f"{given.where} is not known", 'It is "Bearer" (the usual one) or "Token".')


def check_words(given: Given) -> str:
    """Text that is not empty and can be sent."""
    if not given.value.strip():
        raise BadSetting(f"{given.where} is empty", "Give it a value, or leave it out.")
    if any("\ud800" <= character <= "\udfff" for character in given.value):
        raise BadSetting(f"{given.where} is not valid UTF-8 text", "Check the locale of the terminal.")
    return given.value
