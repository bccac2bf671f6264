"""Everything that can go wrong between us and the service.

    ApiError
    ├── Unreachable           no answer: refused, reset, unknown host, proxy
    │   ├── UnknownHost       the name does not resolve
    │   ├── BadProxy          a variable names a proxy that is none
    │   ├── BadCertificate    the server's certificate is not trusted
    │   ├── ConnectionLost    the connection broke off in the middle
    │   └── TimedOut          no answer in time
    ├── RedirectRefused       the server points elsewhere; the token is not sent there
    ├── UnreadableAnswer      an answer that is not what the API page describes
    │   ├── NotHttp           not even HTTP
    │   └── AnswerTooLarge    more bytes than we take
    └── StatusError           the server said no, with a status
        ├── BadRequest        400: a parameter is not accepted
        ├── Unauthorized      401: the token is missing, wrong or expired
        ├── Forbidden         403: the token lacks a permission
        ├── NotFound          404: no such project or conversation
        ├── RateLimited       429: too many requests
        └── ServerFault       500 and above

Each carries a title, a hint what to do, and what the server said, cleaned and bounded.
"""

import re

from tui.errors import ClarifeyeError

_KEYS = re.compile(
    r"Press r to try again\.|; r tries again|, then press r to try again|(, then| and) start again(; r reads .* anew)?"
)


class ApiError(ClarifeyeError):
    """A request that did not give what was asked for."""

    def __init__(self, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(self.TITLE, self.HINT, detail)
        self.status = status

    @property
    def advice(self) -> str:
        """The hint where r and c are no keys, as in a dialogue or off the screen; "" if nothing is left of it."""
        return _KEYS.sub("", self.hint).strip()

    TITLE = "The request failed"
    HINT = "Press r to try again."


class Unreachable(ApiError):
    """There is no connection to the service."""

    TITLE = "The service cannot be reached"
    HINT = "Check the network, VPN or proxy, then press r to try again."


class UnknownHost(Unreachable):
    """The host name does not resolve."""

    TITLE = "The host name is not known"
    HINT = "Check the region or the base URL, and the network; r tries again."


class BadProxy(Unreachable):
    """The environment names a proxy that cannot be one."""

    TITLE = "The proxy setting cannot be used"
    HINT = "Correct the variable or unset it, then start again. Nothing was sent."


class BadCertificate(Unreachable):
    """The server's certificate is not trusted."""

    TITLE = "The server's certificate is not trusted"
    HINT = "Check the base URL and the clock; for a company CA set SSL_CERT_FILE and start again. Nothing was sent."


class ConnectionLost(Unreachable):
    """The connection broke off before the answer was complete."""

    TITLE = "The connection was lost"
    HINT = "Check the network, VPN or proxy, then press r to try again."


class TimedOut(Unreachable):
    """No answer came in time."""

    TITLE = "The service did not answer in time"
    HINT = "Press r to try again."


class RedirectRefused(ApiError):
    """The server points to another address; the token is not sent there."""

    TITLE = "The server redirects elsewhere"
    HINT = "Check the base URL: scheme, host and the path /api/v1; r tries again."


class UnreadableAnswer(ApiError):
    """An answer that is not what the API page describes."""

    TITLE = "The answer cannot be read"
    HINT = "Check that the base URL ends in /api/v1 and that no proxy is in between; r tries again."


class NotHttp(UnreadableAnswer):
    """What came is not HTTP."""


class AnswerTooLarge(UnreadableAnswer):
    """More bytes than we take."""

    TITLE = "The answer is too large"
    HINT = "A narrower filter may help; smaller pages are asked for from now on."


class StatusError(ApiError):
    """The server answered with an error status."""

    TITLE = "The server refused"
    retry_after: float | None = None
    """Seconds that the server asks to wait (Retry-After)."""


class BadRequest(StatusError):
    """400: a parameter was not accepted."""

    TITLE = "The server does not accept the request"
    HINT = "Change the filter, or clear it with c."

    @property
    def advice(self) -> str:
        """Nothing: whether there is a filter is not known."""
        return ""


class Unauthorized(StatusError):
    """401: the token is missing, wrong or expired."""

    TITLE = "The token is not accepted"
    HINT = (
        "Check CLARIFEYE_TOKEN or the profile's token, and the region, then start again; "
        "r reads a token file or command anew."
    )


class Forbidden(StatusError):
    """403: the token lacks a permission."""

    TITLE = "No permission"
    HINT = "Ask an admin of the project for access, or use another token."


class NotFound(StatusError):
    """404: there is no such project or conversation for this token."""

    TITLE = "Not found"
    HINT = "Check the project id and the region."


class RateLimited(StatusError):
    """429: too many requests."""

    TITLE = "Too many requests"
    HINT = "Wait a moment, then press r to try again."


class ServerFault(StatusError):
    """500 and above: the service or a proxy before it failed."""

    TITLE = "The service has a fault"
    HINT = "Press r to try again."


_BY_STATUS: dict[int, type[StatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    429: RateLimited,
}


def error_for_status(status: int, detail: str) -> StatusError:
    """The error of a status outside 200–299; `detail` is what the server said."""
    kind = _BY_STATUS.get(status, ServerFault if status >= 500 else StatusError)
    return kind(detail, status=status)
