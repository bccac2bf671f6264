"""What opens over the main screen, asks or tells one thing, and goes away again."""
