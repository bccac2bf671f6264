"""What a terminal is: cleaning of untrusted text, input, painting, capabilities, clipboard routes."""
