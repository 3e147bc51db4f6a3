"""Names the pages of ``/sources`` by short codes, which fit into callback data with all the rest.

A code is the same in every process and after every reload. What is on a page, ``sources`` tells.

    (empty)             the first page
    n                   the newest statements
    d2025-02/BASE       a shelf, to choose a year, a month or a day of that period
    l2025-02/BASE       the statements on it, newest first
    s                   speakers, those with most statements first
    a    aA    aA-C     initials of speakers; speakers of an initial, or of several
    k                   kinds

The BASE is empty for all statements, ``p`` and a speaker's code, ``k`` and a kind, or ``w`` and
words; ``w`` alone means the words that the bot was sent, which were too long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from bot.rendering.callback_data import MAX_BYTES, Action, CallbackData
from index import UNDATED

_SHELF = regex.compile(
    rf"(?P<view>[dl])(?P<period>(?:[0-9]{{4}}(?:-[0-9]{{2}}(?:-[0-9]{{2}})?)?|{UNDATED})?)/"
    r"(?:(?P<base>p)(?P<name>[0-9A-Z]{12})|(?P<base>k)(?P<name>[a-z_]{1,20})"
    r"|(?P<base>w)(?P<name>.*)|(?P<base>)(?P<name>))",
    regex.DOTALL,
)
_INITIALS = regex.compile(r"(?P<first>\X)(?:-(?P<last>\X))?")
#: A button to a statement of the last page of a shelf, but for the words on it.
_LONGEST_ELSE = CallbackData(
    Action.STATEMENT,
    number=9999,
    page=1,
    reference="XXXX-XXXX",
    history=(Action.SOURCES,),
    question="l2025-02-24/w",
)
_ROOM_FOR_WORDS = MAX_BYTES - len(_LONGEST_ELSE.packed())


class PageKind(StrEnum):
    """What there is to choose on a page; the values are what codes begin with."""

    FIRST = ""
    NEWEST = "n"
    DATES = "d"
    LIST = "l"
    SPEAKERS = "s"
    INITIALS = "a"
    KINDS = "k"


class Base(StrEnum):
    """What the statements of a shelf have in common, besides their period."""

    ALL = ""
    SPEAKER = "p"
    KIND = "k"
    WORDS = "w"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ``/sources``, but for its number."""

    kind: PageKind = PageKind.FIRST
    #: Of a shelf: the beginning of a date, "-" for what is undated, or empty for any.
    period: str = ""
    base: Base = Base.ALL
    #: A speaker's code, a kind's name, or words; of initials, the first and the last.
    name: str = ""

    @property
    def code(self) -> str:
        """The code of the page; words that are too long are left out of it."""
        name = self.name
        if self.base is Base.WORDS and len(name.encode(errors="replace")) > _ROOM_FOR_WORDS:
            name = ""
        if self.kind in (PageKind.DATES, PageKind.LIST):
            return f"{self.kind}{self.period}/{self.base}{name}"
        return f"{self.kind}{name}"

    @property
    def wider(self) -> Page:
        """The page to choose a period that has this one: a month's is that of its year."""
        period = "" if self.period == UNDATED else self.period[: max(0, len(self.period) - 3)]
        return replace(self, kind=PageKind.DATES, period="" if len(period) < 4 else period)


FIRST = Page()


def read_page(code: str, words: str = "") -> Page:
    """Return the page of *code*; the first page if it is none.

    *words* are what the bot was sent, which stand for those that a code has no room for.
    """
    if code and code[0] in "dl":
        found = _SHELF.fullmatch(code)
        if found is None:
            return FIRST
        base, name = Base(found["base"]), found["name"]
        name = name or words if base is Base.WORDS else name
        if bool(name) != (base is not Base.ALL):
            return FIRST
        return Page(PageKind(found["view"]), found["period"], base, name)
    kind, name = code[:1], code[1:]
    if kind == PageKind.INITIALS and (not name or _INITIALS.fullmatch(name)):
        return Page(PageKind.INITIALS, name=name)
    known = not name and kind in (PageKind.NEWEST, PageKind.SPEAKERS, PageKind.KINDS)
    return Page(PageKind(kind)) if known else FIRST


def initials(page: Page) -> tuple[str, str]:
    """Return the first and the last initial of a *page* of initials that names any.

    >>> initials(Page(PageKind.INITIALS, name="A-C")), initials(Page(PageKind.INITIALS, name="A"))
    (('A', 'C'), ('A', 'A'))
    """
    found = _INITIALS.fullmatch(page.name)
    return (found["first"], found["last"] or found["first"]) if found else ("", "")
