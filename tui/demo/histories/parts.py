"""Everything a history is put together from, already as JSON text: one conversation then costs microseconds.

Texts still hold slots such as @order@; they are filled when a history is complete.
"""

import json
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from tui.demo.database import fold
from tui.demo.histories.stories import LANGUAGES, Exchange, Story, read_book
from tui.demo.histories.tools import COMPLAINTS, MAKERS, TOOL_ERRORS, hit_of

_MAKES = 3
"""Versions of each tool call."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A text of a message: as JSON, folded for the search, its size in tokens."""

    json: str
    folded: str
    tokens: int


class Call(NamedTuple):
    """A tool call: its fields as JSON, split where results can be added."""

    tool_type: str
    before: str
    after: str
    folded: str
    asked: int
    """Tokens of the parameters."""
    answered: int
    """Tokens of the results."""
    paddable: bool = False

    @property
    def json(self) -> str:
        """The fields of the message that only tool calls have."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, what the tools may find, and the answer."""

    ask: Saying
    calls: tuple[tuple[Call, ...], ...]
    """For each call of the turn, its versions."""
    say: Saying


@dataclass(frozen=True, slots=True)
class Theme:
    """A story made ready, in its language."""

    language: str
    agent: str
    tags: tuple[str, ...]
    titles: tuple[str, ...]
    """The question of each turn, cut to the length of a name; slots are filled as everywhere."""
    turns: tuple[Turn, ...]
    padding: tuple[Saying, ...]
    """Further hits, each with a comma before it, that make a result heavier."""


@dataclass(frozen=True, slots=True)
class Stock:
    """All that the demo can tell, by language where it matters."""

    themes: tuple[Theme, ...]
    thoughts: dict[str, tuple[Saying, ...]]
    failures: dict[str, tuple[Call, ...]]
    """Failed and empty calls, and one whose results are null, by tool type."""
    complaints: dict[str, tuple[Call, ...]]
    """Calls whose results are texts that read like failures, by tool type."""
    products: dict[str, list[str]]
    cities: dict[str, list[str]]


def said(text: str) -> Saying:
    """A text made ready."""
    return Saying(json.dumps(text, ensure_ascii=False), fold(text), max(1, len(text.encode()) // 4))


def called(tool_type: str, parameters: dict[str, Any], results: list[Any]) -> Call:
    """A tool call made ready."""
    asked, found = json.dumps(parameters, ensure_ascii=False), json.dumps(results, ensure_ascii=False)
    before = f'"tool_type":"{tool_type}","input_parameters":{asked},"results":{found[:-1]}'
    return Call(
        tool_type, before, "]", fold(f"{asked}\n{found}"), len(asked) // 4 + 8, len(found) // 4 + 4,
        paddable=tool_type == "retrieval" and bool(results),
    )  # fmt: skip


def make_stock(random: Random) -> Stock:
    """Read all stories and make them ready."""
    books = [read_book(language) for language in LANGUAGES]
    return Stock(
        themes=tuple(_theme(random, book.language, story) for book in books for story in book.stories),
        thoughts={book.language: tuple(said(text) for text in book.thoughts) for book in books},
        failures={tool_type: _failures(random, tool_type, books[0].stories[0]) for tool_type in MAKERS},
        complaints={tool_type: _complaints(tool_type, books[0].stories[-1]) for tool_type in MAKERS},
        products={book.language: book.products for book in books},
        cities={book.language: book.cities for book in books},
    )


def _theme(random: Random, language: str, story: Story) -> Theme:
    padding = []
    for _ in range(6):
        hit = hit_of(random, story, random.uniform(0.1, 0.4))
        hit["text"] = "\n\n".join(random.choice(story.passages) for _ in range(24))
        text = json.dumps(hit, ensure_ascii=False)
        padding.append(Saying(f",{text}", fold(text), len(text) // 4))
    return Theme(
        language,
        story.agent,
        story.tags,
        tuple(_title(exchange.ask) for exchange in story.exchanges),
        tuple(_turn(random, story, exchange) for exchange in story.exchanges),
        tuple(padding),
    )


def _title(question: str) -> str:
    return question if len(question) <= 90 else question[:89].rstrip() + "…"


def _turn(random: Random, story: Story, exchange: Exchange) -> Turn:
    calls = tuple(
        tuple(called(tool, *MAKERS[tool](random, story, exchange.look, exchange.say)) for _ in range(_MAKES))
        for tool in exchange.use
    )
    return Turn(said(exchange.ask), calls, said(exchange.say))


def _failures(random: Random, tool_type: str, story: Story) -> tuple[Call, ...]:
    parameters, _ = MAKERS[tool_type](random, story, "(@order@", "")
    failed = tuple(called(tool_type, parameters, [error]) for error in TOOL_ERRORS)
    empty = called(tool_type, parameters, [])
    missing = empty._replace(before=empty.before.removesuffix("["), after="null")
    return (*failed, empty, empty, missing)


def _complaints(tool_type: str, story: Story) -> tuple[Call, ...]:
    parameters, _ = MAKERS[tool_type](Random(tool_type), story, "@order@", "")
    return tuple(called(tool_type, parameters, results) for results in COMPLAINTS)
