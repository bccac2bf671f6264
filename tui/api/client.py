"""The calls of the service: one short method each, GET only.

What decodes answers is imported with the first of them: pydantic takes as long as the screen's first frame.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING

from tui.api.answer import Answer
from tui.api.background import models_imported
from tui.api.errors import TimedOut, UnreadableAnswer
from tui.api.first_page import FirstPage, Outcome
from tui.api.limits import Limits
from tui.api.page import Page, Record
from tui.api.query import MAX_LIMIT, ConversationFilter, conversation_url, list_url, project_url
from tui.api.renewal import Renew
from tui.api.transport import Listener, Transport
from tui.config.settings import Connection

if TYPE_CHECKING:
    from tui.api.models import Person

_PEOPLE_PAGES = 20
"""Pages of people that are asked for at most: 20,000 of them are more than any project has."""


class Client:
    """Reads one project; every method raises ApiError with what went wrong."""

    def __init__(
        self,
        connection: Connection,
        listener: Listener | None = None,
        first_page: FirstPage | None = None,
        limits: Limits | None = None,
        renew: Renew | None = None,
    ) -> None:
        self._transport = Transport(connection, listener, limits, renew)
        self._first_page = first_page

    @property
    def connection(self) -> Connection:
        """Where is asked, and with which token now."""
        return self._transport.renewal.connection

    async def conversations(self, query: ConversationFilter, limit: int, offset: int) -> Page:
        """One page of the list, at most `limit` rows from row `offset` on."""
        url = list_url(self.connection, query, limit, offset)
        answer = await self._take_first(url) or await self._transport.get(url)
        await models_imported()
        from tui.api.decode import decode_page

        return decode_page(answer.body)

    async def conversation(self, conversation_id: str) -> Record:
        """One conversation with its history, archived or not."""
        answer = await self._transport.get(conversation_url(self.connection, conversation_id))
        await models_imported()
        from tui.api.decode import decode_conversation

        return decode_conversation(answer.body)

    async def tags(self) -> tuple[str, ...]:
        """All tags of the project, sorted by the server."""
        from tui.api.decode import decode_object

        url = project_url(self.connection, "playground-conversations", "all-tags")
        answer = await self._transport.get(url)
        tags = decode_object(answer.body).get("tags")
        if not isinstance(tags, list):
            raise UnreadableAnswer("the list of tags is missing")
        return tuple(tag for tag in tags if isinstance(tag, str))

    async def people(self) -> "tuple[Person, ...]":
        """The people of the project, page after page."""
        from tui.api.decode import decode_object

        found: dict[str, Person] = {}
        for number in range(_PEOPLE_PAGES):
            url = f"{project_url(self.connection, 'users')}?limit={MAX_LIMIT}&offset={number * MAX_LIMIT}"
            shape = decode_object((await self._transport.get(url)).body)
            results = shape.get("results")
            if not isinstance(results, list):
                raise UnreadableAnswer("the list of people is missing")
            before = len(found)
            for element in results:
                found.update({person.id: person for person in _people_in(element)})
            if not shape.get("next") or len(found) == before:
                break
        return tuple(found.values())

    def hope(self) -> None:
        """Repeat at once what waits to be repeated, and ask again for a token, should the one in use be refused."""
        self._transport.hope()

    def warm_up(self) -> None:
        """Prepare for the second request while nobody waits."""
        self._transport.warm_up()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def _take_first(self, url: str) -> Answer | None:
        first, self._first_page = self._first_page, None
        if first is None or first.url != url:
            return None
        outcome = await _outcome_of(first)
        if isinstance(outcome, TimedOut):
            raise outcome
        return outcome


async def _outcome_of(first: FirstPage) -> Outcome:
    """What became of the first page, told by its thread."""
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[Outcome] = loop.create_future()

    def settle(outcome: Outcome) -> None:
        if not settled.done():
            settled.set_result(outcome)

    def arrived(outcome: Outcome) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile, and nobody waits
            loop.call_soon_threadsafe(settle, outcome)

    first.take(arrived)
    return await settled


def _people_in(element: object) -> "list[Person]":
    """The person of one element, known by both ids that it carries; nothing where it has another shape."""
    user = element.get("user") if isinstance(element, dict) else None
    if not isinstance(element, dict) or not isinstance(user, dict):
        return []
    from tui.api.models import Person

    known = [known for known in (element.get("id"), user.get("id")) if isinstance(known, str) and known]
    return [Person.model_validate({"id": one, "email": user.get("email")}) for one in known]
