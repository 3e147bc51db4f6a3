"""The real bot in conversation with people, through a server that refuses what Telegram refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from made_statements import statement
from telegram_standin import TelegramStandIn

from bot.i18n.strings import strings_of
from index import Index, Record

SAY = strings_of()


async def test_a_private_question_is_answered_with_the_quote_and_its_citation(telegram, running):
    """Every quote carries who, what, when, publisher, paragraph, link and reference."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        question = telegram.say(private, amina, "When does the harbour open to container ships?")
        reply = await telegram.reply(private)
    quote, who, where = reply.text.split("\n")
    assert quote == (
        "The deep-water harbour opens to container ships in March. "
        "The harbour master will live on site."
    )
    assert reply.marked("blockquote") == [quote]
    assert reply.marked("bold") == [
        "The deep-water harbour opens to container ships in March.",
        "Nadia Rahman",
        "24 Feb 2025",
    ]
    assert who == "— Nadia Rahman, Minister of Ports · 24 Feb 2025 · direct quote"
    (reference,) = reply.marked("code")
    assert where == f"Remarks on harbour · Ports Gazette · paragraph 1 of 3 · {reference}"
    assert reply.marked("text_link") == ["Remarks on harbour"]
    assert reply.reply_to == question
    assert 'href="https://ports.example.org/remarks?a=1&amp;b=2#:~:text=' in reply.html


async def test_a_reference_brings_its_paragraph_back(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "container ships")
        first = await telegram.reply(private)
        reference = first.marked("code")[0]
        telegram.say(private, amina, reference.lower().replace("-", ""))
        again = await telegram.reply(private)
    assert again.text == first.text


@pytest.mark.parametrize(
    ("zone", "dated"),
    [("UTC", timedelta(days=-1)), ("Pacific/Kiritimati", timedelta(0))],
)
async def test_yesterday_is_counted_in_the_operators_time_zone(telegram, running, zone, dated):
    """In the forenoon by UTC, on the islands of the zone UTC+14 it is the next day."""
    telegram.clock.advance(5 * 3600)
    today = datetime.fromtimestamp(telegram.clock.now(), UTC).date()
    assert datetime.fromtimestamp(telegram.clock.now(), ZoneInfo("Pacific/Kiritimati")).date() == (
        today + timedelta(days=1)
    )
    made = [
        replace(statement(f"d{ago}", [f"Ferry {ago} sails."]), date=today - timedelta(days=ago))
        for ago in (0, 1, 2)
    ]
    async with running(on=Index(Record.of(made)), time_zone=ZoneInfo(zone)):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferry on:yesterday")
        assert f"Ferry {-dated.days} sails." in (await telegram.reply(private)).text


async def test_nothing_found_tells_what_was_searched_and_suggests_what_is_answered(
    telegram, running
):
    """Off the record's subject the bot says so, in one line, and offers questions that work."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "Who won the chess olympiad?")
        refusal = await telegram.reply(private)
        assert refusal.text == (
            "Nothing on record answers that. "
            "Searched 4 statements (9 paragraphs), 2 Feb 2025 to 24 Feb 2025."
        )
        assert refusal.buttons == [["Coastal Railway Programme"]]
        telegram.press(amina, refusal, "Coastal Railway")
        answer = await telegram.edited(refusal)
    assert "Coastal Railway Programme" in answer.marked("blockquote")[0]
    assert "joint text" in answer.text


async def test_the_nearest_passage_is_shown_only_when_asked_for(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "Which summer musicals and operas sold out?")
        refusal = await telegram.reply(private)
        assert "summer" not in refusal.text
        telegram.press(amina, refusal, "nearest")
        nearest = await telegram.edited(refusal)
        telegram.press(amina, refusal, "Context")
        beside = await telegram.edited(refusal)
        telegram.press(amina, refusal, "Whole text")
        whole = await telegram.edited(refusal)
    for shown in (nearest, beside, whole):
        assert shown.text.startswith("Nothing on record answers that. This is the nearest passage")
    assert "in summer" in nearest.marked("blockquote")[0]
    assert "Fishing boats" in beside.marked("blockquote")[0]


async def test_a_message_without_a_word_is_asked_for_words(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for said in ("?", "-", "😀"):
            telegram.say(private, amina, said)
            assert (await telegram.reply(private)).text == SAY.not_text


@pytest.mark.parametrize(
    "words", ["ferries to the island", "@OnRecordBot ferries", "/ask ferries to the island"]
)
async def test_buttons_lead_to_neighbours_and_further_passages(telegram, running, words):
    """Each neighbour comes with a citation of its own, and the question is not lost on the way."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, words)
        reply = await telegram.reply(private)
        assert "paragraph 3 of 3" in reply.text
        assert reply.buttons == [["Context", "Cite", "Share"]]
        telegram.press(amina, reply, "Context")
        context = await telegram.edited(reply)
        assert context.buttons == [["‹ before", "Whole text", "back"]]
        telegram.press(amina, reply, "before")
        before = await telegram.edited(reply)
        assert "paragraph 2 of 3" in before.text
        assert before.buttons == [["‹ before", "after ›", "Whole text", "back"]]
        telegram.press(amina, before, "after")
        after = await telegram.edited(reply)
        assert after.text == context.text
        telegram.press(amina, after, "back")
        assert (await telegram.edited(reply)).html == reply.html


