"""What the bot remembers of chats, in one SQLite file."""
