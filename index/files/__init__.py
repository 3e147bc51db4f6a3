"""Statements on disk: reading them, finding what is wrong with them, and filing new ones."""
