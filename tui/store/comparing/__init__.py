"""What is different between two conversations, or two tool calls: alignment, words, JSON by path; knows no screen."""
