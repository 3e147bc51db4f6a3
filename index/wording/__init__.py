"""How a question is worded: of whom, of when and in which order it asks."""
