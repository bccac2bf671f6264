"""Which filters surely have a conversation."""

import json

import pytest

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.api.page import Record
from tui.api.query import ConversationFilter
from tui.store.listing.finding import surely_has


@pytest.mark.parametrize(
    ("query", "found_by", "sure"),
    [
        (ConversationFilter(), None, True),
        (ConversationFilter(text="a"), "a", True),
        (ConversationFilter(text="a"), "b", False),
        (ConversationFilter(text="a"), None, False),
        (ConversationFilter(tags=("billing", "x")), None, True),
        (ConversationFilter(tags=("x",)), None, False),
        (ConversationFilter(untagged=True), None, False),
        (ConversationFilter(archived=True), None, True),
    ],
)
def test_a_filter_that_must_find_a_conversation_is_known(
    query: ConversationFilter, found_by: str | None, sure: bool
) -> None:
    [record] = decode_page(json.dumps({"count": 1, "results": [conversation(1, tags=["billing"])]}).encode()).records
    assert isinstance(record, Record)
    assert surely_has(query, record.conversation, found_by) is sure
    archived = json.dumps({"count": 1, "results": [conversation(1, tags=["billing"], is_archived=True)]}).encode()
    [record] = decode_page(archived).records
    assert isinstance(record, Record)
    assert surely_has(query, record.conversation, found_by) is (sure and query.archived)
