"""The restricted mode, for a shared account or a forced command: nothing leads to a shell, program or file."""

from typing import Any

from textual.app import App

FORBIDDEN = {
    "suspend_process": "the program is not stopped",
    "screenshot": "no picture is saved",
}
"""Actions of Textual's own that lead out, and what is said in their place; a command of ours says that itself."""

_SECONDS = 6.0


class Restricted:
    """Whether the mode is on, and what it says of what it forbids."""

    def __init__(self, app: App[Any], is_on: bool) -> None:
        self._app = app
        self.is_on = is_on

    def forbids(self, name: str) -> bool:
        """Whether an action of this name is not to be run, nor offered anywhere."""
        return name in self.names

    @property
    def names(self) -> frozenset[str]:
        """The actions that are forbidden."""
        return frozenset(FORBIDDEN) if self.is_on else frozenset()

    def refuse(self, what: str) -> None:
        """Say what is forbidden (`nothing is exported`)."""
        words = f"In the restricted mode {what}."
        self._app.notify(words, severity="warning", timeout=_SECONDS, markup=False)


def forbidden_in(app: App[Any]) -> frozenset[str]:
    """The actions that an app forbids."""
    restricted: Restricted | None = getattr(app, "restricted", None)
    return restricted.names if restricted is not None else frozenset()
