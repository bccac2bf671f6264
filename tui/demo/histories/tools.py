"""Input parameters and results of the tools, in the shapes that the service's documentation shows."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tui.demo.histories.stories import Story

Call = tuple[dict[str, Any], list[Any]]
"""Input parameters and results."""

Maker = Callable[[Random, Story, str, str], Call]
"""Makes a call from a story, what is looked for, and the answer."""

_SITES = ("www.example.org", "www.example.net", "shop.example.com", "forum.example.org")

TOOL_ERRORS: tuple[dict[str, Any], ...] = (
    {"error_type": "syntax_error", "error_code": "INVALID_QUERY", "status": 400,
     "message": "Unexpected token near position 17: unbalanced parenthesis."},
    {"error_type": "timeout", "error_code": "UPSTREAM_TIMEOUT", "status": 504,
     "message": "The document index did not answer within 30 seconds."},
    {"error_type": "not_found", "error_code": "DOCUMENT_NOT_FOUND", "status": 404,
     "message": "No document matches the given ids in this project."},
    {"error_type": "rate_limit", "error_code": "TOO_MANY_REQUESTS", "status": 429,
     "message": "Web search quota exceeded. Retry in 60 seconds."},
    {"error_type": "permission_denied", "error_code": "TAG_NOT_ALLOWED", "status": 403,
     "message": "The agent has no access to documents tagged 'confidential'."},
)  # fmt: skip
"""Tool errors as the service words them; one of them is then the only result of a call."""

COMPLAINTS: tuple[list[Any], ...] = (
    ["Error: the index is being rebuilt, try again in a few minutes"],
    ["HTTP 502 Bad Gateway: upstream connect error"],
    ["Traceback (most recent call last):\n  File \"/srv/tools/run.py\", line 88, in call\n    return self.send(query)\n"
     "TimeoutError: no answer within 30 s"],
    [{"type": "text", "text": "Permission denied: the connector's token has expired"}],
    ["Exit code 1\nquery rejected: column \"state\" does not exist"],
)  # fmt: skip
"""What tools of other makers answer when something fails: no shape states it, the words do."""


def some_id(random: Random) -> str:
    """A random UUID (version 4) that the seed decides."""
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def hit_of(random: Random, story: Story, score: float) -> dict[str, Any]:
    """One passage that retrieval found."""
    document = random.choice(story.documents)
    document_id = some_id(random)
    page = random.randint(1, 48)
    return {
        "chunk_id": some_id(random),
        "document_id": document_id,
        "document_name": document,
        "text": random.choice(story.passages),
        "score": round(score, 4),
        "tags": list(story.tags),
        "reference_url": f"https://kb.example.com/documents/{document_id}#page={page}",
        "metadata": {"page": page, "section": f"{random.randint(1, 14)}.{random.randint(1, 9)}", "language": None},
    }


def _retrieval(random: Random, story: Story, look: str, _: str) -> Call:
    top_k = random.choice((3, 5, 5, 8, 10))
    scores = sorted((random.uniform(0.42, 0.97) for _ in range(min(top_k, random.randint(1, 5)))), reverse=True)
    parameters: dict[str, Any] = {"query": look, "top_k": top_k}
    if random.random() < 0.4:
        parameters["filters"] = {"tags": list(story.tags), "languages": None, "min_score": 0.4}
    return parameters, [hit_of(random, story, score) for score in scores]


def _math(random: Random, _: Story, look: str, __: str) -> Call:
    calculates = any(sign in look for sign in "*/%")
    expression = look if calculates else "@amount@ - @pct@ %"
    return (
        {"expression": expression, "precision": 2},
        [{"expression": expression, "result": random.randint(100, 90_000) / 100, "unit": None}]
        if calculates
        else [{"expression": expression, "result": "@net@", "steps": ["@amount@ * @pct@ / 100", "@amount@ - @pct@ %"]}],
    )


def _document_retrieval(random: Random, story: Story, look: str, _: str) -> Call:
    mode = random.choice(("name", "content", "tag", "id"))
    document = random.choice(story.documents)
    document_id = some_id(random)
    by_mode: dict[str, dict[str, Any]] = {
        "name": {"mode": "name", "document_name_search_string": document.split(".")[0]},
        "content": {"mode": "content", "search_query_within_documents": look},
        "tag": {"mode": "tag", "tag_list": list(story.tags)},
        "id": {"mode": "id", "document_ids": [document_id], "search_query_within_documents": look},
    }
    result = {
        "document_id": document_id,
        "document_name": document,
        "tags": list(story.tags),
        "pages": random.randint(2, 180),
        "size_bytes": random.randint(20_000, 9_000_000),
        "uploaded_at": f"2025-0{random.randint(1, 9)}-{random.randint(10, 28)}T08:{random.randint(10, 59)}:00Z",
        "content": "\n\n".join(f"## {number}\n\n{text}" for number, text in enumerate(story.passages, 1)),
    }
    return by_mode[mode], [result]


def _data_statistics(random: Random, _: Story, look: str, __: str) -> Call:
    query = look if look.startswith("SELECT") else "SELECT month, orders, returns, revenue FROM sales ORDER BY month"
    rows = []
    for number in range(random.choice((4, 6, 6, 12))):
        orders = random.randint(800, 4_000)
        returns = random.randint(10, orders // 8)
        rows.append({
            "month": f"@year@-{number % 12 + 1:02}",
            "orders": orders,
            "returns": returns,
            "return_rate": round(returns / orders, 4),
            "revenue_eur": round(orders * random.uniform(40, 90), 2),
            "median_days": random.choice((2, 3, 4, None)),
            "complete": number % 12 < 11,
        })  # fmt: skip
    return {"query": query, "dataset": "sales_@year@", "max_rows": 100, "explain": False}, rows


def _websearch(random: Random, story: Story, look: str, _: str) -> Call:
    results = [
        {
            "title": f"{look} – {site}",
            "url": f"https://{site}/{random.choice(('a', 'thread', 'p'))}/{random.randint(1000, 99_999)}?ref=a&q=1",
            "snippet": random.choice(story.passages),
            "published_at": f"2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            "rank": rank,
        }
        for rank, site in enumerate(random.sample(_SITES, random.randint(2, 4)), 1)
    ]
    return {"query": look, "max_results": random.choice((5, 10)), "safe_search": True}, results


def _sub_agent(random: Random, story: Story, look: str, say: str) -> Call:
    steps = [
        {"step": 1, "tool": "retrieval", "input": {"query": look, "top_k": 5}, "hits": random.randint(1, 5)},
        {"step": 2, "tool": "math", "input": {"expression": "2 * 21.50 + 49"}, "output": 92.0},
    ]
    parameters = {
        "agent_name": random.choice(("Policy reader", "Calculator", "Web scout")),
        "task": look,
        "context": json.dumps({"documents": story.documents, "language": "auto", "budget": {"tokens": 4000}}),
    }
    result = {
        "agent": parameters["agent_name"],
        "status": "completed",
        "answer": say,
        "trace": json.dumps({"steps": steps, "model": "small"}, ensure_ascii=False),
        "used_tokens": {"input": random.randint(900, 6000), "output": random.randint(80, 700)},
    }
    return parameters, [result]


MAKERS: dict[str, Maker] = {
    "retrieval": _retrieval,
    "math": _math,
    "document_retrieval": _document_retrieval,
    "data_statistics": _data_statistics,
    "websearch": _websearch,
    "sub_agent": _sub_agent,
}
"""How each tool type is made."""
