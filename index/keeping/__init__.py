"""Keeps what an index has read in a file that is mapped into memory, so that it starts at once."""
