"""What operators put on record from Telegram: documents, links, texts; reviewed, then filed."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from telegram_standin import Chat, File, Message, Refuse, TelegramStandIn, User

from bot.i18n.strings import strings_of
from bot.services.drafts import LIFETIME, MOST_DRAFTS
from bot.terminal.loading import load_index
from index import load_record

SAY = strings_of()
FERRIES = "Ferries sail to the island twice a day."
FILED = f"""\
---
title: Remarks at the harbour
date: 2025-02-24
speakers:
  - {{name: Nadia Rahman, role: Minister of Ports}}
---
The deep-water harbour opens to container ships in the spring of the coming year.

Fishing boats keep their berths at the old quay, and pay no more than they do now.

{FERRIES}
"""
#: A document of our own, which tells neither who speaks nor when.
TRAINS = """\
Remarks on the coastal railway

The coastal railway will be electrified by the end of the decade, from the port to the border.

Both sides welcomed the tunnel survey and the commission that meets each spring.
"""
PLENTY = 30.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one statement on record."""
    statements = tmp_path / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "2025-02-24-harbour.md").write_text(FILED)
    return tmp_path / "data"


@pytest.fixture
def on_duty(running, folder, operator, reads_here):
    """Return what runs the bot on the folder, for the operator; what it is sent is read here."""
    load = partial(load_index, folder)
    return lambda **more: running(
        on=load(), load=load, data=folder, admins=frozenset({operator.id}), **more
    )


def filed_in(folder: Path) -> dict[str, str]:
    """Return the statements that were filed, by their names."""
    found = (folder / "statements").rglob("*.md")
    return {one.name: one.read_text() for one in found if one.name != "2025-02-24-harbour.md"}


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return packed.getvalue()


async def review_of(telegram: TelegramStandIn, desk_chat: Chat) -> Message:
    """Return the review that the bot shows of what was just sent."""
    reading = await telegram.reply(desk_chat)
    assert reading.text == SAY.add_reading
    return await telegram.edited(reading, PLENTY)


async def asked(telegram: TelegramStandIn, person: User, review: Message, label: str) -> Message:
    """Return the message that asks for a field whose button was pressed."""
    telegram.press(person, review, label)
    prompt = await telegram.reply(review.chat)
    assert prompt.asks_reply
    return prompt


async def set_to(
    telegram: TelegramStandIn, person: User, review: Message, label: str, value: str
) -> Message:
    """Return the review once the field with that button has a value."""
    prompt = await asked(telegram, person, review, label)
    telegram.say(review.chat, person, value, reply_to=prompt)
    changed = await telegram.edited(review)
    assert (await telegram.reply(review.chat)).reply_to == review
    return changed


@pytest.mark.usefixtures("reads_in_child")
async def test_a_document_is_filed_once_its_speaker_is_told(
    telegram, on_duty, operator, desk_chat, folder
):
    """Nothing is written before; afterwards it is quoted, without a reload."""
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("trains.txt", TRAINS.encode()))
        review = await review_of(telegram, desk_chat)
        assert "trains.txt" in review.marked("bold")
        assert "Title: Remarks on the coastal railway ← first line" in review.text
        assert "2 paragraphs" in review.text
        assert "“The coastal railway will be electrified" in review.text
        assert "Missing: Speaker" in review.marked("bold")
        assert [SAY.button_drop] in review.buttons
        assert filed_in(folder) == {}
        review = await set_to(
            telegram, operator, review, "Speaker", "Li Wen; Railway Board\nAyla Demir"
        )
        assert "Speaker: Li Wen; Railway Board | Ayla Demir" in review.text
        review = await set_to(telegram, operator, review, "Date", "2025-03-02")
        assert "ID: 2025-03-02-remarks-on-the-coastal-railway" in review.text
        telegram.press(operator, review, "Kind")
        kinds = await telegram.edited(review)
        telegram.press(operator, kinds, SAY.kind_joint_statement)
        review = await telegram.edited(review)
        assert "Kind: joint statement" in review.text
        telegram.press(operator, review, SAY.button_file)
        done = await telegram.edited(review)
        assert done.text == "Filed as 2025-03-02-remarks-on-the-coastal-railway."
        assert done.buttons == []
        on_record = await telegram.reply(desk_chat)
        assert on_record.text.startswith("On record: The coastal railway will be electrified")
        telegram.press(operator, on_record, SAY.button_show)
        assert "Li Wen" in (await telegram.edited(on_record)).text
        telegram.say(desk_chat, operator, "When will the coastal railway be electrified?")
        assert "by the end of the decade" in (await telegram.reply(desk_chat)).text
    written = filed_in(folder)["2025-03-02-remarks-on-the-coastal-railway.md"]
    assert "name: Li Wen\n  role: Railway Board" in written
    assert "file: trains.txt" in written


