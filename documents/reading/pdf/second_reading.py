"""Reads a document from right to left a second time, with pypdf, and compares the words.

The order of the letters in it is repaired (``letters``), and a wrong one makes every quote wrong.
pypdf reads such letters in the right order, but breaks and joins words, and puts a glyph in the
wrong word: what it has otherwise for these reasons alone is no disagreement.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import regex

from documents.model import Doubt, Warned
from documents.reading.pdf.lines import Line

#: pypdf takes two seconds or more for a million bytes of drawing: more would take a minute.
_BYTES = 3_000_000

#: Words that a warning lists.
_LISTED = 5

_RUN = regex.compile(r"\d++|\D++")

#: Letters that one glyph shows.
_OF_A_GLYPH = (2, 3)


def compared(content: bytes, lines: Iterable[Line]) -> list[Warned]:
    """Return a warning if pypdf reads words of *lines* otherwise, or cannot tell."""
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        return [
            _doubt(
                "text from right to left was read once only, and its letters may be swapped; "
                'for a second reading, pip install "onrecord[rtl]"'
            )
        ]
    # What it says of a damaged file is no message to whoever adds a document.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    by_page: defaultdict[int, list[str]] = defaultdict(list)
    for line in lines:
        by_page[line.page] += line.text.split()
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        second = _read_again(reader, sorted(by_page))
    except Exception as error:  # pypdf raises errors of its own and any other on damaged files
        return [_doubt(f"pypdf cannot read it a second time ({type(error).__name__})")]
    different = differing((by_page[page], second[page]) for page in second)
    warnings = []
    if different:
        listed = ", ".join(f"“{word}”" for word in different[:_LISTED])
        more = f" and {len(different) - _LISTED} more" if len(different) > _LISTED else ""
        warnings.append(_doubt(f"a second reading has other letters in {listed}{more}"))
    if len(second) < len(by_page):
        what = f"only {len(second)} of {len(by_page)} pages were short enough to be read twice"
        warnings.append(_doubt(what))
    return warnings


def _read_again(reader: Any, pages: Iterable[int]) -> dict[int, str]:
    """Return what pypdf's *reader* reads on *pages*, as far as there is time for them."""
    second: dict[int, str] = {}
    left = _BYTES
    for number in pages:
        page = reader.pages[number - 1]
        content = page.get_contents()
        size = len(content.get_data()) if content is not None else 0
        if size <= left:
            left -= size
            second[number] = page.extract_text()
    return second


def _doubt(text: str) -> Warned:
    return Warned(text=text, doubt=Doubt.LETTERS)


def differing(pages: Iterable[tuple[Sequence[str], str]]) -> list[str]:
    """Return the words whose letters the second reading of their page does not have.

    *pages* holds each page's words and its second reading. A word that both read alike on some
    page is certain on every other: a glyph shows the same letters wherever it stands.
    """
    certain: set[str] = set()
    doubtful: dict[str, str] = {}
    for words, second in pages:
        whole = _bare(second)
        for word, bare in ((given, part) for given in words for part in _parts(given)):
            if bare in whole:
                certain.add(bare)
            elif not _is_moved(bare, whole):
                doubtful.setdefault(bare, word)
    return [word for bare, word in doubtful.items() if bare not in certain]


def _is_moved(word: str, whole: str) -> bool:
    """Tell whether *whole* has *word* with one glyph in another place."""
    for length in _OF_A_GLYPH:
        for start in range(len(word) - length + 1):
            glyph, rest = word[start : start + length], word[:start] + word[start + length :]
            if len(rest) > 2 and rest in whole and glyph in whole:
                return True
    return False


def _parts(word: str) -> list[str]:
    """Return the runs of letters and of figures in *word*: their order is no matter of letters."""
    return [part for part in _RUN.findall(_bare(word)) if part]


def _bare(text: str) -> str:
    """Return the letters and figures of *text*, without marks, and with one shape of figures."""
    bare = []
    for character in unicodedata.normalize("NFKC", text):
        if character.isalpha():
            bare.append(character)
        elif character.isdecimal():
            bare.append(str(unicodedata.decimal(character)))
    return "".join(bare)
