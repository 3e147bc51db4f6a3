"""Reads an e-mail that a press office sent (.eml): its text, its subject and its day.

Who sent it is no speaker. Attachments are named, and not read: each is a document of its own.
"""

from __future__ import annotations

import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

import regex

from documents.model import Block, Claim, Extract, Field, LeftOut, Source, Unreadable, Warned, Why
from documents.reading.decoding import decode
from documents.reading.html.fragments import read_fragment
from documents.reading.moments import read_moment
from documents.reading.plain_text import hyphen_warnings, paragraphs_of
from index import printable

#: What Python's parser of headers raises for those that are no headers.
_HEADER_ERRORS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RuntimeError)
#: What mail programs put before a subject; "WG" and "TR" are German and French.
_ANSWERED = regex.compile(r"(?i)^(?:(?:re|fwd?|aw|wg|tr|rv|enc)\s?:\s*+)++")
_FORWARDED = regex.compile(
    r"(?i)-{2,20}+\s?(?:forwarded|original) message|begin forwarded message"
    r"|-{2,20}+\s?message transféré"
)
_HEADER_LINE = regex.compile(
    r"\*?(?:From|Date|Sent|Subject|To|Cc|Reply-To|De|Envoyé|Objet|À|Von|Gesendet|An|Betreff"
    r"|Enviado|Para|Asunto)\s?:"
)
_WROTE = regex.compile(r"(?i)(?:wrote|a écrit|schrieb|escribió|написал)\s?:$")
#: What mailing programs add to a text.
_OF_LIST = regex.compile(
    r"(?i)\bunsubscribe\b|\bview (?:this )?(?:e-?mail )?(?:in|on) (?:your |a )?(?:web )?browser\b"
    r"|\b(?:manage|update) (?:your )?(?:subscription|preferences)|\bse désabonner\b|désinscri"
    r"|\babmelden\b|\bdarse de baja\b|отписаться"
)
_LONGEST_OF_LIST = 200
#: RFC 3676: a line of these begins a signature.
_SIGNATURE = ("-- ", "--")
_PICTURES_AND_SEALS = ("image", "audio", "video")
_SEALS = frozenset(("application/pkcs7-signature", "application/pgp-signature", "text/calendar"))
_SEALED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))
_LONGEST_NAME, _LONGEST_HEADER = 80, 5000


def read_email(source: Source) -> list[Extract]:
    """Return the text of an e-mail, as one extract.

    Raises:
        Unreadable: it is encrypted, nested too deep, or has no text.
    """
    try:
        parsed = BytesParser(policy=email.policy.default).parsebytes(source.content)
        message = parsed if isinstance(parsed, EmailMessage) else EmailMessage()
        return [_extract(message)]
    except RecursionError:
        raise Unreadable(
            "its parts are nested too deep", "Save its text in the mail program, and add that."
        ) from None


def _extract(message: EmailMessage) -> Extract:
    attachments = list(_attachments(message))
    body = _body(message)
    if not body.blocks:
        if message.get_content_type() in _SEALED:
            repair = "Open it in the mail program, save its text, and add that."
            raise Unreadable("it is encrypted", repair)
        if attachments:
            named = ", ".join(f"“{name}”" for name in attachments)
            raise Unreadable(f"its text is in an attachment: {named}", "Save that, and add it.")
        raise Unreadable("there is no text in it", "Give an e-mail that has text.")
    forwarded = any(one.why is Why.OUTSIDE and _FORWARDED.search(one.text) for one in body.left_out)
    warnings = [Warned(text=f"an attachment is not read: “{name}”") for name in attachments]
    return replace(
        body,
        claims=tuple(_claims(message, forwarded=forwarded)),
        warnings=(*body.warnings, *warnings),
    )


def _claims(message: EmailMessage, *, forwarded: bool) -> Iterator[Claim]:
    """Yield what the headers say; those of a forwarded message are another person's."""
    subject = _header(message, "Subject")
    if title := _ANSWERED.sub("", subject).strip():
        yield Claim(field=Field.TITLE, value=title, where="subject", certain=True)
    if (moment := read_moment(_header(message, "Date"))) is not None:
        own = not forwarded and not _ANSWERED.match(subject)
        day = moment.day.isoformat()
        yield Claim(field=Field.PUBLISHED, value=day, where="date of the e-mail", certain=own)
    name, address = parseaddr(_header(message, "From"))
    if name or address:
        yield Claim(field=Field.PUBLISHER, value=name or address, where="sender")


def _header(message: EmailMessage, name: str) -> str:
    """Return the header *name* on one line; empty if there is none, or it cannot be read."""
    # Python's parser takes quadratic time for the length of a header.
    lengths = [len(text) for key, text in message.raw_items() if key.lower() == name.lower()]
    if max(lengths, default=0) > _LONGEST_HEADER:
        return ""
    try:
        return " ".join(str(message.get(name, "")).split())
    except _HEADER_ERRORS:
        return ""


