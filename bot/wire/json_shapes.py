"""Takes out of JSON what is not as it should be; what should be is told in ``update_shapes``.

A shape is a function: it is given a value, takes out of it what is wrong within, and returns
whether what is left is of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Shape = Callable[[Any], bool]

#: IDs have at most 52 significant bits (Bot API, Chat), and all that is counted is smaller.
LARGEST = 2**52
#: What cannot be encoded in UTF-8, and so be neither stored nor sent.
_HALVES = re.compile("[\ud800-\udfff]")


def number(value: Any) -> bool:
    """Return whether *value* is a whole number, such as an ID."""
    return type(value) is int and -LARGEST < value < LARGEST


def size(value: Any) -> bool:
    """Return whether *value* is a length, a position or a time."""
    return type(value) is int and 0 <= value < 2**31


def text(value: Any) -> bool:
    """Return whether *value* is a text."""
    return isinstance(value, str)


def flag(value: Any) -> bool:
    """Return whether *value* is true or false."""
    return isinstance(value, bool)


class Object:
    """The shape of an object; without what it *needs* it is none.

    What else is named is taken away if it is not of its shape, and what is not named stays.
    """

    __slots__ = ("_marked", "_needs", "_shapes")

    def __init__(
        self,
        needs: Mapping[str, Shape],
        may_have: Mapping[str, Shape] | None = None,
        marked: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take the shapes by name; *marked* names texts, each with the list of its entities."""
        self._needs = frozenset(needs)
        self._shapes = {**needs, **(may_have or {})}
        self._marked = tuple(marked)

    def may_have(self, more: Mapping[str, Shape]) -> None:
        """Add shapes that could not be named before: those with this one in them."""
        self._shapes |= more

    def knows(self, name: str) -> bool:
        """Return whether there is a shape for *name*."""
        return name in self._shapes

    def __call__(self, value: Any) -> bool:
        """Return whether *value* is such an object, less what is wrong in it."""
        if not isinstance(value, dict):
            return False
        shapes, wrong = self._shapes, []
        for name, one in value.items():
            shape = shapes.get(name)
            if shape is not None and not shape(one):
                wrong.append(name)
        for name in wrong:
            del value[name]
        for words, entities in self._marked:
            if entities in value:
                value[entities] = _within(value.get(words, ""), value[entities])
        return self._needs <= value.keys()


def list_of(shape: Shape) -> Shape:
    """Return the shape of a list, which loses what is not of *shape*."""

    def is_list(value: Any) -> bool:
        if not isinstance(value, list):
            return False
        right = [one for one in value if shape(one)]
        if len(right) < len(value):
            value[:] = right
        return True

    return is_list


def make_readable(node: Any, deepest: int) -> None:
    """Take out of *node* what stands deeper than *deepest*, and mend texts that are none."""
    if isinstance(node, dict):
        places: Iterable[tuple[Any, Any]] = node.items()
    elif isinstance(node, list):
        places = enumerate(node)
    else:
        return
    for place, one in places:  # what is at a place may be replaced meanwhile
        if isinstance(one, str):
            if not one.isascii():
                node[place] = _HALVES.sub("\ufffd", one)
        elif isinstance(one, dict | list):
            if deepest:
                make_readable(one, deepest - 1)
            else:
                node[place] = None


def _within(words: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those of the *entities* that stand in *words*, whose UTF-16 code units they count."""
    end = len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
    return [one for one in entities if one["length"] and one["offset"] + one["length"] <= end]
