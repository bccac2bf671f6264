"""The rows that are on the screen before there is an application."""
