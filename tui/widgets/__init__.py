"""One idea each: widgets take data and tell what happened; they never fetch."""
