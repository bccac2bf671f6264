"""What the soak calls a leak: what is in use and grows, whatever the system has given."""

import sys
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.soak.scales import Growing, Scales, judge_growth

LOOKS = 20


def weighed(home: Path, planted: str = "") -> list[float]:
    """The real program on the demo, which nobody touches, weighed again and again."""
    scales = Scales(str(home), planted)
    environ = {**scales.environ, "HOME": str(home), "TERM": "xterm-256color"}
    command = [str(Path(sys.executable).with_name("clarifeye-tui")), "--demo"]
    with TerminalRun(command, environ=environ) as run:
        run.wait_for(r"Conversations[^│]*\d")
        return [scales.in_use_mb() for _ in range(LOOKS)]


@pytest.mark.parametrize("planted", ["bytes", "objects"])
def test_a_planted_leak_is_found(planted: str, tmp_path: Path) -> None:
    with pytest.raises(Growing, match="it grows"):
        judge_growth(weighed(tmp_path, planted))


def test_what_is_kept_once_is_no_leak_and_what_grows_for_long_is() -> None:
    judge_growth([60 + min(40, number) + number % 3 * 10 for number in range(500)])
    with pytest.raises(Growing):
        judge_growth([90 + number / 15 + number % 3 * 10 for number in range(500)])
