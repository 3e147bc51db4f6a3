"""Statements in Markdown: every mistake with its line and repair, and the round trip."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st
from reached import reached, reaches

from index.files.fields import Fields, read_fields
from index.files.loading import read_statements
from index.files.markdown import read_markdown, write_markdown
from index.files.paragraphs import Heading
from index.model.errors import Problem
from index.model.statement import Kind, Origin, Role, Speaker, Translation
from index.references.reference import references

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
    source=st.none()
    | st.builds(
        Origin,
        url=st.sampled_from(["", "https://example.org/a?b=c#d"]),
        file=LINES,
        fetched=st.none() | st.dates(),
        sha256=st.sampled_from(["", "12" * 32, "0e" * 32]),
    ),
    withdrawn=st.just("") | LINES,
    amended=st.none() | st.dates(),
    footnotes=st.lists(LINES, max_size=2).map(tuple),
)
# Without a colon no paragraph can be taken for a turn.
TEXTS = LINES.filter(lambda text: ":" not in text and "：" not in text)


@given(
    FIELDS, st.lists(TEXTS.filter(lambda t: t.strip("\u200b\ufeff \u00a0")), min_size=1, max_size=4)
)
def test_what_is_written_is_read_back(fields: Fields, texts: list[str]) -> None:
    """The round trip: every field, and every character of every paragraph.

    But a speaker's name alone and in bold is a label, and no paragraph.
    """
    names = {speaker.name for speaker in fields.speakers}
    assume(not any(text.strip("*_ ") in names for text in texts))
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


def test_headings_are_read_and_are_neither_numbered_nor_quoted() -> None:
    body = "One.\n\n## Trade and transport\n\nTwo.\n## Fish\nThree.\n\n## The end"
    statement, problems = read_markdown(with_front(TITLE, SPEAKERS, body=body), HERE)
    assert problems == []
    assert statement is not None
    assert [(p.number, p.text, p.section) for p in statement.paragraphs] == [
        (1, "One.", ""),
        (2, "Two.", "Trade and transport"),
        (3, "Three.", "Fish"),
    ]


def test_a_heading_neither_begins_nor_ends_a_turn() -> None:
    """Even one that reads as a label does."""
    body = (
        "LEE: Yes.\n\n## Q: and answers\n\nIt is.\n\nQ: Why?\n## LEE: on fish\nAnd when?\n\n"
        "NOOR:\n## The end\nIn May."
    )
    statement, problems = read_markdown(with_front(*TRANSCRIPT, body=body), HERE)
    assert problems == []
    assert statement is not None
    assert [(p.text, p.speaker.name, p.role, p.section) for p in statement.paragraphs] == [
        ("Yes.", "Martin Lee", None, ""),
        ("It is.", "Martin Lee", None, "Q: and answers"),
        ("Why?", "Question", Role.QUESTION, "Q: and answers"),
        ("And when?", "Question", Role.QUESTION, "LEE: on fish"),
        ("In May.", "Ayesha Noor", Role.ANSWER, "The end"),
    ]


def test_labels_in_headings_make_no_transcript() -> None:
    """A letter with sections that are called as speakers and questions are stays a letter."""
    front = (TITLE, "speakers: [Ayesha Noor, Martin Lee]", "kind: letter")
    body = (
        "## QUESTION: one\n\nNote: it is open.\n\n## LEE: two\n\nSo it is.\n\n## NOOR: end\n\nEnd."
    )
    statement, _ = read_markdown(with_front(*front, body=body), HERE)
    assert statement is not None
    assert [(p.text, p.named) for p in statement.paragraphs] == [
        ("Note: it is open.", False),
        ("So it is.", False),
        ("End.", False),
    ]


def test_a_file_of_headings_alone_has_no_text() -> None:
    (problem,) = problems_of(with_front(TITLE, SPEAKERS, body="## One\n\n## Two"))
    assert (problem.line, problem.what) == (5, "there is no text")


def test_a_heading_that_could_not_be_shown_is_a_mistake_with_its_line() -> None:
    (problem,) = problems_of(with_front(TITLE, SPEAKERS, body="One.\n\n## Trade\tand fish\n\nTwo."))
    assert (problem.line, problem.warning) == (8, False)
    assert problem.what.startswith("Telegram would change a tab")


# Begun as headings are, and as what escapes them.
MARKED = st.builds(
    str.__add__, st.sampled_from(["", "## ", "\\## ", "\\\\## ", "### "]), TEXTS
).map(str.strip)


@given(
    FIELDS,
    st.lists(
        st.one_of(
            MARKED.filter(lambda t: t.strip("\u200b\ufeff \u00a0")),
            TEXTS.filter(lambda t: t.strip("\u200b\ufeff \u00a0")).map(Heading),
        ),
        max_size=6,
    ),
)
def test_paragraphs_and_their_sections_are_read_back(
    fields: Fields, parts: list[str | Heading]
) -> None:
    """The round trip: what begins as a heading does is escaped, and comes back without that."""
    parts = [*parts, "The end."]
    expected, section = [], ""
    for one in parts:
        if isinstance(one, Heading):
            section = one.text
        else:
            expected.append((one, section))
    statement, _ = read_markdown(write_markdown(fields, parts), HERE)
    assert statement is not None
    assert [(p.text, p.section) for p in statement.paragraphs] == expected


def test_where_a_text_came_from_is_written_for_people_to_read() -> None:
    fields = Fields(
        title="A visit",
        speakers=(Speaker("Zoë"),),
        source=Origin(file="visit.pdf", fetched=datetime.date(2025, 2, 7)),
        withdrawn="Retracted: see the new one",
    )
    assert write_markdown(fields, [Heading("Ports"), "Oui."]) == (
        "---\ntitle: A visit\nspeakers:\n- name: Zoë\nsource:\n  file: visit.pdf\n"
        "  fetched: 2025-02-07\nwithdrawn: 'Retracted: see the new one'\n---\n\n## Ports\n\nOui.\n"
    )


def test_an_unknown_part_of_a_source_is_told_with_its_line_and_the_near_one() -> None:
    front = (TITLE, SPEAKERS, "source: {ulr: https://example.org/a}")
    (problem,) = problems_of(with_front(*front))
    assert (problem.line, problem.repair) == (4, "Did you mean “url”?")
    assert problem.fragment == "“ulr”"


#: What the first release gave to these paragraphs.
REFERENCES = ["6TX6-0VPF", "6TX6-KWK1", "6TX6-N5JV", "6TX6-3VPS"]


@pytest.mark.parametrize("end", ["", "  ", "\t", "\u00a0", "\u3000", " \u2003"])
def test_numbers_and_references_are_as_before_headings_were_known(end: str) -> None:
    """Of a file without any, whatever white space its lines end with; these were noted then."""
    body = f"The road{end}\nis open.{end}\n\n### Three marks{end}\n\n#One{end}\n\nEnd.{end}\n"
    statement, _ = read_markdown(with_front(TITLE, SPEAKERS, body=body), Path("a-visit.md"))
    assert statement is not None
    texts = [paragraph.text for paragraph in statement.paragraphs]
    assert texts == ["The road is open.", "### Three marks", "#One", "End."]
    assert references("a-visit", texts) == REFERENCES
