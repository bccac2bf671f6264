"""JSON as a tree of lines: nodes, folds, tables, paths, and finding in it."""
