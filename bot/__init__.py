"""The bot: takes people's questions to the index, and its answers to people."""
