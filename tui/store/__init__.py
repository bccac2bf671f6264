"""What was fetched: plain objects and async methods, no screen."""
