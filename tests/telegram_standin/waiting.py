"""Waits for the bot on behalf of a test and says, with the transcript, what did not happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from telegram_standin.world import World

T = TypeVar("T")

#: How long the waits last unless told otherwise; a healthy bot needs a small part of it.
PATIENCE = 5.0


async def expect(
    world: World,
    look: Callable[[], T | None],
    otherwise: str,
    timeout: float = PATIENCE,  # noqa: ASYNC109
) -> T:
    """Return the first value of `look()` that is not None.

    Raises AssertionError, saying `otherwise`, after `timeout` seconds.
    """
    found = await world.pulse.until(look, timeout)
    if found is None:
        raise AssertionError(f"{otherwise} within {timeout:g} s\n\n{account(world)}")
    return found


def account(world: World) -> str:
    """Return the transcript and the unconfirmed updates, for the end of a failure."""
    pending = ", ".join(
        " ".join(sorted(set(update) - {"update_id"})) for update in world.updates.pending()
    )
    lines = ["The conversation so far:", world.transcript.render() or "(nothing)"]
    if pending:
        lines.append(f"Not confirmed by the bot: {pending}")
    return "\n".join(lines)
