"""Knows the bot's own statement among others, by its id."""

from __future__ import annotations

from index.model.statement import Statement

#: The id of the bot's own statement. With a dash and anything more it is another such statement, in
#: another language: ``about-on-record-ur``.
ID = "about-on-record"


def is_own(statement: Statement) -> bool:
    """Return whether *statement* is about the bot."""
    return statement.id == ID or statement.id.startswith(f"{ID}-")
