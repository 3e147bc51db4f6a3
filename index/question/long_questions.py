"""Cuts a question to its beginning, so that a pasted book takes no longer than a long question.

No question that people put has so many words; of the real ones that quality is measured on, the
longest has 299 words, and 1,114 characters. What is cut off, the answer tells.
"""

from __future__ import annotations

from itertools import islice

import regex

from index.text.words import UNSPACED

#: So many words of a question are read; in a script without spaces, each character is one.
MOST_WORDS = 300
#: And so many characters, with what is between words.
MOST_CHARACTERS = 2_000
#: So many characters at the end of what was read tell where that is.
_TOLD = 40
_WORD = regex.compile(rf"(?V1)[{UNSPACED}]|[\w--[_{UNSPACED}]]++")


def beginning_of(words: str) -> tuple[str, str]:
    """Return the beginning of a question's *words* that is read, and the last words of it.

    The latter are empty if no word is left out.
    """
    if len(words) <= MOST_WORDS:
        return words, ""
    beyond = next(islice(_WORD.finditer(words), MOST_WORDS, None), None)
    beginning = words[: beyond.start()].rstrip() if beyond else words
    if len(beginning) > MOST_CHARACTERS:
        # Not within a word, unless it is as long.
        beginning = beginning[:MOST_CHARACTERS].rpartition(" ")[0] or beginning[:MOST_CHARACTERS]
    return beginning, end_of(beginning) if _WORD.search(words, len(beginning)) else ""


def end_of(beginning: str) -> str:
    """Return the last words of the *beginning* of a question, by which it is told where it ends."""
    last = beginning[-_TOLD:]
    return last if len(beginning) <= _TOLD or " " not in last else last.partition(" ")[2]