async def test_a_greeting_is_returned_with_questions_to_begin_with(telegram, running):
    """Nobody who says hello wants a quote; and what is offered is answered."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for words in ("hello", "Hi, On Record! 👋", "السلام علیکم", "你好！"):
            telegram.say(private, amina, words)
            greeting = await telegram.reply(private)
            assert greeting.text == SAY.greeting
            assert greeting.buttons == [["Coastal Railway Programme"]]
        telegram.press(amina, greeting, "Coastal Railway")
        answer = await telegram.edited(greeting)
        assert "Coastal Railway Programme" in answer.marked("blockquote")[0]
        telegram.say(private, amina, "ok thanks")
        thanked = await telegram.reply(private)
        assert (thanked.text, thanked.buttons) == (SAY.thanks, [])
        telegram.say(private, amina, "Hello, what about the fishing boats?")
        assert "Fishing boats" in (await telegram.reply(private)).text


@pytest.mark.parametrize("name", ["OnRecordBot", "On Record", "bot"])
async def test_a_greeting_may_call_the_bot_by_any_of_its_names(telegram, running, name):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, f"Hello {name}!")
        assert (await telegram.reply(private)).text == SAY.greeting


async def test_in_a_group_only_a_greeting_to_the_bot_is_returned(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "hello")
        telegram.say(group, amina, "thanks")
        await telegram.quiet(group)
        telegram.say(group, amina, "@OnRecordBot hello")
        greeting = await telegram.reply(group)
        assert greeting.text == SAY.greeting
        telegram.say(group, amina, "thanks!", reply_to=greeting)
        assert (await telegram.reply(group)).text == SAY.thanks
        await telegram.quiet(group)


async def test_how_a_question_was_read_is_said_above_the_quote(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "electirfied coastal railway kind:<poem>")
        reply = await telegram.reply(private)
        note, quote, *_ = reply.text.split("\n")
        assert note == (
            "Showing results for electrified (not “electirfied”). "
            "Taken as plain words: kind:<poem>."
            " Write a kind as kind:remarks or kind:press-release."
        )
        assert reply.marked("blockquote") == [quote]
        assert quote == "The coastal railway will be electrified by 2031."
        telegram.say(private, amina, 'Who won the chess olympiad? kind:"<i>"')
        refusal = await telegram.reply(private)
        assert refusal.text.startswith('Taken as plain words: kind:"<i>". Write a kind')


async def test_a_question_of_4096_characters_full_of_operators_is_answered(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for unit in ('kind:x "a" ', "on:never -", '"ferries & <b>" ', "from: in:", "year:港 "):
            telegram.say(private, amina, ("ferries harbour " + unit * 4096)[:4096])
            assert 0 < len((await telegram.reply(private)).text) <= 4096


async def test_the_next_passage_comes_in_place_and_the_last_leads_to_the_first(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "the harbour")
        first = await telegram.reply(private)
        assert first.buttons[0][0] == "1 of 2 ›"
        telegram.press(amina, first, "1 of 2")
        second = await telegram.edited(first)
        assert second.text != first.text
        assert second.buttons[0][:2] == ["‹", "2 of 2 ›"]
        telegram.press(amina, second, "2 of 2")
        assert (await telegram.edited(first)).text == first.text


async def test_a_long_question_is_not_lost_by_its_buttons(telegram, running):
    """A question over 64 bytes is read again from the message that the bot replied to."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        asked = "/ask would you be so kind as to tell me something about the harbour, please?"
        telegram.say(group, amina, asked)
        first = await telegram.reply(group)
        telegram.press(amina, first, "1 of")
        second = await telegram.edited(first)
        assert "2 of" in second.buttons[0][1]


