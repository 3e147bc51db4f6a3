"""What the bot does with each type of update that passed the layer in front."""
