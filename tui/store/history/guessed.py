"""Whether the text that a tool gave back is probably an error, told by how it begins.

Only the begin of the first line counts: an error names itself there (`Error: …`, `Exit code 2`, `Traceback …`). The
same words further down, in the middle of a sentence, in a log or in source code are what the agent wanted to see.
Nearly all lines are none after a look at their first word; a pattern is compiled when it is first needed.
"""

import re
from functools import cache

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.terminal.text.clean import clean_line

LOOKED_AT = 2_000
"""Characters at the begin of a text that are looked at."""

WORDS = 160
"""Characters that a failure is told in."""

_LINE = 400
"""Characters of the first line that are looked at."""

_CONTROL = r"\x1b\[[0-9;?]*[ -/]*[@-~]"
_DECORATION = "*_`\"'([❌✖✗✘⛔🚫🛑⚠❗\ufe0f \t"

_OF_CALLS = frozenset("""
    api authentication authorization bash build client command compilation compile connection critical database
    execution fatal function http i/o import internal io mcp network operation parse parsing permission process query
    request runtime script server shell sql syntax system task tool type unexpected unhandled unknown validation value
    call use
""".split())  # fmt: skip  # noqa: SIM905 - fifty quoted words read worse
"""What may stand before `error`, `failed` or `timed out` and leave it an error of the call."""

_ERROR = r"((?:[a-z/]+ ){0,3}?)(?:error|fehler|erreur|errore|erro|ошибка|错误|錯誤|エラー|오류)"
_ERROR += r"(?: code| number| #)? ?(?:-?[a-z]*\d[\w.-]*|\[[^\]]*\]|\([^)]*\))?(?: \([^)]*\))?\]? ?[:：]"
_FAILED = r"((?:[a-z/]+ ){1,3}?)(?:[\w.-]+ )?(?:failed|failure) ?[:：]"
_RAISED = r"(?:Uncaught |Unhandled |Caused by: )?[\w.$]{0,100}(?:Error|Exception)(?:\([^)]*\)|\[[^\]]*\])? ?:"
_TAGGED = r"<(?:\w+[_-])?error>"

_REFUSED = r"(?:aborted|blocked|cancell?ed|denied|interrupted|refused|rejected)\b"
_USE_REFUSED = rf"\b(?:tool use|tool call|function call|command|operation) (?:was|has been) {_REFUSED}"
_EXIT = r"(?: \w+){0,2}?(?: (?:exit|exited|failed|returned))?(?: with)?(?: a)?(?: non-?zero)?(?: exit)?"
_EXIT += r" (?:code|status):? ?-?(?!0\b)\d+\b"
_DOING = (
    "accessing|calling|connecting|creating|deleting|executing|fetching|getting|invoking|loading|opening|parsing|"
    "performing|processing|querying|reading|retrieving|running|searching|sending|updating|writing"
)
_REASONS = (
    "client error|server error|bad request|unauthorized|forbidden|not found|method not allowed|request timeout|"
    "conflict|gone|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out"
)

