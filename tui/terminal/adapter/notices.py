"""Short notices that do not pile up: the newest takes the place of those that weigh no more."""

from typing import Any

from textual.app import App, ScreenStackError
from textual.notifications import Notification, Notify

from tui.terminal.adapter.private import fits

_WEIGHTS = {"information": 0, "warning": 1, "error": 2}
_MOMENT = 0.005


class Notice(Notification):
    """A notification that always has a moment left, until it is gone.

    One that is shown anew, as when a dialogue closes, may come to the end of its time just then. Textual would start a
    timer with less than nothing, which never ends, and no key would be answered any more.
    """

    @property
    def time_left(self) -> float:
        """Seconds, at least a few milliseconds."""
        return max(_MOMENT, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


class Notices:
    """Drops, for each new notice, those that weigh no more."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    def take(self, event: Notify) -> None:
        """Make it one of ours, and make room for it; what is graver stays until it has been read."""
        event.notification = Notice(**vars(event.notification))
        if not fits():
            return
        weight = _WEIGHTS[event.notification.severity]
        for notice in list(self._app._notifications):
            if _WEIGHTS[notice.severity] <= weight:
                self._app._unnotify(notice, refresh=False)

    def tidy(self) -> None:
        """Textual takes a notice from the screen when it is dropped, but leaves what it stood in there for ever."""
        if fits():
            self._app.call_later(self._take_empty_frames_away)

    def _take_empty_frames_away(self) -> None:
        from textual.widgets._toast import ToastHolder, ToastRack

        shown = {ToastRack._toast_id(notice) for notice in self._app._notifications}
        try:
            frames = self._app.screen.query(ToastHolder)
        except ScreenStackError:
            return
        for frame in frames:
            if frame.id not in shown:
                frame.remove()
