"""Speaks what the library does not know yet of the Bot API: 10.1 to 10.5.

The library keeps fields that it does not know in ``api_kwargs`` and sends others' so; whatever else
of the newer Bot API is needed stands here and nowhere else. With a library that knows 10.5 this
module goes, and its callers use the library's own names.

* https://core.telegram.org/bots/api#rich-messages (10.1)
* https://core.telegram.org/bots/api#ephemeral-messages (10.2, with the parameters of 10.3)
* https://core.telegram.org/bots/api#setmysettings (10.5)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, InlineKeyboardMarkup, Message, MessageEntity
from telegram.constants import ParseMode

#: Telegram's own defaults for texts that go by a method of the library's that knows no defaults.
_TEXT: Mapping[str, Any] = {
    "parse_mode": ParseMode.HTML,
    "link_preview_options": {"is_disabled": True},
}


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """The one person who sees a message in a group, and why the bot may write to them alone.

    An administrator may at any time; any other bot only for a press, or beneath an ephemeral
    message, within 15 seconds.
    """

    #: The ID of the person.
    person: int
    #: The press that is answered; empty if none is.
    press: str = ""
    #: The number of the ephemeral message that is answered; 0 if none is.
    beneath: int = 0


@dataclass(frozen=True, slots=True)
class EphemeralMessage:
    """Names a message that one person sees; its ``message_id`` is 0 and names none.

    Telegram may use a number again when the message has expired, or was taken back.
    """

    chat_id: int
    person: int
    number: int

    def parameters(self) -> dict[str, Any]:
        """Return how the methods for such messages are told which."""
        return {
            "chat_id": self.chat_id,
            "receiver_user_id": self.person,
            "ephemeral_message_id": self.number,
        }


def rich_message_of(message: Message) -> Mapping[str, Any] | None:
    """Return the rich message, with its ``blocks``, that *message* is; ``None`` if it is none."""
    rich = message.api_kwargs.get("rich_message")
    return rich if isinstance(rich, Mapping) else None


def ephemeral_id_of(message: Message) -> int:
    """Return the number of an ephemeral message, whose ``message_id`` is 0; 0 if it is none."""
    number = message.api_kwargs.get("ephemeral_message_id")
    return number if type(number) is int else 0


def ephemeral_of(message: Message) -> EphemeralMessage | None:
    """Return which ephemeral message *message*, one of the bot's, is; ``None`` if it is none."""
    receiver = message.api_kwargs.get("receiver_user")
    person = receiver.get("id") if isinstance(receiver, Mapping) else None
    number = ephemeral_id_of(message)
    if not number or type(person) is not int:
        return None
    return EphemeralMessage(message.chat.id, person, number)


def ephemeral_command(name: str, description: str) -> BotCommand:
    """Return a command that, sent from the menu, only its sender and the bot see."""
    return BotCommand(name, description, api_kwargs={"is_ephemeral": True})


def is_ephemeral_command(command: BotCommand) -> bool:
    """Return whether Telegram keeps *command* as an ephemeral one."""
    return command.api_kwargs.get("is_ephemeral") is True


async def send_ephemeral(
    bot: Bot,
    chat_id: int,
    html: str,
    keyboard: InlineKeyboardMarkup | None,
    only_for: Ephemeral,
    *,
    beneath: int = 0,
    thread_id: int | None = None,
) -> Message:
    """Send *html* to one person in a group, *beneath* a message that everybody sees, if any.

    A server older than 10.2 knows nothing of it and shows it to everybody: then the message that is
    returned has no :func:`ephemeral_id_of`.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    parameters: dict[str, Any] = {"receiver_user_id": only_for.person}
    if only_for.press:
        parameters["callback_query_id"] = only_for.press
    more: dict[str, Any] = {"ephemeral_message_parameters": parameters}
    if only_for.beneath:
        more["reply_parameters"] = {"ephemeral_message_id": only_for.beneath}
    elif beneath:
        more["reply_parameters"] = {"message_id": beneath, "allow_sending_without_reply": True}
    return await bot.send_message(
        chat_id, html, reply_markup=keyboard, message_thread_id=thread_id, api_kwargs=more
    )


async def edit_ephemeral(
    bot: Bot,
    which: EphemeralMessage,
    text: str,
    keyboard: InlineKeyboardMarkup | None,
    entities: Sequence[MessageEntity] | None = None,
) -> None:
    """Make an ephemeral message of the bot's say *text*: HTML, unless there are *entities*.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    more: dict[str, Any] = {**_TEXT, **which.parameters(), "text": text}
    if entities is not None:
        del more["parse_mode"]
        more["entities"] = [one.to_dict() for one in entities]
    if keyboard:
        more["reply_markup"] = keyboard.to_dict()
    await bot.do_api_request("editEphemeralMessageText", api_kwargs=more)


async def delete_ephemeral(bot: Bot, which: EphemeralMessage) -> None:
    """Take back an ephemeral message of the bot's.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    await bot.do_api_request("deleteEphemeralMessage", api_kwargs=which.parameters())


async def edit_rich(
    bot: Bot,
    chat_id: int,
    message_id: int,
    html: str,
    keyboard: InlineKeyboardMarkup | None,
    *,
    is_rtl: bool = False,
) -> None:
    """Make a message of the bot's the rich message *html*, without links that we did not set.

    Raises:
        TelegramError: it was refused, as by a server older than 10.1, or Telegram could not be
            reached.
    """
    rich: dict[str, Any] = {"html": html, "skip_entity_detection": True}
    if is_rtl:
        rich["is_rtl"] = True
    await bot.edit_message_text(
        None,  # type: ignore[arg-type]  # the rich message stands in its place
        chat_id,
        message_id,
        reply_markup=keyboard,
        api_kwargs={"rich_message": rich},
    )


async def bot_settings(bot: Bot) -> Mapping[str, Any]:
    """Return what ``getMe`` tells of the bot, with the fields that the library does not know.

    Raises:
        TelegramError: Telegram could not be reached.
    """
    me = await bot.get_me()
    return {**me.to_dict(recursive=False), **me.api_kwargs}


async def set_bot_settings(bot: Bot, settings: Mapping[str, Any]) -> None:
    """Set those *settings* of the bot that are named; the others stay (``setMySettings``).

    Raises:
        TelegramError: it was refused; ``EndPointNotFound`` by a server older than 10.5.
    """
    await bot.do_api_request("setMySettings", api_kwargs=dict(settings))
