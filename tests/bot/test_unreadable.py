"""What the bot cannot read it says it cannot read; what has words, wherever they stand, is read."""

from __future__ import annotations

import pytest
from made_statements import statement
from telegram_standin import contents as made

from bot.i18n.strings import strings_of
from index import Index, Record

SAY = strings_of()
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats keep"
CLAIM = "Fishing boats keep their berths at the old quay."
ALREADY = SAY.quoted_already.split("{")[0]
NOTHING = SAY.nothing_short.split("{")[0]
DOUBTS = ("is this true?", "really??", "source?", "fact check", "کیا یہ سچ ہے؟", "真的吗？")


TEXTS = {
    "link": "https://news.example.org/harbour/claims-of-today",
    "post": "https://t.me/harbournews/1234",
    "name": "@amina_of_the_desk",
    "emoji": "😂",
}
CONTENTS = {
    "contact": made.contact("Nadia"),
    "location": made.location(),
    "new": made.unheard_of("hologram", {"id": 1}),
}


def blank(telegram, group, badr, which):
    """Return a message of Badr's without words that can be read."""
    if which in TEXTS:
        return telegram.say(group, badr, TEXTS[which])
    if which == "story":
        return telegram.send(group, badr, made.story(group))
    if which in CONTENTS:
        return telegram.send(group, badr, CONTENTS[which])
    return telegram.show(group, badr, kind=which)


BLANK = (
    *("photo", "voice", "sticker", "document", "video"),
    *("story", *TEXTS, *CONTENTS),
)


@pytest.mark.parametrize("which", BLANK)
async def test_a_doubt_beneath_what_has_no_words_is_no_verdict(telegram, running, which):
    """Not in a group, not in private; nor is it a question that found nothing."""
    olga = telegram.user("Olga")
    async with running(admins=frozenset({olga.id})):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group, desk = telegram.group("Newsroom"), telegram.private_chat(olga)
        telegram.say(desk, olga, "/misses on")
        await telegram.reply(desk)
        beneath = blank(telegram, group, badr, which)
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=beneath)
        assert (await telegram.reply(group)).text == SAY.not_text
        telegram.say(group, amina, "/ask really??", reply_to=beneath)
        assert (await telegram.reply(group)).text == SAY.not_text
        # Without a doubt it is told how to ask, as ever.
        telegram.say(group, amina, "/ask", reply_to=beneath)
        assert SAY.help_ask.split("{")[0] in (await telegram.reply(group)).text
        telegram.say(desk, olga, "/misses")
        assert (await telegram.reply(desk)).text == SAY.misses_none


async def test_a_document_without_a_word_is_told_how_it_is_checked(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.show(private, amina, kind="document")
        assert (await telegram.reply(private)).text == SAY.check_hint


@pytest.mark.parametrize("doubt", DOUBTS)
async def test_however_it_is_doubted_a_picture_is_not_judged(telegram, running, doubt):
    async with running():
        amina = telegram.user("Amina")
        group, private = telegram.group("Newsroom"), telegram.private_chat(amina)
        for chat in (group, private):
            picture = telegram.show(chat, amina)
            if chat == private:
                assert (await telegram.reply(private)).text == SAY.not_text
            telegram.say(chat, amina, f"@OnRecordBot {doubt}", reply_to=picture)
            assert (await telegram.reply(chat)).text == SAY.not_text


@pytest.mark.parametrize("doubt", DOUBTS)
async def test_a_doubt_beneath_nothing_is_told_how_to_doubt(telegram, running, doubt):
    """That nothing on record answers would be taken for a verdict on whatever was meant."""
    async with running():
        amina = telegram.user("Amina")
        group, private = telegram.group("Newsroom", forum=True), telegram.private_chat(amina)
        telegram.say(private, amina, doubt)
        assert (await telegram.reply(private)).text == SAY.doubt_how
        telegram.say(group, amina, f"@OnRecordBot {doubt}")
        assert (await telegram.reply(group)).text == SAY.doubt_how
        # In a topic every message counts as a reply to its opening.
        topic = telegram.topic(group, "Harbour", amina)
        telegram.say(group, amina, f"/ask {doubt}", topic=topic)
        assert (await telegram.reply(group)).text == SAY.doubt_how


async def test_a_guest_who_doubts_a_picture_is_told_that_it_is_not_read(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        friends = telegram.foreign_group("Friends")
        picture = telegram.show(friends, badr)
        call = telegram.call_guest(friends, amina, "@OnRecordBot is this true?", reply_to=picture)
        assert (await call.answered()).text == SAY.not_text


WORDED = {
    "poll": made.poll(CLAIM),
    "checklist": made.checklist("For the report", ["Ask the port", CLAIM]),
    "game": made.game(CLAIM),
    "rich": made.rich(
        [
            {"type": "heading", "size": 2, "text": "Heard today"},
            {"type": "paragraph", "text": ["Fishing ", {"type": "bold", "text": "boats keep"}]},
            {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "their berths"}]},
        ]
    ),
}


