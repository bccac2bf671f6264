"""Two conversations, or two tool calls, compared: a screen of its own above the main one."""
