"""Settings: flags, environment, profiles, and the secret token."""
