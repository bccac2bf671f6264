"""Where the program keeps what it remembers between two starts: platformdirs' folder for this system."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tui.config.profiles import APP_FOLDER


def state_folder(environ: Mapping[str, str]) -> Path:
    """The folder of resume state, saved filters and copies too large for a clipboard; it need not exist."""
    if sys.platform == "linux":
        # What platformdirs does on Linux, without its 10 ms of imports before the first frame.
        base = environ.get("XDG_STATE_HOME", "").strip() or os.path.expanduser("~/.local/state")
        return Path(base, APP_FOLDER)
    import platformdirs

    return platformdirs.user_state_path(APP_FOLDER, appauthor=False)
