"""The built-in demo project: a real HTTP server over a real SQLite database."""
