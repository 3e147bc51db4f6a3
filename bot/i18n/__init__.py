"""What the bot says, one file a language, and how it is filled in."""
