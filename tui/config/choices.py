"""The projects that can be chosen while the program runs, and the settings that each leads to.

What was typed at the start, or stands in the environment, chose the first project; here the profile alone decides.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from tui.config.checks import REGIONS, Given, check_base_url, check_project, check_region
from tui.config.errors import BadSetting, ConfigError
from tui.config.profiles import Profile, read_config
from tui.config.resolve import DEFAULT_REGION, resolve, server_of
from tui.config.settings import AskedFilter, Flags, Settings
from tui.config.sources import config_path

_SHORT = 8
"""Characters of a project's id that tell it from the others of one person."""


class ProfileChoice(NamedTuple):
    """A profile as it is offered; uncleaned."""

    name: str
    server: str
    """The region or host; nothing where it is not valid."""
    project: str
    """The beginning of the project's id; nothing where it is not valid."""
    present: bool
    """Whether it is the one that is on the screen."""


class Choices:
    """Knows how the program was started: which config file, and which environment, with all its secrets."""

    def __init__(self, flags: Flags, environ: Mapping[str, str]) -> None:
        self._flags = flags
        self._environ = environ

    @property
    def path(self) -> str:
        """The config file."""
        return config_path(self._flags, self._environ)

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment that the program was started in."""
        return self._environ

    def offered(self, present: Settings) -> list[ProfileChoice]:
        """The profiles, as the file says now; raises ConfigError where it cannot be read."""
        profiles = read_config(self.path, required=False).profiles.values()
        return [_choice(profile, present) for profile in profiles]

    def settings_of(self, name: str) -> Settings:
        """The settings of a profile; raises ConfigError. It may wait for a command: call it in a thread."""
        flags = self._flags
        kept = Flags(
            profile=name,
            config=flags.config,
            log_file=flags.log_file,
            allow_http=flags.allow_http,
            watch=flags.watch,
            theme=flags.theme,
            painting=flags.painting,
            facts=flags.facts,
        )
        return resolve(kept, self._environ, token_server=self._token_server())

    def another_project(self, typed: str, present: Settings) -> Settings:
        """The settings of another project of the same server, by its id or the address of one of its pages.

        Raises:
            ConfigError: it is no id, or the address is one of another server.
        """
        from tui.config.new_profile import id_in

        connection = present.connection
        project_id = check_project(Given(id_in(typed), "What was typed"))
        region = _region_of_page(typed)
        if region is not None and REGIONS[region] != connection.base_url:
            raise BadSetting(
                f"That page is in the region {region}, and this project in {connection.region or 'another one'}",
                "Choose a profile of that region, or make one.",
            )
        if present.profile is not None and self._is_of(present.profile, project_id, present):
            return self.settings_of(present.profile)
        return present._replace(
            connection=connection._replace(project_id=project_id, name=project_id[:_SHORT]),
            asked=AskedFilter(),
            fresh=False,
            open_id=None,
            open_turn=None,
            comes_back=present.comes_back._replace(
                by=(*_without_project(present.comes_back.by), "--project", project_id)
            ),
            warnings=(),
        )

    def _is_of(self, name: str, project_id: str, present: Settings) -> bool:
        """Whether a project is the very one that a profile names."""
        profile = read_config(self.path, required=False).profiles.get(name)
        return (
            profile is not None
            and _address_of(profile)[0] == present.connection.base_url
            and (_project_of(profile) == project_id)
        )

    def _token_server(self) -> str:
        """The server that the environment's token is for: the one that an ordinary start would ask."""
        try:
            return server_of(self._flags, self._environ)
        except ConfigError:
            return ""


def _choice(profile: Profile, present: Settings) -> ProfileChoice:
    base_url, server = _address_of(profile)
    project_id, connection = _project_of(profile), present.connection
    is_present = (present.profile, connection.project_id, connection.base_url) == (profile.name, project_id, base_url)
    return ProfileChoice(profile.name, server, project_id[:_SHORT], is_present)


def _address_of(profile: Profile) -> tuple[str, str]:
    """The base URL, and what a person calls the server; nothing of a value that is not valid: it may hold a secret."""
    values = profile.values
    try:
        if "base_url" in values:
            return check_base_url(Given(values["base_url"], "base_url"), allow_http=True)
        region = check_region(Given(values.get("region", DEFAULT_REGION), "region"))
    except ConfigError:
        return "", ""
    return REGIONS[region], region


def _project_of(profile: Profile) -> str:
    try:
        return check_project(Given(profile.values.get("project", ""), "project"))
    except ConfigError:
        return ""


def _region_of_page(text: str) -> str | None:
    """The region whose host is in an address; pages of other servers may be elsewhere than their API."""
    if not re.match(r"\s*https?://", text):
        return None
    from urllib.parse import urlsplit

    try:
        host = urlsplit(text.strip()).hostname
    except ValueError:
        return None
    return next((region for region, url in REGIONS.items() if urlsplit(url).hostname == host), None)


def _without_project(words: tuple[str, ...]) -> tuple[str, ...]:
    at = words.index("--project") if "--project" in words else len(words)
    return (*words[:at], *words[at + 2 :])
