"""What is asked: the filter of the list call, its addresses and headers (API page)."""

from urllib.parse import quote, urlencode

from msgspec import Struct

from tui import __version__
from tui.config.settings import Connection

MAX_LIMIT = 1000
"""The largest `limit` the service takes (API page)."""

FIRST_LIMIT = 40
"""The `limit` of the very first page: a tall screen's worth, so that the first rows come soon."""


class ConversationFilter(Struct, frozen=True):
    """Which conversations are asked for: exactly what the list call offers."""

    text: str = ""
    tags: tuple[str, ...] = ()
    """Any of these."""
    untagged: bool = False
    archived: bool = False
    """Archived ones too; there is no way to ask for them alone."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything that is active."""
        return self == ConversationFilter()

    @property
    def matches_nothing(self) -> bool:
        """Whether no conversation can be that: one without tags has none of some tags."""
        return self.untagged and bool(self.tags)

    def parameters(self, limit: int, offset: int) -> str:
        """The query string of one page; tags are repeated, so that one with a comma is not torn."""
        pairs = [("limit", str(limit)), ("offset", str(offset))]
        pairs += [("tags", tag) for tag in self.tags]
        if self.untagged:
            pairs.append(("no_tags", "true"))
        if self.text:
            pairs.append(("text", self.text))
        if self.archived:
            pairs.append(("include_archived", "true"))
        return urlencode(pairs, errors="replace")


def project_url(connection: Connection, *parts: str) -> str:
    """The address of something in the project; every path ends in a slash, as Django asks for."""
    path = "".join(f"{quote(part, safe='')}/" for part in parts)
    return f"{connection.base_url}/projects/{connection.project_id}/{path}"


def list_url(connection: Connection, query: ConversationFilter, limit: int, offset: int) -> str:
    """The address of one page of the list."""
    return f"{project_url(connection, 'playground-conversations')}?{query.parameters(limit, offset)}"


def conversation_url(connection: Connection, conversation_id: str) -> str:
    """The address of one conversation; archived ones open too (API notes: 404 without the parameter)."""
    return f"{project_url(connection, 'playground-conversations', conversation_id)}?include_archived=true"


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: no proxy stands before it, whatever the environment says."""
    first, *others = host.split(".")
    return host in {"localhost", "::1"} or (first == "127" and len(others) == 3 and all(map(str.isdecimal, others)))


def request_headers(connection: Connection) -> dict[str, str]:
    """The headers of every request; the token is in here, so nobody keeps or prints them."""
    headers = {
        "Authorization": f"{connection.scheme} {connection.token.reveal()}",
        "Accept": "application/json",
        "User-Agent": f"clarifeye-tui/{__version__}",
    }
    if connection.impersonate:
        headers["X-Impersonate-Email"] = connection.impersonate
    return headers
