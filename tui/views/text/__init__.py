"""Plain text to lines: wrapping, inks, tables, code, formats, matching."""
