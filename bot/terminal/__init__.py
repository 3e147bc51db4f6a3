"""The bot in a terminal, for a person or another program."""
