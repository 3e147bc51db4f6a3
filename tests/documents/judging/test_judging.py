"""Noise is refused, doubts are told, and characters are made quotable openly."""

from __future__ import annotations

import pytest

from documents.judging.judging import judged
from documents.model import Block, BlockKind, Claim, Doubt, Extract, Field, Unreadable

SENTENCE = "The road and the port of the town are open to all who want to come and see them today. "


def extract(*texts: str, claims: tuple[Claim, ...] = ()) -> Extract:
    return Extract(blocks=tuple(Block(text=one) for one in texts), claims=claims)


def noise(words: int) -> str:
    """Return Latin letters that are words of no language."""
    letters = "qxzvkjwbq"
    return " ".join(letters[n % 7 : n % 7 + 3] + letters[n % 5] for n in range(words))


@pytest.mark.parametrize(
    ("text", "what"), [(noise(200), "OCR"), ("a b c d e f g h i j " * 20, "OCR")]
)
def test_noise_is_refused(text: str, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        judged(extract(text))


def test_the_refusal_names_the_original_where_the_document_does() -> None:
    original = Claim(field=Field.URL, value="https://example.org/a.pdf", where="<document>")
    with pytest.raises(Unreadable, match=r"https://example\.org/a\.pdf"):
        judged(extract(noise(200), claims=(original,)))


@pytest.mark.parametrize("text", [SENTENCE * 10, noise(50), "会议讨论了港口的开放问题。" * 40])
def test_text_short_text_and_unspaced_scripts_are_left_alone(text: str) -> None:
    assert judged(extract(text)).warnings == ()


def test_words_with_digits_in_them_are_a_doubt_if_there_are_many() -> None:
    damaged = SENTENCE * 8 + "the Communiqu6 of the Governm3nt was expr~ssed and re4d."
    (warned,) = judged(extract(damaged)).warnings
    assert warned.doubt is Doubt.OCR
    assert "Communiqu6" in warned.text
    fine = SENTENCE * 8 + "The G7 and G20 met on the A380 at 9am, with CO2 at 450ppm."
    assert judged(extract(fine)).warnings == ()


def test_mojibake_is_told_with_what_was_meant() -> None:
    (warned,) = judged(extract("The â€˜algaeâ€™ plan is ready.")).warnings
    assert "“â€˜algaeâ€™”" in warned.text
    assert "“‘algae’”" in warned.text
    assert warned.doubt is None


@pytest.mark.parametrize(
    "line", ["EMBARGOED until 6 p.m.", "Not for publication before Friday", "Sperrfrist: 18 Uhr"]
)
def test_an_embargo_is_a_doubt(line: str) -> None:
    (warned,) = judged(extract(line, "Words.")).warnings
    assert warned.doubt is Doubt.EMBARGO
    assert line in warned.text


def test_an_embargo_on_arms_in_a_sentence_far_down_is_none() -> None:
    texts = ["Words."] * 8 + ["The embargo on arms stays."]
    assert judged(extract(*texts)).warnings == ()


def test_a_document_of_headings_alone_has_no_text() -> None:
    heading = Block(text="Heading", kind=BlockKind.HEADING)
    with pytest.raises(Unreadable, match="there is no text in it"):
        judged(Extract(blocks=(heading,)))
    with pytest.raises(Unreadable, match="there is no text in it"):
        judged(extract("\u00ad\u200b"))


def test_what_is_unseen_or_would_be_rewritten_leaves_openly() -> None:
    (block,) = (
        made := judged(extract("45\u00ad\u2011 to 50, gov\u00adern, cafe\u0301, a\tb"))
    ).blocks
    assert block.text == "45\u2011 to 50, govern, café, a b"
    told = " ".join(warned.text for warned in made.warnings)
    assert "soft hyphen" in told
    assert "a tab" in told


def test_what_means_something_stays() -> None:
    text = "جائے\u200cگی\u00a0۔ a\u202fb  c"
    made = judged(extract(text))
    assert made.blocks[0].text == text
    assert made.warnings == ()


def test_lines_stay_beside_the_text_they_make() -> None:
    block = Block(text="A\u00ad one B two", lines=("A\u00ad one", "B two"))
    (made,) = judged(Extract(blocks=(block,))).blocks
    assert (made.text, made.lines) == ("A one B two", ("A one", "B two"))
