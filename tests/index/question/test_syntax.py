"""Operators in questions: examples drawn in place, questions built from parts, hostile text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.model.statement import Kind
from index.question.syntax import Filters, Question, read_question
from index.wording.dates import Dates

TODAY = datetime.date(2026, 11, 22)
FEBRUARY = Dates(datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
#: What operators are made of, and what breaks them.
PIECES = st.sampled_from(
    [
        *(
            '"',
            "“",
            "”",
            "„",
            "«",
            "»",
            "「",
            "」",
            "『",
            "』",
            "-",
            "--",
            ":",
            " ",
            "\n",
            "\u3000",
        ),
        *("from:", "In:", "kind:", "on:", "AFTER:", "before:", "year:", "ın:", "foo:", "-from:"),
        *(
            "port",
            "China-Pakistan",
            "2025",
            "2025-02",
            "last week",
            "remarks",
            "一带一路",
            "דו",
            "5",
        ),
        *(".", "?", "_", "U.S.", "\u0301", "’", "(", "\0"),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=24).map("".join)
WORDS = st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter(lambda word: word not in "in on")


def read(text: str) -> Question:
    return read_question(text, TODAY)


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ('the "deep water" port', "the deep water port", ["deep water"]),
        ("the “deep water” port", "the deep water port", ["deep water"]),
        ("the „deep water“ port", "the deep water port", ["deep water"]),
        ("the „deep water” port", "the deep water port", ["deep water"]),
        ("l'«eau profonde»", "l' eau profonde", ["eau profonde"]),
        ("他说「一带一路」吗", "他说 一带一路 吗", ["一带一路"]),
        ("『一带一路』", "一带一路", ["一带一路"]),
        ("他说“一带一路”吗", "他说 一带一路 吗", ["一带一路"]),
        ('他说"一带一路"吗', "他说 一带一路 吗", ["一带一路"]),
        ('"deep\n water"', "deep water", ["deep water"]),
        ('"one" and ("two")', "one and ( two )", ["one", "two"]),
        ('"one""two"', "one two", ["one", "two"]),
        ('“the "inner" words”', "the inner words", ['the "inner" words']),
        ('"It stands. It stood."', "It stands. It stood.", ["It stands. It stood."]),
        # Plain words: inches, acronyms, a mark that only closes.
        ('a 6" gun and a 5" gun', 'a 6" gun and a 5" gun', []),
        ('דו"ח של צה"ל', 'דו"ח של צה"ל', []),
        ('deep water" port "rail road"', "deep water port rail road", ["rail road"]),
        ("»Wort« und »Wort«", "»Wort« und »Wort«", []),
        ("don’t, it's", "don’t, it's", []),
    ],
)
def test_quotation_marks_make_exact_phrases(text: str, words: str, phrases: list[str]) -> None:
    """The words of a phrase stay: they rank too."""
    question = read(text)
    assert (question.words, question.phrases) == (words, tuple(phrases))
    assert question.unparsed == ()


@pytest.mark.parametrize(
    ("text", "words", "excluded"),
    [
        ("port -rail", "port", ["rail"]),
        ("-rail, port", ", port", ["rail"]),
        ("port -China-Pakistan x", "port x", ["China-Pakistan"]),
        ('port -"deep water" x', "port x", ["deep water"]),
        ("port -«eau profonde»", "port", ["eau profonde"]),
        ("港口 -铁路", "港口", ["铁路"]),
        ("-5 -foo:bar", "", ["5", "foo:bar"]),
        # Plain words.
        ("China-Pakistan", "China-Pakistan", []),
        ("port - rail", "port - rail", []),
        ("port -- rail", "port -- rail", []),
        ("port --rail", "port --rail", []),
        ("(-rail)", "(-rail)", []),
        ("port -", "port -", []),
        ("-$5", "-$5", []),
    ],
)
def test_a_dash_that_begins_a_token_excludes(text: str, words: str, excluded: list[str]) -> None:
    question = read(text)
    assert (question.words, question.excluded) == (words, tuple(excluded))
    assert (question.phrases, question.unparsed) == ((), ())


@pytest.mark.parametrize(
    ("text", "words", "filters"),
    [
        ("from:Rahman", "", Filters(speakers=("Rahman",))),
        ("port FROM:Rahman?", "port ?", Filters(speakers=("Rahman",))),
        ('from:"Nadia Rahman" port', "port", Filters(speakers=("Nadia Rahman",))),
        ("from:“Nadia  Rahman” port", "port", Filters(speakers=("Nadia Rahman",))),
        ("from:a from:b", "", Filters(speakers=("a", "b"))),
        ("in:2025-02-06-ports x", "x", Filters(statements=("2025-02-06-ports",))),
        ('In:"on ports" in:rail', "", Filters(statements=("on ports", "rail"))),
        ("kind:remarks", "", Filters(kinds=(Kind.REMARKS,))),
        ("kind:Press-Release", "", Filters(kinds=(Kind.PRESS_RELEASE,))),
        ('kind:"joint statement"', "", Filters(kinds=(Kind.JOINT_STATEMENT,))),
        ("kind:letters kind:remark", "", Filters(kinds=(Kind.LETTER, Kind.REMARKS))),
        ("on:2025-02", "", Filters(dates=FEBRUARY)),
        ("on:Feb 2025 port", "port", Filters(dates=FEBRUARY)),
        ('on:"Feb 2025" port', "port", Filters(dates=FEBRUARY)),
        ("after:2025-02 before:2025-03", "", Filters(dates=FEBRUARY)),
        ("year:2025 after:2025-02 before:2025-03", "", Filters(dates=FEBRUARY)),
        (
            "after:2025-02-06",
            "",
            Filters(dates=Dates(datetime.date(2025, 2, 6), None)),
        ),
        (
            "before:2025-02-06",
            "",
            Filters(dates=Dates(None, datetime.date(2025, 2, 5))),
        ),
        (
            "after:last-week",
            "",
            Filters(dates=Dates(datetime.date(2026, 11, 9), None)),
        ),
        (
            'year:"last year"',
            "",
            Filters(dates=Dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))),
        ),
    ],
)
def test_operators_filter(text: str, words: str, filters: Filters) -> None:
    question = read(text)
    assert (question.words, question.filters, question.unparsed) == (words, filters, ())
    assert question.filters


@pytest.mark.parametrize(
    ("text", "words", "unparsed"),
    [
        ("kind:poem port", "kind poem port", ["kind:poem"]),
        ("on:06/02/2025 port", "on 06/02/2025 port", ["on:06/02/2025"]),
        ("on:99999", "on 99999", ["on:99999"]),
        ("before:0000-01-01", "before 0000-01-01", ["before:0000-01-01"]),
        ("year:abc", "year abc", ["year:abc"]),
        ("year:2025-02", "year 2025-02", ["year:2025-02"]),
        ("from: Rahman", "from Rahman", ["from:"]),
        ("the list is in: ports", "the list is in ports", ["in:"]),
        ('from:"" port', "from port", ['from:""']),
        ("from:??? port", "from ??? port", ["from:???"]),
        ('from:"Nadia Rahman', "from Nadia Rahman", ['from:"Nadia']),
        ('-"deep water', "- deep water", ['-"deep']),
        ("-from:Rahman port", "from Rahman port", ["-from:Rahman"]),
        ('-from:"Nadia Rahman" port', "from Nadia Rahman port", ['-from:"Nadia Rahman"']),
        ("on:-rail", "on rail", ["on:-rail"]),
        ('the "deep water port', "the deep water port", ['"deep']),
        ("the “deep water port", "the deep water port", ["“deep"]),
        ("「一带一路", "一带一路", ["「一带一路"]),
        ('"?!"', "?!", ['"?!"']),
    ],
)
def test_what_cannot_be_read_is_plain_words_and_reported(
    text: str, words: str, unparsed: list[str]
) -> None:
    question = read(text)
    assert (question.words, question.unparsed) == (words, tuple(unparsed))
    assert (question.phrases, question.excluded, question.filters) == ((), (), Filters())


@pytest.mark.parametrize(
    "text",
    [
        "what is foo:bar",
        "see https://example.org/in:x?from:y at 10:30",
        "platform:x check-in:now",
        "ratio 3:2",
        "Sunday: rail",
        "ın:x",
        "",
    ],
)
def test_unknown_operators_and_links_are_words_like_any_other(text: str) -> None:
    assert read(text) == Question(text=text, words=text, today=TODAY)


def test_dates_that_contradict_each_other_leave_no_day() -> None:
    dates = read("after:2026 before:2020").filters.dates
    assert dates == Dates(datetime.date(2026, 1, 1), datetime.date(2019, 12, 31))
    assert not any(datetime.date(year, 6, 1) in dates for year in range(2015, 2030))


def test_a_plain_question_keeps_its_words() -> None:
    assert read("  What was said\nof ports? ").words == "What was said of ports?"


@given(TEXTS)
def test_words_are_left_without_a_trace_of_operators(text: str) -> None:
    """No text raises; what is left holds no operator, read or unread, and reads as itself."""
    question = read(text)
    again = read(question.words)
    assert again == Question(text=question.words, words=question.words, today=TODAY)
    for unparsed in question.unparsed:
        assert unparsed in text


@reaches(10)
@given(TEXTS)
def test_no_word_is_lost_but_those_of_filters_and_exclusions(text: str) -> None:
    question = read(text)
    if not question.filters and not question.excluded:
        reached()
        kept = [character for character in question.words if character.isalnum()]
        assert kept == [character for character in text if character.isalnum()]


@given(
    st.lists(WORDS, max_size=5),
    st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=3),
    st.lists(WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
    st.lists(st.sampled_from(Kind), max_size=3),
)
def test_a_question_built_of_parts_is_read_as_those_parts(
    words: list[str],
    phrases: list[str],
    excluded: list[str],
    speakers: list[str],
    kinds: list[Kind],
) -> None:
    parts = [
        *words,
        *(f'"{phrase}"' for phrase in phrases),
        *(f"-{word}" for word in excluded),
        *(f"from:{name}" for name in speakers),
        *(f'kind:"{kind}"' for kind in kinds),
    ]
    question = read(" ".join(parts))
    assert question.words == " ".join([*words, *phrases])
    assert question.phrases == tuple(phrases)
    assert question.excluded == tuple(excluded)
    assert question.filters == Filters(speakers=tuple(speakers), kinds=tuple(kinds))


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "„a",
        "«a», ",
        '"a"',
        "-a ",
        "--",
        ":",
        "in:",
        "from:a ",
        "on:ab ",
        "-from:",
        'on:"',
    ],
)
def test_a_hostile_question_is_read_up_to_sixteen_operators(piece: str) -> None:
    """Each operator costs at most one look through the text, so reading is linear."""
    question = read((piece * 4096)[:4096])
    read_operators = (*question.phrases, *question.excluded, *question.filters.speakers)
    assert len(read_operators) + len(question.unparsed) <= 17
    assert read(question.words).unparsed == ()


def test_only_four_dates_are_read() -> None:
    """A fifth could only narrow what four left, and the library's patience is ours."""
    question = read("on:2025 on:2025 on:2025 on:2025 on:2025-02 from:Rahman")
    assert question.unparsed == ("on:2025-02",)
    assert question.filters.speakers == ("Rahman",)
