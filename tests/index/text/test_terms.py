"""Terms and their places: expected splits drawn in the text, any text at all, and real texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from reached import reached, reaches

from index.text.capitals import as_acronym
from index.text.folding import fold
from index.text.language import language_of
from index.text.terms import _MOST_ASKED, Analyzer, Terms, Token, is_name_or_number

ENGLISH = Analyzer(language_of("en"))
CHINESE = Analyzer(language_of("zh"))
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+")
UNSPACED_PAIR = regex.compile(rf"(?:{UNSPACED.pattern[:-1]}){{2}}")

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
        "It’ll [cost] [$][1,000], or [1,234,567.5]; [up] [26.5] [%].",
        "[1],[2],[3] [1],[23] or [1,000][x] is no [thousand]; [1.2].[3] [neither].",
        # Numbers, their units and signs.
        "[£][2.5][bn], [2.5] [bn], [€] [5.5] [m], [US$][250][m], [EUR][40], [1.200,50] [€]",
        "[5\u202f000] [tonnes], [1 200] [euros], [12 345 678][km²], [1,00,000], [1.200.000]",
        "[2000][km], [30][MKI], [3][pm], [20th], [1990s], [5G], [2½] [½], [1/2], [500][m³] [CO₂]",
        "[50][%] [50] [per cent]",
        "[7] [percent] [pour cent] [5] [por ciento]",
        "[2024] [200] [boats], [12] [1234], [555 123] [4567]",
        # Small words in capitals.
        "The [WHO] [who] [met]; [IT] [exports], it [can]; [CAN’s] [bloc]; [LeT], [let]",
        "[vitamin] [A], a [plan], A [Plan], [hepatitis] [A], a [man]; [George] A. [Smith]",
        "IT [HAS] [BEEN] [LONG] AND IT IS A [TRIAL]",
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
        ("es", "[Creció] [5,5] [%] y [1.200] [euros], [1],[2],[3] [casas]."),
        ("ar", "[الطريقُ] [مفتوح]."),
    ],
)
def test_marks_do_not_break_words_of_other_scripts(language: str, expected: str) -> None:
    analyzer = Analyzer(language_of(language))
    assert drawn(analyzer, expected.replace("[", "").replace("]", "")) == expected


@pytest.mark.parametrize(
    ("text", "slices"),
    [
        ("公路已开。", ["公", "公路", "路", "路已", "已", "已开", "开"]),
        ("在 CPEC 框架", ["在", "CPEC", "框", "框架", "架"]),
        ("2025年2月", ["2025", "年", "2", "月"]),
        ("中の国", ["中", "中の", "の国", "国"]),
        ("の道", ["の道", "道"]),
        ("ไทย", ["ไท", "ทย"]),
        ("ท", ["ท"]),
    ],
)
def test_scripts_without_spaces_are_split_into_characters_and_overlapping_pairs(
    text: str, slices: list[str]
) -> None:
    """A Chinese character by itself, as it is often a word; of other scripts pairs only."""
    tokens = CHINESE.analyse(text).tokens()
    assert [text[token.start : token.stop] for token in tokens] == slices
    assert [token.term for token in tokens] == [one.lower() for one in slices]


def test_a_text_worked_out_by_hand() -> None:
    """Stems, folded words, and places counted in characters of the text as it is."""
    assert ENGLISH.analyse("The İzmir roads’ U.S. funding").tokens() == [
        Token(4, 9, "izmir", "izmir"),
        Token(10, 15, "road", "roads"),
        Token(17, 21, "us", "US"),
        Token(22, 29, "fund", "funding"),
    ]


def test_columns_have_equal_lengths() -> None:
    with pytest.raises(ValueError, match="zip"):
        Terms(terms=["road"], forms=["road"], starts=[0], stops=[]).tokens()


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
        ("sort integers", ["sort", "integ"]),
        ("What sort of ships, and which sorts?", ["ship"]),
        ("why dont they, isnt it, cant we raise the levy", ["rais", "levi"]),
        ("Whats wrong, and why didn’t you mend it?", ["wrong", "mend"]),
        ("port port", ["port", "port"]),
        ("the", []),
        ("", []),
    ],
)
def test_a_question_is_reduced_to_its_subject(question: str, subject: list[str]) -> None:
    """Question words are dropped, unless there are no others."""
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
            if as_acronym(piece):
                continue  # the text around tells an acronym from a small word
            alone = analyzer.analyse(piece).tokens()
            # A pair of characters that is taken out has its characters beside it.
            assert Token(0, len(piece), token.term, token.form) in alone
            if not UNSPACED_PAIR.fullmatch(piece):
                assert len(alone) == 1


@reaches(5)
@given(TEXTS)
def test_tokens_stand_in_order_and_overlap_only_as_characters_and_pairs(text: str) -> None:
    """In the order of their places; no two take the same place, and no other words overlap."""
    for analyzer in (ENGLISH, CHINESE):
        tokens = analyzer.analyse(text).tokens()
        for first, second in pairwise(tokens):
            assert (first.start, first.stop) < (second.start, second.stop)
            if second.start < first.stop:
                reached()
                assert first.stop - first.start <= 2
                assert UNSPACED.fullmatch(text[first.start : second.stop])


@given(TEXTS)
def test_an_analyzer_that_has_learnt_a_text_reads_it_the_same_again(text: str) -> None:
    assert ENGLISH.analyse(text) == Analyzer(language_of("en")).analyse(text)


#: Letters of Latin, Greek and Cyrillic with all that stands between them in print.
LATIN = st.lists(
    st.one_of(
        st.sampled_from(
            [*"aZéßıñçİλЖй19", *" .,'’-_–—“”…()/&€°:;\n", "U.S.", "H.E", "1,000", "26.5"]
        ),
        st.sampled_from([*" .'’_", "a", "A", "1"]),
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, categories=("L", "Nd", "P", "Zs")),
    ),
    max_size=16,
).map("".join)


def test_an_analyzer_that_learns_no_more_reads_new_words_the_same_and_forgets_them() -> None:
    frozen = Analyzer(language_of("en"))
    frozen.freeze()
    for number in range(3):
        for text in (f"The ports of place{number}, in the US", "US$5bn, 1 200 people, per cent"):
            for _ in range(2):
                assert frozen.analyse(text) == ENGLISH.analyse(text)
    for number in range(2 * _MOST_ASKED):
        frozen.analyse(f"word{number}")
    assert len(frozen._asked) <= _MOST_ASKED
    assert not frozen._known


@given(LATIN)
@example("snake_case a.a_b 1.5_x 1,000_")
@example("Rock 'n' roll... U.S.. e.g., l'U.R.S.S. 1.2.3")
def test_a_letter_of_another_script_changes_no_other_word(text: str) -> None:
    """Latin text alone takes a faster way through the splitter; both give the same words.

    Only the last dot of "U.S." may be left out of its place, where letters touch its beginning.
    """
    fast, general = ENGLISH.analyse(text), ENGLISH.analyse(f"{text} क")
    assert general.terms[-1] == "क"
    assert fast.terms == general.terms[:-1]
    assert fast.forms == general.forms[:-1]
    assert fast.starts == general.starts[:-1]
    for one, other in zip(fast.stops, general.stops, strict=False):
        assert one == other or (one == other - 1 and text[one] == ".")


@pytest.mark.parametrize("text", ["the U.S. and", "(U.S.)", "U.S., U.K.; U.N.", "U.S.\u00a0trade"])
def test_an_abbreviation_with_dots_spans_its_dots(text: str) -> None:
    """So that what is highlighted in a quote is the whole of it."""
    slices = [text[token.start : token.stop] for token in ENGLISH.analyse(text).tokens()]
    assert {one for one in slices if one[0] == "U"} <= {"U.S.", "U.K.", "U.N."}
    assert slices[0] == "U.S."


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("What of Gwadar?", ["Gwadar"]),
        ("Gwadar Port. Ports. Is it? Roads", ["Port"]),
        ("the ML-1 and 2015", ["ML", "1", "2015"]),
        ("“Gwadar” opened: Ports", ["Gwadar"]),
        ("公路 2025年 CPEC", ["2025", "CPEC"]),
        ("gwadar", []),
    ],
)
def test_a_capital_or_a_digit_marks_a_name_unless_it_heads_a_sentence(
    question: str, marked: list[str]
) -> None:
    tokens = ENGLISH.analyse(question).tokens()
    found = [token for token in tokens if is_name_or_number(question, token)]
    assert [question[token.start : token.stop] for token in found] == marked


@pytest.mark.parametrize(
    ("question", "keywords_only"),
    [
        ("the Gwadar port", True),
        ("Gwadar port?", False),
        ("What of Gwadar", False),
    ],
)
def test_words_that_ask_nothing_are_bare(question: str, keywords_only: bool) -> None:
    assert ENGLISH.subject(question).keywords_only is keywords_only


def test_two_numbers_in_brackets_are_two_in_a_question() -> None:
    spanish = Analyzer(language_of("es"))
    assert spanish.subject("(0,0) y 5,5").terms == ("0", "0", "5.5")
    assert spanish.analyse("(0,5)").terms == ["0.5"]


def test_the_dropped_words_are_reported_as_typed() -> None:
    assert "What" in ENGLISH.subject("What of the port?").dropped
    assert ENGLISH.subject("port").dropped == ()


@pytest.mark.parametrize("piece", [".", "a.", "1,", "'", "路", "a-", "’s"])
def test_no_text_keeps_the_splitter_busy(piece: str) -> None:
    """Nothing to assert: a pattern that grew with the square would not end within a minute."""
    text = (piece * 200_000)[:200_000]
    ENGLISH.analyse(text)
    ENGLISH.analyse(f"{text} क")
