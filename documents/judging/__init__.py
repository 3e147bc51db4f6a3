"""Judges what was read: whether it is text, in which characters, and if it may be published."""
