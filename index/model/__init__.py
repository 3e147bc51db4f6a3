"""The values that everything else speaks of: statements, citations, quotes, answers, errors."""
