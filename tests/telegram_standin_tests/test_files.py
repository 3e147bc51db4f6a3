"""Files that people send and the bot fetches, files that the bot sends, and messages that ask."""

from __future__ import annotations

import pytest
from telegram import Bot, ForceReply, MessageOriginChannel
from telegram import File as ReceivedFile
from telegram.error import BadRequest, InvalidToken
from telegram_standin import File, TelegramStandIn


@pytest.fixture
async def fetching(telegram: TelegramStandIn):
    files = telegram.base_url.replace("/bot", "/file/bot")
    async with Bot(telegram.token, base_url=telegram.base_url, base_file_url=files) as connected:
        yield connected


async def test_a_document_is_fetched_as_it_was_sent(telegram, fetching):
    amina = telegram.user("Amina")
    telegram.show(
        telegram.private_chat(amina), amina, "/add", file=File("a.txt", b"Words.", "text/plain")
    )
    (update,) = await fetching.get_updates()
    document = update.message.document
    assert (document.file_name, document.mime_type, document.file_size) == (
        "a.txt",
        "text/plain",
        6,
    )
    found = await document.get_file()
    assert bytes(await found.download_as_bytearray()) == b"Words."


async def test_a_file_of_more_than_20_megabytes_is_not_given(telegram, fetching):
    amina = telegram.user("Amina")
    telegram.show(telegram.private_chat(amina), amina, file=File("a", b"x", size=20_000_001))
    (update,) = await fetching.get_updates()
    with pytest.raises(BadRequest, match="too big"):
        await update.message.document.get_file()
    with pytest.raises(BadRequest, match="file_id"):
        await fetching.get_file("file-99")


async def test_a_file_is_given_only_to_who_has_the_token(telegram):
    amina = telegram.user("Amina")
    telegram.show(telegram.private_chat(amina), amina, file=File("a.txt", b"Words."))
    other = "1234567:AA" + "x" * 33
    files = telegram.base_url.replace("/bot", "/file/bot")
    async with Bot(telegram.token, base_url=telegram.base_url, base_file_url=files) as bot:
        (update,) = await bot.get_updates()
        found = await update.message.document.get_file()
        address = found.file_path.replace(telegram.token, other)
        elsewhere = ReceivedFile(found.file_id, found.file_unique_id, file_path=address)
        elsewhere.set_bot(bot)
        with pytest.raises(InvalidToken):
            await elsewhere.download_as_bytearray()


async def test_a_file_of_the_bot_can_be_read(telegram, bot):
    private = telegram.private_chat(telegram.user("Amina"))
    await bot.send_document(private.id, b"Words.", caption="Here", filename="a.txt")
    sent = await telegram.reply(private)
    assert sent.text == "Here"
    assert (telegram.file_in(sent).name, telegram.file_in(sent).content) == ("a.txt", b"Words.")
    with pytest.raises(BadRequest, match="non-empty"):
        await bot.send_document(private.id, b"", filename="a.txt")


async def test_a_message_may_ask_for_a_reply(telegram, bot):
    private = telegram.private_chat(telegram.user("Amina"))
    await bot.send_message(private.id, "Title?", reply_markup=ForceReply())
    assert (await telegram.reply(private)).asks_reply
    with pytest.raises(BadRequest):
        await bot.send_message(
            private.id, "Title?", reply_markup=ForceReply(input_field_placeholder="x" * 65)
        )


async def test_what_is_forwarded_tells_where_it_is_from(telegram, bot):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    channel = telegram.channel("Gazette", username="gazette")
    telegram.forward(private, amina, telegram.post(channel, "Words."))
    *_, update = await bot.get_updates()
    origin = update.message.forward_origin
    assert isinstance(origin, MessageOriginChannel)
    assert (origin.chat.username, update.message.text) == ("gazette", "Words.")
