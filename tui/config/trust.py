"""Whether commands may be run from a config file: only if nobody else can change it or put another in its place."""

import os
import stat
from typing import NamedTuple

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Danger(NamedTuple):
    """Who else may decide what stands in the file, and how to make it one's own."""

    words: str
    fix: str


def danger_of(descriptor: int, path: str) -> Danger | None:
    """What speaks against the opened file or against the folders that it and its link, if it is one, stand in."""
    try:
        folders = dict.fromkeys(
            os.path.dirname(place) for place in (os.path.join(os.getcwd(), path), os.path.realpath(path))
        )
        found = [(path, os.fstat(descriptor)), *((folder, os.stat(folder)) for folder in folders)]
    except OSError:
        return Danger(f"Nobody can tell who may change {path}", "Put it in a folder of your own.")
    return next((danger for place, status in found if (danger := _danger(place, status))), None)


def _danger(place: str, status: os.stat_result) -> Danger | None:
    if status.st_uid not in (0, os.geteuid()):
        return Danger(
            f"{place} belongs to another user",
            f"If you trust what stands there, make it yours: chown {os.geteuid()} {place}",
        )
    if status.st_mode & _OTHERS_WRITE:
        mode = 700 if stat.S_ISDIR(status.st_mode) else 600
        # A sticky folder such as /tmp is no help: there others may be first with a file of that name.
        if status.st_mode & stat.S_ISVTX:
            return Danger(f"Others may put files into {place}", "Move the config file to a folder of your own.")
        return Danger(f"Others may change {place}", f"Make it yours alone: chmod {mode} {place}")
    return None
