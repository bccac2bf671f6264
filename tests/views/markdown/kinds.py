"""Texts of the kinds that people and agents paste into conversations, and what of a text is missing on the screen."""

import re
from collections.abc import Callable, Iterable
from html.entities import html5

from hypothesis import strategies as st

from tui.terminal.text.clean import clean
from tui.views.code.output import AS_ON_A_TERMINAL
from tui.views.markdown.markup import MARKUP

KINDS: dict[str, tuple[str, ...]] = {
    "prose": (
        "He said: the {0} (see {1}), not 5 * 3 * 2.", "It's {0}_{1}, e.g. 30 %; 2 < 3 & 4 > 1 ~ 7", "{0}：{1}。それは…",
        "#1 of {0}, {1}#2; a -> b => c", "{0} & Co. <{1}@example.org>", "a) {0}; 2.5 {1}",
    ),
    "code": (
        "std::vector<std::{0}> {1};", "    return {0}({1}[i]) ** 2;", "template<typename {0}> void {1}(T&& x);",
        "for (int i = 0; i < {0}; ++i) {{ {1}[i](x); }}", "def {0}(*args, **{1}):", "@{0}.setter",
        "self.__{0}__ = _{1}",
        "const f = ({0}) => {1}?.[0] ?? !x;", "x = {0} if {1} else -1  # why", "/* {0} */ /** {1} */",
        "assert {0} == r'\\d+\\.\\w*'", "let {0}: &'a mut {1};",
    ),
    "shell": (
        'git log --author="{0} <{1}@example.org>"', "$ ls **/*.py lib/**/*.{0}", "find . -name '*.{0}' -o -name '*'",
        "cat <<EOF > {0}.txt", "echo ${{{0}}} $(({1} * 2)) !$ ~/{0}", "grep -E '\\<{0}\\>' *.{1} | sort -u &&",
        "curl http://localhost:8080/{0}?a=1&b=[{1}]", "connect <localhost:8080> <key:{0}>",
    ),
    "paths": (
        "C:\\Users\\{0}\\.ssh\\_{1}", "\\\\srv\\share\\_{0}\\", "/usr/lib/{0}/__{1}__.py:12",
        "..\\{0}\\*.{1}", "~/.{0}/{1}*", "$.{0}[*] and $.{1}[*]", "'*' and '*' in {0}",
    ),
    "SQL": (
        "SELECT COUNT(*) AS {0}, SUM(*) FROM {1} WHERE a <> '*'", "  AND {0} LIKE '%\\_{1}' ESCAPE '\\'",
        "INSERT INTO {0} VALUES ('{1}', 1.5), (NULL, -2);", "-- {0}: all of {1}", " {0:>8} | {1}", "----------+------",
    ),
    "XML": (
        "<soap:Body><dc:title>{0}</dc:title></soap:Body>", '<{0} id="{1}"/><!-- {0} -->', "  <key:{0}>{1}</key:{0}>",
        '<?xml version="1.0"?><![CDATA[{0}]]>', "<a href='x'>{0}</a>",
    ),
    "LaTeX": (
        "\\(E=mc^2\\) and \\[ \\sum_{{i}}^{{{0}}} x_i \\]", "\\frac{{{0}}}{{{1}}} \\, \\{{ a \\}} \\& b",
        "a & {0} \\\\ \\hline", "$x_{{{0}}}^2$, $$y_1 = {1}$$", "\\section*{{{0}}} \\% \\\\",
    ),
    "logs": (
        "2026-11-30T12:00:00Z [{0}] <{1}> GET /a/b?x=*&y=_ 200", '[INFO] {0}=1 {1}="a\\nb" (*)', "   id  {0}",
        "0   1  {1}", "ERROR <{0}:{1}> at 0x7f~ [*]", "10%|=====>    | {0}/{1}",
        "Traceback ({0} most recent call last):",
        '  File "{0}", line 1',
    ),
    "diffs": (
        "@@ -1,2 +1,2 @@ {0}", "diff --git a/{0} b/{1}", "+++ b/{0}", "--- a/{1}", "-old_{0} *x", "+new_{0} _y",
        "<<<<<<< {0}", ">>>>>>> {1}",
    ),
}  # fmt: skip
"""Lines by kind, in none of which there is any markup; the places are for words."""