_RULES = (
    ("curl", r": \(\d+\) "),
    ("fatal", r": (?!(?:false|true|none|null|no|yes|\d+)$)| error\b"),
    ("npm", r" err(?:!|or) "),
    ("panic", r": "),
    ("traceback", r" \(most recent call last\)"),
    ("exception", r" in thread\b"),
    ("unhandled", r" exception\b"),
    ("thread", r" '[^']*' (?:\(\d+\) )?panicked at\b"),
    ("error", rf"\[\w+\]|[.!]?$| (?:{_DOING}|while|during|occurred|from server|response from)\b"),
    ("a an", r" (?:\w+ )?error (?:has )?occurred\b"),
    ("the bash child command exit exited failed job process program returned script shell subprocess task", _EXIT),
    ("http http/1.0 http/1.1 http/2 http/3", r" (?:error |status )?(?:code )?:? ?[45]\d\d\b"),
    ("request", rf" failed\b| (?:was|has been) {_REFUSED}| interrupted by (?:the )?user\b"),
    ("your", r" (?:proposed )?edit (?:has introduced new syntax error|was not applied\b|failed\b)"),
    ("the this your", rf" request (?:was|has been) {_REFUSED}"),
    ("interrupted", r" by (?:the )?user\b"),
    ("failed", r" to [a-z]"),
    ("access permission", r" denied(?:$| ?[^\w\s]| (?:because|by|due|for|on|to|when|while)\b)"),
    ("connection", r" refused\b"),
    ("errno", r" -?\d+\]"),
    ("make", r"(?:\[\d+\])?: \*\*\* "),
    ("sqlstate", r"\[\w+\]"),
    ("aborted killed", r" \(core dumped\)"),
    ("something", r" went wrong\b"),
    ("internal", r" server error(?:[.!]?$|: )"),
    ("cannot", r" find (?:module|name|package) ['\"]"),
    ("no", r" such file or directory[.!]?$"),
    ("directory file path", r" (?:does not exist\b|not found(?:[.!]?$|[:.] ))"),
    ("string", r" to replace not found\b"),
    ("quota", r" exceeded\b"),
    ("e", r": unable to "),
    ("bus segmentation", r" (?:error|fault)\b"),
    ("forbidden unauthorized", r"[.!]?$"),
    ("too", r" many requests[.!]?$"),
    ("api rate", r"(?: rate)? limit (?:exceeded|reached)[.!]?$"),
    ("timed timeout", r"(?: out)?(?: after\b|:(?! ?\d+ ?(?:m?s|sec\w*|min\w*)?$)|[.!]?$)"),
    ("no unknown", r" (?:such )?tool\b"),
    ("tool", r" \S+ (?:was )?(?:not found|does not exist|is not available)\b"),
    (
        "invalid",
        r" (?:api key|arguments?|credentials|input|json|parameters?|query|request|token)\b(?:[.!]?$|[^.]{0,40}:)",
    ),
    ("command", r" not found\b"),
)
"""First words, and what has to follow one of them."""

_AFTER: dict[str, list[str]] = {}
for _words, _pattern in _RULES:
    for _word in _words.split():
        _AFTER.setdefault(_word, []).append(_pattern)

_OF_SYSTEM = (
    ": no such file", ": no such file or directory", ": permission denied", ": operation not permitted",
    ": not a directory", ": is a directory", ": file exists", ": connection refused", ": connection timed out",
    ": no route to host", ": no space left on device", ": name or service not known", ": command not found",
)  # fmt: skip
"""What the system says of what a program wanted, in the end of its line."""

_PROGRAM = r"(?:[\w.+/-]+:|open|l?stat|mkdir|fork/exec|exec|remove|rename|chdir|dial|read|write) \S|\S+: command"
_SHELL = r"(?:\S*/)?(?:ba|z|da|k|fi)?sh: (?:.*: not found$|command not found:)"

_BY_PROGRAM = r"[a-z][\w.+-]*: (?:fatal )?error: \S"
"""What a program says with its name before it: `psql: error: …`."""

_NONE = r"[\s\"'*_`]*(?:-|false|n/?a|nil|no|none|no errors?|null|ok|success|undefined|\[\]|\{\}|[+-]?[\d.,]+\s?%?)?"
_NONE += r"[\s\"'*_`.,;)\]]*(?:</\w+>)?\s*$"
"""What an error says where there is none, and numbers, which may be measures."""

_TAG = r"(?i)</?(?:\w+[_-])?error>"
_CODE_ALONE = r"(?i).*\b(?:code|status):? ?-?\d+[.:]?$"
_RAISED_LAST = r"[A-Za-z_][\w.]*(?:: .*)?$"
"""The line of a traceback that says what was raised."""

_compiled = cache(re.compile)


