"""Tells what a message with /check brings to be checked: its words, those of another, a document.

Its words keep their line breaks, by which places in a draft are named. Documents are fetched and
read by whoever checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex
from telegram import Document, Message, MessageEntity

from bot.front.contents import Contents, contents_beneath, contents_of
from bot.front.flat_text import utf16_length, well_formed

#: The command that brings it, as Telegram writes it without its slash.
CHECK = "check"
#: What a quotation begins or ends with. A text without any has nothing that could be checked.
_MARK = regex.compile("[\"'“”„‟‘’‚‛«»‹›「」『』《》〝〞＂]")
#: Marks that are never apostrophes, and others where they begin a quotation.
_DOUBLE = regex.compile('["“”„‟«»「」『』〝〞＂]')
_OPENING = regex.compile(r"(?<![\p{L}\p{N}])['‘‚‹]")
#: Telegram's programs divide a text that is too long for a message, before its last words or, some,
#: its last paragraph. What is as long as this, in UTF-16 units, may be the first part of one.
_MAY_BE_DIVIDED = 3500


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft that somebody wants checked."""

    text: str = ""
    #: The document that it stands in; there is no text then.
    file: Document | None = None
    #: Whether it is in the message that is replied to: there the report belongs, too.
    about_replied: bool = False
    #: Whether it is the part that the author chose of that.
    about_part: bool = False
    #: Whether the text may go on in another message.
    may_be_divided: bool = False


def drafted_with(
    message: Message, album: Callable[[Message], Contents | None] = lambda _: None
) -> Drafted | None:
    """Return what *message*, which has the command, brings to be checked; ``None`` if nothing.

    That is the document that it is the caption of, what stands behind the command, or else the
    message that it replies to, or the part of that which its author chose. "/check, please" has no
    quotation, and in reply to a message is about that. *album* returns the caption of the album
    that a picture belongs to, if it is known.
    """
    own = drafted_in(message)
    if own and (own.file or _MARK.search(own.text)):
        return own
    return _beneath(message, album) or own


def drafted_in(message: Message) -> Drafted | None:
    """Return the draft in *message* itself: its document, or its words behind any command."""
    if message.document:
        return Drafted(file=message.document)
    return _drafted(contents_of(message))


def drafted_above(message: Message) -> Drafted | None:
    """Return the draft that *message*, a report of ours, was written beneath."""
    if message.quote:
        return Drafted(text=_chosen(message.quote.text))
    above = message.reply_to_message
    return drafted_in(above) if above else None


def _beneath(message: Message, album: Callable[[Message], Contents | None]) -> Drafted | None:
    """Return the draft that *message* replies to, here or in another chat."""
    replied, elsewhere, quoted = message.reply_to_message, message.external_reply, message.quote
    if quoted and (quoted.is_manual or not replied) and (part := well_formed(quoted.text)).strip():
        text, here = _chosen(part) if quoted.is_manual else part, replied is not None
        return Drafted(text=text, about_replied=here, about_part=here)
    if replied:
        found = drafted_in(replied)
        if found:
            return Drafted(text=found.text, file=found.file, about_replied=True)
    elif elsewhere and elsewhere.document:
        return Drafted(file=elsewhere.document)
    found = _drafted(contents_beneath(message) or (album(replied) if replied else None))
    return Drafted(text=found.text, about_replied=replied is not None) if found else None


def _chosen(part: str) -> str:
    """Return a part that was chosen as a draft: without a pair of marks in it, it is a quotation.

    On a phone one chooses the words, and not also the marks around them.

    >>> _chosen("We must aim high"), _chosen("“We must"), _chosen("“We must aim high,” he said")
    ('“We must aim high”', '“We must”', '“We must aim high,” he said')
    """
    if len(_DOUBLE.findall(part)) > 1 or _OPENING.search(part):
        return part
    return f"“{_DOUBLE.sub('', part).strip()}”"


def _drafted(contents: Contents | None) -> Drafted | None:
    if contents is None:
        return None
    text = _behind_command(contents)
    divided = utf16_length(contents.text) >= _MAY_BE_DIVIDED
    return Drafted(text=text, may_be_divided=divided) if text.strip() else None


def _behind_command(contents: Contents) -> str:
    """Return the words of *contents* without the command that they begin with, if they do."""
    first = next(iter(contents.entities), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return contents.text
    # Entities count UTF-16 code units, of two bytes each.
    units = contents.text.encode("utf-16-le", "surrogatepass")
    return units[2 * first.length :].decode("utf-16-le", "replace").lstrip(" ")
