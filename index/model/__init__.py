"""The values that all other rooms use: statements, citations, quotes, answers, errors."""
