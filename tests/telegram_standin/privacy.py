"""Decides which messages reach the bot: by its standing in the chat and by privacy mode."""

from __future__ import annotations

from telegram_standin.messages import Message
from telegram_standin.world import World


def tell_message(world: World, kind: str, message: Message) -> None:
    """Queue the update a message brings the bot, if it brings one; `kind` is the update's."""
    if world.standing(message.chat, world.bot.id) in ("left", "kicked"):
        return
    if world.privacy and not _is_meant_for_bot(world, message):
        world.transcript.note(message.chat, "(privacy mode keeps this from the bot)", message.topic)
        return
    world.tell_bot(kind, message.to_json(), message.chat)


def _is_meant_for_bot(world: World, message: Message) -> bool:
    # core.telegram.org/bots/features#privacy-mode; an unaddressed command counts as meant
    # for the bot, which is so wherever it is the only bot.
    chat = message.chat
    if message.service or message.ephemeral or chat.kind in ("private", "channel"):
        return True
    if world.standing(chat, world.bot.id) == "administrator":
        return True
    if world.bot == message.via_bot:
        return True
    if message.reply_to and message.reply_to.sender == world.bot:
        return True
    addressees = (command.partition("@")[2] for command in message.marked("bot_command"))
    return any(name.lower() in ("", str(world.bot.username).lower()) for name in addressees)
