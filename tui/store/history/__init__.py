"""What is known of histories without showing them: raw splitting and failures."""
