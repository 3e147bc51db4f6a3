"""Reads a statement from Markdown with YAML front matter, and writes one.

The body's Markdown is left as it is, because the words are quoted as filed. ``fields`` decides what
a field may hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import regex
import yaml

from index.files.fields import Fields, InvalidField, read_fields, read_id
from index.files.paragraphs import Block, blocks, unfaithful
from index.files.turns import Turn, opens_turn, read_turns
from index.files.yaml_reader import InvalidYaml, YamlMapping, read_yaml
from index.model.errors import Problem, fragment_of
from index.model.statement import Kind, Paragraph, Role, Statement

_FENCE = regex.compile(r"---[ \t]*")
_END = regex.compile(r"(?:---|\.\.\.)[ \t]*")
_REPAIR_FRONT = (
    "Begin the file with a line of three dashes, then title and speakers, then three dashes "
    "again; or file the text with “onrecord add”."
)


def read_markdown(text: str, path: Path) -> tuple[Statement | None, list[Problem]]:
    """Return the statement in *text*, the content of *path*, and all that is wrong with it.

    The statement is ``None`` if a problem is more than a warning.
    """
    problems: list[Problem] = []
    try:
        statement_id = read_id(path.stem)
    except InvalidField as error:
        problems.append(error.problem(path, None))
        statement_id = "unnamed"
    split = _split(text)
    if split is None:
        unclosed = _FENCE.fullmatch(text.split("\n", 1)[0])
        what = "the front matter does not end" if unclosed else "there is no front matter"
        return None, [
            *problems,
            Problem(path, 1, what=what, repair=_REPAIR_FRONT, fragment=fragment_of(text[:80])),
        ]
    front, body, body_line = split
    raw, lines, yaml_problems = _read_front(front, path)
    problems += yaml_problems
    fields = Fields()
    if not yaml_problems:
        fields, wrong = read_fields(raw)
        problems += [error.problem(path, lines.get(error.field, 1)) for error in wrong]
    opens = partial(opens_turn, speakers=fields.speakers, kind=fields.kind)
    found = list(blocks(body, body_line, opens))
    for block in found:
        problems += unfaithful(block, path)
    if not found:
        repair = "Put the statement's words below the dashes."
        problems.append(Problem(path, body_line, what="there is no text", repair=repair))
    if any(not problem.warning for problem in problems):
        return None, problems
    turns = read_turns([block.text for block in found], fields.speakers, fields.kind)
    if not any(turn.role is not Role.QUESTION for turn in turns):
        what = "there is nothing but questions, which are never given as an answer"
        problems.append(Problem(path, body_line, what=what, repair="Mark who answers: “NAME: …”."))
        return None, problems
    problems += _doubts(turns, found, path)
    paragraphs = [
        Paragraph(number, turn.text, turn.speaker, turn.role, turn.named)
        for number, turn in enumerate(turns, 1)
    ]
    return fields.statement(statement_id, paragraphs), problems


def _doubts(turns: list[Turn], found: list[Block], path: Path) -> Iterator[Problem]:
    """Yield a warning for the first paragraph with each label that names no listed speaker."""
    reported: set[str] = set()
    for turn in turns:
        if turn.doubtful and turn.doubtful not in reported:
            reported.add(turn.doubtful)
            line = next(block.line for block in found if block.text.endswith(turn.text))
            what = f"“{turn.doubtful}:” names no listed speaker, so it is read as {_whose(turn)}"
            repair = "If it opens a turn, list that speaker; otherwise, leave it as it is."
            yield Problem(
                path, line, what=what, repair=repair, fragment=fragment_of(turn.text), warning=True
            )


def _whose(turn: Turn) -> str:
    return "part of a question" if turn.role is Role.QUESTION else f"{turn.speaker.name}'s words"


def write_markdown(fields: Fields, texts: list[str]) -> str:
    """Return the file that ``read_markdown`` reads as these *fields* and *texts*."""
    speakers = [
        {"name": speaker.name, **({"role": speaker.role} if speaker.role else {})}
        for speaker in fields.speakers
    ]
    stated: dict[str, object] = {
        "title": fields.title,
        "date": fields.date,
        "published": fields.published,
        "kind": str(fields.kind) if fields.kind is not Kind.STATEMENT else None,
        "speakers": speakers,
        "publisher": fields.publisher or None,
        "url": fields.url or None,
        "language": fields.language if fields.language != "en" else None,
        "translation": str(fields.translation) if fields.translation else None,
    }
    front = yaml.safe_dump(
        {key: value for key, value in stated.items() if value is not None},
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return f"---\n{front}---\n\n" + "\n\n".join(texts) + "\n"


def _split(text: str) -> tuple[str, str, int] | None:
    """Return front matter, body, and the body's first line; ``None`` without front matter."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return None
    for number, line in enumerate(lines[1:], 1):
        if _END.fullmatch(line):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None


def _read_front(front: str, path: Path) -> tuple[dict[str, object], dict[str, int], list[Problem]]:
    """Return the fields as written, the line of each, and what is wrong with the YAML."""
    raw: dict[str, object] = {}
    lines: dict[str, int] = {}
    wrong: list[InvalidYaml] = []
    try:
        root = read_yaml(front, first_line=2)
        if not isinstance(root, YamlMapping):
            what = "the front matter has no fields"
            raise InvalidYaml(2, what, "Write “title: …” and “speakers: …” lines.")
        entries, wrong = root.entries("field")
    except InvalidYaml as error:
        entries = {}
        wrong.append(error)
    for name, entry in entries.items():
        try:
            raw[name], lines[name] = entry.value.plain(), entry.line
        except InvalidYaml as error:
            wrong.append(error)
    problems = [error.problem(path, error.line or 2) for error in wrong]
    return raw, lines, problems
