"""What is asked across conversations: tools, failures, calls and the values of their parameters, and numbers."""
