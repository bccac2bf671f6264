"""Bringing conversations into files: from where they come, what the file is called, and that it is whole."""
