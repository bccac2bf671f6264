"""The calls of the API's reference page, answered from the demo's database."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlencode

from tui.demo.database import Database, Filter
from tui.demo.feedback import FeedbackBook, counts, flat
from tui.demo.http import Answer, Request

_LIMIT = 1000
"""The most results of a page; fewer than 1 are not accepted either."""

_DEFAULT_LIMIT = 100

_STATUSES = ("to_review", "reviewed")

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_PROJECT = rf"/api/v1/projects/(?P<project>{_UUID})"

Parameters = dict[str, list[str]]


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def _refusal(status: int, words: str, *headers: tuple[str, str]) -> Refused:
    return Refused(Answer.of_json({"error": words}, status, headers))


@dataclass(slots=True)
class Checked:
    """The parameters of a request as they are read; what is wrong with them is collected by field."""

    parameters: Parameters
    problems: dict[str, list[str]] = field(default_factory=dict)

    def number(self, name: str, default: int, low: int, high: int | None = None) -> int:
        """An integer within bounds."""
        if name not in self.parameters:
            return default
        written = self.parameters[name][-1].strip()
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", written):
            self.problems[name] = ["A valid integer is required."]
            return default
        number = int(written)
        if number < low:
            self.problems[name] = [f"Ensure this value is greater than or equal to {low}."]
        elif high is not None and number > high:
            self.problems[name] = [f"Ensure this value is less than or equal to {high}."]
        return number

    def flag(self, name: str) -> bool:
        """One of the words "true" and "false"."""
        written = self.parameters.get(name, ["false"])[-1]
        if written not in {"true", "false"}:
            self.problems[name] = [f'"{written}" is not a valid choice.']
        return written == "true"

    def text(self, name: str) -> str:
        """Any text, spaces around it included."""
        written = self.parameters.get(name, [""])[-1]
        if "\0" in written:
            self.problems[name] = ["Null characters are not allowed."]
        return written

    def words(self, name: str) -> tuple[str, ...]:
        """Every value of a repeated parameter, split at commas."""
        parts = (part.strip() for value in self.parameters.get(name, []) for part in value.split(","))
        return tuple(sorted({part for part in parts if part}))

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of some words, or nothing."""
        written = self.parameters.get(name, [""])[-1]
        if written and written not in choices:
            self.problems[name] = [f'"{written}" is not a valid choice.']
        return written

    def span(self) -> tuple[int, int]:
        """Limit and offset."""
        return self.number("limit", _DEFAULT_LIMIT, 1, _LIMIT), self.number("offset", 0, 0)

    def finish(self) -> None:
        """Refuse the request when something was wrong with it."""
        if self.problems:
            raise Refused(Answer.of_json(self.problems, 400))


