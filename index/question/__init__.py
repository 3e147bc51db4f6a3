"""How a question is read: operators, dates, speakers, spelling, equivalents, weights."""
