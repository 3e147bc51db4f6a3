"""Polls, checklists, rich messages and whatever else people send that is neither text nor file."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Message
from telegram_standin import (
    Entity,
    TelegramStandIn,
    checklist,
    contact,
    dice,
    game,
    location,
    paid_media,
    poll,
    rich,
    story,
    unheard_of,
)
from telegram_standin.media import Media

PARAGRAPH = {"type": "paragraph", "text": ["When does the ", {"type": "bold", "text": "harbour"}]}


async def last_message(bot: Bot) -> Message:
    """Return the message of the last update."""
    message = (await bot.get_updates())[-1].effective_message
    assert message is not None
    return message


def every_content(telegram: TelegramStandIn) -> list[Media]:
    """Return one of each kind."""
    return [
        poll("Does the harbour open in March?", ["Yes", "No", "Later"]),
        checklist("Before the harbour opens", ["Paint the crane", "Light the buoys"]),
        game("Harbour Master"),
        contact("Badr"),
        story(telegram.channel("Press")),
        paid_media(),
        location(),
        dice(),
    ]


async def test_each_kind_arrives_as_what_it_is_and_may_be_replied_to(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """The library parses it, in the message itself and in `reply_to_message`."""
    group, amina, badr = telegram.group("Newsroom"), telegram.user("Amina"), telegram.user("Badr")
    for content in every_content(telegram):
        shown = telegram.send(group, badr, content)
        message = await last_message(bot)
        assert getattr(message, content.kind), content
        assert (message.text, message.caption, message.api_kwargs) == (None, None, {}), content
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=shown)
        beneath = (await last_message(bot)).reply_to_message
        assert beneath == message
        assert getattr(beneath, content.kind) == getattr(message, content.kind)


async def test_what_can_be_read_of_it_stands_in_the_transcript(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    group, badr = telegram.group("Newsroom"), telegram.user("Badr")
    telegram.send(group, badr, poll("Does the harbour open?"))
    telegram.send(group, badr, paid_media(), caption="The harbour, from above")
    telegram.send(group, badr, rich(["One", PARAGRAPH]))
    assert telegram.transcript() == "\n".join(
        [
            "— Newsroom —",
            "#1 Badr: [poll] Does the harbour open?",
            "#2 Badr: [paid_media] The harbour, from above",
            "#3 Badr: [rich_message] One",
            "    When does the harbour",
        ]
    )
    message = await last_message(bot)
    assert message.chat.title == "Newsroom"


async def test_a_rich_message_has_blocks_and_neither_text_nor_entities(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(amina := telegram.user("Amina"))
    telegram.send(private, amina, rich([PARAGRAPH, {"type": "divider"}]))
    message = await last_message(bot)
    assert message.api_kwargs["rich_message"] == {"blocks": [PARAGRAPH, {"type": "divider"}]}
    assert (message.text, message.caption, message.entities) == (None, None, ())


async def test_mentions_and_commands_in_a_rich_message_are_found(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Unless a test says that they are not; privacy mode sees the command."""
    group, amina = telegram.group("Newsroom"), telegram.user("Amina")
    telegram.send(group, amina, rich(["/ask @OnRecordBot 😀 the harbour"]))
    blocks = (await last_message(bot)).api_kwargs["rich_message"]["blocks"]
    assert blocks[0]["text"] == [
        {"type": "bot_command", "text": "/ask", "bot_command": "/ask"},
        " ",
        {"type": "mention", "text": "@OnRecordBot", "username": "OnRecordBot"},
        " 😀 the harbour",
    ]
    telegram.send(group, amina, rich(["/ask"], found=False))
    assert (await last_message(bot)).api_kwargs["rich_message"]["blocks"][0]["text"] == "/ask"
    async with TelegramStandIn(privacy=True) as private_one:
        group, amina = private_one.group("Newsroom"), private_one.user("Amina")
        private_one.send(group, amina, rich(["the harbour"]))
        private_one.send(group, amina, rich(["/ask the harbour"]))
        async with Bot(private_one.token, base_url=private_one.base_url) as connected:
            (update,) = await connected.get_updates()
        assert update.message is not None
        assert update.message.message_id == 2


