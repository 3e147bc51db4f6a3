"""A draft is checked in the chat: each quotation in it, in private, in a group and in a channel."""

from __future__ import annotations

import gc
import io
import logging
import threading
import zipfile

import pytest
from made_statements import statement
from patience import until
from telegram_standin import File

from bot.handlers import checking
from bot.handlers.checking import LONGEST_DRAFT
from bot.i18n.strings import strings_of
from index import Index, Record

SAY = strings_of()
NOT_OPEN = "The harbour will not open in May, as the channel is still too shallow."
DREDGING = "Dredging has cost 26.5 million dollars, and ferries sail twice a day."
RAILWAY = "The coastal railway is long, and its stations are built of stone."
ON_RECORD = Index(
    Record.of(
        [
            statement("harbour", [NOT_OPEN, DREDGING], day=24),
            statement("railway", [RAILWAY], day=12),
        ]
    )
)
ALTERED = "“The harbour will open in May, as the channel is still too shallow.”"
ABSENT = "“Bananas have never been as yellow as they are this year,”"
DRAFT = f"The minister wrote:\n{ALTERED}\nAnd: “{DREDGING}”\n{ABSENT} she said."
SUMMARY = "3 quotations: 1 verbatim, 1 altered, 1 not on record"
FOUND = "A “not” was left out: the record has “will not open”, the story “will open”"
#: Reading a document starts a process.
PLENTY = 30.0


@pytest.fixture
def checks(running):
    """Return what runs the bot on a small record."""
    return lambda **settings: running(on=ON_RECORD, **settings)


@pytest.fixture
def amina(telegram):
    return telegram.user("Amina")


@pytest.fixture
def private(telegram, amina):
    return telegram.private_chat(amina)


REPORTS = [f"Report number {one} was never written by anybody here." for one in range(20)]


def many(count: int) -> str:
    """Return a draft with *count* quotations that are on no record."""
    return "\n".join(
        f"“Report number {one} was never written by anybody here.”" for one in range(count)
    )


async def test_a_draft_behind_the_command_is_checked(telegram, checks, amina, private):
    """The words at issue are marked; the verbatim quotations are folded."""
    async with checks():
        sent = telegram.say(private, amina, f"/check {DRAFT}")
        report = await telegram.reply(private)
    assert report.reply_to == sent
    lines = report.text.split("\n")
    searched = "Searched 2 statements, 12 Feb 2025 to 24 Feb 2025"
    assert lines[:4] == [SUMMARY, "", "1 · altered", FOUND]
    assert lines[-2:] == ["", searched]
    assert report.text.count(searched) == 1
    assert report.marked("bold")[:3] == [SUMMARY, "1 · altered", "not"]
    assert "3 · not on record" in lines
    (folded,) = report.marked("expandable_blockquote")
    assert folded.startswith(f"2. “{DREDGING}” · Nadia Rahman · 24 Feb 2025 · ")
    assert [len(row) for row in report.buttons] == [2]


async def test_a_button_opens_the_passage_and_leads_back(telegram, checks, amina, private):
    async with checks():
        telegram.say(private, amina, f"/check {DRAFT}")
        report = await telegram.reply(private)
        label = next(one for row in report.buttons for one in row if one.startswith("1 · "))
        telegram.press(amina, report, label)
        passage = await telegram.edited(report)
        assert NOT_OPEN in passage.text
        assert label.removeprefix("1 · ") in passage.text
        telegram.press(amina, passage, SAY.button_back)
        assert (await telegram.edited(report)).html == report.html


@pytest.mark.parametrize("where", ["private", "group"])
async def test_a_message_is_checked_in_reply_to_it(telegram, checks, amina, private, where):
    """The report stands beneath the draft, and is one message."""
    badr = telegram.user("Badr")
    async with checks():
        if where == "private":
            chat, draft = private, telegram.say(private, amina, DRAFT)
            await telegram.reply(private)
        else:
            chat = telegram.group("Newsroom")
            draft = telegram.say(chat, badr, DRAFT)
        telegram.say(chat, amina, "/check", reply_to=draft)
        report = await telegram.reply(chat)
        assert report.reply_to == draft
        assert report.text.startswith(SUMMARY)
        await telegram.quiet(chat)


