"""The values that rendering takes and returns: how a user sees the bot, and one message."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from telegram import InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.i18n.strings import Strings


@dataclass(frozen=True, slots=True)
class View:
    """What a rendering depends on besides the answer."""

    strings: Strings
    #: The bot's, without @; empty where nothing should link to it.
    username: str = ""
    #: Whether inline mode is on, so that a button can share a quote.
    can_share: bool = False

    def link(self, reference: str) -> str:
        """Return the link that opens the bot with the paragraph of *reference*."""
        return create_deep_linked_url(self.username, reference)


@dataclass(frozen=True, slots=True)
class RichMessage:
    """What a rich message says, in the HTML of such messages."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    _: KW_ONLY
    #: Whether it runs from right to left.
    is_rtl: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    _: KW_ONLY
    #: The reference of the paragraph that it shows, if any.
    shown_reference: str = ""
    #: Whether that answers, and is not only the nearest there is, or what others said.
    answers: bool = True
    #: Text to copy, written below what the message has already.
    beneath: str = ""
    #: Whether it concerns only whoever asked: in a group the others need not see it.
    aside: bool = False
    #: The same as a rich message, for a chat that wants that; the rest is for servers that do not
    #: know such messages.
    rich: RichMessage | None = None
