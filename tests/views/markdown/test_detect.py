"""Whether a text is Markdown: what agents write is, what programs print and files hold is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.views.markdown.detect import is_markdown


@pytest.mark.parametrize(
    "text",
    [
        "## Findings\n\nAll is well.",
        "# Report\n\nThe **first** part is done.",
        "I looked into it.\n\n- one\n- two\n\n1. first\n2. second",
        "See:\n\n```py\nimport x\nprint(1)\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "**Summary**: three files\n\n* `a.py`\n* `b.py`",
        "I read [the page](https://example.org/a).\n\n> it says so",
        "| a | b |\n|:---|:---|\n| x | y |",
        "+ one\n+ two\n\n> it says so",
    ],
)
def test_what_agents_write_is(text: str) -> None:
    assert is_markdown(text)
    assert is_markdown(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "**one line** with `code`",
        "plain\ntext\nof many lines",
        "# comment\nx = 1\n# another\ny = 2",
        "#!/bin/sh\n# install\n\n## part\n\nmake **all**",
        "import os\n\n# part\n\ndef f():\n    return **a",
        "- old\n+ new",
        "total 8\n-rw-r--r-- 1 a b 3 c\n-rw-r--r-- 1 a b 3 d",
        "     1\t# Title\n     2\t\n     3\t- **a**\n     4\t- b",
        "a.py:3: # **x**\nb.py:4: - `y`",
        '{\n  "a": "**b**",\n  "c": "`d`"\n}',
        "<div>\n\n## x\n\n</div>",
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-# a\n+# **b**",
        "| only | a row |\n| and | one |",
    ],
)
def test_what_programs_print_and_files_hold_is_not(text: str) -> None:
    assert not is_markdown(text)


_SIGNS = (*"#-*|:>`a{[ \n", "1. ", "```", "~~~", "](", "**", "a\n", "- a\n")


_SIGNS = (*"#-*|:>`a{[ \n", "1. ", "```", "~~~", "](", "**", "a\n", "- a\n")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_SIGNS), max_size=60))
def test_it_never_fails(pieces: list[str]) -> None:
    is_markdown("".join(pieces))
