"""A phrase is found in a plain text where all the ways to write it would find it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.postings.exact_phrases import spans_in
from index.postings.phrase_words import read_phrase
from index.postings.plain_text import PlainText

#: What is written together, apart, with signs and with marks between.
PIECES = ["a", "b", "ab", "A", "us", "U.S.", "don't", "dont", "5", "000", "5,000", "$", "%", "_"]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", " ", " ", "’", "'", ".", ",", "-", "é"])).map(
    "".join
)
PORT = "The port; the Port of Gwadar"


def spans(text: str, *phrases: str) -> list[tuple[int, int]]:
    return list(spans_in(text, map(read_phrase, phrases)))


@given(TEXTS, st.lists(TEXTS, max_size=3))
@example("don't dont", ["dont", "don't"])
@example("5 000 and 5,000", ["5000", "5,000"])
@example("xa b a b", ["a b"])
def test_it_finds_what_is_found_without_it(text: str, phrases: list[str]):
    """A letter that needs folding at the end makes a text one that is not plain."""
    unplain = spans(f"{text} …\n—ø", *phrases)
    assert PlainText.of(f"{text} …\n—ø") is None
    assert spans(text, *phrases) == unplain


def test_what_stands_as_typed_and_what_stands_nowhere_is_told():
    plain = PlainText.of(PORT)
    assert plain is not None
    assert plain.find(read_phrase("port of")) == [(14, 21)]
    assert plain.find(read_phrase("of port")) == []
    assert plain.find(read_phrase("or")) == []


def test_what_may_be_written_otherwise_is_not_told():
    """With a mark between its letters, or as part of a number."""
    for text, phrase in (("O'Leary", "OLeary"), ("d o n't, don t", "dont"), ("5 000", "5")):
        plain = PlainText.of(text)
        assert plain is not None
        assert plain.find(read_phrase(phrase)) is None