async def test_a_request_without_a_quotation_of_its_own_is_about_what_it_replies_to(
    telegram, checks, amina
):
    group = telegram.group("Newsroom")
    async with checks():
        draft = telegram.say(group, amina, DRAFT)
        telegram.say(group, amina, "/check please", reply_to=draft)
        assert (await telegram.reply(group)).text.startswith(SUMMARY)
        own = telegram.say(group, amina, f"/check {ALTERED}", reply_to=draft)
        report = await telegram.reply(group)
        assert report.reply_to == own
        assert report.text.startswith("1 quotation: 1 altered")


async def test_of_a_message_only_the_part_that_was_chosen_is_checked(telegram, checks, amina):
    group = telegram.group("Newsroom")
    async with checks():
        draft = telegram.say(group, amina, DRAFT)
        telegram.say(group, amina, "/check", reply_to=draft, quote=ALTERED)
        report = await telegram.reply(group)
        assert report.text.startswith("1 quotation: 1 altered")
        assert report.quote is not None
        assert report.quote.text == ALTERED


@pytest.mark.parametrize("part", [ALTERED[1:-1], ALTERED[:-1], ALTERED[1:]])
async def test_of_words_that_were_chosen_without_their_marks_it_is_a_quotation(
    telegram, checks, amina, part
):
    """Also after a restart, when the pages of a report are turned."""
    group = telegram.group("Newsroom")
    async with checks():
        draft = telegram.say(group, amina, DRAFT)
        telegram.say(group, amina, "/check", reply_to=draft, quote=part)
        report = await telegram.reply(group)
        assert report.text.startswith(f"1 quotation: 1 altered\n\n1 · altered\n{FOUND}")
        telegram.press(amina, report, "1 · ")
        passage = await telegram.edited(report)
    async with checks():
        telegram.press(amina, passage, SAY.button_back)
        assert (await telegram.edited(report)).text == report.text


async def test_a_forwarded_message_and_a_post_are_checked(telegram, checks, amina, private):
    channel = telegram.channel("Harbour Post")
    async with checks():
        post = telegram.post(channel, DRAFT)
        forwarded = telegram.forward(private, amina, post)
        await telegram.reply(private)
        telegram.say(private, amina, "/check", reply_to=forwarded)
        assert (await telegram.reply(private)).text.startswith(SUMMARY)
        telegram.post(channel, f"/check {DRAFT}")
        assert (await telegram.reply(channel)).text.startswith(SUMMARY)


async def test_a_caption_is_checked(telegram, checks, amina, private):
    async with checks():
        telegram.show(private, amina, f"/check {DRAFT}")
        assert (await telegram.reply(private)).text.startswith(SUMMARY)
        picture = telegram.show(private, amina, DRAFT)
        await telegram.reply(private)
        telegram.say(private, amina, "/check", reply_to=picture)
        assert (await telegram.reply(private)).text.startswith(SUMMARY)


async def test_each_picture_of_an_album_has_its_caption(telegram, checks, amina):
    group = telegram.group("Newsroom")
    async with checks():
        pictures = telegram.send_album(group, amina, DRAFT)
        telegram.say(group, amina, "/check", reply_to=pictures[1])
        report = await telegram.reply(group)
        assert report.reply_to == pictures[1]
        assert report.text.startswith(SUMMARY)