@pytest.mark.parametrize("which", WORDED)
async def test_what_has_words_is_asked_about_wherever_they_stand(telegram, running, which):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        claim = telegram.send(group, badr, WORDED[which])
        for words in ("@OnRecordBot is this true?", "/ask"):
            telegram.say(group, amina, words, reply_to=claim)
            reply = await telegram.reply(group)
            assert BOATS in reply.text or ALREADY in reply.text
            assert reply.reply_to == claim


async def test_the_caption_of_an_album_stands_for_all_its_pictures(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        first, second = telegram.send_album(group, badr, CLAIM)
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=second)
        assert BOATS in (await telegram.reply(group)).text
        assert first.text == CLAIM


async def test_a_question_in_a_rich_message_is_read_like_any_other(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        group, channel = telegram.group("Newsroom"), telegram.channel("Port news")
        asked = made.rich(
            [
                {
                    "type": "paragraph",
                    "text": ["When do ", {"type": "bold", "text": "ferries"}, " sail?"],
                }
            ]
        )
        telegram.send(private, amina, asked)
        assert FERRIES in (await telegram.reply(private)).text
        telegram.send(group, amina, made.rich(["@OnRecordBot when do ferries sail?"]))
        assert FERRIES in (await telegram.reply(group)).text
        telegram.send(group, amina, made.rich(["When do ferries sail?"]))
        await telegram.quiet(group)
        telegram.send(channel, channel, made.rich(["/ask when do ferries sail?"]))
        assert FERRIES in (await telegram.reply(channel)).text


@pytest.mark.parametrize(
    "link",
    ["https://news.example.org/harbour/claims", "t.me/harbournews/1234", "@amina_of_the_desk"],
)
async def test_a_link_alone_is_not_searched(telegram, running, link):
    async with running():
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.say(private, amina, link)
        assert (await telegram.reply(private)).text == SAY.not_text
        telegram.say(group, amina, f"/ask {link}")
        assert (await telegram.reply(group)).text == SAY.not_text
        telegram.say(group, amina, f"@OnRecordBot is this true? {link}")
        assert NOTHING not in (await telegram.reply(group)).text


async def test_a_link_that_brings_a_reference_is_followed(telegram, running, index):
    reference = index.paragraph("harbour", 2).citation.reference
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, f"https://t.me/OnRecordBot?start={reference}")
        assert BOATS in (await telegram.reply(private)).text


async def test_what_happens_in_a_chat_is_no_message_to_be_answered(telegram, running):
    """Not even what no library knows yet."""
    async with running():
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        for fields in (
            {"boost_added": {"boost_count": 2}},
            {"successful_payment": {"currency": "XTR", "total_amount": 5, "invoice_payload": "x"}},
            {"community_joined": {"name": "Ports"}},
            {"something_new": {"text": "is this true?"}},
        ):
            telegram.report(private, amina, fields)
            telegram.report(group, amina, fields)
        await telegram.quiet(private)
        await telegram.quiet(group)


