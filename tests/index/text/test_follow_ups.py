"""What people write beneath a quote: of its citation, to each other, or to ask for another."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index import CitationPart, read_follow_up
from index.text import follow_ups
from index.text.follow_ups import LONGEST, FollowUp
from index.text.language import codes

SPEAKER, WORDING, DATE, SOURCE = CitationPart
CITED = ("Jiang Zaidong", "Chinese Ambassador to Pakistan")


def read(message: str) -> FollowUp:
    return read_follow_up(message, "On Record", "OnRecordBot", cited=CITED)


@pytest.mark.parametrize(
    ("part", "messages"),
    [
        (
            SPEAKER,
            "who said that? | who? | who is this guy | who's speaking here | and who said it"
            " | کس نے کہا؟ | kis ne kaha | 谁说的？ | 這是誰說的？ | من قال هذا؟ | किसने कहा?"
            " | ¿quién lo dijo? | qui a dit ça ? | кто это сказал? | wer hat das gesagt?",
        ),
        (
            WORDING,
            "is that a direct quote? | is it verbatim | are those his exact words? | word for word?"
            " | quote or summary? | is this a translation? | lol is that an actual quote"
            " | کیا یہ براہ راست اقتباس ہے؟ | 这是原话吗？ | هل هذا اقتباس مباشر؟"
            " | ¿es una cita directa? | c'est une citation directe ? | это прямая цитата?"
            " | क्या यह सीधा उद्धरण है?",
        ),
        (
            DATE,
            "and the date? | when? | when was this? | date pls | what day was this"
            " | what's the date | when did he say that | how old is this? | what year was that, bot"
            " | تاریخ؟ | یہ کب کا ہے | 日期呢？ | 什么时候说的 | والتاريخ؟ | متى؟ | तारीख?"
            " | ¿y la fecha? | et la date ? | а дата? | wann war das?",
        ),
        (
            SOURCE,
            "source? | link? | got a link? | can I have the link please | url plz"
            " | which paragraph? | was this a press conference? | what was the occasion"
            " | where is this from | where can i read it"
            " | which statement is this | full text?"
            " | لنک؟ | حوالہ دیں | 出处？ | 有链接吗？ | ما المصدر؟ | स्रोत? | ¿fuente?"
            " | ¿tienes el enlace? | la source ? | le lien svp | источник?"
            " | ссылку можно? | wo ist die quelle",
        ),
    ],
)
def test_what_a_citation_tells_is_asked_for_in_any_words(part, messages):
    for message in messages.split(" | "):
        wants = read(message)
        assert (wants.parts, wants.idle) == ((part,), False), message


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("who said this and when?", (SPEAKER, DATE)),
        ("date and source please", (DATE, SOURCE)),
        ("source and who", (SPEAKER, SOURCE)),
    ],
)
def test_more_than_one_part_can_be_asked_for(message, parts):
    assert read(message).parts == parts


@pytest.mark.parametrize(
    "message",
    [
        "who will go to Kashmir?",
        "who said that about the harbour?",
        "when does the harbour open?",
        "the date of the visit?",
        "link between terrorism and trade?",
        "source of the Indus?",
        "quote on tea please",
        "谁去阿富汗？",
        "когда откроется порт?",
    ],
)
def test_what_has_a_subject_of_its_own_is_not_about_the_quote(message):
    wants = read(message)
    assert (wants.parts, wants.idle) == ((), False)


@pytest.mark.parametrize(
    "messages",
    [
        "thanks | lol | ok | hmm | nice one | good point, mate | wow!! | haha exactly | me too",
        "you are wrong | he never said that! | that is so sad | this is nonsense | he is a liar",
        "really? | why? | so what? | right? | lol what? | who cares | what a joke | how dare he",
        "more details please | details? | and the latest? | why not | we want more",
        "context? | more please | can you translate? | what does that mean? | fake news",
        "did the ambassador say that? | Did Jiang really say this? | did pakistan say that",
        "واہ زبردست | جھوٹ | شکریہ | وزیر نے یہ کہا؟ | 哈哈 | 胡说八道 | 真的吗？ | 谢谢",
        "बकवास | वाह | jajaja mentira | quelle honte | merci | враньё | спасибо | شكرا"
        " | هههه كذاب | danke",
    ],
)
def test_what_is_said_to_each_other_has_no_subject(messages):
    for message in messages.split(" | "):
        wants = read(message)
        assert (wants.parts, wants.idle) == ((), True), message


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("what about afghanistan", "what about afghanistan"),
        ("kashmir please", "kashmir"),
        ("Kashmir, pls!", "Kashmir"),
        ("afghanistan too", "afghanistan"),
        ("nice, what about tea", "what about tea"),
        ("same for kashmir", "same for kashmir"),
        ("what about propaganda", "what about propaganda"),
        ("what about Pakistan", "what about Pakistan"),
        ("On Record, tea please", "tea"),
        ("when does the harbour open", "when does the harbour open"),
        ("افغانستان کے بارے میں", "افغانستان"),
        ("کشمیر پلیز", "کشمیر"),
        ("अफ़गानिस्तान के बारे में क्या", "अफ़गानिस्तान"),
        ("那阿富汗呢", "那阿富汗"),
        ("克什米尔呢？", "克什米尔"),
        ("وماذا عن كشمير", "وماذا عن كشمير"),
        ("كشمير من فضلك", "كشمير"),
        ("¿qué hay de Afganistán", "¿qué hay de Afganistán"),
        ("Cachemira por favor", "Cachemira"),
        ("le Cachemire svp", "le Cachemire"),
        ("qu'en est-il du thé", "qu'en est-il du thé"),
        ("что насчёт Кашмира", "что насчёт Кашмира"),
        ("Кашмир пожалуйста", "Кашмир"),
    ],
)
def test_another_subject_is_asked_for_without_a_question_mark(message, question):
    wants = read(message)
    assert wants.asks
    assert wants.question == question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("and kashmir", "kashmir"),
        ("ok and the harbour", "the harbour"),
        ("also tea", "tea"),
        ("bot, kashmir", "kashmir"),
        ("اور کشمیر", "کشمیر"),
        ("और कश्मीर", "कश्मीर"),
        ("وكشمير", "وكشمير"),
        ("y Cachemira", "Cachemira"),
        ("et le Cachemire", "le Cachemire"),
        ("а Афганистан", "Афганистан"),
    ],
)
def test_another_subject_may_only_be_named(message, question):
    wants = read(message)
    assert wants.names
    assert wants.goes_on
    assert wants.question == question


@pytest.mark.parametrize(
    "message",
    [
        "you are summer",
        "he lied about the harbour",
        "I agree with the ambassador",
        "and he lied about tea",
        "the ferries are always late lol",
        "I think the tunnel is great",
        "see you at the harbour, mate",
        "we need more ferries",
        "election coming up",
    ],
)
def test_who_says_something_of_a_subject_does_not_ask_for_it(message):
    wants = read(message)
    assert not (wants.asks or wants.names or wants.parts or wants.idle)


def test_only_what_can_mean_nothing_else_asks_plainly():
    plain = ("what about tea", "tea please", "那茶呢", "que hay de Gwadar", "tell me about tea")
    assert all(read(one).plainly for one in plain)
    unsure = ("tea", "and tea", "is he drunk", "why the harbour", "what nonsense about tea")
    assert not any(read(one).plainly for one in unsure)


def test_a_long_message_is_for_others_to_read():
    assert read("what about tea " * 20) == FollowUp(question="what about tea " * 20)
    assert len("what about tea " * 20) > LONGEST


@given(st.text(max_size=60))
def test_any_message_is_read_and_its_question_is_a_slice_of_it(message):
    assert read(message).question in message


LISTS = yaml.safe_load(follow_ups._FILE.read_text("utf-8"))


def test_every_language_has_every_list_and_a_file_of_its_own():
    """A list may be empty; a phrase that is longer than what is looked for would never be found."""
    assert {"en", "ur", "zh", "ar", "hi", "es", "fr", "ru"} <= set(LISTS) <= set(codes())
    for code, lists in LISTS.items():
        assert set(lists) == set(LISTS["en"]), code
        for kind, phrases in follow_ups._lists()[code].items():
            assert all(1 <= len(one) <= follow_ups._MOST_WORDS for one in phrases), (code, kind)
