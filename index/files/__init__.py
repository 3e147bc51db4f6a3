"""Statements on disk: reading them, reporting what is wrong with them, and filing new ones."""
