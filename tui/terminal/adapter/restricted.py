"""The restricted mode, for a shared account or a forced command: nothing leads to a shell, program or file."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

FORBIDDEN = {
    "export": "nothing is exported",
    "outside": "no pager and no editor is started",
    "suspend_process": "the program is not stopped",
    "projects": "no other project is opened",
    "screenshot": "no picture is saved",
}
"""The actions that lead out, and what is said in their place."""

_SECONDS = 6.0


class RestrictedApp(App[Any]):
    """Says what the mode forbids instead of doing it; to be mixed in before another app."""

    restricted = False

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: "DOMNode | None" = None,
        namespaces: "Mapping[str, DOMNode] | None" = None,
    ) -> bool:
        """Every key, click and palette entry that is an action comes through here."""
        if self.restricted:
            _, name, _ = self._parse_action(action, default_namespace or self, namespaces)
            if name in FORBIDDEN:
                words = f"In the restricted mode {FORBIDDEN[name]}."
                self.notify(words, severity="warning", timeout=_SECONDS, markup=False)
                return True
        return await super().run_action(action, default_namespace, namespaces)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is forbidden is offered nowhere."""
        return False if self.restricted and action in FORBIDDEN else super().check_action(action, parameters)

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to another program.

        Raises:
            SuspendNotSupported: the mode is restricted, or the system cannot.
        """
        if self.restricted:
            raise SuspendNotSupported("restricted")
        with super().suspend():
            yield


class Restrictable(Screen[Any]):
    """A screen that does not offer what the app's mode forbids; to be mixed in before another screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Neither the line of keys nor the help shows what is forbidden."""
        forbidden = action in FORBIDDEN and getattr(self.app, "restricted", False)
        return False if forbidden else super().check_action(action, parameters)
