"""The parts of a transcript, each laid out by itself: header, turns, messages, tool calls."""
