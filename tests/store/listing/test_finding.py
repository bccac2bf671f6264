"""Which filters surely have a conversation."""

import json

import pytest

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.api.page import Record
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.finding import surely_has


@pytest.mark.parametrize(
    ("query", "found_by", "sure"),
    [
        (ListFilter(), None, True),
        (ListFilter(text="a"), "a", True),
        (ListFilter(text="a"), "b", False),
        (ListFilter(text="a"), None, False),
        (ListFilter(tags=("billing", "x")), None, True),
        (ListFilter(tags=("x",)), None, False),
        (ListFilter(untagged=True), None, False),
        (ListFilter(archived=True), None, True),
    ],
)
def test_a_filter_that_must_find_a_conversation_is_known(query: ListFilter, found_by: str | None, sure: bool) -> None:
    [record] = decode_page(json.dumps({"count": 1, "results": [conversation(1, tags=["billing"])]}).encode()).records
    assert isinstance(record, Record)
    assert surely_has(query, record.conversation, found_by) is sure
    archived = json.dumps({"count": 1, "results": [conversation(1, tags=["billing"], is_archived=True)]}).encode()
    [record] = decode_page(archived).records
    assert isinstance(record, Record)
    assert surely_has(query, record.conversation, found_by) is (sure and query.archived)
