"""Where Textual is bent to what this program promises; its inner names are used here alone."""
