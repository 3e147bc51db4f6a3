"""Reads statements from JSON lines: one statement per line, with the fields of front matter.

A wrong line is reported, and the others are read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.files.doubts import doubts_of_fields, doubts_of_labels, doubts_of_paragraphs
from index.files.fields import Fields, InvalidField, read_fields, read_id, read_speaker
from index.files.label_shapes import asks_as_speaker
from index.files.offices import by_offices
from index.files.paragraphs import Block, Heading, one_line, split_lines, unfaithful, unfit
from index.files.read_out import read_out
from index.model.errors import Problem, fragment_of
from index.model.statement import Paragraph, Role, Speaker, Statement

_REPAIR_PARAGRAPHS = "Write “paragraphs”: a list of texts, or of objects with a text."
_HALF = "has half a character (a lone surrogate)"
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json_lines(
    text: str, path: Path, *, attributed: bool = True
) -> Iterator[tuple[Statement | None, list[Problem]]]:
    """Yield, for each line of *text*, its statement (or ``None``) and what is wrong with it.

    With *attributed* false, statements may lack speakers, and have characters that Telegram
    changes: this is for sets of texts that are measured and never quoted.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line, object_pairs_hook=_each_once)
        except (ValueError, RecursionError) as error:
            what = f"this line is not JSON ({getattr(error, 'msg', None) or error})"
            repair = "Write one whole JSON object on each line."
            yield (
                None,
                [Problem(path, number, what=what, repair=repair, fragment=fragment_of(line))],
            )
            continue
        if not isinstance(raw, dict):
            what = "this line is not an object"
            repair = "Write {“id”: …, “title”: …, “speakers”: …, “paragraphs”: …}."
            yield (
                None,
                [Problem(path, number, what=what, repair=repair, fragment=fragment_of(line))],
            )
            continue
        try:
            read = _read_one(raw, path, number, attributed)
        except RecursionError:
            what, repair = "this line is nested too deeply", "Write plain texts, lists and objects."
            read = (
                None,
                [Problem(path, number, what=what, repair=repair, fragment=fragment_of(line))],
            )
        yield read


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return *pairs* as a dictionary; raise ``ValueError`` if a name is given twice."""
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(
            name for name, count in Counter(name for name, _ in pairs).items() if count > 1
        )
        raise ValueError(f"“{twice}” is given twice")
    return members


def _read_one(
    raw: dict[str, object], path: Path, line: int, attributed: bool
) -> tuple[Statement | None, list[Problem]]:
    problems: list[Problem] = []
    statement_id = "unnamed"
    try:
        statement_id = read_id(raw.pop("id", None))
    except InvalidField as error:
        problems.append(error.problem(path, line))
    listed = raw.pop("paragraphs", None)
    if not attributed and not raw.get("speakers"):
        raw["speakers"] = ["unattributed"]
    fields, wrong = read_fields(raw)
    problems += [
        Problem(
            path,
            line,
            what=f"{statement_id}: {error.what}",
            repair=error.repair,
            fragment=error.fragment,
        )
        for error in wrong
    ]
    if not isinstance(listed, list) or not listed:
        what = f"{statement_id}: there are no paragraphs"
        return None, [*problems, Problem(path, line, what=what, repair=_REPAIR_PARAGRAPHS)]
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    meant = _speakers_meant(listed, fields)
    section = ""
    for place, one in enumerate(listed, 1):
        heading = _read_heading(one)
        if isinstance(heading, Heading):
            section = heading.text
            if attributed:
                problems += unfit(replace(heading, line=line), path)
            continue
        found = heading or _read_paragraph(one, len(paragraphs) + 1, fields, meant)
        if isinstance(found, str):
            what = f"{statement_id}: paragraph {place} {found}"
            problems.append(
                Problem(
                    path,
                    line,
                    what=what,
                    repair=_REPAIR_PARAGRAPHS,
                    fragment=fragment_of(json.dumps(one)),
                )
            )
            continue
        block = Block(found.text, line, tuple(_lines(one)), section)
        if attributed:
            problems += unfaithful(block, path)
        blocks.append(block)
        paragraphs.append(replace(found, section=section) if section else found)
    if any(not problem.warning for problem in problems):
        return None, problems
    if not paragraphs:
        what = f"{statement_id}: there are only headings"
        return None, [*problems, Problem(path, line, what=what, repair=_REPAIR_PARAGRAPHS)]
    opened = _opened(paragraphs)
    if attributed:
        problems += doubts_of_paragraphs(blocks, opened, path)
        named = [paragraph.named or paragraph.role is not None for paragraph in paragraphs]
        problems += doubts_of_labels(blocks, named, path, fields.language)
        given = raw.get("kind") is not None
        problems += doubts_of_fields(fields, paragraphs, path, line, kind_given=given)
    quoted = read_out([paragraph.text for paragraph in paragraphs], opened)
    paragraphs = [
        replace(paragraph, quoted=True) if reads_out else paragraph
        for paragraph, reads_out in zip(paragraphs, quoted, strict=True)
    ]
    return fields.statement(statement_id, paragraphs), problems


def _opened(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Return of each of *paragraphs* whether another speaks than in the one before it."""
    opened: list[bool] = []
    before: tuple[Speaker, Role | None] | None = None
    for paragraph in paragraphs:
        now = (paragraph.speaker, paragraph.role)
        opened.append(paragraph.named and now != before)
        before = now
    return opened


