"""What people said of the demo's answers: worked out from the conversations when it is first asked for."""

import json
import threading
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from tui.demo.database import Database, Filter, PersonRow
from tui.demo.histories.tools import some_id

_EVERY = 9
"""Of so many conversations somebody said something of one."""

_WITHOUT_ONE = 4
"""Feedback that was given without a conversation."""

_SAID: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("Exactly what I needed, thank you.", "Quick, and with the source. Great.", ""),
        ("The source that it names says something else.", "It does not answer what I asked. I had to ask twice.",
         "Quotes the handbook of last year; this one has other terms.\n\nSee section 4.2 of the present one.", ""),
    ),
    "de": (
        ("Genau das, was ich gesucht habe.", ""),
        ("Die genannte Quelle sagt etwas anderes.", "Antwort auf Englisch, obwohl ich Deutsch geschrieben habe."),
    ),
    "fr": (("Parfait, merci !", ""), ("La source citée n'existe pas.", "Réponse bien trop longue.")),
    "es": (("Muy claro.", ""), ("No responde a lo que pregunté.", "La fuente citada dice otra cosa.")),
    "ja": (("とても助かりました。", ""), ("引用元の内容と違います。", "質問に答えていません。")),
    "zh": (("很有帮助。", ""), ("与引用的来源不符，请核实。", "没有回答我的问题。")),
    "ko": (("정확한 답변 감사합니다.", ""), ("출처의 내용과 다릅니다.",)),
    "ar": (("إجابة واضحة، شكرًا.", ""), ("المصدر المذكور يقول غير ذلك.",)),
    "ru": (("Спасибо, всё понятно.", ""), ("В источнике сказано другое.", "Ответ не по теме.")),
}  # fmt: skip
"""By language: praise, and what was wrong."""

_SCRIPTS = (
    ("ja", 0x3040, 0x30FF), ("ko", 0xAC00, 0xD7AF), ("zh", 0x4E00, 0x9FFF), ("ar", 0x600, 0x6FF), ("ru", 0x400, 0x4FF),
)  # fmt: skip
_WORDS = (
    ("de", (" der ", " die ", " ist ", " und ")),
    ("fr", (" le ", " la ", " est ", " vous ")),
    ("es", (" el ", " los ", " está ", " que ")),
)


