"""The environment is read once, and says what may be sent."""

import pytest

from tui.terminal.capabilities import Capabilities, read_capabilities


@pytest.mark.parametrize("term", ["", "dumb", "unknown", "DUMB"])
def test_a_terminal_without_cursor_control_is_not_usable(term: str) -> None:
    assert not read_capabilities({"TERM": term}).cursor_control
    assert not read_capabilities({}).cursor_control


def test_pipes_are_not_usable() -> None:
    assert read_capabilities({"TERM": "xterm"}).cursor_control
    assert not read_capabilities({"TERM": "xterm"}, input_tty=False).cursor_control
    assert not read_capabilities({"TERM": "xterm"}, output=None).cursor_control


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 16777216),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "xterm-kitty"}, 16777216),
        ({"TERM": "xterm-direct"}, 16777216),
        ({"TERM": "mlterm"}, 256),
        ({"TERM": "linux"}, 16),
        ({"TERM": "vt100"}, 0),
        ({"TERM": "xterm-mono"}, 0),
        ({"TERM": "dumb"}, 0),
    ],
)
def test_colour_depth(environment: dict[str, str], colours: int) -> None:
    assert read_capabilities(environment).colours == colours


def test_where_the_person_sits() -> None:
    local = read_capabilities({"TERM": "xterm"})
    remote = read_capabilities({"TERM": "xterm", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})
    assert (local.ssh, remote.ssh) == (False, True)
    assert local.escape_delay < remote.escape_delay <= 0.05


@pytest.mark.parametrize(("asked", "seconds"), [("80", 0.08), ("0", 0.001), ("9999999", 1.0), ("soon", 0.025)])
def test_the_escape_delay_can_be_set(asked: str, seconds: float) -> None:
    assert read_capabilities({"TERM": "xterm", "ESCDELAY": asked}).escape_delay == seconds


@pytest.mark.parametrize(
    ("environment", "multiplexer", "bce"),
    [
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}, "tmux", True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x,1,0"}, "tmux", True),
        ({"TERM": "screen", "STY": "1.pts"}, "screen", False),
        ({"TERM": "screen-256color-bce", "STY": "1.pts"}, "screen", True),
        ({"TERM": "screen-256color", "STY": "1.pts", "TMUX": "/tmp/tmux,1,0"}, "tmux", False),
        ({"TERM": "xterm-256color"}, "", True),
        ({"TERM": "linux"}, "", True),
        ({"TERM": "mlterm"}, "", True),
        ({"TERM": "vt220"}, "", False),
    ],
)
def test_multiplexers_and_erasing(environment: dict[str, str], multiplexer: str, bce: bool) -> None:
    seen = read_capabilities(environment)
    assert (seen.multiplexer, seen.bce) == (multiplexer, bce)


def test_the_wish_for_no_colours_and_the_locale() -> None:
    assert read_capabilities({"NO_COLOR": "1"}).no_color
    assert not read_capabilities({"NO_COLOR": ""}).no_color
    assert read_capabilities({"LANG": "de_DE.UTF-8"}).unicode
    assert read_capabilities({}).unicode
    assert not read_capabilities({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}).unicode
    assert Capabilities().true_colour
