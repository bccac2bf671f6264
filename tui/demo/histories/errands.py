"""Conversations about one errand: journeys whose booking fails, and code that is mended call by call.

Their tools are those of other makers, whose results are texts: that one failed is told by how it begins. No other
conversation is made of this, and it has dice of its own, so that all the rest is told as it would be without.
"""

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import NamedTuple

from tui.demo.histories.draft import Draft
from tui.demo.histories.history import DAY, History, Teller
from tui.demo.histories.parts import Stock, called, said
from tui.demo.histories.tools import some_id

AGENTS = {"travel": "Travel desk", "code": "Code assistant"}
"""Who goes on such errands, by kind."""

VERSION = 5
"""That of each of them."""

_HOUR = DAY // 24
_JOURNEYS = tuple(hours * _HOUR for hours in (3, 5, 9, 26, 40, 75, 150, 230, 400))
"""How old the journeys are, in milliseconds; younger ones would stand where the list begins."""
_SESSIONS = (7 * _HOUR, 4 * DAY)
"""How old the conversations about code are."""

_PLACES = (("Leeds", "LBA"), ("Dublin", "DUB"), ("Toronto", "YYZ"), ("Rotterdam", "RTM"), ("Gothenburg", "GOT"))
_REFUSALS = (
    "Error: payment amount does not add up: the total is {due} and {paid} was paid",
    "Error: flight {flight} has no seat left in economy on this date",
    "Error: gift card {card} has not enough balance: {paid} is left and {due} is asked for",
    "Error: a certificate cannot pay for a change of a reservation",
)
_FIXES = ("the amount was the one without the bags", "another seat is free", "the card pays the rest", "the card pays")

_FILES = ("refunds/window.py", "refunds/rules.py", "orders/state.py", "billing/credit_note.py", "api/returns.py")
_TASKS = (
    "The refund window is off by one day at the end of February. Find out why and mend it.",
    "Now the credit note has the wrong currency for orders from Canada.",
    "The tests of returns fail on my machine, but not yours. Look again.",
    "Rename `state` to `status` everywhere, the API included.",
    "Make the command print what it would delete, and delete nothing.",
    "Is there a test for an order without any item? If not, write one.",
)
_BROKEN = (
    "Exit code 1\nFAILED tests/{test} - assert 29 == 30\n1 failed, {passed} passed in 2.41s",
    "Exit code 2\nERROR tests/{test} - ModuleNotFoundError: No module named 'refunds.calendar'",
    "error: patch failed: {file}:88\nerror: {file}: patch does not apply",
    "<tool_use_error>String to replace not found in {file}.</tool_use_error>",
    'Traceback (most recent call last):\n  File "{file}", line 41, in window\n    raise ValueError(days)\n'
    "ValueError: -1",
)


class Dealt(NamedTuple):
    """What all errands share: the time now in milliseconds since 1970, owners, and the ids of agents by kind."""

    now: int
    owners: list[str]
    agents: dict[str, str]


def errands(seed: int, stock: Stock, now: int, owners: list[str]) -> list[Draft]:
    """All of them, each as old as it is said above."""
    random = Random(f"errands of {seed}")
    dealt = Dealt(now, owners, {kind: some_id(random) for kind in AGENTS})
    return list(_drafts(random, stock, dealt))


def agent_ids(seed: int) -> dict[tuple[str, int], str]:
    """The ids of those who go on errands, by kind and version."""
    random = Random(f"errands of {seed}")
    return {(kind, VERSION): some_id(random) for kind in AGENTS}


def _drafts(random: Random, stock: Stock, dealt: Dealt) -> Iterator[Draft]:
    for number, age in enumerate(_JOURNEYS):
        teller = Teller(random, stock)
        name = _tell_journey(teller, number)
        yield _draft(teller, dealt, "travel", name, age)
    for number, age in enumerate(_SESSIONS):
        teller = Teller(random, stock)
        name = _tell_session(teller, number)
        yield _draft(teller, dealt, "code", name, age)


def _draft(teller: Teller, dealt: Dealt, kind: str, name: str, age: int) -> Draft:
    end, owner = dealt.now - age, teller.random.choice(dealt.owners)

    def write() -> History:
        return teller.finish(end, owner, cycle(()), 0)

    return Draft(
        teller.begin(end), end, write, some_id(teller.random), name, owner, (kind,),
        (dealt.agents[kind], f"{AGENTS[kind]} v{VERSION}"), None, False, None,
    )  # fmt: skip


