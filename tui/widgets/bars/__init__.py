"""Single lines that tell: title, banner, chips, edges, keys."""
