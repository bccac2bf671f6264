"""Markdown to styled lines."""