async def test_a_value_that_a_field_cannot_have_is_asked_for_again(
    telegram, on_duty, operator, desk_chat
):
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("trains.txt", TRAINS.encode()))
        review = await review_of(telegram, desk_chat)
        prompt = await asked(telegram, operator, review, "Date")
        assert "2025-02-24" in prompt.text
        telegram.say(desk_chat, operator, "soon", reply_to=prompt)
        assert (await telegram.reply(desk_chat)).text.startswith("This is not a date")
        telegram.say(desk_chat, operator, "2025-03-02", reply_to=prompt)
        assert "Date: 2 Mar 2025" in (await telegram.edited(review)).text
        assert (await telegram.reply(desk_chat)).text == "Date: 2 Mar 2025"
        telegram.say(desk_chat, operator, "–", reply_to=prompt)
        assert "Date: undated" in (await telegram.edited(review)).text


async def test_the_whole_text_and_what_was_left_out_come_as_files(
    telegram, on_duty, operator, desk_chat
):
    title, *paragraphs = TRAINS.strip().split("\n\n")
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    page = (
        f"<html><head><title>{title}</title></head><body><nav><a href='/'>Home page</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer>Press office</footer></body></html>"
    )
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("trains.html", page.encode()))
        review = await review_of(telegram, desk_chat)
        assert "Left out: " in review.text
        telegram.press(operator, review, SAY.button_statement)
        whole = telegram.file_in(await telegram.reply(desk_chat))
        telegram.press(operator, review, SAY.button_left_out)
        left_out = telegram.file_in(await telegram.reply(desk_chat))
    assert whole.name == "undated-remarks-on-the-coastal-railway.md"
    assert "Both sides welcomed the tunnel survey" in whole.content.decode()
    assert "navigation: Home page" in left_out.content.decode()
    assert "Press office" not in whole.content.decode()


async def test_a_link_to_no_public_site_is_refused(telegram, on_duty, operator, desk_chat, folder):
    """A file of the machine's, and an address within it, are no links; nor is a path a name."""
    async with on_duty():
        for link in ("http://127.0.0.1:8080/healthz", "http://[::1]/"):
            telegram.say(desk_chat, operator, f"/add {link}")
            refused = await review_of(telegram, desk_chat)
            assert refused.text.startswith(f"{link}: ")
            assert refused.buttons == []
            assert refused.text.count("\n") == 0
        telegram.say(desk_chat, operator, f"/add {folder}/statements/2025-02-24-harbour.md")
        review = await review_of(telegram, desk_chat)
        assert FERRIES not in review.text
    assert filed_in(folder) == {}


