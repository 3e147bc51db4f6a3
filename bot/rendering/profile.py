"""Writes the texts of the bot's profile, with questions that the record answers, so that they fit.

When they are set is left to others.
"""

from __future__ import annotations

from collections.abc import Sequence

from telegram.constants import BotDescriptionLimit

from bot.i18n.strings import Strings

#: What Telegram shows in an empty chat with the bot, and on its profile and beneath links to it.
_LONGEST = BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
_LONGEST_SHORT = BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH


def description(strings: Strings, examples: Sequence[str]) -> str:
    """Return what the bot does, and beneath it as many of the *examples* as fit, each on a line."""
    text = str(strings.description)
    longer = f"{text}\n\n{strings.profile_examples}"
    for example in map(_on_one_line, examples):
        line = strings.directed(f"· {strings.question_on(example)}")
        if _length(longer) + 1 + _length(line) <= _LONGEST:
            text = longer = f"{longer}\n{line}"
    return text


def short_description(strings: Strings, examples: Sequence[str]) -> str:
    """Return the same in a sentence, with the first of the *examples* that fits."""
    for example in map(_on_one_line, examples):
        said = strings.profile_example.format(example=strings.question_on(example))
        text = strings.sentences(strings.short_description, said)
        if _length(text) <= _LONGEST_SHORT:
            return text
    return str(strings.short_description)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _length(text: str) -> int:
    """Return the length in UTF-16 units, of which Telegram counts at most as many characters."""
    return len(text.encode("utf-16-le", "replace")) // 2
