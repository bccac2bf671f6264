import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tui.config.choices import Choices
from tui.config.errors import BadSetting, ConfigError, ConfigFileError, ConflictingSettings, MissingSetting, UsageError
from tui.config.logs import open_log
from tui.config.resolve import check_demo, demo_settings, resolve
from tui.config.secret import Secret
from tui.config.settings import AskedFilter, FactsFlags, FactsSettings, Flags, PaintingFlags
from tui.config.show import describe

ONE, TWO, THREE = (f"{digit * 8}-0d44-4b50-8888-8dd25736052a" for digit in "123")
SECRET = "s3cret-token"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(
        f'[profiles.acme]\nregion = "us"\nproject = "{THREE}"\ntoken_env = "ACME"\nauth_scheme = "Token"\n'
        'impersonate = "profile@example.com"\n'
    )
    path.chmod(0o600)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path / "nowhere"), "CLARIFEYE_TOKEN": SECRET}


def test_flags_win_over_the_environment_and_that_over_the_profile(config: Path) -> None:
    environ = {"ACME": "from-profile"}
    connection = resolve(Flags(config=str(config)), environ).connection
    assert (connection.region, connection.project_id, connection.impersonate) == ("us", THREE, "profile@example.com")
    assert (connection.token.reveal(), connection.scheme, connection.name) == ("from-profile", "Token", "acme")

    environ |= {
        "CLARIFEYE_BASE_URL": "https://host.example/api/v1/",
        "CLARIFEYE_PROJECT": TWO,
        "CLARIFEYE_IMPERSONATE_EMAIL": "environment@example.com",
        "CLARIFEYE_TOKEN": "Bearer from-environment\n",
    }
    connection = resolve(Flags(config=str(config)), environ).connection
    assert (connection.base_url, connection.region) == ("https://host.example/api/v1", "host.example")
    assert (connection.project_id, connection.impersonate) == (TWO, "environment@example.com")
    assert (connection.token.reveal(), connection.scheme) == ("from-environment", "Bearer")
    assert connection.name == TWO[:8], "the profile's name would be wrong for another project"

    flags = Flags(config=str(config), region="eu", project=ONE, impersonate="flag@example.com")
    connection = resolve(flags, environ).connection
    assert (connection.base_url, connection.region) == ("https://eu.app.clarifeye.ai/api/v1", "eu")
    assert (connection.project_id, connection.impersonate) == (ONE, "flag@example.com")


def test_a_profile_tells_failures_of_its_own_tools(config: Path) -> None:
    with config.open("a") as file:
        file.write("failure_patterns = ['^No exact match', 'code [1-9]']\n")
    settings = resolve(Flags(config=str(config)), {"ACME": SECRET})
    assert settings.facts.failure_patterns == ("^No exact match", "code [1-9]")
    assert ("failure patterns", "2 (from profile 'acme')") in list(describe(Flags(config=str(config)), {}))
    assert resolve(Flags(config=str(config), project=ONE), {"ACME": SECRET}).facts.failure_patterns
    assert ("failure patterns", "none beyond those that always hold") in list(describe(Flags(), {}))


def test_what_is_kept_and_read_unasked_is_said_by_profile_or_flag_and_the_restricted_mode_keeps_nothing(
    config: Path,
) -> None:
    environ = {"ACME": SECRET}
    assert resolve(Flags(config=str(config)), environ).facts == FactsSettings(kept=False, read_on_below=20_000_000)
    before = config.read_text()
    config.write_text(before + 'keep = "facts"\nread_on_below = 0\n')
    assert resolve(Flags(config=str(config)), environ).facts[:2] == (True, 0)
    assert resolve(Flags(config=str(config), facts=FactsFlags("nothing", "5 gb")), environ).facts[:2] == (
        False,
        5_000_000_000,
    )
    assert not resolve(Flags(config=str(config), restricted=True), environ).facts.kept
    config.write_text(before + 'keep = "facts"\nrestricted = true\n')
    assert not resolve(Flags(config=str(config)), environ).facts.kept
    said = dict(describe(Flags(config=str(config)), {}))
    assert said["keep"] == "facts (from keep in profile 'acme')"
    assert said["read on below"] == "20 MB (default)"
    for flags in (
        Flags(restricted=True, facts=FactsFlags("facts")),
        Flags(facts=FactsFlags("all")),
        Flags(facts=FactsFlags(None, "20")),
    ):
        with pytest.raises(ConfigError):
            resolve(flags._replace(config=str(config)), environ)
        with pytest.raises(ConfigError):
            check_demo(flags)