async def test_a_double_tap_is_harmless(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        reply = await telegram.reply(private)
        first = telegram.press(amina, reply, "Context")
        second = telegram.press(amina, reply, "Context")
        await first.answered()
        await second.answered()
        assert "paragraph 2, before it" in (await telegram.edited(reply)).text
        await telegram.quiet(private)


async def test_a_button_on_a_paragraph_that_is_gone_says_so(telegram, running, record: Record):
    """A paragraph that was amended is not silently replaced by another."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        reply = await telegram.reply(private)
    smaller = Record.of(one for one in record.statements if one.id != "harbour")
    async with running(on=Index(smaller)):
        press = telegram.press(amina, reply, "Context")
        assert "no longer on record" in (await press.answered())["text"]


async def test_in_a_group_the_bot_is_silent_unless_addressed(telegram, running):
    """It answers /ask, a mention and a reply to itself, once each, and nothing else."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "When do the ferries sail?")
        telegram.say(group, badr, "/ask@OtherBot When do the ferries sail?")
        telegram.say(group, badr, "/weather harbour")
        telegram.say(group, badr, "@OtherBot ferries")
        await telegram.quiet(group)

        asked = telegram.say(group, amina, "/ask When do the ferries sail?")
        reply = await telegram.reply(group)
        assert reply.reply_to == asked
        assert "Ferries to the harbour island" in reply.text

        asked = telegram.say(group, badr, "and what, @onrecordbot, about the fishing boats?")
        reply = await telegram.reply(group)
        assert reply.reply_to == asked
        assert "Fishing boats" in reply.text

        telegram.say(group, amina, "electrified railway?", reply_to=reply)
        assert "electrified by 2031" in (await telegram.reply(group)).text

        telegram.say(group, amina, "/ask@OnRecordBot tunnel survey")
        assert "tunnel survey" in (await telegram.reply(group)).text
        await telegram.quiet(group)


async def test_a_miss_in_a_group_is_one_message(telegram, running):
    async with running():
        group = telegram.group("Newsroom")
        telegram.say(group, telegram.user("Amina"), "/ask chess olympiad")
        reply = await telegram.reply(group)
        assert reply.text == (
            "Nothing on record answers that (4 statements, 2 Feb 2025 to 24 Feb 2025)."
        )
        assert reply.buttons == []
        await telegram.quiet(group)


async def test_ask_without_a_question_says_how(telegram, running):
    async with running():
        group = telegram.group("Newsroom")
        telegram.say(group, telegram.user("Amina"), "/ask")
        assert "/ask What about Coastal Railway Programme?" in (await telegram.reply(group)).text


async def test_an_edited_question_edits_the_answer(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        question = telegram.say(private, amina, "container shps")
        first = await telegram.reply(private)
        telegram.edit(question, "fishing boats")
        changed = await telegram.edited(first)
        assert "Fishing boats" in changed.text
        await telegram.quiet(private)


async def test_a_message_edited_into_a_question_is_answered(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        said = telegram.say(group, amina, "fishing boats")
        await telegram.quiet(group)
        telegram.edit(said, "/ask fishing boats")
        assert "Fishing boats" in (await telegram.reply(group)).text


async def test_in_a_channel_only_ask_is_answered(telegram, running):
    async with running():
        channel = telegram.channel("Press")
        telegram.post(channel, "The ferries, says @OnRecordBot, are late")
        await telegram.quiet(channel)
        post = telegram.post(channel, "/ask ferries")
        reply = await telegram.reply(channel)
        assert "Ferries to the harbour island" in reply.text
        assert reply.reply_to == post
        telegram.edit(post, "/ask fishing boats")
        assert "Fishing boats" in (await telegram.edited(reply)).text


async def test_markup_in_question_and_statement_is_only_words(telegram, running):
    """Nothing of a statement, a title or a name is ever taken for markup."""
    async with running():
        amina = telegram.user("Amina <b>")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "<b>tags & <script>alert</script> words</b>")
        reply = await telegram.reply(private)
        quote, who, where = reply.text.split("\n")
        assert quote == (
            'Tags such as <b>bold</b> & "quotes" <script>alert(1)</script> are only words.'
        )
        assert who == "— A <b> & Co, <role> · 3 Feb 2025 · direct quote"
        assert where.startswith("On <i>markup</i> & more · ")
        telegram.say(private, amina, "<i>nothing</i> & </blockquote> zzz")
        assert "Nothing on record" in (await telegram.reply(private)).text


async def test_a_paragraph_of_10_000_characters_is_cut_around_its_key_sentence(telegram, running):
    """A cut is marked, every word left is the statement's, and the message fits."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "Where does the lighthouse stand?")
        reply = await telegram.reply(private)
    quote = reply.marked("expandable_blockquote")[0]
    assert quote.startswith("[…] ")
    assert quote.endswith(" […]")
    assert reply.marked("blockquote") == ["[…] A lighthouse stands on the cape. […]"]
    assert reply.marked("bold")[-1] == "A lighthouse stands on the cape."
    assert 3000 < len(reply.text) <= 4096
    assert "shortened to fit" in reply.text


async def test_start_help_and_sources_introduce_the_bot(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/start")
        assert "What about Coastal Railway Programme?" in (await telegram.reply(private)).text
        telegram.say(private, amina, "/help")
        assert "mention @OnRecordBot" in (await telegram.reply(private)).text
        telegram.say(private, amina, "/sources")
        sources = (await telegram.reply(private)).text
        assert sources.startswith("On record: 4 statements, newest first")
        places = [sources.index(name) for name in ("harbour", "railway", "markup", "on long")]
        assert places == sorted(places)
        telegram.say(private, amina, "/unheardof")
        assert "/help" in (await telegram.reply(private)).text


async def test_many_sources_are_paged(telegram, running):
    many = Record.of(
        statement(f"note-{number:02}", ["Words."], day=number) for number in range(1, 24)
    )
    async with running(on=Index(many)):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/sources")
        first = await telegram.reply(private)
        assert "1. Remarks on note-23" in first.text
        one_to_ten = [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
        assert first.buttons == [*one_to_ten, ["older ›"]]
        telegram.press(amina, first, "older")
        second = await telegram.edited(first)
        assert second.buttons[-1] == ["‹ newer", "older ›"]
        telegram.press(amina, second, "older")
        third = await telegram.edited(first)
        assert "23. Remarks on note-01" in third.text
        assert third.buttons == [["21", "22", "23"], ["‹ newer"]]


async def test_an_empty_record_is_said_to_be_empty(telegram, running):
    async with running(on=Index(Record(()))):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for text in ("/start", "ferries", "/sources"):
            telegram.say(private, amina, text)
            assert "nothing" in (await telegram.reply(private)).text.lower()


async def test_an_old_question_in_a_group_is_left_alone_but_not_in_private(
    telegram: TelegramStandIn, running
):
    """After an outage a group is not flooded with answers to what it has long moved on from."""
    amina = telegram.user("Amina")
    group, private = telegram.group("Newsroom"), telegram.private_chat(amina)
    telegram.say(group, amina, "/ask ferries", seconds_ago=3600)
    telegram.say(private, amina, "ferries", seconds_ago=3600)
    async with running():
        assert "Ferries" in (await telegram.reply(private)).text
        await telegram.quiet(group)


async def test_an_edit_of_what_was_answered_before_a_restart_is_left_alone(telegram, running):
    """A second answer to the same message would only be noise."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    asked = telegram.say(private, amina, "ferries", seconds_ago=60)
    async with running():
        await telegram.reply(private)
    async with running():
        telegram.edit(asked, "fishing boats")
        await telegram.quiet(private)


async def test_a_bare_help_in_a_group_is_left_to_others(telegram, running):
    async with running():
        group = telegram.group("Newsroom")
        amina = telegram.user("Amina")
        telegram.say(group, amina, "/help")
        telegram.say(group, amina, "/start")
        await telegram.quiet(group)
        telegram.say(group, amina, "/help@OnRecordBot")
        assert "word for word" in (await telegram.reply(group)).text


async def test_a_reference_that_is_not_on_record_is_said_to_be_unknown(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ref K7Q2-M9XA")
        reply = await telegram.reply(private)
        assert reply.text.startswith("No paragraph on record has the reference K7Q2-M9XA.")
