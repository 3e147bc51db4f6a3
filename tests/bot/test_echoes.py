"""What a user typed is shown so that Telegram makes no link, mention or command of it.

Otherwise anybody could have the bot call others by name in a group, or recommend an address there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_statements import statement
from telegram_standin.detection import LIVE, find_entities

from bot.i18n.strings import languages, strings_of
from bot.rendering.html import typed
from index import Index, Record, load_record

RECORD = Index(Record.of([statement("ferry", ["Ferries sail in May.", "Boats stay."], day=9)]))
#: What Telegram links in a plain text.
LINKED = [
    *("@victim", "@victim owes me money", "t.me/joinchat/AAAA", "https://evil.example/x", "/start"),
    *("/start@OtherBot", "evil.example.com", "me@evil.example.com", "#scandal", "$USD"),
    *("tg://resolve?domain=victim", "+1 202 555 0123", "4111111111111111", "http://evil.com?a=<b>"),
]
#: Questions that have the bot repeat words.
QUESTIONS = [
    'ferries "{}"',
    '"{}"',
    "ferries from:{}",
    "from:{}",
    "ferries kind:{}",
    "on:{} ferries",
]


def live(message) -> list[str]:
    """Return what Telegram linked by itself."""
    return [one.text_of(message.text) for one in message.entities if one.type in LIVE]


@pytest.mark.parametrize("words", LINKED)
def test_the_words_are_such_as_telegram_links(words):
    """And in code it does not."""
    assert find_entities(words)
    assert typed(words).startswith("<code>")


@pytest.mark.parametrize(
    "words", ["", "deep-sea ports", "l’État", "گہرے پانی", "深水港", "9 March 2025"]
)
def test_plain_words_stay_as_they_are(words):
    assert typed(words) == words
    assert not find_entities(words)


@pytest.mark.parametrize("language", languages())
async def test_no_typed_word_is_live_in_private_or_in_a_group(telegram, running, language):
    """Whether the question is answered, refused, or answered a second time."""
    await _no_typed_word_is_live(telegram, running, language)


async def _no_typed_word_is_live(telegram, running, language):
    said = []
    async with running(on=RECORD, person_limit=0, chat_limit=0, messages_per_second=10_000):
        amina = telegram.user("Amina", language_code=language)
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        for words in LINKED:
            for question in QUESTIONS:
                telegram.say(private, amina, question.format(words))
                said.append(await telegram.reply(private))
        for question in QUESTIONS:
            for _ in range(2):
                telegram.say(group, amina, "/ask " + question.format("@victim t.me/x"))
                said.append(await telegram.reply(group))
    assert [live(message) for message in said if live(message)] == []
    # They are shown, so that a user sees what was not understood.
    assert sum("@victim" in message.text for message in said) >= 8


async def test_no_typed_word_is_live_where_the_bot_is_a_guest(telegram, running):
    async with running(on=RECORD):
        amina, friends = telegram.user("Amina"), telegram.foreign_group("Friends")
        for question in QUESTIONS:
            asked = "@OnRecordBot " + question.format("t.me/joinchat/AAAA")
            answer = await telegram.call_guest(friends, amina, asked).answered()
            assert live(answer) == []


async def test_no_typed_word_is_live_in_what_is_sent_from_inline_mode(telegram, running):
    async with running(on=RECORD):
        amina, friends = telegram.user("Amina"), telegram.group("Friends")
        for question in QUESTIONS:
            answer = await telegram.type_inline(amina, question.format("t.me/x")).answered()
            for result in answer.results:
                assert live(telegram.choose(amina, answer, result, friends)) == []


async def test_neither_are_the_questions_that_found_nothing(telegram, running):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running(on=RECORD, admins=frozenset({amina.id})):
        for text in ("/misses on", "call @victim at t.me/joinchat/AAAA", "/misses"):
            telegram.say(private, amina, text)
            said = await telegram.reply(private)
    assert "call @victim" in said.text
    assert set(live(said)) == {"/misses"}


async def test_a_reload_tells_of_files_whatever_their_names(telegram, running, tmp_path: Path):
    """Names that are not UTF-8 could not be sent, and the reload seemed never to end."""
    folder = tmp_path / "data" / "statements"
    folder.mkdir(parents=True)
    try:
        for name in (b"caf\xe9.md", b"@victim.md", b"a<b>&.md", b"\x1b[31m.md", b"evil.com.md"):
            (folder / os.fsdecode(name)).write_text("x")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    load = lambda: Index(load_record(tmp_path / "data"))  # noqa: E731
    async with running(on=RECORD, load=load, admins=frozenset({amina.id})):
        telegram.say(private, amina, "/reload")
        told = await telegram.edited(await telegram.reply(private))
    assert "Done in" in told.text
    assert "caf\\x{dce9}.md" in told.text
    assert live(told) == []


@pytest.mark.parametrize("language", languages())
def test_what_words_are_filled_into_has_no_markup_of_its_own(language):
    """It is put into HTML as it is."""
    strings = strings_of(language)
    names = [name for name in dir(strings) if name.startswith(("read_", "nothing_", "searched"))]
    said = [getattr(strings, name) for name in (*names, "nearest", "reference_unknown")]
    texts = [text for text in said if isinstance(text, str)]
    assert len(texts) > 10
    assert not [text for text in texts if set(text) & set("<>&")]
