"""What goes to the terminal: cells, pens, differences, and the bytes of them."""
