"""How a reader sees the bot: in which words, and where its links and buttons lead."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.i18n.strings import Strings


@dataclass(frozen=True, slots=True)
class View:
    """What rendering depends on besides the answer."""

    strings: Strings
    #: The bot's, without @; empty where nothing may lead back to it.
    username: str = ""
    #: Whether the bot may be asked inline, so that a quote can be shared by a button.
    shares: bool = False

    def link(self, reference: str) -> str:
        """Return the address that opens the bot with the paragraph of *reference*."""
        return create_deep_linked_url(self.username, reference)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    #: The reference of the paragraph that it shows, if it shows one.
    shows: str = ""
    #: What is written, to be copied, beneath the words that the message has already.
    beneath: str = ""
