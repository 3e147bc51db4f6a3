"""What the bot does with each sort of update, and who may ask."""
