"""The kind of a text by its title, its announcement, its labels, and how it tells."""

from __future__ import annotations

import pytest

from documents.drafting.kinds import kind_by_text, kind_by_title, outlet_in, reported_speech
from documents.model import Block
from index import Kind


@pytest.mark.parametrize(
    ("title", "language", "kind"),
    [
        ("Joint Statement between the Republic of A and B", "en", Kind.JOINT_STATEMENT),
        ("Joint Press Conference with the President", "en", Kind.PRESS_CONFERENCE),
        ("Transcript of the weekly press briefing", "en", Kind.PRESS_CONFERENCE),
        ("外交部发言人主持例行记者会", "zh", Kind.PRESS_CONFERENCE),
        ("Radio Interview", "en", Kind.INTERVIEW),
        ("Climate Webchat", "en", Kind.INTERVIEW),
        ("Letter to the Speaker", "en", Kind.LETTER),
        ("Livre blanc sur la navigation", "fr", Kind.REPORT),
        ("Findings of the Commission", "en", Kind.REPORT),
        ("Press release: the quay", "en", Kind.PRESS_RELEASE),
        ("Minister’s speech on coastal radar", "en", Kind.REMARKS),
        ("Statement by the Harbour Board", "en", Kind.STATEMENT),
        ("Opening statement by the Minister", "en", Kind.REMARKS),
        ("Background Press Call on the Visit", "en", Kind.PRESS_CONFERENCE),
        ("外交部发言人就港口问题答记者问", "zh", Kind.INTERVIEW),
        ("साप्ताहिक प्रेस ब्रीफिंग", "hi", Kind.PRESS_CONFERENCE),
        ("Palabras del Presidente", "es", Kind.REMARKS),
    ],
)
def test_a_title_names_the_kind(title: str, language: str, kind: Kind) -> None:
    found = kind_by_title(title, language)
    assert found is not None
    assert found[0] is kind


@pytest.mark.parametrize(
    "title", ["The ceasefire is a door", "Speechless in May", "Newsletters", ""]
)
def test_other_titles_name_none(title: str) -> None:
    assert kind_by_title(title, "en") is None


def test_a_text_announces_itself_as_joint() -> None:
    blocks = [
        Block(text="The following is the joint statement of A and B."),
        Block(text="Begin text."),
    ]
    assert kind_by_text(blocks, "en") == (Kind.JOINT_STATEMENT, "joint statement")
    assert kind_by_text(blocks[1:], "en") is None


def test_a_text_with_questions_is_a_press_conference() -> None:
    asked = [Block(text="QUESTION: Why?"), Block(text="A: So."), Block(text="Q: And when?")]
    found = kind_by_text(asked, "en")
    assert found is not None
    assert found[0] is Kind.PRESS_CONFERENCE
    assert kind_by_text(asked[:2], "en") is None


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["She said yes.", "He added that it was so."], "She said"),
        (["She said yes."], ""),
        (["The Ministers underlined this.", "The Leaders noted that."], ""),
        (["وزیر خارجہ نے کہا کہ سڑک کھلی ہے۔", "ان کا کہنا ہے کہ یہ درست ہے۔"], "نے کہا"),
    ],
)
def test_what_tells_what_was_said_is_a_report(texts: list[str], found: str) -> None:
    assert reported_speech(texts) == found


def test_a_letter_is_told_by_its_salutation_and_its_end() -> None:
    blocks = [Block(text="Dear President,"), Block(text="The fee stays."),
              Block(text="Yours sincerely,"), Block(text="Edda Priel")]  # fmt: skip
    found = kind_by_text(blocks, "en")
    assert found is not None
    assert found[0] is Kind.LETTER
    assert kind_by_text(blocks[:2], "en") is None


def test_questions_set_apart_make_a_press_conference() -> None:
    blocks = [Block(text="Q    Why?"), Block(text="MS. BELL: So."), Block(text="Q\u00a0 When?")]
    found = kind_by_text(blocks, "en")
    assert found is not None
    assert found[0] is Kind.PRESS_CONFERENCE


def test_an_agencys_dateline_and_a_headline_show_an_outlet() -> None:
    assert outlet_in("The quay", ["PORT ELLIN, 3 March (EllinPress) — The quay opens."])
    assert outlet_in("Statement by the Board: quay to open, spokesman says", [])
    assert not outlet_in("Statement by the Board", ["PORT ELLIN, 3 March 2025 – The Board today"])
    assert not outlet_in("What the Board said", ["The Fisheries Board (FB) — a body of nine"])
