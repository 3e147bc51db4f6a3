"""Reads plain text: which lines are a paragraph, and what its first lines say of it.

A heading cannot be told from a short paragraph in it, so that all blocks are paragraphs. A day at
its beginning stays in the text; what it means is decided where a draft is made.
"""

from __future__ import annotations

import datetime

import regex

from documents.model import Block, Claim, Extract, Field, Source, Unreadable, Warned
from documents.reading.decoding import decode
from documents.reading.moments import read_moment
from documents.reading.wrapped_lines import Paragraphs, paragraphs_in

#: What ends a line, or a page: vertical tab, form feed and the separators of Unicode.
_LINE_ENDS = regex.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u2060")
#: Lines of dashes, stars or underscores part a text and are none of its words.
_RULE = regex.compile(r"^[\s*_=~#·•─—–-]{3,}+$")
_LONGEST_TITLE = 120
#: A line of so many letters below the title is no line of it.
_LONG = 60
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_NO_TITLE = regex.compile(r"[.;:,!?…。！？；：，、۔؟،][)”’»\"'」）]?$|[:：]\s")
#: As an e-mail that was saved as text begins, in the order of its importance here.
_HEADERS = regex.compile(r"^(?P<name>Subject|Date|From|To|Cc|Sent|Reply-To): ++(?P<value>\S.*+)$")
_FEWEST_HEADERS = 2
_TITLE_OF_HEADERS = regex.compile(r"^(?:(?:Re|Fwd?|Fw): *+)++", regex.IGNORECASE)
_SHOWN_HYPHENS = 10


def read_plain_text(source: Source) -> list[Extract]:
    """Return the paragraphs of the text in *source*.

    Raises:
        Unreadable: it is no text, or there is none in it.
    """
    text = decode(source)
    headers, body = _header_lines(text)
    paragraphs = paragraphs_of(body)
    if not paragraphs.texts:
        raise Unreadable("there is no text in it", "Give a file that has text")
    claims = _header_claims(headers) if headers else _title_claim(body, paragraphs.texts[0])
    return [
        Extract(
            blocks=tuple(map(_block, paragraphs.texts, paragraphs.lines)),
            claims=tuple(claims),
            warnings=hyphen_warnings(paragraphs),
        )
    ]


def _block(text: str, lines: tuple[str, ...]) -> Block:
    return Block(text=text, lines=lines)


def paragraphs_of(text: str) -> Paragraphs:
    """Return the paragraphs of *text*: between blank lines, or one a line where lines are long.

    A line of any white space is blank. Lines that were broken at a measure are joined.
    """
    groups: list[list[str]] = [[]]
    for line in _LINE_ENDS.split(text):
        if line.translate(_INVISIBLE).strip() and not _RULE.match(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return paragraphs_in(group for group in groups if group)


def hyphen_warnings(paragraphs: Paragraphs) -> tuple[Warned, ...]:
    """Return a warning of the words in *paragraphs* that a line's end breaks at a hyphen."""
    if not paragraphs.hyphenated:
        return ()
    shown = ", ".join(f"“{word}”" for word in paragraphs.hyphenated[:_SHOWN_HYPHENS])
    more = len(paragraphs.hyphenated) - _SHOWN_HYPHENS
    others = f" and {more} more" if more > 0 else ""
    return (Warned(text=f"words broken at a line's end keep their hyphens: {shown}{others}"),)


def _header_lines(text: str) -> tuple[dict[str, str], str]:
    """Return the e-mail headers that *text* begins with, and the text behind them.

    One such line alone may be a sentence of the text.
    """
    lines = text.lstrip("\ufeff\n\t ").split("\n")
    headers: dict[str, str] = {}
    count = 0
    for line in lines:
        match = _HEADERS.match(line)
        if not match:
            break
        headers.setdefault(match["name"], match["value"].strip())
        count += 1
    behind = count < len(lines) and not lines[count].strip()
    if len(headers) < _FEWEST_HEADERS or not behind:
        return {}, text
    return headers, "\n".join(lines[count:])


def _header_claims(headers: dict[str, str]) -> list[Claim]:
    claims = []
    if subject := _TITLE_OF_HEADERS.sub("", headers.get("Subject", "")):
        claims.append(Claim(field=Field.TITLE, value=subject, where="line “Subject:”"))
    day = _day_of_header(headers.get("Date") or headers.get("Sent") or "")
    if day:
        claims.append(Claim(field=Field.PUBLISHED, value=day.isoformat(), where="line “Date:”"))
    if sender := headers.get("From"):
        # Whoever sends it is not who speaks.
        name = sender.split("<")[0].strip(" \"'") or sender
        claims.append(Claim(field=Field.PUBLISHER, value=name, where="line “From:”"))
    return claims


def _day_of_header(value: str) -> datetime.date | None:
    moment = read_moment(value)
    return moment.day if moment else None


def _title_claim(text: str, first: str) -> list[Claim]:
    """Return the first line as the title, if it is short and the *first* paragraph.

    Before a blank line it is; elsewhere where each line is a paragraph.
    """
    lines = [line.translate(_INVISIBLE).strip() for line in _LINE_ENDS.split(text.lstrip())]
    behind = lines[1] if len(lines) > 1 else ""
    alone = any(lines[1:]) and (not behind or (lines[0] == first and _is_long(behind)))
    if not alone or len(lines[0]) > _LONGEST_TITLE or _NO_TITLE.search(lines[0]):
        return []
    return [Claim(field=Field.TITLE, value=lines[0], where="first line")]


def _is_long(line: str) -> bool:
    """Return whether *line* is a paragraph; a character of Chinese is as wide as two."""
    return len(line) + len(_WIDE.findall(line)) > _LONG
