"""Opens a story that is to be checked, and gives its text: as typed, or as its document has it.

Plain text and Markdown are taken as they were typed, so that places in them are the writer's own.
Any other document is read by its reader, and its blocks are the paragraphs of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import regex

from documents.model import Block, BlockKind, Extract, Field, Refused, Source, Unreadable
from documents.opening.limits import MEGABYTE, size_of
from documents.opening.paths import STANDARD_INPUT, Fetch, open_paths
from index import printable

#: Characters of a story: some 300,000 words, three long novels. Who gives more means a folder.
MOST_TEXT = 2 * MEGABYTE
#: How text begins that is no document to put on record: JSON, code, a statement's own file.
_TEXT_THOUGH_REFUSED = (b"{", b"[", b"---")
#: Where a title stands that a reader of the document does not see.
_NO_HEADLINE = ("file properties", "book's metadata", "<meta>", "JSON-LD")
_LINE_ENDS = regex.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: What readers say to do with a document is meant for one that is put on record.
_TO_BE_FILED = (
    (regex.compile(r"\badd(?= (?:that|it|the|these)\b)"), "check"),
    (regex.compile(r"a file, a folder or a link"), "a file or a link"),
    (regex.compile(r"\b(that is to|should) be filed\b"), r"\1 be checked"),
)


@dataclass(frozen=True, slots=True)
class StoryText:
    """The text of a story."""

    text: str
    #: Whether it is as it was typed, so that its lines are the writer's; otherwise its paragraphs
    #: are those of a document, with blank lines between them.
    as_typed: bool


def open_story(
    name: str, *, fetch: Fetch | None = None, standard_input: BinaryIO | None = None
) -> Source | Refused:
    """Return the story that *name* leads to: a file, a link or, for "-", standard input.

    *fetch* opens a link, by default from the public internet.
    """
    if name not in ("", STANDARD_INPUT) and _is_folder(name):
        what, repair = "it is a folder", "Name the file of the story."
        return Refused(name=printable(name), what=what, repair=repair)
    found = list(islice(open_paths([name], fetch=fetch, standard_input=standard_input), 2))
    if len(found) > 1:
        what, repair = "it holds several files", "Name the one that is the story, unpacked."
        return Refused(name=printable(name), what=what, repair=repair)
    (one,) = found
    if isinstance(one, Source):
        return one
    return Refused(name=one.name, what=one.what, repair=_for_a_story(one.repair))


def text_of_story(source: Source, read: Callable[[Source], list[Extract]]) -> StoryText:
    """Return the text of *source*; *read* reads a document, as ``LimitedReader.read`` does.

    Raises:
        Unreadable: it is empty, cannot be read, or has more than ``MOST_TEXT`` characters.
    """
    from documents.reading.decoding import decode  # noqa: PLC0415  # not needed by other commands

    try:
        as_typed = _is_typed(source)
        text = decode(source) if as_typed else _in_blocks(read(source))
    except Unreadable as error:
        raise Unreadable(error.what, _for_a_story(error.repair)) from None
    if not text.strip():
        raise Unreadable("there is no text in it", "Give a story that has text.")
    if len(text) > MOST_TEXT:
        what = f"it has {size_of(len(text))} of text, and at most {size_of(MOST_TEXT)} are checked"
        raise Unreadable(what, "Give the part that has the quotations.")
    return StoryText(_LINE_ENDS.sub("\n", text), as_typed)


def _is_typed(source: Source) -> bool:
    """Return whether *source* is taken as it was typed."""
    from documents.reading.formats import Format, format_of  # noqa: PLC0415  # see above

    try:
        return format_of(source) in (Format.TEXT, Format.MARKDOWN)
    except Unreadable:
        if source.content.lstrip().startswith(_TEXT_THOUGH_REFUSED):
            return True
        raise


def _in_blocks(extracts: list[Extract]) -> str:
    """Return the paragraphs of a document, with blank lines between them.

    Raises:
        Unreadable: all of its parts are refused.
    """
    refused = next(filter(None, (extract.refused for extract in extracts)), None)
    if refused and not any(extract.blocks for extract in extracts):
        raise Unreadable(refused.what, refused.repair)
    return "\n\n".join(text for extract in extracts for text in _paragraphs(extract))


def _paragraphs(extract: Extract) -> list[str]:
    """Return the texts of the blocks, and the headline first, which readers take from a page."""
    texts = [_text(block) for block in extract.blocks]
    title = next((one for one in extract.claims if one.field is Field.TITLE), None)
    if title is None or title.where.startswith(_NO_HEADLINE) or title.value in texts:
        return texts
    return [title.value, *texts]


def _text(block: Block) -> str:
    """Return the text of *block*; a block quotation may have no other marks than Markdown's."""
    return f"> {block.text}" if block.kind is BlockKind.QUOTE else block.text


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False  # and why, is told when it is opened


def _for_a_story(repair: str) -> str:
    """Return *repair* as it is said of a story, a whole sentence."""
    for pattern, instead in _TO_BE_FILED:
        repair = pattern.sub(instead, repair)
    return repair if repair.endswith(".") else f"{repair}."
