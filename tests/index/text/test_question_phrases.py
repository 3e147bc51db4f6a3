"""Phrases that only ask: the notation, read by hand, and questions that mean harm."""

from __future__ import annotations

import pytest

from index.text.question_phrases import question_phrases, words_at_edge


def left(phrase: str, question: str, script: str = "Latin") -> str:
    """Return *question* with a bar for what *phrase* finds in it."""
    found = question_phrases([phrase], script)
    assert found
    for start, stop in reversed(found.spans(question)):
        question = f"{question[:start]}|{question[stop:]}"
    return question


@pytest.mark.parametrize(
    ("phrase", "question", "expected"),
    [
        ("what is your view", "What is  your, view of ports?", "| of ports?"),
        ("[he|she] will", "If she will go, or they will", "If | go, or they will"),
        ("thank you (very much)", "Thank you. Thank you very much!", "|. |!"),
        ("(please) tell (me|us)", "Please tell us, tell me, tell", "|, |, |"),
        ("any [comment|comments on]", "Any comments on any comment", "| |"),
        ("hon* *", "The hon. Member, the honourable Lady; hon", "The |, the |; hon"),
        ("follow-up", "follow up, follow-up, followup, follow my up", "|, |, |, follow my up"),
        ("what's new", "What’s new? what's new? whats new", "|? |? whats new"),
        ("you know", "Do you know, you knowing", "Do |, you knowing"),
        # An address.
        (
            "[Prime Minister|Minister],",
            "Prime Minister, the port? Minister, now?",
            "|, the port? |, now?",
        ),
        ("[Prime Minister|Minister],", "“Minister, why?”", "“|, why?”"),
        (
            "[Prime Minister|Minister],",
            "Did the Minister, a lawyer, go?",
            "Did the Minister, a lawyer, go?",
        ),
        ("[Prime Minister|Minister],", "Minister of Ports", "Minister of Ports"),
        # Accents may be left out, in the question and nowhere else.
        ("qué opina", "¿Que opina, qué opina?", "¿|, |?"),
        ("que opina", "Qué opina", "Qué opina"),
    ],
)
def test_a_phrase_finds_what_its_notation_says(phrase: str, question: str, expected: str) -> None:
    assert left(phrase, question) == expected


@pytest.mark.parametrize(
    ("script", "phrase", "question", "expected"),
    [
        ("Han", "中方 (对此) 有何 [评论|回应]", "中方有何评论？中方对此有何回应？", "|？|？"),
        ("Thai", "อะไร (บ้าง)", "มีอะไรบ้างที่ท่าเรือ", "มี|ที่ท่าเรือ"),
        # A letter that a keyboard writes differently, and vowel signs that end no word.
        ("Arabic", "کیا آپ", "كیا آپ، کیا آپکا", "|، کیا آپکا"),
        ("Devanagari", "आप क", "आप कि, आप क", "आप कि, |"),
        ("Cyrillic", "что вы", "Что вы скажете, что выше", "| скажете, что выше"),
    ],
)
def test_a_phrase_finds_whole_words_of_any_script(
    script: str, phrase: str, question: str, expected: str
) -> None:
    assert left(phrase, question, script) == expected


def test_of_two_phrases_the_longer_is_found() -> None:
    found = question_phrases(["what steps", "what steps [he|she] has taken", "steps"], "Latin")
    assert found
    question = "What steps she has taken, what steps"
    assert [question[start:stop] for start, stop in found.spans(question)] == [
        "What steps she has taken",
        "what steps",
    ]


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    assert left("what steps", "İİİ: What steps, İ?") == "İİİ: |, İ?"


def test_no_phrase_is_no_pattern() -> None:
    assert question_phrases([], "Latin") is None


@pytest.mark.parametrize(
    ("phrase", "wrong"),
    [
        ("what [is|was", "brackets"),
        ("what (is (not))", "brackets"),
        ("what ]", "brackets"),
        ("what []", "brackets"),
        ("(please)", "left out"),
        ("", "left out"),
    ],
)
def test_a_phrase_outside_the_notation_is_refused_with_the_phrase(phrase: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong) as refused:
        question_phrases([phrase], "Latin")
    assert str(refused.value).endswith(phrase)


@pytest.mark.parametrize("mark", [".", "+", "$", "\\", "^", "{2}", "?"])
def test_marks_of_patterns_are_marks(mark: str) -> None:
    assert left(f"a{mark}b", f"a{mark}b aab") == "| aab"


@pytest.mark.parametrize("text", ["a ", "a b ", " ", "a b c d ", "'", "a, ", "b? a, "])
def test_the_time_grows_with_the_length_alone(text: str) -> None:
    """Nothing to assert: with its square it would not end within a minute."""
    found = question_phrases(
        ["a (b) (c) (d) (a b) (b c) (c d) e", "a* * b* * z", "[a|b],"], "Latin"
    )
    assert found
    found.spans((text * 400_000)[:400_000])


def test_of_two_choices_the_longer_is_taken() -> None:
    """However they are written: else a part of the phrase would be searched for."""
    assert left("your [plan|plan b]", "your plan b for tea") == "| for tea"


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("quotes on", {"quotes"}, {"on"}),
        ("(any|some) quotes (on|about it)", {"any", "some", "quotes"}, {"on", "it", "quotes"}),
        ("[who's|Thé] said", {"who", "the"}, {"said"}),
        ("it's what's", {"it"}, {"s"}),
        ("fact-check pre-sale", {"fact", "factcheck"}, {"sale", "presale"}),
        ("Minister,", {"minister"}, {"minister"}),
        ("hon* member", None, {"member"}),
    ],
)
def test_a_phrase_begins_and_ends_with_one_of_few_words(
    phrase: str, first: set[str] | None, last: set[str] | None
) -> None:
    assert words_at_edge([phrase], "Latin", last=False) == first
    assert words_at_edge([phrase], "Latin", last=True) == last
    assert words_at_edge([phrase], "Arabic", last=True) is None
