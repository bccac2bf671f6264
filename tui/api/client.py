"""The calls of the service: one short method each, GET only.

Rows are read without pydantic, which takes as long to import as the screen's first frame; the models of everything else
are imported with the first answer that needs them.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from tui.api.background import in_thread, models_imported
from tui.api.errors import (
    ApiError,
    MoreThanRead,
    NoConversation,
    NoProject,
    NotFound,
    ServerFault,
    TimedOut,
    UnreadableAnswer,
)  # fmt: skip
from tui.api.http.answer import Answer, EarlyAnswer
from tui.api.http.first_page import FirstPage, Outcome, ReadPage
from tui.api.http.renewal import Renew
from tui.api.http.transport import Listener, Transport
from tui.api.lenient.quoted import quoted
from tui.api.limits import Limits
from tui.api.page import Page, Record
from tui.api.query import FIRST_LIMIT, MAX_LIMIT, ConversationFilter, conversation_url, list_url, project_url
from tui.api.rows import decode_page
from tui.api.transfer import Transfer
from tui.config.settings import Connection

if TYPE_CHECKING:
    from tui.api.decode import Results
    from tui.api.models import Agent, Feedback, Person, Tool

MOST_PAGES = 20
"""Pages that are asked for at most, of anything but conversations: 20,000 people are more than any project has."""

_BESIDE = {
    "feedback": ("feedbacks", "grouped_by_conversation"),
    "agents": ("agent-settings",),
    "tools": ("tools",),
}
"""Where that stands which the service tells beside conversations."""

_ARCHIVED_TOO = "include_archived=true&"

_HEAVY = 4_000_000
"""Bytes of an answer from which on it is read in a thread; an ordinary page has less."""

Read = TypeVar("Read")


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

    async def conversations(
        self, query: ConversationFilter, limit: int, offset: int, transfer: Transfer | None = None
    ) -> Page:
        """One page of the list, at most `limit` rows from row `offset` on; `transfer` is told how much has come.

        What nothing can match is not asked for, and comes empty.
        """
        if query.matches_nothing:
            return Page(0, ())
        url = list_url(self.connection, query, limit, offset)
        transfer = transfer or Transfer()
        early = await self._take_first(url, transfer)
        try:
            return await self._transport.get(
                url, lambda answer: _read(answer, lambda body: decode_page(body, limit)), early, transfer
            )
        except NotFound as error:
            if offset:
                raise await self._not_found(query, error) from None
            raise NoProject(error.detail, status=error.status) from None

    async def _not_found(self, query: ConversationFilter, error: NotFound) -> NotFound:
        """What is not found where rows in the middle are not: the project, unless its first row is there."""
        try:
            await self.conversations(query, 1, 0)
        except NoProject as why:
            return why
        except ApiError:
            pass
        return error

    def take_first(self, query: ConversationFilter, offset: int) -> ReadPage | None:
        """The first page, where it is this one and has been read already."""
        first = self._first_page
        if first is None or first.url != list_url(self.connection, query, FIRST_LIMIT, offset):
            return None
        read = first.take_read()
        if read is not None:
            self._first_page = None
            self._transport.renewal.worked(first.connection)
        return read

    async def conversation(self, conversation_id: str, transfer: Transfer | None = None) -> Record:
        """One conversation with its history, archived or not; `transfer` is told how much of it has come.

        Raises:
            ApiError: it did not come, or another one came.
        """
        url = conversation_url(self.connection, conversation_id)
        try:
            record: Record = await self._get(url, lambda body: _decode().decode_conversation(body), transfer=transfer)
        except NotFound as error:
            raise NoConversation(error.detail, status=error.status) from None
        if record.id and record.id.casefold() != conversation_id.casefold():
            raise UnreadableAnswer(f"it is the conversation {quoted(record.id)}, which was not asked for")
        return record

    async def tags(self) -> tuple[str, ...]:
        """All tags of the project, sorted by the server."""
        url = project_url(self.connection, "playground-conversations", "all-tags")
        return await self._get(url, lambda body: _decode().decode_tags(body), aside=True)

    async def people(self) -> "tuple[tuple[Person, ...], ApiError | None]":
        """The people of the project, and why a page of them did not come, if one did not.

        Raises:
            ApiError: there is nobody, and why.
        """
        return await self._all(("users",), lambda body: _decode().decode_people(body))

    async def feedback(self, pages: int = MOST_PAGES) -> "tuple[tuple[Feedback, ...], ApiError | None]":
        """What people said of answers, that of archived conversations too, and why a page did not come, if one did not.

        At most so many pages are asked for; the newest come first.

        Raises:
            ApiError: there is none, and why.
        """
        return await self._all(_BESIDE["feedback"], lambda body: _decode().decode_feedback(body), _ARCHIVED_TOO, pages)

    async def agents(self) -> "tuple[tuple[Agent, ...], ApiError | None]":
        """The agents as they are set now, and why a page of them did not come, if one did not.

        Raises:
            ApiError: there is none, and why.
        """
        return await self._all(_BESIDE["agents"], lambda body: _decode().decode_agents(body))

    async def tools(self) -> "tuple[tuple[Tool, ...], ApiError | None]":
        """The tools of the project, and why a page of them did not come, if one did not.

        Raises:
            ApiError: there is none, and why.
        """
        return await self._all(_BESIDE["tools"], lambda body: _decode().decode_tools(body))

    async def try_beside(self) -> "AsyncIterator[tuple[str, ApiError | None]]":
        """What is told beside conversations, by name, and why it is not; asked for one element each."""
        for name, path in _BESIDE.items():
            try:
                url = f"{project_url(self.connection, *path)}?limit=1"
                await self._get(url, lambda body: _decode().has_results(body), aside=True)
            except ApiError as error:
                yield name, error
            else:
                yield name, None

    async def _all(
        self, path: tuple[str, ...], read: "Callable[[bytes], Results[Any]]", asked: str = "", pages: int = MOST_PAGES
    ) -> tuple[tuple[Any, ...], ApiError | None]:
        """What stands under an address, page after page; one page that fails costs that page alone."""
        found: dict[str, Any] = {}
        error: ApiError | None = None
        offset, failed = 0, False
        for _ in range(pages):
            url = f"{project_url(self.connection, *path)}?{asked}limit={MAX_LIMIT}&offset={offset}"
            try:
                page = await self._get(url, read, aside=True)
            except ApiError as why:
                error = error or why
                if failed or not (found or isinstance(why, ServerFault | UnreadableAnswer)):
                    break
                failed, offset = True, offset + MAX_LIMIT  # it may be that page alone
                continue
            before, failed, offset = len(found), False, offset + page.rows
            found.update(page.found)
            if not page.goes_on or len(found) == before:
                break
        else:
            error = error or MoreThanRead(f"{len(found):,} came.")
        if error is not None and not found:
            raise error
        return tuple(found.values()), error

    @property
    def seeks_token(self) -> bool:
        """Whether requests wait for a token, because the one in use was refused."""
        return self._transport.renewal.is_asking

    def hope(self) -> None:
        """Repeat at once what waits to be repeated, and ask again for a token, should the one in use be refused."""
        self._transport.hope()

    def warm_up(self) -> None:
        """Prepare for the second request while nobody waits."""
        self._transport.warm_up()

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._transport.close()

    async def _get(
        self, url: str, read: Callable[[bytes], Read], transfer: Transfer | None = None, *, aside: bool = False
    ) -> Read:
        """What `read`, which needs the models, makes of the body of the good answer."""
        return await self._transport.get(url, lambda answer: _decoded(answer, read), None, transfer, aside=aside)

    async def _take_first(self, url: str, transfer: Transfer) -> EarlyAnswer | None:
        first, self._first_page = self._first_page, None
        if first is None or first.url != url:
            return None
        outcome = await _outcome_of(first, transfer)
        if isinstance(outcome, TimedOut):
            raise outcome
        return EarlyAnswer(first.connection, outcome) if outcome is not None else None


async def _outcome_of(first: FirstPage, transfer: Transfer) -> Outcome:
    """What became of the first page, told by its thread."""
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[Outcome] = loop.create_future()

    def settle(outcome: Outcome) -> None:
        if not settled.done():
            settled.set_result(outcome)

    def arrived(outcome: Outcome) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile, and nobody waits
            loop.call_soon_threadsafe(settle, outcome)

    first.take(arrived, transfer)
    return await settled


def _decode() -> ModuleType:
    from tui.api import decode

    return decode


async def _decoded(answer: Answer, read: Callable[[bytes], Read]) -> Read:
    """What an answer of the models holds, which are imported first."""
    await models_imported()
    return await _read(answer, read)


async def _read(answer: Answer, read: Callable[[bytes], Read]) -> Read:
    """What an answer holds, found out in the thread of the network; of a heavy one beside it, so that others go on."""
    try:
        if len(answer.body) < _HEAVY:
            return read(answer.body)
        return await in_thread(lambda: read(answer.body), "reader of an answer")
    except UnreadableAnswer as error:
        if words := answer.refusal():
            error.detail += f"; the server says: {words}"
        raise
