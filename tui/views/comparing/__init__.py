"""What differs between two conversations as lines: what is folded, where one is in it, and as a report."""
