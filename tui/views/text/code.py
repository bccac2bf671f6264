"""Source code as highlighted lines."""

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import wrap_spans

if TYPE_CHECKING:
    from pygments.lexer import Lexer  # type: ignore[import-untyped]  # Pygments ships no types

HIGHLIGHT_LIMIT = 12_000
"""Characters above which code is shown in one ink: highlighting takes some 2 ms per KB."""

_LONGEST_LINE = 2_000
"""A line longer than this is minified or data; lexers are slow on it."""

_LANGUAGES = frozenset(
    """
    bash sh shell zsh console shell-session powershell ps1 bat python py python3 pycon ipython javascript js jsx
    typescript ts tsx json  json5 jsonc yaml yml toml ini cfg html xml css scss less sql postgresql postgres mysql
    sqlite graphql java kotlin kt scala groovy  c cpp c++ csharp c# cs go golang rust rs ruby rb php perl lua swift
    objective-c objc r julia dart elixir ex erlang haskell hs  clojure ocaml fsharp diff udiff patch dockerfile
    docker makefile make cmake nginx terraform hcl protobuf proto http vue svelte  markdown md latex tex jinja
    django vim awk sed
    """.split()  # noqa: SIM905 - ninety quoted names read worse
)
"""Names that are looked up; others are rare, and their lexers of unknown speed."""

_CONTINUED = "  "


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    if language not in _LANGUAGES:
        return None
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _ink(kind: tuple[str, ...]) -> str:
    from pygments.token import Token  # type: ignore[import-untyped]

    inks = (
        (Token.Comment, "syntax-comment"),
        (Token.Keyword, "syntax-keyword"),
        (Token.Operator.Word, "syntax-keyword"),
        (Token.Name.Tag, "syntax-keyword"),
        (Token.Name.Function, "syntax-name"),
        (Token.Name.Class, "syntax-name"),
        (Token.Name.Decorator, "syntax-name"),
        (Token.Name.Builtin, "syntax-name"),
        (Token.Name.Attribute, "syntax-name"),
        (Token.Literal.String, "syntax-string"),
        (Token.Literal.Number, "syntax-number"),
        (Token.Operator, "syntax-operator"),
        (Token.Punctuation, "syntax-operator"),
        (Token.Generic.Deleted, "failed"),
        (Token.Generic.Inserted, "success"),
        (Token.Generic.Heading, "syntax-keyword"),
        (Token.Generic.Subheading, "syntax-keyword"),
        (Token.Generic.Prompt, "syntax-comment"),
        (Token.Generic.Output, "code"),
    )
    return next((ink for parent, ink in inks if kind in parent), "code")


def highlight(source: str, language: str) -> list[Line]:
    """Each line of cleaned source as spans, not wrapped; an unknown language or long source comes in one ink."""
    lexer = None
    if len(source) <= HIGHLIGHT_LIMIT and max(map(len, source.split("\n"))) <= _LONGEST_LINE:
        lexer = _lexer(language.strip().lower())
    if lexer is None:
        return [[Span(line, "code")] if line else [] for line in source.split("\n")]
    lines: list[Line] = [[]]
    for kind, value in lexer.get_tokens(source):
        ink = _ink(kind)
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Span(part, ink))
    return lines


def code_lines(source: str, language: str, width: int) -> list[Line]:
    """The source as lines of at most `width` cells; a line that is too long goes on, indented, on the next."""
    cleaned = clean(source).removesuffix("\n")
    lines: list[Line] = []
    for spans in highlight(cleaned, language):
        lines.extend(wrap_spans(spans, width, (), [Span(_CONTINUED)]) if spans else [[]])
    return lines
