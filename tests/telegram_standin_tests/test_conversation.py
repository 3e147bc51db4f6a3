"""Conversations of people with a real python-telegram-bot Application that polls the stand-in."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import InvalidToken
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram_standin import Flood, TelegramStandIn, Unauthorized

_NEXT = InlineKeyboardMarkup([[InlineKeyboardButton("Next ›", callback_data="next")]])


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_html(f"<b>{message.text_html}</b>", do_quote=True, reply_markup=_NEXT)


async def _turn(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Turned")
    await query.edit_message_text("The next page")


@contextlib.asynccontextmanager
async def echoing(telegram: TelegramStandIn) -> AsyncIterator[Application]:  # type: ignore[type-arg]
    """Run an Application that echoes every text in bold and turns the page when asked."""
    application = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.Regex("^hush"), _echo))
    application.add_handler(CallbackQueryHandler(_turn))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0, timeout=5)
        await application.start()
        try:
            yield application
        finally:
            # Stopping repeats the error that ended the polling, or meets the unreadable update.
            with contextlib.suppress(InvalidToken, KeyError):
                await application.updater.stop()
            await application.stop()


async def test_a_conversation_reads_like_one() -> None:
    """The transcript is the conversation, word for word and in order."""
    async with TelegramStandIn() as telegram, echoing(telegram):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        group = telegram.group("Newsroom")
        question = telegram.say(private, amina, "What about Gwadar?")
        reply = await telegram.reply(private)
        assert (reply.text, reply.html) == ("What about Gwadar?", "<b>What about Gwadar?</b>")
        assert (reply.reply_to, reply.buttons) == (question, [["Next ›"]])

        press = telegram.press(amina, reply, "Next")
        assert (await telegram.edited(reply)).text == "The next page"
        assert (await press.answered())["text"] == "Turned"

        telegram.say(group, amina, "hush\nnow")
        await telegram.quiet(group, seconds=0.1)
        await telegram.quiet(private, seconds=0)
        assert telegram.transcript() == "\n".join(
            [
                "— Amina in private —",
                "#1 Amina: What about Gwadar?",
                "#2 OnRecordBot (to #1): What about Gwadar?",
                "    [Next ›]",
                "Amina presses [Next ›] on #2",
                "OnRecordBot answers the press: Turned",
                "#2 OnRecordBot edits: The next page",
                "— Newsroom —",
                "#1 Amina: hush",
                "    now",
            ]
        )


async def test_every_place_and_every_edit_reaches_the_bot() -> None:
    async with TelegramStandIn() as telegram, echoing(telegram):
        bilal = telegram.user("Bilal")
        group, channel = telegram.group("Newsroom"), telegram.channel("Press")
        for sender in (bilal, group, channel):
            telegram.say(group, sender, f"from {sender}")
            assert (await telegram.reply(group)).text == f"from {sender}"
        post = telegram.post(channel, "A statement")
        assert (await telegram.reply(channel)).reply_to == post
        telegram.edit(post, "A corrected statement")
        assert (await telegram.reply(channel)).text == "A corrected statement"


async def test_noise_is_no_quiet_and_silence_is_no_reply() -> None:
    """Both failures show the conversation that led to them."""
    async with TelegramStandIn() as telegram, echoing(telegram):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "Hello")
        with pytest.raises(AssertionError, match="was not quiet\n\nThe conversation so far:\n—"):
            await telegram.quiet(private)
        await telegram.reply(private)
        with pytest.raises(AssertionError, match=r"sent nothing to Amina(?s:.*)#1 Amina: Hello"):
            await telegram.reply(private, timeout=0.05)


async def test_nobody_confirms_without_a_bot() -> None:
    async with TelegramStandIn() as telegram:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "Hello")
        with pytest.raises(AssertionError, match=r"did not confirm(?s:.*)by the bot: message"):
            await telegram.quiet(private, timeout=0.05)


async def test_privacy_mode_lets_only_commands_and_replies_through() -> None:
    async with TelegramStandIn(privacy=True) as telegram, echoing(telegram):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "chatter")
        telegram.say(group, amina, "/ask@OtherBot chatter")
        await telegram.quiet(group, seconds=0.1)
        telegram.say(group, amina, "/ask@onrecordbot why")
        reply = await telegram.reply(group)
        telegram.say(group, amina, "and this?", reply_to=reply)
        assert (await telegram.reply(group)).text == "and this?"


# The library warns that retry_after will become a timedelta.
@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_a_flood_in_the_middle_of_polling_is_survived() -> None:
    async with TelegramStandIn() as telegram, echoing(telegram):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("getUpdates", Flood(retry_after=1))
        telegram.say(private, amina, "Hello")
        await telegram.reply(private)
        telegram.say(private, amina, "Still there?")
        assert (await telegram.reply(private)).text == "Still there?"


async def test_one_unauthorized_answer_ends_the_polling_as_with_telegram() -> None:
    """The library gives up for good while its updater claims to run."""
    async with TelegramStandIn() as telegram, echoing(telegram) as application:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("getUpdates", Unauthorized())
        telegram.say(private, amina, "Hello")
        with pytest.raises(AssertionError, match="did not confirm its updates"):
            await telegram.quiet(private, timeout=0.5)
        assert application.updater is not None
        assert application.updater.running


async def test_an_unreadable_update_is_asked_for_again_and_again() -> None:
    """And nothing behind it is ever handled."""
    async with TelegramStandIn() as telegram, echoing(telegram):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.queue_raw({"message": {"message_id": 1, "chat": private.to_json()}})
        telegram.say(private, amina, "Hello")
        with pytest.raises(AssertionError, match="the bot sent nothing"):
            await telegram.reply(private, timeout=0.5)
        assert len(telegram.calls_of("getUpdates")) > 10
