"""Memory goes back to the system, or what is read all day adds up."""

import platform
import subprocess
import sys

import pytest

_STORY = """
import os
from pathlib import Path
from tui.api.memory import give_back_what_is_freed

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

if {told}:
    give_back_what_is_freed()
bytes(20_000_000)  # from here on glibc takes blocks of this size from between the small ones
before, kept = resident(), []
for number in range(40):
    page = b"x" * 5_000_000
    kept.append(b"y" * 40_000)  # a little of each page stays
    del page
pages = [b"x" * 5_000_000 for _ in range(40)]
kept += [b"y" * 40_000 for _ in range(40)]
del pages
print(resident() - before)
"""


def grown(*, told: bool) -> float:
    done = subprocess.run([sys.executable, "-c", _STORY.format(told=told)], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators give back in ways of their own")
def test_what_pages_leave_behind_is_small() -> None:
    assert grown(told=True) < 20 < grown(told=False)
