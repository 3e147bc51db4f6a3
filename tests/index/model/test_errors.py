"""Problems and errors: what an operator reads is on one line and safe to print."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.model.errors import FRAGMENT_LENGTH, Problem, fragment_of


def test_a_problem_is_printed_without_control_characters() -> None:
    problem = Problem(Path("a\x1b[31m\u202eb.md"), 3, what="What", repair="Repair.")
    assert str(problem) == "a\\x{1b}[31m\\x{202e}b.md:3: What. Repair."


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("a\tb", "“a\\x{9}b”"),
        ("x" * FRAGMENT_LENGTH, f"“{'x' * FRAGMENT_LENGTH}”"),
        ("x" * (FRAGMENT_LENGTH + 1), f"“{'x' * FRAGMENT_LENGTH}…”"),
    ],
)
def test_a_fragment_is_printable_and_cut(text: str, fragment: str) -> None:
    assert fragment_of(text) == fragment
