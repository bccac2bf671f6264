"""The kinds of places in a conversation that one can go to."""

TURN, MESSAGE, TOOL, FAILED = "turn", "message", "tool", "failed"
