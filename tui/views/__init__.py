"""Pure functions from a model to what is shown."""
