"""Lines of unified diffs in their inks; what only looks like one stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.views.code.diff import ADDED, HEADER, HUNK, REMOVED, diff_inks, is_diff
from tui.views.code.highlight import highlight
from tui.views.text.wrap import plain

DIFF = """\
$ git diff
diff --git a/f.sql b/f.sql
index 1..2 100644
--- a/f.sql
+++ b/f.sql
@@ -1,4 +1,3 @@ create
 select 1
--- a comment that goes
+++ a comment that comes
-x

\\ No newline at end of file
- a list item behind it"""


def test_a_diff_is_read_by_the_counts_of_its_hunks() -> None:
    assert diff_inks(DIFF.split("\n")) == [
        "", HEADER, HEADER, HEADER, HEADER, HUNK, "", REMOVED, ADDED, REMOVED, "", "", "",
    ]  # fmt: skip


def test_what_is_declared_to_be_one_needs_no_hunks() -> None:
    lines = ["--- a", "+++ b", "@@ ... @@", "-old", "+new", " same"]
    assert diff_inks(lines, declared=True) == [HEADER, HEADER, HUNK, REMOVED, ADDED, ""]
    assert not any(diff_inks(["- one", "- two", "+ three"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [(DIFF, True), ("- one\n- two", False), ("see @@ -1 +1 @@", False), ("@@ -1 +1 @@\n-a\n+b", True)],
)
def test_one_is_known_by_its_hunk(text: str, expected: bool) -> None:
    assert is_diff(text) is expected


@pytest.mark.parametrize("language", ["diff", "patch", "Diff", ""])
def test_a_fenced_diff_has_its_inks(language: str) -> None:
    found = {plain(line): line[0].ink for line in highlight(DIFF, language) if line}
    assert found["-x"] == "removed"
    assert found["+++ a comment that comes"] == "added"
    assert found[" select 1"] == "code"
    assert {line[0].ink for line in highlight(DIFF, "python") if line}.isdisjoint({"added", "removed"})


_LINES = st.sampled_from([*DIFF.split("\n"), "@@ -0,0 +9999999 @@", "@@ -3 +0,2 @@", "", "+"])


@given(st.lists(_LINES | st.text(max_size=9)))
def test_each_line_has_one(lines: list[str]) -> None:
    for declared in (True, False):
        assert len(diff_inks(lines, declared=declared)) == len(lines)
