"""Reads the bytes of a document as blocks and claims, by its format."""
