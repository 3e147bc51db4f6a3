"""What is said to people, one file a language, and how it is filled in."""