def packed_word(*paragraphs: str) -> bytes:
    """Return a Word document with these *paragraphs*."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>',
        )
    return content.getvalue()


@pytest.mark.parametrize(
    "document",
    [
        File("draft.txt", DRAFT.encode()),
        File("draft.docx", packed_word(*DRAFT.split("\n"))),
        File("draft.html", f"<p>{DRAFT.replace(chr(10), '</p><p>')}</p>".encode()),
    ],
    ids=lambda one: one.name,
)
async def test_a_document_is_checked_by_its_caption_and_in_reply_to_it(
    telegram, checks, amina, private, document
):
    """For everybody, not only for operators."""
    group = telegram.group("Newsroom")
    async with checks():
        telegram.show(private, amina, "/check", file=document)
        assert (await telegram.reply(private, PLENTY)).text.startswith(SUMMARY)
        shown = telegram.show(group, amina, file=document)
        telegram.say(group, amina, "/check", reply_to=shown)
        report = await telegram.reply(group, PLENTY)
        assert report.reply_to == shown
        assert report.text.startswith(SUMMARY)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (File("draft.txt", f"{DRAFT}\n“And more".encode()), "line 5"),
        (File("draft.docx", packed_word(*DRAFT.split("\n"), "“And more")), "paragraph 5"),
    ],
)
async def test_a_mark_without_its_partner_is_where_one_can_see_it(
    telegram, checks, amina, document, place
):
    """A document has paragraphs; nobody sees the lines that they are read as."""
    private = telegram.private_chat(amina)
    async with checks():
        telegram.show(private, amina, "/check", file=document)
        report = await telegram.reply(private, PLENTY)
        assert report.text.split("\n")[1] == SAY.story_unbalanced.format(lines=place)


@pytest.mark.parametrize(
    "document",
    [
        File("scan.pdf", b"%PDF-1.4 broken"),
        File("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(2000)),
        File("empty.txt", b"  \n"),
    ],
    ids=lambda one: one.name,
)
async def test_what_cannot_be_read_is_said_to_be_so(telegram, checks, amina, private, document):
    """It is never said that nothing is on record."""
    async with checks():
        telegram.show(private, amina, "/check", file=document)
        told = (await telegram.reply(private, PLENTY)).text
    assert told.startswith(SAY.check_unreadable.split("{")[0])
    assert "quotation" not in told


async def test_an_archive_of_several_files_is_no_draft(telegram, checks, amina, private):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("one.txt", DRAFT)
        packed.writestr("two.txt", DRAFT)
    async with checks():
        file = File("drafts.zip", content.getvalue())
        telegram.show(private, amina, "/check", file=file)
        assert "one file" in (await telegram.reply(private, PLENTY)).text


async def test_a_file_that_is_too_large_is_said_to_be_so(telegram, checks, amina, private):
    async with checks():
        file = File("draft.txt", b"x" * 20_000_001)
        telegram.show(private, amina, "/check", file=file)
        assert (await telegram.reply(private, PLENTY)).text == SAY.check_too_large


async def test_with_nothing_to_check_it_is_told_how_to(telegram, checks, amina, private):
    group = telegram.group("Newsroom", administrators=[amina, telegram.bot])
    async with checks():
        telegram.say(private, amina, "/check")
        assert (await telegram.reply(private)).text == SAY.check_how
        telegram.say(group, amina, "/check")
        assert (await telegram.reply_to_person(group, amina)).text == SAY.check_how
        await telegram.quiet(group)


async def test_of_what_has_no_text_it_is_told_that_it_has_none(telegram, checks, amina, private):
    """And not how to do what was just done."""
    group = telegram.group("Newsroom", administrators=[amina, telegram.bot])
    async with checks():
        picture = telegram.show(group, amina)
        telegram.say(group, amina, "/check", reply_to=picture)
        assert (await telegram.reply_to_person(group, amina)).text == SAY.check_no_text
        elsewhere = telegram.say(group, amina, DRAFT)
        telegram.say(private, amina, "/check", reply_to=elsewhere)
        assert (await telegram.reply(private)).text == SAY.check_no_text


async def test_in_a_topic_nobody_replies_to_its_opening(telegram, checks, amina):
    forum = telegram.group("Forum", forum=True, administrators=[amina, telegram.bot])
    topic = telegram.topic(forum, "Desk")
    async with checks():
        telegram.say(forum, amina, "/check", topic=topic)
        assert (await telegram.reply_to_person(forum, amina)).text == SAY.check_how


@pytest.mark.parametrize("how", ["behind", "in reply"])
async def test_of_a_link_it_is_told_that_it_is_not_opened(telegram, checks, amina, private, how):
    async with checks():
        link = "https://ports.example.org/story?id=1"
        if how == "behind":
            telegram.say(private, amina, f"/check {link}")
        else:
            sent = telegram.say(private, amina, link)
            await telegram.reply(private)
            telegram.say(private, amina, "/check", reply_to=sent)
        assert (await telegram.reply(private)).text == SAY.check_link


async def test_of_a_message_without_quotations_it_is_told_how_to_ask(telegram, checks, amina):
    """It says something, too; and asking is what searches for that."""
    private = telegram.private_chat(amina)
    async with checks():
        sent = telegram.say(private, amina, "Ferries sail twice a day, she said.")
        await telegram.reply(private)
        telegram.say(private, amina, "/check", reply_to=sent)
        assert (await telegram.reply(private)).text.endswith(f"\n\n{SAY.check_ask}")
        telegram.say(private, amina, "/ask", reply_to=sent)
        assert DREDGING in (await telegram.reply(private)).text
        own = telegram.say(private, amina, "/check Ferries sail twice a day, she said.")
        assert (await telegram.reply(private)).text.endswith(SAY.check_ask)
        telegram.say(private, amina, "/ask", reply_to=own)
        assert DREDGING in (await telegram.reply(private)).text
        # There the mark is to be mended; and nobody asks a file.
        telegram.say(private, amina, "/check He said: “Ferries sail twice a day.")
        assert SAY.check_ask not in (await telegram.reply(private)).text
        telegram.show(private, amina, "/check", file=File("a.txt", b"Ferries sail."))
        assert SAY.check_ask not in (await telegram.reply(private, PLENTY)).text


async def test_of_a_quotation_in_another_language_it_is_told_that_translations_are_not_found(
    telegram, checks, amina, private
):
    """A newspaper translates what it quotes; of that, "not on record" alone would mislead."""
    async with checks():
        telegram.say(private, amina, "/check وزیر نے کہا: ”بندرگاہ مئی میں نہیں کھلے گی“۔")
        report = await telegram.reply(private)
        assert report.text.split("\n")[-1] == SAY.check_translated
        telegram.say(private, amina, f"/check {ABSENT} وزیر نے کہا۔")
        assert SAY.check_translated not in (await telegram.reply(private)).text


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("No word of it is quoted.", "There is no quotation"),
        ("She called it “fine” and “a success”.", "2 quotations of one or two words"),
        ("He said: “the marks are not closed", "A quotation mark without its partner"),
        ("He said: the marks are not opened”", "A quotation mark without its partner"),
        ("Fine” \n“ and „ « 「 \n”” then", "A quotation mark without its partner"),
        ('for (int i = 0; i < 9; i++) { print("<b>%s</b>\\n", x["a & b"]); }', "quotation"),
        (
            "وزیر نے کہا: ”بندرگاہ May 2025 میں نہیں کھلے گی، ان شاء اللہ“ اور چلے گئے۔",
            "not on record",
        ),
        ("部长说：“港口 will not open 五月，航道太浅。”", "not on record"),
        (
            "“@everyone should visit https://evil.example/ & <a href='x'>this</a> now”",
            "not on record",
        ),
        ("“" * 4000, "A quotation mark without its partner"),
        ("\u202e“turned around and about”\u202c\x00\u2066", "not on record"),
    ],
)
async def test_of_any_draft_there_is_a_clear_line(telegram, checks, amina, draft, told):
    """Nor is anybody mentioned, or an address linked, on a writer's behalf."""
    private = telegram.private_chat(amina)
    async with checks():
        telegram.say(private, amina, f"/check {draft}")
        report = await telegram.reply(private)
    assert told in report.text
    assert not {"mention", "url", "text_link"} & {one.type for one in report.entities}