# The body: HTML keeps what is a heading and what an item; plain text often is only its shadow.


def _body(message: EmailMessage) -> Extract:
    html, plain = (_part(message, kind) for kind in ("html", "plain"))
    read = _of_html(html) if html is not None else Extract()
    if plain is not None:
        other = _of_plain(plain)
        if _letters(read) < _letters(other) / 2:
            return other
    return read


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    found = message.get_body(preferencelist=(kind,))
    return found if isinstance(found, EmailMessage) else None


def _letters(extract: Extract) -> int:
    return sum(len(block.text) for block in extract.blocks)


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    return decode(Source(name="", content=payload, charset=part.get_content_charset("") or ""))


def _of_html(part: EmailMessage) -> Extract:
    fragment = read_fragment(_text(part))
    texts = [block.text for block in fragment.blocks]
    first, last = _text_between(texts)
    outside = [LeftOut(text=text, why=Why.OUTSIDE) for text in [*texts[:first], *texts[last:]]]
    return _without_list_notices(
        Extract(
            blocks=fragment.blocks[first:last],
            left_out=(*fragment.left_out, *outside),
            warnings=fragment.warnings,
        )
    )


def _without_list_notices(extract: Extract) -> Extract:
    """Return *extract* without the notices of a mailing list: how to leave it."""
    notices = [
        block
        for block in extract.blocks
        if len(block.text) <= _LONGEST_OF_LIST and _OF_LIST.search(block.text)
    ]
    return replace(
        extract,
        blocks=tuple(block for block in extract.blocks if block not in notices),
        left_out=(
            *extract.left_out,
            *(LeftOut(text=block.text, why=Why.ADVERTISING) for block in notices),
        ),
    )


def _of_plain(part: EmailMessage) -> Extract:
    lines = _text(part).split("\n")
    if part.get_param("format") == "flowed":
        lines = list(_unflowed(lines, joins=part.get_param("delsp") == "yes"))
    first, last = _text_between(lines)
    before, behind = lines[:first], lines[last:]
    kept, quoted = _without_quoted(lines[first:last])
    paragraphs = paragraphs_of("\n".join(kept))
    outside = (" ".join(" ".join(some).split()) for some in (before, quoted, behind))
    extract = Extract(
        blocks=tuple(Block(text=text) for text in paragraphs.texts),
        left_out=tuple(LeftOut(text=text, why=Why.OUTSIDE) for text in outside if text),
        warnings=hyphen_warnings(paragraphs),
    )
    return _without_list_notices(extract)


def _text_between(lines: Sequence[str]) -> tuple[int, int]:
    """Return where the text in *lines* begins and ends.

    It begins behind a forwarder's words and headers, and ends before a signature.
    """
    first = 0
    for place, line in enumerate(lines):
        if _FORWARDED.match(line.strip()):
            first = place + 1
            while first < len(lines) and (
                not lines[first].strip() or _HEADER_LINE.match(lines[first].strip())
            ):
                first += 1
            break
    last = next((n for n in range(first, len(lines)) if lines[n] in _SIGNATURE), len(lines))
    return (first, last) if any(line.strip() for line in lines[first:last]) else (0, len(lines))


def _without_quoted(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return *lines* without those that quote another e-mail, and these."""
    kept, quoted = [], []
    for place, line in enumerate(lines):
        following = next((one for one in lines[place + 1 : place + 3] if one.strip()), "")
        is_quoted = line.startswith(">")
        if is_quoted or (_WROTE.search(line) and following.startswith(">")):
            quoted.append(line.lstrip("> "))
        else:
            kept.append(line)
    return (kept, quoted) if any(line.strip() for line in kept) else (list(lines), [])


def _unflowed(lines: Sequence[str], *, joins: bool) -> Iterator[str]:
    """Yield *lines* of ``format=flowed`` (RFC 3676) whole: one that ends in a space goes on.

    *joins* says that this space is no part of the text (``delsp=yes``).
    """
    whole: list[str] = []
    for line in lines:
        text = line.removeprefix(" ")
        if text.endswith(" ") and text not in _SIGNATURE:
            whole.append(text[:-1] if joins else text)
            continue
        yield "".join([*whole, text])
        whole = []
    if whole:
        yield "".join(whole)


# Attachments.


def _attachments(message: EmailMessage) -> Iterator[str]:
    """Yield the names of the documents that are attached."""
    for part in message.walk():
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        is_body = part.get_content_maintype() == "text" and not part.get_filename()
        is_other = part.get_content_maintype() in _PICTURES_AND_SEALS
        if is_body or is_other or part.get_content_type() in {*_SEALS, *_SEALED}:
            continue
        name = part.get_filename() or part.get_content_type()
        yield printable(" ".join(name.split()))[:_LONGEST_NAME]
