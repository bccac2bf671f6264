"""What is exported as JSON is what the service sent."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.servers import conversation
from tui.api.decode import decode_record
from tui.views.export.formats import Element, JsonFormat, JsonLinesFormat, MarkdownFormat
from tui.views.export.json_lines import harmless, one_line
from tui.views.export.markdown import ReportOptions

_CODES = (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x061C, 0x200E, 0x200F)
CONTROLS = frozenset(map(chr, (*_CODES, *range(0x2028, 0x202F), *range(0x2066, 0x2070))))
ODD = '\x00\x1b\x7f\x80\x9b\u061c\u200e\u202e\u2066\u2069\u2028é\\"'

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
    assert one_line(b'{"a": "x\ny",\n"b": 1}') == b'{"a": "x\\u000ay","b": 1}'


@given(JSON, st.sampled_from([None, 2, "\t"]), st.text(ODD, max_size=20))
def test_json_has_no_control_in_it_and_every_value_stays(value: object, indent: int | str | None, odd: str) -> None:
    value = {odd: [odd, value]}
    raw = json.dumps(value, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    safe = harmless(raw)
    assert json.loads(safe.decode("utf-8", "surrogatepass")) == value
    assert not CONTROLS & set(safe.decode("utf-8", "surrogatepass"))
    if not CONTROLS & set(raw.decode("utf-8", "surrogatepass")):
        assert safe == raw


def test_a_control_that_is_no_escape_becomes_one_so_that_all_can_read_it() -> None:
    raw = b'{"a\t":\t"\x1b[31m\r\n", "b": 1.10}'
    assert harmless(raw) == b'{"a\\u0009":\t"\\u001b[31m\\u000d\\u000a", "b": 1.10}'
    assert harmless(b"broken \x1b json") == b"broken \\u001b json"
    assert harmless(b'{\n\t"a": "x"\r\n}') == b'{\n\t"a": "x"\r\n}'


def elements() -> list[Element]:
    values = [conversation(1), conversation(2), {"name": "no id"}]
    return [decode_record(json.dumps(value, indent=1).encode()) for value in values]


def written(form: JsonFormat | JsonLinesFormat | MarkdownFormat, those: list[Element]) -> bytes:
    pieces = [piece for number, element in enumerate(those) for piece in form.entry(element, number)]
    body = b"".join([form.begin(), *pieces, form.end()])
    return form.head() + body


def test_each_format_reads_back() -> None:
    those = elements()
    values = [json.loads(element.raw) for element in those]
    as_list = written(JsonFormat(single=False), those)
    assert json.loads(as_list) == values
    assert all(element.raw in as_list for element in those)
    assert written(JsonFormat(single=True), those[:1]) == those[0].raw + b"\n"
    assert json.loads(written(JsonFormat(single=False), [])) == []
    assert [json.loads(line) for line in written(JsonLinesFormat(), those).splitlines()] == values
    markdown = written(MarkdownFormat(ReportOptions({})), those).decode()
    assert markdown.index("\n# Conversation 1") < markdown.index("\n# Conversation 2") < markdown.index("\nReason:")
