"""What people read, in each language: phrases, citations, the direction of writing."""
