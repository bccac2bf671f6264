"""The plainest client of a server, so that tests of the demo trust nothing of the program."""

import gzip
import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body decoded."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Client:
    """Asks one project."""

    base_url: str
    project_id: str
    token: str

    def ask(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, scheme: str = "Bearer"
    ) -> Got:
        """One request for a path below the base URL."""
        address = urlsplit(self.base_url)
        assert address.hostname
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
        sent = {"Authorization": f"{scheme} {self.token}"} if headers is None else headers
        try:
            connection.request(method, f"{address.path}{path}", headers=sent)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        received = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, received, gzip.decompress(body) if "content-encoding" in received else body)

    def page(self, query: str = "", **parameters: Any) -> Got:
        """The list call."""
        return self.ask(f"/projects/{self.project_id}/playground-conversations/?{query}{urlencode(parameters)}")

    def rows(self, query: str = "", **parameters: Any) -> list[dict[str, Any]]:
        """All conversations that pass a filter, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.page(query, **parameters, limit=1000, offset=len(found)).json
            found += page["results"]
            if page["next"] is None:
                assert page["count"] == len(found)
                return found

    def one(self, conversation_id: str, query: str = "", **headers: str) -> Got:
        """One conversation."""
        path = f"/projects/{self.project_id}/playground-conversations/{conversation_id}/?{query}"
        return self.ask(path, headers={"Authorization": f"Bearer {self.token}", **headers})
