"""The real bot among people: groups, topics, channels and what is said beneath their posts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_statements import statement
from patience import until
from telegram_standin import Drop, Flood, Message, Moved, Refuse, Slow, TelegramStandIn

from bot.front.chat_slots import AT_WORK
from bot.i18n.strings import strings_of
from index import Index, Record

SAY = strings_of()
FERRIES, BOATS, TUNNEL = "Ferries to the harbour", "Fishing boats keep", "the tunnel survey"
ALREADY = SAY.quoted_already.format(where="")
DAY = 86_400


def link_in(message: Message) -> str:
    """Return the address that *message* leads to."""
    return message.html.split('href="', 1)[1].split('"', 1)[0]


async def test_ask_alone_in_reply_asks_what_the_message_says(telegram, running):
    """The answer stands beneath what it is about, not beneath the command."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.say(group, badr, "They said that fishing boats keep their berths.")
        telegram.say(group, amina, "/ask", reply_to=claim)
        reply = await telegram.reply(group)
        assert BOATS in reply.text
        assert reply.reply_to == claim
        claim = telegram.show(group, badr, "The ferries to the island", kind="photo")
        telegram.say(group, amina, "@OnRecordBot?", reply_to=claim)
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, amina, "/ask tunnel survey", reply_to=claim)
        assert TUNNEL in (await telegram.reply(group)).text
        await telegram.quiet(group)


async def test_the_part_that_a_person_chose_is_asked_and_quoted_in_the_reply(telegram, running):
    """Its buttons find it again there, however long it is."""
    part = "would you be so kind as to tell me something about the harbour, please?"
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.say(group, badr, f"The ferries are late. {part}")
        telegram.say(group, amina, "/ask", reply_to=claim, quote=part)
        reply = await telegram.reply(group)
        assert reply.reply_to == claim
        assert reply.quote is not None
        assert reply.quote.text == part
        telegram.press(amina, reply, "1 of")
        second = await telegram.edited(reply)
        telegram.say(group, amina, f"/ask {part}")
        typed = await telegram.reply(group)
        assert typed.text == reply.text
        telegram.press(amina, typed, "1 of")
        assert (await telegram.edited(typed)).text == second.text


async def test_a_quote_that_is_not_in_the_message_any_more_does_not_keep_the_answer(
    telegram, running
):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.say(group, badr, "The ferries are late.")
        telegram.fail("sendMessage", Refuse(400, "Bad Request: QUOTE_TEXT_INVALID"))
        telegram.say(group, amina, "/ask", reply_to=claim, quote="ferries")
        reply = await telegram.reply(group)
        assert FERRIES in reply.text
        assert reply.reply_to == claim
        await telegram.quiet(group)


