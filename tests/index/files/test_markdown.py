"""Statements in Markdown: every mistake with its line and repair, and the round trip."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.files.fields import Fields, read_fields
from index.files.loading import read_statements
from index.files.markdown import read_markdown, write_markdown
from index.model.errors import Problem
from index.model.statement import Kind, Role, Speaker, Translation

HERE = Path("statements/2025-02-06-a-visit.md")
WHOLE = """\
---
title: "Remarks: on the port"
date: 2025-02-06
kind: press conference
speakers:
  - {name: Ayesha Noor, role: Spokesperson}
  - name: Martin Lee
url: https://example.org/remarks
---

The road
is open.

Q: And the **port**?

LEE: It is.
"""


def problems_of(content: str, path: Path = HERE) -> list[Problem]:
    told = read_markdown(content, path)[1]
    assert all(problem.path == path and problem.repair for problem in told)
    return told


def test_a_whole_statement_is_read() -> None:
    statement, problems = read_markdown(WHOLE, HERE)
    assert problems == []
    assert statement is not None
    assert statement.id == "2025-02-06-a-visit"
    assert statement.title == "Remarks: on the port"
    assert statement.date == datetime.date(2025, 2, 6)
    assert statement.kind is Kind.PRESS_CONFERENCE
    assert statement.url == "https://example.org/remarks"
    assert [(p.number, p.text, p.speaker.name, p.role) for p in statement.paragraphs] == [
        (1, "The road is open.", "Ayesha Noor", None),
        (2, "And the **port**?", "Question", Role.QUESTION),
        (3, "It is.", "Martin Lee", Role.ANSWER),
    ]


def test_words_that_yaml_takes_for_other_things_stay_words() -> None:
    front = "---\ntitle: No\npublisher: 2025\nspeakers: 1e3\nlanguage: no\n---\n\nYes.\n"
    statement, problems = read_markdown(front, HERE)
    assert problems == []
    assert statement is not None
    assert (statement.title, statement.publisher, statement.language) == ("No", "2025", "no")
    assert statement.speakers == (Speaker("1e3"),)


def with_front(*lines: str, body: str = "The road is open.") -> str:
    return "\n".join(["---", *lines, "---", "", body, ""])


TITLE, SPEAKERS = "title: A visit", "speakers: [Ayesha Noor]"


@pytest.mark.parametrize(
    ("content", "line", "what", "fragment", "repair"),
    [
        pytest.param(
            "The road is open.\n", 1, "there is no front matter", "The road", "three dashes",
            id="no front matter",
        ),
        pytest.param("", 1, "there is no front matter", "", "three dashes", id="an empty file"),
        pytest.param(
            "---\ntitle: A visit\n\nThe road.\n", 1, "the front matter does not end", "title",
            "three dashes", id="front matter that is not closed",
        ),
        pytest.param(
            with_front(TITLE, "speakers: [Ayesha Noor"), 3, "this is not YAML", "",
            "'single quotes'", id="bad YAML",
        ),
        pytest.param(
            with_front("title: A visit: the road", SPEAKERS), 2, "this is not YAML",
            "A visit: the road", "'single quotes'", id="a colon in a title",
        ),
        pytest.param(
            with_front("- title"), 2, "the front matter has no fields", "", "title: …",
            id="a list for front matter",
        ),
        pytest.param(
            with_front(), 2, "the front matter has no fields", "", "title: …",
            id="empty front matter",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, "publsher: Us"), 4, "this is not a field of a statement",
            "publsher", "Did you mean “publisher”?", id="an unknown field",
        ),
        pytest.param(
            with_front(TITLE, "date: 2025-02-30", SPEAKERS), 3, "there is no such day",
            "2025-02-30", "Correct it.", id="a day that is none",
        ),
        pytest.param(
            with_front(TITLE, "date: 6.2.2025", SPEAKERS), 3, "this is not a date", "6.2.2025",
            "2025-02-06", id="a date written otherwise",
        ),
        pytest.param(
            with_front(TITLE), 1, "speakers is missing", "", "speakers: [{name:", id="no speaker"
        ),
        pytest.param(
            with_front(SPEAKERS), 1, "title is missing", "", "title:", id="no title"
        ),
        pytest.param(
            with_front(TITLE, "speakers: []"), 3, "there is no speaker", "", "Add whose words",
            id="an empty list of speakers",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, body=""), 5, "there is no text", "", "below the dashes",
            id="an empty body",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, body="\x1c\n\n\u200b"), 5, "there is no text", "",
            "below the dashes", id="a body of nothing visible",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, "title: Another"), 4, "title is given twice", "",
            "Keep one of them (see line 2).", id="a field given twice",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, body="One.\n\nThe\troad."), 8,
            "Telegram would change a tab", "The\\x{9}road.", "Put a space in its place", id="a tab",
        ),
        pytest.param(
            with_front(TITLE, SPEAKERS, body="The road\u202e is open."), 6,
            "Telegram would change the character U+202E", "road\\x{202e} is",
            "Put nothing in its place", id="a direction override",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_file_line_fragment_and_repair(
    content: str, line: int, what: str, fragment: str, repair: str
) -> None:
    statement, problems = read_markdown(content, HERE)
    assert statement is None
    (problem,) = problems
    assert (problem.path, problem.line, problem.warning) == (HERE, line, False)
    assert what in problem.what
    assert fragment in problem.fragment
    assert repair in problem.repair
    assert str(problem).startswith(f"{HERE}:{line}: {problem.what}")
    assert "\n" not in str(problem)


def test_a_file_that_is_not_utf_8_is_reported_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(WHOLE.replace("road", "café").encode("latin-1"))
    ((statement, (problem,)),) = read_statements(path)
    assert statement is None
    assert (problem.path, problem.line, problem.what) == (path, 11, "this is not UTF-8")
    assert "café" in problem.fragment
    assert "UTF-8" in problem.repair


def test_every_mistake_is_reported_at_once() -> None:
    content = with_front("titel: A visit", "date: soon", "kind: novel", body="The\troad.")
    found = [(problem.line, problem.what.split(",")[0]) for problem in problems_of(content)]
    assert found == [
        (2, "this is not a field of a statement"),
        (3, "this is not a date"),
        (4, "there is no such kind"),
        (1, "title is missing"),
        (1, "speakers is missing"),
        (7, "Telegram would change a tab"),
    ]


def test_a_name_that_cannot_be_an_id_is_reported() -> None:
    (problem,) = problems_of(WHOLE, Path("a visit.md"))
    assert problem.what.startswith("an id has letters")
    assert (problem.line, problem.fragment) == (None, "“a visit”")


def test_letters_in_pieces_are_a_warning_and_stay_on_record() -> None:
    statement, (problem,) = read_markdown(with_front(TITLE, SPEAKERS, body="cafe\u0301"), HERE)
    assert problem.warning
    assert statement is not None
    assert statement.paragraphs[0].text == "cafe\u0301"


@pytest.mark.parametrize(
    "front",
    [
        "title: &a [*a]\nspeakers: *a",
        "? [a, b]\n: c",
        "title: !!python/object:os.system x\nspeakers: A",
        "title: !!binary x\nspeakers: [[[[[[[A]]]]]]]",
        "title: '" + "[" * 5000 + "'",
        "[" * 5000,
        "title: \x07",
        "%YAML 9.9",
        "title: *nowhere",
        "title: ~\nspeakers: {name: ~}",
        "<<: {title: x}\nspeakers: A",
    ],
)
def test_hostile_front_matter_is_reported_and_does_no_harm(front: str) -> None:
    statement, problems = read_markdown(f"---\n{front}\n---\n\nText.\n", HERE)
    assert all(problem.line is not None and problem.repair for problem in problems)
    assert (statement is None) == bool(problems)
    assert problems or statement.title == "x"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_it_exhausts_the_stack(opening: str) -> None:
    front = "title: x\nspeakers: " + opening * 100_000
    statement, (problem,) = read_markdown(f"---\n{front}\n---\n\nText.\n", HERE)
    assert statement is None
    assert problem.what.startswith("this is not YAML")


def test_a_field_whose_name_is_a_list_is_no_field() -> None:
    statement, problems = read_markdown(with_front(TITLE, SPEAKERS, "? [a, b]", ": c"), HERE)
    assert statement is None
    assert [(problem.line, problem.what) for problem in problems] == [(4, "this is not a field")]


def test_a_file_is_written_for_people_to_read() -> None:
    """Letters stand as they are, and what is not known is left out."""
    fields = Fields(title="Élan für 港口", speakers=(Speaker("Zoë"),))
    assert write_markdown(fields, ["Oui."]) == (
        "---\ntitle: Élan für 港口\nspeakers:\n- name: Zoë\n---\n\nOui.\n"
    )


def test_lists_one_after_the_other_are_not_nested() -> None:
    """A statement may have more speakers than its front matter may be deep."""
    names = "".join(f"\n  - {{name: Speaker {n}, role: Minister}}" for n in range(40))
    statement, problems = read_markdown(with_front(TITLE, f"speakers:{names}"), HERE)
    assert [problem for problem in problems if not problem.warning] == []
    assert statement is not None
    assert [one.role for one in statement.speakers] == ["Minister"] * 40


def test_aliases_do_not_multiply() -> None:
    """A few lines may stand for more values than any memory holds; they are told."""
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    statement, problems = read_markdown(with_front(*bomb, TITLE, "speakers: *a29"), HERE)
    assert statement is None
    assert all(len(str(problem)) < 1000 for problem in problems)


TRANSCRIPT = (TITLE, "speakers: [Ayesha Noor, Martin Lee]", "kind: press conference")


def test_a_turn_may_begin_in_the_middle_of_a_block() -> None:
    body = "NOOR: Yes,\nit is.\nQ: Since\nwhen?\nA: May.\nLEE: June."
    statement, problems = read_markdown(with_front(*TRANSCRIPT, body=body), HERE)
    assert statement is not None
    # Of two listed speakers, "A:" names none.
    assert [p.certain for p in statement.paragraphs] == [True, True, False, True]
    assert [p.what for p in problems] == [
        "“A:” does not tell which speaker answers, so the speaker is not certain here"
    ]
    assert [(p.text, p.speaker.name, p.role) for p in statement.paragraphs] == [
        ("Yes, it is.", "Ayesha Noor", None),
        ("Since when?", "Question", Role.QUESTION),
        ("May.", "Ayesha Noor", Role.ANSWER),
        ("June.", "Martin Lee", Role.ANSWER),
    ]


def test_a_doubtful_label_is_a_warning_with_its_line_once() -> None:
    body = "LEE: Yes.\n\nDawn: Why?\n\nQ: So?\n\nCPEC: when?\n\nDawn: Now?\n\nLEE: No."
    statement, problems = read_markdown(with_front(*TRANSCRIPT, body=body), HERE)
    assert statement is not None
    assert statement.paragraphs[1].text == "Dawn: Why?"
    assert [p.certain for p in statement.paragraphs] == [True, False, True, True, False, True]
    assert [(problem.line, problem.warning, problem.what) for problem in problems] == [
        (9, True, "“Dawn:” names no listed speaker, so the speaker is not certain here"),
    ]


@pytest.mark.parametrize("body", ["Q: Why?", "Q: Why?\n\nAnd when?\n\nLEE:"])
def test_a_statement_of_nothing_but_questions_is_a_mistake(body: str) -> None:
    statement, (problem,) = read_markdown(with_front(*TRANSCRIPT, body=body), HERE)
    assert statement is None
    assert problem.what.startswith("there is nothing but questions")
    assert (problem.line, problem.warning) == (6, False)


@reaches(5)
@given(st.text(alphabet="-. \n:[]{}&*!|>'\"#%@`,?abtitle\t\x85\u2028\ufeff中😀", max_size=80))
def test_any_file_is_read_or_reported(text: str) -> None:
    for content in (text, f"---\n{text}\n---\n\nText.\n", f"---\n{TITLE}\n{SPEAKERS}\n---\n{text}"):
        statement, problems = read_markdown(content, HERE)
        if statement is not None:
            reached()
        assert (statement is None) == any(not problem.warning for problem in problems)
        assert all(problem.line is not None for problem in problems)


# What a field may hold: any line that Telegram leaves alone, and of which something is seen.
LINES = (
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc"),
            exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u030a\u0333\u033f"
            "\u200e\u200f",
        ),
        min_size=1,
        max_size=150,
    )
    .map(str.strip)
    .filter(regex.compile(r"[^\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]").search)
)
SPEAKER = st.builds(Speaker, LINES, st.one_of(st.just(""), LINES))
FIELDS = st.builds(
    Fields,
    title=LINES,
    speakers=st.lists(SPEAKER, min_size=1, max_size=3).map(tuple),
    date=st.none() | st.dates(),
    published=st.none() | st.dates(),
    kind=st.sampled_from(Kind),
    publisher=st.just("") | LINES,
    url=st.sampled_from(["", "https://example.org/a?b=c#d", "http://example.org/%20:x"]),
    language=st.sampled_from(["en", "no", "zh-Hans", "ur"]),
    translation=st.none() | st.sampled_from(Translation),
)
# Without a colon no paragraph can be taken for a turn.
TEXTS = LINES.filter(lambda text: ":" not in text and "：" not in text)


@given(
    FIELDS, st.lists(TEXTS.filter(lambda t: t.strip("\u200b\ufeff \u00a0")), min_size=1, max_size=4)
)
def test_what_is_written_is_read_back(fields: Fields, texts: list[str]) -> None:
    """The round trip: every field, and every character of every paragraph."""
    statement, problems = read_markdown(write_markdown(fields, texts), HERE)
    assert [problem for problem in problems if not problem.warning] == []
    assert statement is not None
    assert [paragraph.text for paragraph in statement.paragraphs] == texts
    assert statement == fields.statement(HERE.stem, statement.paragraphs)


@pytest.mark.parametrize("letter", [chr(code) for code in (*range(32), *range(127, 160))])
def test_a_control_character_in_a_field_is_refused_or_comes_back(letter: str) -> None:
    """U+0085 ended the line in YAML, and the title came back as another."""
    name = f"Remarks{letter}at sea"
    fields, wrong = read_fields({"title": name, "speakers": [name], "publisher": name})
    if wrong:
        assert {error.field for error in wrong} == {"title", "speakers", "publisher"}
        return
    statement, _ = read_markdown(write_markdown(fields, ["Yes."]), HERE)
    assert statement is not None
    assert (statement.title, statement.publisher, statement.speakers[0].name) == (name,) * 3
