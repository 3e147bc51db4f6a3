"""Reads the operators in a question: exact phrases, excluded words, filters.

    "exact phrase"      must stand in the paragraph, word for word; “ ” „ “ « » 「 」 『 』 do too
    -word  -"phrase"    must not stand in it; ``China-Pakistan`` and ``- word`` are plain words
    from:               a speaker or the publisher
    in:                 a statement's id, or words of its title
    kind:               a kind of statement: ``kind:remarks``, ``kind:press-release``
    on:  year:          said on that day, or in that week, month or year
    after:  before:     from its first day on; up to the day before it

A value is one token, or stands in quotation marks; a date may also be written out: ``on:6 February
2025``. The case of operator names does not matter. Several ``from:`` mean any of them, and so do
several ``in:`` and ``kind:``; several dates mean the days that are in all of them. An operator that
cannot be read is taken as plain words and reported; ``foo:bar`` and links are plain words.

``wording.dates`` reads the dates, and ``paragraph_filter`` finds in a record what the operators
name.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from index.model.statement import Kind
from index.wording.dates import Dates, bounded, read_dates, spelled_date

#: No real question has more operators; the rest of a hostile one is plain words.
_MOST_OPERATORS = 16
#: At most this many dates are read: one that makes no sense can take the library milliseconds.
_MOST_DATES = 4
_CLOSING = {
    '"': re.compile('"'),
    "“": re.compile("”"),
    "„": re.compile("[“”]"),
    "«": re.compile("»"),
    "「": re.compile("」"),
    "『": re.compile("』"),
}
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„«»「」『』', " "))
#: Every operator has one of these characters.
_MARK = re.compile('["“„«「『:-]')
_DATE_NAMES = ("on", "after", "before", "year")
_NAMES = "|".join(("from", "in", "kind", *_DATE_NAMES))
#: Where an operator may begin. A straight mark between a word and white space closes a quotation,
#: one after a digit means inches, and one after a Hebrew letter is part of an acronym; « after a
#: word closes what » opened.
_START = re.compile(
    rf"""
    (?<!\S) (?P<name>(?ai:{_NAMES})) :
  | (?P<dash>(?<!\S)-) (?: (?P<name_after_dash>(?ai:{_NAMES})) : | (?=[^\W_]|["“„«「『]) )
  | (?P<mark> (?<!\S)" | (?<![0-9\u05d0-\u05ea])"(?=\S) | [“„「『] | (?<![\w.,!?…])« )
    """,
    re.VERBOSE,
)
_WHITE_SPACE = re.compile(r"\s")
_NAME_IN_WORDS = re.compile(rf"\b((?ai:{_NAMES})):")
_DASH_IN_WORDS = re.compile(r"(?<!\S)-+(?=\w)")
_PUNCTUATION = ",;.?!…)]，、；。？！）"
#: In the singular and the plural.
_KINDS = {
    form: kind
    for kind in Kind
    for form in (kind.value, f"{kind.value}s", kind.value.removesuffix("s"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The conditions that a paragraph must meet to be searched; false if there are none."""

    #: Any of these is a speaker or the publisher.
    speakers: tuple[str, ...] = ()
    #: Any of these is the statement's id, or words of its title.
    statements: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    #: Contradictory dates are an empty range.
    dates: Dates | None = None

    def __bool__(self) -> bool:
        """Whether there is a condition."""
        return bool(self.speakers or self.statements or self.kinds or self.dates is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a user typed, with its operators read."""

    #: As typed.
    text: str
    #: What to rank by: the text without operators, with the words of phrases, spaces single.
    words: str
    #: Phrases that a paragraph must have, without quotation marks.
    phrases: tuple[str, ...] = ()
    #: Words and phrases that it must not have.
    excluded: tuple[str, ...] = ()
    filters: Filters = Filters()
    #: The day on which it is asked, from which "last week" is counted.
    today: datetime.date = datetime.date.min
    #: Operators, as typed, that could not be read; their words are among ``words``.
    unparsed: tuple[str, ...] = ()
    #: The operators, as typed, that are filters.
    narrowed: tuple[str, ...] = ()
    #: Whether all words are those of phrases.
    only_phrases: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of a question so far."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    dates: Dates | None = None
    dates_begun: int = 0
    unparsed: list[str] = field(default_factory=list)
    narrowed: list[str] = field(default_factory=list)
    #: How many operators have begun, read or not.
    operators: int = 0
    #: Whether there is a word outside phrases.
    plain: bool = False

    def add(self, words: str) -> None:
        """Add *words* that are no phrase."""
        self.words.append(words)
        self.plain = self.plain or any(map(str.isalnum, words))


def read_question(text: str, today: datetime.date | None = None) -> Question:
    """Return *text* read as a question asked on the day *today*.

    >>> question = read_question('port from:Rahman "deep water" -rail', datetime.date(2026, 11, 22))
    >>> question.words, question.phrases, question.excluded, question.filters.speakers
    ('port deep water', ('deep water',), ('rail',), ('Rahman',))
    """
    today = today or datetime.date.today()
    start = _START.search(text) if _MARK.search(text) else None
    if start is None:
        words = " ".join(text.split())
        return Question(text=text, words=words, today=today)
    reading = _Reading()
    position = 0
    while start:
        reading.add(text[position : start.start()])
        position = start.start()
        if reading.operators == _MOST_OPERATORS:
            reading.unparsed.append(text[position : _token_end(text, position)])
            break
        reading.operators += 1
        position = _read_operator(text, start, today, reading)
        start = _START.search(text, position)
    reading.add(text[position:])
    words = _plain(" ".join(reading.words))
    return Question(
        text=text,
        words=words,
        phrases=tuple(reading.phrases),
        excluded=tuple(reading.excluded),
        filters=Filters(
            speakers=tuple(reading.speakers),
            statements=tuple(reading.statements),
            kinds=tuple(reading.kinds),
            dates=reading.dates,
        ),
        today=today,
        unparsed=tuple(reading.unparsed),
        narrowed=tuple(reading.narrowed),
        only_phrases=bool(reading.phrases) and not reading.plain,
    )


def _read_operator(text: str, start: re.Match[str], today: datetime.date, reading: _Reading) -> int:
    """Read the operator that begins at *start* into *reading*; return where it ends."""
    name = (start["name"] or "").lower()
    value, stop = _value(text, start.start("mark") if start["mark"] else start.end(), name)
    if value and not start["name_after_dash"]:
        if start["mark"]:
            reading.phrases.append(value)
            reading.words.append(value)
            return stop
        if start["dash"]:
            reading.excluded.append(value)
            return stop
        if _read_filter(name, value, today, reading):
            reading.narrowed.append(text[start.start() : stop])
            return stop
    reading.add(text[start.start() : stop])
    reading.unparsed.append(text[start.start() : stop if value else _token_end(text, stop)])
    return stop


def _value(text: str, start: int, name: str) -> tuple[str, int]:
    """Return the value that begins at *start*, and where it ends.

    The value is empty if a quotation mark is not closed, or if it has no letter or digit.
    """
    if closing := _CLOSING.get(text[start : start + 1]):
        closed = closing.search(text, start + 1)
        if closed is None:
            return "", start + 1
        value, stop = " ".join(text[start + 1 : closed.start()].split()), closed.end()
    else:
        stop = spelled_date(text, start) if name in _DATE_NAMES else start
        if stop == start:
            stop = _token_end(text, start)
        value = text[start:stop].rstrip(_PUNCTUATION)
        stop = start + len(value)
    return (value if any(map(str.isalnum, value)) else ""), stop


def _token_end(text: str, start: int) -> int:
    """Return where the token at *start* ends: at white space, or with the text."""
    match = _WHITE_SPACE.search(text, start)
    return match.start() if match else len(text)


def _read_filter(name: str, value: str, today: datetime.date, reading: _Reading) -> bool:
    """Read one filter into *reading*; return whether it could be read."""
    if name == "from":
        reading.speakers.append(value)
    elif name == "in":
        reading.statements.append(value)
    elif name == "kind":
        kind = _KINDS.get(value.lower().replace("-", " ").replace("_", " "))
        if kind is None:
            return False
        reading.kinds.append(kind)
    else:
        reading.dates_begun += 1
        dates = read_dates(value, today) if reading.dates_begun <= _MOST_DATES else None
        if dates is None or (name == "year" and not dates.is_year):
            return False
        dates = bounded(name, dates)
        reading.dates = dates if reading.dates is None else reading.dates.overlap(dates)
    return True


def _plain(text: str) -> str:
    """Return *text* with no operators left: reading it again finds none."""
    text = _NAME_IN_WORDS.sub(r"\1 ", text.translate(_QUOTATION_MARKS))
    return " ".join(_DASH_IN_WORDS.sub("", text).split())
