"""Whether answers bring what is wanted: a server that contradicts itself is not asked for ever."""

_PATIENCE = 6
"""Answers to one look that may leave as much missing as there was; then the server is taken to contradict itself."""


class Progress:
    """Counts the answers in vain; only a look, a retry or a refresh begins anew."""

    def __init__(self) -> None:
        self._lacked: int | None = None
        self._vain = 0

    @property
    def is_over(self) -> bool:
        """Whether there is no use in asking on."""
        return self._vain >= _PATIENCE

    def begin(self) -> None:
        """Hope again."""
        self._lacked, self._vain = None, 0

    def answered(self, lacking: int) -> bool:
        """Take note of how many rows are missing after an answer; whether that was the last one in vain."""
        before, self._lacked = self._lacked, lacking
        if before is None or lacking < before:
            return False
        self._vain += 1
        return self._vain == _PATIENCE