async def test_a_rich_message_is_edited_and_may_become_a_text(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(amina := telegram.user("Amina"))
    sent = telegram.send(private, amina, rich(["One"]))
    telegram.edit(sent, content=rich(["Two"]))
    telegram.edit(sent, "Three")
    first, second, third = [update.effective_message for update in await bot.get_updates()]
    assert first and second and third
    assert first.api_kwargs["rich_message"]["blocks"][0]["text"] == "One"
    assert second.edit_date
    assert second.api_kwargs["rich_message"]["blocks"][0]["text"] == "Two"
    assert (third.text, third.api_kwargs) == ("Three", {})


async def test_a_channels_rich_post_is_forwarded_to_its_discussion_and_so_are_its_edits(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    channel, group = telegram.channel("Press"), telegram.group("Press discussion")
    telegram.link(channel, group)
    post = telegram.send(channel, channel, rich(["The harbour opens."]))
    in_channel, in_group = await bot.get_updates()
    assert in_channel.channel_post is not None
    assert in_group.message is not None
    assert in_group.message.is_automatic_forward
    assert in_group.message.api_kwargs["rich_message"] == {
        "blocks": [{"type": "paragraph", "text": "The harbour opens."}]
    }
    telegram.edit(post, content=rich(["The harbour closes."]))
    *_, edited_post, edited_forward = await bot.get_updates()
    assert edited_post.edited_channel_post is not None
    assert edited_forward.edited_message is not None
    assert telegram.forwarded(post).words == "The harbour closes."


async def test_an_album_is_several_messages_of_one_group(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Only the first has the caption, and each may be replied to."""
    group, amina, badr = telegram.group("Newsroom"), telegram.user("Amina"), telegram.user("Badr")
    _, second = telegram.send_album(group, badr, "The harbour", kinds=("photo", "video"))
    telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=second)
    shown = [update.effective_message for update in await bot.get_updates()]
    assert [message and message.caption for message in shown] == ["The harbour", None, None]
    assert shown[0] and shown[1] and shown[2]
    assert shown[0].media_group_id == shown[1].media_group_id is not None
    assert shown[2].reply_to_message is not None
    assert shown[2].reply_to_message.media_group_id == shown[0].media_group_id
    with pytest.raises(ValueError, match="not of 1"):
        telegram.send_album(group, badr, kinds=("photo",))


async def test_a_person_makes_words_bold(telegram: TelegramStandIn, bot: Bot) -> None:
    """The marks move with the text as Telegram trims it, beside what Telegram finds."""
    private = telegram.private_chat(amina := telegram.user("Amina"))
    telegram.say(private, amina, " /ask harbour", entities=[Entity("bold", 6, 7)])
    message = await last_message(bot)
    assert [(one.type, one.offset, one.length) for one in message.entities] == [
        ("bot_command", 0, 4),
        ("bold", 5, 7),
    ]


@pytest.mark.parametrize("place", range(8))
async def test_a_reply_to_another_chat_tells_of_what_is_there(
    telegram: TelegramStandIn, bot: Bot, place: int
) -> None:
    """As `external_reply`, with no `reply_to_message`; of a private chat no more than who wrote."""
    elsewhere, group = telegram.group("Elsewhere"), telegram.group("Newsroom")
    amina, badr = telegram.user("Amina"), telegram.user("Badr")
    content = every_content(telegram)[place]
    shown = telegram.send(elsewhere, badr, content)
    telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=shown)
    message = await last_message(bot)
    assert message.reply_to_message is None
    assert message.external_reply is not None
    assert message.external_reply.chat is not None
    assert message.external_reply.chat.title == "Elsewhere"
    assert message.external_reply.message_id == shown.message_id
    assert getattr(message.external_reply, content.kind)
    assert telegram.transcript(group).endswith(
        "#1 Amina (to #1 in Elsewhere): @OnRecordBot is this true?"
    )


async def test_the_words_of_another_chat_are_seen_only_where_they_are_quoted(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina, badr = telegram.user("Amina"), telegram.user("Badr")
    private, group = telegram.private_chat(badr), telegram.group("Newsroom")
    said = telegram.say(private, badr, "The harbour opens in March.")
    telegram.say(group, amina, "/ask", reply_to=said, quote="in March")
    message = await last_message(bot)
    assert message.external_reply is not None
    assert message.external_reply.to_dict().keys() == {"origin"}
    assert message.quote is not None
    assert (message.quote.text, message.quote.position) == ("in March", 18)
    rich_one = telegram.send(group, badr, rich(["The harbour opens in March."]))
    telegram.say(private, badr, "really?", reply_to=rich_one)
    message = await last_message(bot)
    assert message.external_reply is not None
    assert set(message.external_reply.to_dict()) == {"origin", "chat", "message_id"}


async def test_a_message_sent_through_another_bot_says_so(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(amina := telegram.user("Amina"))
    pictures = telegram.user("Pictures", username="PicturesBot", is_bot=True)
    telegram.say(private, amina, "harbour", via=pictures)
    message = await last_message(bot)
    assert message.via_bot is not None
    assert message.via_bot.username == "PicturesBot"
    assert telegram.transcript().endswith("#1 Amina (via @PicturesBot): harbour")


@pytest.mark.parametrize(
    "fields",
    [
        {"boost_added": {"boost_count": 2}},
        {
            "successful_payment": {
                "currency": "XTR",
                "total_amount": 5,
                "invoice_payload": "x",
                "telegram_payment_charge_id": "1",
                "provider_payment_charge_id": "2",
            }
        },
        {"community_chat_added": {"community": {"id": 5}}},
        {"something_of_next_year": {"a": [1]}},
    ],
)
async def test_any_service_message_comes_through(
    telegram: TelegramStandIn, bot: Bot, fields: dict[str, Any]
) -> None:
    """In private, in groups and in channels, with its fields and no words."""
    amina = telegram.user("Amina")
    for chat in (telegram.private_chat(amina), telegram.group("Newsroom"), telegram.channel("P")):
        telegram.report(chat, chat if chat.is_channel else amina, fields)
        message = await last_message(bot)
        assert (message.text, message.caption) == (None, None)
        told = {**message.to_dict(), **message.api_kwargs}
        assert set(fields) <= set(told)


async def test_content_and_updates_that_no_library_knows_come_through(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(amina := telegram.user("Amina"))
    telegram.send(private, amina, unheard_of("hologram", {"depth": 3}))
    telegram.queue_raw({"subscription": {"user": amina.to_json(), "state": "active"}})
    first, second = await bot.get_updates()
    assert first.message is not None
    assert first.message.api_kwargs["hologram"] == {"depth": 3}
    assert second.api_kwargs["subscription"]["state"] == "active"


async def test_a_private_chat_has_topics_where_the_bot_has_switched_them_on() -> None:
    """Their messages show no opening as what they reply to; the bot answers into them."""
    async with TelegramStandIn(private_topics=True) as telegram:
        private = telegram.private_chat(amina := telegram.user("Amina"))
        topic = telegram.topic(private, "Harbour")
        telegram.say(private, amina, "When does it open?", topic=topic)
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            message = await last_message(bot)
            assert (message.message_thread_id, message.is_topic_message) == (topic.thread_id, True)
            assert message.reply_to_message is None
            sent = await bot.send_message(private.id, "In March.", message_thread_id=1)
            assert sent.message_thread_id == topic.thread_id
            assert (await bot.get_me()).has_topics_enabled
    with pytest.raises(ValueError, match="private_topics=True"):
        (other := TelegramStandIn()).topic(other.private_chat(other.user("Amina")), "Harbour")
