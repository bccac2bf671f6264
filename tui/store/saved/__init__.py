"""What outlives the run: filters, places, folds and earlier texts, and the file they are in."""
