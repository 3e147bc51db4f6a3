"""Reads a PDF by the place of its letters: lines, columns, paragraphs, notes, and claims."""
