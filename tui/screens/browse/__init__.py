"""The main screen: filter, list of conversations, and the history of one."""
