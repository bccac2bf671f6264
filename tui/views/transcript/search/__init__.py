"""Search in a whole transcript: what is found, where it is on the screen, and the line that says so."""
