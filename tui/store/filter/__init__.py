"""The one line for finding: from what is typed to an expression, and who checks which part of it."""
