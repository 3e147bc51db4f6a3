"""Reads RSS and Atom: a statement an entry, where the feed has the whole text of it.

A summary is never filed as a statement; such an entry is refused, and its link is named. Reading
the feed's XML is left to feedparser, cleaning the text to ``html.fragments``.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import regex

from documents.model import (
    Block,
    Claim,
    Extract,
    Field,
    LeftOut,
    Refused,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.reading.authors import plain_author, speaker_of_author
from documents.reading.decoding import decode
from documents.reading.html.fragments import Fragment, plain, read_fragment
from documents.reading.moments import Moment, read_moment
from documents.reading.plain_text import paragraphs_of
from documents.reading.xml_trees import declared_encoding

_SUMMARY = "the feed has only a summary of it"
_DECLARATION = regex.compile(r"^\s*+<\?xml[^>]{0,300}?\?>")
_MARKUP = regex.compile(r"<[/\p{L}!]|&(?:\p{L}|#)")
_ENDS = ("</rss>", "</feed>", "</rdf:RDF>")
#: Documents that an entry offers beside its page.
_DOCUMENTS = ("pdf", "msword", "wordprocessingml", "opendocument.text", "rtf")
#: Parts of a feed's title that name no publisher.
_GENERIC = regex.compile(
    r"(?:(?:all|latest|recent|our|the) )?(?:press|news|media|statements?|speeches|remarks"
    r"|announcements?|updates?|transcripts?|publications?|briefings?|rss|atom|feed|english|home"
    r"|press releases?|news releases?|media releases?|newsroom|press room|press office)"
    r"(?: (?:releases?|feed|rss|and|&|news|speeches|statements|centre|center))*",
    regex.IGNORECASE,
)
_BETWEEN = regex.compile(r"\s{1,9}+[–—|»«·:-]\s{1,9}+|:\s{1,9}+")
_HOUR = 3600
#: The letters of a region in a language tag (BCP 47).
_REGION = 2


def read_feed(source: Source) -> list[Extract]:
    """Return an extract for each entry of the feed in *source*.

    Raises:
        Unreadable: it is no feed, or has no entry.
    """
    import feedparser  # noqa: PLC0415  # 0.6 s, and few documents are feeds

    text = _DECLARATION.sub("", decode(source, declared_encoding(source.content)), count=1)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": source.url}
    # A stream: a text that looks like an address or a path, feedparser would open.
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8")), response_headers=headers, sanitize_html=False
    )
    version = str(parsed.get("version") or "")
    if not version and not parsed.entries:
        raise Unreadable("it is no feed that can be read", "Add the page of a statement instead")
    if not parsed.entries:
        raise Unreadable("there is no entry in the feed", "Add the page of a statement instead")
    extracts = [_extract(entry, parsed.feed, version) for entry in parsed.entries]
    if not any(end in text for end in _ENDS):
        last = extracts[-1]
        what = "the feed breaks off in it"
        refused = Refused(name=last.part, what=what, repair=_instead(_link(parsed.entries[-1])))
        extracts[-1] = replace(last, blocks=(), refused=refused)
    return list(_apart(extracts))


def _extract(entry: Mapping[str, Any], feed: Mapping[str, Any], version: str) -> Extract:
    title = _title(entry)
    link = _link(entry)
    claims = tuple(_claims(entry, feed, title, version))
    part = title or link
    content = _content(entry)
    try:
        fragment = _read(content) if content else Fragment()
    except Unreadable as error:
        refused = Refused(name=part, what=error.what, repair=_instead(link))
        return Extract(part=part, claims=claims, refused=refused)
    if not fragment.blocks:
        document = _document(entry) or link
        refused = Refused(name=part, what=_SUMMARY, repair=_instead(document))
        return Extract(part=part, claims=_with_url(claims, document), refused=refused)
    blocks, byline = _without_byline(fragment.blocks, entry.get("author", ""))
    return Extract(
        part=part,
        blocks=blocks,
        claims=claims,
        left_out=(*byline, *fragment.left_out),
        warnings=(*fragment.warnings, *_warnings(entry, feed, version)),
    )


def _instead(url: str) -> str:
    return f"Add {url} instead" if url else "Add the text of it instead"


def _with_url(claims: Sequence[Claim], url: str) -> tuple[Claim, ...]:
    """Return *claims* with *url*, the document that is to be read instead, as the address."""
    kept = [claim for claim in claims if claim.field is not Field.URL]
    if url:
        kept.append(Claim(field=Field.URL, value=url, where="enclosure or link", certain=True))
    return tuple(kept)


def _title(entry: Mapping[str, Any]) -> str:
    value = str(entry.get("title") or "")
    # RSS does not say whether a title is HTML; feedparser leaves what is escaped in it.
    return (plain(value) if _MARKUP.search(value) else " ".join(value.split("\n"))).strip()


def _link(entry: Mapping[str, Any]) -> str:
    for told in (entry.get("link"), entry.get("id")):
        if told and str(told).startswith(("http://", "https://")):
            return str(told)
    return ""


def _document(entry: Mapping[str, Any]) -> str:
    for link in entry.get("links", ()):
        kind = str(link.get("type", ""))
        if link.get("rel") == "enclosure" and any(word in kind for word in _DOCUMENTS):
            return str(link.get("href", ""))
    return ""


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the text of *entry*, the longest of several; never its summary."""
    texts = [one for one in entry.get("content", ()) if str(one.get("value") or "").strip()]
    return max(texts, key=lambda one: len(one["value"]), default=None)


