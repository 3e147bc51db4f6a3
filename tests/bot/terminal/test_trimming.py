"""A paragraph is trimmed in the terminal by the numbers of its sentences."""

from __future__ import annotations

import io
import time

import pytest
from made_statements import statement

from bot.i18n.strings import languages, strings_of
from bot.rendering.trimmed_quote import ToTrim, read_trim
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


@pytest.mark.parametrize("numbers", ["1-2", "1–2", "2-1", "1 - 2", "1, 2-2", "۱-۲", "1～2"])
def test_a_run_of_sentences_is_written_with_a_dash(numbers: str) -> None:
    kept = shown_for(f"/trim quay#1 {numbers},3-3")[0]
    assert kept == "“The quay is long. It opens in spring. However, boats must wait.”"


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        *(("9", "9"), ("0", "0"), ("1,9", "9"), ("3-9 12345", "3-9, 12345"), ("0-2", "0-2")),
        *(("1 and 3", "1 and 3"), ("1-2-3", "1-2-3"), ("the first", "the first")),
        *(("1,x", "1,x"), (f"1{'0' * 5000}", f"1{'0' * 38}…")),
    ],
)
def test_a_number_without_a_sentence_is_told_and_nothing_is_kept(numbers: str, told: str) -> None:
    """The sentences are listed, so that the right numbers are seen."""
    listed = shown_for(f"/trim {FIRST}")[:-1]
    for name in (FIRST, f"ref {FIRST}", "quay#1"):
        wrong = SAY.trim_no_sentence.format(numbers=told, last=4, run="1-4")
        assert shown_for(f"/trim {name} {numbers}") == [*listed, wrong]


def test_numbers_that_cannot_be_read_are_told_of_the_passage_that_is_shown_too() -> None:
    told = shown_for("quay ferries", "/trim 1 and 3")[-1]
    assert told == SAY.trim_no_sentence.format(numbers="1 and 3", last=4, run="1-4")


@pytest.mark.parametrize("language", languages())
def test_numbers_without_a_sentence_are_told_in_every_language(language: str) -> None:
    told = strings_of(language).trim_no_sentence.format(numbers="7-9", last=4, run="1-4")
    assert shown_for(f"/trim {FIRST} 7-9", language=language)[-1] == told


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("K7Q2-M9XA", ToTrim("K7Q2-M9XA")),
        ("K7Q2-M9XA 1", ToTrim("K7Q2-M9XA", ((1, 1),))),
        ("quay#1 1،3", ToTrim("quay#1", ((1, 1), (3, 3)))),
        ("quay 1", ToTrim("quay", ((1, 1),))),
        ("2025-02-24#3 2-4", ToTrim("2025-02-24#3", ((2, 4),))),
        ("1234-5678", ToTrim("1234-5678")),
        ("1234-5678 2", ToTrim("1234-5678", ((2, 2),))),
        ("12-34", ToTrim("", ((12, 34),))),
        ("K7Q2-M9XA ۲", ToTrim("K7Q2-M9XA", ((2, 2),))),
        ("K7Q2-M9XA 0 1000 2", ToTrim("K7Q2-M9XA", ((0, 0), (1000, 1000), (2, 2)))),
        ("K7Q2-M9XA\n3-1", ToTrim("K7Q2-M9XA", ((1, 3),))),
        ("2, 3", ToTrim("", ((2, 2), (3, 3)))),
        ("1/2", ToTrim(unread="1/2")),
        ("ref K7Q2-M9XA", ToTrim("ref K7Q2-M9XA")),
        ("ref K7Q2-M9XA 1-2", ToTrim("ref K7Q2-M9XA", ((1, 2),))),
        ("K7Q2-M9XA first", ToTrim("K7Q2-M9XA", unread="first")),
        ("On the quay, ref K7Q2-M9XA", ToTrim("On the quay, ref K7Q2-M9XA")),
        ("", ToTrim()),
    ],
)
def test_how_the_command_is_read(words: str, read: ToTrim) -> None:
    assert read_trim(words) == read


def test_what_is_typed_takes_time_that_grows_with_its_length_only() -> None:
    for typed in ("1-" * 2000, "1 " * 2000, "1-999 " * 700, "- " * 2000, "1–" * 2000 + "x"):
        began = time.perf_counter()
        shown_for(f"/trim {FIRST} {typed}")
        assert time.perf_counter() - began < 1
