"""What is only a greeting or thanks, in any language, and what is not."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from real_texts import question_folders

import index
from index.text.folding import fold
from index.text.small_talk import LONGEST, SmallTalk, is_doubt, small_talk

FILE = Path(index.__file__).parent / "text" / "small_talk.yaml"
GREETING, THANKS = SmallTalk.GREETING, SmallTalk.THANKS


def phrases(key: str) -> list[str]:
    written = yaml.safe_load(FILE.read_text("utf-8"))[key]
    lines = [line for line in written.splitlines() if not line.startswith("#")]
    return [phrase.strip() for line in lines for phrase in line.split(",")]


WRITTEN = [(one, GREETING) for one in phrases("greetings")]
WRITTEN += [(one, THANKS) for one in phrases("thanks")]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hello", GREETING),
        ("Hello!", GREETING),
        ("  HELLO  ", GREETING),
        ("Good morning.", GREETING),
        ("hi there", GREETING),
        ("hey bot", GREETING),
        ("Hey, bot!!! 👋🏽", GREETING),
        ("Hello, good evening", GREETING),
        ("Hi hi", GREETING),
        ("helloooo", GREETING),
        ("Hi, how are you?", GREETING),
        ("salam", GREETING),
        ("Assalamu alaikum", GREETING),
        ("As-salamu alaykum", GREETING),
        ("Assalam-o-Alaikum sir", GREETING),
        ("السلام علیکم", GREETING),
        ("السلام عليكم ورحمة الله", GREETING),
        ("नमस्ते", GREETING),
        ("नमस्ते जी 🙏", GREETING),
        ("你好", GREETING),
        ("你好！", GREETING),
        ("大家好，机器人", GREETING),
        ("Hola", GREETING),
        ("GÜNAYDIN", GREETING),
        ("gunaydin", GREETING),
        ("Здравствуйте!", GREETING),
        ("thanks a lot", THANKS),
        ("ok thanks", THANKS),
        ("OK, thank you so much, bot ❤️", THANKS),
        ("Thankyou", THANKS),
        ("Hello and thank you", THANKS),
        ("谢谢", THANKS),
        ("好的，谢谢！", THANKS),
        ("شکریہ", THANKS),
        ("آپ کا بہت شکریہ جناب", THANKS),
        ("شكراً", THANKS),
        ("धन्यवाद", THANKS),
        ("gracias", THANKS),
        ("Merci beaucoup !", THANKS),
        ("Danke schön", THANKS),
        ("ありがとうございます。", THANKS),
        ("ขอบคุณครับ", THANKS),
        ("どうも ありがとう", THANKS),
    ],
)
def test_a_message_of_small_talk_only_is_recognised(message, kind):
    assert small_talk(message) is kind


@pytest.mark.parametrize(
    "message",
    [
        "Hello, what about Gwadar?",
        "Thanks, and the railway?",
        "Thank you. What about Kashmir?",
        "who said thanks",
        "thanks to China",
        "hello world",
        "Gwadar",
        "good",
        "morning",
        "ok",
        "bot",
        "hi 5",
        "hellos",
        "Salam Fayyad",
        '"Salam"',
        "“thank you”",
        "「你好」",
        "from:hello",
        "你好吗瓜达尔",
        "谢谢中国",
        "سلام گوادر",
        "",
        " ",
        "?!",
        "👋",
        "...",
        "\u0301\u200d\ufe0f",
        "ref K7Q2-M9XA",
    ],
)
def test_a_message_that_may_ask_something_is_none(message):
    """A polite question is still a question, and a word in quotation marks is asked about."""
    assert small_talk(message) is None


def test_whom_it_addresses_does_not_matter():
    """The bot's names are arguments, as an operator may give it any name."""
    assert small_talk("Hello Ports Desk", "Ports Desk", "PortsDeskBot") is GREETING
    assert small_talk("thanks PortsDeskBot!", "Ports Desk", "PortsDeskBot") is THANKS
    assert small_talk("Hello Ports Desk") is None
    assert small_talk("Ports Desk", "Ports Desk") is None
    assert small_talk("hello", "", "🤖") is GREETING


