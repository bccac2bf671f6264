"""Short notices that do not pile up: the newest takes the place of those that weigh no more."""

from typing import Any

from textual.app import App, ScreenStackError
from textual.notifications import Notify
from textual.widgets._toast import ToastHolder, ToastRack

_WEIGHTS = {"information": 0, "warning": 1, "error": 2}


class NoticingApp(App[Any]):
    """Drops, for each new notice, those that weigh no more; to be mixed in before another app."""

    def on_notify(self, event: Notify) -> None:
        """Make room for the new one; what is graver stays until it has been read."""
        weight = _WEIGHTS[event.notification.severity]
        for notice in list(self._notifications):
            if _WEIGHTS[notice.severity] <= weight:
                self._unnotify(notice, refresh=False)

    def _refresh_notifications(self) -> None:
        super()._refresh_notifications()
        self.call_later(self._take_empty_frames_away)

    def _take_empty_frames_away(self) -> None:
        """Textual takes a notice from the screen when it is dropped, but leaves what it stood in there for ever."""
        shown = {ToastRack._toast_id(notice) for notice in self._notifications}
        try:
            frames = self.screen.query(ToastHolder)
        except ScreenStackError:
            return
        for frame in frames:
            if frame.id not in shown:
                frame.remove()