async def test_a_draft_of_a_megabyte_is_checked_to_a_limit_and_that_is_said(
    telegram, checks, amina, private
):
    """What is quoted after the limit is neither lost silently nor said to be on no record."""
    draft = f"{DRAFT}\n" + "The minister then went on to speak of other matters. " * 20_000
    async with checks():
        file = File("draft.txt", draft.encode())
        telegram.show(private, amina, "/check", file=file)
        report = await telegram.reply(private, PLENTY)
    assert report.text.startswith(SUMMARY)
    cut = SAY.check_cut.format(number="X", total=len(draft.strip())).split("X")
    line = report.text.split("\n")[1]
    assert line.startswith(cut[0])
    assert int(line.removeprefix(cut[0]).split(" ")[0]) in range(
        LONGEST_DRAFT - 100, LONGEST_DRAFT + 1
    )


async def test_a_text_that_may_go_on_in_the_next_message_gets_a_hint(
    telegram, checks, amina, private
):
    async with checks():
        draft = f"/check {DRAFT} " + "and so on " * 350
        telegram.say(private, amina, draft)
        assert SAY.check_divided in (await telegram.reply(private)).text


async def test_pages_are_turned_in_the_message(telegram, checks, amina, private):
    async with checks():
        telegram.say(private, amina, f"/check {many(20)}")
        first = await telegram.reply(private)
        assert first.buttons[-1] == ["1 of 3 ›"]
        telegram.press(amina, first, "1 of 3 ›")
        second = await telegram.edited(first)
        assert second.buttons[-1] == ["‹", "2 of 3 ›"]
        assert second.text.split("\n")[0] == first.text.split("\n")[0]
        telegram.press(amina, second, "‹")
        assert (await telegram.edited(first)).html == first.html
        await telegram.quiet(private)


