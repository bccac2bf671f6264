"""The demo's own process: serves until the pipe to its parent ends."""

import os
import socket
import sys
import threading
from typing import BinaryIO

from tui.demo.project import build_database
from tui.demo.server import DemoServer


def main() -> None:
    """Take over the socket and the pipe named by the two arguments, and serve."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    pipe = os.fdopen(int(sys.argv[2]), "rb")
    token = pipe.readline().decode().strip()
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    server = DemoServer(build_database(), token=token, listen_socket=listener, remember=False)
    server.start()
    threading.Event().wait()


def _end_with_parent(pipe: BinaryIO) -> None:
    """The database has no name on the disk any more, so nothing has to be tidied up."""
    pipe.read()
    os._exit(0)