async def test_a_long_text_is_added_as_it_is_written(
    telegram, on_duty, operator, desk_chat, folder
):
    """Below the command, with its line breaks; a link above it is its address."""
    address = "https://rail.example.org/statement"
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add {address}\n{TRAINS}")
        review = await review_of(telegram, desk_chat)
        assert f"Link: {address}" in review.text
        assert "2 paragraphs" in review.text
        review = await set_to(telegram, operator, review, "Speaker", "Li Wen")
        telegram.press(operator, review, SAY.button_file)
        await telegram.edited(review)
        await telegram.reply(desk_chat)
    (written,) = filed_in(folder).values()
    assert written.endswith(TRAINS.partition("\n\n")[2])
    assert f"url: {address}" in written


async def test_a_forwarded_post_is_added_in_reply_to_it(telegram, on_duty, operator, desk_chat):
    """Its channel, its day and its address are told by Telegram."""
    async with on_duty():
        channel = telegram.channel("Railway Board", username="railboard")
        post = telegram.post(channel, TRAINS)
        forwarded = telegram.forward(desk_chat, operator, post)
        await telegram.reply(desk_chat)
        telegram.say(desk_chat, operator, "/add", reply_to=forwarded)
        review = await review_of(telegram, desk_chat)
        link = f"https://t.me/railboard/{post.message_id}"
        assert f"Link: {link} ← forwarded from “Railway Board”" in review.text
        telegram.press(operator, review, "Publisher: Railway Board")
        assert "Publisher: Railway Board" in (await telegram.edited(review)).text
        telegram.press(operator, review, "Date: ")
        assert "undated" not in (await telegram.edited(review)).text


async def test_a_document_without_a_command_is_added_in_reply_to_it(
    telegram, on_duty, operator, desk_chat
):
    async with on_duty():
        sent = telegram.show(desk_chat, operator, file=File("trains.txt", TRAINS.encode()))
        assert (await telegram.reply(desk_chat)).text == SAY.add_hint
        telegram.say(desk_chat, operator, "/add", reply_to=sent)
        assert "trains.txt" in (await review_of(telegram, desk_chat)).text


async def test_to_others_and_in_groups_there_is_no_such_command(
    telegram, on_duty, operator, desk_chat, folder
):
    async with on_duty():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        group = telegram.group("Newsroom")
        telegram.say(private, amina, f"/add {TRAINS}")
        assert (await telegram.reply(private)).text == SAY.unknown_command
        telegram.show(private, amina, "/add", file=File("trains.txt", TRAINS.encode()))
        assert (await telegram.reply(private)).text == SAY.unknown_command
        telegram.say(group, amina, "/add@OnRecordBot words")
        telegram.say(group, operator, "/add words")
        telegram.show(group, operator, "/add", file=File("trains.txt", TRAINS.encode()))
        await telegram.quiet(group)
        telegram.say(group, operator, "/add@OnRecordBot words")
        assert (await telegram.reply(group)).text == SAY.add_private
        assert telegram.calls_of("getFile") == []
        telegram.say(desk_chat, operator, "/add")
        assert (await telegram.reply(desk_chat)).text == SAY.add_how
    assert filed_in(folder) == {}


async def test_nobody_else_can_press_the_buttons_of_a_draft(
    telegram, on_duty, operator, desk_chat, folder
):
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        review = await set_to(
            telegram, operator, await review_of(telegram, desk_chat), "Speaker", "Li Wen"
        )
        amina = telegram.user("Amina")
        assert (await telegram.press(amina, review, SAY.button_file).answered())[
            "text"
        ] == SAY.draft_gone
    assert filed_in(folder) == {}


