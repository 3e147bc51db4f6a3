"""What makes conversation around a subject: where each kind stands, and how people ask."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from index.text.chat import chat
from index.text.language import language_of
from index.text.terms import Analyzer

ENGLISH = Analyzer(language_of("en"))
WRITTEN = yaml.safe_load((Path(__file__).parent / "phrasings.yaml").read_text("utf-8"))


def left(question: str, **kinds: str) -> str:
    """Return *question* without its chat, of *kinds* of phrases and words between commas."""
    listed = {kind: some.split(", ") for kind, some in kinds.items()}
    finder = chat(listed, listed, "Latin", question_words={"what", "did"}, stop_words={"the", "of"})
    assert finder
    found = finder.find(question, ())
    for start, stop in sorted(found.phrases + found.words, reverse=True):
        question = f"{question[:start]}|{question[stop:]}"
    return question


@pytest.mark.parametrize(
    ("kinds", "question", "expected"),
    [
        # Openings stand at the beginning of a clause, or after one another.
        ({"openings": "hey, find"}, "Hey find tea", "| | tea"),
        ({"openings": "hey, find"}, "Hey, find the tea", "|, | the tea"),
        ({"openings": "find"}, "What did they find", "What did they find"),
        ({"openings": "find"}, "The find", "The find"),
        # Frames follow question words as well.
        ({"frames": "quotes on"}, "What did the quotes on tea", "What did the | tea"),
        ({"frames": "quotes on"}, "Tea and quotes on it", "Tea and quotes on it"),
        # Endings.
        ({"endings": "for me, pls"}, "tea for me pls", "tea | |"),
        ({"endings": "pls"}, "tea pls what did", "tea | what did"),
        ({"endings": "pls"}, "pls tea", "pls tea"),
        # Labels, unless the question asks otherwise.
        ({"labels": "quotes"}, "tea quotes", "tea |"),
        ({"labels": "quotes"}, "the quotes", "the quotes"),
        ({"labels": "quotes"}, "tea of quotes", "tea of quotes"),
        ({"labels": "quotes"}, "What did tea quotes", "What did tea quotes"),
        ({"labels": "quotes"}, "tea quotes what", "tea quotes what"),
        # Words count if a link follows.
        ({"words": "word, new", "links": "on"}, "the new word on tea", "the | | | tea"),
        ({"words": "word, new", "links": "on"}, "new word of the tea", "new word of the tea"),
        ({"words": "word, new", "links": "on"}, "new what on tea", "| what | tea"),
        ({"words": "word", "links": "on"}, "tea on word", "tea on word"),
        ({"words": "word", "postpositions": "on"}, "tea on the word", "tea | the |"),
        ({"words": "word", "postpositions": "on"}, "tea word", "tea word"),
        # A clause of nothing else is chat, with its numbers.
        ({"words": "need, hours"}, "Tea. Need the hours", "Tea. | the |"),
        ({"words": "need, hours"}, "need, tea - need 2 hours", "|, tea - | | |"),
        ({"words": "need"}, "Tea, 12", "Tea, 12"),
        ({"words": "need"}, "Tea, need 12%", "Tea, need 12%"),
        # Names, hyphens and capitals.
        ({"openings": "search", "names": "search and"}, "search and find", "search and find"),
        ({"openings": "re"}, "re tea, re-opened", "| tea, re-opened"),
        ({"words": "ad", "links": "on"}, "ad-hoc on tea", "ad-hoc on tea"),
        ({"words": "us", "links": "on"}, "US on tea", "US on tea"),
        ({"words": "us", "links": "on"}, "US ON TEA", "| | TEA"),
    ],
)
def test_each_kind_is_found_only_where_it_may_stand(
    kinds: dict[str, str], question: str, expected: str
) -> None:
    assert left(question, **kinds) == expected


def test_of_two_phrases_the_one_of_more_words_is_found() -> None:
    """However many choices the other has."""
    assert left("search for tea", openings="search for, [search|look for it|find]") == "| tea"


def test_what_is_known_to_ask_is_passed_over() -> None:
    found = ENGLISH.language.chat
    assert found
    assert found.find("freshest statement on tea", ()).words == []
    assert found.find("freshest statement on tea", [(0, 8)]).words == [(9, 18)]


def test_a_language_without_chat_has_none() -> None:
    assert chat({"openings": []}, {"words": ()}, "Latin") is None


@pytest.mark.parametrize("code", list(WRITTEN))
def test_of_a_way_to_ask_only_the_subject_is_left(code: str) -> None:
    analyzer = Analyzer(language_of(code))
    subjects = WRITTEN[code]["subjects"].split(", ")
    alone = {subject: analyzer.subject(subject).terms for subject in subjects}
    phrasings = WRITTEN[code]["phrasings"].splitlines()
    assert phrasings
    wrong = {
        phrasing.format(subject): found
        for phrasing in phrasings
        for subject in subjects
        if (found := analyzer.subject(phrasing.format(subject)).terms) != alone[subject]
    }
    assert not wrong, f"phrasings.yaml, {code}: more or less than the subject is left: {wrong}"


@pytest.mark.parametrize(
    "subject",
    [
        *("statement of account", "quote of the day price", "issue of bonds", "date of issue"),
        *("line of demarcation", "the official line of demarcation", "Line of Control"),
        *("Summary Security Assessment", "executive summary", "summary offences"),
        *("Search and Rescue", "search warrants", "news agency", "Sky News", "fake news"),
        *("Need for Speed", "autumn statement", "mission statement", "front line", "red lines"),
        *("freedom of information", "information technology", "public records office"),
        *("direct flights", "exact sciences", "full employment", "bond issue", "urgent care"),
        *("help to buy", "Right to Buy", "right to protest", "next generation", "new towns"),
        *("source of funding", "open source", "use of force", "show of force", "show trials"),
        *("test ban", "bot farms", "explain or comply", "text messages", "word of mouth"),
        *("reporters without borders", "people on benefits", "Black Lives Matter"),
        *("official development assistance", "record temperatures", "article 370", "list price"),
    ],
)
def test_a_subject_that_has_such_words_keeps_them(subject: str) -> None:
    small = ENGLISH.language.stop_words
    kept = ENGLISH.subject(subject)
    assert kept.dropped == ()
    assert len(kept.terms) == len([one for one in subject.split() if one.lower() not in small])


@pytest.mark.parametrize(
    "question", ["statement", "quotes", "official statement", "Need a quote!", "search", "hey"]
)
def test_where_nothing_else_is_left_these_words_are_the_subject(question: str) -> None:
    assert ENGLISH.subject(question).terms


@pytest.mark.parametrize(
    ("question", "expected"),
    [("hi, article 370?", ("articl", "370")), ("Please: a statement!", ("statement",))],
)
def test_greetings_are_no_part_of_a_subject_of_such_words(
    question: str, expected: tuple[str, ...]
) -> None:
    assert ENGLISH.subject(question).terms == expected


@pytest.mark.parametrize(
    ("question", "keywords_only"),
    [
        ("any quotes on the Gwadar port?", True),
        ("hey, Gwadar port pls", True),
        ("Gwadar port statement", True),
        # These ask more than where the words stand.
        ("What is there on the Gwadar port?", False),
        ("tell me about Gwadar and why it was built", False),
        ("Is Gwadar a port, please?", False),
    ],
)
def test_a_subject_that_chat_leads_to_is_keywords(question: str, keywords_only: bool) -> None:
    assert ENGLISH.subject(question).keywords_only is keywords_only


@pytest.mark.parametrize("code", list(WRITTEN))
def test_the_time_grows_with_the_length_alone(code: str) -> None:
    """Nothing to assert: with its square it would not end within a minute."""
    analyzer = Analyzer(language_of(code))
    phrasings = [*WRITTEN[code]["phrasings"].splitlines()[::150], "search and, any news {}"]
    for phrasing in phrasings:
        for text in (phrasing.format(" "), phrasing.format("a. ")):
            analyzer.subject((f"{text} " * 100_000)[:100_000])
