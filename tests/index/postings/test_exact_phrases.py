"""Exact phrases: the same words in the same order, drawn, and against a naive search."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.model.record import Record
from index.postings.bm25 import PostingsBM25
from index.postings.exact_phrases import ExactPhrases
from index.search import Index
from index.text.language import language_of
from index.text.terms import Analyzer

ENGLISH, CHINESE = Analyzer(language_of("en")), Analyzer(language_of("zh"))
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def standing(
    phrase: str, *texts: str, analyzer: Analyzer = ENGLISH, inflected: bool = False
) -> list[int]:
    """Return in which of *texts*, from 1, *phrase* stands."""
    bm25 = PostingsBM25([analyzer.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, range(len(texts)), bm25, {})
    chosen = phrases.having_inflected(phrase, analyzer) if inflected else phrases.having(phrase)
    assert chosen.shape == (len(texts),)
    return [number for number, stands in enumerate(chosen.tolist(), 1) if stands]


TEXTS = (
    "The road to the port is open.",
    "A port road; a road, port and pass.",
    "Ports need roads to the ports.",
    "He said: “We shall go.” Then the PORT closed.",
    "Pakistan’s iron-clad friend (as it were).",
    "It cost 1,000 crowns and 26.5 percent, up from 2024-25.",
)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("road to the port", [1]),
        ("Road, to the «port»", [1]),
        ("ROAD TO THE PORT", [1]),
        ("road port", [2]),
        ("road to port", []),
        ("road the port", []),
        ("port", [1, 2, 4]),
        ("ports", [3]),
        ("roads to the port", []),
        ("the road", [1]),
        ("to the", [1, 3]),
        ("the", [1, 3, 4]),
        ("we shall go then", [4]),
        ("shall go. “Then", [4]),
        ("open the", []),
        ("pakistan's iron clad", [5]),
        ("pakistan’s iron–clad", [5]),
        ("iron", [5]),
        ("ironclad", []),
        ("friend as it were", [5]),
        ("1,000 crowns", [6]),
        ("26.5 percent", [6]),
        ("2024", [6]),
        ("or", []),
        ("por", []),
        ("", []),
        ("…", []),
    ],
)
def test_a_phrase_stands_word_for_word_or_not_at_all(phrase: str, found: list[int]) -> None:
    """Punctuation, the shape of quotation marks, and case do not count; all words do."""
    assert standing(phrase, *TEXTS) == found


def test_a_phrase_never_reaches_from_one_paragraph_into_the_next() -> None:
    assert standing("port road", "To the port", "Road works", "The port road") == [3]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("公路", [1, 2]),
        ("路", [1, 2]),
        ("公路已经", [1]),
        ("公路，已经", [1]),
        ("公路开放", [2]),
        ("路公", []),
        ("CPEC", [3]),
        ("在CPEC框架", [3]),
        ("框架", [3]),
        ("2025年", [3]),
    ],
)
def test_a_phrase_in_chinese_stands_character_for_character(phrase: str, found: list[int]) -> None:
    texts = ("公路已经开放。", "公路，开放！", "在 CPEC 框架下，2025年开路", "茶")
    expected = [*found, *([3] if phrase == "路" else [])]
    assert standing(phrase, *texts, analyzer=CHINESE) == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("स\u095cक बंदरगाह", "यह स\u0921\u093cक बंदरगाह तक"),
        ("معاہد\u06c1\u0654 امن", "معاہد\u06c2 امن"),
        ("le cafe\u0301 du port", "Le café du port ferme."),
        ("यह हिन्दी में", "यह हिन्\u200dदी में है"),
        ("کتاب خوب است", "کتاب\u200c خوب است"),
    ],
)
def test_what_reads_the_same_is_the_same_phrase(phrase: str, text: str) -> None:
    """Composed or not, with invisible joiners or without them."""
    for analyzer in (ENGLISH, Analyzer(language_of("hi")), Analyzer(language_of("ur"))):
        assert standing(phrase, text, "a", analyzer=analyzer) == [1]


def test_inflected_takes_other_forms_of_the_words() -> None:
    """As a word that must not stand in a paragraph is meant in all its forms."""
    assert standing("port", *TEXTS, inflected=True) == [1, 2, 3, 4]
    assert standing("ports road", *TEXTS, inflected=True) == [2]
    assert standing("the", *TEXTS, inflected=True) == [1, 3, 4]


PIECES = st.sampled_from(
    ["port", "Port", "ports", "road", "to", "the", ", ", " ", "-", ". ", "’", "“"]
)
ANY = st.lists(PIECES, min_size=1, max_size=8).map(" ".join)


@reaches(10)
@given(ANY, st.lists(ANY, min_size=1, max_size=4))
@example("the", ["the the"])
def test_a_phrase_is_found_as_by_comparing_all_words(phrase: str, texts: list[str]) -> None:
    words = [word.lower() for word in WORD.findall(phrase)]
    naive = []
    for number, text in enumerate(texts, 1):
        here = [word.lower() for word in WORD.findall(text)]
        runs = [here[at : at + len(words)] for at in range(len(here))]
        naive += [number] if words and words in runs else []
    if naive:
        reached()
    assert standing(phrase, *texts) == naive


#: Letters of many sorts beside what the index takes for parts of words, and phrases do not.
ODD = st.text("abAé’'.,-_ 127²½ſßĳIİ路公カなก\u0301\u200d\u200cⒶª", min_size=1, max_size=30)
WORDY = st.lists(ODD.map(lambda word: word[:5]) | st.just("port"), min_size=1).map(" ".join)


def as_read(text: str) -> str:
    """Return *text* composed, and without joiners."""
    return unicodedata.normalize("NFC", text).replace("\u200c", "").replace("\u200d", "")


@reaches(10)
@given(ODD | WORDY, st.integers(0, 9), st.integers(3, 30))
@example("port’s", 0, 6)
def test_a_part_of_a_text_is_found_in_it(text: str, start: int, stop: int) -> None:
    """Postings only narrow down where to look: they never hide a paragraph."""
    words = regex.compile(
        r"(?V1)[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"
        # A number is one word, whatever marks it has.
        r"|\p{Nd}+(?:[.,]\p{Nd}+)+(?!\w)"
        r"|[[\w]--[_\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]]+"
    )
    phrase = text[start:stop]
    asked = [word.casefold() for word in words.findall(as_read(phrase))]
    here = [word.casefold() for word in words.findall(as_read(text))]
    runs = [here[at : at + len(asked)] for at in range(len(here))]
    for analyzer in (Analyzer(language_of("en")), Analyzer(language_of("zh"))):
        if asked and asked in runs:
            reached()
        found = [1] if asked and asked in runs else []
        assert standing(phrase, text, "a. B", analyzer=analyzer)[: len(found)] == found


@pytest.mark.quality
def test_phrases_of_real_statements_are_found_as_by_reading_all(state_department: Record) -> None:
    analyzer = Analyzer(language_of("en"))
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()]
    bm25 = PostingsBM25([analyzer.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, range(len(texts)), bm25, {})
    texts = [text.casefold() for text in texts]
    for number in range(0, len(texts), 97):
        words = regex.findall(r"[^\W_]+", texts[number])
        for first, length in ((0, 1), (3, 2), (7, 4)):
            asked = words[first : first + length]
            if asked:
                inside = r"[\W_]+".join(map(regex.escape, asked))
                pattern = regex.compile(rf"(?<![^\W_]){inside}(?![^\W_])")
                naive = [at for at, text in enumerate(texts) if pattern.search(text)]
                assert phrases.having(" ".join(asked)).nonzero()[0].tolist() == naive


@given(st.text(max_size=30), st.text(min_size=1, max_size=60))
def test_no_phrase_breaks_the_search(phrase: str, text: str) -> None:
    for analyzer in (ENGLISH, CHINESE):
        assert standing(phrase, text, analyzer=analyzer) in ([], [1])
        standing(phrase, text, analyzer=analyzer, inflected=True)


@pytest.mark.parametrize("piece", ["a ", "the ", "' ", "._", "路", "a-"])
def test_a_long_phrase_does_not_take_long(piece: str) -> None:
    """Nothing to assert: to try what stands between two words twice would take for ever."""
    text = piece * 2000
    standing(piece * 200, text, text + "end", analyzer=ENGLISH)
    standing(piece * 200 + "x", text, text + "end", analyzer=ENGLISH)


@pytest.fixture(scope="module")
def two_languages() -> Index:
    return Index(
        Record.of(
            [
                statement("en", ["The Belt and Road grows.", "Tea and road."]),
                statement("zh", ["共建 “Belt and Road” 倡议。", "公路开放。"], language="zh"),
            ]
        )
    )


def test_a_phrase_is_found_in_statements_of_every_language(two_languages: Index) -> None:
    """Whatever small words each language leaves out of its index."""
    hits = two_languages.ask('"Belt and Road"').hits
    assert {hit.citation.statement for hit in hits} == {"en", "zh"}


def test_a_phrase_is_excluded_from_statements_of_every_language(two_languages: Index) -> None:
    hits = two_languages.ask('road -"Belt and Road"').hits
    assert [hit.quote.text for hit in hits] == ["Tea and road."]
