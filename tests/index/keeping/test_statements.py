"""Statements come out of columns as they went in, each when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_statements import statement

from index import Kind, Origin, Paragraph, Record, Role, Speaker, Translation
from index.keeping.columns import DamagedFile, Keeper, KeptFile, NewFile
from index.keeping.paragraphs import ParagraphColumns
from index.keeping.statements import KeptStatements, Searched, TextsOf, keep_statements

WHOLE = replace(
    statement("whole", ["One.", "Two."], day=3),
    paragraphs=(
        Paragraph(1, "Who said so?", Speaker("A reporter"), Role.QUESTION, named=True),
        Paragraph(
            2,
            "“The minister” — 港口.",
            Speaker("Omar Latif", "Clerk"),
            Role.ANSWER,
            certain=False,
            quoted=True,
            section="On ports",
        ),
    ),
    speakers=(Speaker("Nadia Rahman", "Minister"), Speaker("Omar Latif")),
    published=date(2025, 2, 9),
    kind=Kind.PRESS_CONFERENCE,
    publisher="Ministry of Ports",
    url="https://example.org/1",
    language="zh",
    translation=Translation.UNOFFICIAL,
    source=Origin(
        url="https://example.org", file="a.pdf", fetched=date(2025, 3, 1), sha256="0" * 64
    ),
    footnotes=("A note.", "Another."),
)
PLAIN = replace(statement("plain", ["Ships sail.", "Ships rest."]), date=None)
WITHDRAWN = replace(statement("gone", ["It was said."]), withdrawn="It was never said.")
EARLIER = replace(
    statement("plain", ["Ships sailed."]), amended=date(2025, 2, 8), source=Origin(file="b")
)
RECORD = Record.of([WHOLE, PLAIN, WITHDRAWN], earlier=[EARLIER])


def keep_all(to: Keeper) -> None:
    texts = [one.text for _, one in RECORD.paragraphs()]
    keep_statements(RECORD, ParagraphColumns.of(RECORD.statements), texts, to)


@pytest.fixture
def kept(tmp_path) -> KeptStatements:
    with NewFile(tmp_path / "columns") as to:
        keep_all(to)
    return KeptStatements(KeptFile(tmp_path / "columns").columns)


def searched(kept: KeptStatements) -> Searched:
    return Searched(kept.statements, kept.columns.firsts)


def test_statements_come_out_as_they_went_in(kept):
    assert kept.statements == RECORD.statements
    assert kept.withdrawn == RECORD.withdrawn
    assert kept.earlier == RECORD.earlier
    assert list(searched(kept)) == list(RECORD.paragraphs())
    assert [searched(kept)[number] for number in range(len(searched(kept)))] == list(
        RECORD.paragraphs()
    )
    assert list(kept.texts[:4]) == [one.text for _, one in RECORD.paragraphs()]


def test_they_can_be_taken_in_part_and_from_behind(kept):
    assert kept.statements[-1] == RECORD.statements[-1]
    assert searched(kept)[1:3] == tuple(RECORD.paragraphs())[1:3]
    assert kept.statements[0].paragraphs[1:] == RECORD.statements[0].paragraphs[1:]
    for number in (4, -5):
        with pytest.raises(IndexError):
            searched(kept)[number]


def test_what_was_read_is_the_same_thing_the_next_time(kept):
    assert kept.statements[0] is kept.statements[0]
    assert searched(kept)[1][1] is kept.statements[0].paragraphs[1]


def test_to_read_all_texts_remembers_no_paragraph(kept):
    """As when they are kept again: a large record would be in memory as a whole."""
    for paragraphs in (searched(kept), Searched(RECORD.statements, kept.columns.firsts)):
        assert list(TextsOf(paragraphs)) == [one.text for _, one in RECORD.paragraphs()]
    assert not any(one.paragraphs._known for one in kept.statements)


def test_few_paragraphs_of_a_statement_are_remembered(kept, monkeypatch):
    monkeypatch.setattr("index.keeping.statements._PARAGRAPHS", 1)
    paragraphs = kept.statements[0].paragraphs
    assert [paragraphs[number].number for number in (0, 1, 0, 1)] == [1, 2, 1, 2]
    assert len(paragraphs._known) == 1


def test_a_statement_that_is_kept_can_be_changed(kept):
    changed = replace(kept.statements[0], title="Another")
    assert changed.paragraphs == WHOLE.paragraphs
    assert changed.title == "Another"


@pytest.mark.parametrize("name", ["counts", "firsts"])
def test_what_does_not_fit_together_is_refused(tmp_path, name):
    with NewFile(tmp_path / "columns") as to:
        keep_all(to)
        if name == "counts":
            to.value("counts", [2, 1, 2])
        else:
            to.within("paragraphs").arrays(firsts=[0, 2, 4, 5, 7])
    with pytest.raises(DamagedFile):
        KeptStatements(KeptFile(tmp_path / "columns").columns)
