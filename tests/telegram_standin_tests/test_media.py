"""Media people send, captions, and the part of a message a reply quotes."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram_standin import TelegramStandIn

KINDS = ["photo", "document", "voice", "audio", "video", "animation"]
WORDLESS = ["video_note", "sticker"]


@pytest.mark.parametrize("kind", KINDS + WORDLESS)
async def test_every_kind_is_parsed_as_what_it_is(
    telegram: TelegramStandIn, bot: Bot, kind: str
) -> None:
    amina = telegram.user("Amina")
    caption = "" if kind in WORDLESS else "/ask harbour"
    shown = telegram.show(telegram.private_chat(amina), amina, caption, kind=kind)
    (update,) = await bot.get_updates()
    message = update.message
    assert message is not None
    assert message.effective_attachment
    assert getattr(message, kind)
    assert message.text is None
    assert (message.caption or "") == caption == shown.text
    if caption:
        assert message.parse_caption_entities() == {message.caption_entities[0]: "/ask"}


async def test_media_is_replied_to_and_its_caption_edited(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    photo = telegram.show(private, amina, "The harbour\nin March")
    sent = await bot.send_message(private.id, "Yes.", reply_to_message_id=photo.message_id)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.caption == "The harbour\nin March"
    telegram.edit(photo, "")
    telegram.say(private, amina, "And?", reply_to=photo)
    *_, edited, reply = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.caption is None
    assert edited.edited_message.photo
    assert reply.message is not None
    assert reply.message.reply_to_message is not None
    assert telegram.transcript() == "\n".join(
        [
            "— Amina in private —",
            "#1 Amina: [photo] The harbour",
            "    in March",
            "#2 OnRecordBot (to #1): Yes.",
            "#1 Amina edits: [photo]",
            "#3 Amina (to #1): And?",
        ]
    )


async def test_privacy_mode_reads_captions_too() -> None:
    async with TelegramStandIn(privacy=True) as telegram:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        telegram.show(group, amina, "look at this")
        telegram.show(group, amina, "/ask harbour", kind="document")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.caption == "/ask harbour"


async def test_a_channel_shows_media_which_is_forwarded(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    channel, group = telegram.channel("Press"), telegram.group("Press discussion")
    telegram.link(channel, group)
    post = telegram.show(channel, channel, "The harbour")
    in_channel, in_group = await bot.get_updates()
    assert in_channel.channel_post is not None
    assert in_group.message is not None
    assert in_channel.channel_post.caption == in_group.message.caption == "The harbour"
    assert in_group.message.photo == in_channel.channel_post.photo
    assert telegram.forwarded(post).text == "The harbour"


async def test_a_person_quotes_a_part_of_what_he_replies_to(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """The position counts UTF-16 code units."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    first = telegram.say(private, amina, "😀 What about Gwadar?")
    telegram.say(private, amina, "/ask", reply_to=first, quote="Gwadar")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.quote is not None
    quote = message.quote
    assert (quote.text, quote.position, quote.is_manual) == ("Gwadar", 14, True)
    assert telegram.transcript().endswith("#2 Amina (to #1, “Gwadar”): /ask")
    with pytest.raises(ValueError, match="no 'Lahore' to quote"):
        telegram.say(private, amina, "/ask", reply_to=first, quote="Lahore")
    with pytest.raises(ValueError, match="no 'Gwadar' to quote"):
        telegram.say(private, amina, "/ask", quote="Gwadar")


def test_what_nobody_can_show_is_refused() -> None:
    telegram = TelegramStandIn()
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    with pytest.raises(ValueError, match="'hologram' cannot be shown; what can: photo"):
        telegram.show(private, amina, kind="hologram")
    with pytest.raises(ValueError, match="a sticker takes no caption"):
        telegram.show(private, amina, "look", kind="sticker")
    with pytest.raises(ValueError, match="1025 characters"):
        telegram.show(private, amina, "x" * 1025)
    with pytest.raises(ValueError, match="only the channel does"):
        telegram.show(telegram.channel("Press"), amina)
