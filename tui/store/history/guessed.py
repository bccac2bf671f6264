"""Whether the text that a tool gave back is probably an error, told by how it begins.

Only the begin of the first line counts: an error names itself there (`Error: …`, `Exit code 2`, `Traceback …`). The
same words further down, in the middle of a sentence, in a log or in source code are what the agent wanted to see.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean_line

if TYPE_CHECKING:
    import regex

LOOKED_AT = 2_000
"""Characters at the begin of a text that are looked at."""

_LINE = 400
"""Characters of the first line that are looked at."""

WORDS = 160
"""Characters that a failure is told in."""

_PATIENCE = 0.005
"""Seconds that one pattern of a profile may take in one text."""

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_DECORATION = "*_`\"'([❌✖✗✘⛔🚫🛑⚠❗\ufe0f \t"

_WHAT = (
    "api|authentication|authorization|bash|build|client|command|compilation|compile|connection|critical|database|"
    "execution|fatal|function|http|i/o|import|internal|io|mcp|network|operation|parse|parsing|permission|process|query|"
    "request|runtime|script|server|shell|sql|syntax|system|task|tool|type|unexpected|unhandled|unknown|validation|value"
)
"""What may stand before `error`, `failed` or `timed out` and leave it an error of the call."""

_ERROR = "error|fehler|erreur|errore|erro|ошибка|错误|錯誤|エラー|오류"
_DOING = (
    "accessing|calling|connecting|creating|deleting|executing|fetching|getting|invoking|loading|opening|parsing|"
    "performing|processing|querying|reading|retrieving|running|searching|sending|updating|writing"
)
_REFUSED = "aborted|blocked|cancell?ed|denied|interrupted|refused|rejected"
_INVALID = "api key|arguments?|credentials|input|json|parameters?|query|request|token"
_REASONS = (
    "client error|server error|bad request|unauthorized|forbidden|not found|method not allowed|request timeout|"
    "conflict|gone|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out"
)
_OPENING = "open|l?stat|mkdir|fork/exec|exec|remove|rename|chdir|dial|read|write"
_OF_SYSTEM = (
    "no such file(?: or directory)?|permission denied|operation not permitted|not a directory|is a directory|"
    "file exists|connection refused|connection timed out|no route to host|no space left on device|"
    "name or service not known"
)

_NAMED = re.compile(
    "(?:" + "|".join((
        rf"(?:(?:{_WHAT}) ){{0,3}}(?:{_ERROR})(?: code| number| #)?"
        r" ?(?:-?[a-z]*\d[\w.-]*|\[[^\]]*\]|\([^)]*\))?\]? ?[:：]",
        r"(?:uncaught |unhandled |caused by: )?[\w.$]{0,100}(?-i:Error|Exception)(?:\([^)]*\)|\[[^\]]*\])? ?:",
        rf"(?:{_WHAT})(?: (?:{_WHAT}|call|use)){{0,2}}(?: [\w.-]+)? (?:failed|failure) ?[:：]",
        r"fatal: |fatal error\b|panic: |npm err(?:!|or) |curl: \(\d+\)",
        r"<(?:\w+[_-])?error>",
    )) + r")[*_`]*", re.IGNORECASE
)  # fmt: skip
"""An error that names itself; what follows may still say that there is none."""

_BEGINS = re.compile(
    "|".join((
        r"traceback \(most recent call last\)|exception in thread\b|unhandled exception\b",
        r"thread '[^']*' (?:\(\d+\) )?panicked at\b",
        rf"error(?:\[\w+\]|[.!]?$| (?:{_DOING}|while|during|occurred|from server|response from)\b)",
        r"an? (?:\w+ )?error (?:has )?occurred\b",
        r"(?:the )?(?:\w+ ){0,2}(?:exit|exited|failed|returned)(?: with)?(?: a)?(?: non-?zero)?(?: exit)?"
        r" (?:code|status):? ?-?(?!0\b)\d+\b",
        r"http(?:/\d(?:\.\d)?)? (?:error |status )?(?:code )?:? ?[45]\d\d\b",
        rf"[45]\d\d (?:{_REASONS})\b",
        r"request failed\b|failed to [a-z]",
        r"(?:permission|access) denied\b|connection refused\b|segmentation fault\b|bus error\b",
        r"(?:unauthorized|forbidden|too many requests|(?:api )?rate limit (?:exceeded|reached))[.!]?$",
        rf"(?:(?:{_WHAT}) ){{1,2}}(?:call )?timed out\b|time(?:d ?out|out)(?: after\b|:|[.!]?$)",
        r"(?:unknown|no such) tool\b|tool \S+ (?:was )?(?:not found|does not exist|is not available)\b",
        rf"invalid (?:{_INVALID})\b(?:[.!]?$|[^.]{{0,40}}:)",
        r"(?:request )?interrupted by (?:the )?user\b",
        rf"(?:the |this |your )?request (?:was|has been) (?:{_REFUSED})\b",
        rf".{{0,200}}\b(?:tool use|tool call|function call|command|operation) (?:was|has been) (?:{_REFUSED})\b",
        rf"(?:[\w.+/-]+:|(?:{_OPENING})) .{{1,200}}: (?:{_OF_SYSTEM})\.?$",
        r"(?:\S*/)?(?:ba|z|da|k|fi)?sh: .*: (?:command )?not found$|\S+: command not found(?:: \S+)?$",
        r"command not found\b",
    )), re.IGNORECASE
)  # fmt: skip
"""Begins of errors that leave nothing open."""

_NONE = re.compile(
    r"[\s\"'*_`]*(?:-|false|n/?a|nil|no|none|no errors?|null|ok|success|undefined|\[\]|\{\}|[+-]?[\d.,]+\s?%?)?"
    r"[\s\"'*_`.,;)\]]*(?:</\w+>)?\s*$",
    re.IGNORECASE,
)
"""What an error says where there is none, and numbers, which may be measures."""

_TAG = re.compile(r"</?(?:\w+[_-])?error>", re.IGNORECASE)
_CODE_ALONE = re.compile(r".*\b(?:code|status):? ?-?\d+[.:]?$", re.IGNORECASE)
_TRACE = re.compile(r"traceback \(", re.IGNORECASE)
_RAISED = re.compile(r"[A-Za-z_][\w.]*(?:: .*)?$")
"""The line of a traceback that says what was raised."""


@dataclass(frozen=True, slots=True)
class FailurePatterns:
    """Regular expressions of a profile that tell failures of its own tools; looked for at the begin of a text."""

    compiled: "tuple[regex.Pattern[str], ...]" = ()

    def line_in(self, text: str) -> str | None:
        """The line in which the first pattern matches; a pattern that takes too long matches nothing."""
        for pattern in self.compiled:
            try:
                found = pattern.search(text, timeout=_PATIENCE)
            except TimeoutError:
                continue
            if found is not None:
                begin = text.rfind("\n", 0, found.start()) + 1
                return text[begin:].partition("\n")[0]
        return None


NO_PATTERNS = FailurePatterns()


def failure_patterns(sources: Sequence[str]) -> FailurePatterns:
    """The patterns of a profile, compiled; `^` and `$` are the ends of a line.

    Raises:
        regex.error: one is no regular expression.
    """
    if not sources:
        return NO_PATTERNS
    import regex

    return FailurePatterns(tuple(regex.compile(source, regex.MULTILINE) for source in sources))


def guess(text: str, patterns: FailurePatterns = NO_PATTERNS) -> str | None:
    """The words of a failure, where a text begins like one; None where it does not.

    Of a long text the begin is enough; of more of it a traceback is told by what was raised.
    """
    begin = _CONTROL.sub("", text[:LOOKED_AT]).lstrip()
    line = begin.partition("\n")[0].rstrip()[:_LINE]
    if _is_error(line.lstrip(_DECORATION)):
        return _words(line, text) or None
    if patterns.compiled and (own := patterns.line_in(begin)) is not None:
        return clean_line(own.strip(), WORDS) or None
    return None


def _is_error(line: str) -> bool:
    named = _NAMED.match(line)
    if named is not None:
        return named.end() == len(line) or _NONE.match(line, named.end()) is None
    return _BEGINS.match(line) is not None


def _words(line: str, text: str) -> str:
    """What is told of it: its first line; with a bare code the next one, of a traceback the last one."""
    lines = [part.rstrip() for part in _CONTROL.sub("", text).strip().split("\n")[1:]]
    rest = [part.strip() for part in lines if part]
    words = _TAG.sub("", line).strip() or (_TAG.sub("", rest[0]).strip() if rest else "")
    if rest and _TRACE.match(line):
        words = next((part for part in reversed(lines) if _RAISED.match(part)), words)
    elif rest and (_CODE_ALONE.match(line) or line.endswith(":")):
        words = f"{line.rstrip('.:')}: {rest[0]}"
    return clean_line(words, WORDS)
