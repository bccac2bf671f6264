"""A torrent of random sequences into what reads the terminal: nothing is raised, and its time grows with its length.

report = torrent(seed=1, megabytes=100)   # raises what the parser raises, with the seed in its notes
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tui.terminal.adapter.key_parser import KeyParser

_READ = 4096
"""Bytes that the program reads at once."""
_BEGINS = ("\x1b[", "\x1b[<", "\x1b[?", "\x1b[>", "\x1bO", "\x1b]", "\x1bP", "\x1b_", "\x1b", "\x1b[200~", "\x9b")
_ENDS = ("u", "~", "A", "R", "M", "m", "t", "c", "$y", "\x07", "\x1b\\", "\x1b", "\x18", "\x1b[201~", "é", "")
_FILLINGS = (
    "0123456789;",
    "0123456789;:<=>?",
    " !\"#$%&'()*+,-./",
    "abcXYZ[]{}",
    "日本語é\U0001f600",
    "\x00\x08\r\n\x7f\x9c",
)
_LONGEST = 100_000


@dataclass(slots=True)
class Report:
    """What was given to the parser, and what came of it."""

    seed: int
    characters: int = 0
    messages: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """For people."""
        return (
            f"seed {self.seed}: {self.characters / 1e6:.0f} million characters of input, {self.messages:,} messages, "
            f"{self.seconds:.1f} s"
        )


def sequences(chance: random.Random) -> Iterator[str]:
    """Sequences without end, most of them broken, some of them very long."""
    while True:
        length = int(chance.paretovariate(0.6)) if chance.random() < 0.5 else chance.randint(0, 12)
        filling = chance.choice(_FILLINGS)
        middle = "".join(chance.choices(filling, k=min(length, 64))) * (min(length, _LONGEST) // 64 + 1)
        yield chance.choice(_BEGINS) + middle[: min(length, _LONGEST)] + chance.choice(_ENDS)


def torrent(seed: int, megabytes: float) -> Report:
    """Feed so many million characters, in pieces as they are read, with silence now and then."""
    report, chance, parser = Report(seed), random.Random(seed), KeyParser(0.025)
    begun = time.process_time()
    waiting = ""
    try:
        for sequence in sequences(chance):
            waiting += sequence
            while len(waiting) > _READ:
                piece, waiting = waiting[:_READ], waiting[_READ:]
                report.messages += sum(1 for _ in parser.take(piece))
                report.characters += len(piece)
                if parser.patience is not None and chance.random() < 0.1:
                    report.messages += sum(1 for _ in parser.let_go())
            if report.characters >= megabytes * 1e6:
                break
    except Exception as error:
        error.add_note(f"seed {seed}, after {report.characters:,} characters")
        raise
    report.seconds = time.process_time() - begun
    return report
