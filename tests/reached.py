"""Requires that a property's examples reach what it is about; else it would hold of nothing.

The texts of most examples are to be put together from parts that meet the case: at random they
hardly ever do.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

_counts: list[int] = []

Arguments = ParamSpec("Arguments")


def reached() -> None:
    """Note that the example under way has come to what the property is about."""
    _counts[-1] += 1


def reaches(least: int) -> Callable[[Callable[Arguments, None]], Callable[Arguments, None]]:
    """Let a property, decorated above its ``given``, fail unless it is reached *least* times."""

    def decorate(property_: Callable[Arguments, None]) -> Callable[Arguments, None]:
        @functools.wraps(property_)
        def counted(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
            _counts.append(0)
            try:
                property_(*args, **kwargs)
                assert _counts[-1] >= least, f"reached only {_counts[-1]} times"
            finally:
                _counts.pop()

        return counted

    return decorate
