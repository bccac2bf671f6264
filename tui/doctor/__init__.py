"""What works here and what does not, with the mend for each: configuration, service, terminal, clipboard."""
