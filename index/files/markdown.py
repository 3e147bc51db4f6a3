"""Reads a statement from Markdown with YAML front matter, and writes one.

The body's Markdown is left as it is: the words are quoted as filed. The YAML is read as a tree of
nodes rather than as values, so that each field keeps its line, a field given twice is seen, and
“No” or 2025 stay the words that were written.
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
from index.model.errors import Problem, fragment_of
from index.model.statement import Kind, Paragraph, Role, Statement

_FENCE = regex.compile(r"---[ \t]*")
_END = regex.compile(r"(?:---|\.\.\.)[ \t]*")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: More speakers, and deeper nesting, than any statement has.
_WIDEST = 200
_DEEPEST = 8

_REPAIR_FRONT = (
    "Begin the file with a line of three dashes, then title and speakers, then three dashes "
    "again; or file the text with “onrecord add”."
)


def read_markdown(text: str, path: Path) -> tuple[Statement | None, list[Problem]]:
    """Return the statement that *text*, the content of *path*, holds, and all that is wrong.

    The statement is ``None`` if any problem is more than a warning.
    """
    problems: list[Problem] = []
    try:
        statement_id = read_id(path.stem)
    except InvalidField as error:
        problems.append(
            Problem(path, None, what=error.what, repair=error.repair, fragment=error.fragment)
        )
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
    raw, lines, yaml_problems = _read_yaml(front, path)
    problems += yaml_problems
    fields = Fields()
    if not yaml_problems:
        fields, wrong = read_fields(raw)
        problems += [
            Problem(
                path,
                lines.get(error.field, 1),
                what=error.what,
                repair=error.repair,
                fragment=error.fragment,
            )
            for error in wrong
        ]
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
    told: set[str] = set()
    for turn in turns:
        if turn.doubtful and turn.doubtful not in told:
            told.add(turn.doubtful)
            line = next(block.line for block in found if block.text.endswith(turn.text))
            what = f"“{turn.doubtful}:” names no listed speaker, so it is read as {_whose(turn)}"
            repair = "If it opens a turn, list that speaker; if it does not, nothing is to be done."
            yield Problem(
                path, line, what=what, repair=repair, fragment=fragment_of(turn.text), warning=True
            )


def _whose(turn: Turn) -> str:
    return "part of a question" if turn.role is Role.QUESTION else f"{turn.speaker.name}'s words"


def write_markdown(fields: Fields, texts: list[str]) -> str:
    """Return the file that :func:`read_markdown` reads back as these *fields* and *texts*."""
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
    """Return front matter, body, and the line the body begins on; ``None`` without a front."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return None
    for number, line in enumerate(lines[1:], 1):
        if _END.fullmatch(line):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None


def _read_yaml(front: str, path: Path) -> tuple[dict[str, object], dict[str, int], list[Problem]]:
    """Return the fields as written, the line of each, and what is wrong with the YAML."""
    try:
        _refuse_nesting(front)
        root = yaml.compose(front, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = min(mark.line, front.count("\n")) if mark else 0
        what = f"the front matter is not YAML ({error.problem or error.context})"
        repair = "Put text that has a colon, a quotation mark or a # in it between 'single quotes'."
        return (
            {},
            {},
            [
                Problem(
                    path,
                    line + 2,
                    what=what,
                    repair=repair,
                    fragment=fragment_of(front.split("\n")[line]),
                )
            ],
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).split("\n", 1)[0] or type(error).__name__
        what = f"the front matter is not YAML ({reason})"
        return {}, {}, [Problem(path, 2, what=what, repair="Write plain “field: value” lines.")]
    if not isinstance(root, yaml.MappingNode):
        what = "the front matter has no fields"
        return (
            {},
            {},
            [Problem(path, 2, what=what, repair="Write “title: …” and “speakers: …” lines.")],
        )
    raw: dict[str, object] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for key_node, value_node in root.value:
        key, line = _plain(key_node, 0), key_node.start_mark.line + 2
        if not isinstance(key, str) or not isinstance(key_node, yaml.ScalarNode):
            problems.append(
                Problem(path, line, what="this is not a field", repair="Write “field: value”.")
            )
            continue
        if key in raw:
            what = f"{key} is given twice"
            problems.append(
                Problem(path, line, what=what, repair=f"Keep one of them (see line {lines[key]}).")
            )
            continue
        raw[key], lines[key] = _plain(value_node), line
    return raw, lines, problems


def _refuse_nesting(front: str) -> None:
    """Raise ``ValueError`` if *front* is nested deeply: to compose it would exhaust the stack."""
    depth = 0
    for event in yaml.parse(front, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise ValueError("it is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _plain(node: yaml.Node, depth: int = 2) -> object:
    """Return *node* as text, lists and mappings, as deep and wide as a statement's fields ever go.

    YAML's aliases can make a few lines stand for billions of values; the rest is not looked at.
    """
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    if depth and isinstance(node, yaml.SequenceNode):
        return [_plain(one, depth - 1) for one in node.value[:_WIDEST]]
    if depth and isinstance(node, yaml.MappingNode):
        return {str(_plain(key, 0)): _plain(one, depth - 1) for key, one in node.value[:_WIDEST]}
    return "…"