async def test_an_amendment_becomes_the_new_text_of_what_is_on_record(
    telegram, on_duty, operator, desk_chat, folder
):
    """The old version is kept; until then the differences can be read."""
    amended = FILED.partition("---\nThe")[2].replace("twice", "three times")
    async with on_duty():
        text = f"Remarks at the harbour\n\nThe{amended}"
        telegram.say(desk_chat, operator, f"/add\n{text}")
        review = await review_of(telegram, desk_chat)
        review = await set_to(telegram, operator, review, "Speaker", "Nadia Rahman")
        assert "Amends 2025-02-24-harbour, by nearly the same words" in review.marked("bold")
        labels = [label for row in review.buttons for label in row]
        assert SAY.button_file not in labels
        assert SAY.button_file_apart in labels
        telegram.press(operator, review, SAY.button_differences)
        told = (await telegram.reply(desk_chat)).text
        assert told == f"- {FERRIES}\n+ {FERRIES.replace('twice', 'three times')}"
        telegram.press(operator, review, SAY.button_file_amended)
        assert (await telegram.edited(review)).text == (
            "Filed as the new text of 2025-02-24-harbour."
        )
        assert (await telegram.reply(desk_chat)).text.startswith(
            "On record: The deep-water harbour"
        )
        telegram.say(desk_chat, operator, "How often do ferries sail to the island?")
        assert "three times a day" in (await telegram.reply(desk_chat)).text
    assert FERRIES in filed_in(folder)["1.md"]


async def test_an_amendment_may_be_filed_separately(telegram, on_duty, operator, desk_chat, folder):
    amended = FILED.partition("---\nThe")[2].replace("twice", "three times")
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add\nRemarks at the harbour\n\nThe{amended}")
        review = await review_of(telegram, desk_chat)
        review = await set_to(telegram, operator, review, "Speaker", "Nadia Rahman")
        review = await set_to(telegram, operator, review, "ID", "2025-02-24-harbour")
        telegram.press(operator, review, SAY.button_file_apart)
        taken = await telegram.reply(desk_chat)
        assert taken.text == SAY.draft_id_taken.format(id="2025-02-24-harbour")
        review = await set_to(telegram, operator, review, "ID", "2025-02-25-harbour")
        telegram.press(operator, review, SAY.button_file_apart)
        assert (await telegram.edited(review)).text == "Filed as 2025-02-25-harbour."
        await telegram.reply(desk_chat)
    assert set(filed_in(folder)) == {"2025-02-25-harbour.md"}


async def test_what_is_on_record_already_is_refused(telegram, on_duty, operator, desk_chat, folder):
    async with on_duty():
        text = FILED.partition("---\nThe")[2]
        telegram.say(desk_chat, operator, f"/add\nRemarks at the harbour\n\nThe{text}")
        refused = await review_of(telegram, desk_chat)
        assert "on record already, as 2025-02-24-harbour" in refused.text
        assert refused.buttons == []
    assert filed_in(folder) == {}


async def test_a_dropped_draft_is_gone(telegram, on_duty, operator, desk_chat, folder):
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        review = await review_of(telegram, desk_chat)
        prompt = await asked(telegram, operator, review, "Title")
        telegram.press(operator, review, SAY.button_drop)
        dropped = await telegram.edited(review)
        assert (dropped.text, dropped.buttons) == ("Not filed: Telegram message", [])
        telegram.say(desk_chat, operator, "A title", reply_to=prompt)
        assert (await telegram.reply(desk_chat)).text == SAY.draft_gone
    assert filed_in(folder) == {}


async def test_after_a_restart_old_buttons_and_replies_are_told_that_the_draft_is_gone(
    telegram, on_duty, operator, desk_chat, folder
):
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        review = await review_of(telegram, desk_chat)
        prompt = await asked(telegram, operator, review, "Title")
    async with on_duty():
        press = telegram.press(operator, review, SAY.button_drop)
        assert (await press.answered())["text"] == SAY.draft_gone
        telegram.say(desk_chat, operator, "A title", reply_to=prompt)
        assert (await telegram.reply(desk_chat)).text == SAY.draft_gone
    assert filed_in(folder) == {}


async def test_after_an_hour_a_draft_is_dropped(telegram, on_duty, operator, desk_chat):
    async with on_duty():
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        review = await review_of(telegram, desk_chat)
        telegram.clock.advance(int(LIFETIME) + 60)
        press = telegram.press(operator, review, SAY.button_drop)
        assert (await press.answered())["text"] == SAY.draft_gone


