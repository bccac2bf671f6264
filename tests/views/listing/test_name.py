"""A conversation is called the same wherever it is shown."""

import json

import pytest

from tests.servers import conversation, uuid_of
from tui.api.decode import decode_page
from tui.api.page import Record
from tui.views.export.markdown import ReportOptions, conversation_markdown
from tui.views.listing.name import agent_of, is_named, name_of
from tui.views.text.wrap import plain
from tui.views.transcript.blocks.header import HeaderBlock
from tui.views.transcript.modes import Look


def record(**fields: object) -> Record:
    """A conversation with these fields."""
    [one] = decode_page(json.dumps({"count": 1, "results": [conversation(1, **fields)]}).encode()).records
    assert isinstance(one, Record)
    return one


@pytest.mark.parametrize("name", [None, "", "  "])
def test_without_a_name_it_has_one_wording_everywhere(name: str | None) -> None:
    one = record(name=name, agent_settings_name=None)
    said = f"unnamed · {uuid_of(1)[:8]}"
    assert name_of(one.conversation) == said
    assert not is_named(one.conversation)
    assert agent_of(one.conversation) == "no agent named"
    header = [plain(line) for line in HeaderBlock(one.conversation, {}).compose(Look(80, True))]
    assert header[0] == said
    assert header[1].startswith("▸ no agent named")
    assert conversation_markdown(one, ReportOptions({})).startswith(f"# {said}\n")


def test_a_name_is_one_line_of_what_can_be_shown() -> None:
    one = record(name=" a\n\x1b[31mb ")
    assert name_of(one.conversation) == "a ^[[31mb"
    assert len(name_of(record(name="x" * 500).conversation, 40)) == 40
