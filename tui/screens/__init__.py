"""Screens wire widgets to stores and own the workers."""
