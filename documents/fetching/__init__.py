"""Brings new statements from feeds and pages: asked politely, filed or kept for review."""
