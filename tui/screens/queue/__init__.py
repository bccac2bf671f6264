"""The queue of a filter: conversations judged one after the other, on a screen of its own."""
