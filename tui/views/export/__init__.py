"""What copies and exports are made of: Markdown, JSON Lines, words, and the command that leads back."""
