"""What an API method is, and the strictness common to all; each group has its own module."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from telegram_standin.parameters import Parameters
from telegram_standin.refusals import Refusal
from telegram_standin.world import World, version_of


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: what it does and, separated by spaces, what it takes.

    A parameter that came later than 10.0 says so, "rich_message@10.1", and the method by `since`:
    an older server knows no such method, and takes no notice of such a parameter. `run` returns the
    JSON of the result, or an awaitable of it if it may wait; it raises Refusal.
    """

    run: Callable[[World, Parameters], Any | Awaitable[Any]]
    takes: str = ""
    since: str = "10.0"


async def call_method(
    methods: Mapping[str, Method], name: str, world: World, given: Parameters
) -> Any:
    """Run one call and return its result; raises Refusal."""
    method = methods.get(name)
    if method is None or world.api < version_of(method.since):
        raise Refusal(404, "Not Found: method not found")
    versions = dict(one.partition("@")[::2] for one in method.takes.split())
    given.refuse_unknown(name, versions)
    unheard = [one for one in given if world.api < version_of(versions[one] or "10.0")]
    outcome = method.run(world, given.without(unheard))
    return await outcome if isawaitable(outcome) else outcome
