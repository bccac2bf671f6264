"""Lists with a cursor."""