TYPED = (
    "# install {0}", "## {0}", "- {0}", "+ {1}", "* {0}", "1. {0}", ">>> {0}", "> {1}", "{0}", "-----", "=====", "***",
    "    {0}", "$ cat {0}", "[{0}]({1}) ![{0}]({1})", "\\* {0} \\_ \\", "&lt;{0}&gt; ~~{1}~~ *{0}* __{1}__ **{0}**",
    "|{0}|{1}|", "<{0}>",
)  # fmt: skip
"""Lines that would be Markdown where an agent wrote them, and are what they are where a person did."""

_words = st.sampled_from(["name", "Ana", "total", "x", "foo_bar", "日本", "größe", "item2", "T"])


def filled(lines: Iterable[str]) -> st.SearchStrategy[str]:
    """One of the lines with words in its places."""
    return st.builds(lambda line, one, two: line.format(one, two), st.sampled_from(list(lines)), _words, _words)


real_lines = filled(line for lines in KINDS.values() for line in lines)
typed_lines = real_lines | filled(TYPED)

_GONE = [re.compile(pattern) for markup in MARKUP for pattern in markup.gone]


def _character(reference: str) -> str:
    name = reference[1:-1]
    if name[0] != "#":
        return html5.get(f"{name};", reference)
    code = int(name[2:] or "0", 16) if name[1:2] in ("x", "X") else int(name[1:] or "0")
    return chr(code) if code < 0x110000 else reference


_INSTEAD: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"!\["), lambda _: "[image:"),
    (
        re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|\w+);"),
        lambda reference: "".join(clean(_character(reference)).split()),
    ),
)
"""What the screen shows in other words."""

_NOTED = re.compile(r"[\s│┊]+".join(AS_ON_A_TERMINAL.split()))
_OURS = frozenset("│┊•◦▪─┼↪◌")
"""What the screen adds; an accent that has lost what it stood on, a mark or a blank, stands on the last of them."""


class _Source:
    """The characters of a text that are no blanks, each with its number."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        self.places = [at for at, character in enumerate(self.text) if not character.isspace()]
        self._numbers = dict(zip(self.places, range(len(self.places)), strict=True))

    def number_from(self, at: int) -> int:
        """The first character from a place on."""
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return self._numbers.get(at, len(self.places))

    def rest(self, number: int) -> str:
        return self.text[self.places[number] :] if number < len(self.places) else ""

    def past_markup(self, number: int) -> set[int]:
        """The characters behind the markup that begins with one, blanks before it included."""
        at = self.places[number]
        starts = {at, len(self.text[:at].rstrip(" "))}
        found = [pattern.match(self.text, start) for pattern in _GONE for start in starts]
        return {self.number_from(match.end()) for match in found if match is not None and match.end() > at}


def missing(text: str, screen: str) -> str:
    """What stands in the text where the screen lacks more than markup, blanks apart; nothing if it lacks no more.

    All ways to explain the screen are followed at once: a character is the same on both, or it is markup, or ours.
    """
    source = _Source(text)
    end = len(source.places)
    wanted = "".join(_NOTED.sub("", screen).split())
    explained = [set[int]() for _ in range(len(wanted) + 1)]
    explained[0] = {0}
    for at in range(len(wanted) + 1):
        todo = list(explained[at])
        while todo:
            number = todo.pop()
            if number == end:
                continue
            new = source.past_markup(number) - explained[at]
            explained[at] |= new
            todo += new
        for number in explained[at] if at < len(wanted) else ():
            if wanted[at] in _OURS:
                explained[at + 1].add(number)
            if number < end and source.rest(number)[0] == wanted[at]:
                explained[at + 1].add(number + 1)
            for pattern, instead in _INSTEAD if number < end else ():
                match = pattern.match(source.text, source.places[number])
                if match is not None and wanted.startswith(instead(match.group()), at):
                    explained[at + len(instead(match.group()))].add(source.number_from(match.end()))
    if end in explained[-1]:
        return ""
    farthest = max(max(numbers) for numbers in explained if numbers)
    return source.rest(farthest)[:60] or "only at the end"
