"""Reading what a server sent without ever failing at one odd value."""
