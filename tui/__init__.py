"""A full-screen terminal browser for the conversations of a Clarifeye project."""

__version__ = "0.1.0"
