"""What an API method is, and the strictness common to all; each group has its own module."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from telegram_standin.parameters import Parameters
from telegram_standin.refusals import Refusal
from telegram_standin.world import World


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: what it does and, separated by spaces, what it takes.

    `run` returns the JSON of the result, or an awaitable of it if it may wait; it raises Refusal.
    """

    run: Callable[[World, Parameters], Any | Awaitable[Any]]
    takes: str = ""


async def call_method(
    methods: Mapping[str, Method], name: str, world: World, given: Parameters
) -> Any:
    """Run one call and return its result; raises Refusal."""
    method = methods.get(name)
    if method is None:
        raise Refusal(404, "Not Found: method not found")
    given.refuse_unknown(name, method.takes.split())
    outcome = method.run(world, given)
    return await outcome if isawaitable(outcome) else outcome