class Contract:
    """One project behind one token."""

    def __init__(self, database: Database, token: str, project_id: str) -> None:
        self._database = database
        self._accepted = {f"Bearer {token}", f"Token {token}"}
        self._project_id = project_id.lower()
        self._book = FeedbackBook(database)
        self._calls: tuple[tuple[re.Pattern[str], Callable[[Request, str], Answer]], ...] = (
            (re.compile(rf"{_PROJECT}/playground-conversations/"), self._list),
            (re.compile(rf"{_PROJECT}/playground-conversations/all-tags/"), self._tags),
            (re.compile(rf"{_PROJECT}/playground-conversations/(?P<id>{_UUID})/"), self._one),
            (re.compile(rf"{_PROJECT}/users/"), self._people),
            (re.compile(rf"{_PROJECT}/feedbacks/grouped_by_conversation/"), self._feedback_groups),
            (re.compile(rf"{_PROJECT}/feedbacks/counts/"), self._feedback_counts),
            (re.compile(rf"{_PROJECT}/feedbacks/"), self._feedback),
            (re.compile(rf"{_PROJECT}/agent-settings/"), self._agents),
            (re.compile(rf"{_PROJECT}/tools/"), self._tools),
        )

    def answer(self, request: Request) -> Answer:
        """What the service says to a request."""
        try:
            return self._answer(request)
        except Refused as refused:
            return refused.answer

    def _answer(self, request: Request) -> Answer:
        path = unquote(request.path)
        for pattern, call in self._calls:
            if match := pattern.fullmatch(path):
                self._check(request, match["project"])
                return call(request, match.groupdict().get("id", ""))
            if pattern.fullmatch(path + "/"):
                query = f"?{request.query}" if request.query else ""
                return Answer(301, headers=(("Location", f"{quote(path)}/{query}"), ("Content-Type", "text/html")))
        raise _refusal(404, "Not found.")

    def _check(self, request: Request, project: str) -> None:
        """The order is the service's: who asks comes before what is asked."""
        given = request.headers.get("authorization")
        if given is None:
            raise _refusal(
                401, "Authentication credentials were not provided.", ("WWW-Authenticate", 'Bearer realm="api"')
            )
        if given not in self._accepted:
            raise _refusal(401, "Invalid token.", ("WWW-Authenticate", 'Bearer realm="api"'))
        if request.method != "GET":
            raise _refusal(405, f'Method "{request.method}" not allowed.', ("Allow", "GET"))
        if project.lower() != self._project_id:
            raise _refusal(404, "Project not found.")

    def _owner(self, request: Request) -> str | None:
        """Whose conversations are visible; an unknown user is silently ignored, as the service does."""
        email = request.headers.get("x-impersonate-email", "").strip()
        return self._database.user_id(email) if email else None

    def _list(self, request: Request, _: str) -> Answer:
        checked = Checked(request.parameters)
        limit, offset = checked.span()
        wanted = Filter(
            tags=checked.words("tags"),
            no_tags=checked.flag("no_tags"),
            text=checked.text("text"),
            include_archived=checked.flag("include_archived"),
            owner=self._owner(request),
        )
        checked.finish()
        ranks = self._database.matching(wanted)
        bodies = self._database.bodies(ranks[offset : offset + limit])
        return _page(request, len(ranks), limit, offset, bodies)

    def _one(self, request: Request, conversation_id: str) -> Answer:
        checked = Checked(request.parameters)
        archived = checked.flag("include_archived")
        checked.finish()
        body = self._database.body(conversation_id.lower(), include_archived=archived, owner=self._owner(request))
        if body is None:
            raise _refusal(404, "Conversation not found.")
        return Answer(body=body)

    def _tags(self, request: Request, _: str) -> Answer:
        tags = self._database.tags(self._owner(request))
        return Answer.of_json({"tags": tags, "count": len(tags)})

    def _people(self, request: Request, _: str) -> Answer:
        checked = Checked(request.parameters)
        limit, offset = checked.span()
        checked.finish()
        count, rows = self._database.people(limit, offset)
        people = [
            json.dumps(
                {
                    "id": row.id,
                    "user": {"id": row.user_id, "email": row.email, "date_joined": row.date_joined},
                    "permissions": json.loads(row.permissions),
                }
            ).encode()
            for row in rows
        ]
        return _page(request, count, limit, offset, people)

    def _giver(self, request: Request) -> str | None:
        """Whose feedback is visible: of whom one asks as; all of it for the token's own user, who is an admin."""
        email = request.headers.get("x-impersonate-email", "").strip()
        return email.lower() if email and self._database.user_id(email) else None

    def _feedback_groups(self, request: Request, _: str) -> Answer:
        checked = Checked(request.parameters)
        limit, offset = checked.span()
        status, search = checked.choice("status", _STATUSES), checked.text("search")
        archived = checked.flag("include_archived")
        checked.finish()
        groups = self._book.groups(by=self._giver(request), status=status, search=search, archived=archived)
        return _page_of(request, groups, limit, offset)

    def _feedback(self, request: Request, _: str) -> Answer:
        checked = Checked(request.parameters)
        limit, offset = checked.span()
        status, search = checked.choice("status", _STATUSES), checked.text("search")
        positive = checked.choice("is_positive", ("true", "false"))
        checked.finish()
        groups = self._book.groups(by=self._giver(request), status="", search="", archived=True)
        wanted = positive == "true" if positive else None
        return _page_of(request, flat(groups, is_positive=wanted, status=status, search=search), limit, offset)

    def _feedback_counts(self, request: Request, _: str) -> Answer:
        groups = self._book.groups(by=self._giver(request), status="", search="", archived=True)
        return Answer.of_json(counts(groups))

    def _agents(self, request: Request, _: str) -> Answer:
        return self._settings(request, "agent", "")

    def _tools(self, request: Request, _: str) -> Answer:
        return self._settings(request, "tool", request.parameters.get("tool_type", [""])[-1])

    def _settings(self, request: Request, kind: str, tool_type: str) -> Answer:
        checked = Checked(request.parameters)
        limit, offset = checked.span()
        checked.finish()
        count, bodies = self._database.settings(kind, tool_type, limit, offset)
        return _page(request, count, limit, offset, bodies)


def _page_of(request: Request, found: list[dict[str, Any]], limit: int, offset: int) -> Answer:
    return _page(request, len(found), limit, offset, [json.dumps(one).encode() for one in found[offset:][:limit]])


def _page(request: Request, count: int, limit: int, offset: int, bodies: Sequence[bytes]) -> Answer:
    beyond = _link(request, limit, offset + limit) if offset + limit < count else None
    before = _link(request, limit, max(0, offset - limit)) if offset > 0 else None
    head = f'{{"count":{count},"next":{json.dumps(beyond)},"previous":{json.dumps(before)},"results":['
    return Answer(body=b"".join((head.encode(), b",".join(bodies), b"]}")))


def _link(request: Request, limit: int, offset: int) -> str:
    """The absolute URL of another page; the first one has no offset, and names are sorted, as in the service."""
    parameters = {**request.parameters, "limit": [str(limit)], "offset": [str(offset)]}
    if offset == 0:
        del parameters["offset"]
    host = request.headers.get("host", "localhost")
    return f"http://{host}{request.path}?{urlencode(sorted(parameters.items()), doseq=True)}"
