"""The values that all other packages use: statements, citations, quotes, answers, errors."""
