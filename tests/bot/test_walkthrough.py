"""A session with everybody in it, whose transcript is the documentation ``docs/transcript.md``.

``make transcript`` writes the file anew; the test fails if the session reads differently.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from made_statements import statement
from patience import until
from telegram_standin import Flood, Message, TelegramStandIn, poll, rich

from index import Index, Kind, Paragraph, Record, Role, Speaker, Statement

TRANSCRIPT = Path(__file__).parents[2] / "docs" / "transcript.md"
WRITE = "ONRECORD_WRITE_TRANSCRIPT"
MINISTER = Speaker("Nadia Rahman", "Minister of Ports")
SPOKESPERSON = Speaker("Li Wen", "Spokesperson of the Railway Board")

INTRODUCTION = """\
# A session in Telegram

Everything that On Record does in Telegram, in one sitting. The people and statements are invented;
the bot is the real one, and a stand-in that refuses what Telegram refuses plays Telegram. The test
`tests/bot/test_walkthrough.py` holds this session and makes this page (`make transcript`).

`#7` is a message's number, `(to #7)` says which one it answers, `>` marks a quotation, and a line
of `[…]` is a row of buttons. After a `!` stands what Telegram refused; the bot then did otherwise.
"""


def the_record(*, amended: bool = False) -> Record:
    """Return three statements: a report, a joint text and a press conference."""
    opening = "The deep-water harbour opens to container ships in March."
    if amended:
        opening = "The deep-water harbour opens to container ships in May."
    asked = Paragraph(1, "When will the first train run?", Speaker("Question"), Role.QUESTION)
    told = Paragraph(
        2,
        "The first train runs on the coastal line when the tunnel survey is done. "
        "That is in the autumn.",
        SPOKESPERSON,
        Role.ANSWER,
    )
    conference = Statement(
        id="2025-02-26-railway-board",
        title="Press conference of the Railway Board",
        date=statement("x", ["x"], day=26).date,
        kind=Kind.PRESS_CONFERENCE,
        speakers=(SPOKESPERSON,),
        paragraphs=(asked, told),
        publisher="Railway Board",
    )
    return Record.of(
        [
            statement(
                "2025-02-24-remarks-at-the-harbour",
                [
                    f"{opening} The harbour master will live on site.",
                    "Fishing boats keep their berths at the old quay.",
                    "Ferries to the harbour island sail twice a day in summer.",
                    "No fee is charged for the first year. After that the port authority sets it.",
                ],
                day=24,
                title="Remarks at the harbour",
                speakers=(MINISTER,),
                kind=Kind.REMARKS,
                publisher="Ports Gazette",
                url="https://ports.example.org/remarks",
            ),
            statement(
                "2025-02-06-joint-statement",
                [
                    "Both sides welcomed the Coastal Railway Programme and the tunnel survey.",
                    "A commission for the Coastal Railway Programme meets each spring.",
                ],
                day=6,
                title="Joint statement on the coast",
                speakers=(Speaker("Port Authority", ""), Speaker("Railway Board", "")),
                kind=Kind.JOINT_STATEMENT,
            ),
            conference,
        ]
    )


class Session:
    """What is said, told scene by scene."""

    def __init__(self, telegram: TelegramStandIn) -> None:
        self.telegram = telegram
        self._pages = [INTRODUCTION]
        self._told = 0

    def scene(self, title: str, about: str = "") -> None:
        """End a scene: write down what was said in it, under its *title*."""
        # A title line follows each change of place; the first of a scene is always written.
        said = self.telegram.transcript().split("\n")
        fresh = said[self._told :]
        self._told = len(said)
        if fresh and not fresh[0].startswith("— "):
            place = next(line for line in reversed(said[: -len(fresh)]) if line.startswith("— "))
            fresh.insert(0, place)
        page = "\n".join(fresh)
        note = f"\n{about}\n" if about else ""
        self._pages.append(f"## {title}\n{note}\n```text\n{page}\n```\n")

    def told(self) -> str:
        """Return the whole page; what differs from run to run is evened out."""
        text = "\n".join(self._pages)
        text = regex.sub(r"Ranking: with NumPy; .*", "Ranking: in C", text)
        return regex.sub(r"Done in [0-9.]+ s", "Done in 0.1 s", text)


Running = Callable[..., object]


@pytest.fixture
def session(telegram: TelegramStandIn) -> Session:
    return Session(telegram)


async def test_the_session_reads_as_it_is_documented(telegram, running, session):
    """Every place where people ask, and every button they expect."""
    amina, badr = telegram.user("Amina"), telegram.user("Badr")
    chen = telegram.user("Chen", language_code="zh-hans")
    zoya = telegram.user("Zoya", language_code="ur")
    olga = telegram.user("Olga")
    telegram.private_chat(olga)
    later = Index(the_record(amended=True))
    settled = {"admins": frozenset({olga.id}), "person_limit": 0}
    async with running(on=Index(the_record()), load=lambda: later, **settled):
        private = telegram.private_chat(amina)
        harbour = await in_private(session, amina, private)
        await buttons(session, amina, harbour)
        await references(session, amina, private, harbour)
        await drafts(session, amina, badr, private)
        group = await in_a_group(session, amina, badr)
        await what_has_no_words(session, amina, badr)
        await settings(session, amina, badr, group)
        await only_for_you(session, amina, badr)
        await rich_layout(session, telegram.user("Dina"))
        await topics_and_channels(session, amina, badr)
        await anywhere(session, amina, badr, private)
        await languages(session, chen, zoya)
        await operators(session, olga, telegram.user("Emre"))
        await amended(session, amina, private, harbour)
        await trouble(session, amina, private)
    story = session.told()
    if os.environ.get(WRITE):
        await asyncio.to_thread(TRANSCRIPT.write_text, story, encoding="utf-8")
    assert story == await asyncio.to_thread(TRANSCRIPT.read_text, encoding="utf-8")


async def in_private(session, amina, private) -> Message:
    telegram = session.telegram
    telegram.say(private, amina, "/start")
    await telegram.reply(private)
    telegram.say(private, amina, "hello")
    await telegram.reply(private)
    telegram.say(private, amina, "When does the harbour open to container ships?")
    harbour = await telegram.reply(private)
    assert "opens to container ships in March" in harbour.text
    telegram.say(private, amina, 'from:rahman "twice a day"')
    assert "Ferries" in (await telegram.reply(private)).text
    telegram.say(private, amina, "electirc fishing baots")
    await telegram.reply(private)
    telegram.say(private, amina, "Who won the chess olympiad?")
    refusal = await telegram.reply(private)
    assert refusal.text.startswith("Nothing on record answers that.")
    telegram.say(private, amina, "thanks")
    await telegram.reply(private)
    session.scene(
        "In private",
        "Every message is a question. What is not on record is said to be, with what was searched.",
    )
    return harbour


async def buttons(session, amina, harbour) -> None:
    telegram = session.telegram
    telegram.press(amina, harbour, "1 of")
    second = await telegram.edited(harbour)
    assert second.buttons[0][0] == "‹"
    telegram.press(amina, second, "‹")
    shown = await telegram.edited(harbour)
    telegram.press(amina, shown, "Context")
    context = await telegram.edited(harbour)
    assert "Fishing boats" in context.text
    telegram.press(amina, context, "Whole text")
    whole = await telegram.edited(harbour)
    assert whole.text.count("harbour") >= 3
    for _ in range(2):
        telegram.press(amina, harbour, "back")
        shown = await telegram.edited(harbour)
    telegram.press(amina, shown, "Cite")
    cited = await telegram.edited(harbour)
    for style in ("Plain", "AP", "Chicago", "APA", "BibTeX"):
        copied = telegram.follow(amina, cited, style)
        assert isinstance(copied, str)
    telegram.press(amina, cited, "Cite")
    await telegram.edited(harbour)
    session.scene(
        "Buttons",
        "They change the message that they stand under, and need nothing remembered.",
    )


async def references(session, amina, private, harbour) -> None:
    telegram = session.telegram
    (reference,) = harbour.marked("code")
    telegram.say(private, amina, f"/ref {reference.lower()}")
    context = await telegram.reply(private)
    assert "paragraph 2, after it" in context.text
    telegram.open_link(amina, f"https://t.me/OnRecordBot?start={reference}")
    assert (await telegram.reply(private)).text == context.text
    telegram.say(private, amina, "/ref K7Q2-M9XA")
    assert "No paragraph on record" in (await telegram.reply(private)).text
    session.scene("References", "A paragraph by its code, with the ones before and after it.")

    telegram.say(private, amina, "/sources")
    listed = await telegram.reply(private)
    telegram.press(amina, listed, "1")
    opened = await telegram.edited(listed)
    assert "a question, not an official's words" in opened.text
    telegram.press(amina, opened, "back")
    assert (await telegram.edited(listed)).text == listed.text
    session.scene("What is on record", "Newest first; each can be read from end to end.")


async def drafts(session, amina, badr, private) -> None:
    telegram = session.telegram
    draft = (
        "“Fishing boats keep their berths at the old quay,” Nadia Rahman said. "
        "“Ferries to the harbour island sail five times a day in summer.”\n"
        "“A fee is charged for the first year,” she added, and called it “fair”. "
        "“Everybody will have a berth by the end of the decade,” her ministry wrote."
    )
    telegram.say(private, amina, f"/check {draft}")
    report = await telegram.reply(private)
    assert report.text.startswith("4 quotations: 1 verbatim")
    telegram.press(amina, report, report.buttons[0][0])
    passage = await telegram.edited(report)
    telegram.press(amina, passage, "back")
    assert (await telegram.edited(report)).html == report.html
    desk = telegram.group("Desk")
    said = telegram.say(desk, badr, "As she put it, “No fee is charged for the first two years.”")
    telegram.say(desk, amina, "/check", reply_to=said)
    checked = await telegram.reply(desk)
    assert checked.reply_to == said
    session.scene(
        "Check a draft",
        "Each quotation is compared with the record: what differs is said, and marked.",
    )


async def in_a_group(session, amina, badr):
    telegram = session.telegram
    group = telegram.group("Newsroom", username="newsroom", administrators=[amina])
    telegram.say(group, badr, "I hear the ferries will not run at all?")
    await telegram.quiet(group)
    claim = telegram.say(group, badr, "The harbour opens to container ships in June!")
    telegram.say(group, amina, "/ask", reply_to=claim)
    answer = await telegram.reply(group)
    assert answer.reply_to == claim
    telegram.say(group, badr, "@OnRecordBot when does the harbour open to container ships?")
    again = await telegram.reply(group)
    assert again.text.startswith("Already quoted here")
    telegram.say(group, amina, "and the fishing boats", reply_to=again)
    boats = await telegram.reply(group)
    assert "Fishing boats" in boats.text
    telegram.say(group, badr, "is that a direct quote?", reply_to=boats)
    assert (await telegram.reply(group)).text.startswith("Nadia Rahman")
    telegram.say(group, badr, "good point", reply_to=boats)
    await telegram.quiet(group)
    mistyped = telegram.say(group, badr, "/ask the copper price")
    miss = await telegram.reply(group)
    telegram.edit(mistyped, "/ask the harbour fee")
    assert "No fee is charged" in (await telegram.edited(miss)).text
    telegram.say(group, amina, "/ask who won the chess olympiad")
    miss = await telegram.reply(group)
    assert "\n" not in miss.text
    telegram.say(group, group, "/ask tunnel survey")
    assert "tunnel survey" in (await telegram.reply(group)).text
    session.scene(
        "In a group",
        "Silent unless addressed. `/ask` alone, in reply to a message, asks about that message; a "
        "quote that was given is linked to, not repeated. What is said beneath a quote is answered "
        "if it asks. The last to ask is an anonymous administrator.",
    )
    return group


async def what_has_no_words(session, amina, badr) -> None:
    telegram = session.telegram
    group = telegram.group("Evening shift")
    picture = telegram.show(group, badr)
    telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=picture)
    assert "only read text" in (await telegram.reply(group)).text
    asked = telegram.send(group, badr, poll("Will the fishing boats leave the old quay?"))
    telegram.say(group, amina, "@OnRecordBot is this true?", reply_to=asked)
    assert "Fishing boats keep" in (await telegram.reply(group)).text
    heading = {"type": "heading", "size": 2, "text": "Heard at the port"}
    telegram.send(group, badr, rich([heading, "@OnRecordBot how often do the ferries sail?"]))
    assert "twice a day" in (await telegram.reply(group)).text
    telegram.say(group, amina, "@OnRecordBot source?")
    assert "has words, and I search" in (await telegram.reply(group)).text
    session.scene(
        "What has no words, and what has",
        "A picture cannot be read, and is not judged. A poll, a checklist and a rich "
        "message have words.",
    )


async def only_for_you(session, amina, badr) -> None:
    telegram = session.telegram
    group = telegram.group("Harbour watch", administrators=[amina, telegram.bot])
    telegram.say(group, badr, "/ask who won the chess olympiad")
    assert "Nothing on record" in (await telegram.reply_to_person(group, badr)).text
    telegram.say(group, amina, "/settings@OnRecordBot")
    menu = await telegram.reply(group)
    telegram.press(amina, menu, "Each chooses")
    await telegram.edited(menu)
    telegram.pick(group, badr, "/askme When does the harbour open to container ships?")
    answer = await telegram.reply_to_person(group, badr)
    telegram.press(badr, answer, "Show to everyone")
    assert "in March" in (await telegram.reply(group)).text
    await until(lambda: telegram.calls_of("deleteEphemeralMessage"))
    session.scene(
        "Only for you",
        "Where the bot is an administrator, only whoever asked sees that nothing was found. If its "
        "administrators let each choose, `/askme` shows question and answer to nobody else.",
    )


async def rich_layout(session, dina) -> None:
    telegram = session.telegram
    private = telegram.private_chat(dina)
    telegram.say(private, dina, "/settings")
    menu = await telegram.reply(private)
    telegram.press(dina, menu, "Rich layout")
    await telegram.edited(menu)
    telegram.say(private, dina, "ferries")
    answer = await telegram.reply(private)
    for label in ("Context", "Whole text", "In pages"):
        telegram.press(dina, answer, label)
        whole = await telegram.edited(answer)
    assert not whole.rich
    session.scene(
        "A whole statement in one message",
        "Only where that was chosen, as some apps show it blank. The pages are one press away.",
    )


async def settings(session, amina, badr, group) -> None:
    telegram = session.telegram
    telegram.say(group, badr, "/settings@OnRecordBot")
    assert "administrators" in (await telegram.reply(group)).text
    telegram.say(group, amina, "/settings")
    menu = await telegram.reply(group)
    await telegram.press(badr, menu, "Commands only").answered()
    telegram.press(amina, menu, "Commands only")
    menu = await telegram.edited(menu)
    telegram.press(amina, menu, "Three passages")
    menu = await telegram.edited(menu)
    telegram.say(group, badr, "@OnRecordBot ferries")
    await telegram.quiet(group)
    telegram.say(group, badr, "/ask the coastal railway")
    several = await telegram.reply(group)
    assert len(several.marked("code")) > 1
    telegram.press(badr, several, "3")
    single = await telegram.edited(several)
    telegram.press(badr, single, "back")
    assert (await telegram.edited(several)).text == several.text
    session.scene(
        "Settings of a chat",
        "Its administrators choose: here that only commands are answered, with three passages at "
        "once.",
    )


async def topics_and_channels(session, amina, badr) -> None:
    telegram = session.telegram
    forum = telegram.group("Desk", forum=True)
    shipping = telegram.topic(forum, "Shipping")
    telegram.say(forum, amina, "/ask ferries", topic=shipping)
    assert (await telegram.reply(forum)).topic == shipping
    session.scene("Topics")

    channel = telegram.channel("Coast Wire")
    talk = telegram.group("Coast Wire talk")
    telegram.link(channel, talk)
    telegram.post(channel, "/ask harbour fee")
    assert "No fee is charged" in (await telegram.reply(channel)).text
    post = telegram.post(channel, "Fishing boats will have to leave the old quay.")
    telegram.comment(telegram.forwarded(post), badr, "/ask")
    assert "Fishing boats keep their berths" in (await telegram.reply(talk)).text
    session.scene(
        "In a channel, and in the comments beneath it",
        "Of a channel's posts only those that begin with `/ask` are answered, and only once, "
        "though they arrive in the linked group as well.",
    )


async def anywhere(session, amina, badr, private) -> None:
    telegram = session.telegram
    typing = telegram.type_inline(amina, "ferries island")
    offered = await typing.answered()
    friends = telegram.foreign_group("Friends")
    telegram.choose(amina, typing, offered.results[0], friends)
    typing = telegram.type_inline(amina, "")
    newest = await typing.answered()
    assert len(newest.results) == 3
    typing = telegram.type_inline(amina, "chess olympiad")
    nothing = await typing.answered()
    assert not nothing.results
    telegram.press_inline_button(amina, typing)
    await telegram.reply(private)
    session.scene(
        "Typed in any chat",
        "What is offered answers; nothing near it ever is. Without a word the newest statements "
        "are offered.",
    )

    guest = telegram.call_guest(friends, badr, "@OnRecordBot when does the first train run?")
    assert "autumn" in (await guest.answered()).text
    claim = telegram.say(friends, amina, "They say the fishing boats must leave the old quay.")
    guest = telegram.call_guest(friends, badr, "@OnRecordBot", claim)
    assert "Fishing boats keep" in (await guest.answered()).text
    session.scene(
        "As a guest",
        "Mentioned in a chat that it is not in, the bot answers once. In reply to somebody's "
        "message it is asked about that.",
    )


async def languages(session, chen, zoya) -> None:
    telegram = session.telegram
    for person in (zoya, chen):
        chat = telegram.private_chat(person)
        telegram.say(chat, person, "old quay")
        assert "keep their berths at the old quay." in (await telegram.reply(chat)).text
        telegram.say(chat, person, "/settings")
        await telegram.reply(chat)
    session.scene(
        "In other languages",
        "In private the bot speaks the person's language; what it quotes is not translated.",
    )


async def operators(session, olga, emre) -> None:
    telegram = session.telegram
    desk = telegram.private_chat(olga)
    telegram.say(desk, olga, "/misses on")
    await telegram.reply(desk)
    telegram.say(telegram.private_chat(emre), emre, "Is the lighthouse for sale?")
    await telegram.reply(telegram.private_chat(emre))
    telegram.clock.advance(3 * 3600)
    telegram.say(desk, olga, "/misses")
    assert "lighthouse" in (await telegram.reply(desk)).text
    telegram.say(desk, olga, "/status")
    await telegram.reply(desk)
    telegram.say(desk, olga, "/reload")
    told = await telegram.reply(desk)
    assert "Done in" in (await telegram.edited(told)).text
    session.scene(
        "For whoever runs it",
        "Olga is among the `admins` of the configuration. To others these commands are unknown.",
    )


async def amended(session, amina, private, harbour) -> None:
    telegram = session.telegram
    (reference,) = harbour.marked("code")
    telegram.say(private, amina, f"/ref {reference}")
    told = await telegram.reply(private)
    assert "has since been amended" in told.text
    telegram.press(amina, told, "Whole text")
    assert "in May" in (await telegram.edited(told)).text
    press = telegram.press(amina, harbour, "Cite")
    assert "amended" in (await press.answered())["text"]
    session.scene(
        "When a statement was amended",
        "A reference never brings other words than those it was given for.",
    )


async def trouble(session, amina, private) -> None:
    telegram = session.telegram
    telegram.fail("sendMessage", Flood(retry_after=1))
    telegram.say(private, amina, "ferries")
    assert "Ferries" in (await telegram.reply(private)).text
    session.scene("When Telegram is in trouble", "The answer comes late, and once.")
