"""Flags, environment and profile side by side, strongest first, before anything is checked.

A path is text here: pathlib would take 4 ms before the first thing is on the screen.
"""

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tui.config.checks import Given
from tui.config.errors import ConflictingSettings
from tui.config.profiles import TOKEN_KEYS, ConfigFile, Profile, default_path, read_config
from tui.config.secret import remember
from tui.config.settings import Flags

PROFILE_VARIABLE = "CLARIFEYE_PROFILE"
CONFIG_VARIABLE = "CLARIFEYE_CONFIG"
VARIABLES = {
    "base_url": "CLARIFEYE_BASE_URL",
    "region": "CLARIFEYE_REGION",
    "project": "CLARIFEYE_PROJECT",
    "impersonate": "CLARIFEYE_IMPERSONATE_EMAIL",
}
"""The environment variable of each setting that chooses the project and is no secret."""
ZONE_VARIABLE = "CLARIFEYE_TIME_ZONE"
"""That of the time zone, which is the user's, whatever project is read."""


class Layer(NamedTuple):
    """One place where settings come from, and what a person calls a setting there."""

    values: Mapping[str, str]
    label: Callable[[str], str]
    is_profile: bool = False

    def find(self, key: str) -> Given | None:
        """One of the values, with where it stands."""
        return Given(self.values[key], self.label(key), key, self.is_profile) if key in self.values else None


class Sources(NamedTuple):
    """All that was said, strongest first."""

    layers: tuple[Layer, ...]
    config: ConfigFile
    profile: Profile | None
    token_server: str | None = None
    """Set where a profile was chosen inside, and the environment does not count: the base URL that its token is for."""

    def find(self, key: str) -> Given | None:
        """The strongest value of a setting."""
        return next((given for layer in self.layers if (given := layer.find(key)) is not None), None)

    def address(self) -> Given | None:
        """The strongest of region and base URL; two of them in the same place exclude each other."""
        for layer in self.layers:
            found = [given for key in ("region", "base_url") if (given := layer.find(key)) is not None]
            if len(found) > 1:
                raise ConflictingSettings(
                    f"{found[0].where} and {found[1].where} are both set",
                    "Keep the region for the service itself, or the base URL for any other server.",
                )
            if found:
                return found[0]
        return None

    def token_place(self) -> Given | None:
        """Which of the profile's keys says where the token is; more than one of them is an error."""
        if self.profile is None:
            return None
        found = [given for key in TOKEN_KEYS if (given := self.find(key))]
        if len(found) > 1:
            raise ConflictingSettings(
                f"{found[0].key} and {found[1].where} are both set", "Keep one of them: a token has one place."
            )
        return found[0] if found else None


def config_path(flags: Flags, environ: Mapping[str, str]) -> str:
    """The config file that is meant, whether or not it exists."""
    named = flags.config if flags.config is not None else environ.get(CONFIG_VARIABLE) or None
    return os.path.expanduser(named) if named is not None else default_path(environ)


def gather(flags: Flags, environ: Mapping[str, str], *, token_server: str | None = None) -> Sources:
    """Read the config file, choose the profile, and put flags, environment and profile in their order.

    With a `token_server` the environment chooses nothing; its token is for that server alone.
    """
    counts = token_server is None
    variables = {key: environ[name] for key, name in VARIABLES.items() if counts and environ.get(name)}
    named = flags.config is not None or bool(environ.get(CONFIG_VARIABLE))
    name = flags.profile if flags.profile is not None else environ.get(PROFILE_VARIABLE) or None
    config = read_config(config_path(flags, environ), required=named, name=name, alone=flags.restricted)
    for variable in config.token_variables:
        remember(environ.get(variable, ""))
    profile = config.choose(name)
    layers = [typed(flags), Layer(variables, VARIABLES.__getitem__)]
    if zone := environ.get(ZONE_VARIABLE):
        layers.append(Layer({"time_zone": zone}, lambda _: ZONE_VARIABLE))
    if profile is not None:
        name = profile.name
        layers.append(Layer(profile.values, lambda key: f"{key} in profile {name!r}", is_profile=True))
    if config.time_zone is not None:
        layers.append(Layer({"time_zone": config.time_zone}, lambda key: f"{key} in {config.path}"))
    return Sources(tuple(layers), config, profile, token_server)


def typed(flags: Flags) -> Layer:
    """What the command line says."""
    said = {key: getattr(flags, key) for key in VARIABLES} | flags.facts._asdict()
    said["time_zone"] = flags.painting.time_zone
    return Layer({key: value for key, value in said.items() if value is not None}, flag_name)


def flag_name(key: str) -> str:
    """How a setting is called on the command line."""
    return "--" + key.replace("_", "-")
