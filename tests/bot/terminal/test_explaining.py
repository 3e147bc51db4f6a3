"""What an operator reads of a ranking: every figure that made it, and what each word means."""

from __future__ import annotations

import dataclasses
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import statement
from rich.cells import cell_len

from bot.terminal.explaining import COLUMNS, show_explanation
from bot.terminal.json_output import explanation_object
from index import (
    Explanation,
    Hit,
    Index,
    Kind,
    Paragraph,
    Record,
    Role,
    SmallTalk,
    Speaker,
    Statement,
)

MINISTER, REPORTER = Speaker("Nadia Rahman", "Minister of Ports"), Speaker("A reporter")


@pytest.fixture(scope="module")
def index() -> Index:
    """A record with a transcript, a brief, a defined abbreviation and Chinese."""
    turns = [
        ("Will the ferries sail in winter?", REPORTER, Role.QUESTION),
        ("They will, twice a day, from the new quay.", MINISTER, Role.ANSWER),
        ("The quay is to be dredged for the ferries by March.", MINISTER, Role.ANSWER),
    ]
    spoken = tuple(Paragraph(number, *turn) for number, turn in enumerate(turns, 1))
    return Index(
        Record.of(
            [
                statement(
                    "harbour",
                    [
                        "The Coastal Railway Programme (CRP) reaches the harbour in March.",
                        "Fishing boats keep their berths at the old quay.",
                        "The CRP is paid for by the Coastal Railway Programme's members.",
                    ],
                    day=24,
                ),
                statement("note", ["The old quay, in short."], day=20, kind=Kind.BRIEF),
                statement(
                    "gang", ["港口将于三月开放。", "渔船仍停在旧码头。"], day=6, language="zh"
                ),
                Statement(
                    id="talk",
                    title="A talk on the ferries",
                    speakers=(MINISTER,),
                    paragraphs=spoken,
                    kind=Kind.PRESS_CONFERENCE,
                ),
            ]
        )
    )


def piped(
    question: str, kind: SmallTalk | None, named: list[Hit], explanation: Explanation | None
) -> str:
    stream = io.StringIO()
    show_explanation(question, kind, named, explanation, stream)
    return stream.getvalue()


def explained(index: Index, question: str, limit: int = 3) -> str:
    return piped(question, None, [], index.explain(question, limit))


def row(text: str, label: str) -> str:
    """Return what stands beside *label*, the first time."""
    found = re.search(rf"^(?:    )?{re.escape(f'{label:<16}')}(.+)$", text, re.MULTILINE)
    assert found, f"{label!r} is not in:\n{text}"
    return found[1]


def test_first_it_says_how_the_question_was_read(index):
    text = explained(index, 'What did the minister say of berhts? "old quay" -rail from:Rahman foo')
    assert row(text, "question").startswith("What did the minister say")
    assert row(text, "language") == "en"
    assert "What" in row(text, "ignored")
    assert row(text, "exact phrases") == "“old quay”"
    assert row(text, "excluded") == "“rail”"
    assert row(text, "filters") == "from: Rahman"
    assert row(text, "narrowed") == "words of minister"
    assert row(text, "searched").startswith("2 of 8 paragraphs, ")
    assert re.search(r"^foo +0 .* not on record$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "label", "expected"),
    [
        ("on:2025-02-24 quay", "filters", "24 Feb 2025"),
        ("after:2025-02 quay", "filters", "1 Feb 2025 or later"),
        ("before:2025-02-20 quay", "filters", "19 Feb 2025 or earlier"),
        ("after:2025-02-07 before:2025-02-24 quay", "filters", "7 Feb 2025 to 23 Feb 2025"),
        (
            "after:2025-02-24 before:2025-02-06 quay",
            "filters",
            "no day: the dates exclude each other",
        ),
        ("kind:remarks in:note quay", "filters", "in: note; kind: remarks"),
        ("quay in February 2025", "narrowed", "1 Feb 2025 to 28 Feb 2025"),
        ("latest on the quay", "order", "newest first"),
        ("what did Zorba say of the quay", "must have", "“Zorba”"),
        ("kind:poem quay", "plain words", "kind:poem"),
        ('"quay old"', "absent phrases", "“quay old”"),
        ("harbuor", "corrected", "harbuor -> harbour"),
        ("old quay", "keywords only", "yes: a paragraph that has them all answers"),
    ],
)
def test_each_way_of_reading_is_explained(index, question, label, expected):
    assert row(explained(index, question), label) == expected


