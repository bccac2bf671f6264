"""What is searched for: a plain text, matched in linear time, or a regular expression, which may take for ever.

The standard library's `re` cannot be stopped, so regular expressions run in the `regex` package: on short texts at once
and with a limit, on long ones on a thread beside the program, which goes on meanwhile.
"""

import re
import warnings
from collections.abc import Iterator
from itertools import islice
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from tui.views.text.composed import Composed, Range, composed

if TYPE_CHECKING:
    import regex

MOST_MATCHES = 10_000
"""Matches of one text that are counted and can be gone to."""

_AT_ONE_GO = 256 * 1024
"""Characters that are looked through between two pauses: some 3 ms."""

_LONGEST = 64 * 1024
"""Characters of the longest match that is surely found."""

_SHORT = 4 * 1024
"""Characters up to which a call comes back soon after its limit: `regex` looks at the clock only now and then."""

_AT_ONCE = 0.004
"""Seconds for a short text."""

_PATIENCE = 1.0
"""Seconds for a text that is gone through beside the program."""

_DOUBT = 0.1
"""Seconds for a text in which a match is only more or less likely."""

_WAIT = 0.001
"""Seconds of waiting for it between two pauses."""

_LARGEST = 20_000
"""Parts of a pattern with its repeats written out, as `regex` does; more of them take seconds to compile."""

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d*),?\d*\}|.", re.DOTALL)


class TooSlow(Exception):
    """A regular expression takes too long in a text."""


class BadPattern(ValueError):
    """What was typed is no regular expression; the text says why."""


class Pattern:
    """A pattern that takes linear time in any text, which is for whoever makes it; matches of no width do not count.

    It is composed, as Unicode calls it, and found in texts that are not, too.
    """

    def __init__(self, compiled: re.Pattern[str], in_prose: re.Pattern[str] | None = None) -> None:
        self.compiled = compiled
        self.in_prose = Pattern(in_prose) if in_prose is not None else self
        """What to look for in the source of a text with marks, of which a person sees only the words."""

    def slices(self, text: str) -> Iterator[Range | None]:
        """The matches, and None now and then, where the caller may pause.

        Raises:
            TooSlow: it takes too long; what was found before is still right.
        """
        return self.in_composed(text) if text.isascii() else self._in_any(text)

    def _in_any(self, text: str) -> Iterator[Range | None]:
        made = Composed(text)
        yield from made.make()
        if made.text == text:
            yield from self.in_composed(text)
        else:
            yield from (found if found is None else made.origin(found) for found in self.in_composed(made.text))

    def in_composed(self, text: str) -> Iterator[Range | None]:
        """The same for a text that is composed."""
        if len(text) <= _AT_ONE_GO:
            return filter(_has_width, map(re.Match.span, self.compiled.finditer(text)))
        return self._in_large(text)

    def _in_large(self, text: str) -> Iterator[Range | None]:
        at = 0
        while at < len(text):
            stop = min(len(text), at + _AT_ONE_GO)
            # What is looked at goes further, so that a match may; what begins there is found the next time.
            for match in self.compiled.finditer(text, at, stop + _LONGEST):
                if match.start() >= stop and stop < len(text):
                    break
                if match.end() > match.start():
                    yield match.span()
                at = match.end()
            at = max(at, stop)
            yield None

    def within(self, seconds: float, text: str, begin: int = 0) -> list[Range]:
        """The matches from a character on, which are wanted within some seconds.

        Raises:
            TooSlow: they cannot be had so soon.
        """
        if composed(text) is text:
            return self.composed_within(seconds, text, begin)
        made = Composed(text)
        for _ in made.make():
            pass
        return [made.origin(found) for found in self.composed_within(seconds, made.text, made.place(begin))]

    def composed_within(self, seconds: float, text: str, begin: int = 0) -> list[Range]:
        """The same for a text that is composed."""
        return [match.span() for match in self.compiled.finditer(text, begin) if match.end() > match.start()]

    def may_match(self, text: str) -> Iterator[bool | None]:
        """None now and then, where the caller may pause, and at last whether there may be a match."""
        return self.may_match_composed(composed(text))

    def may_match_composed(self, text: str) -> Iterator[bool | None]:
        """The same for a text that is composed."""
        yield self.compiled.search(text) is not None


