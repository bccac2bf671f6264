"""Short notices that do not pile up: the newest takes the place of those that weigh no more."""

from typing import Any

from textual.app import App
from textual.notifications import Notify

_WEIGHTS = {"information": 0, "warning": 1, "error": 2}


class NoticingApp(App[Any]):
    """Drops, for each new notice, those that weigh no more; to be mixed in before another app."""

    def on_notify(self, event: Notify) -> None:
        """Make room for the new one; what is graver stays until it has been read."""
        weight = _WEIGHTS[event.notification.severity]
        for notice in list(self._notifications):
            if _WEIGHTS[notice.severity] <= weight:
                self._unnotify(notice, refresh=False)