def test_the_parts_of_a_score_and_the_weights_of_its_words_sum_to_it(index):
    """To the last digit shown, for every hit of several questions."""
    for question in ("ferries in winter", "old quay", "harbour in March", "CRP", "港口"):
        for one in index.explain(question, 9).hits:
            assert sum(one.parts.values()) == pytest.approx(one.hit.score)
            assert sum(term.weight for term in one.terms) == pytest.approx(one.parts["bm25"])
        text = explained(index, question, 1)
        score = float(re.search(r"^1\.  (-?[\d.]+)  ", text, re.MULTILINE)[1])
        parts = map(float, re.findall(r"-?\d+\.\d+", row(text, "score")))
        assert sum(parts) == pytest.approx(score, abs=0.003)


def test_a_hit_is_told_by_place_sentence_words_length_and_support(index):
    text = explained(index, "fishing boats", 1)
    assert re.search(r"^1\.  \S+  harbour#2  ref \w{4}-\w{4}$", text, re.MULTILINE)
    assert "    “Fishing boats keep their berths at the old quay.”" in text
    assert re.search(r"^    fish +1  [\d.]+  [\d.]+  [\d.]+$", text, re.MULTILINE)
    assert row(text, "length").endswith(" terms")
    assert row(text, "lacks") == "nothing"
    assert row(text, "support").endswith("it answers")


def test_what_a_paragraph_lacks_is_named_with_its_weight(index):
    lacks = row(explained(index, "Do fishing boats need a licence for Atlantis?", 1), "lacks")
    assert re.fullmatch(r"need, licenc, atlanti \(idf [\d.]+, names [\d.]+ of it\)", lacks)


def test_an_equivalent_is_told_as_what_it_was_found_as(index):
    text = explained(index, "Coastal Railway Programme", 9)
    assert "= crp" in row(text, "also searched")
    assert re.search(r"^ +coastal +crp +1 ", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "answers", "bound", "end"),
    [
        ("old quay", True, -9.0, "above the threshold of -9.000: it answers"),
        ("quay of Atlantis", False, 9.0, "below the threshold of 9.000: it does not answer"),
        (
            "old quay",
            True,
            9.0,
            "below the threshold of 9.000; it answers because it has every term",
        ),
        ('"old quay"', True, 9.0, "9.000; it answers because it has the exact phrase"),
        ("kind:brief", True, 9.0, "9.000; it answers a question that is only filters"),
    ],
)
def test_whether_and_why_a_hit_answers_is_told(index, question, answers, bound, end):
    explanation = index.explain(question, 1)
    hit = dataclasses.replace(explanation.hits[0], answers=answers)
    shown = dataclasses.replace(explanation, threshold=bound, hits=(hit,))
    text = piped(question, None, [], shown)
    assert row(text, "support").endswith(end)


def test_where_nothing_is_found_that_is_said(index):
    for question in ("zzz", "from:nobody quay"):
        assert "Nothing that was searched has any of these terms." in explained(index, question)
    assert "Nothing that was searched is left to be shown." in explained(index, "")


def test_the_legend_tells_every_part_that_was_used_and_no_other(index):
    text = explained(index, "Will the ferries sail in winter?", 9)
    parts = set(re.findall(r"[\d.]+ ([a-z ]*[a-z])(?= \+|$)", row(text, "score")))
    assert {"reply", "turn"} & parts
    legend = text[text.index("\nidf ") :]
    for part in parts - {"bm25"}:
        assert f"\n{part} " in legend
    assert "\npreference " not in legend
    assert "\nturn " not in explained(index, "fishing boats", 1)


