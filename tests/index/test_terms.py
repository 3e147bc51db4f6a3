"""Terms and their places: expected splits drawn in the text, any text at all, and real texts."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.language import language_of
from index.terms import Analyzer, Terms, Token, fold

ENGLISH = Analyzer(language_of("en"))
CHINESE = Analyzer(language_of("zh"))

# Letters that change length when lower-cased or decomposed, marks, joiners, scripts without spaces.
ODD = st.sampled_from(
    [
        *(
            "İ",
            "ß",
            "ﬁ",
            "ﷺ",
            "e\u0301",
            "\u0301",
            "½",
            "²",
            "ǅ",
            "👩‍👩‍👧",
            "🇵🇰",
            "中文",
            "の",
            "ไทย",
        ),
        *(
            "हिन्दी",
            "پاکستان",
            "’s",
            "'",
            ".",
            ",",
            "1,000",
            "26.5",
            "U.S.",
            "\u200d",
            "\u00ad",
            "K",
        ),
        *("_", " "),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(ODD, max_size=12).map("".join))


def drawn(analyzer: Analyzer, text: str) -> str:
    """Return *text* with square brackets around every token."""
    pieces, end = [], 0
    for token in analyzer.analyse(text).tokens():
        pieces.append(f"{text[end : token.start]}[{text[token.start : token.stop]}]")
        end = token.stop
    return "".join([*pieces, text[end:]])


@pytest.mark.parametrize(
    "expected",
    [
        "The [road] to the [port] is [open].",
        "[Pakistan’s] [trade] and [China's] [rail]",
        "[H.E.] [Mr]. [Noor] of the [U.S.] [met] [U.N] [envoys].",
        "It’ll [cost] $[1,000], or [1,234,567.5]; [up] [26.5] %.",
        "[1],[23] or [1],[000x] is no [thousand]; [1.2].[3] [neither].",
        "[high]-[level] [B2B] [talks] ([SEZs])",
        "[café] [naïve] [Élysée]",
        "[snake]_[case] [O’Brien’s] [rock] '[n]' [roll]",
        "",
        " …—“”. ",
    ],
)
def test_english_is_split_as_drawn(expected: str) -> None:
    assert drawn(ENGLISH, expected.replace("[", "").replace("]", "")) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ur", "[سڑک] [کھلی] [ہے]۔"),
        ("hi", "[सड़क] [खुली] [है]।"),
        ("ru", "[Дорога] [открыта]."),
        ("ar", "[الطريقُ] [مفتوح]."),
    ],
)
def test_marks_do_not_break_words_of_other_scripts(language: str, expected: str) -> None:
    analyzer = Analyzer(language_of(language))
    assert drawn(analyzer, expected.replace("[", "").replace("]", "")) == expected


@pytest.mark.parametrize(
    ("text", "slices"),
    [
        ("公路已开放。", ["公路", "路已", "已开", "开放"]),
        ("在 CPEC 框架", ["在", "CPEC", "框架"]),
        ("2025年2月", ["2025", "年", "2", "月"]),
    ],
)
def test_scripts_without_spaces_are_split_into_overlapping_pairs(
    text: str, slices: list[str]
) -> None:
    tokens = CHINESE.analyse(text).tokens()
    assert [text[token.start : token.stop] for token in tokens] == slices
    assert [token.term for token in tokens] == [one.lower() for one in slices]


def test_a_text_worked_out_by_hand() -> None:
    """Stems, folded words, and places counted in characters of the text as it is."""
    assert ENGLISH.analyse("The İzmir roads’ U.S. funding").tokens() == [
        Token(4, 9, "izmir"),
        Token(10, 15, "road"),
        Token(17, 21, "us"),
        Token(22, 29, "fund"),
    ]


def test_columns_have_equal_lengths() -> None:
    with pytest.raises(ValueError, match="zip"):
        Terms(["road"], [0], []).tokens()


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Pakistan's", "pakistan"),
        ("we’re", "we"),
        ("O’Neill", "oneill"),
        ("U.S.", "us"),
        ("1,000", "1000"),
        ("1,000.5", "1000.5"),
        ("Élysée", "elysee"),
        ("İ", "i"),
        ("ﬁnal", "final"),
        ("ＣＰＥＣ", "cpec"),
        ("مُحَمَّد", "محمد"),
        ("की", "की"),
        ("\u0301", "\u0301"),
    ],
)
def test_words_are_compared_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What did the ambassador say about the port?", ["ambassador", "port"]),
        ("Who said what?", ["who", "said", "what"]),
        ("port port", ["port", "port"]),
        ("the", []),
        ("", []),
    ],
)
def test_a_question_is_reduced_to_its_subject(question: str, subject: list[str]) -> None:
    """Question words go, unless nothing else is asked."""
    assert list(ENGLISH.subject(question).terms) == subject


@given(TEXTS)
@example("İİİ ß ﬁ")
@example("a\u0301b 👩‍👩‍👧 x")
def test_every_token_is_a_slice_that_alone_gives_the_same_term(text: str) -> None:
    """Offsets hold in the original, whatever folding does to its length."""
    for analyzer in (ENGLISH, CHINESE):
        for token in analyzer.analyse(text).tokens():
            assert 0 <= token.start < token.stop <= len(text)
            assert token.term
            piece = text[token.start : token.stop]
            assert analyzer.analyse(piece).tokens() == [Token(0, len(piece), token.term)]


@given(TEXTS)
def test_tokens_stand_in_order_and_overlap_only_as_pairs(text: str) -> None:
    for first, second in pairwise(ENGLISH.analyse(text).tokens()):
        assert first.start < second.start
        assert first.stop <= second.start or (
            first.stop == second.start + 1 == first.start + 2 == second.stop - 1
        )


@given(TEXTS)
def test_an_analyzer_that_has_learnt_a_text_reads_it_the_same_again(text: str) -> None:
    assert ENGLISH.analyse(text) == Analyzer(language_of("en")).analyse(text)


def test_places_hold_in_every_paragraph_of_the_real_statements(shared: Path) -> None:
    """Round trip: starts < stops <= length, and each slice folds to what was stemmed."""
    seen = 0
    for path in sorted((shared / "statements").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            statement = json.loads(line)
            analyzer = CHINESE if statement["language"] == "zh" else ENGLISH
            for paragraph in statement["paragraphs"]:
                text = paragraph["text"]
                terms = analyzer.analyse(text)
                seen += 1
                end = 0
                for start, stop in zip(terms.starts, terms.stops, strict=True):
                    assert end <= start < stop <= len(text), (path.name, statement["id"])
                    end = start + 1
                for token in terms.tokens()[::25]:
                    alone = analyzer.analyse(text[token.start : token.stop])
                    assert alone.terms == [token.term], (path.name, statement["id"])
    assert seen > 10_000
