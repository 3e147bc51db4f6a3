"""How answers look in Telegram: HTML, buttons, pages. It searches nothing and sends nothing."""
