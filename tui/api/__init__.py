"""What the server says: the client, its models, its errors."""