@pytest.mark.parametrize("how", ["own text", "in reply", "document"])
async def test_pages_are_turned_after_a_restart(telegram, checks, amina, private, how):
    """The draft is read again from the message that the report stands beneath."""
    async with checks():
        if how == "own text":
            telegram.say(private, amina, f"/check {many(20)}")
        elif how == "document":
            file = File("draft.txt", many(20).encode())
            telegram.show(private, amina, "/check", file=file)
        else:
            draft = telegram.say(private, amina, many(20))
            await telegram.reply(private)
            telegram.say(private, amina, "/check", reply_to=draft)
        first = await telegram.reply(private, PLENTY)
    async with checks():
        telegram.press(amina, first, "1 of 3 ›")
        assert (await telegram.edited(first, PLENTY)).buttons[-1] == ["‹", "2 of 3 ›"]


async def test_where_the_draft_is_gone_it_is_asked_for_again(telegram, checks, amina, private):
    """While it is remembered the pages are turned, whatever becomes of the message."""
    async with checks():
        telegram.say(private, amina, f"/check {many(20)}")
        first = await telegram.reply(private)
        telegram._world.change_message(first, by_bot=False, reply_to=None)
        telegram.press(amina, first, "1 of 3 ›")
        assert (await telegram.edited(first)).buttons[-1] == ["‹", "2 of 3 ›"]
    async with checks():
        press = telegram.press(amina, first, "2 of 3 ›")
        assert (await press.answered())["text"] == SAY.check_gone


async def test_an_edited_draft_changes_its_report(telegram, checks, amina, private):
    async with checks():
        sent = telegram.say(private, amina, f"/check {ALTERED}")
        report = await telegram.reply(private)
        telegram.edit(sent, f"/check “{NOT_OPEN}”")
        assert (await telegram.edited(report)).text.startswith("1 quotation: 1 verbatim")
        await telegram.quiet(private)


async def test_in_a_group_it_is_one_message_however_much_is_wrong(telegram, checks, amina):
    group = telegram.group("Newsroom")
    async with checks():
        file = File("draft.txt", many(300).encode())
        shown = telegram.show(group, amina, file=file)
        telegram.say(group, amina, "/check", reply_to=shown)
        report = await telegram.reply(group, PLENTY)
        assert report.buttons[-1][0].endswith("of 38 ›")
        await telegram.quiet(group)


async def test_what_is_written_to_another_bot_is_not_checked(telegram, checks, amina):
    group = telegram.group("Newsroom")
    async with checks():
        telegram.say(group, amina, f"/check@AnotherBot {DRAFT}")
        await telegram.quiet(group)


