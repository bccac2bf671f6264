"""What the service tells beside conversations, as lines: what an agent was told, and what people said of answers."""
