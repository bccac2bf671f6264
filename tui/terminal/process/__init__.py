"""The process in its terminal: signals, crashes, other programs, memory, environment."""
