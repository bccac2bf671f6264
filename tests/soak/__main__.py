"""The long form of the soak: `python -m tests.soak --seed 1 --actions 20000 --input 100`."""

import argparse
import random
import sys

from tests.soak.monkey import CHECK_EVERY, Broken, soak
from tests.soak.torrent import torrent

_TOLD_EVERY = 25


def main() -> int:
    """Run it, tell from time to time, and print what was seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="A monkey at the real command.")
    parser.add_argument(
        "--seed", type=int, default=random.randrange(10**6), help="repeats a run (default: another one)"
    )
    parser.add_argument("--actions", type=int, default=20_000, help="how many (%(default)s)")
    parser.add_argument("--check-every", type=int, default=CHECK_EVERY, help="actions between checks (%(default)s)")
    parser.add_argument("--input", type=float, default=100, help="megabytes of random input before (%(default)s)")
    chosen = parser.parse_args()
    told = 0

    def tell(line: str) -> None:
        nonlocal told
        told += 1
        if told % _TOLD_EVERY == 0:
            print(line, flush=True)

    print(torrent(chosen.seed, chosen.input), flush=True)
    print(f"seed {chosen.seed}, {chosen.actions} actions, a check every {chosen.check_every}", flush=True)
    try:
        print(soak(chosen.seed, chosen.actions, tell, chosen.check_every))
    except Broken as error:
        print(error, *getattr(error, "__notes__", ()), sep="\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
