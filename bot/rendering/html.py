"""Writes passages in Telegram's HTML: quote, citation, reference; everything escaped.

What else a message says is left to ``replies``, and its buttons to ``keyboards``.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape, unescape

import regex
from telegram.constants import MessageLimit

from bot.citations.parts import speaker_if_new
from bot.i18n.strings import Strings
from bot.rendering.fitting import LONGEST_OPEN, Fitted, arrange, fit
from bot.rendering.limiting import LONGEST_LIMITING_NOTE, limiting_note
from bot.rendering.source_link import source_link
from index import Hit, cited, is_linked, limit_of

#: A paragraph beside the one that is shown folds if it is longer, in characters.
_BESIDE_OPEN = 300
#: Characters that a message may have after parsing, less a few for the marks of cuts and the spaces
#: between parts, which Telegram counts too.
LONGEST_MESSAGE = MessageLimit.MAX_TEXT_LENGTH - 96
#: Bytes that it may have before parsing: 32 KiB as measured, which the library does not name; also
#: less a few.
_LONGEST_HTML = 32 * 1024 - 68
#: Ten links of this length, every character escaped in six bytes, and their titles in five, fit
#: into that.
LONGEST_LISTED_URL = 300
#: What cannot become a link, a mention, a command or a tag: letters, digits, and what joins words.
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}\s'’‘…-]*+")
_TAG = regex.compile(r"<[^<>]*+>")
#: A number of more digits may be that of a telephone or a card.
_MOST_DIGITS = 6
#: Characters between the parts of a passage: line breaks, dots, the marks of cuts.
_BETWEEN = 50
#: So many characters of a passage are always shown.
_LEAST_ROOM = 200


def plain(text: str) -> str:
    """Return *text* so that Telegram takes none of it for markup."""
    return escape(text, quote=False)


def typed(text: str) -> str:
    """Return *text*, which a user typed, so that Telegram makes no link or mention of it.

    Otherwise anybody could have the bot call others by name, or recommend an address. Telegram
    looks for none in code; words that cannot become one stay as they are.

    >>> typed("deep-sea ports"), typed("ask @everyone")
    ('deep-sea ports', '<code>ask @everyone</code>')
    """
    if _WORDS.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        return plain(text)
    return f"<code>{plain(text)}</code>"


def visible_length(html: str) -> int:
    """Return how many characters of *html* Telegram counts: those that are left after parsing."""
    return len(unescape(_TAG.sub("", html)))


def link(url: str, html: str) -> str:
    """Return *html* as a link to *url*; as it is where Telegram would not link that."""
    if not is_linked(url):
        return html
    return f'<a href="{escape(url)}">{html}</a>'


def bold(html: str) -> str:
    """Return *html* in bold."""
    return f"<b>{html}</b>"


def passage(
    hit: Hit,
    strings: Strings,
    note: str = "",
    room: int = LONGEST_MESSAGE,
    *,
    fold: bool = True,
    copies: bool = False,
    withdrawal: bool = True,
) -> str:
    """Return the key sentence, a *note* above, the citation below, and the paragraph folded.

    Above all of it stands that the statement is withdrawn, if it is, unless *withdrawal* is false:
    then that was said before.

    A short paragraph is shown whole instead, with its key sentence in bold; and what is longer is
    not folded beneath unless *fold*. With *copies* the citation tells where else the text stands,
    for want of a button that does. The note is HTML. The passage has at most *room* characters,
    of which names and titles need up to 1,000.
    """
    citation = cited(hit)
    where = strings.where_undated(citation)
    # What is shown is not known yet: with more than the key sentence the line is longer.
    who = strings.who_and_when(citation, in_part=True)
    needed = [who, *where, strings.shortened, citation.reference]
    withdrawn = strings.withdrawal(citation) if withdrawal else ""
    taken = sum(map(len, needed)) + len(withdrawn) + visible_length(note) + _BETWEEN
    also = [strings.copies(len(hit.copies))] if copies and hit.copies else []
    limit = limit_of(hit)
    taken += sum(map(len, also)) + (LONGEST_LIMITING_NOTE if limit else 0)
    # Names of a thousand characters leave no room; some of the words are shown in any case.
    arranged = arrange(hit, max(room - taken, _LEAST_ROOM), fold=fold)
    title, *parts = map(plain, where)
    # In a list of several passages the rest is one press away.
    if fold and not arranged.is_whole:
        parts.append(plain(strings.shortened))
    parts.append(strings.isolated(f"<code>{citation.reference}</code>"))
    parts += map(plain, also)
    # The folded quotation follows on the last of these lines: Telegram begins a new one with it.
    above = list(filter(None, [plain(withdrawn), note]))
    limiting = plain(limiting_note(limit, arranged.shown, strings))
    above += [quoted(arranged.shown), *filter(None, [limiting])]
    above.append(f"— {_who_and_when(hit, arranged.shown, strings)}")
    # Of the folded paragraph three lines can be seen; they should not stress the same words again.
    repeats = arranged.shown.quote.start == 0
    beneath = []
    if arranged.folded:
        beneath.append(quoted(arranged.folded, emphasis=not repeats, folds=True))

    def written(first: str) -> str:
        return "\n".join([*above, strings.direction.marked(" · ".join([first, *parts])), *beneath])

    if citation.url:
        linked = written(link(source_link(hit), title))
        # Only a link can be too long: it is left out.
        if len(linked.encode()) <= _LONGEST_HTML * room // LONGEST_MESSAGE:
            return linked
    return written(title)


def _who_and_when(hit: Hit, shown: Fitted, strings: Strings) -> str:
    """Return the first line of the citation: whose words the key sentence is.

    Where more than that is *shown*, and is not cited alike, the line says so.
    """
    citation, quote = cited(hit), shown.quote
    more = (quote.start, quote.stop) != shown.key
    in_part = more and citation != cited(hit, (quote.start, quote.stop))
    return strings.who_and_when(citation, plain, _important, in_part=in_part)


def _important(name: str) -> str:
    return bold(plain(name))


def quoted(fitted: Fitted, *, emphasis: bool = True, folds: bool = False) -> str:
    """Return the quote, its cuts marked, the key sentence bold with *emphasis*.

    It is folded if it *folds*, or is too long to be open.
    """
    quote, (key_start, key_stop) = fitted.quote, fitted.key
    text = quote.paragraph.text
    key = plain(text[key_start:key_stop])
    # Where the whole quote is the key sentence, bold would say nothing.
    whole = (key_start, key_stop) == (quote.start, quote.stop)
    words = "".join(
        [
            "[…] " if fitted.cut_before else "",
            plain(text[quote.start : key_start]),
            bold(key) if emphasis and not whole else key,
            plain(text[key_stop : quote.stop]),
            " […]" if fitted.cut_after else "",
        ]
    )
    fold = " expandable" if folds or quote.stop - quote.start > LONGEST_OPEN else ""
    return f"<blockquote{fold}>{words}</blockquote>"


def neighbour(hit: Hit, label: str, strings: Strings, *, beside: Hit, room: int) -> str:
    """Return a paragraph, *hit*, that stands *beside* the one that is shown: *label* and quote.

    The speaker is named if it is another one. Of a paragraph longer than *room* characters the end
    next to the shown one is kept.
    """
    length = len(hit.paragraph.text)
    precedes = hit.citation.paragraph < beside.citation.paragraph
    shown = replace(hit, sentence=(length - 1, length)) if precedes else hit
    head = [label, speaker_if_new(hit.citation, beside.citation, strings)]
    words = quoted(fit(shown, room), emphasis=False, folds=length > _BESIDE_OPEN)
    return f"{' · '.join(plain(part) for part in head if part)}\n{words}"
