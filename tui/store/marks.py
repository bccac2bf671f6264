"""The conversations that the user has marked, by id, in the order of marking."""

from collections.abc import Iterator


class MarkedRows:
    """Marks outlive filters, pages and refreshes."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def __contains__(self, conversation_id: object) -> bool:
        """Whether it is marked."""
        return conversation_id in self._ids

    def __iter__(self) -> Iterator[str]:
        """The ids, those marked first in front."""
        return iter(self._ids)

    def __len__(self) -> int:
        """How many are marked."""
        return len(self._ids)

    def toggle(self, conversation_id: str) -> bool:
        """Mark it, or take the mark away; whether it is marked now."""
        if conversation_id in self._ids:
            del self._ids[conversation_id]
            return False
        self._ids[conversation_id] = None
        return True

    def clear(self) -> None:
        """Unmark all."""
        self._ids.clear()