async def test_two_documents_in_an_archive_are_reviewed_one_after_the_other(
    telegram, on_duty, operator, desk_chat, folder
):
    """What is refused is told by itself, and the rest goes on."""
    ports = "Remarks on ports\n\nThe port of the old town has opened again to fishing boats."
    packed = zipped(trains=TRAINS, empty="", ports=ports)
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("../../etc/all.zip", packed))
        review = await review_of(telegram, desk_chat)
        refused = await telegram.reply(desk_chat)
        assert refused.text.startswith("all.zip: empty.txt: it is empty")
        assert "all.zip: trains.txt · 1 of 2" in review.text
        telegram.press(operator, review, SAY.button_skip)
        assert (await telegram.edited(review)).text == "Not filed: all.zip: trains.txt"
        second = await telegram.reply(desk_chat)
        assert "all.zip: ports.txt · 2 of 2" in second.text
        second = await set_to(telegram, operator, second, "Speaker", "Ayla Demir")
        telegram.press(operator, second, SAY.button_file)
        assert "Filed as" in (await telegram.edited(second)).text
        await telegram.reply(desk_chat)
        await telegram.quiet(desk_chat)
    assert set(filed_in(folder)) == {"undated-remarks-on-ports.md"}
    record = load_record(folder)
    assert len(record.statements) == 2
    assert [one.category for one in record.problems] == ["no date"]


async def test_so_many_drafts_wait_for_one_operator_and_no_more(
    telegram, on_duty, operator, desk_chat
):
    many = {
        f"n{number}": f"Statement number {number}\n\nThe ferry of line {number} sails every day."
        for number in range(MOST_DRAFTS + 2)
    }
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("all.zip", zipped(**many)))
        review = await review_of(telegram, desk_chat)
        assert f"1 of {MOST_DRAFTS}" in review.text
        assert (await telegram.reply(desk_chat)).text == SAY.add_cut.format(number=MOST_DRAFTS)
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        assert (await telegram.reply(desk_chat)).text == SAY.add_full.format(number=MOST_DRAFTS)
        telegram.press(operator, review, SAY.button_drop_all)
        await telegram.edited(review)
        await telegram.quiet(desk_chat)
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        assert "Telegram message" in (await review_of(telegram, desk_chat)).text


@pytest.mark.parametrize("told", [20_000_001, None])
async def test_a_file_that_telegram_does_not_give_is_refused(
    telegram, on_duty, operator, desk_chat, told
):
    async with on_duty():
        if told is None:
            telegram.fail("getFile", Refuse(400, "Bad Request: file is too big"))
        telegram.show(desk_chat, operator, "/add", file=File("a.pdf", b"%PDF-", size=told))
        assert (await review_of(telegram, desk_chat)).text == SAY.add_too_large


async def test_a_file_that_cannot_be_fetched_is_told_without_the_token(
    telegram, on_duty, operator, desk_chat, caplog
):
    async with on_duty():
        telegram.fail("getFile", Refuse(400, "Bad Request: wrong file_id"))
        telegram.show(desk_chat, operator, "/add", file=File("a.txt", TRAINS.encode()))
        told = await review_of(telegram, desk_chat)
        assert told.text == SAY.add_not_fetched.format(reason="BadRequest")
    assert telegram.token not in caplog.text


async def test_several_processes_add_nothing(telegram, on_duty, operator, desk_chat):
    """The next press would come to another of them."""
    async with on_duty(workers=2):
        telegram.say(desk_chat, operator, f"/add\n{TRAINS}")
        assert (await telegram.reply(desk_chat)).text == SAY.add_one_process


