"""What is no garbage, and is not to be gone through by whoever looks for some."""

import gc

_SELDOM = 50_000
"""New objects after which garbage is looked for: an app that starts makes some ten thousands, and keeps them."""


def set_aside() -> None:
    """All that there is now: modules, and the items of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM)
