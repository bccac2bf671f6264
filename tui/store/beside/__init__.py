"""What the service tells beside conversations: agents, tools, feedback; each may be missing or forbidden."""
