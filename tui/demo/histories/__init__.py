"""What people and agents of the demo say to each other, and what the tools answer."""
