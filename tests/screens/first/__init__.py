"""Tests of the rows that are there before the application."""
