"""The history of one conversation on the screen."""
