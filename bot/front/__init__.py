"""What is decided before any handler works: who may ask, what, and how often."""
