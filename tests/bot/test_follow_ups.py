"""Beneath a quote: another subject is answered, and of the quote what its citation tells."""

from __future__ import annotations

import pytest
from made_statements import statement
from telegram_standin import Chat, Message, TelegramStandIn, User

from bot.i18n.strings import strings_of
from index import Index, Kind, Record, Speaker

SAY, URDU = strings_of("en"), strings_of("ur")
MADE = Record.of(
    [
        statement(
            "visit",
            [
                "The harbour opens to container ships in March.",
                "Kashmir was on the agenda, and the date of the next visit is open.",
                "Every direct quote of the ambassador on tea was a source of joy.",
                "The link between the two sides is strong, and who said otherwise was wrong.",
                "Afghanistan needs roads, thanks to its mountains. Good point, mate, he said.",
            ],
            day=24,
            kind=Kind.REMARKS,
            publisher="Ports Gazette",
            url="https://ports.example.org/remarks",
            title="Remarks on the visit",
        ),
        statement("urdu", ["کشمیر اور افغانستان پر بات ہوئی۔"], day=3, language="ur"),
        statement("chinese", ["双方讨论了克什米尔和阿富汗。"], day=4, language="zh"),
        statement("hindi", ["कश्मीर पर बात हुई।"], day=5, language="hi"),
        statement("arabic", ["تحدث الجانبان عن أفغانستان."], day=6, language="ar"),
        statement("spanish", ["Se habló de Cachemira y de Afganistán."], day=7, language="es"),
        statement("french", ["Le Cachemire fut évoqué, et le thé."], day=8, language="fr"),
        statement("russian", ["Обсуждался Кашмир и чай."], day=9, language="ru"),
        statement(
            "joint",
            ["Both sides welcomed the tunnel."],
            day=10,
            kind=Kind.JOINT_STATEMENT,
            speakers=(Speaker("Avalon", ""), Speaker("Borduria", "")),
        ),
    ]
)
WHO = "Nadia Rahman, Minister of Ports · direct quote"
TITLE = "Remarks on the visit, 24 Feb 2025"


@pytest.fixture(scope="module")
def made() -> Index:
    return Index(MADE)


async def quoted(telegram: TelegramStandIn, chat: Chat, person: User) -> Message:
    """Return the bot's quote on the harbour, which *person* asked for."""
    telegram.say(chat, person, "/ask container ships")
    quote = await telegram.reply(chat)
    assert "harbour opens" in quote.text
    return quote


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("is that a direct quote?", WHO),
        ("who said that?", WHO),
        ("whose words?", WHO),
        ("and the date?", TITLE),
        ("when was this", TITLE),
        ("source?", f"{TITLE} · Ports Gazette · paragraph 1 of 5 · source"),
        ("got a link please?", f"{TITLE} · Ports Gazette · paragraph 1 of 5 · source"),
        ("who said it, and when?", f"{WHO} · {TITLE}"),
        ("کس نے کہا؟", WHO),
        ("日期呢", TITLE),
        ("¿es una cita directa?", WHO),
        ("et la source ?", f"{TITLE} · Ports Gazette · paragraph 1 of 5 · source"),
    ],
)
async def test_what_a_citation_tells_is_told_in_one_line(telegram, running, private, said, told):
    """And never a passage that has the words, though the record has all of them."""
    async with running(on=Index(MADE)):
        amina = telegram.user("Amina")
        chat = telegram.private_chat(amina) if private else telegram.group("Newsroom")
        quote = await quoted(telegram, chat, amina)
        asked = telegram.say(chat, amina, said, reply_to=quote)
        reply = await telegram.reply(chat)
        reference = quote.marked("code")[0]
        assert reply.text == f"{told} · ref {reference}"
        assert reply.reply_to == asked
        if told.endswith("source"):
            assert "https://ports.example.org/remarks" in reply.html
        # What is said beneath that line is of the same quote.
        telegram.say(chat, amina, "when?", reply_to=reply)
        assert (await telegram.reply(chat)).text == f"{TITLE} · ref {reference}"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("what about afghanistan", "Afghanistan needs roads"),
        ("afghanistan please", "Afghanistan needs roads"),
        ("and kashmir", "Kashmir was on the agenda"),
        ("kashmir", "Kashmir was on the agenda"),
        ("tea please", "on tea"),
        ("container ships harbour", "harbour opens"),
        ("so what did they say about kashmir", "Kashmir was on the agenda"),
        ("اور کشمیر", "کشمیر"),
        ("افغانستان کے بارے میں", "فغانستان"),
        ("那阿富汗呢", "阿富汗"),
        ("कश्मीर प्लीज़", "कश्मीर"),
        ("ماذا عن أفغانستان", "أفغانستان"),
        ("y Cachemira", "Cachemira"),
        ("Cachemira por favor", "Cachemira"),
        ("et le Cachemire", "Cachemire"),
        ("а Кашмир", "Кашмир"),
        ("что насчёт Кашмира", "Кашмир"),
    ],
)
async def test_another_subject_is_answered_with_or_without_a_question_mark(
    telegram, running, made, said, found
):
    async with running(on=made):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        for words in (said, f"{said}?"):
            telegram.say(group, badr, words, reply_to=quote)
            reply = await telegram.reply(group)
            assert found in reply.text or reply.text.startswith("Already quoted")


