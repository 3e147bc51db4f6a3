"""A source link jumps to the key sentence where a browser can find it, and is else as filed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from bot.rendering.source_link import LONGEST_FRAGMENT, source_link, text_fragment
from index import Citation, Hit, Kind, Translation

PAGE = "https://ports.example.org/remarks"
OPENS = "The deep-water harbour opens to container ships in March."
LONG = (
    "We are grateful to all who came to the quay this morning, and we shall see to it, as was "
    "promised in the spring, that no fishing boat has to leave its berth before the year is out."
)


def hit_on(sentence: str, url: str = PAGE, **known: Any) -> Hit:
    """Return a hit whose key sentence stands between two others."""
    text = f"It rained. {sentence} Nobody minded."
    made = statement("a", [text], url=url, **known)
    (paragraph,) = made.paragraphs
    span = (11, 11 + len(sentence))
    return Hit(
        paragraph=paragraph,
        citation=Citation.of(made, paragraph, "K7Q2-M9XA"),
        score=1.0,
        sentence=span,
    )


def named_in(fragment: str) -> list[str]:
    """Return the words that a browser looks for, first and perhaps last: split, then decoded."""
    assert fragment.startswith(":~:text=")
    return [unquote(part, errors="strict") for part in fragment.removeprefix(":~:text=").split(",")]


def test_a_short_sentence_is_named_whole():
    assert source_link(hit_on(OPENS)) == (
        f"{PAGE}#:~:text="
        "The%20deep%2Dwater%20harbour%20opens%20to%20container%20ships%20in%20March."
    )


def test_of_a_long_sentence_the_first_words_and_the_last_are_named():
    assert source_link(hit_on(LONG)) == (
        f"{PAGE}#:~:text=We%20are%20grateful%20to%20all%20who%20came%20to%20the%20quay%20this"
        ",before%20the%20year%20is%20out."
    )


def test_what_the_directive_is_made_of_is_encoded_wherever_it_stands():
    """A dash, a comma or an ampersand of the text would else be one of the directive."""
    sentence = "Quays, berths & boats - prefix-, -suffix; a=b#c:~:text=d%20e"
    fragment = text_fragment(sentence)
    assert named_in(fragment) == [sentence]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~]|%[0-9A-F]{2})+", fragment.removeprefix(":~:text="))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        (f"{PAGE}#part-2", f"{PAGE}#part-2:~:text="),
        (f"{PAGE}#", f"{PAGE}#:~:text="),
        (f"{PAGE}?a=1&b=2", f"{PAGE}?a=1&b=2#:~:text="),
        ("http://ports.example.org", "http://ports.example.org#:~:text="),
        ("https://ports.example.org/v1.2", "https://ports.example.org/v1.2#:~:text="),
        ("https://ports.example.org/a.pdf/view", "https://ports.example.org/a.pdf/view#:~:text="),
        ("https://ports.example.org/a.HTML", "https://ports.example.org/a.HTML#:~:text="),
    ],
)
def test_what_the_link_has_already_is_kept_before_the_passage(url, linked):
    assert source_link(hit_on(OPENS, url)).startswith(f"{linked}The%20deep")


@pytest.mark.parametrize(
    "url",
    [
        *(f"https://ports.example.org/a.{ending}" for ending in ("pdf", "PDF", "doc", "docx")),
        *(f"https://ports.example.org/a.{ending}" for ending in ("jpg", "mp4", "mp3", "zip")),
        "https://ports.example.org/a%2Epdf",
        "https://ports.example.org/a.pdf?download=1#page=2",
        "https://ports.example.org/a.pdf;v=1",
        f"{PAGE}#:~:text=somebody%20chose%20this",
        "ftp://ports.example.org/remarks",
        "tg://resolve?domain=a",
        "javascript:alert(1)",
        "remarks.html",
        "https://",
        "https://[ports",
        "https://ports.example.org/a b",
        "https://ports.example.org/\n",
    ],
)
def test_what_is_no_page_or_names_its_passage_stays_as_it_is(url):
    assert source_link(hit_on(OPENS, url)) == url


def test_without_a_link_there_is_none():
    assert source_link(hit_on(OPENS, "")) == ""


def test_a_brief_links_to_its_page_as_its_words_are_not_on_it():
    assert source_link(hit_on(OPENS, kind=Kind.BRIEF)) == PAGE


@pytest.mark.parametrize(
    ("translation", "jumps"), [(None, True), (Translation.OFFICIAL, True), ("unofficial", False)]
)
def test_an_unofficial_translation_links_to_its_page(translation, jumps):
    """Its words may stand on no page; an official one is published as a text of its own."""
    translation = translation and Translation(translation)
    assert ("#:~:" in source_link(hit_on(OPENS, translation=translation))) is jumps


@pytest.mark.parametrize(
    "sentence", ["Yes.", "Thank you very much.", "… — …" * 20, "我们坚决反对。"]
)
def test_what_may_be_on_the_page_twice_is_not_looked_for(sentence):
    assert text_fragment(sentence) == ""
    assert source_link(hit_on(sentence)) == PAGE


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        # Up to a hundred letters, or 31 of a script that takes nine bytes for each, it is whole.
        ("我们坚决反对任何形式的恐怖主义。", ["我们坚决反对任何形式的恐怖主义。"]),
        # A longer one is cut at a mark, since a browser finds no part of a word.
        (
            "中巴双方一致认为，双方将共同努力，推动走廊建设高质量发展，更好造福两国人民，作出更大贡献。",
            ["中巴双方一致认为，双方将共同努力，", "，作出更大贡献。"],
        ),
        # The end is left out if it cannot be cut so.
        (
            "两国领导人决定，继续在涉及彼此核心利益的重大问题上相互坚定支持并且扩大各领域的务实合作关系。",
            ["两国领导人决定，"],
        ),
        # Thai sets phrases apart.
        (
            "ทั้งสองฝ่ายเห็นพ้องกัน ที่จะส่งเสริมความร่วมมือในทุกด้าน และยกระดับความสัมพันธ์ให้ก้าวหน้า",
            ["ทั้งสองฝ่ายเห็นพ้องกัน"],
        ),
        (
            "دونوں فریقوں نے اقتصادی راہداری کی ترقی اور تمام شعبوں میں تعاون کو "
            "گہرا کرنے پر اتفاق کیا ہے۔",
            ["دونوں فریقوں نے اقتصادی راہداری کی", "پر اتفاق کیا ہے۔"],
        ),
    ],
)
def test_every_script_is_cut_between_its_words(sentence, named):
    assert named_in(text_fragment(sentence)) == named


def test_a_word_that_is_too_long_is_not_cut():
    assert text_fragment("Honorificabilitudinitatibus" * 20) == ""
    assert text_fragment("So " + "a" * 400 + " it is, and so it will be for a long time.") == ""


def test_what_cannot_be_encoded_is_not_looked_for():
    assert source_link(hit_on(f"\ud800 {OPENS}")) == PAGE


def test_a_sentence_of_any_length_takes_no_time():
    """Of whatever is filed as one sentence, only the beginning is looked at."""
    assert named_in(text_fragment("an endless sentence " * 50_000)) == [
        "an endless sentence an endless sentence an endless"
    ]


# Sentences of any sort: the directive's own marks, scripts, marks, joiners, odd spaces.
WORDS = st.sampled_from(
    [
        *("harbour", "deep-water", "a,b", "&amp;", "100%", "%20", ":~:text=", "-", ",", "“So,”"),
        *("بندرگاہ", "راہداری", "שלום", "港口", "建设，", "ボート", "ท่าเรือ", "सहयोग", "사람"),
        *("👩🏽‍🚀", "e\u0323\u0301", "\u0301", "\u200f", "\u200b", "\u00a0", "\u3000", "\u0600"),
    ]
)
#: No record has control characters in a paragraph.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6)
SENTENCES = st.builds(
    lambda words, space: space.join(words),
    st.lists(st.one_of(WORDS, WORDS, TEXTS), min_size=6, max_size=60),
    st.sampled_from([" ", " ", ""]),
)
URLS = st.one_of(
    st.text(max_size=30),
    st.builds(
        "https://ports.example.org/{}{}".format,
        st.text(max_size=12),
        st.sampled_from(["", "#", "#a", "?b=c&d", "#:~:", ".pdf", "/..", "\\", "'\"<>"]),
    ),
)


@reaches(10)
@given(SENTENCES)
@settings(max_examples=200, deadline=None)
def test_decoded_the_fragment_gives_words_of_the_sentence_in_order(sentence):
    """Whole as a reader sees them, whole between spaces, and never too long for a message."""
    fragment = text_fragment(sentence)
    if not fragment:
        return
    reached()
    assert len(f"#{fragment}") <= LONGEST_FRAGMENT
    assert re.fullmatch(r":~:text=(?:[\w.~%]+)(?:,[\w.~%]+)?", fragment, re.ASCII)
    seen = {0, *(match.end() for match in regex.finditer(r"\X", sentence))}
    first, *last = named_in(fragment)
    place = sentence.index(first)
    spans = [(place, place + len(first))]
    for words in last:
        place = sentence.rindex(words)
        assert place >= spans[0][1]
        spans.append((place, place + len(words)))
    for cut in (cut for span in spans for cut in span):
        assert cut in seen
        around = sentence[max(0, cut - 1) : cut + 1]
        assert cut in (0, len(sentence)) or not around.isascii() or " " in around


@reaches(10)
@given(URLS, st.sampled_from([OPENS, LONG, "No."]))
@settings(max_examples=200, deadline=None)
def test_a_hostile_link_comes_out_no_worse_than_it_went_in(url, sentence):
    """What is added is only a directive: same scheme, host, path, query and fragment."""
    link = source_link(hit_on(sentence, url))
    assert link.startswith(url)
    added = link.removeprefix(url)
    assert re.fullmatch(r"(?:#?:~:text=[\w.~%,]+)?", added, re.ASCII)
    if added:
        reached()
        assert urlsplit(link)[:4] == urlsplit(url)[:4]
        assert urldefrag(link).fragment.startswith(urldefrag(url).fragment)
