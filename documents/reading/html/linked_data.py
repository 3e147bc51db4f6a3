"""Reads the JSON-LD of a page: what schema.org's vocabulary says of the document that it is.

See https://schema.org/NewsArticle. Only what a statement has a field for becomes a claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import regex

from documents.model import Claim, Field
from documents.reading.html.tree import Page
from documents.reading.moments import read_moment

#: A page has a few; one of a hundred parts is a catalogue, and not looked through.
_MOST_NODES = 500
_DOCUMENTS = regex.compile(
    r"Article|Posting|Report|WebPage|CreativeWork|Speech|Statement|Event|Legislation"
)
_ARTICLES = regex.compile(r"Article|Posting|Report|Speech|Statement")
_SPEAKERS = frozenset(("Person", "GovernmentOrganization"))
#: Names of those who keep a site; none of them speaks.
_KEEPERS = regex.compile(
    r"\b(?:web|admin\w*|editor\w*|editing|team|staff|desk|newsroom|press office|communications?"
    r"|webmaster|redaktion|rédaction|redacción|user|root|system|author|digital|media|content|online)\b",
    regex.IGNORECASE,
)


def claims_of_linked_data(page: Page) -> list[Claim]:
    """Return what the JSON-LD of *page* claims, the articles in it first."""
    nodes = list(_nodes(page))
    documents = [node for node in nodes if _DOCUMENTS.search(_types(node))]
    documents.sort(key=lambda node: not _ARTICLES.search(_types(node)))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    return [claim for node in documents for claim in _claims(node, named)]


def is_keeper(name: str) -> bool:
    """Return whether *name* is that of a site's keepers, such as "Web Team", or an account's."""
    return bool(_KEEPERS.search(name)) or "@" in name or " " not in name.strip()


def _nodes(page: Page) -> Iterator[dict[str, Any]]:
    """Yield the nodes of the page's JSON-LD, in lists and in ``@graph``."""
    found = 0
    for element in page.all("script"):
        if element.get("type").strip().lower() != "application/ld+json":
            continue
        waiting = [_json(element.raw())]
        while waiting and found < _MOST_NODES:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting = value + waiting
            elif isinstance(value, dict):
                found += 1
                yield value
                waiting = [value.get("@graph"), value.get("mainEntity"), *waiting]


def _json(text: str) -> object:
    """Return the JSON in *text*, which some sites wrap in a comment; ``None`` if it is none."""
    text = text.strip().removeprefix("<!--").removeprefix("//<![CDATA[").removesuffix("-->")
    try:
        # Line breaks within strings are common, and forbidden.
        return json.loads(text.strip().removesuffix("//]]>").rstrip("; \n"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    return " ".join(filter(_is_text, kind)) if isinstance(kind, list) else str(kind or "")


def _claims(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[Claim]:
    is_article = bool(_ARTICLES.search(_types(node)))
    for key in ("headline", "name"):
        if (title := _text(node.get(key))) and (key == "headline" or is_article):
            yield Claim(field=Field.TITLE, value=title, where=f"JSON-LD {key}", certain=is_article)
            break
    for key, field in (("datePublished", Field.PUBLISHED), ("dateModified", Field.MODIFIED)):
        moment = read_moment(_text(node.get(key)))
        if moment:
            day = moment.day.isoformat()
            yield Claim(field=field, value=day, where=f"JSON-LD {key}", certain=True)
    for publisher in _things(node.get("publisher"), named):
        if name := _text(publisher.get("name")):
            where = "JSON-LD publisher"
            yield Claim(field=Field.PUBLISHER, value=name, where=where, certain=True)
    language = node.get("inLanguage")
    code = _text(language.get("alternateName") if isinstance(language, dict) else language)
    if code:
        yield Claim(field=Field.LANGUAGE, value=code, where="JSON-LD inLanguage", certain=True)
    for key in ("url", "mainEntityOfPage"):
        address = node.get(key)
        if isinstance(address, dict):
            address = address.get("@id")
        if _text(address).startswith(("http://", "https://")):
            yield Claim(field=Field.URL, value=_text(address), where=f"JSON-LD {key}", certain=True)
            break
    yield from _speakers(node, named)


def _speakers(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[Claim]:
    """Yield the author, if it is one who may speak and is named in the title: certainly then."""
    title = _text(node.get("headline")) or _text(node.get("name"))
    for author in _things(node.get("author"), named):
        name = _text(author.get("name"))
        if not name or _SPEAKERS.isdisjoint(_types(author).split()) or is_keeper(name):
            continue
        role = _text(author.get("jobTitle"))
        value = f"{name}; {role}" if role and ";" not in role else name
        certain = name.casefold() in title.casefold()
        yield Claim(field=Field.SPEAKER, value=value, where="JSON-LD author", certain=certain)


def _things(value: object, named: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the nodes that *value* is, lists or names by ``@id``."""
    for one in value[:10] if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield named.get(str(one.get("@id")), one) if set(one) <= {"@id", "@type"} else one


def _text(value: object) -> str:
    """Return *value* on one line if it is a text of some sensible length."""
    return " ".join(value.split()) if isinstance(value, str) and len(value) < 2000 else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)
