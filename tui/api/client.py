"""The calls of the service: one short method each, GET only."""

import asyncio

from pydantic import ValidationError

from tui.api.answer import Answer
from tui.api.decode import Page, Record, decode_conversation, decode_object, decode_page
from tui.api.errors import UnreadableAnswer
from tui.api.first_page import FirstPage
from tui.api.models import Person
from tui.api.query import MAX_LIMIT, ConversationFilter, conversation_url, list_url, project_url
from tui.api.transport import Listener, Transport
from tui.config.settings import Connection

_PEOPLE_PAGES = 20
"""Pages of people that are asked for at most: 20,000 of them are more than any project has."""


class Client:
    """Reads one project; every method raises ApiError with what went wrong."""

    def __init__(
        self, connection: Connection, listener: Listener | None = None, first_page: FirstPage | None = None
    ) -> None:
        self.connection = connection
        self._transport = Transport(connection, listener)
        self._first_page = first_page

    async def conversations(self, query: ConversationFilter, limit: int, offset: int) -> Page:
        """One page of the list, at most `limit` rows from row `offset` on."""
        url = list_url(self.connection, query, limit, offset)
        answer = await self._take_first(url) or await self._transport.get(url)
        return decode_page(answer.body)

    async def conversation(self, conversation_id: str) -> Record:
        """One conversation with its history, archived or not."""
        answer = await self._transport.get(conversation_url(self.connection, conversation_id))
        return decode_conversation(answer.body)

    async def tags(self) -> tuple[str, ...]:
        """All tags of the project, sorted by the server."""
        url = project_url(self.connection, "playground-conversations", "all-tags")
        answer = await self._transport.get(url)
        tags = decode_object(answer.body).get("tags")
        if not isinstance(tags, list):
            raise UnreadableAnswer("the list of tags is missing")
        return tuple(tag for tag in tags if isinstance(tag, str))

    async def people(self) -> tuple[Person, ...]:
        """The people of the project, page after page."""
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
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer | None] = loop.create_future()

        def settle(value: Answer | None) -> None:
            if not answer.done():
                answer.set_result(value)

        def arrived(value: Answer | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, value)

        first.take(arrived)
        return await answer


def _people_in(element: object) -> list[Person]:
    """The person of one element, known by both ids that it carries; nothing where it has another shape."""
    if not isinstance(element, dict) or not isinstance(element.get("user"), dict):
        return []
    ids = {element.get("id"), element["user"].get("id")}
    try:
        return [Person.model_validate({"id": known, "email": element["user"].get("email")}) for known in ids if known]
    except ValidationError:
        return []
