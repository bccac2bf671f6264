"""Which texts begin like an error: lines of real tools, and prose, data and code that only speak of errors."""

import json
import re
from time import thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.history.failure_patterns import failure_patterns
from tui.store.history.guessed import guess
from tui.store.history.outcome import outcome_of
from tui.store.history.stated import CallFailure
from tui.terminal.text.clean import clean_line

TRACE = 'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    int("x")\nValueError: invalid\n$ '

ERRORS = [
    ("Error: payment amount does not add up, total price is 305", None),
    ("error: pathspec 'x' did not match", None),
    ("ERROR: file or directory not found: tests", None),
    ("  \n**Error:** boom", "**Error:** boom"),
    ("❌ Error: boom", None),
    ("\x1b[31merror\x1b[0m: cannot find `x`", "error: cannot find `x`"),
    ("error[E0382]: borrow of moved value: `s`", None),
    ("error TS2322: Type 'x' is not assignable", None),
    ("Tool execution error: boom", None),
    ("API Error: 529 overloaded", None),
    ("MCP error -32602: Tool x not found", None),
    ("An error occurred (AccessDenied) when calling the GetObject operation", None),
    ("Error executing tool search: boom", None),
    ("Error from server (NotFound): pods \"x\" not found", None),
    ("Error:\n  it broke", "Error: it broke"),
    ("Error", None),
    ("错误：找不到文件", None),
    ("Fehler: Datei nicht gefunden", None),
    ("fatal: not a git repository (or any of the parent directories): .git", None),
    ("npm ERR! code ENOENT", None),
    ("curl: (6) Could not resolve host: example.org", None),
    ("panic: runtime error: index out of range", None),
    ("thread 'main' panicked at src/main.rs:2:5:", None),
    ("Exception in thread \"main\" java.lang.RuntimeException: x", None),
    ("requests.exceptions.HTTPError: 404 Client Error", None),
    ("Uncaught TypeError: x is not a function", None),
    (TRACE, "ValueError: invalid"),
    ("<tool_use_error>File does not exist.</tool_use_error>", "File does not exist."),
    ("<error>\nno such key\n</error>", "no such key"),
    ("Exit code 2", None),
    ("Exit code 1\n\n--- FAIL: TestX\nmore", "Exit code 1: --- FAIL: TestX"),
    ("exit status 2", None),
    ("Process exited with code 127", None),
    ("Command failed with exit code 1: make", None),
    ("Command '['x']' returned non-zero exit status 3.", ""),
    ("HTTP 404", None),
    ("HTTP/1.1 502 Bad Gateway", None),
    ("404 Client Error: Not Found for url: https://example.org", None),
    ("Request failed with status code 500", None),
    ("500 Internal Server Error", None),
    ("Permission denied (publickey).", None),
    ("bash: foo: command not found", None),
    ("zsh: command not found: foo", None),
    ("/bin/sh: 1: foo: not found", None),
    ("cat: /etc/shadow: Permission denied", None),
    ("ls: cannot access 'x': No such file or directory", None),
    ("open /x/y.txt: no such file or directory", None),
    ("Segmentation fault (core dumped)", None),
    ("Command timed out after 2m 0s", None),
    ("Failed to fetch https://example.org", None),
    ("Tool call search failed: no index", None),
    ("Unknown tool: searhc", None),
    ("Invalid JSON: unexpected end", None),
    ("The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if …)", None),
    ("Your request was denied", None),
    ("[Request interrupted by user for tool use]", None),
    ("[Your proposed edit has introduced new syntax error(s). Please retry.]", None),
    ("ERROR 1064 (42000): You have an error in your SQL syntax", None),
    ("SQLSTATE[42S02]: Base table or view not found", None),
    ("ORA-00942: table or view does not exist", None),
    ("psql: error: connection to server failed", None),
    ("gcc: fatal error: no input files", None),
    ("make: *** No rule to make target 'x'.  Stop.", None),
    ("make[1]: *** [all] Error 2", None),
    ("[Errno 13] Permission denied: '/x'", None),
    ("Access denied for user 'x'@'y'", None),
    ("Aborted (core dumped)", None),
    ("Something went wrong, try again later", None),
    ("Internal server error", None),
    ("Cannot find module 'left-pad'", None),
    ("No such file or directory", None),
    ("File does not exist. Did you mean x.py?", None),
    ("String to replace not found in file.", None),
    ("Quota exceeded for quota metric", None),
    ("E: Unable to locate package x", None),
    ("Timeout: no answer within 30s", None),
]  # fmt: skip

