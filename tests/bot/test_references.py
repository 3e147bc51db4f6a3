"""References and the links that carry them: the same words again, or word that they changed."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from made_statements import sharing, statement

from bot.i18n.strings import strings_of
from index import Index, Kind, Record, Statement, Translation

SAY = strings_of()
LINK = "https://t.me/OnRecordBot?start="


def quay(*texts: str, **known) -> Statement:
    return statement("quay", list(texts), title="On the quay", **known)


BEFORE = Index(Record.of([quay("The quay is long.", "It opens in March.", "Boats stay.")]))
AFTER = Index(Record.of([quay("The quay is long.", "It opens in May.", "Boats stay.")]))
MIDDLE = BEFORE.look_up("quay#2")[0].citation.reference


async def ask(telegram, text: str, **how):
    """Return the reply to what a person writes in private."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    telegram.say(private, amina, text, **how)
    return await telegram.reply(private)


async def test_ref_brings_a_paragraph_with_those_around_it(telegram, running):
    """Only the one that was asked for has the citation; the others say which they are."""
    async with running(on=BEFORE):
        context = await ask(telegram, f"/ref {MIDDLE}")
    assert context.text.split("\n") == [
        *("paragraph 1, before it", "The quay is long.", ""),
        "It opens in March.",
        "— Nadia Rahman, Minister of Ports · 1 Feb 2025 · direct quote",
        f"On the quay · paragraph 2 of 3 · {MIDDLE}",
        *("", "paragraph 3, after it", "Boats stay."),
    ]
    assert context.marked("blockquote") == [
        "The quay is long.",
        "It opens in March.",
        "Boats stay.",
    ]
    assert context.buttons == [["‹ before", "after ›", "Whole text"], ["Cite", "Share"]]


async def test_a_link_does_the_same(telegram, running):
    async with running(on=BEFORE):
        context = await ask(telegram, f"/ref {MIDDLE}")
        amina = telegram.user("Amina")
        started = telegram.open_link(amina, LINK + MIDDLE)
        assert started
        assert (await telegram.reply(started.chat)).html == context.html


@pytest.mark.parametrize(
    "spelling",
    [
        *(
            MIDDLE,
            MIDDLE.lower(),
            MIDDLE.replace("-", ""),
            MIDDLE.replace("-", "–"),
            f"ref {MIDDLE}",
        ),
        *("quay#2", f"\u2068{MIDDLE}\u2069"),
    ],
)
async def test_however_it_is_written(telegram, running, spelling):
    async with running(on=BEFORE):
        for command in ("/ref", "/ref@OnRecordBot"):
            context = await ask(telegram, f"{command} {spelling}")
            assert "It opens in March." in context.marked("blockquote")[1]


async def test_the_context_is_walked_through_paragraph_by_paragraph(telegram, running):
    """Each with those around it; the whole text leads back to it."""
    async with running(on=BEFORE):
        context = await ask(telegram, f"/ref {MIDDLE}")
        amina = telegram.user("Amina")
        telegram.press(amina, context, "after ›")
        last = await telegram.edited(context)
        assert last.text.startswith("paragraph 2, before it\nIt opens in March.")
        assert last.buttons == [["‹ before", "Whole text"], ["Cite", "Share"]]
        telegram.press(amina, last, "Whole text")
        whole = await telegram.edited(context)
        assert whole.marked("bold") == ["On the quay", "● 3"]
        telegram.press(amina, whole, "back")
        assert (await telegram.edited(context)).html == last.html
        telegram.press(amina, last, "‹ before")
        assert (await telegram.edited(context)).html == context.html


async def test_ref_alone_in_reply_to_a_message_takes_the_reference_from_it(telegram, running):
    """Also in a group, from what a person sent through the bot, and from a link to it."""
    async with running(on=BEFORE):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        answer = await telegram.type_inline(amina, "march").answered()
        sent = telegram.choose(amina, answer, answer.results[0], group)
        for replied in (
            sent,
            telegram.say(group, amina, f"See {LINK}{MIDDLE} for that."),
            telegram.show(group, amina, f"As cited: ref {MIDDLE}"),
        ):
            telegram.say(group, amina, "/ref", reply_to=replied)
            context = await telegram.reply(group)
            assert context.marked("blockquote")[1] == "It opens in March."


async def test_of_what_looks_like_references_the_one_on_record_is_taken(telegram, running):
    """A number in a quote, such as a telephone's, may look like one."""
    async with running(on=BEFORE):
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        said = telegram.say(group, amina, f"Call 0300-1234 about {MIDDLE}, not 0300-5678.")
        telegram.say(group, amina, "/ref", reply_to=said)
        assert "It opens in March." in (await telegram.reply(group)).text
        part = "0300-5678"
        telegram.say(group, amina, "/ref", reply_to=said, quote=part)
        assert (await telegram.reply(group)).text == SAY.reference_unknown.format(reference=part)
        # Of several that are not on record the first is named.
        said = telegram.say(group, amina, "Call 0300-1234 or 0300-5678.")
        telegram.say(group, amina, "/ref", reply_to=said)
        first = SAY.reference_unknown.format(reference="0300-1234")
        assert (await telegram.reply(group)).text == first


