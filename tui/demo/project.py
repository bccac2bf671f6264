"""The whole demo project: agents, people and conversations, the same ones for the same seed."""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from random import Random
from typing import NamedTuple

from tui.demo.database import ConversationRow, Database, Filter, HistoryFrame, PersonRow, Told, fold
from tui.demo.histories import errands
from tui.demo.histories.draft import Draft
from tui.demo.histories.history import DAY, History, Teller, moment
from tui.demo.histories.long import long_histories
from tui.demo.histories.mishaps import Mishaps
from tui.demo.histories.parts import Saying, Stock, Theme, make_stock
from tui.demo.histories.tools import some_id
from tui.demo.settings import settings_of

STANDARD = 2400
"""Conversations of the demo when nothing else is asked for."""

_HISTORY_BYTES = 64 * 1024 * 1024
"""Weight of all histories together above which conversations begin to share them."""

_BATCH = 100
"""Conversations that are written at a time."""

_YEAR = 365 * DAY

_LATELY = 30 * DAY
"""Up to this age conversations are dense; those of the rest of a year are spread over what `_SPAN` has more."""

_SPAN = 548 * DAY
"""How far the project goes back: eighteen months."""

_SMOOTH = 10 * 60_000
"""Up to this age nothing but tools go wrong: what the list begins with is to be read like any day's work."""

_SLOT = re.compile("@([a-z]+)@")

_AGENTS = {
    "support": "Support assistant",
    "contracts": "Contract analyst",
    "field": "Field engineer",
    "finance": "Finance desk",
    "people": "HR guide",
    "research": "Market research",
}

_PEOPLE = (
    "ines.moreau@acme.example", "lukas.brandt@acme.example", "amara.okafor@acme.example", "yuki.tanaka@acme.example",
    "sofia.ruiz@acme.example", "omar.haddad@acme.example", "chen.wei@acme.example", "kim.jiwoo@acme.example",
    "nora.lind@partner.example", "tom.becker@partner.example", "qa-review@acme.example", "support-lead@acme.example",
    "olga.petrova@acme.example", "guest@customer.example",
)  # fmt: skip

_PARTIES = (
    "Northwind",
    "Harlow & Pike",
    "Solvent GmbH",
    "Tessaly SA",
    "Kite Logistics",
    "Brightwater",
    "Ostrava Steel",
)

_MARKS = ("review", "important", "analysis", "qa-checked", "escalated", "golden")
"""Tags that reviewers add, whatever the conversation is about."""

