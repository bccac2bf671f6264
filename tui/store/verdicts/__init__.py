"""What reviewers think of conversations and turns: one line of JSON each, in a private file that is only added to."""
