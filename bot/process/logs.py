"""Sets up logging so that no secret is ever written.

The formatter redacts: every line passes it last, messages, arguments and tracebacks alike.
Questions are not logged anywhere, so none has to be taken out.
"""

from __future__ import annotations

import logging
import sys

import regex
from telegram.error import InvalidToken, NetworkError, TelegramError

from index import without_controls

#: A bot token as Telegram makes them: the bot's number, a colon, 35 characters.
_TOKEN = regex.compile(r"\d{5,20}(?::|%3A)[\w-]{30,}", regex.IGNORECASE)
_REDACTED = "<token>"
#: So begins what the library logs when its tries are over.
_LOOP = "Network Retry Loop"


class RedactingFormatter(logging.Formatter):
    """Formats records, with anything that is or resembles a bot token taken out."""

    def __init__(self, *secrets: str) -> None:
        """Take out the *secrets* as well, whatever they look like."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for *record*, redacted."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _REDACTED)
        # The system's reasons name files, and files may have any name.
        return without_controls(_TOKEN.sub(_REDACTED, line))


def set_up_logging(level: str, *secrets: str) -> None:
    """Log to standard error at *level*, redacted; the HTTP library only from warnings on.

    At its info level that library prints every address it calls, and Telegram's contain the token.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(*secrets))
    handler.addFilter(_without_traceback)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    chosen = logging.getLogger().level
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(max(chosen, logging.WARNING))
    # At its debug level it logs whole updates: questions, with their users' names.
    logging.getLogger("telegram").setLevel(max(chosen, logging.INFO))
    if level != "debug":
        # It logs each failed poll with a traceback; the watchdog says the same in one line.
        logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Drop what the library logs of a refused token: the bot says so in one line as it ends.

    So it does of why Telegram cannot be reached at the start. Drop the traceback of all else that
    Telegram refuses then.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, TelegramError) and record.name.startswith("telegram.ext"):
        record.exc_info, record.exc_text = None, None
        if isinstance(error, NetworkError) and record.getMessage().startswith(_LOOP):
            return False
    return not isinstance(error, InvalidToken)
