"""The widget of the tables."""
