"""The errors of httpx become ours, in plain words."""

import os
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial

from tui.api.background import in_thread
from tui.api.errors import (
    ApiError,
    BadCertificate,
    BadProxy,
    ConnectionLost,
    NotHttp,
    TimedOut,
    UnknownHost,
    Unreachable,
    UnreadableAnswer,
)
from tui.api.http.proxies import proxy_for
from tui.api.lenient.quoted import quoted

_BYTES = re.compile(r"bytearray\(b(['\"])(.*)\1\)")
_PART = re.compile(r"received (\d+) bytes, expected (\d+)")
_STATUS = re.compile(r"status_code .* not (\d+)")
_INTERNAL = re.compile(r"\b_?[A-Za-z]+_[A-Za-z]|[a-z][A-Z]")
"""A name in the code of another library, which tells the user nothing."""

_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"})
"""What OpenSSL calls an answer that is not encrypted at all."""


@asynccontextmanager
async def translated(url: str) -> AsyncIterator[None]:
    """Turns the errors of httpx into ours, which name the proxy that a request to this address goes through."""
    import httpx

    try:
        yield
    except (TimeoutError, httpx.TransportError, httpx.InvalidURL) as error:
        # Only an error needs the proxy, and in a thread: on macOS the question for it may look up the server's name.
        proxy = await in_thread(partial(proxy_for, url), "proxy")
        raise _translation(error, proxy) from None  # the frames below hold the token
    except UnicodeError as error:  # it quotes the token
        raise Unreachable(f"the request cannot be sent: {type(error).__name__}") from None


def _translation(error: Exception, proxy: str) -> ApiError:
    """Our error for one of httpx; `proxy` is where the request went first, "" for nowhere."""
    import httpx

    match error:
        case TimeoutError() | httpx.TimeoutException():
            return TimedOut(_through(quoted(error), proxy))
        case httpx.RemoteProtocolError():
            return _broken(str(error), proxy)
        case httpx.ProxyError():
            return _refused_by_proxy(quoted(error), proxy)
        case httpx.NetworkError() if not isinstance(error, httpx.ConnectError):
            return _unreachable(error, ConnectionLost, proxy)
        case _:
            return _unreachable(error, Unreachable, proxy)


def _through(words: str, proxy: str) -> str:
    if not proxy:
        return words
    return f"{words} (through the proxy {proxy})" if words else f"through the proxy {proxy}"


def _refused_by_proxy(said: str, proxy: str) -> Unreachable:
    """What a proxy answers to the wish for a tunnel; where it wants a password, the same one is not sent again."""
    kind = BadProxy if said.startswith("407") else Unreachable
    return kind(f"the proxy {proxy} answers {said}")


def _broken(said: str, proxy: str) -> ApiError:
    """What h11 complains of: the other side hung up, or does not speak HTTP."""
    if "disconnected" in said:
        return ConnectionLost(_through("the server hung up without an answer", proxy))
    if "closed connection" in said:
        part = _PART.search(said)
        words = f"after {int(part[1]):,} of {int(part[2]):,} bytes" if part else "in the middle of the answer"
        return ConnectionLost(_through(words, proxy))
    if "too long" in said:
        return UnreadableAnswer("its headers are too large")
    if "_SWITCH" in said:
        return NotHttp("the server changes to another protocol (status 101), which was not asked for")
    if status := _STATUS.search(said):
        said = f"its status is {status[1]}"
    elif _INTERNAL.search(said) and not _BYTES.search(said):
        said = "it does not keep to the protocol"
    said = said.replace("illegal request line", "illegal first line")
    return NotHttp(f"it is not HTTP: {quoted(_BYTES.sub(_quoted, said))}")


def _quoted(match: re.Match[str]) -> str:
    return f"“{match[2]}”"


def _unreachable(error: Exception, kind: type[Unreachable], proxy: str) -> Unreachable:
    words = quoted(error)
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            if proxy:  # it alone is looked up here; the server's name is the proxy's business
                return Unreachable(f"the name of the proxy {proxy} is not known")
            kind, words = UnknownHost, quoted(cause.strerror or words)
        elif isinstance(cause, ssl.SSLCertVerificationError):
            kind = BadCertificate
        elif isinstance(cause, ssl.SSLError):
            words = _tls_words(cause)
        elif isinstance(cause, ConnectionRefusedError) and kind is Unreachable:
            words = "the connection is refused"
        elif isinstance(cause, OSError) and cause.errno:
            system_words = os.strerror(cause.errno)
            words = quoted(system_words[:1].lower() + system_words[1:])
    return kind(_through(words, proxy))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """It, and what led to it; of several attempts at once the last one."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        last = cause.exceptions[-1] if isinstance(cause, BaseExceptionGroup) else None
        cause = last or cause.__cause__ or cause.__context__


def _tls_words(error: ssl.SSLError) -> str:
    reason = error.reason or ""
    if reason in _NO_TLS:
        return "it does not speak TLS: perhaps https has to be http in the base URL"
    return f"TLS: {quoted(reason.replace('_', ' ').lower() or error.strerror or 'it failed')}"
