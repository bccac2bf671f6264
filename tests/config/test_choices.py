"""What a choice inside leads to: the profile alone, and the environment's token to its own server only."""

from pathlib import Path

import pytest

from tui.config.choices import Choices
from tui.config.errors import ConfigError
from tui.config.resolve import resolve
from tui.config.settings import AskedFilter, Flags

PROJECT, OTHER = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "99999999-2222-4333-8444-555555555555"
VARIABLES = {"CLARIFEYE_TOKEN": "the-token-of-the-environment"}


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = tmp_path / "config.toml"
    path.write_text(
        f'[profiles.here]\nproject = "{PROJECT}"\n'
        f'[profiles.there]\nregion = "us"\nproject = "{PROJECT}"\n'
        f'[profiles.own]\nregion = "us"\nproject = "{PROJECT}"\ntoken_env = "OWN"\n'
        '[profiles.wrong]\nbase_url = "https://me:secret@x.example/api/v1"\nproject = "x"\n'
    )
    path.chmod(0o600)
    return str(path)


def test_a_token_of_the_environment_goes_to_its_own_server_only(path: str) -> None:
    choices = Choices(Flags(config=path, profile="here"), {**VARIABLES, "OWN": "own-token"})
    assert choices.settings_of("here").connection.token.reveal() == VARIABLES["CLARIFEYE_TOKEN"]
    assert choices.settings_of("own").connection.token.reveal() == "own-token"
    with pytest.raises(ConfigError, match="'there' has no token"):
        choices.settings_of("there")


def test_neither_flags_nor_the_environment_choose_again(path: str) -> None:
    flags = Flags(
        config=path, project=OTHER, region="us", asked=AskedFilter("x"), fresh=True, conversation=OTHER, watch="60"
    )
    environ = {**VARIABLES, "OWN": "own-token", "CLARIFEYE_PROJECT": OTHER, "CLARIFEYE_PROFILE": "there"}
    settings = Choices(flags, environ).settings_of("own")
    assert (settings.connection.project_id, settings.profile, settings.asked) == (PROJECT, "own", AskedFilter())
    assert (settings.fresh, settings.open_id, settings.watch) == (False, None, 60)
    assert settings.comes_back.without == ("CLARIFEYE_PROJECT", "CLARIFEYE_TOKEN")


def test_the_profiles_are_offered_without_what_may_be_secret(path: str) -> None:
    flags = Flags(config=path, profile="here")
    offered = Choices(flags, VARIABLES).offered(resolve(flags, VARIABLES))
    assert [tuple(choice) for choice in offered] == [
        ("here", "eu", PROJECT[:8], True),
        ("there", "us", PROJECT[:8], False),
        ("own", "us", PROJECT[:8], False),
        ("wrong", "", "", False),
    ]


def test_back_from_another_project_of_the_server_it_is_the_profile_again(path: str) -> None:
    flags = Flags(config=path, profile="here")
    choices, first = Choices(flags, VARIABLES), resolve(flags, VARIABLES)
    other = choices.another_project(f"https://eu.app.clarifeye.ai/projects/{OTHER}", first)
    assert (other.connection.project_id, other.connection.name, other.profile) == (OTHER, OTHER[:8], "here")
    assert other.comes_back.by == ("--config", path, "--profile", "here", "--project", OTHER)
    again = choices.another_project(PROJECT, other)
    assert (again.identity, again.connection.name) == (first.identity, "here")
