"""Which paragraphs come first, whether they answer, and why."""