@pytest.mark.parametrize("kind", ["sticker", "photo"])
async def test_ask_alone_where_there_is_nothing_to_ask_says_how(telegram, running, kind):
    """In reply to media without words, and to the bot itself."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask", reply_to=telegram.show(group, badr, kind=kind))
        how = await telegram.reply(group)
        assert "Write your question after the command" in how.text
        telegram.say(group, amina, "/ask", reply_to=how)
        assert (await telegram.reply(group)).text == how.text
        telegram.say(group, badr, "👍", reply_to=how)
        await telegram.quiet(group)


async def test_an_answer_stays_in_the_topic_of_its_question(telegram, running):
    """In General too, which is no topic; and a chain of replies is none either."""
    async with running():
        amina = telegram.user("Amina")
        forum = telegram.group("Newsroom", forum=True)
        ports = telegram.topic(forum, "Ports", amina)
        telegram.say(forum, amina, "/ask ferries", topic=ports)
        reply = await telegram.reply(forum)
        assert reply.topic == ports
        assert FERRIES in reply.text
        telegram.say(forum, amina, "/ask", topic=ports)
        how = await telegram.reply(forum)
        assert how.topic == ports
        assert "Write your question" in how.text
        said = telegram.say(forum, amina, "fishing boats")
        telegram.say(forum, amina, "/ask", reply_to=said)
        general = await telegram.reply(forum)
        assert general.topic is None
        telegram.say(forum, amina, "tunnel survey", reply_to=general)
        chained = await telegram.reply(forum)
        assert chained.topic is None
        assert TUNNEL in chained.text
        telegram.say(forum, amina, "/settings@OnRecordBot", topic=ports)
        assert (await telegram.reply(forum)).topic == ports


@pytest.mark.parametrize(
    ("founded", "address"),
    [
        ({}, "https://t.me/c/{number}/{message}"),
        ({"username": "newsroom"}, "https://t.me/newsroom/{message}"),
        ({"forum": True}, "https://t.me/c/{number}/{topic}/{message}"),
        ({"forum": True, "username": "newsroom"}, "https://t.me/newsroom/{topic}/{message}"),
    ],
    ids=["private", "public", "topic", "public topic"],
)
async def test_what_was_quoted_within_a_day_is_linked_to_and_not_repeated(
    telegram, running, founded, address
):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom", **founded)
        topic = telegram.topic(group, "Ports", amina) if founded.get("forum") else None
        telegram.say(group, amina, "/ask ferries to the island", topic=topic)
        first = await telegram.reply(group)
        telegram.say(group, badr, "/ask when do ferries sail to the harbour island?")
        second = await telegram.reply(group)
        assert second.text.startswith(ALREADY)
        assert "Remarks on harbour, 24 Feb 2025" in second.text
        assert first.marked("code") == second.marked("code"), "the reference"
        assert link_in(second) == address.format(
            number=str(group.id).removeprefix("-100"),
            topic=topic and topic.thread_id,
            message=first.message_id,
        )
        telegram.press(badr, second, SAY.button_again)
        assert (await telegram.edited(second)).text == first.text


async def test_words_that_are_not_on_record_are_never_said_to_be_quoted_already(telegram, running):
    """Whoever made them up would else be borne out."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries harbour")
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, amina, '/ask "ferries never sail to the harbour"')
        nearest = await telegram.reply(group)
        assert nearest.text.startswith(
            "Not found word for word: “ferries never sail to the harbour”. This is the nearest.\n"
        )
        telegram.say(group, amina, "/ask feries harbour")
        corrected = await telegram.reply(group)
    assert corrected.text.startswith("Showing results for ferries (not “feries”). " + ALREADY)


@pytest.mark.parametrize("quick", [20_000, 0])
async def test_banter_beneath_an_answer_is_left_alone(telegram, running, monkeypatch, quick):
    """What may be meant for the others is answered only if it asks, however large the record is."""
    monkeypatch.setattr("bot.answering.answers._QUICK_PARAGRAPHS", quick)
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries harbour")
        quote = await telegram.reply(group)
        for said in ("lol", "you are summer", "He never said that!", "really?", "thanks", "@Badr"):
            telegram.say(group, amina, said, reply_to=quote)
        await telegram.quiet(group)
        reference = quote.marked("code")[0].replace("-", "")
        for said in ("Boats?", "tunnel survey", "who won the chess?", reference):
            telegram.say(group, amina, said, reply_to=quote)
            assert (await telegram.reply(group)).text


