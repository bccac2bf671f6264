"""What was typed before in a line, as readline offers it."""

from collections.abc import Sequence

from textual.widgets import Input


class TextHistory:
    """Texts for a line, the newest last, and where among them the user is; what was being typed is kept."""

    def __init__(self, field: Input) -> None:
        self._field = field
        self._texts: tuple[str, ...] = ()
        self._at: int | None = None
        self._draft = ""

    def offer(self, texts: Sequence[str]) -> None:
        """Offer these."""
        if tuple(texts) != self._texts:
            self._texts, self._at = tuple(texts), None

    def remember(self, text: str) -> None:
        """Offer this one, too, as the newest."""
        if text.strip():
            self.offer((*(other for other in self._texts if other != text), text))
            self._at = None

    def older(self) -> None:
        """Show the text before the one that the line shows, if there is one."""
        self._leave_if_changed()
        at, shown = self._at, self._field.value
        if at is None:
            self._draft, at = shown, len(self._texts)
        older = next((index for index in range(at - 1, -1, -1) if self._texts[index] != shown), None)
        if older is not None:
            self._at = older
            self._show(self._texts[older])

    def newer(self) -> bool:
        """Show the text after this one, in the end what was being typed; False when that is shown already."""
        self._leave_if_changed()
        if self._at is None:
            return False
        self._at = self._at + 1 if self._at + 1 < len(self._texts) else None
        self._show(self._draft if self._at is None else self._texts[self._at])
        return True

    def _leave_if_changed(self) -> None:
        """A line that was changed is a new one."""
        if self._at is not None and self._texts[self._at] != self._field.value:
            self._at = None

    def _show(self, text: str) -> None:
        self._field.value = text
        self._field.cursor_position = len(text)
