"""A hyphen at a line's end goes only where the document shows that the word has none."""

from __future__ import annotations

import pytest

from documents.reading.pdf.hyphens import Joining, joined


def joining(*words: str) -> Joining:
    return Joining(
        words=frozenset(word for word in words if "-" not in word),
        hyphenated=frozenset(word for word in words if "-" in word),
    )


@pytest.mark.parametrize(
    ("lines", "known", "read"),
    [
        (["the in\x02", "spection was"], ["inspection"], "the inspection was"),
        (["the in-", "spection was"], [], "the in-spection was"),
        (["a people\x02", "centric policy"], [], "a people-centric policy"),
        (["the re\ufffe", "form of"], ["reform", "re-form"], "the re-form of"),
        (["духом Сан\x02", "Франциско"], [], "духом Сан-Франциско"),
        (["the co\u00ad", "operation"], [], "the cooperation"),
        (["Bastiat -", "porque"], [], "Bastiat - porque"),
        (
            ["see https://port.example/a\x02", "b and more"],
            [],
            "see https://port.example/a-b and more",
        ),
        (["see https://port.example/a/", "b-", "c"], [], "see https://port.example/a/b-c"),
        (["你好", "世界"], [], "你好世界"),
        (["one", "two"], [], "one two"),
    ],
)
def test_lines_are_joined(lines: list[str], known: list[str], read: str) -> None:
    assert joined(lines, joining(*known)) == read


def test_what_became_of_a_hyphen_is_kept_for_the_editor() -> None:
    told = joining("inspection")
    joined(["the in-", "spection of COVID-", "19 and of the in-", "dependent well-", "known"], told)
    assert told.healed == ["inspection"]
    assert told.kept == ["in-dependent", "well-known"]


def test_many_lines_are_joined_in_time() -> None:
    lines = ["word " * 20 + "https://port.example/a-"] * 20_000
    assert len(joined(lines, joining())) > 20_000