class RegexPattern(Pattern):
    """A regular expression, which never holds the program up.

    Raises:
        BadPattern: it is none, or too large.
    """

    def __init__(self, text: str, flags: int) -> None:
        # What `re` refuses is refused in its words: `regex` knows more, such as matching backwards.
        super().__init__(_compiled(text, flags))
        tokens = list(_TOKEN.finditer(text))
        if _expanded(tokens) > _LARGEST:
            raise BadPattern("it repeats too much")
        self._regex = _bounded("".join(map(_same_to_regex, tokens)), flags)

    def in_composed(self, text: str) -> Iterator[Range | None]:
        """The matches, and None before they are looked for and while that is done beside the program."""
        yield None
        if len(text) <= _SHORT:
            try:
                yield from self.ranges(text, _AT_ONCE)
                return
            except TimeoutError:
                pass  # with more patience, then
        job = _Job(self, text, seconds=_PATIENCE)
        yield from job.pauses(_PATIENCE)
        if job.found is None:
            raise TooSlow
        yield from job.found

    def composed_within(self, seconds: float, text: str, begin: int = 0) -> list[Range]:
        """The matches from a character on, if they can be had so soon."""
        if seconds <= 0:
            raise TooSlow
        if len(text) - begin <= _SHORT:
            try:
                return self.ranges(text, min(seconds, _AT_ONCE), begin)
            except TimeoutError as error:
                raise TooSlow from error
        job = _Job(self, text, begin, seconds=seconds)
        if not job.done.wait(seconds) or job.found is None:
            raise TooSlow
        return job.found

    def may_match_composed(self, text: str) -> Iterator[bool | None]:
        """In doubt there may be one."""
        if len(text) <= _SHORT:
            try:
                yield bool(self.ranges(text, _AT_ONCE, most=1))
            except TimeoutError:
                yield True
            return
        job = _Job(self, text, seconds=_DOUBT, most=1)
        yield from job.pauses(_DOUBT)
        yield job.found is None or bool(job.found)

    def ranges(
        self, text: str, seconds: float, begin: int = 0, *, most: int = MOST_MATCHES + 1, concurrent: bool = False
    ) -> list[Range]:
        """The first matches.

        Raises:
            TimeoutError: the seconds are over.
        """
        found = self._regex.finditer(text, begin, timeout=seconds, concurrent=concurrent)
        return list(islice((match.span() for match in found if match.end() > match.start()), most))


def _has_width(found: Range) -> bool:
    return found[1] > found[0]


class _Job:
    """One text on a thread; `found` stays None where it took too long."""

    def __init__(
        self, pattern: RegexPattern, text: str, begin: int = 0, *, seconds: float, most: int = MOST_MATCHES + 1
    ) -> None:
        self.done = Event()
        self.found: list[Range] | None = None
        # One that is not waited for any more must not hold up the end of the program.
        Thread(target=self._run, args=(pattern, text, begin, seconds, most), daemon=True).start()

    def _run(self, pattern: RegexPattern, text: str, begin: int, seconds: float, most: int) -> None:
        try:
            self.found = pattern.ranges(text, seconds, begin, most=most, concurrent=True)
        except (TimeoutError, MemoryError):
            self.found = None
        finally:
            self.done.set()

    def pauses(self, seconds: float) -> Iterator[None]:
        """None again and again until it is done, or the seconds are over."""
        end = perf_counter() + seconds
        while not self.done.wait(_WAIT) and perf_counter() < end:
            yield None


def _compiled(text: str, flags: int) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would be written across the screen
            return re.compile(text, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern(str(error)) from error
    except ValueError as error:  # Python makes no number of thousands of digits
        raise BadPattern("it repeats too much") from error


def _bounded(text: str, flags: int) -> "regex.Pattern[str]":
    import regex

    try:
        return regex.compile(text, flags | regex.VERSION0)
    except (regex.error, OverflowError, RecursionError) as error:
        raise BadPattern(str(error)) from error


def _expanded(tokens: list[re.Match[str]]) -> int:
    """The parts of a pattern with its repeats written out."""
    sizes, last = [0], 0
    for token in tokens:
        if token[0] == "(":
            sizes.append(0)
            continue
        if token[0] == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif token[1]:
            times = max(1, int(token[1][:6]))
            sizes[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            sizes[-1] += 1
    return max(sizes)


def _same_to_regex(token: re.Match[str]) -> str:
    """A brace that begins no repeat is a brace to `re`, and a fuzzy match to `regex`."""
    return r"\{" if token[0] == "{" else token[0]
