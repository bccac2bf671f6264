"""Who checks which part of a line, and where in it that part stands."""

from hypothesis import given
from rich.text import Text

from tests.store.filter.expressions import EXPRESSIONS
from tui.store.filter.checked import checked_parts
from tui.store.filter.division import divided
from tui.store.filter.expression import Word, conjuncts
from tui.store.filter.parser import parse
from tui.store.filter.printing import line_of
from tui.widgets.inputs.line_signs import LineSigns


def test_terms_are_marked_by_who_checks_them() -> None:
    line = 'refund tag:a -(tag:b | failed:>0) untagged:no (turns:>2 | agent:"x y") archived:also'
    assert [(line[part.start : part.end], part.is_here) for part in checked_parts(line)] == [
        ("tag:a", False),
        ("-(tag:b | failed:>0)", True),
        ("untagged:no", True),
        ('turns:>2 | agent:"x y"', True),
        ("archived:also", False),
    ]
    assert checked_parts("fail:>0") == ()


@given(EXPRESSIONS)
def test_every_term_has_its_part_and_the_parts_do_not_touch(node: object) -> None:
    line = line_of(node)  # type: ignore[arg-type]
    parts, top = checked_parts(line), [one for one in conjuncts(parse(line)) if not isinstance(one, Word)]
    assert len(parts) == len(top)
    here = conjuncts(divided(parse(line)).here)
    end = 0
    for part, one in zip(parts, top, strict=True):
        assert end <= part.start < part.end <= len(line)
        assert part.is_here == (one in here)
        end = part.end


def test_the_line_shows_it_without_colours() -> None:
    text = Text("refund tag:a failed:>0")
    LineSigns().highlight(text)
    assert [(span.start, span.end, span.style) for span in text.spans] == [(7, 12, "bold"), (13, 22, "italic")]
