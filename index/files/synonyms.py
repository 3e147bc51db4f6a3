"""Reads the operator's own equivalents: groups of words and phrases that mean the same.

The YAML is read as a stream of events and never built into values: nothing can nest deeply or
multiply by aliases, "No" stays a word, and each problem has its line. How a search uses the groups
is ``query``'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from index.model.errors import Problem, fragment_of
from index.text.folding import fold

#: More than an operator can oversee; each one is looked for in every question.
MAX_GROUPS = 1000
MAX_MEMBERS = 20
#: Characters of one member; what is longer is a sentence.
MAX_LENGTH = 80
#: Characters of the whole file.
_MAX_FILE = 1_000_000

#: A list of lists is two deep; from here on it is no slip.
_DEEPEST = 8

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REPAIR = "Write lines such as “- [BRI, Belt and Road Initiative]”."

Groups = tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Entry:
    """One entry of the list as it stands in the file."""

    line: int
    members: list[str] = field(default_factory=list)
    #: What it is instead of a list of words; empty if it is one.
    wrong: str = ""

    def add(self, member: str) -> None:
        """Add *member*, unless it is there but for capitals and accents, or there are too many."""
        few = len(self.members) <= MAX_MEMBERS
        if few and _compared(member) not in map(_compared, self.members):
            self.members.append(member)


def read_synonyms(text: str, path: Path) -> tuple[Groups, list[Problem]]:
    """Return the groups in *text*, the content of *path*, and all that is wrong with it.

    A group that is wrong is left out. Each has two or more different members, written as in the
    file with single spaces.
    """
    if len(text) > _MAX_FILE:
        return (), [
            Problem(path, None, what=f"this is over {_MAX_FILE:,} characters", repair="Shorten it.")
        ]
    try:
        entries = list(_entries(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = min(mark.line, text.count("\n")) if mark else 0
        what = f"this is not YAML ({error.problem or error.context})"
        repair = "Put a word that has a colon, a quotation mark or a # in it between 'quotes'."
        return (), [
            Problem(
                path,
                line + 1,
                what=what,
                repair=repair,
                fragment=fragment_of(text.split("\n")[line]),
            )
        ]
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).split("\n", 1)[0] or type(error).__name__
        return (), [Problem(path, None, what=f"this is not YAML ({reason})", repair=_REPAIR)]
    groups: list[tuple[str, ...]] = []
    problems: list[Problem] = []
    met: dict[str, int] = {}
    for entry in entries[:MAX_GROUPS]:
        if wrong := entry.wrong or _wrong_with(entry.members):
            shown = fragment_of(", ".join(entry.members)) if entry.members else ""
            problems.append(Problem(path, entry.line, what=wrong, repair=_REPAIR, fragment=shown))
            continue
        groups.append(tuple(entry.members))
        problems += _met_before(entry, met, path)
    if len(entries) > MAX_GROUPS:
        line, what = entries[MAX_GROUPS].line, f"there are more than {MAX_GROUPS} groups"
        problems.append(
            Problem(path, line, what=what, repair="From here on they are left out; drop some.")
        )
    return tuple(groups), problems


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries of the list in *text*; raise ``yaml.YAMLError`` or ``ValueError``."""
    depth, entry = 0, _Entry(0)
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1:
                yield entry
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        opens = isinstance(event, yaml.CollectionStartEvent)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth == 0:
            if not is_list:
                # Dashes with nothing below them are an empty list to whoever wrote them.
                if not isinstance(event, yaml.ScalarEvent) or event.value:
                    yield _Entry(line, wrong="this is not a list of groups")
                return
        elif depth == 1:
            entry = _Entry(line, wrong="" if is_list else "this is not a list of words")
            if not opens:
                yield entry
        elif depth == 2 and isinstance(event, yaml.ScalarEvent):
            entry.add(" ".join(event.value.split()))
        else:
            entry.wrong = entry.wrong or "there is something else than words in this group"
        depth += opens
        # To read on would take a time that grows with the square of the depth.
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")


def _wrong_with(members: list[str]) -> str:
    """Return what is wrong with a group of these *members*; nothing if it is sound."""
    if len(members) < 2:
        return "a group needs two different words or phrases"
    if len(members) > MAX_MEMBERS:
        return f"a group has {MAX_MEMBERS} words or phrases at most"
    if not all(any(map(str.isalnum, member)) for member in members):
        return "there is an empty word in this group"
    if any(len(member) > MAX_LENGTH for member in members):
        return f"a word or phrase has {MAX_LENGTH} characters at most"
    if any("\ud800" <= character <= "\udfff" for member in members for character in member):
        return "there is half a character in this group"
    return ""


def _met_before(entry: _Entry, met: dict[str, int], path: Path) -> Iterator[Problem]:
    """Yield a warning for each member of *entry* that an earlier group has; add it to *met*."""
    for member in entry.members:
        earlier = met.setdefault(_compared(member), entry.line)
        if earlier != entry.line:
            what, repair = "this stands in two groups", f"Join the two (see line {earlier})."
            yield Problem(
                path,
                entry.line,
                what=what,
                repair=repair,
                fragment=fragment_of(member),
                warning=True,
            )


def _compared(member: str) -> str:
    return " ".join(map(fold, member.split()))
