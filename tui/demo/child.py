"""The demo's own process: serves until the pipe to its parent ends."""

import gc
import os
import socket
import sys
import threading
from typing import BinaryIO

from tui.demo.launch import SECOND_ID
from tui.demo.project import Recipe, build_database, plan_database
from tui.demo.server import DemoServer, Neighbour

_SMALL, _OTHER = 90, 7
"""Conversations of the second project, and its seed."""


def main() -> None:
    """Take over the socket and the pipe named by the two arguments, and serve."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    pipe = os.fdopen(int(sys.argv[2]), "rb")
    token = pipe.readline().decode().strip()
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    gc.disable()  # what is built here stays, and has no circles
    database, write = plan_database()
    second = Neighbour(SECOND_ID, lambda: build_database(Recipe(_SMALL, seed=_OTHER)))
    server = DemoServer(database, token=token, listen_socket=listener, remember=False, beside=second)
    server.start()
    write()
    del write  # and with it what everything was written from
    gc.enable()
    threading.Event().wait()


def _end_with_parent(pipe: BinaryIO) -> None:
    """The database has no name on the disk any more, so nothing has to be tidied up."""
    pipe.read()
    os._exit(0)
