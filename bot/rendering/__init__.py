"""How answers look in Telegram: HTML, buttons, pages. Nothing is searched or sent here."""
