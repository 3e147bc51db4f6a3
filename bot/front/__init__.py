"""What is decided before any handler works: who may ask, how often, and when it is their turn."""
