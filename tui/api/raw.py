"""JSON that is not decoded yet."""

RawJson = bytes
"""JSON text exactly as the server sent it, not decoded yet."""
