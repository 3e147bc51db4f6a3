"""Where people talk to a channel, the bot answers each in their topic, with no button to share."""

from __future__ import annotations

from bot.i18n.strings import strings_of

SAY = strings_of()
FERRIES = "Ferries to the harbour"


async def test_a_question_to_a_channel_is_answered_in_its_topic_without_share(
    telegram, running, index
):
    reference = index.paragraph("harbour", 2).citation.reference
    async with running():
        amina = telegram.user("Amina")
        chat = telegram.direct_messages(telegram.channel("Port news"))
        for text, words in (("/ask When do ferries sail?", FERRIES), (f"/ref {reference}", "quay")):
            telegram.say(chat, amina, text)
            reply = await telegram.reply(chat)
            assert words in reply.text
            assert SAY.button_share not in str(reply.buttons)
            assert SAY.button_cite in str(reply.buttons)
            assert telegram.calls_of("sendMessage")[-1].parameters["direct_messages_topic_id"]
            telegram.press(amina, reply, SAY.button_context if "ask" in text else SAY.button_cite)
            await telegram.edited(reply)
        telegram.say(chat, amina, "/ask who won the cricket cup?")
        assert SAY.nothing_short.split("{")[0] in (await telegram.reply(chat)).text
        telegram.say(chat, amina, "Good morning to the desk")
        await telegram.quiet(chat)


async def test_what_is_asked_beneath_a_quote_there_is_answered(telegram, running):
    """The bot's message stands there in the channel's name, as those of its editors do."""
    async with running():
        amina = telegram.user("Amina")
        channel = telegram.channel("Port news")
        chat = telegram.direct_messages(channel)
        telegram.say(chat, amina, "/ask When do ferries sail?")
        reply = await telegram.reply(chat)
        telegram.say(chat, amina, "who said that?", reply_to=reply)
        assert "Nadia Rahman" in (await telegram.reply(chat)).text
        editor = telegram.say(chat, channel, "We will call you back.", reply_to=reply)
        telegram.say(chat, amina, "who will call?", reply_to=editor)
        await telegram.quiet(chat)