_INSTRUCTIONS = (
    "Answer in the language of the question. Quote the source of every figure.",
    "You speak with a customer. Be brief, never promise a date, and hand over to a person when asked twice.",
    "# Role\nYou help *internal* reviewers.\n\n- Cite documents by name\n- Prefer tables\n- Say when unsure",
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How large a demo project is; `weight` is the average size of a history in bytes, 0 for what comes naturally.

    `long` puts a few conversations for reading at scale at the top of the list, on top of the number asked for.
    """

    conversations: int = STANDARD
    weight: int = 0
    long: bool = False
    seed: int = 2024
    now: float | None = None
    """Seconds since 1970 that all times are relative to; None for the present."""


STANDARD_RECIPE = Recipe()


def build_database(recipe: Recipe = STANDARD_RECIPE) -> Database:
    """A database with the project of a recipe in it: the standard one takes about half a second."""
    database, write = plan_database(recipe)
    write()
    return database


def plan_database(recipe: Recipe = STANDARD_RECIPE) -> tuple[Database, Callable[[], None]]:
    """A database that knows of every conversation, and what writes their texts into it in the order of the list."""
    writer, database = Writer(recipe), Database()
    listed = writer.listed()
    database.plan((one.row for one in listed), writer.people, writer.settings)
    database.matching(Filter())

    def write() -> None:
        for begin in range(0, len(listed), _BATCH):
            database.tell(*writer.written(listed[begin : begin + _BATCH]))

    return database, write


class Listed(NamedTuple):
    """A place of the list: a conversation, or a copy of it so many days earlier."""

    row: ConversationRow
    draft: Draft
    copy: int


class Writer:
    """Writes the conversations of a recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self._random = Random(recipe.seed)
        self._recipe = recipe
        self._now = int((time.time() if recipe.now is None else recipe.now) * 1000)
        self._stock: Stock = make_stock(self._random)
        self._by_language: dict[str, list[Theme]] = {}
        for theme in self._stock.themes:
            self._by_language.setdefault(theme.language, []).append(theme)
        self._choices = (*self._stock.themes, *self._by_language["en"] * 2)
        self._agent_ids = {(kind, version): some_id(self._random) for kind in _AGENTS for version in range(1, 6)}
        self.people = [self._person(email) for email in _PEOPLE]
        ids = self._agent_ids | errands.agent_ids(recipe.seed)
        self.settings = settings_of(recipe.seed, ids, _AGENTS | errands.AGENTS, self._now)
        self._frames: dict[int, HistoryFrame] = {}
        """What stands around a history in the conversation that has it first, by its number."""
        self._mishaps = Mishaps(Random(f"mishaps of {recipe.seed}"), self._stock)
        self._padding: dict[int, Iterator[Saying]] = {id(t): cycle(t.padding) for t in self._stock.themes}

    def _person(self, email: str) -> PersonRow:
        joined = moment(self._now - _SPAN - int(self._random.random() * _YEAR))
        admin = email.startswith(("qa-", "support-lead"))
        permissions = ["VIEW_PROJECT", "CAN_CHAT", *(["ADMIN", "CAN_IMPERSONATE_OTHER_USERS"] if admin else [])]
        return PersonRow(some_id(self._random), some_id(self._random), email, joined, json.dumps(permissions))

    def listed(self) -> list[Listed]:
        """The list, newest first; beyond what is told come copies of it on earlier days."""
        wanted = self._recipe.conversations
        distinct = min(wanted, STANDARD)
        if self._recipe.weight:
            distinct = min(distinct, max(40, _HISTORY_BYTES // self._recipe.weight))
        owners = [one.user_id for one in self.people]
        apart = errands.errands(self._recipe.seed, self._stock, self._now, owners) if distinct == STANDARD else []
        drafts = [*self._long_drafts(), *(self.draft() for _ in range(distinct - len(apart))), *apart]
        order = [(-(_YEAR**2) if draft.pinned else -draft.first, index, 0) for index, draft in enumerate(drafts)]
        movable = [index for index, draft in enumerate(drafts) if draft.within_a_day and not draft.pinned]
        for number in range(wanted - distinct):
            copy, place = divmod(number, len(movable))
            index = movable[place]
            order.append((-(drafts[index].first - (copy + 1) * DAY), index, copy + 1))
        order.sort()
        numbers: dict[int, int] = {}
        listed = []
        for rank, (_, index, copy) in enumerate(order, 1):
            row = drafts[index].row(rank, numbers.setdefault(index, len(numbers) + 1))
            listed.append(Listed(row._replace(id=some_id(self._random)) if copy else row, drafts[index], copy))
        return listed

    def written(self, listed: Sequence[Listed]) -> tuple[list[Told], list[HistoryFrame]]:
        """The texts of these places of the list, which come after those that are written already."""
        histories, frames = [], []
        for row, draft, copy in listed:
            if not copy:
                history = draft.write()
                histories.append(Told(row.history, history.body, history.folded))
                self._frames[row.history] = draft.frame(row.rank, history)
            frame = self._frames[row.history]
            frames.append(draft.copied(frame, row.rank, row.id, copy) if copy else frame)
        return histories, frames

    def _long_drafts(self) -> Iterator[Draft]:
        if not self._recipe.long:
            return
        theme = self._stock.themes[0]
        owner = self.people[0].user_id
        for name, history in long_histories(self._random, self._stock, self._now - 60_000, owner):
            slots = self._slots(theme)
            yield Draft(
                history.first, history.last, partial(_filled, history, slots), some_id(self._random), name, owner,
                ("long",), self._agent(theme, 0), None, False, None, pinned=True,
            )  # fmt: skip

    def draft(self) -> Draft:
        """One more conversation."""
        random, chance = self._random, self._random.random
        theme = random.choice(self._choices)
        opening = int(chance() * len(theme.turns)) if chance() < 0.4 else 0
        in_year = int(120_000 + _YEAR * chance() ** 2.6)
        age = _spread(in_year)
        owner = random.choice(self.people).user_id
        slots = self._slots(theme)
        end = self._now - age
        teller, weight = self._told(theme, opening)
        if age > _SMOOTH:
            self._mishaps.happen(teller)
        archived = chance() < 0.14 and age > 7 * DAY
        return Draft(
            first=teller.begin(end),
            last=end,
            write=lambda: _filled(teller.finish(end, owner, self._padding[id(theme)], weight), slots),
            id=some_id(random),
            name=None if chance() < 0.008 else _SLOT.sub(lambda found: slots[found[1]], theme.titles[opening]),
            owner=owner,
            tags=self._tags(theme),
            agent=self._agent(theme, in_year),
            instructions=random.choice(_INSTRUCTIONS) if chance() < 0.12 else None,
            shared=chance() < 0.12,
            archived_at=self._now - int(age * chance() * 0.9) if archived else None,
        )

    def _slots(self, theme: Theme) -> dict[str, str]:
        random, chance = self._random, self._random.random
        amount, percent = 20 + int(chance() * 48_000) / 100, 5 + int(chance() * 4) * 5
        return {
            "order": f"{'ABDKMRT'[int(chance() * 7)]}-{10_000 + int(chance() * 89_999)}",
            "serial": f"{'HNVBL'[int(chance() * 5)]}{int(chance() * 90) + 10}-{int(chance() * 899_999) + 100_000}",
            "amount": f"{amount:.2f}",
            "pct": str(percent),
            "net": f"{amount * (100 - percent) / 100:.2f}",
            "days": str(3 + int(chance() * 14)),
            "year": moment(self._now)[:4],
            "product": random.choice(self._stock.products[theme.language]),
            "city": random.choice(self._stock.cities[theme.language]),
            "party": random.choice(_PARTIES),
        }

    def _turn_count(self) -> int:
        chance = self._random.random()
        if chance < 0.005:
            return 0 if chance < 0.0015 else 60 + int(self._random.random() * 100)
        if chance < 0.45:
            return 1 + int(self._random.random() * 2)
        return 2 + int(self._random.random() * 5) if chance < 0.93 else 7 + int(self._random.random() * 14)

    def _told(self, theme: Theme, opening: int) -> tuple[Teller, int]:
        """What happens in a conversation, and the weight of its history."""
        random, chance = self._random, self._random.random
        teller = Teller(random, self._stock)
        first = 0 if chance() < 0.3 else 1
        if chance() < 0.06:
            teller.greet()
        turns, themes = list(theme.turns[opening:]), self._by_language[theme.language]
        for query_id in range(first, first + self._turn_count()):
            if not turns:
                turns = list(random.choice(themes).turns)
            teller.tell(theme, turns.pop(0), query_id)
            if chance() < 0.015:
                teller.remark(query_id if chance() < 0.5 else None)
        teller.jumbled = len(teller.entries) > 4 and chance() < 0.015
        return teller, int(self._recipe.weight * (0.4 + 1.2 * chance()))

    def _tags(self, theme: Theme) -> tuple[str, ...]:
        chance = self._random.random
        if chance() < 0.27:
            return ()
        marks = (self._random.choice(_MARKS),) if chance() < 0.35 else ()
        return tuple(dict.fromkeys((*theme.tags[: 1 + int(chance() * len(theme.tags))], *marks)))

    def _agent(self, theme: Theme, age: int) -> tuple[str | None, str | None]:
        version = max(1, 5 - age * 5 // _YEAR)
        name = f"{_AGENTS[theme.agent]} v{version}"
        if age > 0.8 * _YEAR:
            return None, name if self._random.random() < 0.5 else None
        return self._agent_ids[theme.agent, version], name


def _spread(in_year: int) -> int:
    """An age of at most a year, in milliseconds, spread over all of the project's time; a recent one stays."""
    return in_year + max(0, in_year - _LATELY) * (_SPAN - _YEAR) // (_YEAR - _LATELY)


def _filled(history: History, slots: dict[str, str]) -> History:
    def word(found: re.Match[str]) -> str:
        return slots[found[1]]

    history.body = _SLOT.sub(word, history.body)
    folded = {name: fold(value) for name, value in slots.items()}
    history.folded = _SLOT.sub(lambda found: folded[found[1]], history.folded)
    return history