async def test_talk_and_thanks_beneath_a_quote_are_left_alone(telegram, running, made):
    """Whatever words of it are on record; and so is what somebody says of a subject."""
    async with running(on=made):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        for said in (
            *("thanks", "thank you!", "good point, mate", "lol", "right?", "why?", "so what?"),
            *("he lied about kashmir", "roads", "mountains joy", "I like tea in kashmir"),
            *("is it true?", "did the minister say that?", "what a joke", "context?", "next"),
            *("شکریہ", "谢谢", "बकवास", "شكرا", "mentira", "quelle honte", "враньё"),
        ):
            telegram.say(group, amina, said, reply_to=quote)
        await telegram.quiet(group)


async def test_what_plainly_asks_is_told_that_nothing_answers(telegram, running, made):
    """Silence would be no answer to "what about …"; to a word in passing it is."""
    async with running(on=made):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        for said in ("what about penguins", "penguins please", "who feeds the penguins at night?"):
            telegram.say(group, amina, said, reply_to=quote)
            assert (await telegram.reply(group)).text.startswith("Nothing on record answers that")
        for said in ("penguins", "and penguins", "penguins albatrosses", "penguins?"):
            telegram.say(group, amina, said, reply_to=quote)
        await telegram.quiet(group)


async def test_of_a_joint_text_and_of_several_passages_each_is_told(telegram, running, made):
    async with running(on=made):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "tunnel")
        joint = await telegram.reply(private)
        telegram.say(private, amina, "who said this?", reply_to=joint)
        assert (await telegram.reply(private)).text.startswith(
            "Avalon, Borduria · joint text · ref"
        )
        telegram.say(private, amina, "/settings")
        settings = await telegram.reply(private)
        telegram.press(amina, settings, SAY.settings_button_three)
        await telegram.edited(settings)
        telegram.say(private, amina, "from:rahman")
        several = await telegram.reply(private)
        references = several.marked("code")
        assert len(references) == 3
        telegram.say(private, amina, "date?", reply_to=several)
        told = (await telegram.reply(private)).text.splitlines()
        assert [line.rsplit("ref ", 1)[1] for line in told] == references
        second = several.marked("blockquote")[1]
        telegram.say(private, amina, "date?", reply_to=several, quote=second[:12])
        assert (await telegram.reply(private)).text.endswith(f"ref {references[1]}")


async def test_where_nothing_is_quoted_there_is_nothing_to_tell(telegram, running, made):
    async with running(on=made):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask who won the chess olympiad")
        nothing = await telegram.reply(group)
        for said in ("source?", "who said that?", "thanks for nothing", "lol"):
            telegram.say(group, amina, said, reply_to=nothing)
        await telegram.quiet(group)
        telegram.say(group, amina, "container ships harbour", reply_to=nothing)
        assert "harbour opens" in (await telegram.reply(group)).text


async def test_a_comment_on_a_quote_in_private_waits_for_no_answer_and_thanks_get_one(
    telegram, running, made
):
    async with running(on=made):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        quote = await quoted(telegram, private, amina)
        for said in ("wow", "this is nonsense"):
            telegram.say(private, amina, said, reply_to=quote)
        await telegram.quiet(private)
        telegram.say(private, amina, "thanks", reply_to=quote)
        assert (await telegram.reply(private)).text == SAY.thanks
        telegram.say(private, amina, "is this true?", reply_to=quote)
        assert (await telegram.reply(private)).marked("code") == quote.marked("code")
        telegram.say(private, amina, "wow")
        assert (await telegram.reply(private)).text.startswith(SAY.nothing_found)


async def test_a_mention_beneath_a_quote_asks_of_the_quote_too(telegram, running, made):
    async with running(on=made, language="ur"):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        telegram.say(group, badr, "@OnRecordBot is this a direct quote?", reply_to=quote)
        told = (await telegram.reply(group)).text
        assert URDU.attribution_direct in told
        assert quote.marked("code")[0] in told
        claim = telegram.say(group, badr, "The harbour opens to container ships in June!")
        telegram.say(group, amina, "@OnRecordBot source?", reply_to=claim)
        assert "Already quoted" not in (await telegram.reply(group)).text


async def test_a_follow_up_that_is_edited_into_talk_of_the_quote_is_answered_from_it(
    telegram, running, made
):
    async with running(on=made):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        asked = telegram.say(group, amina, "what about kashmir", reply_to=quote)
        answer = await telegram.reply(group)
        telegram.edit(asked, "and the date?")
        assert (await telegram.edited(answer)).text.startswith(TITLE)


async def test_the_bot_tells_what_it_is_to_whoever_asks_and_as_often(telegram, running):
    """Beneath a quote too, and with no link to where it said so before."""
    own = statement("about-on-record", ["I quote what was said.", "Privacy: no name is stored."])
    async with running(on=Index(Record.of([*MADE.statements, own]))):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom")
        quote = await quoted(telegram, group, amina)
        for said in ("@OnRecordBot help", "@OnRecordBot what can you do?"):
            telegram.say(group, amina, said)
            assert (await telegram.reply(group)).marked("blockquote") == ["I quote what was said."]
        telegram.say(group, badr, "who are you", reply_to=quote)
        assert "I quote what was said." in (await telegram.reply(group)).text
        telegram.say(group, badr, "do you keep my questions?", reply_to=quote)
        assert "Privacy: no name is stored." in (await telegram.reply(group)).text
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "privacy")
        assert (await telegram.reply(private)).text.startswith(SAY.nothing_found)
