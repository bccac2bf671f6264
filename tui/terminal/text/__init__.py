"""What text is on a terminal: cleaning, widths, combining characters, ASCII."""
