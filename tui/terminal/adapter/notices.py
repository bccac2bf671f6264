"""Short notices that do not pile up: the newest takes the place of those that weigh no more."""

from typing import Any

from rich.cells import cell_len
from textual.app import App, ScreenStackError
from textual.notifications import Notification, Notify

from tui.terminal.adapter.private import fits
from tui.terminal.process.messages import Messages

_WEIGHTS = {"information": 0, "warning": 1, "error": 2}
_MOMENT = 0.005
_FEW_LINES = 20
"""Lines of a screen below which a notice of several stands higher."""

_EDGES = 3
"""Cells beside the words of a notice."""


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
    """Drops, for each new notice, those that weigh no more; what was said is kept in `messages`."""

    def __init__(self, app: App[Any], messages: Messages) -> None:
        self._app = app
        self.messages = messages

    def take(self, event: Notify) -> None:
        """Make it one of ours, and make room for it; what is graver stays until it has been read."""
        event.notification = Notice(**vars(event.notification))
        self.messages.take(event.notification.message, event.notification.severity)
        if not fits():
            return
        weight = _WEIGHTS[event.notification.severity]
        for notice in list(self._app._notifications):
            if _WEIGHTS[notice.severity] <= weight:
                self._app._unnotify(notice, refresh=False)

    def place(self) -> None:
        """Below all panes there is one line: what needs more stands where no line is typed in, and nothing counts."""
        if not fits():
            return
        from textual.widgets._toast import ToastRack

        room = self._app.size.width - _EDGES
        shown = [cell_len(notice.message) for notice in self._app._notifications]
        try:
            racks = self._app.screen.query(ToastRack)
        except ScreenStackError:
            return
        if shown:
            racks.set_class(len(shown) > 1 or shown[0] > room, "-tall")
            racks.set_class(self._app.size.height < _FEW_LINES, "-low")

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
