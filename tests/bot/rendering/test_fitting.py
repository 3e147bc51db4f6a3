"""A quote that is too long is cut around its key sentence, between words, and nothing is added."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reached import reached, reaches

from bot.rendering.fitting import LONGEST_WORD, Fitted, fit
from index import Citation, Hit, Kind, Paragraph, Speaker, Statement

SPEAKER = Speaker("Nadia Rahman")


def hit_of(text: str, sentence: tuple[int, int]) -> Hit:
    """Return a hit on a paragraph of these words, whose key sentence is at *sentence*."""
    paragraph = Paragraph(1, text, SPEAKER)
    statement = Statement(
        id="one", title="A title", speakers=(SPEAKER,), paragraphs=(paragraph,), kind=Kind.REMARKS
    )
    return Hit(
        paragraph=paragraph,
        citation=Citation.of(statement, paragraph, "K7Q2-M9XA"),
        score=1.0,
        sentence=sentence,
    )


def drawn(fitted: Fitted) -> str:
    """Draw a fitted quote: the quote in place, the key sentence between brackets, cuts as ~."""
    text, (start, stop) = fitted.quote.paragraph.text, fitted.key
    return "".join(
        [
            "~" * fitted.cut_before,
            text[fitted.quote.start : start],
            f"[{text[start:stop]}]",
            text[stop : fitted.quote.stop],
            "~" * fitted.cut_after,
        ]
    )


@pytest.mark.parametrize(
    ("marked", "room", "expected"),
    [
        # All fits.
        ("One two. [Three four.] Five six.", 40, "One two. [Three four.] Five six."),
        ("One two. [Three four.] Five six.", 30, "One two. [Three four.] Five six."),
        # One character too few: a word goes at the side that has more to spare.
        ("One two. [Three four.] Five six.", 29, "One two. [Three four.] Five~"),
        ("One two. [Three four.] Five six.", 21, "~two. [Three four.] Five~"),
        ("One two. [Three four.] Five six.", 20, "~[Three four.] Five~"),
        # No room for a neighbouring word: the sentence alone.
        ("One two. [Three four.] Five six.", 13, "~[Three four.]~"),
        ("One two. [Three four.] Fivefivefive six.", 16, "~[Three four.]~"),
        # The sentence itself is too long: its beginning, in whole words.
        ("One two. [Three four.] Five six.", 10, "~[Three]~"),
        ("[Three four five.] Six.", 11, "[Three four]~"),
        # A single word that is too long is cut inside; there is nowhere else.
        ("[Threefourfive.] Six.", 5, "[Three]~"),
        # The key sentence at either end leaves all the room to the other.
        ("[One two.] Three four five.", 16, "[One two.] Three~"),
        ("One two three four. [Five six.]", 21, "~three four. [Five six.]"),
        # Scripts without spaces are cut between characters.
        (
            "港口将于三月开放。[铁路将于明年通车。]渔船留在老码头。",
            15,
            "~开放。[铁路将于明年通车。]渔船留~",
        ),
    ],
)
def test_worked_examples(marked, room, expected):
    start, stop = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert drawn(fit(hit_of(text, (start, stop)), room)) == expected


@pytest.mark.parametrize(
    "character",
    ["e\u0301\u0323", "กำ", "นี้", "क्षि", "👩🏽‍🚀", "👨‍👩‍👧‍👦", "🇵🇰"],
    ids=["accents", "Thai", "Thai with a tone", "Devanagari", "skin tone", "family", "flag"],
)
def test_a_cut_never_parts_a_character_from_its_marks(character):
    """Without spaces to cut at, what a reader sees as one character stays one."""
    text = character * 300
    middle = 150 * len(character)
    for room in range(100, 100 + 2 * len(character)):
        quote = fit(hit_of(text, (middle, middle + len(character))), room).quote
        assert quote.start % len(character) == 0
        assert quote.stop % len(character) == 0
        quote = fit(hit_of(text, (0, len(text))), room).quote
        assert (quote.start, quote.stop % len(character)) == (0, 0)


def test_one_stray_space_in_a_script_without_spaces_costs_little():
    """A Latin name in a Chinese paragraph is no reason to cut far from where the room ends."""
    text = "瓜达尔 港" + "港" * 3000 + "。铁路。" + "路" * 3000 + " 港" * 2 + "港" * 2000
    sentence = text.index("铁路。")
    quote = fit(hit_of(text, (sentence, sentence + 3)), 3500).quote
    assert 3500 - 2 * LONGEST_WORD <= len(quote.text) <= 3500


#: Long and short words, none at all, marks that belong to the letter before, several scripts.
PIECES = st.sampled_from(
    [
        "a",
        "harbour",
        "x" * 30,
        " ",
        " ",
        " ",
        "  ",
        ".",
        "港",
        "口",
        "。",
        "e\u0301",
        "ि",
        "ำ",
        "😀",
        "ب",
    ]
)
LONG = st.lists(PIECES, min_size=1, max_size=120).map("".join).filter(str.strip)


@reaches(1)
@given(LONG, st.data())
def test_the_quote_fits_and_holds_the_key_sentence(text, data):
    """Or the sentence's beginning, if that alone is too long."""
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    stop = data.draw(st.integers(start + 1, len(text)), label="stop")
    scarce = st.integers(5, max(5, stop - start))
    room = data.draw(scarce | st.integers(5, len(text) + 5), label="room")
    fitted = fit(hit_of(text, (start, stop)), room)
    quote = fitted.quote
    assert quote.text == text[quote.start : quote.stop]
    assert 1 <= len(quote.text) <= max(room, 1)
    assert quote.start <= fitted.key[0] < fitted.key[1] <= quote.stop
    assert fitted.key[0] == start
    if stop - start <= room:
        assert fitted.key == (start, stop)
    else:
        reached()
        assert fitted.key == (start, quote.stop)
    assert fitted.cut_before == (quote.start > 0)
    assert fitted.cut_after == (quote.stop < len(text))
    if len(text) <= room:
        assert quote.text == text


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=3, max_size=80)


@given(WORDS, st.data())
def test_where_there_are_words_the_cut_is_between_them(words, data):
    text = " ".join(words)
    assume(len(text) > 13)
    first = data.draw(st.integers(0, len(words) - 1), label="first")
    last = data.draw(st.integers(first, len(words) - 1), label="last")
    start = len(" ".join(words[:first])) + (first > 0)
    stop = start + len(" ".join(words[first : last + 1]))
    room = data.draw(st.integers(13, len(text)), label="room")
    quote = fit(hit_of(text, (start, stop)), room).quote
    assert quote.start == 0 or text[quote.start - 1] == " "
    assert quote.stop == len(text) or text[quote.stop] == " "
    assert quote.text == quote.text.strip()
    # The room is used: at most a word and its space is missing at each end.
    assert len(text) <= room or len(quote.text) >= min(room, len(text)) - 2 * 13


@given(LONG, st.integers(5, 60))
def test_a_cut_quote_begins_and_ends_with_a_whole_letter(text, room):
    # No paragraph begins or ends with a space.
    assume(text == text.strip() and not unicodedata.category(text[0]).startswith("M"))
    key = text.index(text.strip()[0])
    quote = fit(hit_of(text, (key, key + 1)), room).quote
    assert quote.stop == len(text) or not unicodedata.category(text[quote.stop]).startswith("M")
