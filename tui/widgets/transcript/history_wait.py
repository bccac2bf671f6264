"""While a history is waited for, the reader says so: for how many seconds, or how much of it has come."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

from tui.api.transfer import Transfer
from tui.views.listing.waiting import SLOW, transfer_words


class HistoryWait:
    """At most one history at a time; `say` puts the words in its place, `again` names the key that asks anew."""

    def __init__(self, host: Widget, say: Callable[[str], None], again: Callable[[], str]) -> None:
        self._host = host
        self._say = say
        self._again = again
        self._transfer: Transfer | None = None
        self._timer: Timer | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether a history is waited for of which nothing comes any more."""
        return self._transfer is not None and self._transfer.is_stuck

    def begin(self) -> Transfer:
        """A history is asked for; what was waited for before is waited for no more."""
        self.give_up()
        self._transfer = Transfer()
        self._timer = self._host.set_timer(SLOW, self._tick)
        return self._transfer

    def end(self, transfer: Transfer | None) -> None:
        """It has come, or will not, unless another one is waited for meanwhile."""
        if transfer is not self._transfer or self._timer is None:
            return
        self._timer.stop()
        self._transfer = self._timer = None

    def give_up(self) -> None:
        """Nothing is waited for any more, whether it comes or not."""
        self.end(self._transfer)

    def _tick(self) -> None:
        if self._transfer is not None:
            self._say(transfer_words(self._transfer, self._again()))
            self._timer = self._host.set_timer(1.0, self._tick)
