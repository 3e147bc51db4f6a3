"""Reads YAML that people write, as they wrote it: “No” and 2025 stay text, and lines are known.

The text is read as a stream of events, never loaded into Python objects. Deep nesting is refused,
and aliases are not followed, so a few lines cannot become billions of values or contain themselves.
The callers decide which names and values are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import yaml

from index.model.errors import InvalidInput, fragment_of

#: No file of ours is nested more deeply. PyYAML's time grows with the square of the depth.
_DEEPEST = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: The texts that mean no value in YAML's core schema.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTE = "Put text that has a colon, a quotation mark or a # in it between 'single quotes'."

#: A value as plain Python: text, lists of values and mappings of them; ``None`` for no value.
Plain = str | list["Plain"] | dict[str, "Plain"] | None


class InvalidYaml(InvalidInput):
    """A text is not YAML, or one line of it is not what it should be."""

    def __init__(self, line: int | None, what: str, repair: str, fragment: str = "") -> None:
        """Carry the *line* from 1, *what* is wrong there, the *repair*, and the *fragment*."""
        self.line = line
        message = f"{f'line {line}: ' if line else ''}{what}. {repair}"
        super().__init__(message, what, repair, fragment)


# The values are named tuples, as five dataclasses would add 3 ms to every start.
class YamlText(NamedTuple):
    """Text as written, without quotation marks around it."""

    line: int
    text: str
    #: Whether it means no value in YAML, as ``~`` and empty text do.
    null: bool = False

    def plain(self) -> str | None:
        """Return the text, or ``None`` if it means no value."""
        return None if self.null else self.text


class YamlAlias(NamedTuple):
    """A reference to another value, such as ``*name``; it is not followed."""

    line: int

    def plain(self) -> Plain:
        """Raise ``InvalidYaml``."""
        raise InvalidYaml(
            self.line, "there is a reference to another value (*)", "Write the value itself."
        )


class YamlList(NamedTuple):
    """Several values in order."""

    line: int
    members: list[YamlNode]

    def plain(self) -> Plain:
        """Return the values as a list; raise ``InvalidYaml`` at a reference."""
        return [one.plain() for one in self.members]


class YamlMapping(NamedTuple):
    """Values with names, in order: each name, then its value."""

    line: int
    members: list[YamlNode]

    def plain(self) -> Plain:
        """Return the values by name; raise ``InvalidYaml`` at a reference."""
        return {str(name.plain()): value.plain() for name, value in self._pairs()}

    def entries(self, noun: str) -> tuple[dict[str, YamlEntry], list[InvalidYaml]]:
        """Return the entry of each name, and one error for each line that is wrong.

        A name must be text, and must not be given twice; the first of two is kept.
        *noun* is what an entry is called in the errors, such as "field".
        """
        entries: dict[str, YamlEntry] = {}
        wrong: list[InvalidYaml] = []
        for name, value in self._pairs():
            if not isinstance(name, YamlText) or name.null:
                repair = f"Write “{noun}: value”."
                wrong.append(InvalidYaml(name.line, f"this is not a {noun}", repair))
            elif name.text in entries:
                repair = f"Keep one of them (see line {entries[name.text].line})."
                wrong.append(InvalidYaml(name.line, f"{name.text} is given twice", repair))
            else:
                entries[name.text] = YamlEntry(name.line, value)
        return entries, wrong

    def _pairs(self) -> Iterable[tuple[YamlNode, YamlNode]]:
        return zip(self.members[::2], self.members[1::2], strict=True)


YamlNode = YamlText | YamlAlias | YamlList | YamlMapping


class YamlEntry(NamedTuple):
    """A value, and the line of the name before it."""

    line: int
    value: YamlNode


def read_yaml(text: str, first_line: int = 1) -> YamlNode | None:
    r"""Return the one value that *text* holds, ``None`` if it holds none; lines from *first_line*.

    Raises:
        InvalidYaml: it is not YAML, holds more than one document, or nests too deeply.

    >>> read_yaml("# who\nspeaker: No").plain()
    {'speaker': 'No'}
    """
    try:
        root = _read(text, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = min(mark.line, text.count("\n")) if mark else 0
        what = f"this is not YAML ({error.problem or error.context})"
        lines = text.split("\n")
        # What is not closed is found at the end, behind the last line with text.
        while line and not lines[line].strip():
            line -= 1
        fragment = fragment_of(lines[line])
        raise InvalidYaml(first_line + line, what, _QUOTE, fragment) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).split("\n", 1)[0] or type(error).__name__
        repair = "Write plain text, lists, and “name: value” lines."
        raise InvalidYaml(None, f"this is not YAML ({reason})", repair) from None
    return None if isinstance(root, YamlText) and not root.text else root


def _read(text: str, first_line: int) -> YamlNode | None:
    root: YamlNode | None = None
    opened: list[YamlList | YamlMapping] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        node = _node(event, first_line)
        if opened:
            opened[-1].members.append(node)
        elif root is None:
            root = node
        else:
            raise ValueError("there is more than one document in it")
        if isinstance(node, YamlList | YamlMapping):
            opened.append(node)
            if len(opened) > _DEEPEST:
                raise ValueError("it is nested too deeply")
    return root


def _node(event: yaml.NodeEvent, first_line: int) -> YamlNode:
    line = first_line + (event.start_mark.line if event.start_mark else 0)
    if isinstance(event, yaml.ScalarEvent):
        untagged = event.implicit[0]
        null = event.value in _NULLS if untagged else event.tag == "tag:yaml.org,2002:null"
        return YamlText(line, event.value, null)
    if isinstance(event, yaml.SequenceStartEvent):
        return YamlList(line, [])
    return YamlMapping(line, []) if isinstance(event, yaml.MappingStartEvent) else YamlAlias(line)
