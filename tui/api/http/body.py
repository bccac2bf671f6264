"""Puts a body together piece by piece, unpacked, and never larger than it may be."""

import zlib
from io import BytesIO

from tui.api.errors import AnswerTooLarge, ConnectionLost, UnreadableAnswer
from tui.api.lenient.quoted import quoted

ENCODING = "gzip"
"""What we ask for in Accept-Encoding, and the only thing that we unpack."""

_STEP = 1024 * 1024
"""Bytes that are unpacked at a time: a few KB can hold many of these."""


def _gunzip() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


class Body:
    """Takes the pieces as they came."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Begin a body whose Content-Encoding is `encoding`.

        Raises:
            UnreadableAnswer: it is one that we did not ask for.
        """
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", ENCODING}:
            raise UnreadableAnswer(f"it is packed as {quoted(encoding, 40)}, which was not asked for")
        self._unzip = _gunzip() if encoding == ENCODING else None
        self._limit = limit
        self._content = BytesIO()  # gives what it holds without a copy

    def __len__(self) -> int:
        """Bytes so far."""
        return self._content.tell()

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            AnswerTooLarge: the body is now larger than it may be.
            UnreadableAnswer: it is not packed as announced.
        """
        if self._unzip is None:
            self._add(piece)
            return
        try:
            while piece:
                if self._unzip.eof:
                    self._unzip = _gunzip()  # a body may be several files in a row (RFC 1952, 2.2)
                self._add(self._unzip.decompress(piece, _STEP))
                piece = self._unzip.unconsumed_tail or self._unzip.unused_data
        except zlib.error:
            raise UnreadableAnswer("it is not packed as announced") from None

    def whole(self) -> bytes:
        """The body.

        Raises:
            ConnectionLost: what was packed is not complete.
        """
        if self._unzip is not None and not self._unzip.eof:
            raise ConnectionLost("the answer is cut short")
        return self._content.getvalue()

    def _add(self, content: bytes) -> None:
        self._content.write(content)
        if len(self) > self._limit:
            self._content = BytesIO()  # the error is kept, and with it the frames that lead here
            raise AnswerTooLarge(f"more than {max(1, self._limit >> 20)} MB")