@pytest.mark.parametrize("text", ["/ref", "/ref what did she say?", "/ref quay#9", "/ref gwadar"])
async def test_what_is_no_reference_is_told_how_with_one_that_works(telegram, running, text):
    async with running(on=BEFORE):
        told = await ask(telegram, text)
        example = told.text.rpartition(" ")[2]
        assert told.text == SAY.ref_how.format(example=example)
        assert "paragraph 1 of 3" in (await ask(telegram, f"/ref {example}")).text


async def test_of_an_empty_record_the_example_is_a_made_one(telegram, running):
    async with running(on=Index(Record(()))):
        assert (await ask(telegram, "/ref")).text == SAY.ref_how.format(example="K7Q2-M9XA")


async def test_a_reference_that_is_not_on_record_is_said_to_be_unknown(telegram, running):
    async with running(on=BEFORE):
        unknown = SAY.reference_unknown.format(reference="K7Q2-M9XA")
        for text in ("/ref K7Q2-M9XA", "/ref k7q2m9xa", "/start K7Q2-M9XA", "K7Q2-M9XA"):
            assert (await ask(telegram, text)).text == unknown


@pytest.mark.parametrize("brought", ["facebook", "inline", "newsletter-7", "x", "_-_", "A" * 64])
async def test_a_link_that_brings_something_else_greets(telegram, running, brought):
    """Where a link was posted is no mistake of whoever follows it."""
    async with running(on=BEFORE):
        started = telegram.open_link(telegram.user("Amina"), LINK + brought)
        assert started
        assert "Send me a question" in (await telegram.reply(started.chat)).text


async def test_a_link_into_a_group_brings_the_paragraph_there(telegram, running):
    async with running(on=BEFORE):
        group = telegram.group("Newsroom")
        telegram.say(group, telegram.user("Amina"), f"/start@OnRecordBot {MIDDLE}")
        assert "It opens in March." in (await telegram.reply(group)).text


async def test_a_reference_holds_across_restarts_and_machines(telegram, running):
    """It comes of the statement and its words alone; what stands around it may have changed."""
    more = Record.of([quay("A new opening.", "It opens in March."), statement("other", ["Words."])])
    async with running(on=Index(more)):
        assert "paragraph 2 of 2" in (await ask(telegram, f"/ref {MIDDLE}")).text


async def test_an_amended_paragraph_is_said_to_be_and_its_statement_can_be_read(telegram, running):
    """Its old reference never brings the new words as if they were the old."""
    told = SAY.reference_amended.format(reference=MIDDLE, title="On the quay")
    async with running(on=AFTER):
        amina = telegram.user("Amina")
        for text in (f"/ref {MIDDLE}", MIDDLE.lower(), f"/start {MIDDLE}"):
            reply = await ask(telegram, text)
            assert (reply.text, reply.buttons) == (told, [["Whole text"]])
            telegram.press(amina, reply, "Whole text")
            whole = await telegram.edited(reply)
            assert whole.marked("blockquote")[1] == "It opens in May."
            telegram.press(amina, whole, "back")
            assert (await telegram.edited(reply)).html == reply.html


async def test_in_a_group_an_amended_paragraph_is_no_mere_miss(telegram, running):
    async with running(on=AFTER):
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        telegram.say(group, amina, f"/ask {MIDDLE}")
        assert "has since been amended" in (await telegram.reply(group)).text


STOOD = quay("The quay is long.", "It opens in March.", "Boats stay.", amended=date(2025, 3, 4))
KEPT = Index(Record.of([quay("The quay is long.", "It opens in May.")], earlier=[STOOD]))


async def test_an_amended_paragraph_that_was_kept_is_shown_as_it_stood(telegram, running):
    """With the day, and a button to the text as it is now; its number does as well."""
    async with running(on=KEPT):
        amina = telegram.user("Amina")
        for text in (f"/ref {MIDDLE}", MIDDLE.lower(), f"/start {MIDDLE}", f"as in ref {MIDDLE}"):
            reply = await ask(telegram, text)
            assert reply.text.split("\n") == [
                "Amended on 4 Mar 2025. As it stood:",
                "It opens in March.",
                "— Nadia Rahman, Minister of Ports · 1 Feb 2025 · direct quote",
                f"On the quay · paragraph 2 of 3 · {MIDDLE}",
            ]
            assert reply.buttons == [["Current text"]]
        telegram.press(amina, reply, "Current text")
        whole = await telegram.edited(reply)
        assert whole.marked("blockquote") == ["The quay is long.", "It opens in May."]
        telegram.press(amina, whole, "back")
        assert (await telegram.edited(reply)).html == reply.html
        assert "Boats stay." in (await ask(telegram, "/ref quay#3")).text


