"""What is said of an answer that takes its time: how long it is waited for, or how much of it has come."""

from tui.api.transfer import Transfer
from tui.views.text.format import size

SLOW = 3.0
"""Seconds of waiting after which it is said."""


def transfer_words(transfer: Transfer, again: str) -> str:
    """The seconds or the bytes; `again` is the key that asks anew, which a download in motion has no need of."""
    if transfer.waited < SLOW:
        return ""
    if transfer.pauses:
        return f"It is sent again after a pause; {again} sends it now."
    if transfer.is_moving:
        return f"Receiving, {size(transfer.size)} so far."
    so_far = f", {size(transfer.size)} came" if transfer.size else ""
    return f"Waiting for the server for {transfer.waited:.0f} s{so_far}; {again} asks again."
