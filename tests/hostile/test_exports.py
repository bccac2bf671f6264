"""Whatever stands in the answers of the service: an export can be shown with `cat` and pasted into a pull request."""

import json
import re
from typing import Any

import pytest

from tests.hostile.payloads import PAYLOADS
from tests.hostile.project import HISTORIES, rows, share, to_json
from tests.hostile.wire import findings
from tests.views.export.gfm import calls, read, rendered, rendered_by_program, tags
from tui.api.decode import decode_record, split_history
from tui.api.page import Record
from tui.store.comparing.comparison import Comparison
from tui.store.export.export import Format
from tui.views.comparing.report import Compared, comparison_markdown
from tui.views.export.formats import JsonFormat, JsonLinesFormat, MarkdownFormat
from tui.views.export.markdown import ReportOptions
from tui.views.export.words import TOLD
from tui.views.listing.name import name_of

OURS = {
    "a", "blockquote", "br", "code", "del", "details", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li",
    "ol", "p", "pre", "s", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def exported(form: Format[Any]) -> bytes:
    elements = [decode_record(to_json(row)) for row in rows()]
    pieces = [piece for number, element in enumerate(elements) for piece in form.entry(element, number)]
    body = b"".join([form.begin(), *pieces, form.end()])
    return form.head() + body


@pytest.mark.parametrize("form", [JsonFormat(single=False), JsonLinesFormat()], ids=["json", "lines"])
def test_json_is_harmless_and_says_what_the_service_said(form: Format[Any]) -> None:
    written = exported(form)
    assert CONTROL.search(written.decode()) is None
    read_back = json.loads(written) if written[:1] == b"[" else [json.loads(line) for line in written.splitlines()]
    assert read_back == [json.loads(to_json(row)) for row in rows()]


@pytest.mark.parametrize("told", TOLD)
def test_a_report_is_text_whatever_is_in_it(told: str) -> None:
    written = exported(MarkdownFormat(ReportOptions({}, chosen=TOLD[told])))
    assert findings(written.replace(b"\t", b" ")) == []
    for html in filter(None, (rendered(text := written.decode()), rendered_by_program(text))):
        assert tags(html) <= OURS
        assert calls(html) == []
        fields = (
            ("mc", "re", "tt", "pv", "rv", "fm", "ct", "cn") if told == "m" else ("fm",) if told == "f" else ("mc",)
        )
        wanted = {payload.marker(field) for number in range(HISTORIES) for payload in share(number) for field in fields}
        assert wanted <= set(re.findall(r"[a-z]{2}\d{3}q", read(html)))
    assert len(PAYLOADS) > HISTORIES


def test_a_comparison_is_text_whatever_is_in_it() -> None:
    records = [record for record in (decode_record(to_json(row)) for row in rows()[:2]) if isinstance(record, Record)]
    one, other = (Compared(name_of(record.conversation), record.conversation.id, record.id) for record in records)
    comparison = Comparison(split_history(records[0].raw), split_history(records[1].raw))
    while comparison.step(1.0):
        pass
    text = "".join(comparison_markdown(one, other, comparison))
    assert findings(text.replace("\t", " ").encode()) == []
    html = rendered(text)
    assert tags(html) <= OURS
    assert calls(html) == []
    wanted = {
        payload.marker(field)
        for number in range(2)
        for payload in share(number)
        for field in ("mc", "re", "tt", "pv", "rv", "ct")
    }
    assert wanted <= set(re.findall(r"[a-z]{2}\d{3}q", read(html)))
