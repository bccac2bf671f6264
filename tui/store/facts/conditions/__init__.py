"""Expressions as conditions of SQLite."""
