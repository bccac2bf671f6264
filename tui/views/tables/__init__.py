"""Tables across conversations: cells by kind, layout with the first column kept, and what is copied of them."""
