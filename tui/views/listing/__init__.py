"""What the list shows: rows, chips, titles, notices."""
