"""Writes passages in Telegram's HTML: quote, citation, reference; everything escaped.

What else a message says is left to ``replies``, and its buttons to ``keyboards``.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape, unescape

import regex
from telegram.constants import MessageLimit

from bot.i18n.strings import Strings
from bot.rendering.fitting import Fitted, fit
from bot.rendering.source_link import source_link
from index import Citation, Hit

#: A quote longer than this folds: about what fits on the screen of a phone.
FOLDS_FROM = 500
#: Characters that a message may have after parsing, less a few for the marks of cuts and the spaces
#: between parts, which Telegram counts too.
LONGEST_MESSAGE = MessageLimit.MAX_TEXT_LENGTH - 96
#: Bytes that it may have before parsing: 32 KiB as measured, which the library does not name; also
#: less a few.
_LONGEST_HTML = 32 * 1024 - 68
#: What cannot become a link, a mention, a command or a tag: letters, digits, and what joins words.
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}\s'’‘…-]*+")
_TAG = regex.compile(r"<[^<>]*+>")
#: A number of more digits may be that of a telephone or a card.
_MOST_DIGITS = 6
#: Characters between the parts of a passage: line breaks, dots, the marks of cuts.
_BETWEEN = 50


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
    """Return *html* as a link to *url*."""
    return f'<a href="{escape(url)}">{html}</a>'


def passage(hit: Hit, strings: Strings, note: str = "", room: int = LONGEST_MESSAGE) -> str:
    """Return the quote with its key sentence in bold, a *note* above and the citation below.

    The note is HTML. The passage has at most *room* characters, of which names and titles need up
    to 1,000.
    """
    citation = hit.citation
    who, where = strings.who(citation), strings.where(citation)
    citation_parts = [
        who,
        *where,
        strings.source,
        strings.shortened,
        strings.reference,
        citation.reference,
    ]
    fitted = fit(hit, room - sum(map(len, citation_parts)) - visible_length(note) - _BETWEEN)
    if fitted.cut_before or fitted.cut_after:
        where.append(strings.shortened)
    lines = [note] if note else []
    lines += [blockquote(fitted), f"— {plain(who)}", " · ".join(map(plain, where))]
    reference = (
        f"{plain(strings.reference)} {strings.isolated(f'<code>{citation.reference}</code>')}"
    )
    if citation.url:
        linked = f"{lines[-1]} · {link(source_link(hit), plain(strings.source))}"
        most = _LONGEST_HTML * room // LONGEST_MESSAGE
        # Only a link can be too long: it is left out.
        if len("\n".join([*lines[:-1], linked, reference]).encode()) <= most:
            lines[-1] = linked
    return "\n".join([*lines, reference])


def blockquote(fitted: Fitted, *, emphasis: bool = True) -> str:
    """Return the quote, folded if long, its cuts marked, the key sentence bold with *emphasis*."""
    quote, (key_start, key_stop) = fitted.quote, fitted.key
    text = quote.paragraph.text
    key = plain(text[key_start:key_stop])
    # Where the whole quote is the key sentence, bold would say nothing.
    whole = (key_start, key_stop) == (quote.start, quote.stop)
    words = "".join(
        [
            "[…] " if fitted.cut_before else "",
            plain(text[quote.start : key_start]),
            f"<b>{key}</b>" if emphasis and not whole else key,
            plain(text[key_stop : quote.stop]),
            " […]" if fitted.cut_after else "",
        ]
    )
    fold = " expandable" if quote.stop - quote.start > FOLDS_FROM else ""
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
    words = blockquote(fit(shown, room), emphasis=False)
    return f"{' · '.join(plain(part) for part in head if part)}\n{words}"


def speaker_if_new(citation: Citation, known: Citation | None, strings: Strings) -> str:
    """Return the speaker and label of a paragraph, plain; empty if both are as in *known*."""
    if known is None or (citation.speaker, citation.role) != (known.speaker, known.role):
        return strings.who(citation)
    return "" if citation.attribution is known.attribution else strings.attribution_label(citation)
