"""Reads the operator's synonyms: groups of words and phrases that mean the same.

``equivalents`` and ``weights`` decide how a search uses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.files.yaml_reader import InvalidYaml, YamlList, YamlNode, YamlText, read_yaml
from index.model.errors import Problem, fragment_of
from index.text.folding import fold

#: More than an operator can review; each one is looked for in every question.
MAX_GROUPS = 1000
MAX_MEMBERS = 20
#: The characters of one member; a longer one is probably a sentence.
MAX_LENGTH = 80
#: The characters of the whole file.
_MAX_FILE = 1_000_000
_REPAIR = "Write lines such as “- [BRI, Belt and Road Initiative]”."

Groups = tuple[tuple[str, ...], ...]


def read_synonyms(text: str, path: Path) -> tuple[Groups, list[Problem]]:
    """Return the groups in *text*, the content of *path*, and all that is wrong with it.

    A wrong group is left out. A group has two or more different members, as written in the file but
    with single spaces.
    """
    if len(text) > _MAX_FILE:
        return (), [
            Problem(path, None, what=f"this is over {_MAX_FILE:,} characters", repair="Shorten it.")
        ]
    try:
        root = read_yaml(text)
    except InvalidYaml as error:
        return (), [error.problem(path, error.line)]
    if root is None:
        return (), []
    if not isinstance(root, YamlList):
        return (), [Problem(path, root.line, what="this is not a list of groups", repair=_REPAIR)]
    groups: list[tuple[str, ...]] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for entry in root.members[:MAX_GROUPS]:
        members, wrong = _members(entry)
        if wrong:
            shown = fragment_of(", ".join(members)) if members else ""
            problems.append(Problem(path, entry.line, what=wrong, repair=_REPAIR, fragment=shown))
            continue
        groups.append(tuple(members))
        problems += _in_two_groups(members, entry.line, lines, path)
    if len(root.members) > MAX_GROUPS:
        line, what = root.members[MAX_GROUPS].line, f"there are more than {MAX_GROUPS} groups"
        repair = "Remove some: the groups from here on are not used."
        problems.append(Problem(path, line, what=what, repair=repair))
    return tuple(groups), problems


def _members(entry: YamlNode) -> tuple[list[str], str]:
    """Return the different members of a group, and what is wrong with it; empty if nothing is.

    Members that differ only in capitals and accents are one.
    """
    if not isinstance(entry, YamlList):
        return [], "this is not a list of words"
    members: dict[str, str] = {}
    for one in entry.members:
        if not isinstance(one, YamlText):
            return list(members.values()), "there is something other than words in this group"
        member = " ".join(one.text.split())
        members.setdefault(_compared(member), member)
        if len(members) > MAX_MEMBERS:
            break
    return list(members.values()), _wrong_with(list(members.values()))


def _wrong_with(members: list[str]) -> str:
    """Return what is wrong with a group of these *members*; empty if nothing is."""
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


def _in_two_groups(
    members: list[str], line: int, lines: dict[str, int], path: Path
) -> Iterator[Problem]:
    """Yield a warning for each of *members* that an earlier group has; note the others' *line*."""
    for member in members:
        earlier = lines.setdefault(_compared(member), line)
        if earlier != line:
            yield Problem(
                path,
                line,
                what="this stands in two groups",
                repair=f"Join the two (see line {earlier}).",
                fragment=fragment_of(member),
                warning=True,
            )


def _compared(member: str) -> str:
    return " ".join(map(fold, member.split()))
