"""The conversation as a document of blocks, laid out only where it is looked at; knows no terminal."""
