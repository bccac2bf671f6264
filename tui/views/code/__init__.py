"""Source code, diffs and the output of programs, in inks as people know them."""