async def test_what_was_answered_beneath_an_answer_is_answered_anew_when_it_is_edited(
    telegram, running
):
    """Else a quote about something else would stand beneath it."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries harbour")
        quote = await telegram.reply(group)
        unaddressed = telegram.say(group, amina, "coastal railway tunnel", reply_to=quote)
        answer = await telegram.reply(group)
        assert TUNNEL in answer.text
        for words, told in (("lol", "Nothing on record"), ("fishing boats keep", BOATS)):
            telegram.edit(unaddressed, words)
            assert told in (await telegram.edited(answer)).text


async def test_where_a_quote_comes_from_is_not_told_by_a_link_to_it(telegram, running):
    """The paragraph is given again, whatever else in the quote looks like a reference."""
    made = [
        statement("oceans", ["Both welcomed the post-2015 agenda on oceans."]),
        statement("rail", ["The 2015 accord, signed in 2015, is about rail."]),
    ]
    async with running(on=Index(Record.of(made))):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask oceans agenda")
        quote = await telegram.reply(group)
        telegram.say(group, amina, "@OnRecordBot is that so?", reply_to=quote)
        assert "agenda on oceans" in (await telegram.reply(group)).text
        telegram.say(group, amina, "@OnRecordBot source?", reply_to=quote)
        cited = await telegram.reply(group)
        assert cited.text.startswith("Remarks on oceans, 1 Feb 2025 · paragraph 1 of 1 · ref ")
        assert cited.marked("code") == quote.marked("code")


async def test_group_talk_that_is_no_question_is_neither_answered_nor_kept(telegram, running):
    """A link has a question mark too; what is said in passing is not for the operator to read."""
    olga = telegram.user("Olga")
    async with running(admins=frozenset({olga.id})):
        group, private = telegram.group("Newsroom"), telegram.private_chat(olga)
        telegram.say(private, olga, "/misses on")
        await telegram.reply(private)
        telegram.say(group, olga, "/ask ferries harbour")
        quote = await telegram.reply(group)
        for said in ("https://news.example.com/story?id=7", "lol what?", "right?"):
            telegram.say(group, olga, said, reply_to=quote)
        await telegram.quiet(group)
        telegram.say(group, olga, "Shall we go for lunch at the pizzeria?", reply_to=quote)
        assert "Nothing on record" in (await telegram.reply(group)).text
        telegram.say(private, olga, "/misses")
        assert (await telegram.reply(private)).text == SAY.misses_none


async def test_is_this_true_asks_about_the_message_replied_to(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.say(group, badr, "They said that fishing boats keep their berths.")
        for said in ("/ask is this true?", "@OnRecordBot Really??"):
            telegram.say(group, amina, said, reply_to=claim)
            reply = await telegram.reply(group)
            assert "fishing boats" in reply.text.lower() or ALREADY in reply.text
            assert reply.reply_to == claim


async def test_a_citation_that_is_pasted_or_replied_to_brings_its_paragraph(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.say(private, amina, "ferries harbour")
        quote = await telegram.reply(private)
        sent = telegram.say(group, badr, quote.text)
        telegram.say(group, amina, "/ask", reply_to=sent)
        assert (await telegram.reply(group)).marked("code") == quote.marked("code")
        who, where, reference = quote.text.rsplit("\n", 3)[-3:]
        telegram.say(private, amina, " · ".join([who, where, reference]))
        assert (await telegram.reply(private)).marked("code") == quote.marked("code")


async def test_filters_that_leave_nothing_are_named(telegram, running):
    """The record is not said to be empty."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "from:nobody before:1990 ferries")
        told = await telegram.reply(private)
    assert told.text == "No statement on record matches from:nobody, before:1990."


@pytest.mark.parametrize(
    ("asked", "foreign"),
    [
        ("渡轮什么时候开？", True),
        ("کشتیاں کب چلتی ہیں؟", True),
        ("chess?", False),
        ("1999", False),
    ],
)
async def test_a_question_in_a_script_that_no_statement_is_in_is_told_so(
    telegram, running, asked, foreign
):
    async with running():
        amina = telegram.user("Amina")
        for chat in (telegram.private_chat(amina), telegram.group("Newsroom")):
            telegram.say(chat, amina, f"/ask {asked}")
            told = (await telegram.reply(chat)).text
            assert "4 statements" in told
            assert told.endswith(SAY.nothing_in_language) is foreign


async def test_after_a_day_a_quote_is_given_in_full_again(telegram, running):
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries")
        first = await telegram.reply(group)
        await telegram.quiet(group)
        telegram.clock.advance(DAY - 60)
        telegram.say(group, amina, "/ask ferries")
        assert ALREADY in (await telegram.reply(group)).text
        telegram.clock.advance(120)
        telegram.say(group, amina, "/ask ferries")
        assert (await telegram.reply(group)).text == first.text


async def test_a_button_takes_the_quote_along_that_is_linked_to(telegram, running):
    """The link leads where the quote stands now; and where none stands, there is no link."""
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries")
        first = await telegram.reply(group)
        for label in (SAY.button_context, SAY.button_before):
            telegram.press(amina, first, label)
            await telegram.edited(first)
        telegram.say(group, amina, "/ask fishing boats")
        linked = await telegram.reply(group)
        assert link_in(linked).endswith(f"/{first.message_id}")
        telegram.say(group, amina, "/ask ferries")
        second = await telegram.reply(group)
        assert FERRIES in second.text
        for label in (SAY.button_context, SAY.button_statement):
            telegram.press(amina, second, label)
            await telegram.edited(second)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