def test_without_a_config_file_the_environment_and_a_default_region_do(home: Mapping[str, str]) -> None:
    settings = resolve(Flags(project=ONE, asked=AskedFilter("x", ("b", "a", "b"), archived=True)), home)
    assert settings.connection.region == "eu"
    assert (settings.asked, settings.profile) == (AskedFilter("x", ("b", "a"), archived=True), None)


def test_the_profile_can_be_chosen_by_flag_or_environment(config: Path) -> None:
    with config.open("a") as file:
        file.write(f'[profiles.globex]\nproject = "{TWO}"\ntoken_env = "ACME"\n')
    environ = {"ACME": "x", "CLARIFEYE_PROFILE": "globex"}
    assert resolve(Flags(config=str(config)), environ).profile == "globex"
    assert resolve(Flags(config=str(config), profile="acme"), environ).profile == "acme"
    with pytest.raises(MissingSetting, match="Choose one of the profiles with --profile \\(acme, globex\\)"):
        resolve(Flags(config=str(config)), {"ACME": "x"})


def test_empty_variables_count_as_not_set(home: Mapping[str, str]) -> None:
    environ = {**home, "CLARIFEYE_REGION": "", "CLARIFEYE_PROFILE": "", "CLARIFEYE_BASE_URL": ""}
    assert resolve(Flags(project=ONE), environ).connection.region == "eu"


