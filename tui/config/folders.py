"""Where the program keeps what it remembers between two starts: platformdirs' folder for this system."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tui.config.profiles import APP_FOLDER, base_folder


def current_folder() -> Path:
    """The folder that the user is in; the home folder where that one was taken away under their feet."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.path.expanduser("~"))


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of what the user has made and would miss, such as verdicts; it need not exist."""
    if sys.platform == "linux":
        return Path(base_folder(environ, "XDG_DATA_HOME", "~/.local/share"), APP_FOLDER)
    import platformdirs

    return platformdirs.user_data_path(APP_FOLDER, appauthor=False)


def state_folder(environ: Mapping[str, str]) -> Path:
    """The folder of resume state, saved filters and copies too large for a clipboard; it need not exist."""
    if sys.platform == "linux":
        return Path(base_folder(environ, "XDG_STATE_HOME", "~/.local/state"), APP_FOLDER)
    import platformdirs

    return platformdirs.user_state_path(APP_FOLDER, appauthor=False)
