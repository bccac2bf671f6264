import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.store.history.alike import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no such flight HAT123", "no such flight HAT7"),
        ("Order #W123-22 not found", "Order #W9 not found"),
        ("gift card 'one' balance is 12.50", "gift card 'two words' balance is 0"),
        ('user "a b" is gone', 'user "c" is gone'),
        ("not before 2025-01-02T03:04:05Z", "not before 2026-11-30"),
        ("at 12 Jan 2025 it failed", "at 3 March it failed"),
        ("open /home/a/b.txt: denied", "open C:\\x\\y: denied"),
        ("GET https://a.example/x?y=1 failed", "GET http://b.example failed"),
        ("id 550e8400-e29b-41d4-a716-446655440000", "id 9f1c"),
        ("two  blanks", "two blanks"),
    ],
)
def test_what_belongs_to_one_call_makes_no_difference(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no such flight", "no such seat"),
        ("can't open it's file", "can't close it's file"),
        ("and/or fails", "and fails"),
        ("", "Error"),
    ],
)
def test_other_words_are_other_failures(one: str, other: str) -> None:
    assert alike(one) != alike(other)


@settings(deadline=None)
@given(st.text(alphabet="ab/\\.'\"1-# é\n", max_size=300))
def test_how_it_is_broken_into_lines_makes_no_difference(text: str) -> None:
    assert alike(text) == alike(f" {text}\n".replace(" ", "  "))
    assert alike(None) == alike("") == ""
