"""What was typed before in a line, as readline offers it."""

from collections.abc import Sequence


class TextHistory:
    """Texts, the newest last, and where among them somebody is; what was being typed is kept."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._texts = tuple(texts)
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

    def older(self, shown: str) -> str | None:
        """The text before the one that the line shows, or None."""
        at = self._place(shown)
        if at is None:
            self._draft, at = shown, len(self._texts)
        older = next((index for index in range(at - 1, -1, -1) if self._texts[index] != shown), None)
        if older is None:
            return None
        self._at = older
        return self._texts[older]

    def newer(self, shown: str) -> str | None:
        """The text after the one that the line shows, in the end what was being typed; None when that is shown."""
        at = self._place(shown)
        if at is None:
            return None
        self._at = at + 1 if at + 1 < len(self._texts) else None
        return self._draft if self._at is None else self._texts[self._at]

    def _place(self, shown: str) -> int | None:
        """Where in the texts the line is; a line that was changed is a new one."""
        if self._at is not None and self._texts[self._at] != shown:
            self._at = None
        return self._at