class FeedbackBook:
    """All feedback of a project, the newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._groups: list[dict[str, Any]] | None = None

    def groups(self, *, by: str | None, status: str, search: str, archived: bool) -> list[dict[str, Any]]:
        """The groups that pass a filter; where `by` is an e-mail address, with what that person gave alone."""
        with self._lock:
            if self._groups is None:
                self._groups = _made(self._database)
            groups = self._groups
        found = []
        for group in groups:
            given = [one for one in group["feedbacks"] if by is None or one["given_by"]["email"] == by]
            if given and (archived or not group["conversation_is_archived"]):
                found.append(_counted(group, given))
        return [group for group in found if _has_status(group, status) and _speaks_of(group, search)]


def _counted(group: dict[str, Any], given: list[dict[str, Any]]) -> dict[str, Any]:
    open_ones = sum(one["status"] == "to_review" for one in given)
    return {**group, "feedbacks": given, "to_review_count": open_ones, "reviewed_count": len(given) - open_ones}


def _has_status(group: dict[str, Any], status: str) -> bool:
    """Groups with any open feedback, or those where all of it is reviewed."""
    return not status or (group["to_review_count"] > 0) == (status == "to_review")


def _speaks_of(group: dict[str, Any], search: str) -> bool:
    return any(_says(one, search) for one in group["feedbacks"])


def _says(one: dict[str, Any], search: str) -> bool:
    """Its text, or who gave it."""
    return search.casefold() in f"{one['feedback']}\n{one['given_by']['email']}".casefold()


def _made(database: Database) -> list[dict[str, Any]]:
    _, people = database.people(1_000, 0)
    ranks = database.matching(Filter(include_archived=True))[::_EVERY]
    groups = [group for body in database.bodies(ranks) if (group := _group_of(json.loads(body), people)) is not None]
    moments = [group["feedbacks"][0]["created_at"] for group in groups]
    if moments:
        groups += [_alone(number, moments[len(moments) // (number + 2)], people) for number in range(_WITHOUT_ONE)]
    return sorted(groups, key=lambda group: str(group["feedbacks"][0]["created_at"]), reverse=True)


def _group_of(conversation: dict[str, Any], people: Sequence[PersonRow]) -> dict[str, Any] | None:
    """What was said of some turns that were answered, the newest first."""
    random = Random(f"feedback on {conversation['id']}")
    answers = [
        entry
        for entry in conversation["chat_history"]
        if entry["role"] == "assistant" and entry["type"] == "message" and entry["query_id"] is not None
    ]
    if not answers:
        return None
    chosen = random.sample(answers, min(len(answers), 1 + (random.random() < 0.2)))
    asked = {entry["query_id"]: entry["content"] for entry in conversation["chat_history"] if entry["role"] == "user"}
    given = [
        _feedback(random, people, conversation["created_at"] if answer["timestamp"] is None else answer["timestamp"])
        | {
            "feedback": "",
            "conversation": conversation["id"],
            "context": {"conversation_id": conversation["id"], "query_id": answer["query_id"], "source": "playground"},
            "conversation_title": conversation["name"],
            "user_message": asked.get(answer["query_id"]),
        }
        for answer in chosen
    ]
    for one, answer in zip(given, chosen, strict=True):
        praise, blame = _SAID[_language_of(answer["content"])]
        one["feedback"] = random.choice(praise if one["is_positive"] else blame)
    return {
        "conversation_id": conversation["id"],
        "conversation_title": conversation["name"],
        "conversation_created_at": conversation["created_at"],
        "agent_name": conversation["agent_settings_name"],
        "conversation_is_archived": conversation["is_archived"],
        "feedbacks": sorted(given, key=lambda one: str(one["created_at"]), reverse=True),
    }


def _feedback(random: Random, people: Sequence[PersonRow], moment: str) -> dict[str, Any]:
    giver, chance = random.choice(people), random.random()
    return {
        "id": some_id(random),
        "created_at": moment,
        "updated_at": moment,
        "given_by": {"id": giver.user_id, "email": giver.email},
        "status": "to_review" if random.random() < 0.4 else "reviewed",
        "is_positive": None if chance < 0.05 else chance < 0.45,
        "suggested_action_type": None,
        "suggested_action_data": None,
    }


def _alone(number: int, moment: str, people: Sequence[PersonRow]) -> dict[str, Any]:
    random = Random(f"feedback without a conversation {number}")
    feedback = _feedback(random, people, moment) | {
        "feedback": "The assistant is slow in the mornings.",
        "is_positive": False,
        "conversation": None,
        "context": {"conversation_id": None, "query_id": None, "source": "api"},
        "conversation_title": None,
        "user_message": None,
    }
    return {
        "conversation_id": None,
        "conversation_title": None,
        "conversation_created_at": None,
        "agent_name": None,
        "conversation_is_archived": False,
        "feedbacks": [feedback],
    }


def _language_of(text: str) -> str:
    """By its script, else by its small words; English where nothing tells."""
    for language, first, last in _SCRIPTS:
        if any(first <= ord(character) <= last for character in text):
            return language
    counts = {language: sum(text.count(word) for word in words) for language, words in _WORDS}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 2 else "en"


def flat(
    groups: Iterable[dict[str, Any]], *, is_positive: bool | None, status: str, search: str
) -> list[dict[str, Any]]:
    """The feedback of groups one by one, the newest first."""
    found = [one for group in groups for one in group["feedbacks"]]
    found = [one for one in found if (not status or one["status"] == status) and _says(one, search)]
    found = [one for one in found if is_positive is None or one["is_positive"] is is_positive]
    return sorted(found, key=lambda one: str(one["created_at"]), reverse=True)


def counts(groups: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How much feedback is open and how much is reviewed, with and without a conversation."""
    of_conversations = [group for group in groups if group["conversation_id"] is not None]
    alone = [group for group in groups if group["conversation_id"] is None]
    return {
        "to_review": sum(group["to_review_count"] for group in groups),
        "reviewed": sum(group["reviewed_count"] for group in groups),
        "conversations_to_review": sum(group["to_review_count"] > 0 for group in of_conversations),
        "conversations_reviewed": sum(group["to_review_count"] == 0 for group in of_conversations),
        "ungrouped_to_review": sum(group["to_review_count"] for group in alone),
        "ungrouped_reviewed": sum(group["reviewed_count"] for group in alone),
    }
