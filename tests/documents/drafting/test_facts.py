"""Which claim becomes a field, which is offered, and what leaves the text for it."""

from __future__ import annotations

import pytest

from documents.drafting.facts import Facts, facts_of
from documents.model import Block, Claim, Doubt, Extract, Field, LeftOut, Why


def facts(*texts: str, claims: tuple[Claim, ...] = (), **given: object) -> Facts:
    return facts_of(Extract(blocks=tuple(Block(text=one) for one in texts), claims=claims), given)


def claim(field: Field, value: str, *, certain: bool = True, where: str = "page") -> Claim:
    return Claim(field=field, value=value, where=where, certain=certain)


def test_what_the_editor_gives_comes_first() -> None:
    known = facts("Words.", claims=(claim(Field.TITLE, "Of the page"),), title="Of the editor")
    assert known.stated["title"] == "Of the editor"
    assert "title" not in known.found_in


def test_what_is_not_certain_is_offered_and_not_filed() -> None:
    known = facts(
        "Words.",
        claims=(
            claim(Field.TITLE, "A name of a file", certain=False),
            claim(Field.SPEAKER, "The typist", certain=False),
        ),
    )
    assert "title" not in known.stated
    assert "speakers" not in known.stated
    assert [one.value for one in known.offered] == ["A name of a file", "The typist"]


def test_a_first_line_that_names_a_kind_of_text_is_its_title() -> None:
    line = claim(Field.TITLE, "Press briefing by the harbour", certain=False, where="first line")
    known = facts("Press briefing by the harbour", "Words.", claims=(line,))
    assert known.stated["title"] == "Press briefing by the harbour"
    assert [block.text for block in known.blocks] == ["Words."]


def test_a_title_leaves_the_text_where_its_first_line_is_that_and_no_more() -> None:
    title = claim(Field.TITLE, "A Statement on the Harbour")
    known = facts("A statement on the harbour", "Words.", claims=(title,))
    assert [block.text for block in known.blocks] == ["Words."]
    kept = facts("A statement", "on the harbour", "Words.", claims=(title,))
    assert len(kept.blocks) == 3
    long = "On the harbour, the quay and the pier " * 4
    known = facts(long, "Words.", claims=(claim(Field.TITLE, long),))
    assert len(known.blocks) == 2


def test_a_title_that_is_all_the_text_stays() -> None:
    known = facts("The road is open", claims=(claim(Field.TITLE, "The road is open"),))
    assert len(known.blocks) == 1


def test_a_day_of_publication_is_the_day_where_no_other_is_told_but_of_a_report() -> None:
    published = claim(Field.PUBLISHED, "2025-03-02")
    assert facts("Words.", claims=(published,)).stated["date"] == "2025-03-02"
    assert "date" not in facts("Words.", claims=(published,), kind="report").stated


def test_a_dateline_tells_the_day_and_a_sentence_only_offers_one() -> None:
    dated = facts("Port Ellin, 12 March 2025", "Words.")
    assert dated.stated["date"] == "2025-03-12"
    told = facts("The treaty of 12 March 2025 is in force.")
    assert "date" not in told.stated
    assert [(one.field, one.value) for one in told.offered] == [(Field.DATE, "2025-03-12")]


def test_days_that_contradict_one_another_are_shown() -> None:
    known = facts(
        "Words.", claims=(claim(Field.DATE, "2025-03-01"), claim(Field.DATE, "2025-04-01"))
    )
    assert known.stated["date"] == "2025-03-01"
    assert [one.doubt for one in known.warnings] == [Doubt.CONFLICT]


def test_a_later_change_is_told() -> None:
    known = facts(
        "Words.",
        claims=(claim(Field.PUBLISHED, "2025-07-09"), claim(Field.MODIFIED, "2025-07-10")),
    )
    assert "modified 2025-07-10" in known.warnings[0].text
    same = claim(Field.MODIFIED, "2025-07-09")
    assert not facts("Words.", claims=(claim(Field.PUBLISHED, "2025-07-09"), same)).warnings


ENGLISH = "The road and the port of the town are open to all who want to come and see them. " * 8
SPANISH = (
    "El puerto de la ciudad y la carretera están abiertos para todos los que quieren venir. " * 8
)


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (ENGLISH, None, None),
        (SPANISH, None, "es"),
        (SPANISH, "es-AR", "es-AR"),
        # What the page's software says of a page in Urdu is not believed.
        ("سڑک کھل گئی ہے اور سب آ سکتے ہیں۔", "en", "ur"),
    ],
)
def test_the_language_is_told_by_the_page_its_letters_or_its_words(
    text: str, told: str | None, language: str | None
) -> None:
    claims = (claim(Field.LANGUAGE, told),) if told else ()
    assert facts(text, claims=claims).stated.get("language") == language


def test_the_name_of_a_file_is_no_title_whatever_it_says() -> None:
    named = claim(Field.TITLE, "Remarks at the quay", certain=False, where="name of the file")
    known = facts("Words.", claims=(named,))
    assert "title" not in known.stated
    assert named in known.offered


def test_a_mark_of_a_press_release_is_its_kind() -> None:
    marks = (LeftOut(text="FOR IMMEDIATE RELEASE", why=Why.TEMPLATE),)
    known = facts_of(Extract(blocks=(Block(text="The fee falls."),), left_out=marks), {})
    assert known.stated["kind"] == "press release"


def test_what_a_site_calls_a_press_release_may_be_a_joint_statement() -> None:
    claims = (claim(Field.TITLE, "Joint statement by the UK and Valdoria"),
              claim(Field.KIND, "press release"))  # fmt: skip
    assert facts("We agreed.", claims=claims).stated["kind"] == "joint statement"
    letter = (claims[0], claim(Field.KIND, "letter"))
    assert facts("We agreed.", claims=letter).stated["kind"] == "letter"


def test_a_dateline_that_differs_from_the_data_is_told() -> None:
    day = claim(Field.DATE, "2025-02-11")
    (warned,) = facts("Port Ellin, 10 February 2025", "We met.", claims=(day,)).warnings
    assert "Port Ellin, 10 February 2025" in warned.text
    assert warned.doubt is None
    assert not facts("Port Ellin, 11 February 2025", "We met.", claims=(day,)).warnings


def test_those_whom_the_title_of_a_talk_names_speak_beside_whom_the_data_name() -> None:
    claims = (claim(Field.TITLE, "Press Conference with the Treasurer, the Hon. Peter Quill MP"),
              claim(Field.KIND, "press conference"),
              claim(Field.SPEAKER, "Edda Priel; Prime Minister"))  # fmt: skip
    known = facts("PRIME MINISTER: Good day.", "TREASURER: Good day.", claims=claims)
    assert known.stated["speakers"] == ["Edda Priel; Prime Minister", "Peter Quill; Treasurer"]
    alone = facts("PRIME MINISTER: Good day.", claims=claims)
    assert alone.stated["speakers"] == ["Edda Priel; Prime Minister"]


def test_a_short_text_tells_its_language_by_its_words() -> None:
    text = (
        "Le port est ouvert depuis lundi, et nous en sommes heureux : il est à nous tous, et nous "
        "remercions les ingénieurs qui ont travaillé dans le froid pour que le quai soit prêt."
    )
    assert facts(text).stated["language"] == "fr"
