"""What is known of many conversations at once: facts of their histories, kept where they can be asked."""
