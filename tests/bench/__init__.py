"""What a person feels, measured: a program in a pseudo-terminal, from the key to the paint, and the bytes between."""
