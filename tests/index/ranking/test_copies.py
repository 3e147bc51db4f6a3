"""The same text on record many times: one hit, its newest, that tells where else it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made_statements import statement

from index.model.answer import Citation
from index.model.record import Record
from index.model.statement import Paragraph, Statement
from index.search import Index

NOTICE = "For questions about the saffron treaty, write to the press office."


def index_of(*texts: str) -> Index:
    """Return an index of statements of one text each, the last the newest, and of one more."""
    made = [statement(f"s{day}", [text], day=day) for day, text in enumerate(texts, 1)]
    others = statement("other", ["Growers of saffron wait for the treaty."], day=28)
    return Index(Record.of([*made, others]))


def places(copies: Sequence[Citation]) -> list[str]:
    return [citation.statement for citation in copies]


def test_a_text_on_record_many_times_is_one_hit_that_names_the_others_newest_first() -> None:
    hits = index_of(*[NOTICE] * 9).ask("saffron treaty press office").hits
    found = {hit.citation.statement: places(hit.copies) for hit in hits}
    assert found == {"s9": [f"s{day}" for day in range(8, 0, -1)], "other": []}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “saffron” treaty stands.", 'The "saffron" treaty stands.'),
        ("The saffron treaty – it stands.", "The saffron treaty — it stands"),
        ("The saffron treaty\u00a0stands.", "The  saffron treaty stands."),
        ("The grower’s saffron\u00ad treaty.", "* The grower's saffron treaty."),
        ("藏红花条约，仍然有效。", "藏红花条约,仍然有效。"),
    ],
)
def test_white_space_and_punctuation_do_not_tell_texts_apart(one: str, other: str) -> None:
    index = index_of(one, other)
    hit = index.paragraph("s2", 1)
    assert hit
    assert hit.paragraph.text == other
    assert places(hit.copies) == ["s1"]
    found = [hit.paragraph.text for hit in index.ask("saffron treaty 条约").hits]
    assert other in found
    assert one not in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The saffron treaty stands.", "The saffron treaty stands?"),
        ("Saffron fell by 5%.", "Saffron fell by 5."),
        ("The saffron treaty is with us.", "The saffron treaty is with them."),
        ("Saffron costs 1.5 crowns.", "Saffron costs 15 crowns."),
        ("Saffron treaties stand.", "Saffron treaty stands."),
    ],
)
def test_what_says_something_else_is_no_copy(one: str, other: str) -> None:
    index = index_of(one, other)
    hits = index.look_up("s1#1") + index.look_up("s2#1")
    assert [hit.copies for hit in hits] == [(), ()]


def test_three_texts_of_which_two_differ_in_small_words_only() -> None:
    """These have the same terms, by which alone copies are looked for."""
    texts = ("The treaty is with us.", "The treaty was with you.", "The treaty was with you!")
    index = index_of(*texts)
    assert [places(index.look_up(f"s{n}#1")[0].copies) for n in (1, 2, 3)] == [[], ["s3"], ["s2"]]


def test_a_text_of_another_language_tag_is_the_same_text() -> None:
    """Its terms differ, as do the stemmers, and it is the same to the letter."""
    made = [
        statement(f"s{day}", ["Los tratados siguen."], day=day, language=language)
        for day, language in enumerate(("es", "en", "es"), 1)
    ]
    index = Index(Record.of(made))
    assert places(index.look_up("s3#1")[0].copies) == ["s2", "s1"]


def test_copies_are_cited_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million paragraphs have texts that stand in thousands of places."""
    index = index_of(*["The saffron treaty stands."] * 9)
    made: list[str] = []
    cite = Citation.of

    def noted(one: Statement, paragraph: Paragraph, reference: str) -> Citation:
        made.append(one.id)
        return cite(one, paragraph, reference)

    monkeypatch.setattr(Citation, "of", noted)
    other, hit = index.ask("saffron treaty").hits
    assert made == ["other", "s9"]
    assert other.copies == ()
    assert len(hit.copies) == 8
    assert places(hit.copies[:2]) == ["s8", "s7"]
    assert hit.copies[-1].statement == "s1"
    assert made == ["other", "s9", "s8", "s7", "s1"]
    of_each = tuple(index.paragraph(f"s{day}", 1).citation for day in range(8, 0, -1))
    assert hit.copies == of_each
    assert hash(hit.copies) == hash(of_each)
    assert hit.copies != of_each[:-1]


def test_a_question_of_a_reporter_is_no_copy_of_an_answer(make_statement) -> None:
    made = make_statement("Is saffron scarce?", "Is saffron scarce?", asked=(1,))
    hits = Index(Record.of([made])).look_up("a-statement#2")
    assert [hit.copies for hit in hits] == [()]


def test_marks_alone_are_not_all_one_text() -> None:
    index = index_of("###", "* * *", "###")
    assert places(index.look_up("s3#1")[0].copies) == ["s1"]
    assert index.look_up("s2#1")[0].copies == ()
