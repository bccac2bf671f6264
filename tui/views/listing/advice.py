"""What may help where something went wrong, in the terms of this project and of the keys that work right now."""

import os
from typing import NamedTuple

from tui.api.errors import AnswerTooLarge, ApiError, BadRequest, NotFound, Terms
from tui.config.checks import REGIONS
from tui.config.settings import Connection
from tui.store.filter.list_filter import ListFilter
from tui.terminal.text.clean import clean_line

API_PATH = "/api/v1"

WHOLE_KEY = "!"
"""The key that shows what went wrong whole, whatever was cut of it elsewhere."""


class Keys(NamedTuple):
    """How the keys that an advice names are pressed: while a line is typed, letters go into it."""

    again: str = "r"
    """What refreshes, and asks again for what failed."""
    lead: str = ""
    """What is pressed before any other letter: `Esc, then `."""
    stop: str = "Esc"
    """What stops reading on, and where."""


class ToldError(NamedTuple):
    """An error as it is told in full: what it befell, itself, and what may help."""

    what: str
    error: ApiError
    hint: str


IN_THE_LIST = Keys()
"""As they are in the list and in the reader."""

READING_ON = Keys(again="R")
"""As they are there for what is read on."""

IN_TABLES = Keys(stop="Esc in the list")
"""As they are in tables, which Esc leaves."""


def hint(error: ApiError, connection: Connection, query: ListFilter, keys: Keys) -> str:
    """What may help; of a request that is not accepted only where there is a filter to change."""
    if isinstance(error, BadRequest) and query.is_empty:
        error = ApiError()
    return error.hint_in(_terms(connection, keys))


def conversation_hint(error: ApiError, connection: Connection, keys: Keys, *, typed: bool) -> str:
    """What may help where one conversation did not come; `typed` says whether the user has typed its id."""
    if isinstance(error, AnswerTooLarge):
        return "This conversation alone has more than can be loaded."
    if isinstance(error, NotFound) and typed:
        return "Check its id and the project; archived conversations would have been found. It may have been deleted."
    return hint(error, connection, ListFilter(), keys)


def _terms(connection: Connection, keys: Keys) -> Terms:
    usual = Terms()
    ends_well = connection.base_url.endswith(API_PATH)
    address = "the base URL" if ends_well else f"the base URL, which does not end in {API_PATH}"
    authority = os.environ.get("SSL_CERT_FILE", "")
    return Terms(
        again=keys.again,
        clear=f"{keys.lead}c",
        address="the region" if connection.region in REGIONS else address,
        path="" if ends_well else usual.path,
        authority=f"see what SSL_CERT_FILE names: {clean_line(authority, 80)}" if authority else usual.authority,
        token=clean_line(connection.token_from, 80) or usual.token,
        renewed=f"; {keys.again} reads it anew" if connection.token_renews else "",
    )