def _read(content: Mapping[str, Any]) -> Fragment:
    value = str(content["value"])
    if content.get("type") == "text/plain" and not _MARKUP.search(value):
        return Fragment(tuple(Block(text=text) for text in paragraphs_of(value).texts))
    return read_fragment(value)


def _claims(
    entry: Mapping[str, Any], feed: Mapping[str, Any], title: str, version: str
) -> Iterator[Claim]:
    if title:
        yield Claim(field=Field.TITLE, value=title, where="<title>", certain=True)
    published, updated = _moments(entry)
    if published:
        for field in (Field.DATE, Field.PUBLISHED):
            where = "published in the feed"
            yield Claim(field=field, value=str(published.day), where=where, certain=True)
    elif updated:
        # Of an entry of RSS 1.0, dc:date is the day of publication; of Atom, a change.
        rss = version.startswith("rss")
        where = "dc:date in the feed" if rss else "updated in the feed"
        yield Claim(field=Field.DATE, value=str(updated.day), where=where, certain=rss)
    if published and updated and _is_later(updated, published):
        where = "updated in the feed"
        yield Claim(field=Field.MODIFIED, value=str(updated.day), where=where, certain=True)
    author = entry.get("author")
    if not author and version.startswith("atom"):
        # The author of an RSS feed is only who keeps it.
        author = feed.get("author")
    if speaker := speaker_of_author(str(author or "")):
        yield replace(speaker, where="author in the feed")
    if publisher := _publisher(feed):
        yield Claim(field=Field.PUBLISHER, value=publisher, where="feed", certain=True)
    if link := _link(entry):
        yield Claim(field=Field.URL, value=link, where="<link>", certain=True)
    if language := _language(entry, feed):
        yield Claim(field=Field.LANGUAGE, value=language, where="feed", certain=True)


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    content = _content(entry) or {}
    return str(content.get("language") or feed.get("language") or "").strip()


def _region(language: str) -> str:
    """Return the region in a language tag: "US" of "en-US"; empty if it has none."""
    parts = [part for part in language.replace("_", "-").split("-")[1:] if len(part) == _REGION]
    return parts[0].upper() if parts else ""


def _moments(entry: Mapping[str, Any]) -> tuple[Moment | None, Moment | None]:
    """Return when *entry* was published and updated, as it is written: not by Universal Time."""
    told = dict(entry)  # feedparser's own mapping answers with one where it has only the other
    return read_moment(str(told.get("published", ""))), read_moment(str(told.get("updated", "")))


def _is_later(updated: Moment, published: Moment) -> bool:
    return updated.later_than(published).total_seconds() > _HOUR


def _warnings(entry: Mapping[str, Any], feed: Mapping[str, Any], version: str) -> Iterator[Warned]:
    published, updated = _moments(entry)
    region = _region(_language(entry, feed))
    if published and (why := published.other_day(region)):
        yield Warned(text=why)
    if published and updated and _is_later(updated, published):
        same_day = updated.day == published.day
        yield Warned(text=f"updated {updated.clock if same_day else updated.day}")
    elif updated and not published and version.startswith("atom"):
        yield Warned(text=f"the feed tells no day of publication, only an update: {updated.day}")


def _publisher(feed: Mapping[str, Any]) -> str:
    """Return who publishes *feed*: as it says, or the part of its title that names somebody."""
    for told in (feed.get("publisher"), feed.get("author")):
        if told and (name := plain_author(str(told))):
            return name
    title = plain(str(feed.get("title") or ""))
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    naming = [part for part in parts if not _GENERIC.fullmatch(part)]
    return max(naming, key=len, default="")


def _without_byline(
    blocks: tuple[Block, ...], author: str
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return *blocks* without a first one that only repeats the *author*."""
    words = " ".join(author.split()).casefold()
    if len(blocks) > 1 and words and " ".join(blocks[0].text.split()).casefold() == words:
        return blocks[1:], (LeftOut(text=blocks[0].text, why=Why.DUPLICATE),)
    return blocks, ()


def _apart(extracts: Sequence[Extract]) -> Iterator[Extract]:
    """Yield *extracts*; entries of one title get their number, too."""
    titles = Counter(extract.part for extract in extracts)
    for number, extract in enumerate(extracts, 1):
        one = titles[extract.part] == 1 and extract.part
        yield extract if one else replace(extract, part=f"{extract.part} (entry {number})".strip())