def _tell_journey(teller: Teller, number: int) -> str:
    """A journey that is not booked at once, or not at all; returns what was asked."""
    random = teller.random
    (start, leaves), (goal, arrives) = random.sample(_PLACES, 2)
    due, flight = 180 + random.randrange(400), f"HT{random.randrange(100, 300)}"
    user, card = f"user_{random.randrange(1000, 9999)}", f"gift_card_{random.randrange(10**6, 10**7)}"
    question = f"Please book me from {start} to {goal} on the {3 + number}th, economy, with one bag."
    teller.ask(said(question), 0, 0)
    profile = {"user_id": user, "membership": random.choice(("regular", "silver", "gold")), "payment": [card]}
    teller.call(called("get_user_details", {"user_id": user}, [profile]), 0)
    route = {"origin": leaves, "destination": arrives, "date": f"2025-05-{3 + number:02}"}
    seats = {"flight": flight, "economy": {"seats": random.randrange(1, 20), "price": due}}
    teller.call(
        called("search_direct_flight", route, [seats, {**seats, "flight": f"HT{random.randrange(300, 400)}"}]), 0
    )
    booked = {"user_id": user, **route, "flight": flight, "cabin": "economy", "bags": 1}
    fixed = ""
    for _ in range(1 + number % 3):
        which = random.randrange(len(_REFUSALS))
        paid = due - random.randrange(10, 90)
        words = _REFUSALS[which].format(due=due, paid=paid, flight=flight, card=card)
        teller.call(called("book_reservation", {**booked, "payment": {"id": card, "amount": paid}}, [words]), 0)
        fixed = _FIXES[which]
    if number % 4 == 3:
        teller.call(called("transfer_to_human_agents", {"summary": question}, ["Transfer successful"]), 0)
        teller.answer(said("I could not book it, and have handed you over to a colleague."), 0)
        return question
    reservation = f"{random.choice('HKMQ')}{random.randrange(10_000, 99_999)}"
    done = {"reservation_id": reservation, "status": "booked", "total": due}
    teller.call(called("book_reservation", {**booked, "payment": {"id": card, "amount": due}}, [done]), 0)
    teller.answer(said(f"Booked: **{reservation}**, {flight} from {start} to {goal}, {due} EUR; {fixed}."), 0)
    teller.ask(said("And a second bag, please."), 1)
    bags = {"reservation_id": reservation, "bags": 2, "payment": card}
    teller.call(called("update_reservation_baggages", bags, [{**done, "bags": 2}]), 1)
    teller.answer(said("Done: two bags, the second one costs 30 EUR."), 1)
    return question


def _tell_session(teller: Teller, number: int) -> str:
    """Code is read, changed and tested, over many calls of which some fail; returns what was asked first."""
    tasks = _TASKS[number:] + _TASKS[:number]
    for query_id, task in enumerate(tasks):
        teller.ask(said(task), query_id, 40_000 * query_id)
        for _ in range(4 + teller.random.randrange(8)):
            _step(teller, query_id)
        file = teller.random.choice(_FILES)
        told = f"Mended in `{file}`, and the tests pass:\n\n```python\ndays = (end - begin).days + 1\n```"
        teller.answer(said(told), query_id)
    return tasks[0]


def _step(teller: Teller, query_id: int) -> None:
    """A look at a file, a change of it and a run of its tests, each of which may fail."""
    random, file = teller.random, teller.random.choice(_FILES)
    test = f"test_{file.replace('/', '_').removesuffix('.py')}.py::test_window"
    line, passed = random.randrange(20, 200), random.randrange(80, 220)
    source = "\n".join(f"{line + at:>6}\tdays = window(order, {at})" for at in range(12))
    teller.call(called("Read", {"file_path": f"/src/acme/{file}", "offset": line, "limit": 12}, [source]), query_id)
    hunk = f"@@ -{line},2 +{line},2 @@\n-    return days\n+    return days + 1\n     # inclusive"
    changed = f"--- a/{file}\n+++ b/{file}\n{hunk}"
    edit = {"file_path": f"/src/acme/{file}", "old_string": "return days", "new_string": "return days + 1"}
    words = _BROKEN[random.randrange(2, 4)].format(file=file) if random.random() < 0.12 else changed
    teller.call(called("Edit", edit, [words]), query_id)
    chance = random.random()
    broken = random.choice((*_BROKEN[:2], _BROKEN[4])) if chance < 0.22 else ""
    output = f"\x1b[32m{'.' * 40}\x1b[0m\n\x1b[1m{passed} passed\x1b[0m in 2.38s"
    ran = broken.format(file=file, test=test, passed=passed) if broken else output
    teller.call(called("Bash", {"command": f"pytest -q tests/{test}", "timeout": 120_000}, [ran]), query_id)
