"""Reads the texts that the demo's conversations are made of.

A file per language in `content/`, one `key: value` per line. `product`, `city` and `why` (what an agent reasons) come
first; then `== agent | tags` begins a story with its `doc` and `hit` lines and its exchanges: `ask` (the question),
`look` (what the tools look for), `use` (the tools) and `say` (the answer). Line ends within a value are written as \\n.
Words in braces are filled per conversation.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

CONTENT = Path(__file__).with_name("content")

LANGUAGES = ("en", "fr", "de", "es", "ja", "zh", "ko", "ar", "ru")

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class Exchange:
    """A question and its answer."""

    ask: str
    look: str = ""
    use: tuple[str, ...] = ()
    say: str = ""


@dataclass(slots=True)
class Story:
    """What a conversation is about."""

    agent: str
    tags: tuple[str, ...]
    documents: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """The stories of one language."""

    language: str
    products: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)


def read_book(language: str) -> Book:
    """The stories of a language, their slots written as @name@."""
    book = Book(language)
    text = (CONTENT / f"{language}.txt").read_text(encoding="utf-8")
    for line in _SLOT.sub(r"@\1@", text).splitlines():
        if line.startswith("== "):
            agent, _, tags = line[3:].partition(" | ")
            book.stories.append(Story(agent, _list_of(tags, ",")))
        elif line:
            key, _, value = line.partition(":")
            _take(book, key, value.strip().replace("\\n", "\n"))
    return book


def _list_of(value: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _take(book: Book, key: str, value: str) -> None:
    match key:
        case "product":
            book.products.extend(_list_of(value, ";"))
        case "city":
            book.cities.extend(_list_of(value, ";"))
        case "why":
            book.thoughts.append(value)
        case "doc":
            book.stories[-1].documents.append(value)
        case "hit":
            book.stories[-1].passages.append(value)
        case "ask":
            book.stories[-1].exchanges.append(Exchange(value))
        case "look":
            book.stories[-1].exchanges[-1].look = value
        case "use":
            book.stories[-1].exchanges[-1].use = _list_of(value, ",")
        case "say":
            book.stories[-1].exchanges[-1].say = value
        case _:
            raise ValueError(f"{book.language}.txt: unknown key {key!r}")
