"""Reads the front matter that other programs put before a Markdown text, as claims.

Our own statements have front matter too; they are read by ``index``, and no document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from documents.model import Claim, Field
from documents.reading.moments import read_moment
from index import InvalidYaml, YamlMapping, read_yaml

#: What is found under a key, in small letters without "-" and "_", and whether it may be filed
#: unseen. A key of Jekyll, Hugo, Pandoc or of the converters of government sites.
_KEYS = {
    "title": (Field.TITLE, True),
    "headline": (Field.TITLE, True),
    "date": (Field.DATE, True),
    "deliveredon": (Field.DATE, True),
    "publishedtime": (Field.PUBLISHED, True),
    "published": (Field.PUBLISHED, True),
    "publishedat": (Field.PUBLISHED, True),
    "publisheddate": (Field.PUBLISHED, True),
    "datepublished": (Field.PUBLISHED, True),
    "publishdate": (Field.PUBLISHED, True),
    "publicationdate": (Field.PUBLISHED, True),
    "pubdate": (Field.PUBLISHED, True),
    "modifiedtime": (Field.MODIFIED, True),
    "modified": (Field.MODIFIED, True),
    "updated": (Field.MODIFIED, True),
    "lastmod": (Field.MODIFIED, True),
    "lastmodifiedat": (Field.MODIFIED, True),
    "datemodified": (Field.MODIFIED, True),
    "sourceurl": (Field.URL, True),
    "originalurl": (Field.URL, True),
    "canonicalurl": (Field.URL, True),
    "canonical": (Field.URL, True),
    "url": (Field.URL, True),
    "link": (Field.URL, True),
    "source": (Field.URL, True),
    "permalink": (Field.URL, False),
    "lang": (Field.LANGUAGE, True),
    "language": (Field.LANGUAGE, True),
    "locale": (Field.LANGUAGE, False),
    "publisher": (Field.PUBLISHER, True),
    "organization": (Field.PUBLISHER, True),
    "organisation": (Field.PUBLISHER, True),
    "sitename": (Field.PUBLISHER, True),
    "speaker": (Field.SPEAKER, True),
    "speakers": (Field.SPEAKER, True),
    "author": (Field.SPEAKER, False),
    "authors": (Field.SPEAKER, False),
    "embargo": (Field.EMBARGO, True),
    "kind": (Field.KIND, False),
    "type": (Field.KIND, False),
    "category": (Field.KIND, False),
    "tags": (Field.KIND, False),
}
#: The kind that a tag or a category names; others are subjects.
_KINDS = {
    "press-briefing": "press conference",
    "press-conference": "press conference",
    "press-release": "press release",
    "speech": "remarks",
    "speeches-remark": "remarks",
    "remark": "remarks",
    "interview": "interview",
    "letter": "letter",
    "joint-statement": "joint statement",
}
_DAYS = (Field.DATE, Field.PUBLISHED, Field.MODIFIED)
_LINE = regex.compile(r"([A-Za-z][\w-]{0,40})\s*+:\s*+(.*)")


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the front matter of *text*, without its fences, and the text behind it."""
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != "---":
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return "", text


def claims_of_front_matter(front: str) -> list[Claim]:
    """Return what the front matter *front* claims."""
    return [claim for key, value in _entries(front).items() for claim in _claims(key, value)]


def _entries(front: str) -> Mapping[str, object]:
    """Return the values of *front* by their keys; line by line if it is not quite YAML."""
    try:
        node = read_yaml(front)
        plain = node.plain() if isinstance(node, YamlMapping) else None
    except InvalidYaml:
        plain = None
    if isinstance(plain, dict):
        return plain
    matches = filter(None, map(_LINE.fullmatch, front.split("\n")))
    return {match[1]: match[2].strip().strip("\"'") for match in matches}


def _claims(key: str, value: object) -> Iterator[Claim]:
    known = _KEYS.get(key.lower().replace("-", "").replace("_", ""))
    if known is None:
        return
    field, certain = known
    for one in value if isinstance(value, list) else [value]:
        text = _value(field, one)
        if text:
            yield Claim(field=field, value=text, where=f"front matter {key}", certain=certain)


def _value(field: Field, value: object) -> str:
    """Return *value* as a claim about *field* has it; empty if it is none."""
    if not isinstance(value, str):
        return ""
    text = " ".join(value.split(" ")).replace("\n", " ").strip()
    if field in _DAYS:
        moment = read_moment(text)
        return moment.day.isoformat() if moment else ""
    if field is Field.URL:
        return text if text.startswith(("http://", "https://")) else ""
    if field is Field.KIND:
        return _KINDS.get(text.lower().replace(" ", "-").rstrip("s"), "")
    return text.replace("_", "-") if field is Field.LANGUAGE else text