@pytest.mark.parametrize("where", ["basic group", "private"])
async def test_where_no_link_leads_and_where_one_is_alone_the_quote_is_repeated(
    telegram, running, where
):
    async with running():
        amina = telegram.user("Amina")
        basic = telegram.group("Newsroom", kind="group")
        chat = telegram.private_chat(amina) if where == "private" else basic
        telegram.say(chat, amina, "/ask ferries")
        first = await telegram.reply(chat)
        telegram.say(chat, amina, "/ask ferries")
        assert (await telegram.reply(chat)).text == first.text


async def test_what_one_chat_was_given_is_not_linked_to_from_another(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        for title in ("Newsroom", "Desk"):
            group = telegram.group(title)
            telegram.say(group, amina, "/ask ferries")
            assert FERRIES in (await telegram.reply(group)).text


async def test_a_given_quote_is_still_known_after_a_restart(telegram, running):
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    async with running():
        telegram.say(group, amina, "/ask ferries")
        await telegram.reply(group)
    async with running():
        telegram.say(group, amina, "/ask ferries")
        assert ALREADY in (await telegram.reply(group)).text


async def test_an_edited_question_edits_the_answer_and_what_is_remembered_of_it(telegram, running):
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        asked = telegram.say(group, amina, "/ask ferries")
        answer = await telegram.reply(group)
        telegram.edit(asked, "/ask the ferries")
        assert (await telegram.edited(answer)).text == answer.text
        telegram.edit(asked, "/ask fishing boats")
        assert BOATS in (await telegram.edited(answer)).text
        telegram.edit(asked, "/ask chess olympiad")
        assert "Nothing on record" in (await telegram.edited(answer)).text
        for words, expected in (("ferries", FERRIES), ("fishing boats", BOATS)):
            telegram.say(group, amina, f"/ask {words}")
            assert expected in (await telegram.reply(group)).text
        await telegram.quiet(group)


async def test_an_edit_that_asks_the_same_leaves_the_answer_where_a_reader_has_turned_it(
    telegram, running
):
    """Telegram also tells of an edit when it has found the preview of a link."""
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        asked = telegram.say(group, amina, "/ask ferries")
        answer = await telegram.reply(group)
        telegram.press(amina, answer, SAY.button_context)
        await telegram.edited(answer)
        telegram.edit(asked, "/ask   ferries")
        await telegram.quiet(group)


async def test_three_passages_come_at_once_where_a_chat_wants_them(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        telegram.say(group, amina, "/settings")
        settings = await telegram.reply(group)
        telegram.press(amina, settings, SAY.settings_button_three)
        await telegram.edited(settings)
        telegram.say(group, amina, "/ask coastal railway")
        several = await telegram.reply(group)
        assert len(several.marked("blockquote")) == 3
        assert several.text.count("6 Feb 2025 · joint text\nRemarks on railway") == 3
        telegram.say(group, amina, "/ask the coastal railway")
        linked = await telegram.reply(group)
        assert link_in(linked).endswith(f"/{several.message_id}")
        telegram.press(amina, linked, SAY.button_again)
        assert (await telegram.edited(linked)).text == several.text
        telegram.press(amina, linked, "2")
        assert len((await telegram.edited(linked)).marked("blockquote")) == 1


async def test_three_passages_are_shown_even_if_a_reply_leads_through_one(telegram, running):
    async with running(passages=1):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/settings")
        settings = await telegram.reply(private)
        telegram.press(amina, settings, SAY.settings_button_three)
        await telegram.edited(settings)
        telegram.say(private, amina, "coastal railway")
        several = await telegram.reply(private)
        assert len(several.marked("blockquote")) == 3
        telegram.press(amina, several, "3")
        third = await telegram.edited(several)
        assert third.text in several.text


async def test_an_anonymous_administrator_is_answered_and_another_bot_is_not(telegram, running):
    async with running():
        group = telegram.group("Newsroom")
        telegram.say(group, group, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        channel = telegram.channel("Press")
        telegram.say(group, channel, "/ask fishing boats")
        assert BOATS in (await telegram.reply(group)).text
        other = replace(telegram.user("Other"), is_bot=True, username="OtherBot")
        telegram.say(group, other, "/ask ferries")
        await telegram.quiet(group)


async def test_what_a_person_sends_through_the_bot_is_no_question(telegram, running):
    """In the chat with the bot too, a quote that was picked inline would be asked again."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        typing = telegram.type_inline(amina, "ferries", chat=private)
        telegram.choose(amina, typing, (await typing.answered()).results[0], private)
        await telegram.quiet(private)


async def test_a_channels_command_is_answered_there_and_not_once_more_in_its_discussion(
    telegram, running
):
    """Posts are forwarded into the group by themselves, the bot's own and every edit included."""
    async with running():
        amina = telegram.user("Amina")
        channel = telegram.channel("Press", administrators=[amina])
        group = telegram.group("Discussion")
        telegram.link(channel, group)
        asked = telegram.post(channel, "/ask ferries")
        reply = await telegram.reply(channel)
        assert FERRIES in reply.text
        assert "Share" not in str(reply.buttons), "refused in channels"
        for command in ("/help@OnRecordBot", "/ref", "/sources", "/settings@OnRecordBot"):
            telegram.post(channel, command)
            await telegram.reply(channel)
        telegram.edit(asked, "/ask fishing boats")
        assert BOATS in (await telegram.edited(reply)).text
        await telegram.quiet(group)


async def test_a_channels_question_is_answered_in_the_discussion_if_the_bot_is_only_there(
    telegram, running
):
    async with running():
        channel = telegram.channel("Press", joined=False)
        group = telegram.group("Discussion")
        telegram.link(channel, group)
        post = telegram.post(channel, "/ask ferries")
        reply = await telegram.reply(group)
        assert FERRIES in reply.text
        assert reply.reply_to == telegram.forwarded(post)
        telegram.post(channel, "Ferries are late, says @OnRecordBot")
        await telegram.quiet(group)


async def test_a_comment_asks_about_the_post_that_it_stands_beneath(telegram, running):
    async with running():
        badr = telegram.user("Badr")
        channel, group = telegram.channel("Press"), telegram.group("Discussion")
        telegram.link(channel, group)
        post = telegram.forwarded(telegram.post(channel, "Fishing boats keep their berths."))
        await telegram.quiet(group)
        telegram.comment(post, badr, "/ask")
        reply = await telegram.reply(group)
        assert BOATS in reply.text
        assert reply.reply_to == post
        telegram.comment(post, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_a_post_is_for_all_its_readers_whoever_presses(telegram, running):
    """Where many read, an answer stays in the language of the chat."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr", language_code="ur")
        channel, group = telegram.channel("Press"), telegram.group("Newsroom")
        telegram.post(channel, "/ask ferries")
        telegram.say(group, amina, "/ask ferries")
        for chat in (channel, group):
            reply = await telegram.reply(chat)
            telegram.press(badr, reply, SAY.button_context)
            assert "direct quote" in (await telegram.edited(reply)).text


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", kind="group", administrators=[amina])
        telegram.say(group, amina, "/settings")
        settings = await telegram.reply(group)
        telegram.press(amina, settings, SAY.settings_button_commands)
        await telegram.edited(settings)
        telegram.say(group, amina, "/ask ferries")
        await telegram.reply(group)
        supergroup = telegram.migrate(group, amina)
        telegram.say(supergroup, amina, "@OnRecordBot ferries")
        await telegram.quiet(supergroup)
        telegram.say(supergroup, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(supergroup)).text, "numbers are others there"


async def test_an_answer_on_its_way_while_the_group_moves_arrives_in_the_new_one(
    telegram: TelegramStandIn, running, caplog
):
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", kind="group")
    telegram.say(group, amina, "/ask ferries")
    supergroup = telegram.migrate(group, amina)
    async with running():
        assert FERRIES in (await telegram.reply(supergroup)).text
    assert "ERROR" not in caplog.text


async def test_in_the_new_group_too_an_answer_never_comes_twice(telegram: TelegramStandIn, running):
    """The refusal tells the group's new number; then the confirmation is lost."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", kind="group")
        supergroup = telegram.group("Newsroom")
        telegram.fail("sendMessage", Moved(supergroup.id))
        telegram.fail("sendMessage", Drop(after=True))
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(supergroup)).text
        await telegram.quiet(supergroup, seconds=1)


async def test_in_privacy_mode_a_command_in_reply_to_anybody_is_heard(telegram, running):
    """What the bot is told of the message replied to is enough to answer."""
    telegram._world.privacy = True
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.say(group, badr, "The ferries sail twice a day.")
        telegram.say(group, amina, "/ask", reply_to=claim)
        reply = await telegram.reply(group)
        assert FERRIES in reply.text
        telegram.say(group, badr, "and the fishing boats?", reply_to=reply)
        assert BOATS in (await telegram.reply(group)).text


async def test_everybody_in_a_busy_group_is_answered_and_nobody_else_waits_for_it(
    telegram, running
):
    """Whoever waits for the group's flood limit stands in line, and holds no place."""
    async with running(concurrency=2):
        people = [telegram.user(f"P{number}") for number in range(AT_WORK + 4)]
        amina = telegram.user("Amina")
        group, private = telegram.group("Newsroom"), telegram.private_chat(amina)
        telegram.fail("sendMessage", Flood(retry_after=1))
        asked = [telegram.say(group, one, "/ask ferries") for one in people]
        await until(lambda: telegram.calls_of("sendMessage"))
        telegram.say(private, amina, "fishing boats")
        assert BOATS in (await telegram.reply(private, timeout=0.9)).text
        replies = [await telegram.reply(group) for _ in asked]
        assert {reply.reply_to for reply in replies} == set(asked)
        await telegram.quiet(group)


@pytest.mark.parametrize("words", ["/ask ferries", "/ref harbour", "/sources", "/help@OnRecordBot"])
async def test_a_line_that_is_too_long_is_told_once_to_come_back(
    telegram, running, monkeypatch, words
):
    monkeypatch.setattr("bot.front.chat_slots.IN_LINE", 1)
    async with running(chat_limit=0, person_limit=0):
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        telegram.fail("sendMessage", Slow(1), times=AT_WORK)
        for _ in range(AT_WORK + 1 + 3):
            telegram.say(group, amina, words)
        texts = [(await telegram.reply(group)).text for _ in range(AT_WORK + 1 + 1)]
        assert texts.count(SAY.too_many) == 1
        await telegram.quiet(group)


async def test_a_question_as_long_and_strange_as_can_be_is_answered_once(telegram, running):
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        for words in ("ferries " * 500, "ferries\u200f\u202e\x00\x07 \ud7ff\u0301", "🚢" * 1000):
            telegram.say(group, amina, f"/ask {words}"[:4096])
            await telegram.reply(group)
        raw = telegram.say(group, amina, "talk").to_json()
        entities = [{"type": "mention", "offset": 1, "length": 99}]
        raw |= {"text": "🚢🚢 ferries", "entities": entities}
        telegram.queue_raw({"message": raw})
        await telegram.quiet(group)


async def test_the_bots_memory_may_fail_and_it_answers_all_the_same(
    telegram, running, index, tmp_path
):
    """A file that is no database, in a folder that is a file."""
    (tmp_path / "file").write_text("not a folder")
    async with running(state=tmp_path / "file" / "state.db"):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, amina, "/settings")
        assert SAY.settings_not_kept in (await telegram.reply(group)).text


async def test_an_answer_of_the_record_before_is_not_given_after_a_reload(telegram, running):
    """Not even to whom asked the very same before."""
    new = Index(Record.of([statement("new", ["Ferries sail no more."], day=27)]))
    amina = telegram.user("Amina")
    async with running(load=lambda: new, admins=frozenset({amina.id})):
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(private, amina, "/reload")
        await telegram.edited(await telegram.reply(private))
        telegram.say(group, amina, "/ask ferries")
        assert "Ferries sail no more." in (await telegram.reply(group)).text