async def test_in_private_what_is_sent_through_another_bot_is_a_question(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        typist = telegram.user("Typist")
        telegram.send(private, amina, made.poll("When do ferries sail?"), via=typist)
        assert FERRIES in (await telegram.reply(private)).text
        telegram.send(private, amina, made.poll("When do ferries sail?"), via=telegram.bot)
        telegram.send(group, amina, made.rich(["@OnRecordBot ferries"]), via=typist)
        await telegram.quiet(private)
        await telegram.quiet(group)


@pytest.mark.parametrize("part", ["😂", "https://news.example.org/a", "@badr_of_the_port"])
async def test_a_doubt_about_a_part_without_words_is_no_verdict(telegram, running, part):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        said = telegram.say(group, badr, f"{CLAIM} {part}")
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=said, quote=part)
        assert (await telegram.reply(group)).text == SAY.not_text


async def test_a_picture_that_is_doubted_in_its_own_caption_is_not_read(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.show(private, amina, "is this photo real?")
        assert (await telegram.reply(private)).text == SAY.not_text
        telegram.show(group, amina, "@OnRecordBot is this true?")
        assert (await telegram.reply(group)).text == SAY.not_text


@pytest.mark.parametrize("link", ["https://news.example.org/2025/x-y", "t.me/harbournews/12"])
async def test_a_link_beside_a_question_is_not_searched_for(telegram, running, link):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for words in (f"When do ferries sail? {link}", f"{link} ferries"):
            telegram.say(private, amina, words)
            assert FERRIES in (await telegram.reply(private)).text


async def test_the_next_passage_is_on_what_was_quoted_from_another_chat(telegram, running_on):
    """It is too long for the button, and the doubt that it stands beneath has no subject."""
    claim = "The northern breakwater of the harbour will be finished before the rains of next year."
    texts = (claim, f"{claim} So said the engineer.")
    on = Index(Record.of([statement(f"note-{day}", [texts[day - 1]], day=day) for day in (1, 2)]))
    async with running_on(telegram, on):
        amina = telegram.user("Amina")
        group, channel = telegram.group("Newsroom"), telegram.channel("Port news")
        post = telegram.post(channel, claim)
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=post, quote=claim)
        reply = await telegram.reply(group)
        telegram.press(amina, reply, "1 of 2")
        assert "breakwater" in (await telegram.edited(reply)).text


@pytest.mark.parametrize(
    "words",
    [
        "did anybody say this of the cup?",
        "is this true? i saw it on whatsapp",
        "who won the cricket cup?",
    ],
)
async def test_beneath_a_picture_that_nothing_answers_is_said_of_the_words_alone(
    telegram, running, words
):
    """What the picture shows may be on record."""
    olga = telegram.user("Olga")
    async with running(admins=frozenset({olga.id})):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group, desk = telegram.group("Newsroom"), telegram.private_chat(olga)
        telegram.say(desk, olga, "/misses on")
        await telegram.reply(desk)
        picture = telegram.show(group, badr)
        telegram.say(group, amina, f"@OnRecordBot {words}", reply_to=picture)
        assert (await telegram.reply(group)).text == SAY.not_text_beneath
        telegram.say(group, amina, "/ask ferries", reply_to=picture)
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(desk, olga, "/misses")
        assert (await telegram.reply(desk)).text == SAY.misses_none


async def test_what_else_a_speaker_said_is_no_answer_to_a_doubt_about_a_picture(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        picture = telegram.show(group, badr)
        telegram.say(group, amina, "@OnRecordBot did the minister say this?", reply_to=picture)
        assert (await telegram.reply(group)).text == SAY.not_text
        words = "@OnRecordBot did Nadia Rahman say this about the ferries?"
        telegram.say(group, amina, words, reply_to=picture)
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, amina, "/ask from:rahman", reply_to=picture)
        assert "Nadia Rahman" in (await telegram.reply(group)).text


async def test_each_task_of_a_checklist_is_a_sentence_of_its_own(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        tasks = ["Buy printer paper", "Fishing boats keep their berths", "Ring the accountant"]
        listed = telegram.send(group, badr, made.checklist("Today", tasks))
        telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=listed)
        assert BOATS in (await telegram.reply(group)).text