def test_that_a_brief_gives_way_is_told_where_there_is_one(index):
    assert "a brief then gives way" in explained(index, "old quay", 9)
    assert "a brief then gives way" not in explained(index, "winter", 1)


def test_a_reference_or_an_id_goes_straight_to_its_paragraph(index):
    named = index.look_up("harbour#2")
    text = piped("harbour#2", None, named, None)
    assert "leads straight to its paragraph" in text
    assert f"harbour#2  ref {named[0].citation.reference}" in text


@pytest.mark.parametrize(
    ("kind", "word"), [(SmallTalk.GREETING, "greeting"), (SmallTalk.THANKS, "thanks")]
)
def test_small_talk_is_explained_as_such(kind, word):
    assert word in piped("hello", kind, [], None)


def test_no_line_is_wider_than_it_may_be_nor_ends_in_spaces(index):
    long = " ".join([f"word{number}" for number in range(200)]) + " kind:" + "x" * 500
    for question in ("港口" * 60, "港口将于三月开放", long, '"' + "quay " * 200 + '"'):
        lines = explained(index, question, 9).splitlines()
        assert max(map(cell_len, lines)) <= COLUMNS
        assert all(line == line.rstrip() for line in lines)


class Terminal(io.StringIO):
    """A stream with a person at its other end."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


def test_a_terminal_gets_the_same_in_its_width_and_with_colour(index, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    explanation = index.explain("fishing boats", 1)
    terminal = Terminal()
    show_explanation("fishing boats", None, [], explanation, terminal)
    assert "\x1b[" in terminal.getvalue()
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert max(map(cell_len, shown.splitlines())) <= 60
    assert shown.split() == piped("fishing boats", None, [], explanation).split()


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_any_question_is_explained(index, question):
    explanation = index.explain(question, 3)
    assert piped(question, None, [], explanation)
    assert json.dumps(explanation_object(question, None, [], explanation))


def test_the_object_has_all_of_it(index):
    """Its keys are a promise to programs."""
    question = 'old quay "old quay" after:2025-02 in:harbour'
    read = json.loads(json.dumps(explanation_object(question, None, [], index.explain(question))))
    assert set(read) == {"question", "small_talk", "named", "read", "terms", "hits"}
    assert (read["small_talk"], read["named"]) == (None, [])
    assert set(read["read"]) == {
        *(
            "language",
            "dropped",
            "speaker",
            "corrected",
            "expansions",
            "phrases",
            "absent",
            "across",
            "judged",
            "read_up_to",
        ),
        *("excluded", "unparsed", "from", "in", "kind", "dates", "days", "bare", "exact"),
        *("order", "understood"),
        *("searched", "paragraphs", "average_length", "threshold"),
    }
    assert read["read"]["dates"] == ["2025-02-01", None]
    assert read["read"]["in"] == ["harbour"]
    assert set(read["terms"][0]) == {"term", "df", "idf", "boost", "named"}
    hit = read["hits"][0]
    assert (hit["statement"], hit["paragraph"], hit["answers"]) == ("harbour", 2, True)
    assert set(hit["terms"][0]) == {"term", "found", "tf", "bm25", "weight"}
    assert sum(hit["parts"].values()) == pytest.approx(hit["score"], abs=1e-5)
    assert {"support", "length", "missing", "missing_names", "citation", "text"} <= set(hit)


def test_the_object_of_what_is_not_searched_says_so(index):
    named = explanation_object("harbour#2", None, index.look_up("harbour#2"), None)
    assert (named["read"], named["hits"]) == (None, [])
    assert [one["paragraph"] for one in named["named"]] == [2]
    assert explanation_object("hi", SmallTalk.GREETING, [], None)["small_talk"] == "greeting"


def test_programs_read_where_else_a_text_stands():
    made = [statement(f"s{day}", ["Boats keep their berths."], day=day) for day in (1, 3, 2)]
    index = Index(Record.of(made))
    explained = explanation_object("berths", None, [], index.explain("berths"))
    (hit,) = json.loads(json.dumps(explained))["hits"]
    others = [index.look_up(name)[0].citation.reference for name in ("s2#1", "s1#1")]
    assert hit["copies"] == others
