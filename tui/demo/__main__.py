"""`python -m tui.demo`: serves the demo project alone, for other clients."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

from tui.demo.http import listening_socket
from tui.demo.project import STANDARD, STANDARD_RECIPE, Recipe, build_database
from tui.demo.server import DemoServer

_MOST = 200_000

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _number(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low:,} and {high:,}")
        return value

    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tui.demo", description="Serve the demo project on this machine until Ctrl-C."
    )
    parser.add_argument("--host", choices=_LOOPBACK, default="127.0.0.1", help="loopback address (%(default)s)")
    parser.add_argument("--port", type=_number(0, 65_535), default=0, help="0 takes a free one (%(default)s)")
    parser.add_argument(
        "--conversations", type=_number(0, _MOST), default=STANDARD, metavar="N", help="how many (%(default)s)"
    )
    parser.add_argument("--weight", type=_number(0, 10_000), default=0, metavar="KB", help="average size of a history")
    parser.add_argument("--long", action="store_true", help="put very long conversations at the top of the list")
    parser.add_argument("--delay", type=_number(0, 600_000), default=0, metavar="MS", help="wait before each answer")
    parser.add_argument("--seed", type=int, default=STANDARD_RECIPE.seed, help="another seed gives other conversations")
    return parser


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to end; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        listener = listening_socket("127.0.0.1" if chosen.host == "localhost" else chosen.host, chosen.port)
    except OSError as error:
        print(f"{chosen.host}:{chosen.port} cannot be used: {error.strerror or error}", file=sys.stderr)
        return 2
    try:
        begun = time.perf_counter()
        database = build_database(
            Recipe(chosen.conversations, chosen.weight * 1024, long=chosen.long, seed=chosen.seed)
        )
        server = DemoServer(
            database,
            token=os.urandom(24).hex(),
            listen_socket=listener,
            delay=chosen.delay / 1000,
            remember=False,
        )
        server.start()
        _announce(server, chosen.conversations, time.perf_counter() - begun)
        threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    return 0


def _announce(server: DemoServer, conversations: int, seconds: float) -> None:
    settings = {
        "CLARIFEYE_BASE_URL": server.base_url,
        "CLARIFEYE_PROJECT": server.project_id,
        "CLARIFEYE_TOKEN": server.token,
    }
    print(f"The demo project with {conversations:,} conversations is ready ({seconds:.1f} s). Ctrl-C ends it.\n")
    for name, value in settings.items():
        print(f"export {name}={value}")
    print(f"\n{' '.join(f'{name}={value}' for name, value in settings.items())} clarifeye-tui", flush=True)


if __name__ == "__main__":
    sys.exit(main())