async def test_marks_in_a_document_are_only_words(telegram, on_duty, operator, desk_chat):
    hostile = "Remarks on 5 < 6 & @everyone\n\nThe sum is 5 < 6 &amp; <b no \u202e mark, they said."
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("<i>a</i>.txt", hostile.encode()))
        review = await review_of(telegram, desk_chat)
        assert "Title: Remarks on 5 < 6 & @everyone" in review.text
        assert "5 < 6 &amp; <b no" in review.text
        assert review.marked("bold")[0] == "i>.txt"


async def test_several_links_are_read_and_told_of_in_one_message(
    telegram, on_duty, operator, desk_chat
):
    """Also those of a message that is replied to."""
    links = "http://127.0.0.1/a\nhttp://localhost/b"
    async with on_duty():
        sent = telegram.say(desk_chat, operator, links)
        await telegram.reply(desk_chat)
        telegram.say(desk_chat, operator, "/add", reply_to=sent)
        refused = (await review_of(telegram, desk_chat)).text.splitlines()
        assert [line.partition(": ")[0] for line in refused] == links.splitlines()


async def test_many_links_are_links_and_no_text(telegram, on_duty, operator, desk_chat):
    links = [f"http://127.0.0.1:{port}/" for port in range(8000, 8025)]
    async with on_duty():
        telegram.say(desk_chat, operator, "/add " + "\n".join(links))
        refused = await review_of(telegram, desk_chat)
        assert refused.text.startswith(f"{links[0]}: ")
        assert "15" in refused.text.splitlines()[-1]
        assert refused.buttons == []


async def test_a_file_that_the_bot_sent_is_no_document_to_add(
    telegram, on_duty, operator, desk_chat
):
    async with on_duty():
        telegram.show(desk_chat, operator, "/add", file=File("trains.txt", TRAINS.encode()))
        review = await review_of(telegram, desk_chat)
        telegram.press(operator, review, SAY.button_statement)
        sent = await telegram.reply(desk_chat)
        telegram.say(desk_chat, operator, "/add", reply_to=sent)
        assert (await telegram.reply(desk_chat)).text == SAY.add_how


async def test_of_a_forwarded_message_of_a_person_only_the_day_is_offered(
    telegram, on_duty, operator, desk_chat
):
    """Nor has a private channel's post an address that anybody could open."""
    async with on_duty():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        said = telegram.say(private, amina, TRAINS)
        await telegram.reply(private)
        for original in (said, telegram.post(telegram.channel("Secret"), TRAINS)):
            forwarded = telegram.forward(desk_chat, operator, original)
            await telegram.reply(desk_chat)
            telegram.say(desk_chat, operator, "/add", reply_to=forwarded)
            review = await review_of(telegram, desk_chat)
            assert "Link" not in review.text
            assert "Amina" not in review.text
            offered = [label for row in review.buttons for label in row if ": " in label]
            assert [one for one in offered if one.startswith("Date: 20")]


async def test_a_picture_is_no_document_and_what_the_bot_says_none_either(
    telegram, on_duty, operator, desk_chat
):
    async with on_duty():
        telegram.show(desk_chat, operator, "/add")
        told = await telegram.reply(desk_chat)
        assert told.text == SAY.add_how
        telegram.say(desk_chat, operator, "/add", reply_to=told)
        assert (await telegram.reply(desk_chat)).text == SAY.add_how


@pytest.mark.usefixtures("reads_in_child")
async def test_questions_are_answered_while_a_document_waits_to_be_read(
    telegram, on_duty, operator, desk_chat
):
    """Reading is slow, and many documents are sent at once: nobody else waits for them."""
    async with on_duty(concurrency=2):
        for number in range(6):
            text = f"Remarks on line {number}\n\nThe ferry of line {number} sails every day."
            telegram.show(desk_chat, operator, "/add", file=File(f"{number}.txt", text.encode()))
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "How often do ferries sail to the island?")
        assert FERRIES in (await telegram.reply(private)).text
        told = [await telegram.reply(desk_chat) for _ in range(6)]
        for one in told:
            assert ".txt" in (await telegram.edited(one, PLENTY)).text