async def test_who_said_what_was_amended_is_told_from_its_citation(telegram, running):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running(on=KEPT):
        telegram.say(private, amina, MIDDLE)
        reply = await telegram.reply(private)
        telegram.say(private, amina, "who said it?", reply_to=reply)
        told = await telegram.reply(private)
    assert told.text == f"Nadia Rahman, Minister of Ports · direct quote · ref {MIDDLE}"


async def test_what_is_withdrawn_is_brought_by_its_reference_and_says_so_first(telegram, running):
    """It is neither found by its words nor listed."""
    gone = quay("The quay is long.", "It opens in March.", withdrawn="Retracted & gone")
    index = Index(Record.of([gone, statement("other", ["Words of another."])]))
    async with running(on=index):
        amina = telegram.user("Amina")
        for text in (f"/ref {MIDDLE}", MIDDLE, "quay"):
            reply = await ask(telegram, text)
            assert reply.text.startswith("Withdrawn: Retracted & gone\n")
        context = await ask(telegram, f"/ref {MIDDLE}")
        telegram.press(amina, context, "Whole text")
        whole = await telegram.edited(context)
        assert whole.text.startswith("Withdrawn: Retracted & gone\nOn the quay")
        assert "quay" not in (await ask(telegram, "/sources")).text
        assert "It opens" not in (await ask(telegram, "when does the quay open?")).text


async def test_a_removed_statements_reference_is_unknown(telegram, running):
    other = Index(Record.of([statement("other", ["Words."])]))
    async with running(on=other):
        unknown = SAY.reference_unknown.format(reference=MIDDLE)
        assert (await ask(telegram, f"/ref {MIDDLE}")).text == unknown


async def test_of_a_reference_that_two_statements_share_each_can_be_turned_to(telegram, running):
    """And every button beneath belongs to the one that is shown, though they look alike."""
    one, two = sharing(["Thank you all.", "That is all."], day=7)
    index = Index(Record.of([one, two]))
    reference = index.look_up(f"{one.id}#1")[0].citation.reference
    async with running(on=index):
        amina = telegram.user("Amina")
        first = await ask(telegram, f"/ref {reference}")
        assert first.buttons[0][0] == "1 of 2 ›"
        telegram.press(amina, first, "1 of 2")
        second = await telegram.edited(first)
        shown, other = (two, one) if two.title in second.text else (one, two)
        assert other.title in first.text
        there = second
        for way in ("Context", "after ›", "Whole text"):
            telegram.press(amina, there, way)
            there = await telegram.edited(first)
            assert shown.title in there.text
            assert other.title not in there.text
        for _ in range(2):
            telegram.press(amina, there, "back")
            there = await telegram.edited(first)
        assert there.html == second.html
        telegram.press(amina, second, "Cite")
        cited = await telegram.edited(first)
        assert shown.title in telegram.follow(amina, cited, "Plain")


@pytest.mark.parametrize(
    ("known", "jumps"),
    [
        ({"url": "https://ports.example.org/a?b=1&c=2"}, True),
        ({"url": "https://ports.example.org/a#top"}, True),
        ({"url": "https://ports.example.org/quay.pdf"}, False),
        ({"url": "https://ports.example.org/a", "kind": Kind.BRIEF}, False),
        ({"url": "https://ports.example.org/a", "translation": Translation.UNOFFICIAL}, False),
    ],
)
async def test_a_source_link_jumps_to_the_passage_where_there_is_a_page(
    telegram, running, known, jumps
):
    """In private, among its neighbours, and sent from another chat; the whole text just links."""
    text = "The deep-water quay opens to container ships in March."
    index = Index(Record.of([quay(text, "Boats stay.", **known)]))
    async with running(on=index):
        amina = telegram.user("Amina")
        answer = await ask(telegram, "container ships")
        context = await ask(telegram, f"/ref {answer.marked('code')[0]}")
        (offer,) = (await telegram.type_inline(amina, "container ships").answered()).results
        for shown in (answer, context, offer):
            (url,) = [one.url for one in shown.entities if one.type == "text_link"]
            assert url.startswith(known["url"])
            _, _, words = url.partition(":~:text=")
            assert bool(words) is jumps
            assert not words or unquote(words) == text
        for label in ("Context", "Whole text"):
            telegram.press(amina, answer, label)
            whole = await telegram.edited(answer)
        assert [one.url for one in whole.entities if one.type == "text_link"] == [known["url"]]


async def test_the_link_under_a_sent_quote_opens_the_bot_with_it(telegram, running):
    async with running(on=BEFORE):
        amina = telegram.user("Amina")
        answer = await telegram.type_inline(amina, "march").answered()
        (button,) = [one for one in answer.results[0].keyboard or () if one.action == "url"]
        assert parse_qs(urlsplit(button.value).query) == {"start": [MIDDLE]}
