"""The wire to Telegram: how updates come in and messages go out, also when it breaks."""