def guess(text: str, patterns: FailurePatterns = NO_PATTERNS) -> str | None:
    """The words of a failure, where a text begins like one; None where it does not.

    Of a long text the begin is enough; of more of it a traceback is told by what was raised.
    """
    begin = _plain(text[:LOOKED_AT]).lstrip()
    line = begin.partition("\n")[0].rstrip()[:_LINE]
    if _is_error(line.lstrip(_DECORATION)):
        return _words_of(line, text) or None
    if patterns.compiled and (own := patterns.line_in(begin)) is not None:
        return clean_line(own.strip(), WORDS) or None
    return None


def is_none(begin: str) -> bool:
    """Whether a part of the begin of a text is enough to see that it tells none of the failures known here."""
    line, line_end, _ = _plain(begin).lstrip().partition("\n")
    is_whole = line_end != "" or len(line) > 2 * _LINE
    return is_whole and not _is_error(line.rstrip()[:_LINE].lstrip(_DECORATION))


def _plain(text: str) -> str:
    return _compiled(_CONTROL).sub("", text) if "\x1b" in text else text


def _is_error(line: str) -> bool:
    said = line.lower()
    end = _end_of_name(line, said)
    if end:
        return end == len(said) or _compiled(_NONE).match(said, end) is None
    return _begins_like_one(said)


def _end_of_name(line: str, said: str) -> int:
    """Where the name of an error ends that the line begins with, behind its colon; 0 where it begins with none."""
    if ":" not in said and "：" not in said and not said.startswith("<"):
        return 0
    for pattern in (_ERROR, _FAILED):
        found = _compiled(pattern).match(said)
        if found is not None and _OF_CALLS.issuperset(found[1].split()):
            return _behind_marks(said, found.end())
    found = _compiled(_RAISED).match(line) or _compiled(_TAGGED).match(said)
    return _behind_marks(said, found.end()) if found is not None else 0


def _behind_marks(said: str, at: int) -> int:
    return len(said) - len(said[at:].lstrip("*_`"))


def _begins_like_one(said: str) -> bool:
    word = said.split(" ", 1)[0].partition("[")[0].rstrip(".!:]")
    if any(_compiled(pattern).match(said, len(word)) for pattern in _AFTER.get(word, ())):
        return True
    if word.isdigit() and len(word) == len("404") and word[0] in "45":
        return _compiled(rf" (?:{_REASONS})\b").match(said, len(word)) is not None
    if " timed out" in said and _OF_CALLS.issuperset(said.partition(" timed out")[0].split()):
        return True
    if said.rstrip(".").endswith(_OF_SYSTEM) and _compiled(_PROGRAM).match(said):
        return True
    if (": error: " in said or ": fatal error: " in said) and _compiled(_BY_PROGRAM).match(said):
        return True
    if word.startswith(("ora-", "pls-", "tns-")) and _compiled(r"\w{3}-\d{4,5}: ").match(said):
        return True
    if "sh: " in said and _compiled(_SHELL).match(said):
        return True
    return (" was " in said or " has been " in said) and _compiled(_USE_REFUSED).search(said[:200]) is not None


def _words_of(line: str, text: str) -> str:
    """What is told of it: its first line; with a bare code the next one, of a traceback what was raised."""
    lines = [part.rstrip() for part in _plain(text).strip().split("\n")[1:]]
    rest = [part.strip() for part in lines if part]
    words = _without_tags(line) or (_without_tags(rest[0]) if rest else "")
    if rest and line.lower().startswith("traceback"):
        words = next((part for part in reversed(lines) if _compiled(_RAISED_LAST).match(part)), words)
    elif rest and (_compiled(_CODE_ALONE).match(line) or line.endswith(":")):
        words = f"{line.rstrip('.:')}: {rest[0]}"
    return clean_line(words, WORDS)


def _without_tags(line: str) -> str:
    return _compiled(_TAG).sub("", line).strip()
