"""What is answered to what was asked: values and decisions, without anything of Telegram."""
