"""Reading a conversation: what is shown of it and where, and the commands that change that; knows no framework."""