def _lines(raw: object) -> list[str]:
    text = raw.get("text") if isinstance(raw, Mapping) else raw
    return [line for line in split_lines(str(text)) if line]


def _speakers_meant(listed: Sequence[object], fields: Fields) -> dict[str, Speaker]:
    """Return the listed speakers by their names, and by the offices that paragraphs name."""
    names = (raw.get("speaker") for raw in listed if isinstance(raw, Mapping))
    written = dict.fromkeys(name for name in names if isinstance(name, str))
    # "Joint Press Conference with the Treasurer": whoever is named so is somebody else.
    own, _, _ = fields.title.partition(" with ")
    beside = f"{own} {fields.publisher}"
    return {
        **by_offices(
            filter(_is_name, written), fields.speakers, beside, fields.language, fields.publisher
        ),
        **{speaker.name: speaker for speaker in fields.speakers},
    }


def _read_heading(raw: object) -> Heading | str:
    """Return the heading, or what is wrong with it; empty if it is none."""
    if not isinstance(raw, Mapping) or "heading" not in raw:
        return ""
    text = raw["heading"]
    if surplus := set(raw) - {"heading"}:
        return f"has a field that headings do not have, “{min(surplus)}”"
    if not isinstance(text, str) or not (line := one_line(text)):
        return "has a heading that is no text"
    if _has_half_a_character(line):
        return _HALF
    return Heading(line)


def _read_paragraph(
    raw: object, number: int, fields: Fields, meant: Mapping[str, Speaker]
) -> Paragraph | str:
    """Return the paragraph, or what is wrong with it, after “paragraph 1 …”."""
    if isinstance(raw, str):
        raw = {"text": raw}
    if not isinstance(raw, Mapping) or not isinstance(raw.get("text"), str):
        return "has no text"
    text, role, name = one_line(raw["text"]), raw.get("role"), raw.get("speaker")
    wrong = ""
    if surplus := set(raw) - {"text", "speaker", "role"}:
        wrong = f"has a field that paragraphs do not have, “{min(surplus)}”"
    elif not text:
        wrong = "is empty"
    elif _has_half_a_character(text):
        wrong = _HALF
    elif role not in (None, *Role):
        wrong = f"has a role that is neither question nor answer, “{role}”"
    elif name is not None and not _is_name(name):
        wrong = "has a speaker that is not a name"
    if wrong:
        return wrong
    default = fields.speakers[0] if fields.speakers else Speaker("unattributed")
    speaker = meant.get(name) or Speaker(name.strip()) if name else default
    if name and not role and name not in meant and asks_as_speaker(name.strip(), fields.language):
        # A reporter's words are a question, whether that is said or not.
        role = Role.QUESTION
    return Paragraph(number, text, speaker, Role(role) if role else None, named=bool(name))


def _has_half_a_character(text: str) -> bool:
    return not text.isascii() and bool(_SURROGATE.search(text))


def _is_name(value: object) -> bool:
    """Return whether *value* is a name by the rules for listed speakers."""
    try:
        return isinstance(value, str) and bool(read_speaker({"name": value}))
    except InvalidField:
        return False
