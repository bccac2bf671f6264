"""The kinds of places in a conversation that one can go to."""

HEADER = "header"
TURN, MESSAGE, TOOL, FAILED = "turn", "message", "tool", "failed"
STATED, GUESSED = "stated", "guessed"
"""Of the failed tool calls those that state their failure, and those whose text only begins like one."""

FEEDBACK = "feedback"
"""Blocks that show what people said of an answer."""

ALL_KINDS = (TURN, MESSAGE, TOOL, FAILED, STATED, GUESSED, FEEDBACK)