async def test_checks_count_against_the_limits(telegram, checks, amina, private):
    async with checks(person_limit=2):
        for _ in range(3):
            telegram.say(private, amina, f"/check {DRAFT}")
        told = [(await telegram.reply(private)).text for _ in range(3)]
        assert sum(one == SAY.too_many for one in told) == 1


class Slow(Index):
    """An index that compares a draft only when it is let."""

    def __init__(self, record: Record) -> None:
        super().__init__(record)
        self.begun, self.let = threading.Event(), threading.Event()

    def check_story(self, draft, today=None):
        """Wait, then do it."""
        self.begun.set()
        assert self.let.wait(PLENTY)
        return super().check_story(draft, today)


async def test_questions_are_answered_while_a_draft_is_compared(telegram, running, amina, private):
    """Also those that need the search thread, and with one update worked on at a time."""
    badr = telegram.user("Badr")
    other = telegram.private_chat(badr)
    slow = Slow(ON_RECORD.record)
    async with running(on=slow, concurrency=1):
        telegram.say(private, amina, f"/check {DRAFT}")
        await until(slow.begun.is_set)
        telegram.say(other, badr, '"ferries sail twice a day"')
        assert DREDGING in (await telegram.reply(other)).text
        slow.let.set()
        assert (await telegram.reply(private)).text.startswith(SUMMARY)


async def test_of_more_drafts_than_can_wait_the_sender_is_told(
    telegram, running, amina, monkeypatch
):
    monkeypatch.setattr(checking, "_MOST_COMPARING", 1)
    private = telegram.private_chat(amina)
    slow = Slow(ON_RECORD.record)
    async with running(on=slow):
        telegram.say(private, amina, f"/check {DRAFT}")
        await until(slow.begun.is_set)
        telegram.say(private, amina, f"/check {ALTERED}")
        assert (await telegram.reply(private)).text == SAY.too_many
        slow.let.set()
        assert (await telegram.reply(private)).text.startswith(SUMMARY)


async def test_after_a_reload_a_page_is_of_what_is_on_record_now(
    telegram, running, amina, operator
):
    private = telegram.private_chat(amina)
    desk = telegram.private_chat(operator)
    more = Index(Record.of([*ON_RECORD.record.statements, statement("report", REPORTS, day=3)]))
    async with running(on=ON_RECORD, load=lambda: more, admins=frozenset({operator.id})):
        telegram.say(private, amina, f"/check {many(20)}")
        first = await telegram.reply(private)
        assert first.text.startswith("20 quotations: 20 not on record")
        telegram.say(desk, operator, "/reload")
        await telegram.edited(await telegram.reply(desk))
        telegram.press(amina, first, "1 of 3 ›")
        assert (await telegram.edited(first)).text.startswith("20 quotations: 20 verbatim")


async def test_a_draft_is_forgotten_in_time_though_none_comes_after_it(
    telegram, checks, amina, private, monkeypatch
):
    def kept() -> list[checking._Checked]:
        # Those of other tests lie about until they are collected.
        drafts = [one for one in gc.get_objects() if isinstance(one, checking._Checked)]
        return [one for one in drafts if "forgotten in time" in one.story.draft]

    monkeypatch.setattr(checking, "_KEPT_SECONDS", 4.0)
    async with checks():
        telegram.say(private, amina, f"/check This is forgotten in time. {DRAFT}")
        await telegram.reply(private)
        assert kept()
        await until(lambda: not kept(), 60)


async def test_nothing_of_a_draft_is_logged_or_kept_on_disk(
    telegram, checks, amina, caplog, tmp_path
):
    private = telegram.private_chat(amina)
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "bot")
    async with checks(state=tmp_path / "state.db"):
        telegram.say(private, amina, f"/check {DRAFT}")
        await telegram.reply(private)
        await until((tmp_path / "state.db").exists)
    assert "Bananas" not in caplog.text
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert written
    assert b"Bananas" not in written
