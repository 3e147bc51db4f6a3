"""Shows words of a draft in Telegram's HTML: as they stand, or with the words that differ marked.

What the story has and the record has not is struck through, what the record has instead is bold.
Whoever wrote the draft could have the bot mention others or recommend an address: words that
Telegram would make that of stand in code, where it looks for none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from unicodedata import east_asian_width

import regex

from bot.rendering.fitting import between_words
from bot.rendering.html import plain
from index import CheckedQuotation, Difference

#: A quotation is shown to about so many characters: a third of the screen of a phone.
LONGEST_QUOTED = 700
#: Words that stand on both sides, between two that differ, are shown whole up to so many
#: characters; of more, so many at each end.
_LONGEST_SAME, _SHOWN_SAME = 240, 110
#: Words that differ are cut to so many.
_LONGEST_DIFFERENT = 200
#: So many differences of a quotation are marked, and so many runs of words put in code: Telegram
#: keeps a hundred entities in a message.
_MOST_MARKED, _MOST_IN_CODE = 8, 6
_CUT = " […] "
_RUNS = regex.compile(r"\s++|\S++")
#: What Telegram may make a mention, a #tag, a $TAG, a /command, an address or a number of a
#: telephone of.
_MAY_ACT = regex.compile(r"@\w|#\w|\$[A-Z]|(?<!\w)/\w|://|[\w-]\.\p{L}{2}|(?:[0-9][().-]?){9}")


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a quotation as it is shown, with a tag around them or none."""

    text: str
    tag: str = ""
    #: Whether they are the record's, which act as they do in any other reply.
    on_record: bool = False


def words_of_draft(text: str) -> str:
    """Return *text* of a draft as HTML; what Telegram would make a link or a mention is in code.

    >>> words_of_draft("Ask @everyone, at 9.30 a.m.")
    'Ask <code>@everyone,</code> at 9.30 a.m.'
    """
    return _html([_Part(text)])


def quotation_of(checked: CheckedQuotation, draft: str) -> str:
    """Return a quotation of *draft* with its marks as HTML, what differs struck through and bold.

    Words that do not differ are left out of a long one, which is marked.
    """
    kept, room = [], LONGEST_QUOTED
    for part in _parts(checked, draft):
        text = part.text if len(part.text) <= room else _beginning(part.text, room)
        kept.append(replace(part, text=text))
        room -= len(part.text)
        if room <= 0:
            break
    return _html(kept)


def beginning_of(checked: CheckedQuotation, draft: str, longest: int) -> str:
    """Return the first words of a quotation of *draft* with its mark, as HTML."""
    text = _on_one_line(draft[checked.quotation.start : checked.quotation.stop])
    if len(text) > longest:
        text = f"{text[: between_words(text, longest, 1)]} …"
    return words_of_draft(text)


def _parts(checked: CheckedQuotation, draft: str) -> Iterator[_Part]:
    """Yield the quotation in parts, in order."""
    place, stop = checked.quotation.start, checked.quotation.stop
    space = ""
    for one in _told(checked):
        start, end = one.written
        yield _Part(space + _without_middle(_on_one_line(draft[place:start])))
        space = ""
        if start < end:
            yield _Part(_short(_on_one_line(draft[start:end])), "s")
        if one.stands:
            stands = one.stands.text.strip()
            yield _Part(" " if _needs_space(draft[start:end] or draft[:start][-1:], stands) else "")
            yield _Part(_short(stands), "b", on_record=True)
            space = " " if _needs_space(stands, draft[end:stop][:1]) else ""
        place = end
    yield _Part(space + _without_middle(_on_one_line(draft[place:stop])))


def _told(checked: CheckedQuotation) -> list[Difference]:
    """Return the differences that are marked, in the draft's order, none over another."""
    within = (checked.quotation.start, checked.quotation.stop)
    told: list[Difference] = []
    end = within[0]
    # The worst come first, if there are too many.
    for one in sorted(checked.differences[:_MOST_MARKED], key=lambda one: one.written):
        if end <= one.written[0] <= one.written[1] <= within[1]:
            told.append(one)
            end = one.written[1]
    return told


def _needs_space(before: str, after: str) -> bool:
    """Return whether a space belongs between words that end and begin like these."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return False
    if after[0] in ".,;:!?…”’»)]":
        return False
    return not (before[-1] in "“‘«([「『" or _is_wide(before[-1]) or _is_wide(after[0]))


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _without_middle(text: str) -> str:
    if len(text) <= _LONGEST_SAME:
        return text
    first = between_words(text, _SHOWN_SAME, 1)
    last = len(text) - between_words(text[::-1], _SHOWN_SAME, 1)
    return text[:first] + _CUT + text[last:]


def _beginning(text: str, longest: int) -> str:
    return text[: between_words(text, longest, min(longest, 1))] + _CUT.rstrip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_DIFFERENT else _beginning(text, _LONGEST_DIFFERENT)


def _on_one_line(text: str) -> str:
    """Return *text* with each run of white space as one space."""
    return regex.sub(r"\s++", " ", text)


def _html(parts: Sequence[_Part]) -> str:
    """Return *parts* as HTML; of one in which very many words may act, the rest is all code."""
    html, runs = [], 0
    for part in parts:
        apart = [(False, part.text)] if part.on_record else _told_apart(part.text)
        for number, (acts, text) in enumerate(apart):
            runs += acts
            if acts and runs > _MOST_IN_CODE:
                html.append(_tagged("code", "".join(rest for _, rest in apart[number:])))
                break
            html.append(_tagged("code" if acts else part.tag, text))
    return "".join(html)


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{plain(text)}</{tag}>" if tag and text.strip() else plain(text)


def _told_apart(text: str) -> list[tuple[bool, str]]:
    """Return *text* in runs of words of which Telegram may make something, and others."""
    if not _MAY_ACT.search(text):
        return [(False, text)]
    runs = groupby(_RUNS.findall(text), key=lambda run: _MAY_ACT.search(run) is not None)
    return [(acts, "".join(words)) for acts, words in runs]
