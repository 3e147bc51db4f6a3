"""Lets the parts of an index call its methods without keeping it alive.

An index that has been replaced is then freed at once. Left to the garbage collector, its memory
would be held for long, and the collection would hold up whoever asks just then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def weakly(method: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Return what calls *method*, which is bound, as long as its object lives.

    Afterwards it raises ``ReferenceError``.
    """
    weak = WeakMethod(method)

    def call(*given: Given.args, **named: Given.kwargs) -> Returned:
        alive = weak()
        if alive is None:
            raise ReferenceError("a part of an index is used without the whole")
        return alive(*given, **named)

    return call
