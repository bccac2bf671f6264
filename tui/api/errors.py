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
    ├── MoreThanRead          more pages than we ask for
    ├── RowsWithheld          the server counts more than it sends
    ├── KeepsChanging         rows move in the list faster than they can be asked for
    └── StatusError           the server said no, with a status
        ├── BadRequest        400: a parameter is not accepted
        ├── Unauthorized      401: the token is missing, wrong or expired
        ├── Forbidden         403: the token lacks a permission
        ├── NotFound          404: there is no such thing
        │   ├── NoProject         no such project
        │   └── NoConversation    no such conversation
        ├── RateLimited       429: too many requests
        └── ServerFault       500 and above

Each carries a title, a hint what to do, and what the server said, cleaned and bounded.
"""

from typing import NamedTuple

from tui.errors import ClarifeyeError

_PRESS_R = "Press {again} to try again"
_THEN_PRESS_R = ", then press {again} to try again"
_R_TRIES = "; {again} tries again"


class Terms(NamedTuple):
    """What advice names, as it is where the advice is read: keys, and what was set how."""

    again: str = "r"
    """The key that asks again."""
    clear: str = "c"
    """The key that clears the filter."""
    address: str = "the region or the base URL"
    """What the address was set by."""
    path: str = "that the base URL ends in /api/v1 and "
    """What is to be checked about the path; "" where nothing is."""
    authority: str = "for a company CA set SSL_CERT_FILE"
    """What the certificates are checked against."""
    token: str = "CLARIFEYE_TOKEN or the profile's token"
    """Where the token is from."""
    renewed: str = "; r reads a token file or command anew"
    """What may bring another token."""


class ApiError(ClarifeyeError):
    """A request that did not give what was asked for."""

    TITLE = "The request failed"
    HINT = ""
    """What may help wherever it is said, without the full stop; terms in braces."""
    KEYS = _PRESS_R
    """How the hint goes on where the list has the keys: what they do, or that the program must be started again."""
    NOTE = ""
    """A sentence after both."""

    def __init__(self, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(self.TITLE, self.hint_in(Terms()), detail)
        self.status = status

    def hint_in(self, terms: Terms) -> str:
        """What may help, in the terms of where it is read."""
        return _sentences(f"{self.HINT}{self.KEYS}", self.NOTE).format(**terms._asdict())

    @property
    def advice(self) -> str:
        """The hint where r and c are no keys, as in a dialogue or off the screen; "" if there is none."""
        return _sentences(self.HINT, self.NOTE).format(**Terms()._asdict())


def _sentences(*parts: str) -> str:
    return " ".join(f"{part}." for part in parts if part)


class Unreachable(ApiError):
    """There is no connection to the service."""

    TITLE = "The service cannot be reached"
    HINT = "Check the network, VPN or proxy"
    KEYS = _THEN_PRESS_R


class UnknownHost(Unreachable):
    """The host name does not resolve."""

    TITLE = "The host name is not known"
    HINT = "Check {address}, and the network"
    KEYS = _R_TRIES


class BadProxy(Unreachable):
    """The environment names a proxy that cannot be one."""

    TITLE = "The proxy setting cannot be used"
    HINT = "Correct the variable or unset it"
    KEYS = ", then start again"
    NOTE = "Nothing was sent"


class BadCertificate(Unreachable):
    """The server's certificate is not trusted."""

    TITLE = "The server's certificate is not trusted"
    HINT = "Check {address} and the clock; {authority}"
    KEYS = " and start again"
    NOTE = "Nothing was sent"


class ConnectionLost(Unreachable):
    """The connection broke off before the answer was complete."""

    TITLE = "The connection was lost"


class TimedOut(Unreachable):
    """No answer came in time."""

    TITLE = "The service did not answer in time"
    HINT = ""
    KEYS = _PRESS_R


class RedirectRefused(ApiError):
    """The server points to another address; the token is not sent there."""

    TITLE = "The server redirects elsewhere"
    HINT = "Check {path}that {address} is that of the service"
    KEYS = _R_TRIES


class UnreadableAnswer(ApiError):
    """An answer that is not what the API page describes."""

    TITLE = "The answer cannot be read"
    HINT = "Check {path}that no proxy is in between"
    KEYS = _R_TRIES


class NotHttp(UnreadableAnswer):
    """What came is not HTTP."""


class AnswerTooLarge(UnreadableAnswer):
    """More bytes than we take."""

    TITLE = "The answer is too large"
    HINT = "A narrower filter may help; smaller pages are asked for from now on"
    KEYS = ""


class MoreThanRead(ApiError):
    """Pages go on behind the last one that is asked for."""

    TITLE = "There is more than is read"
    HINT = "What came is shown"
    KEYS = ""


class RowsWithheld(ApiError):
    """A page without rows, in the midst of those that the server counts."""

    TITLE = "The server counts more conversations than it sends"


class KeepsChanging(ApiError):
    """Rows come and go in the list faster than they can be asked for."""

    TITLE = "The list keeps changing"


class StatusError(ApiError):
    """The server answered with an error status."""

    TITLE = "The server refused"
    retry_after: float | None = None
    """Seconds that the server asks to wait (Retry-After)."""


class BadRequest(StatusError):
    """400: a parameter was not accepted."""

    TITLE = "The server does not accept the request"
    KEYS = "Change the filter, or clear it with {clear}"


class Unauthorized(StatusError):
    """401: the token is missing, wrong or expired."""

    TITLE = "The token is not accepted"
    HINT = "Check {token}, and {address}"
    KEYS = ", then start again{renewed}"


class Forbidden(StatusError):
    """403: the token lacks a permission."""

    TITLE = "No permission"
    HINT = "Ask an admin of the project for access, or use another token"
    KEYS = ""


class NotFound(StatusError):
    """404: there is no such thing for this token."""

    TITLE = "Not found"


class NoProject(NotFound):
    """404 for a list from its first row on: there is no such project for this token."""

    TITLE = "The project was not found"
    HINT = "Check {address}, then the project id"
    KEYS = ""


class NoConversation(NotFound):
    """404 for one conversation, archived or not."""

    TITLE = "The conversation was not found"
    HINT = "It may have been deleted, or is no longer shared"
    KEYS = ""


class RateLimited(StatusError):
    """429: too many requests."""

    TITLE = "Too many requests"
    HINT = "Wait a moment"
    KEYS = _THEN_PRESS_R


class ServerFault(StatusError):
    """500 and above: the service or a proxy before it failed."""

    TITLE = "The service has a fault"


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
