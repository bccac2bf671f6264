"""Lines that are typed into."""