@pytest.mark.parametrize(("phrase", "kind"), WRITTEN)
def test_each_phrase_of_the_file_is_found(phrase, kind):
    """As written, in capitals, with a mark at its end, and without other words."""
    for message in (phrase, phrase.upper(), f"{phrase}!", f"bot, {phrase} 🙂", f"¡{phrase}。"):
        assert small_talk(message) is kind, message


@pytest.mark.parametrize("phrase", phrases("accompanying"))
def test_accompanying_words_are_no_small_talk_by_themselves(phrase):
    assert small_talk(phrase) is None
    assert small_talk(f"{phrase}, hello") is small_talk(f"hello {phrase}") is GREETING


def test_each_phrase_stands_once():
    """Spaces, capitals and accents aside, as they need no entry of their own."""
    every = [one for key in ("greetings", "thanks", "accompanying") for one in phrases(key)]
    folded = Counter(fold(one.replace(" ", "")) for one in every)
    twice = [one for one in every if folded[fold(one.replace(" ", ""))] > 1]
    assert not twice, f"small_talk.yaml: keep one of each, as they are found by the same: {twice}"
    assert all(len(one) * 2 <= LONGEST for one in every)


def test_no_question_of_the_shared_sets_is_taken_for_small_talk(shared):
    asked = 0
    for folder in question_folders(shared):
        for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
            question = json.loads(line)["question"]
            asked += 1
            assert small_talk(question) is None, question
    assert asked > 1000


@given(st.text(max_size=120), st.text(max_size=20))
def test_any_message_at_all_can_be_looked_at(message, name):
    assert small_talk(message, name) in (None, *SmallTalk)


@given(
    st.lists(st.sampled_from([one for one, _ in WRITTEN if len(one) < 12]), min_size=1, max_size=4)
)
def test_several_phrases_of_small_talk_are_one(said):
    assert small_talk(", ".join(said)) is not None


@pytest.mark.parametrize("unit", ["hello ", "a", "好", "thanks, ", "' ", "h\u0301", "🙏", "ok"])
def test_of_a_long_message_nothing_is_looked_at_and_of_another_each_word_once(unit, monkeypatch):
    """What a word is folded to is the work; the rest is looking it up."""
    looked_at = []

    def folding(word):
        looked_at.append(word)
        return fold(word)

    small_talk("hello")
    monkeypatch.setattr(sys.modules[small_talk.__module__], "fold", folding)
    message = (unit * 4096)[:4096]
    for cut in (4096, LONGEST + 1):
        assert small_talk(message[:cut]) is None
        assert looked_at == []
    small_talk(message[:LONGEST])
    assert len("".join(looked_at)) <= LONGEST


@pytest.mark.parametrize("phrase", phrases("doubts"))
def test_every_doubt_is_recognised_with_any_mark_and_is_no_small_talk(phrase: str) -> None:
    for message in (phrase, f"  {phrase.upper()}?? ", f"{phrase}, please!"):
        assert is_doubt(message), message
        assert small_talk(message) is None
    assert not is_doubt(f"{phrase} Gwadar")
    assert not is_doubt(f"“{phrase}”")


@pytest.mark.parametrize(
    ("message", "doubts"),
    [
        ("Is this true, On Record?", True),
        ("hello, is this true?", True),
        ("Is it true that Gwadar is open?", False),
        ("Check the port of Gwadar", False),
        ("hello", False),
        ("thanks", False),
        ("bot", False),
        ("", False),
        ("?", False),
        ("source " * 40, False),
    ],
)
def test_a_doubt_has_no_subject_of_its_own(message: str, doubts: bool) -> None:
    assert is_doubt(message, "On Record") is doubts
