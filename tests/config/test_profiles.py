import contextlib
import os
import re
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.config.errors import ConfigFileError, UnknownProfile
from tui.config.profiles import ConfigFile, default_path, read_config


def config(folder: Path, text: str | bytes) -> ConfigFile:
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)
    return read_config(path, required=True)


TWO = '[profiles.acme]\nregion = "eu"\n[profiles.globex]\nregion = "us"\n'


def test_the_asked_profile_is_chosen_else_the_default_one_else_the_only_one(tmp_path: Path) -> None:
    two = config(tmp_path, 'default_profile = "globex"\n' + TWO)
    assert (two.choose("acme") or two.choose(None)) == two.profiles["acme"]
    assert two.choose(None) == two.profiles["globex"]
    assert config(tmp_path, TWO).choose(None) is None
    only = config(tmp_path, '[profiles.acme]\nregion = "eu"')
    assert only.choose(None) == only.profiles["acme"]


def test_no_config_file_is_no_error_unless_it_was_asked_for(tmp_path: Path) -> None:
    missing = tmp_path / "folder" / "config.toml"
    assert not read_config(missing, required=False).exists
    with pytest.raises(ConfigFileError, match="There is no config file"):
        read_config(missing, required=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[profiles.acme]\nprojct = "x"',
            ["'projct' in profile 'acme'", "Did you mean project?", "Known keys: region"],
        ),
        ('colour = "red"', ["'colour'", "Known keys: default_profile, theme, time_zone, profiles, review"]),
        ("[profiles.acme]\nproject = 7", ["project in profile 'acme'", "text in quotes"]),
        ('[profiles.acme]\ntoken = "abcdef"', ["does not belong", "token_env, token_file or token_command"]),
        ('api_key = "abcdef"', ["does not belong"]),
        ("default_profile = 7", ["default_profile", "text in quotes"]),
        ('[profiles.acme]\nfailure_patterns = "x"', ["failure_patterns in profile 'acme'", "list of texts"]),
        ("[profiles.acme]\nfailure_patterns = [7]", ["failure_patterns in profile 'acme'", "list of texts"]),
        (
            '[profiles.acme]\nfailure_patterns = ["a", "(b"]',
            ["number 2 is no regular expression", "Correct it"],
        ),
        (f"[profiles.acme]\nfailure_patterns = {['x'] * 51}", ["too many, or too long", "at most 50"]),
        (f"[profiles.acme]\nfailure_patterns = {['x' * 1001]}", ["too many, or too long", "1,000 characters"]),
        ("profiles = 7", ["profiles", "tables"]),
        ("[profiles]\nacme = 7", ["profiles.acme", "table"]),
        ("[profiles.acme]\nregion = eu", ["not valid TOML", "line 2"]),
        (b'x = 1\n[profiles.acme]\nregion = "\xff"', ["not UTF-8", "line 3"]),
        ("a = " + "[" * 5000, ["not valid TOML"]),
        ("a = " + "9" * 5000, ["not valid TOML"]),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_its_fix(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    with pytest.raises(ConfigFileError) as caught:
        config(tmp_path, text)
    for word in [*words, str(tmp_path)] if "Known keys" not in words[-1] else words:
        assert word in str(caught.value)
    assert "abcdef" not in str(caught.value)


def test_an_unknown_profile_is_told_with_the_near_one_and_all_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownProfile, match=re.escape("Did you mean acme? Profiles: acme, globex.")):
        config(tmp_path, TWO).choose("acm")
    with pytest.raises(UnknownProfile, match="does not exist"):
        read_config(tmp_path / "none.toml", required=False).choose("acme")
    with pytest.raises(UnknownProfile, match=re.escape("[profiles.acme]")):
        config(tmp_path, "").choose("acme")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileError, match="cannot be read: Is a directory"):
        read_config(tmp_path, required=False)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("folder", ["", "/somewhere/else"])
def test_the_default_path_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert Path(default_path(os.environ)).parent == platformdirs.user_config_path("clarifeye-tui", appauthor=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.one_of(st.binary(max_size=60), st.from_regex(rb"(\[profiles(\.[a-c])?\]\n|[a-z_]{1,8} = [\"\[{0-9]*\n)*")))
def test_any_bytes_are_a_config_file_or_get_our_error(tmp_path: Path, content: bytes) -> None:
    with contextlib.suppress(ConfigFileError):
        assert config(tmp_path, content).exists
