"""Exact phrases: the same words in the same order, drawn, and against a naive search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from made_statements import columns_of, statement
from reached import reached, reaches

from index.model.record import Record
from index.postings.bm25 import Mask, PostingsBM25
from index.postings.exact_phrases import ExactPhrases, missing_from
from index.search import Index
from index.text.folding import fold
from index.text.language import language_of
from index.text.terms import Analyzer

ENGLISH, CHINESE = Analyzer(language_of("en")), Analyzer(language_of("zh"))
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def standing(
    phrase: str, *texts: str, analyzer: Analyzer = ENGLISH, inflected: bool = False
) -> list[int]:
    """Return in which of *texts*, from 1, *phrase* stands."""
    bm25 = PostingsBM25([analyzer.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, columns_of(texts), bm25, {})
    chosen = ~phrases.lacking([phrase], analyzer) if inflected else phrases.having(phrase)
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
    """Composed or not, with joiners that nobody sees or without, however it was typed."""
    for analyzer in (ENGLISH, Analyzer(language_of("hi")), Analyzer(language_of("ur"))):
        assert standing(phrase, text, "a", analyzer=analyzer) == [1]


def test_inflected_takes_other_forms_of_the_words() -> None:
    """As a word that must not stand in a paragraph is meant in all its forms."""
    assert standing("port", *TEXTS, inflected=True) == [1, 2, 3, 4]
    assert standing("ports road", *TEXTS, inflected=True) == [2]
    assert standing("the", *TEXTS, inflected=True) == [1, 3, 4]


def phrases_of(*texts: str, voices: Sequence[int] | None = None) -> ExactPhrases:
    bm25 = PostingsBM25([ENGLISH.analyse(text).terms for text in texts])
    return ExactPhrases(texts, columns_of(texts, voices), bm25, {})


def numbers(chosen: Mask) -> list[int]:
    return (chosen.nonzero()[0] + 1).tolist()


def test_several_phrases_must_stand_together_but_for_those_that_stand_nowhere() -> None:
    phrases = phrases_of(*TEXTS)
    together = phrases.together(["the", "port", "the quay", "the"])
    assert numbers(together.having) == [1, 4]
    assert (together.absent, together.across) == (("the quay",), ())
    assert numbers(phrases.together(["the road", "iron"]).having) == []
    assert numbers(phrases.together([]).having) == [1, 2, 3, 4, 5, 6]
    goes_on = phrases_of("The quay is", "open now.", "Nobody is here.", voices=[1, 1, 2])
    across = goes_on.together(["is open", "is"])
    assert (numbers(across.having), across.across) == ([1], ("is open",))


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["the", "port", "roads", "to the", "1000"]), max_size=3),
            st.sampled_from([ENGLISH, CHINESE]),
        ),
        max_size=4,
    )
)
def test_what_is_asked_again_is_the_same_whatever_was_asked_between(
    asked: list[tuple[list[str], Analyzer]],
) -> None:
    """Nor does it change by what is done with an earlier result."""
    phrases = phrases_of(*TEXTS)
    for some, analyzer in [*asked, *asked]:
        alone = phrases_of(*TEXTS)
        lacking = phrases.lacking(some, analyzer)
        expected = np.ones(len(TEXTS), dtype=bool)
        for one in some:
            expected &= alone.lacking([one], analyzer)
        assert numbers(lacking) == numbers(expected)
        lacking[:] = False
        assert numbers(phrases.together(some).having) == numbers(alone.together(some).having)


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


#: Words as people and publishers write them, with the marks between them.
WRITTEN = st.sampled_from(
    [
        *("the", "port", "O'Leary", "U.S.", "l’Europe", "iron-clad", "Inter\xadgovern\xadmental"),
        *("1,000", "26.5", "5,5", "$250", "5\u202f000", "7%", "2½", "m²", "Ⓐ", "ſtill", "ßo", "ĳ"),
        *(
            "İzmir",
            "ISPARTA",
            "kapı",
            "हिन्\u200dदी",
            "हिंदी",
            "وزیر",
            "أكد",
            "می\u200cشود",
            "カナ",
            "公路",
        ),
        *(
            "cafe\u0301",
            "CAFÉ",
            "١٢٣",
            "१२३",
            "ＡＢＣ",
            "ﬁne",
            "sanc\u200btions",
            "—",
            "…",
            "(as",
            "were).",
        ),
    ]
)
TEXT = st.lists(WRITTEN, min_size=1, max_size=12)


@reaches(10)
@given(TEXT, st.integers(0, 11), st.integers(1, 6), TEXT)
def test_a_run_of_words_of_a_text_is_always_found_in_it(
    words: list[str], start: int, length: int, others: list[str]
) -> None:
    """Whatever script they are in, and whatever another text has."""
    phrase = " ".join(words[start : start + length])
    if not any(map(str.isalnum, phrase)):
        return
    reached()
    found = standing(phrase, " ".join(words), " ".join(others))
    assert 1 in found
    assert standing(phrase.upper(), " ".join(words).lower()) in ([1], [])


def letters_of(text: str) -> str:
    """Return the folded letters and digits of *text*, without what stands between them."""
    found = regex.findall(r"[\p{L}\p{M}\p{N}\p{Cf}Ⓐ]+", text)
    return "".join(map(fold, found))


@given(TEXT, TEXT)
def test_what_has_other_letters_is_not_found(phrase: list[str], text: list[str]) -> None:
    """However words are split and joined, their letters are those of the phrase."""
    asked, here = " ".join(phrase), " ".join(text)
    if standing(asked, here):
        assert letters_of(asked) in letters_of(here)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("İZMİR LİMANI", "İzmir limanı büyüyor."),
        ("izmir limani", "İZMİR LİMANI BÜYÜYOR"),
        ("وزير خارجہ", "وزیر خارجہ نے کہا"),
        ("وزیر خارجه", "وزير خارجہ نے کہا"),
        ("اكد الوزير", "أكد الوزير أن الميناء"),
        ("أن الأمة", "ان الامه"),
        ("کتاب من", "كتاب من هنا"),
        ("हिंदी भाषा", "हिन्दी भाषा में"),
        ("हिन्दी भाषा", "हिंदी भाषा में"),
        ("५० रुपये", "50 रुपये प्रति यूनिट"),
        ("قیمت 50", "قیمت ۵۰ روپے"),
        ("ＡＢＣ計画", "ABC計画を進める"),
        ("intergovernmental panel", "The Inter\xadgovern\xadmental panel met."),
        ("the sanctions were", "The sanc\u200btions were lifted."),
        ("parliament voted", "Our parl\u2060iament voted."),
        ("Wasserversorgung ist", "Die Wasser\xadversorgung ist gesichert."),
        ("میشود گفت", "می\u200cشود گفت"),
        ("elysee palace", "the Élysée Palace"),
        ("Łodz", "to Łódź and back"),
        ("ΛΟΓΟΣ ΤΟΥ", "ο λόγος του"),
        ("strasse der", "Straße der Freiheit"),
        ("the US economy", "the U.S. economy"),
        ("the U.S. economy", "the US economy"),
        ("u s economy", "the U.S. economy"),
        ("OLeary said", "Mr O’Leary said so."),
        ("O'Leary said", "OLeary said so."),
        ("now you dont", "Now you do, now you don’t."),
        ("1000 crowns", "lent 1,000 crowns"),
        ("1,000 crowns", "lent 1000 crowns"),
        ("5 000 tonnes", "5\u202f000 tonnes"),
        ("5000 tonnes", "5\u202f000 tonnes"),
        ("5000 tonnes", "5 000 tonnes"),
        ("5,000 tonnes", "5 000 tonnes"),
        ("1200000", "all 1 200 000 of them"),
        ("500 people", "in 2024 500 people left"),
        ("300 members", "Article 5 300 members"),
        ("1000km", "1,000km of road"),
        ("26 5 percent", "26.5 percent"),
        ("$2.5 million", "cost $2.5 million"),
        ("cost 2.5 million", "cost $2.5 million"),
        ("5 %", "by 5% in spring"),
        ("5%", "by 5 % in spring"),
        ("5٪", "نمو 5% هنا"),
        ("￥300", "cost ¥300"),
        ("250 €", "cost 250 € each"),
    ],
)
def test_letters_that_are_one_are_one_in_a_phrase(phrase: str, text: str) -> None:
    """As they are in plain words, in every script."""
    assert standing(phrase, text, "a") == [1]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("50", "up 5,5 this year"),
        ("55", "up 5,5 this year"),
        ("5 %", "up 5,5 % this year"),
        ("5%", "up 2.5% this year"),
        ("up 5", "up 5.5 this year"),
        ("000 crowns", "lent 1,000 crowns"),
        ("2024500", "in 2024 500 people left"),
        ("5300", "Article 5, 300 members"),
        ("5-5", "up 5.5 this year"),
        ("5.5", "by 5 to 5"),
        ("1200 people", "chapter 1, 200 people"),
        ("$250 million", "cost €250 million"),
        ("$250 million", "cost 250 million"),
        ("250 million $", "cost $250 million"),
        ("5 %", "5 per cent"),
        ("ironclad", "an iron-clad friend"),
        ("por", "port"),
        ("us", "u s"),
    ],
)
def test_a_phrase_folds_no_more(phrase: str, text: str) -> None:
    assert standing(phrase, text, "a") == []


def across(phrase: str, *texts: str, voices: list[int] | None = None) -> list[int]:
    """Return which of *texts*, from 1, have a part of *phrase*, if it goes on in the next."""
    bm25 = PostingsBM25([ENGLISH.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, columns_of(texts, voices or [0] * len(texts)), bm25, {})
    stands = phrases.standing(phrase)
    assert not stands.whole.any()
    return [number for number, part in enumerate(stands.parts.tolist(), 1) if part]


def test_a_phrase_goes_on_in_the_next_paragraph_of_the_same_voice() -> None:
    texts = ("The office has done some", "estimates of the names.", "And more.")
    assert across("has done some estimates", *texts) == [1, 2]
    assert across("some estimates of the names and more", *texts) == [1, 2, 3]
    assert across("has done some estimates", *texts, voices=[0, 1, 1]) == []


@pytest.mark.parametrize("mark", ["Column 344", "Page 7 of 12", "– 12 –", "[344]"])
def test_what_a_page_has_above_or_below_does_not_break_a_phrase(mark: str) -> None:
    texts = ("The office has done some", mark, "estimates of the names.")
    assert across("has done some estimates", *texts) == [1, 3]
    assert standing(mark, *texts) == [2]


@pytest.mark.parametrize("text", ["12 ships came.", "Twelve", "Of all, 12 ships and a boat"])
def test_what_is_said_is_no_mark_of_a_page(text: str) -> None:
    texts = ("The office has done some", text, "estimates of the names.")
    assert across("has done some estimates", *texts) == []


def test_a_phrase_that_stands_whole_is_not_said_to_go_on() -> None:
    texts = ("The port road", "is open. The port road is open.")
    bm25 = PostingsBM25([ENGLISH.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, columns_of(texts, [0, 0]), bm25, {})
    assert phrases.having("port road is open").tolist() == [False, True]


def test_phrases_are_checked_in_given_texts_by_the_same_folding() -> None:
    texts = ["Der Élysée-Palast kostet $250 Million.", "U.S. troops"]
    phrases = ["elysee palast", "€250", "$250 million", "US troops", "million us", "palast ko…"]
    assert missing_from(phrases, texts) == ["€250", "million us"]
    assert missing_from(["…", ""], texts) == ["…", ""]


@pytest.mark.quality
def test_phrases_of_real_statements_are_found_as_by_reading_all(state_department: Record) -> None:
    analyzer = Analyzer(language_of("en"))
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()]
    bm25 = PostingsBM25([analyzer.analyse(text).terms for text in texts])
    phrases = ExactPhrases(texts, columns_of(texts), bm25, {})
    plain = [text.casefold() for text in texts]
    letters = [letters_of(text) for text in texts]
    for number in range(0, len(texts), 97):
        words = regex.findall(r"[^\W_]+", plain[number])
        for first, length in ((0, 1), (3, 2), (7, 4)):
            asked = words[first : first + length]
            if not asked or asked[0][0].isdigit() or asked[-1][-1].isdigit():
                continue
            inside = r"[\W_]+".join(map(regex.escape, asked))
            pattern = regex.compile(rf"(?<![^\W_]){inside}(?![^\W_])")
            naive = {at for at, text in enumerate(plain) if pattern.search(text)}
            found = set(phrases.having(" ".join(asked)).nonzero()[0].tolist())
            assert found >= naive
            # What else is found has the same letters: U.S. for us, don't for dont.
            assert all(letters_of(" ".join(asked)) in letters[at] for at in found - naive)


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


@given(
    st.lists(st.text("abE.’ ", min_size=1, max_size=9), min_size=1, max_size=6),
    st.text("abe", min_size=1, max_size=7),
)
@example(["a.b.a", "ab’ab a"], "aba")
@example(["aba’b", "ab.ab"], "abab")
def test_a_word_is_found_wherever_a_mark_cuts_it(texts: list[str], word: str) -> None:
    """The letters of two words that a mark joins, or of initials, are those of the word."""
    bm25 = PostingsBM25([ENGLISH.analyse(text).terms for text in texts])
    positions = ExactPhrases(texts, columns_of(texts), bm25, {})._positions()
    cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
    ways = [*cuts, *([tuple(word)] if 2 < len(word) <= 6 else [])]
    numbers = [tuple(map(positions._number, way)) for way in ways]
    expected = [
        (way, (True,) * (len(way) - 1))
        for way in numbers
        if min(way) >= 0 and all(map(positions._are_joined, way, way[1:]))
    ]
    assert list(positions._marked(word)) == expected
