"""What is known of histories without showing them: raw splitting, messages, turns, and failures."""
