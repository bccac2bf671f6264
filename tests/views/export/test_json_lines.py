"""What is exported as JSON is what the service sent."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.servers import conversation
from tui.api.decode import decode_record
from tui.views.export.formats import Element, JsonFormat, JsonLinesFormat, MarkdownFormat
from tui.views.export.json_lines import one_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 2, "\t", "\r\n  "]), st.booleans())
def test_one_line_has_the_same_values(value: object, indent: int | str | None, ascii_only: bool) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    line = one_line(raw)
    assert b"\n" not in line
    assert b"\r" not in line
    assert json.loads(line.decode("utf-8", "surrogatepass")) == value


def test_no_number_and_no_escape_is_written_anew() -> None:
    assert one_line(b'{\n  "a": 1.10,\r\n\t"b\\"\\n": "\\u00e9 \\\\",\n"c": 1E400 }') == (
        b'{"a": 1.10,"b\\"\\n": "\\u00e9 \\\\","c": 1E400 }'
    )


def test_a_bare_line_end_inside_a_string_becomes_its_escape() -> None:
    assert one_line(b'{"a": "x\ny",\n"b": 1}') == b'{"a": "x\\ny","b": 1}'


def elements() -> list[Element]:
    values = [conversation(1), conversation(2), {"name": "no id"}]
    return [decode_record(json.dumps(value, indent=1).encode()) for value in values]


def written(form: JsonFormat | JsonLinesFormat | MarkdownFormat, those: list[Element]) -> bytes:
    pieces = [piece for number, element in enumerate(those) for piece in form.entry(element, number)]
    return b"".join([form.begin(), *pieces, form.end()])


def test_each_format_reads_back() -> None:
    those = elements()
    values = [json.loads(element.raw) for element in those]
    as_list = written(JsonFormat(single=False), those)
    assert json.loads(as_list) == values
    assert all(element.raw in as_list for element in those)
    assert written(JsonFormat(single=True), those[:1]) == those[0].raw + b"\n"
    assert json.loads(written(JsonFormat(single=False), [])) == []
    assert [json.loads(line) for line in written(JsonLinesFormat(), those).splitlines()] == values
    markdown = written(MarkdownFormat({}), those).decode()
    assert markdown.index("# Conversation 1") < markdown.index("# Conversation 2") < markdown.index("cannot be read")
