"""A paragraph is trimmed in the terminal by the numbers of its sentences."""

from __future__ import annotations

import io

import pytest
from made_statements import statement

from bot.i18n.strings import languages, strings_of
from bot.rendering.trimmed_quote import read_trim
from bot.terminal.chat import Chat
from bot.terminal.screen import Screen
from index import Index, Record

SAY = strings_of()
TEXTS = [
    "The quay is long. It opens in spring. However, boats must wait. Ferries go.",
    "That said, boats may leave.",
]
INDEX = Index(Record.of([statement("quay", TEXTS, title="On the quay")]))
FIRST, SECOND = (hit.citation.reference for hit in INDEX.look_up("quay"))


def shown_for(*lines: str, language: str = "en") -> list[str]:
    """Return the lines that are shown for the last of *lines*."""
    shown, strings = io.StringIO(), strings_of(language)
    chat = Chat(INDEX, strings, Screen(strings, shown, interactive=True), 5)
    for line in lines:
        shown.truncate(0)
        shown.seek(0)
        chat.take(line)
    return shown.getvalue().splitlines()


def test_without_numbers_the_sentences_are_listed() -> None:
    assert shown_for(f"/trim {FIRST}") == [
        *("1  The quay is long.", "2  It opens in spring.", "3  However, boats must wait."),
        *("4  Ferries go.", SAY.terminal_trim_how.format(reference=FIRST)),
    ]


@pytest.mark.parametrize("name", [FIRST, FIRST.lower(), "quay#1"])
def test_the_quote_is_written_with_its_citation(name: str) -> None:
    quote, cited = shown_for(f"/trim {name} 1,3")
    assert quote == "“The quay is long. […] However, boats must wait.”"
    assert cited.startswith("— Nadia Rahman, Minister of Ports · direct quote · On the quay")
    assert cited.endswith(FIRST)


def test_the_passage_that_is_shown_needs_no_name() -> None:
    assert shown_for("quay ferries", "/trim 4")[0] == "“Ferries go.”"
    assert shown_for("quay ferries", "/trim")[0] == "1  The quay is long."


def test_what_limits_a_kept_sentence_has_to_stay() -> None:
    words = "However, boats must wait."
    assert shown_for(f"/trim {FIRST} 2") == [SAY.trim_must_stay.format(numbers="3", words=words)]


def test_what_the_next_paragraph_takes_back_is_told() -> None:
    told = SAY.trim_limited_after.format(words=TEXTS[1])
    assert shown_for(f"/trim {FIRST} 4")[-1] == told


def test_what_cannot_be_trimmed_is_said() -> None:
    unknown = SAY.reference_unknown.format(reference="K7Q2-M9XA")
    assert shown_for("/trim k7q2-m9xa 1") == [unknown]
    assert shown_for("/trim") == [SAY.terminal_ask_first]
    assert shown_for(f"/trim {SECOND}") == [SAY.trim_one_sentence]


@pytest.mark.parametrize("language", languages())
def test_it_works_in_every_language(language: str) -> None:
    assert (
        "The quay is long. […] Ferries go." in shown_for(f"/trim {FIRST} 1 4", language=language)[0]
    )


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("K7Q2-M9XA", ("K7Q2-M9XA", [])),
        ("K7Q2-M9XA 1", ("K7Q2-M9XA", [0])),
        ("quay#1 1،3", ("quay#1", [0, 2])),
        ("1234-5678 2", ("1234-5678", [1])),
        ("K7Q2-M9XA ۲", ("K7Q2-M9XA", [1])),
        ("K7Q2-M9XA 0 1000 12345 2", ("K7Q2-M9XA", [1])),
        ("2, 3", ("", [1, 2])),
        ("ref K7Q2-M9XA", ("ref K7Q2-M9XA", [])),
        ("", ("", [])),
    ],
)
def test_how_the_command_is_read(words: str, read: tuple[str, list[int]]) -> None:
    assert read_trim(words) == read
