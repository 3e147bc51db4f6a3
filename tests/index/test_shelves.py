"""Statements are found by day, speaker, kind, and by words in any language."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement

from index import UNDATED, Index, Kind, Record, Shelves, Speaker

ELISE, UNACCENTED, LI = Speaker("Élise Mornay"), Speaker("Elise Mornay"), Speaker("李明")
TODAY = datetime.date(2025, 6, 1)


def dated(name: str, day: str | None, **known: object) -> object:
    made = statement(name, ["Words."], **known)
    return dataclasses.replace(made, date=datetime.date.fromisoformat(day) if day else None)


SHELVES: Shelves = Index(
    Record.of(
        [
            dated("about-on-record", "2026-11-23", title="What the bot does"),
            dated("quay", "2025-02-24", title="Remarks on the Old Quay", publisher="Ports Gazette"),
            dated("policies", "2025-02-06", title="Ferry policies", kind=Kind.INTERVIEW),
            dated(
                "2024-note", "2024-12-31", title="Agenda 2030", speakers=(Speaker("Élise Mornay"),)
            ),
            dated(
                "zh",
                "2024-03-01",
                title="发言人谈深水港建设",
                language="zh",
                speakers=(Speaker("李明"),),
            ),
            dated("ur", "2024-02-29", title="گوادر بندرگاہ پر خطاب", language="ur"),
            dated(
                "joint", "2023-05-05", speakers=(Speaker("Elise Mornay"), Speaker("Tom O'Leary"))
            ),
            dated("lost", None, title="A letter without a date"),
        ]
    )
).shelves


def ids(numbers: object) -> list[str]:
    return [SHELVES.statements[number].id for number in numbers]


def test_the_newest_comes_first_undated_after_dated_and_the_bots_own_last():
    assert ids(SHELVES.everything) == [
        *("quay", "policies", "2024-note", "zh", "ur", "joint", "lost", "about-on-record"),
    ]
    assert ids(SHELVES.own) == ["about-on-record"]


def test_a_period_is_divided_newest_first_and_the_bots_own_is_in_none():
    everything = SHELVES.everything
    assert SHELVES.divided(everything, "") == [("2025", 2), ("2024", 3), ("2023", 1), (UNDATED, 1)]
    assert SHELVES.divided(everything, "2024") == [("2024-12", 1), ("2024-03", 1), ("2024-02", 1)]
    assert SHELVES.divided(everything, "2024-02") == [("2024-02-29", 1)]
    assert SHELVES.divided(everything, "2024-02-29") == []
    assert SHELVES.divided(everything, UNDATED) == []
    assert ids(SHELVES.of_period(everything, "2024")) == ["2024-note", "zh", "ur"]
    assert ids(SHELVES.of_period(everything[2:4], "2024")) == ["2024-note", "zh"]
    assert ids(SHELVES.of_period(everything, "1999")) == []
    assert ids(SHELVES.of_period(everything, UNDATED)) == ["lost"]


def test_speakers_are_known_by_their_folded_names_and_all_of_a_statement_count():
    names = {one.name: one.count for one in SHELVES.speakers}
    assert names == {"Nadia Rahman": 5, "Élise Mornay": 2, "李明": 1, "Tom O'Leary": 1}
    (elise,) = [one for one in SHELVES.speakers if one.count == 2]
    assert ids(SHELVES.by_speaker(elise.code)) == ["2024-note", "joint"]
    assert (elise.initial, len(elise.code)) == ("e", 12)
    assert SHELVES.speaker(elise.code) == elise
    assert SHELVES.by_speaker("NOBODY") == ()


def test_kinds_are_counted_the_commonest_first():
    assert SHELVES.kinds == ((Kind.STATEMENT, 7), (Kind.INTERVIEW, 1))
    assert ids(SHELVES.by_kind(Kind.INTERVIEW)) == ["policies"]
    assert SHELVES.by_kind(Kind.LETTER) == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quay", ["quay"]),
        ("QUAY, old", ["quay"]),
        # The beginning of a word, and another form of it.
        ("gaz", ["quay"]),
        ("policy", ["policies"]),
        # Of the publisher, of speakers with and without accents and marks, of the id.
        ("ports gazette", ["quay"]),
        ("elise", ["2024-note", "joint"]),
        ("Élise", ["2024-note", "joint"]),
        ("oleary", ["joint"]),
        ("O’Leary mornay", ["joint"]),
        ("about-on-record", ["about-on-record"]),
        # In scripts without spaces anywhere, and with the letters of another keyboard.
        ("深水港", ["zh"]),
        ("深水港 李", ["zh"]),
        ("گوادر", ["ur"]),
        ("بندرگاه", ["ur"]),
        # Days.
        ("2024", ["2024-note", "zh", "ur"]),
        ("march 2024", ["zh"]),
        ("2024-02-29", ["ur"]),
        ("29 February 2024", ["ur"]),
        ("2024年3月", ["zh"]),
        ("last year", ["2024-note", "zh", "ur"]),
        ("since 2025", ["quay", "policies", "about-on-record"]),
        # Both.
        ("rahman february 2025", ["quay", "policies"]),
        ("mornay 2023", ["joint"]),
        # Digits that are no day.
        ("Agenda 2030", ["2024-note"]),
        ("2030", ["2024-note"]),
        # Nothing.
        ("penguins", []),
        ("quay penguins", []),
        ("quay 2019", []),
        ("", []),
        ("?!", []),
        ("  ", []),
    ],
)
def test_words_and_days_find_what_has_them(words, found):
    assert ids(SHELVES.sought(words, TODAY)) == found


@given(st.text(max_size=200))
def test_any_text_can_be_sought(text):
    assert list(SHELVES.sought(text, TODAY)) == sorted(set(SHELVES.sought(text, TODAY)))
