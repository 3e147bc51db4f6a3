"""Synonyms: good groups are read beside wrong ones, and every problem is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.files.synonyms import MAX_GROUPS, MAX_LENGTH, MAX_MEMBERS, Groups, read_synonyms

PATH = Path("synonyms.yaml")


def groups(text: str) -> Groups:
    found, problems = read_synonyms(text, PATH)
    assert problems == []
    return found


def told(text: str) -> tuple[Groups, list[tuple[int | None, str]]]:
    found, problems = read_synonyms(text, PATH)
    assert all(problem.path == PATH and problem.repair for problem in problems)
    assert all(str(problem).isprintable() for problem in problems)
    return found, [(problem.line, problem.what) for problem in problems]


def test_groups_are_read_as_they_are_written() -> None:
    text = """\
# Ours.
- [BRI, Belt and Road,  Belt and
   Road Initiative]
-
  - ML-1
  - "Main Line: 1"
"""
    assert groups(text) == (
        ("BRI", "Belt and Road", "Belt and Road Initiative"),
        ("ML-1", "Main Line: 1"),
    )


def test_words_that_yaml_takes_for_values_stay_words() -> None:
    assert groups("- [NO, Norway]\n- [2025-02-06, 1e3]") == (
        ("NO", "Norway"),
        ("2025-02-06", "1e3"),
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet", "---\n", "[]"])
def test_an_empty_file_is_no_mistake(text: str) -> None:
    assert groups(text) == ()


def test_what_stands_twice_in_a_group_counts_once() -> None:
    assert groups("- [Élysée, elysee, the palace]") == (("Élysée", "the palace"),)


@pytest.mark.parametrize(
    ("group", "what"),
    [
        ("[port]", "a group needs two different words or phrases"),
        ("[port, PORT]", "a group needs two different words or phrases"),
        ("[]", "a group needs two different words or phrases"),
        ("port", "this is not a list of words"),
        ("", "this is not a list of words"),
        ("{port: harbour}", "this is not a list of words"),
        ("*good", "this is not a list of words"),
        ("[port, *good]", "there is something other than words in this group"),
        ("[port, [harbour]]", "there is something other than words in this group"),
        ("[port, '']", "there is an empty word in this group"),
        ("[port, ~]", "there is an empty word in this group"),
        (f"[port, {'x' * (MAX_LENGTH + 1)}]", "a word or phrase has 80 characters at most"),
        (f"[{', '.join(f'w{n}' for n in range(MAX_MEMBERS + 1))}]", "a group has 20 words or "
         "phrases at most"),
    ],
)  # fmt: skip
def test_a_wrong_group_is_reported_with_its_line_and_the_others_hold(group: str, what: str) -> None:
    text = f"- &good [rail, railway]\n\n- {group}\n- [road, way]\n"
    assert told(text) == ((("rail", "railway"), ("road", "way")), [(3, what)])


def test_a_member_of_two_groups_is_a_warning() -> None:
    text = "- [PRC, China]\n- [Chinese side, china]"
    found, problems = read_synonyms(text, PATH)
    assert found == (("PRC", "China"), ("Chinese side", "china"))
    (problem,) = problems
    assert problem.warning
    assert str(problem) == (
        "synonyms.yaml:2: this stands in two groups: “china”. Join the two (see line 1)."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("port", 1),
        ("port: harbour", 1),
        ("\n\nport: [harbour, haven]", 3),
        ("- [port, harbour\n- [rail, railway]", 2),
        ("- [a, b]\n\t- [c, d]", 2),
        ("- ['port, harbour]", 1),
        ("- [a, b]\n- [a, *nowhere", 2),
        ("- [a, b]\0", None),
    ],
)
def test_a_file_that_is_no_list_of_groups_is_reported(text: str, line: int | None) -> None:
    found, problems = told(text)
    assert found == ()
    assert [place for place, _ in problems] == [line]


def test_beyond_all_measure_the_rest_is_left_out() -> None:
    many = "".join(f"- [a{n}, b{n}]\n" for n in range(MAX_GROUPS + 5))
    found, problems = told(many)
    assert len(found) == MAX_GROUPS
    assert problems == [(MAX_GROUPS + 1, "there are more than 1000 groups")]
    assert told("#" * 1_000_001) == ((), [(None, "this is over 1,000,000 characters")])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 900_000,
        "- " * 400_000,
        "{" * 900_000,
        "? " * 400_000,
        "&a " * 300_000,
        "- [" + "a," * 400_000 + "]",
        "- [" + ",".join(f"w{n}" for n in range(100_000)) + "]",
        "a: &a [x,x]\n" + "".join(f"{n}: &n{n} [*a,*a,*a,*a]\n" for n in range(9)),
        "- &a [x, y]\n" + "- *a\n" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_bombs_do_not_go_off(text: str) -> None:
    """Deep nesting and aliases cost no more than any other text of that length."""
    read_synonyms(text, PATH)


MARKS = st.text(alphabet="-[]{}ab&*!|>'\"#:,~? \n\t\ud7ff\u0085\ufeff", max_size=12)
MEMBERS = st.one_of(
    *[st.text("abcé港 -1", min_size=1, max_size=6)] * 3,
    MARKS,
    st.sampled_from(["a" * (MAX_LENGTH + 1), "''", "~", "&x b", "*x", "[c, d]", "{e: f}"]),
)
LISTED = st.lists(MEMBERS, max_size=4) | st.lists(
    st.integers(0, 99).map(str), min_size=MAX_MEMBERS, max_size=MAX_MEMBERS + 2
)
ENTRIES = st.one_of(
    LISTED.map(lambda members: f"- [{', '.join(members)}]"),
    LISTED.map(lambda members: "-" + "".join(f"\n  - {member}" for member in members)),
    MARKS,
)


@reaches(10)
@given(st.lists(ENTRIES, max_size=4).map("\n".join) | MARKS)
def test_any_text_gives_sound_groups(text: str) -> None:
    for group in read_synonyms(text, PATH)[0]:
        reached()
        assert 2 <= len(group) <= MAX_MEMBERS
        assert all(0 < len(member) <= MAX_LENGTH for member in group)
        assert all(any(map(str.isalnum, member)) for member in group)
