"""How many keys the walks of a day's work take."""

import tempfile
from pathlib import Path

from tests.bench.report import Row
from tests.e2e.walks import HAS_TMUX, MOST_KEYS, WALKS


def measure() -> list[Row]:
    """Walk each of them once."""
    rows: list[Row] = []
    for name, walk in WALKS.items():
        if "tmux" in name and not HAS_TMUX:
            continue
        with tempfile.TemporaryDirectory() as home:
            keys = walk(Path(home))
        rows.append(Row(f"{name}, keys", f"<= {MOST_KEYS[name]}", str(keys), keys <= MOST_KEYS[name]))
    return rows
