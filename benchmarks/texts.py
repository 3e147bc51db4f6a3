"""Finds the real texts that are measured on, in the folder ``shared`` beside the project.

With the project alone, made texts are measured; what only real texts can tell is left
out, with a line that says so.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import regex

from benchmarks.made import made_questions, made_statements
from index import Record, Statement, load_set
from index.files.loading import read_statements

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: As many as the largest real set has.
_MADE_QUESTIONS = 8_000

#: What of its words a variant of a real paragraph lacks.
DROPPED = 0.1
_SENTENCE_END = regex.compile(r"(?<=[.!?])\s")


def questions_folder(name: str) -> Path:
    """Return where the set *name* of statements and questions is, if it is there."""
    return SHARED / "questions" / name


def present(name: str) -> bool:
    """Return whether the set *name* is there; print that it is left out if it is not."""
    folder = questions_folder(name)
    if not folder.is_dir():
        print(f"skipped: {name} is not beside the project (../shared/questions/{name})")
    return folder.is_dir()


@cache
def _say_made(what: str) -> None:
    print(f"made: {what}, for real ones are not beside the project (../shared)")


def government_statements() -> list[Statement]:
    """Return all statements of the English-speaking governments, or made ones."""
    names = ("us_state", "us_wh", "au_pm", "uk_written")
    files = [SHARED / "statements" / f"{name}.jsonl" for name in names]
    files = [file for file in files if file.is_file()]
    if not files:
        _say_made("statements in invented words")
        return made_statements()
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


def variant(statement: Statement, number: int) -> Statement:
    """Return *statement* itself for 0, or its variant *number*: always the same one."""
    if number == 0:
        return statement
    chance = random.Random(f"{statement.id} {number}")  # noqa: S311  # not for a secret
    paragraphs = []
    for paragraph in statement.paragraphs:
        sentences = _SENTENCE_END.split(paragraph.text)
        chance.shuffle(sentences)
        kept = [word for word in " ".join(sentences).split() if chance.random() >= DROPPED]
        paragraphs.append(replace(paragraph, text=" ".join(kept) or paragraph.text))
    return replace(statement, id=f"{statement.id}-{number}", paragraphs=tuple(paragraphs))


def record_of(statements: list[Statement], paragraphs: int) -> Record:
    """Return a record of this many quotable *paragraphs*, of variants where *statements* end."""
    real = sum(p.quotable for statement in statements for p in statement.paragraphs)
    numbers = range(-(-paragraphs // real))
    variants = [variant(statement, number) for number in numbers for statement in statements]
    return record_of_paragraphs(variants, paragraphs)


def questions_of(name: str) -> list[str]:
    """Return the questions of the set *name*, or made ones."""
    if not questions_folder(name).is_dir():
        _say_made("questions about them")
        return made_questions(_MADE_QUESTIONS)
    _, questions = load_set(questions_folder(name))
    return [question.question for question in questions]


def mixed_record(paragraphs: int) -> Record:
    """Return a record of this many quotable *paragraphs*: New-Wiki's among the governments'.

    New-Wiki's questions are short, as people's are, and most are answered. Each statement is given
    an address, which the sets leave out: a reply then links to the passage, as it does in earnest.
    """
    folder = questions_folder("squadshifts_wiki")
    wiki = load_set(folder)[0].statements if folder.is_dir() else ()
    record = record_of_paragraphs([*wiki, *government_statements()], paragraphs)
    addressed = (replace(one, url=f"https://example.org/{one.id}") for one in record.statements)
    return Record.of(list(addressed))


def write_down(record: Record, data: Path, *, apart: bool = False) -> None:
    """Write the statements of *record* into the folder *data*, as an operator has them.

    They are in one file, or *apart*, each in its own.
    """
    folder = data / "statements"
    folder.mkdir(parents=True)
    lines = {one.id: as_line(one) for one in record.statements}
    if apart:
        for number, line in enumerate(lines.values()):
            (folder / f"{number}.jsonl").write_text(line, encoding="utf-8")
    else:
        (folder / "all.jsonl").write_text("".join(lines.values()), encoding="utf-8")


def as_line(one: Statement) -> str:
    """Return the statement *one* as a line of JSON lines."""
    fields = {
        "id": one.id,
        "title": one.title,
        "date": one.date and one.date.isoformat(),
        "kind": str(one.kind),
        "publisher": one.publisher,
        "url": one.url,
        "language": one.language,
        "speakers": [{"name": who.name, "role": who.role} for who in one.speakers],
        "paragraphs": [
            {
                "text": paragraph.text,
                "role": paragraph.role,
                "speaker": paragraph.speaker.name if paragraph.named else None,
            }
            for paragraph in one.paragraphs
        ],
    }
    return json.dumps({name: known for name, known in fields.items() if known}) + "\n"