NO_ERRORS = [
    "",
    "No errors found",
    "0 errors, 3 warnings",
    "Errors: 0",
    "error: none",
    "Error: null\nresult: 4",
    "error: 0.05",
    "Standard Error: 0.02 %",
    "<error></error>",
    "<error>none</error>",
    "Exit code 0\nall good",
    "exit status 0",
    "Process exited with code 0",
    "HTTP 200",
    "HTTP/2 301",
    "404 items in the warehouse",
    "500 orders were shipped",
    "# Error: how we handle it\n\nWe wrap errors.",
    "Error handling in Go",
    "Error codes and what they mean: a list",
    "Errors should never pass silently.",
    "The error: it was ours.",
    "He said: Error: never mind",
    "The paper was rejected by the committee.",
    "The proposal was rejected, and the tool was returned.",
    "All tests passed, none failed",
    "Failed: 0, passed: 12",
    "Timeout is 30 seconds by default.",
    "Permission is denied to all who ask, it says in the book.",
    "ok\nError: it broke",
    "12: return Error(\"x\")",
    "src/io.py:12: raise ValueError: no",
    'raise ValueError("Error: x")',
    "log.txt:55: Permission denied",
    "Status: not found",
    "2026-01-01 ERROR worker: restarted",
    "1→error: x",
    "class NotFoundError(Exception):",
    '{"error": "none", "data": [1]}',
    "Build finished: failed: 0",
    "Invalid entries are skipped, see: notes",
    "Access denied list of books",
    "fatal: false",
    "Timeout: 30",
    "timeout: 500ms",
    "File not founder of the company",
    "make: install the tool",
    "Internal server errors per day: a table",
    "The file path does not exist in this list of words",
    "String theory: not found in nature",
    "app.log:12: error: it broke",
    "ORA-00942 is the code of a missing table",
    "Cannot find a better one; cannot find \"x\" either",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [one for one in ERRORS if one[1] != ""])
def test_a_text_that_begins_like_an_error_is_guessed_to_be_one(text: str, words: str | None) -> None:
    assert guess(text) == (text if words is None else words)


@pytest.mark.parametrize("text", NO_ERRORS)
def test_prose_data_and_code_that_speak_of_errors_are_none(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize(
    ("results", "failure"),
    [
        ("Error: boom", CallFailure("Error: boom", guessed=True)),
        (["Error: boom"], CallFailure("Error: boom", guessed=True)),
        ([{"type": "text", "text": "Error: boom"}], CallFailure("Error: boom", guessed=True)),
        ('["Error: boom"]', CallFailure('["Error: boom"]', guessed=True)),
        (["Error: boom", "and more"], None),
        ([{"text": "Error: boom", "score": 0.5}], None),
        ({"text": "Error: boom"}, None),
        ([{"type": "text", "text": "fine"}], None),
        ({"isError": False, "content": [{"type": "text", "text": "Error: boom"}]}, None),
        ([], None),
        (None, None),
        (3, None),
    ],
)
def test_only_a_text_and_the_only_text_of_a_list_are_judged(results: Any, failure: CallFailure | None) -> None:
    assert outcome_of(json.dumps(results).encode()).failure == failure


def test_what_is_stated_is_no_guess() -> None:
    failure = outcome_of(json.dumps(['{"error": "Error: no"}']).encode()).failure
    assert failure == CallFailure("Error: no")


def test_of_a_long_traceback_what_was_raised_is_told_and_of_a_huge_one_its_first_line() -> None:
    long, huge = (TRACE.replace("int(", "x" * size + "(") for size in (50_000, 2_000_000))
    told = [outcome_of(json.dumps([text]).encode()).failure for text in (long, huge)]
    assert [failure.words if failure else None for failure in told] == [
        "ValueError: invalid",
        "Traceback (most recent call last):",
    ]


def test_a_profile_has_patterns_of_its_own() -> None:
    patterns = failure_patterns(["^Your proposed edit has introduced", r"exited with code [1-9]"])
    assert guess("Your proposed edit has introduced new errors.\nE999", patterns) == (
        "Your proposed edit has introduced new errors."
    )
    assert guess("Chunk 7\nProcess exited with code 1\n", patterns) == "Process exited with code 1"
    assert guess("Chunk 7\nProcess exited with code 0\n", patterns) is None
    assert outcome_of(b'["Chunk\\nexited with code 4"]', patterns).failure == CallFailure(
        "exited with code 4", guessed=True
    )
    assert outcome_of(b'["Chunk\\nexited with code 4", "x"]', patterns).failure is None


def test_a_pattern_that_takes_for_ever_costs_little_and_matches_nothing() -> None:
    patterns = failure_patterns([r"(?:a+)+$"])
    begin = thread_time()
    assert guess("a" * 1_900 + "!", patterns) is None
    assert thread_time() - begin < 0.5


_BEGINS = st.sampled_from(
    [text[:30] for text, _ in ERRORS] + ["sh: ", "<a_error>", "exit code ", "a." * 40, "❌*" * 20]
)
_CHARACTERS = st.text(st.sampled_from("aE.: \\(["), max_size=300)


@given(st.tuples(_BEGINS, _CHARACTERS | st.text(max_size=40)).map("".join) | st.text(max_size=80))
def test_whatever_comes_is_judged_quickly_and_told_on_one_clean_line(text: str) -> None:
    begin = thread_time()
    words = guess(text * 20)
    assert thread_time() - begin < 0.1
    assert words is None or (words == clean_line(words) and words and not re.search(r"[\n\x1b]", words))


@given(
    st.sampled_from(["", " ", "\n", "\n" * 900, " " * 1_500, "\x1b[31m", "\x1b[1m" * 300, "é" * 390, "a " * 250, "["]),
    st.sampled_from([text for text, _ in ERRORS]) | _CHARACTERS | st.text(max_size=40),
    st.sampled_from(["", "\n", " tail"]),
)
def test_of_a_long_text_the_first_look_says_what_all_of_it_does(before: str, text: str, behind: str) -> None:
    whole = f"{before}{text}{behind}" + "\nmore of it" * 1_000
    for escaped in (True, False):
        failure = outcome_of(json.dumps([whole], ensure_ascii=escaped).encode("utf-8", "replace")).failure
        assert (failure is not None) == (guess(whole) is not None)
