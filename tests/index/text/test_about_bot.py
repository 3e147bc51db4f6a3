"""What is asked about the bot, in many languages, and what only sounds like it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.text import about_bot
from index.text.about_bot import LONGEST, asked_of_bot
from index.text.bundled import lines_of
from index.text.language import codes, script_of
from index.text.question_phrases import question_phrases

WRITTEN = yaml.safe_load(about_bot._FILE.read_text("utf-8"))
TOPICS = {"purpose", *WRITTEN["words"]["en"]}


@pytest.mark.parametrize(
    ("topic", "questions"),
    [
        (
            "purpose",
            "help | Help me please! | who are you? | what are you | What can you do?"
            " | hi, what can you do | what is this bot for? | how do I use this | what can I ask"
            " | tell me about yourself | what's your name | are you a bot? | commands",
        ),
        ("finding", "how does this work? | how do you work | are you an AI? | do you hallucinate?"),
        (
            "privacy",
            "do you keep my questions? | are my questions stored? | who can see my questions"
            " | do you store our chats | what data do you keep | is this private?",
        ),
        ("limits", "can I trust you? | how reliable are you | do you make mistakes?"),
        ("adding", "what statements do you have? | where do you get your quotes from"),
        ("owner", "who made you? | who runs this bot | are you free | is this open source?"),
        (
            "groups",
            "do you work in groups? | can I add you to a group | how does it work in groups",
        ),
        ("memory", "do you remember what I asked before?"),
        ("words", "are your quotes verbatim? | do you paraphrase the quotes?"),
        ("purpose", "آپ کون ہیں؟ | آپ کیا کر سکتے ہیں | مدد | aap kaun hain"),
        ("privacy", "کیا آپ میرے سوالات محفوظ کرتے ہیں؟"),
        ("purpose", "你是谁？ | 你能做什么？ | 你會做什麼？ | 帮助 | 这个机器人怎么用？"),
        ("privacy", "你会保存我的问题吗？ | 你會記錄我的問題嗎"),
        ("purpose", "من أنت؟ | ماذا تستطيع أن تفعل؟ | مساعدة"),
        ("privacy", "هل تحفظ أسئلتي؟"),
        ("purpose", "आप कौन हैं? | आप क्या कर सकते हैं? | मदद"),
        ("privacy", "क्या आप मेरे सवाल रखते हैं?"),
        ("purpose", "¿quién eres? | ¿Qué puedes hacer? | ayuda"),
        ("privacy", "¿guardas mis preguntas?"),
        ("purpose", "qui es-tu ? | que peux-tu faire ? | aide"),
        ("privacy", "est-ce que tu gardes mes questions ?"),
        ("purpose", "кто ты? | что ты умеешь? | помощь"),
        ("privacy", "ты хранишь мои вопросы?"),
        ("finding", "یہ کیسے کام کرتا ہے؟ | كيف تعمل؟ | ¿cómo funciona? | как это работает?"),
    ],
)
def test_what_is_asked_about_the_bot_is_recognised_with_its_topic(topic, questions):
    for question in questions.split(" | "):
        asked = asked_of_bot(question)
        assert asked is not None, question
        assert asked.topic == topic, question


def test_two_questions_about_the_bot_are_one_and_the_first_tells_the_topic():
    asked = asked_of_bot("Hello! Do you keep my questions, and who made you? Thanks")
    assert asked is not None
    assert (asked.topic, asked.language) == ("privacy", "en")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "hi",
        "thanks, bot",
        "what can you do about tea",
        "what can you tell me about Gwadar?",
        "what do you have on privacy?",
        "do you keep records of terrorism",
        "do you have any comment on Kashmir?",
        "who are you meeting in Islamabad?",
        "help with flood relief",
        "humanitarian help",
        "can you help Pakistan?",
        "how does this corridor work?",
        "what is this about Gwadar?",
        "who made the agreement?",
        "are you ready for talks?",
        "can I trust the minister?",
        "who runs Gwadar port?",
        "free trade",
        "open source software",
        "artificial intelligence",
        "privacy",
        "what statements do you have on tea",
        "up",
        "qui ?",
        "who",
        "帮助阿富汗",
        "你对台湾怎么看",
        "ayuda humanitaria",
        "aide humanitaire",
        "помощь Афганистану",
        "مساعدة إنسانية",
        "मदद पैकेज",
        "سیلاب میں مدد",
    ],
)
def test_what_is_asked_about_anything_else_is_not_about_the_bot(question):
    assert asked_of_bot(question) is None


def test_a_long_question_is_about_more_than_the_bot():
    assert asked_of_bot("what can you do? " * 7) is not None
    assert len("what can you do? " * 8) > LONGEST
    assert asked_of_bot("what can you do? " * 8) is None


@given(st.text(max_size=150))
def test_any_question_is_read(question):
    assert asked_of_bot(question) is None or len(question) <= LONGEST


@pytest.mark.parametrize("code", sorted(set(WRITTEN) - {"words"}))
def test_the_phrases_of_a_language_are_in_the_notation_and_on_known_topics(code):
    assert code in codes()
    assert set(WRITTEN[code]) <= TOPICS
    for block in WRITTEN[code].values():
        for line in lines_of(block):
            assert question_phrases([line], script_of(line)) is not None


def test_the_languages_are_those_that_people_ask_in_most():
    assert {"en", "ur", "zh", "ar", "hi", "es", "fr", "ru"} <= set(WRITTEN)
    assert {"purpose", "privacy", "finding"} <= set.intersection(
        *(set(topics) for code, topics in WRITTEN.items() if code != "words")
    )
