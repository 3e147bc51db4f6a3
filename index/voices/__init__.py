"""Tells whose words each part of a paragraph is, where the text tells it."""
