"""Finds the paragraphs in which a speaker reads out somebody else's words.

A paragraph that stands wholly between quotation marks, or is a block quote (``>``), is somebody
else's until the text tells otherwise. In doubt it is, because nobody's words may be put into the
speaker's mouth.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

#: Opening marks, each with its closing ones.
_CLOSING = {
    "“": "”“",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "《": "》",
    "〝": "〞〟",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "＂": "＂",
}
#: What may stand before the first mark and after the last: dots, dashes, the mark of a note.
_LEADING = r"[\s*_.…(\[\-–—]*"
_OPENING = regex.compile(rf"\A{_LEADING}(?P<mark>[{''.join(_CLOSING)}])")
_TRAILING = regex.compile(
    r"[\s*_.…,;:!?。，！？؟।۔)\]]*+(?:[\[(]?[0-9]{1,3}[\])]?)?"
    # Who wrote it, after a dash: "… were robbed.” – Professor Kazi, 1971"
    r"(?:\s*+[–—-]{1,2}[^.!?。]{1,80}[.]?)?\s*+"
)
#: A quotation goes over at most this many paragraphs; else a missing mark would make all of a
#: speech somebody else's.
_MOST_PARAGRAPHS = 20


def opens_block_quote(line: str, before: str) -> bool:
    """Return whether *line* begins a block quote beneath the line *before* it."""
    return line.lstrip().startswith(">") and not before.lstrip().startswith(">")


def read_out(texts: Sequence[str], opened: Sequence[bool]) -> list[bool]:
    """Return of each of *texts*, the paragraphs of a statement, whether it is read out.

    *opened* says which begin a turn. A quotation of several paragraphs has an opening mark on each
    and a closing one on the last, or one mark at its beginning and one at its end. Where each turn
    begins with a quotation mark, the marks are the transcript's own, not the speakers'.

    >>> read_out(["He wrote:", "“We hold.”", "I do not."], [True, False, False])
    [False, True, False]
    """
    found = [False] * len(texts)
    index = 0
    while index < len(texts):
        stop = _end_of_quotation(texts, opened, index)
        found[index:stop] = [True] * (stop - index)
        index = max(stop, index + 1)
    turns = [found[index] for index, opens in enumerate(opened) if opens]
    if len(turns) > 1 and all(turns):
        return [False] * len(texts)
    return found


def _end_of_quotation(texts: Sequence[str], opened: Sequence[bool], start: int) -> int:
    """Return the index after the quotation that begins with paragraph *start*; itself if none."""
    text = texts[start]
    if text.lstrip().startswith(">"):
        return start + 1
    match = _OPENING.match(text)
    if not match:
        return start
    if _is_closed(text, match.end(), match["mark"]):
        return start + 1
    if _has(text[match.end() :], _CLOSING[match["mark"]]):
        # It closes within the paragraph: “We hold,” he wrote, and …
        return start
    return _end_in_later_ones(texts, opened, start, match["mark"])


def _end_in_later_ones(texts: Sequence[str], opened: Sequence[bool], start: int, mark: str) -> int:
    """Return the index after a quotation that does not close in paragraph *start*."""
    for index in range(start + 1, min(start + _MOST_PARAGRAPHS, len(texts))):
        if opened[index]:
            break
        text = texts[index]
        again = _OPENING.match(text)
        if again and again["mark"] == mark:
            if _is_closed(text, again.end(), mark):
                return index + 1
            text = text[again.end() :]
        if _has(text, _CLOSING[mark]):
            ends = _TRAILING.fullmatch(text[_last(text, _CLOSING[mark]) + 1 :])
            return index + 1 if ends and not again else index
    return start + 1


def _has(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


def _is_closed(text: str, start: int, mark: str) -> bool:
    """Return whether a quotation with *mark* before *start* goes to the end of *text*.

    Nothing but further quotations stands between: “We hold.” “They do not.”
    """
    closing = _CLOSING[mark]
    last = _last(text, closing)
    if last < start or not _TRAILING.fullmatch(text[last + 1 :]):
        return False
    inside, outside = True, False
    for offset in range(start, last):
        character = text[offset]
        if inside and character in closing and not _within_word(text, offset):
            inside = False
        elif not inside and character == mark:
            inside = True
        elif not inside and character.isalnum():
            outside = True
            break
    return not outside


def _within_word(text: str, offset: int) -> bool:
    """Return whether the mark at *offset* is an apostrophe."""
    return text[offset] in "’‘" and text[offset + 1 : offset + 2].isalpha()


def _last(text: str, marks: str) -> int:
    return max(map(text.rfind, marks))
