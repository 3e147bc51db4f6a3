"""Checks a story in the terminal: reads it, has its quotations graded, and shows how they stand.

``documents`` reads, ``index`` grades; ``story_report``, ``story_json`` and the page of
``story_page`` show. Exit codes: 0 if every quotation is on record word for word; 1 if one is not,
or may have been missed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.i18n.strings import strings_of
from documents import (
    LimitedReader,
    Refused,
    Source,
    StoryText,
    Unreadable,
    open_story,
    text_of_story,
)
from index import CheckedStory, Grade, Index, OnRecordError, printable, replace_whole

#: The grades of quotations whose words are those on record.
_WORD_FOR_WORD = frozenset({Grade.VERBATIM, Grade.PUNCTUATED})


class NotChecked(OnRecordError):
    """A story cannot be checked: which one, what is wrong, and the repair."""

    def __init__(self, subject: str, what: str, repair: str) -> None:
        """Carry the *subject*, *what* is wrong with it and the *repair*, a whole sentence."""
        self.subject, self.what, self.repair = subject, what, repair
        super().__init__(f"{subject}: {what}. {repair}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """How a story is checked."""

    #: Builds the index; called when the story has been read.
    load: Callable[[], Index]
    today: date
    #: Whether a JSON object is printed.
    json: bool = False
    #: Where a page of it is written, if anywhere.
    page: Path | None = None
    #: Whether it is told which rule graded each quotation.
    explain: bool = False


def check_quotations(name: str, checking: Checking) -> int:
    """Show how the quotations of the story that *name* leads to stand; return the exit code.

    Raises:
        NotChecked: it cannot be read, nothing is on record, or its page cannot be written.
    """
    opened = _opened(name)
    read = _text_of(opened)
    index = checking.load()
    if not index.searched.statements:
        repair = "Put what it quotes on record: “onrecord add FILE”, with the same --data if any."
        raise NotChecked(opened.name, "nothing is on record to check it against", repair)
    began = time.perf_counter()
    story = index.check_story(read.text, checking.today)
    milliseconds = (time.perf_counter() - began) * 1000
    if checking.page:
        named = opened.name if opened.url else opened.name.rsplit("/", 1)[-1]
        _write_page(checking.page, story, named, as_typed=read.as_typed)
    if checking.json:
        from bot.terminal.json_output import as_json  # noqa: PLC0415  # only what is asked for
        from bot.terminal.story_json import story_object  # noqa: PLC0415

        print(as_json(story_object(story, milliseconds)))
    else:
        from bot.terminal.story_places import Places  # noqa: PLC0415
        from bot.terminal.story_report import show_story  # noqa: PLC0415

        places = Places.of(read.text, as_typed=read.as_typed)
        show_story(story, places, strings_of(), explain=checking.explain)
        if checking.page and sys.stderr.isatty():
            sys.stderr.write(f"onrecord: the page is in {printable(checking.page)}\n")
    missed = story.unbalanced or story.read < len(story.draft)
    right = not missed and all(one.grade in _WORD_FOR_WORD for one in story.quotations)
    return 0 if right else 1


def _opened(name: str) -> Source:
    if name == "-" and sys.stdin.isatty():
        sys.stderr.write("onrecord: paste the story, then press Ctrl-D on a line of its own.\n")
    opened = open_story(name)
    if isinstance(opened, Refused):
        raise NotChecked(opened.name, opened.what, opened.repair)
    return opened


def _text_of(source: Source) -> StoryText:
    try:
        with LimitedReader() as reader:
            return text_of_story(source, reader.read)
    except Unreadable as error:
        raise NotChecked(source.name, error.what, error.repair) from None


def _write_page(page: Path, story: CheckedStory, name: str, *, as_typed: bool) -> None:
    """Write a page of *story*, which is called *name*, to the file *page*.

    Only a page of ours, or an empty file, is written over: a slip must not cost anybody the story.
    """
    from bot.rendering.story_page import BEGINNING, story_page  # noqa: PLC0415  # only if asked for

    named = printable(page)
    try:
        if page.is_dir():
            repair = f"Name a file in it: {printable(page / 'story.html')}"
            raise NotChecked(f"--html {named}", "it is a folder", repair)
        if page.exists() and not _is_free(page, BEGINNING.encode()):
            what, repair = "what is there is no page of On Record", "Name another file."
            raise NotChecked(f"--html {named}", what, repair)
        html = story_page(story, name, strings_of(), as_typed=as_typed)
        replace_whole(page, html.encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        reason = printable(getattr(error, "strerror", None) or error)
        repair = "Name a file in a folder that you may write to."
        raise NotChecked(f"--html {named}", f"it cannot be written ({reason})", repair) from None


def _is_free(path: Path, beginning: bytes) -> bool:
    """Return whether *path* is a file that is empty, or begins with *beginning*."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(beginning)) in (b"", beginning)
