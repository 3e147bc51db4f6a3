"""Reads a statement from Markdown with YAML front matter, and writes one.

The body's Markdown is left as it is, because the words are quoted as filed. ``fields`` decides what
a field may hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import regex
import yaml

from index.files.doubts import (
    doubts_of_fields,
    doubts_of_paragraphs,
    doubts_of_questions,
    doubts_of_turns,
)
from index.files.fields import Fields, InvalidField, read_fields, read_id
from index.files.paragraphs import (
    Block,
    Heading,
    lines_of_text,
    pieces,
    unfaithful,
    unfit,
    written_body,
)
from index.files.read_out import opens_block_quote, read_out
from index.files.turns import Transcript, Turn
from index.files.yaml_reader import InvalidYaml, YamlMapping, read_yaml
from index.model.errors import Problem, fragment_of
from index.model.statement import Kind, Origin, Paragraph, Role, Speaker, Statement

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
    transcript, parts = pieces_of(body, fields, body_line)
    for one in parts:
        problems += unfit(one, path) if isinstance(one, Heading) else unfaithful(one, path)
    found = [one for one in parts if isinstance(one, Block)]
    if not found:
        repair = "Put the statement's words below the dashes."
        problems.append(Problem(path, body_line, what="there is no text", repair=repair))
    if any(not problem.warning for problem in problems):
        return None, problems
    turns = transcript.turns([block.text for block in found])
    if not any(turn.role is not Role.QUESTION for turn in turns):
        what = "there is nothing but questions, which are never given as an answer"
        problems.append(Problem(path, body_line, what=what, repair="Mark who answers: “NAME: …”."))
        return None, problems
    paragraphs = _paragraphs(turns, found)
    opened = {turn.index for turn in turns if turn.opens}
    problems += doubts_of_turns(turns, found, path)
    problems += doubts_of_questions(turns, found, path)
    problems += doubts_of_paragraphs(found, [i in opened for i in range(len(found))], path)
    kind_line = lines.get("kind", lines.get("title", 1))
    problems += doubts_of_fields(
        fields, paragraphs, path, kind_line, kind_given=raw.get("kind") is not None
    )
    return fields.statement(statement_id, paragraphs), problems


def pieces_of(
    body: str, fields: Fields, first_line: int = 1
) -> tuple[Transcript, list[Block | Heading]]:
    """Return what reads the labels of *body*, and its paragraphs with their labels, and headings.

    A line that opens a turn, or a block quote, begins a paragraph.
    """
    speakers = fields.speakers or (Speaker("unknown"),)
    # No heading is a label, and none ends a turn.
    transcript = Transcript(lines_of_text(body), speakers, fields.kind, fields.language)

    def opens(line: str, before: str) -> bool:
        return opens_block_quote(line, before) or transcript.opens(line, before)

    return transcript, list(pieces(body, first_line, opens))


def _paragraphs(turns: list[Turn], found: Sequence[Block]) -> list[Paragraph]:
    quoted = read_out([turn.text for turn in turns], [turn.opens for turn in turns])
    return [
        Paragraph(
            number,
            turn.text,
            turn.speaker,
            turn.role,
            turn.named,
            certain=turn.certain,
            quoted=quoted[number - 1],
            section=found[turn.index].section,
        )
        for number, turn in enumerate(turns, 1)
    ]


def write_markdown(
    fields: Fields, texts: Sequence[str | Heading], *, kind_given: bool = False
) -> str:
    """Return the file that ``read_markdown`` reads as these *fields*, *texts* and headings.

    A text is a paragraph on one line, with the label of its turn if it has one. The kind
    "statement" is written only if it was given: left out, it may be doubted.
    """
    speakers = [
        {"name": speaker.name, **({"role": speaker.role} if speaker.role else {})}
        for speaker in fields.speakers
    ]
    stated: dict[str, object] = {
        "title": fields.title,
        "date": fields.date,
        "published": fields.published,
        "kind": str(fields.kind) if kind_given or fields.kind is not Kind.STATEMENT else None,
        "speakers": speakers,
        "publisher": fields.publisher or None,
        "url": fields.url or None,
        "language": fields.language if fields.language != "en" else None,
        "translation": str(fields.translation) if fields.translation else None,
        "source": _written_source(fields.source) if fields.source else None,
        "withdrawn": fields.withdrawn or None,
        "amended": fields.amended,
        "footnotes": list(fields.footnotes) or None,
    }
    front = yaml.safe_dump(
        {key: value for key, value in stated.items() if value is not None},
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return f"---\n{front}---\n\n{written_body(texts)}"


def _written_source(source: Origin) -> dict[str, object]:
    return {name: value for name, value in asdict(source).items() if value}


def front_matter_end(lines: Sequence[str]) -> int | None:
    """Return the index of the line that ends the front matter in *lines*; ``None`` without one."""
    if not lines or not _FENCE.fullmatch(lines[0]):
        return None
    ends = (number for number, line in enumerate(lines) if number and _END.fullmatch(line))
    return next(ends, None)


def _split(text: str) -> tuple[str, str, int] | None:
    """Return front matter, body, and the body's first line; ``None`` without front matter."""
    lines = text.split("\n")
    end = front_matter_end(lines)
    if end is None:
        return None
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


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
