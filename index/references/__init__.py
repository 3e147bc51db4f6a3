"""Finding a paragraph by its name: references, ids, and paragraph numbers."""
