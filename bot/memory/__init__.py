"""What the bot remembers, in one SQLite file, and how often somebody has asked."""