@pytest.mark.parametrize(
    ("flags", "kind", "word"),
    [
        (Flags(), MissingSetting, "No project is set.*--project UUID.*CLARIFEYE_PROJECT.*--demo"),
        (Flags(project="acme"), BadSetting, "--project is not a UUID"),
        (Flags(project=ONE, region="fr"), BadSetting, "--region is not a region"),
        (Flags(project=ONE, region="eu", base_url="https://x"), ConflictingSettings, "--region and --base-url"),
        (Flags(project=ONE, base_url="http://x.example"), BadSetting, "--allow-http"),
        (Flags(project=ONE, impersonate="me"), BadSetting, "--impersonate"),
        (Flags(project=ONE, asked=AskedFilter(tags=("a",), untagged=True)), UsageError, "--tag and --untagged"),
        (Flags(project=ONE, asked=AskedFilter(tags=("",))), BadSetting, "--tag is empty"),
        (Flags(project=ONE, asked=AskedFilter(" ")), BadSetting, "--text is empty"),
        (Flags(project=ONE, config="/nowhere/config.toml"), ConfigFileError, "There is no config file"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    home: Mapping[str, str], flags: Flags, kind: type[ConfigError], word: str
) -> None:
    with pytest.raises(kind, match=word):
        resolve(flags, home)


def test_a_missing_token_is_said_with_all_the_places_it_can_be_in(tmp_path: Path) -> None:
    with pytest.raises(MissingSetting, match=r"CLARIFEYE_TOKEN.*token_env, token_file or token_command"):
        resolve(Flags(project=ONE), {"XDG_CONFIG_HOME": str(tmp_path)})


def test_a_token_has_one_place(config: Path) -> None:
    with config.open("a") as file:
        file.write('token_file = "~/token"\n')
    with pytest.raises(ConflictingSettings, match="token_env and token_file in profile 'acme'"):
        resolve(Flags(config=str(config)), {"ACME": "x"})


def test_files_that_others_can_read_are_used_and_warned_about(config: Path) -> None:
    config.write_text(f'[profiles.acme]\nproject = "{ONE}"\ntoken_file = "token"\n')
    token = config.with_name("token")
    token.write_text(SECRET)
    for path in (config, token):
        path.chmod(0o644)
    warnings = resolve(Flags(config=str(config)), {}).warnings
    assert [path for path in (config, token) if any(f"chmod 600 {path}" in warning for warning in warnings)] == [
        config,
        token,
    ]


@pytest.fixture
def commanding(tmp_path: Path) -> Path:
    """A config file in a folder of its own, whose command leaves a trace."""
    folder = tmp_path / "settings"
    folder.mkdir(0o700)
    config = folder / "config.toml"
    config.write_text(f'[profiles.acme]\nproject = "{ONE}"\ntoken_command = "touch {tmp_path}/ran"\n')
    config.chmod(0o600)
    return config


def why_not_run(config: Path, tmp_path: Path) -> str:
    """What is said in place of running the command of the config file."""
    with pytest.raises(ConfigFileError, match="is not run") as caught:
        resolve(Flags(config=str(config)), {})
    assert not (tmp_path / "ran").exists()
    return str(caught.value)


@pytest.mark.parametrize("mode", [0o622, 0o620, 0o602])
def test_a_command_from_a_file_that_others_may_change_is_not_run(commanding: Path, tmp_path: Path, mode: int) -> None:
    commanding.chmod(mode)
    assert f"chmod 600 {commanding}" in why_not_run(commanding, tmp_path)


@pytest.mark.parametrize(
    ("mode", "fix"), [(0o770, "chmod 700"), (0o707, "chmod 700"), (0o1777, "a folder of your own")]
)
def test_a_command_from_a_folder_that_others_may_change_is_not_run(
    commanding: Path, tmp_path: Path, mode: int, fix: str
) -> None:
    commanding.parent.chmod(mode)
    assert fix in why_not_run(commanding, tmp_path)
    (tmp_path / "link.toml").symlink_to(commanding)
    assert fix in why_not_run(tmp_path / "link.toml", tmp_path)


def test_a_command_from_somebody_elses_file_or_folder_is_not_run(
    commanding: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid():
        owner = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
        assert "chown" in why_not_run(commanding, tmp_path)
        return
    os.chown(commanding, 12345, 0)
    assert f"{commanding} belongs to another user" in why_not_run(commanding, tmp_path)
    os.chown(commanding, 0, 0)
    os.chown(commanding.parent, 12345, 0)
    assert f"chown 0 {commanding.parent}" in why_not_run(commanding, tmp_path)


def test_a_command_from_a_file_of_ones_own_runs(commanding: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="is empty"):
        resolve(Flags(config=str(commanding)), os.environ)
    assert (tmp_path / "ran").exists()


def test_a_variable_names_the_config_file_and_the_flag_another(commanding: Path, home: Mapping[str, str]) -> None:
    environ = {**home, "CLARIFEYE_CONFIG": str(commanding)}
    assert resolve(Flags(), environ).profile == "acme"
    assert dict(describe(Flags(), environ))["config file"] == f"{commanding} (from CLARIFEYE_CONFIG)"
    with pytest.raises(ConfigFileError, match="/nowhere"):
        resolve(Flags(config="/nowhere"), environ)
    with pytest.raises(ConfigFileError, match="There is no config file /nowhere"):
        resolve(Flags(), {**home, "CLARIFEYE_CONFIG": "/nowhere"})


def test_no_command_runs_before_everything_else_is_right(config: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    config.write_text(f'[profiles.acme]\nproject = "nonsense"\ntoken_command = "touch {ran}"\n')
    with pytest.raises(BadSetting, match="project in profile 'acme' is not a UUID"):
        resolve(Flags(config=str(config)), {})
    assert not ran.exists()


def test_the_demo_brings_its_own_project() -> None:
    flags = Flags(demo=True, asked=AskedFilter(tags=("a",)))
    check_demo(flags)
    settings = demo_settings(flags, "http://127.0.0.1:1/api/v1", ONE, SECRET)
    assert (settings.demo, settings.asked.tags, settings.connection.name) == (True, ("a",), "demo")
    for other in (Flags(project=ONE), Flags(base_url="https://x"), Flags(region="eu"), Flags(profile="acme")):
        with pytest.raises(UsageError, match="--demo and --"):
            check_demo(other)


def test_the_token_is_never_seen_by_accident(home: Mapping[str, str]) -> None:
    settings = resolve(Flags(project=ONE), home)
    assert SECRET not in f"{settings!r} {settings} {settings.connection.token}"


def test_show_says_each_setting_and_its_source_and_hides_the_token(config: Path, home: Mapping[str, str]) -> None:
    said = dict(describe(Flags(config=str(config), region="eu"), {**home, "CLARIFEYE_PROJECT": TWO}))
    assert said["server"] == "https://eu.app.clarifeye.ai/api/v1 (from --region)"
    assert said["project"] == f"{TWO} (from CLARIFEYE_PROJECT)"
    assert said["impersonate"] == "profile@example.com (from impersonate in profile 'acme')"
    assert said["token"] == "hidden (from CLARIFEYE_TOKEN)"
    assert SECRET not in str(said)
    nothing = dict(describe(Flags(), {"XDG_CONFIG_HOME": home["XDG_CONFIG_HOME"]}))
    assert "does not exist" in nothing["config file"]
    assert (nothing["project"], nothing["token"]) == ("not set", "not set")


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield root
    root.setLevel(level)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)


def test_the_log_is_private_and_without_the_token(tmp_path: Path, root_logger: logging.Logger) -> None:
    path = tmp_path / "log"
    handler = open_log(path, Secret(SECRET), str.upper)
    try:
        raise ValueError(f"traceback with {SECRET}")
    except ValueError:
        logging.getLogger("tui").exception("asked with %s", SECRET)
    handler.close()
    root_logger.removeHandler(handler)
    written = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "TRACEBACK WITH (THE TOKEN)" in written
    assert SECRET.upper() not in written


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for path in (tmp_path, tmp_path / "no" / "folder", tmp_path / "link"):
        with pytest.raises(BadSetting, match="cannot be written"):
            open_log(path, Secret(SECRET), str)


def test_the_time_zone_is_a_flag_before_it_is_the_profiles(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[profiles.a]\nproject = "{THREE}"\ntoken_env = "T"\nregion = "eu"\ntime_zone = "Europe/Berlin"\n'
    )
    flags, environ = Flags(config=str(config)), {"T": SECRET}
    assert resolve(flags, environ).time_zone == "Europe/Berlin"
    assert resolve(flags._replace(painting=PaintingFlags("UTC")), environ).time_zone == "UTC"
    with pytest.raises(BadSetting, match="--time-zone 'Mars/Olympus' is no"):
        resolve(flags._replace(painting=PaintingFlags("Mars/Olympus")), environ)


def test_the_time_zone_of_the_environment_is_before_the_profiles_in_every_project(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    profile = f'project = "{THREE}"\ntoken_env = "T"\nregion = "eu"\ntime_zone = "Europe/Berlin"\n'
    config.write_text(f"[profiles.a]\n{profile}")
    flags, environ = Flags(config=str(config)), {"T": SECRET, "CLARIFEYE_TIME_ZONE": "Asia/Tokyo"}
    assert resolve(flags, environ).time_zone == "Asia/Tokyo"
    assert resolve(flags._replace(painting=PaintingFlags("UTC")), environ).time_zone == "UTC"
    gone_to = Choices(flags, environ).settings_of("a")
    assert gone_to.time_zone == "Asia/Tokyo"
    assert "CLARIFEYE_TIME_ZONE" not in gone_to.comes_back.without
    with pytest.raises(BadSetting, match="CLARIFEYE_TIME_ZONE 'Mars/Olympus' is no"):
        resolve(flags, {**environ, "CLARIFEYE_TIME_ZONE": "Mars/Olympus"})


def test_the_time_zone_above_all_profiles_holds_where_none_is_named_below(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    profile = f'project = "{THREE}"\ntoken_env = "T"\nregion = "eu"\n'
    config.write_text(
        f'time_zone = "Asia/Tokyo"\n[profiles.a]\n{profile}[profiles.b]\n{profile}time_zone = "Europe/Berlin"\n'
    )
    flags, environ = Flags(config=str(config), profile="a"), {"T": SECRET}
    assert resolve(flags, environ).time_zone == "Asia/Tokyo"
    assert resolve(flags._replace(profile="b"), environ).time_zone == "Europe/Berlin"
    assert resolve(flags._replace(painting=PaintingFlags("UTC")), environ).time_zone == "UTC"
    config.write_text(f'time_zone = "{SECRET}"\n[profiles.a]\n{profile}')
    with pytest.raises(BadSetting, match=r"time_zone in .*config\.toml is no time zone") as caught:
        resolve(flags, environ)
    assert SECRET not in str(caught.value)
