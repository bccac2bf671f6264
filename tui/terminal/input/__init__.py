"""What comes from the terminal: pastes and its answers."""
