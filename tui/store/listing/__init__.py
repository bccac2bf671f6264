"""The window on a remote list: pages by offset, placeholders, what is in flight, what is given up again."""
