"""What a message asks: all that its answer is made of.

How it is read from a message of Telegram's is left to ``front.addressing``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True, slots=True)
class Above:
    """The message of the bot's that a message is written beneath."""

    text: str
    #: The part of it that the author chose to quote; empty if none was chosen.
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks the bot."""

    #: What is looked for: the message's own words, or those that it is about. Empty if there are
    #: none.
    question: str
    _: KW_ONLY
    #: The message's own words, without the command and the mentions of the bot, on one line.
    written: str = ""
    #: What the bot is called, by its name and its username, which ask nothing.
    names: tuple[str, str] = ("", "")
    #: Whether the words that are looked for stand in the message that this one replies to: there
    #: the answer belongs, too.
    about_replied: bool = False
    #: Whether they are the part that the author chose of it.
    about_part: bool = False
    #: Whether it doubts, as "is this true?" does, what has words neither here nor there.
    doubts: bool = False
    #: Whether it is about something that cannot be read: a picture, a link.
    unreadable: bool = False
    #: Whether it replies to something that cannot be read, with words of its own.
    beneath_unreadable: bool = False
    #: Whether it is asked for its author's eyes only.
    alone: bool = False
    #: Whether it names the bot, by a command or a mention.
    by_name: bool = False
    #: Whether it replies to the bot without addressing it, and so may be meant for the others.
    unaddressed: bool = False
    #: What of the bot's it is written beneath; ``None`` if it is not.
    above: Above | None = None
