"""The bot in a terminal, for users, operators and other programs."""
