"""Trimming a paragraph: what stays is verbatim, and what limits it cannot be left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Paragraph, Speaker, Trimmed, trim


def trimmed(text: str, *kept: int, language: str = "en") -> Trimmed:
    return trim(Paragraph(1, text, Speaker("Nadia Rahman")), kept, language)


def parts(text: str, *kept: int, language: str = "en") -> list[str]:
    return [part.text for part in trimmed(text, *kept, language=language).parts]


def missing(text: str, *kept: int, language: str = "en") -> list[str]:
    return [quote.text for quote in trimmed(text, *kept, language=language).missing]


PLAIN = "The quay is long. It opens in spring. Boats stay. Ferries go."
LIMITED = "We will sign. However, the council has to agree. We are glad. It meets in spring."


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ((), []),
        ((0,), ["The quay is long."]),
        ((3,), ["Ferries go."]),
        ((0, 1), ["The quay is long. It opens in spring."]),
        ((0, 2), ["The quay is long.", "Boats stay."]),
        ((0, 2, 3), ["The quay is long.", "Boats stay. Ferries go."]),
        ((0, 1, 2, 3), [PLAIN]),
        # There is no such sentence.
        ((0, 7, -1), ["The quay is long."]),
    ],
)
def test_sentences_that_stand_together_are_one_part(
    kept: tuple[int, ...], found: list[str]
) -> None:
    assert parts(PLAIN, *kept) == found


def test_a_sentence_that_limits_the_one_before_has_to_stay() -> None:
    assert missing(LIMITED, 0) == ["However, the council has to agree."]
    assert missing(LIMITED, 0, 2) == ["However, the council has to agree."]
    assert parts(LIMITED, 0) == []
    assert trimmed(LIMITED, 0, 2).must_stay() == (1,)


def test_it_may_be_left_out_with_what_it_limits() -> None:
    assert missing(LIMITED, 2) == []
    assert parts(LIMITED, 2, 3) == ["We are glad. It meets in spring."]
    assert parts(LIMITED, 0, 1) == ["We will sign. However, the council has to agree."]


def test_a_sentence_that_only_denies_may_be_left_out() -> None:
    """It takes its "not" with it."""
    assert parts("The quay is long. It does not open. Boats stay.", 0, 2) == [
        "The quay is long.",
        "Boats stay.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "港口将开放。然而，码头还没修好。大家都高兴。", "然而，码头还没修好。"),
        ("ur", "بندرگاہ کھلے گی۔ تاہم اس میں وقت لگے گا۔ سب خوش ہیں۔", "تاہم اس میں وقت لگے گا۔"),
        ("es", "El puerto abrirá. Sin embargo, no hay fecha. Bien.", "Sin embargo, no hay fecha."),
    ],
)
def test_it_has_to_stay_in_other_languages(language: str, text: str, words: str) -> None:
    assert missing(text, 0, language=language) == [words]
    assert missing(text, 2, language=language) == []


@given(
    st.lists(
        st.sampled_from(
            ["We go. ", "However, no. ", "But only if. ", "Ports: “yes.” ", "但是。", "x"]
        ),
        min_size=1,
        max_size=8,
    ),
    st.sets(st.integers(0, 9)),
)
def test_what_is_kept_is_a_slice_and_all_of_it(sentences: list[str], kept: set[int]) -> None:
    paragraph = Paragraph(1, "".join(sentences).strip(), Speaker("Nadia Rahman"))
    cut = trim(paragraph, kept, "en")
    assert cut.kept == tuple(sorted(one for one in kept if one < len(cut.sentences)))
    quoted = " ".join(part.text for part in cut.parts)
    for number, (start, stop) in enumerate(cut.sentences):
        if number in kept and not cut.missing:
            assert paragraph.text[start:stop] in quoted
    assert all(part.paragraph is paragraph for part in cut.parts)
    assert bool(cut.parts) == (bool(cut.kept) and not cut.missing)
