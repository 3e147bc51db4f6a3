"""Finds the real texts that are measured on, in the folder ``shared`` beside the project."""

from __future__ import annotations

import sys
from pathlib import Path

from index import Record, Statement, load_set
from index.record import read_statements

SHARED = Path(__file__).resolve().parents[2] / "shared"


def require_shared() -> None:
    """Leave, saying why, if the texts are not there."""
    if not SHARED.is_dir():
        sys.exit("benchmarks: the folder “shared” with the real texts is not beside the project")


def government_statements() -> list[Statement]:
    """Return all statements of the English-speaking governments."""
    require_shared()
    names = ("us_state", "us_wh", "au_pm", "uk_written")
    files = [SHARED / "statements" / f"{name}.jsonl" for name in names]
    read = (one for file in files for one, _ in read_statements(file, attributed=False))
    return [statement for statement in read if statement]


def record_of_paragraphs(statements: list[Statement], paragraphs: int) -> Record:
    """Return the record of as many *statements* as have this many quotable *paragraphs*."""
    chosen: list[Statement] = []
    total = 0
    for statement in statements:
        if total >= paragraphs:
            break
        chosen.append(statement)
        total += sum(paragraph.quotable for paragraph in statement.paragraphs)
    return Record.of(chosen)


def questions_of(name: str) -> list[str]:
    """Return the questions of the set *name*."""
    require_shared()
    _, questions = load_set(SHARED / "questions" / name)
    return [question.question for question in questions]
