"""Memory that was freed goes back to the system: pages and histories are megabytes, and come and go all day."""

from contextlib import suppress

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of `mallopt`, as glibc's malloc.h numbers them."""

_LARGE = 256 * 1024
"""Bytes from which a block has pages of its own. Left to itself glibc raises this with each large block that is freed,
and then small blocks between large ones keep megabytes from the system."""


def give_back_what_is_freed() -> None:
    """Tell the allocator so, where there is one that listens: glibc's."""
    with suppress(ImportError, AttributeError, OSError):
        import ctypes

        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_ARENA_MAX, 2)
