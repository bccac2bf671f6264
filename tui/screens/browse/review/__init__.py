"""Judging what is under the cursor."""
