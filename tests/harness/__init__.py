"""What tests and benchmarks share: a program in a pseudo-terminal, its screen, and a server in a child process."""
