"""Recognises questions about the bot itself, in many languages, and what they ask of it.

The phrases are in ``about_bot.yaml``. What answers them is the bot's own statement, of which
``own_statement`` puts the paragraphs in order.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, cast

from index.text.bundled import lines_of, read_bundled
from index.text.follow_ups import after_fillers
from index.text.language import script_of
from index.text.question_phrases import QuestionPhrases, in_one_form, question_phrases

_FILE = Path(__file__).parent / "about_bot.yaml"
#: A longer question, in characters, is about more than the bot.
LONGEST = 120
#: Where the words of the bot's statement on each topic are.
_WORDS = "words"


class AskedOfBot(NamedTuple):
    """What a question wants to know of the bot, and in which language it asks."""

    topic: str
    #: The code of the language.
    language: str


def asked_of_bot(question: str) -> AskedOfBot | None:
    """Return what *question* asks about the bot; ``None`` if it asks anything else.

    All of the question must be about the bot, besides "hi", "please" and the like.

    >>> asked_of_bot("Hi bot, do you keep my questions?"), asked_of_bot("what can you do on tea")
    (AskedOfBot(topic='privacy', language='en'), None)
    """
    if len(question) > LONGEST:
        return None
    text = in_one_form(question)
    asked, at = None, after_fillers(text, 0)
    while at < len(text):
        found = _phrase_at(text, at)
        if found is None:
            return None
        is_about, stop = found
        asked, at = asked or is_about, after_fillers(text, stop)
    return asked


def _phrase_at(text: str, at: int) -> tuple[AskedOfBot, int] | None:
    """Return what the longest phrase that begins at *at* asks, and where it ends."""
    ends = (
        (asked, match.end())
        for asked, phrases in _patterns(script_of(text))
        if (match := phrases.pattern.match(text, at))
    )
    return max(ends, key=itemgetter(1), default=None)


def words_on(topic: str, language: str) -> str:
    """Return words of what a statement in *language* says of the bot on *topic*, if known."""
    words: dict[str, str] = _written()[_WORDS].get(language, {})
    return words.get(topic, "")


@cache
def _patterns(script: str) -> list[tuple[AskedOfBot, QuestionPhrases]]:
    """Return what finds the phrases of each topic in each language, of those written in *script*.

    Compiled when a question in the script is first asked.
    """
    patterns: list[tuple[AskedOfBot, QuestionPhrases]] = []
    for code, topics in _written().items():
        if code == _WORDS:
            continue
        for topic, block in topics.items():
            lines = [line for line in lines_of(block) if script_of(line) == script]
            if found := question_phrases(lines, script):
                patterns.append((AskedOfBot(topic, code), found))
    return patterns


@cache
def _written() -> dict[str, dict[str, Any]]:
    return cast(dict[str, dict[str, Any]], read_bundled(_FILE))
