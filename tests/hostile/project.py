"""A project in which every field of every call holds payloads."""

import json
import re
from collections.abc import Sequence
from typing import Any

from tests.hostile.payloads import PAYLOADS, Payload
from tests.servers import Json, Reply, conversation, message, tool_call, uuid_of
from tui.demo.http import Request

HISTORIES = 6
"""So many conversations, the first of the list, share the payloads among their messages."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(value: Any) -> bytes:
    """JSON with all characters as they are, but for what JSON or UTF-8 cannot hold: that is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text).encode()


def share(number: int) -> tuple[Payload, ...]:
    """The payloads of one of the histories."""
    return PAYLOADS[number::HISTORIES]


def _tool_error(payload: Payload) -> Json:
    return {
        "error_type": payload.marked("ft"),
        "error_code": payload.marked("fc"),
        "status": 400,
        "message": payload.marked("fm"),
    }


def _parts(payload: Payload) -> list[Json]:
    return [
        {"type": "text", "text": payload.marked("ct")},
        {"type": payload.marked("ck"), "name": payload.marked("cn")},
    ]


def _history(payloads: Sequence[Payload]) -> list[Json]:
    history: list[Json] = []
    for turn, payload in enumerate(payloads, 1):
        call = tool_call(
            payload.marked("tt"),
            query_id=turn,
            input_parameters={payload.marked("pk"): payload.marked("pv")},
            results={payload.marked("rk"): payload.marked("rv")},
        )
        history += [
            message(payload.marked("mc"), query_id=turn),
            message(payload.marked("re"), type="reasoning_flow", role="assistant", query_id=turn),
            call,
            message(
                "odd",
                role=payload.marked("ro"),
                type=payload.marked("ty"),
                query_id=turn,
                timestamp=payload.marked("tm"),
            ),
            tool_call("failing", query_id=turn, results=[_tool_error(payload)]),
            tool_call("guessed", query_id=turn, results=f"Error: {payload.marked('gw')}"),
            {**message("", role="assistant", query_id=turn), "content": _parts(payload)},
        ]
    history.append(
        {"role": ["odd"], "content": {payloads[0].marked("oc"): 1}, "type": None, "timestamp": payloads[0].marked("ts")}
    )
    history.append(
        tool_call("listing", results=[{payload.marked("lk"): payload.marked("lv")} for payload in payloads[:20]])
    )
    history.append(
        tool_call("table", results=[{"a": payload.marked("ta"), "b": payload.marked("tb")} for payload in payloads])
    )
    history.append(tool_call("text", results="\n".join(payload.marked("rt") for payload in payloads)))
    return history


def _read_conversation(number: int) -> Json:
    payloads = share(number)
    return conversation(
        number,
        name=" ".join(payload.marked("hn") for payload in payloads),
        agent_settings_name=payloads[0].marked("ha"),
        tags=[payload.marked("ht") for payload in payloads],
        conversation_instructions="\n\n".join(payload.marked("hi") for payload in payloads),
        created_by=uuid_of(1000 + payloads[0].number),
        message_count=payloads[1].marked("hc"),
        created_at=payloads[2].marked("hd"),
        updated_at=payloads[3].marked("hu"),
        is_shared=payloads[4].marked("hs"),
        tokens={"input": payloads[5].marked("hk"), payloads[5].marked("hl"): 1},
        chat_history=_history(payloads),
    )


def _row(payload: Payload) -> Json:
    return conversation(
        100 + payload.number,
        id=payload.marked("id"),
        name=payload.marked("na"),
        agent_settings_name=payload.marked("ag"),
        tags=[payload.marked("tg")],
        type=payload.marked("cy"),
        created_by=uuid_of(1000 + payload.number),
        conversation_instructions=payload.marked("in"),
    )


def rows() -> list[Json]:
    """All conversations of the project."""
    return [*map(_read_conversation, range(HISTORIES)), *map(_row, PAYLOADS)]


_AGENT = uuid_of(9)


def _agents() -> list[Json]:
    """One agent that was told everything, in each of its texts."""
    texts = {
        "description": "ad",
        "additional_instructions": "ai",
        "project_brief": "ab",
        "agent_conversation_starter": "as",
    }
    fields = {name: "\n\n".join(payload.marked(field) for payload in PAYLOADS) for name, field in texts.items()}
    short = {"name": "an", "model": "am", "agent_mode": "ao", "knowledge_graph_mode": "ak"}
    fields |= {name: PAYLOADS[at].marked(field) for at, (name, field) in enumerate(short.items())}
    return [
        {"id": _AGENT, **fields, "tools": [tool["id"] for tool in _tools()], "updated_at": PAYLOADS[9].marked("au")}
    ]


def _tools() -> list[Json]:
    return [
        {
            "id": payload.marked("oi"),
            "name": payload.marked("on"),
            "description": payload.marked("od"),
            "tool_type": payload.marked("tt") if payload.number % 2 else payload.marked("ot"),
            "category": "imported",
            "owner_project_name": payload.marked("oo"),
        }
        for payload in PAYLOADS
    ]


def _feedback() -> list[Json]:
    """What was said of answers, of what is no answer, and of the conversation."""
    return [
        {
            "conversation_id": uuid_of(number),
            "feedbacks": [
                {
                    "id": payload.marked("fi"),
                    "feedback": payload.marked("fx"),
                    "status": payload.marked("fs"),
                    "given_by": {"email": payload.marked("fg")},
                    "is_positive": payload.marked("fp"),
                    "created_at": payload.marked("fd"),
                    "context": {"query_id": place, "source": payload.marked("fo")},
                }
                for place, payload in (
                    (None, share(number)[0]),
                    (1, share(number)[0]),
                    *enumerate(share(number)[1:], 1),
                )
            ],
        }
        for number in range(HISTORIES)
    ]


_BESIDE = {"agent-settings": _agents, "tools": _tools, "grouped_by_conversation": _feedback}


class HostileProject:
    """Answers every call; `failure` answers the list instead while it is set."""

    def __init__(self) -> None:
        self._rows = rows()
        self.failure: Reply | None = None

    def __call__(self, request: Request) -> Reply:
        """The answer to one request."""
        last = request.path.rstrip("/").rpartition("/")[2]
        if last == "playground-conversations":
            return self.failure or self._page(request)
        if last == "all-tags":
            return Reply(200, to_json({"tags": [payload.marked("at") for payload in PAYLOADS]}))
        if last in _BESIDE:
            told = _BESIDE[last]()
            return Reply(200, to_json({"count": len(told), "results": told, "next": None}))
        if last == "users":
            people = [
                {
                    "id": uuid_of(1000 + payload.number),
                    "user": {"id": payload.marked("ui"), "email": payload.marked("em")},
                }
                for payload in PAYLOADS
            ]
            return Reply(200, to_json({"count": len(people), "results": people, "next": None}))
        return Reply(404, to_json({"error": PAYLOADS[0].marked("nf")}))

    def _page(self, request: Request) -> Reply:
        offset, limit = (int(request.parameters[name][-1]) for name in ("offset", "limit"))
        results = self._rows[offset : offset + limit]
        return Reply(200, to_json({"count": len(self._rows), "next": None, "previous": None, "results": results}))
