"""Collects what a page says of itself: its title, its days, its publisher, its address.

Each claim says where it stands. Which becomes a field is decided in ``documents.drafting``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

import regex

from documents.days import dateline_of, days_in
from documents.model import Claim, Field, Source
from documents.reading.html.linked_data import claims_of_linked_data, is_keeper
from documents.reading.html.tree import Page, names, on_one_line
from documents.reading.html.walker import Placed
from documents.reading.moments import read_moment

#: By the name or property of ``<meta>``, in small letters, and whether it may be filed unseen.
#: See ogp.me, and dublincore.org/specifications/dublin-core/dcmi-terms.
_META = {
    "og:title": (Field.TITLE, True),
    "dc.title": (Field.TITLE, True),
    "dcterms.title": (Field.TITLE, True),
    "twitter:title": (Field.TITLE, False),
    "article:published_time": (Field.PUBLISHED, True),
    "dcterms.issued": (Field.PUBLISHED, True),
    "dc.date.issued": (Field.PUBLISHED, True),
    "dcterms.date": (Field.PUBLISHED, True),
    "dc.date": (Field.PUBLISHED, True),
    "datepublished": (Field.PUBLISHED, True),
    "date": (Field.PUBLISHED, False),
    "pubdate": (Field.PUBLISHED, False),
    "publish-date": (Field.PUBLISHED, False),
    "article:modified_time": (Field.MODIFIED, True),
    "dcterms.modified": (Field.MODIFIED, True),
    "dc.date.modified": (Field.MODIFIED, True),
    "og:updated_time": (Field.MODIFIED, True),
    "datemodified": (Field.MODIFIED, True),
    "dc.publisher": (Field.PUBLISHER, True),
    "dcterms.publisher": (Field.PUBLISHER, True),
    "og:site_name": (Field.PUBLISHER, True),
    "og:url": (Field.URL, True),
    "og:locale": (Field.LANGUAGE, False),
    "dc.language": (Field.LANGUAGE, False),
    "dcterms.language": (Field.LANGUAGE, False),
    "content-language": (Field.LANGUAGE, False),
    "author": (Field.SPEAKER, False),
    "dc.creator": (Field.SPEAKER, False),
    "dcterms.creator": (Field.SPEAKER, False),
}
#: What stands between a title and the name of the site.
_SITE = regex.compile(r"\s(?:[|·•–—-]|::|»|«)\s")
_SPACES = regex.compile(r"\s+")
_NO_LETTERS = regex.compile(r"[^a-z]+")
_BYLINES = names("byline author speaker delivered bureau attribution")
#: Words of an office, so that "name, role" is a speaker and no reporter.
_OFFICE = regex.compile(
    r"\b(?:minister|secretary|president|premier|chancellor|governor|ambassador|spokes\w{3,8}"
    r"|commissioner|director|chair\w{0,6}|envoy|representative|general|chief|mayor|king|queen|prince"
    r"|princess|pope|patriarch|speaker|senator|ministre|ministro|ministra|presidente|presidenta"
    r"|président|présidente|botschafter|minister\w{0,3}|kanzler\w{0,2}|rapporteur|coordinator)\b",
    regex.IGNORECASE,
)
_REPORTER = regex.compile(
    r"\b(?:by|report\w*|correspond\w*|editor\w*|writer|journalist)\b", regex.I
)
#: Characters of a day in full: "30 septembre 2025", and more in other scripts.
_LONGEST_DAY = 40
#: Letters of a line that only tells when a text was published.
_META_LINE = 90


def claims_of(
    page: Page, source: Source, placed: Sequence[Placed], above: Sequence[Placed] = ()
) -> list[Claim]:
    """Return what *page* claims; *placed* are the blocks of its text, *above* those before it."""
    linked = claims_of_linked_data(page)
    meta = list(_meta_claims(page))
    titles = [one for one in (*linked, *meta) if one.field is Field.TITLE]
    sites = {_even(one.value) for one in (*linked, *meta) if one.field is Field.PUBLISHER}
    claims = [*_titles(page, titles, placed, sites), *linked, *meta]
    claims += _times(page)
    claims += _datelines([*above, *placed[:3], *placed[-2:]])
    claims += _address(page, source)
    claims += _bylines(page)
    if language := page.root.get("lang") or page.root.get("xml:lang"):
        value = language.strip()
        claims.append(Claim(field=Field.LANGUAGE, value=value, where="<html lang>", certain=True))
    whole = dict.fromkeys(_absolute(one, source) for one in claims)
    return [one for one in whole if one.value]


def is_day(text: str) -> bool:
    """Return whether *text* is a day and nothing else.

    >>> is_day("9 July 2025"), is_day("Port Ellin, 9 July 2025")
    (True, False)
    """
    days = list(days_in(text)) if len(text) <= _LONGEST_DAY else []
    return len(days) == 1 and not (text[: days[0].start] + text[days[0].stop :]).strip(" .,")


def _titles(
    page: Page, told: Sequence[Claim], placed: Sequence[Placed], sites: Container[str]
) -> Iterator[Claim]:
    """Yield the page's first heading, and its ``<title>`` if a heading or the data bears it out."""
    headings = [one for one in page.all("h1") if one.letters]
    named = page.title
    all_told = [_even(named), *(_even(claim.value) for claim in told)]
    for heading in headings:
        title = on_one_line(heading.raw())
        borne_out = any(_even(title) and _even(title) in other for other in all_told)
        if borne_out or len(headings) == 1:
            # The only <h1> of some sites is the site's name: then the data say something else.
            certain = borne_out or not told
            yield Claim(field=Field.TITLE, value=title, where="<h1>", certain=certain)
            break
    if named:
        first = placed[0].block.text if placed else ""
        if first and _even(first) != _even(named) and _even(named).startswith(_even(first)):
            where = "<title> and the first line"
            yield Claim(field=Field.TITLE, value=first, where=where, certain=len(first) > 10)
        parts = [part for part in _SITE.split(named) if _even(part) not in sites] or [named]
        yield Claim(field=Field.TITLE, value=max(parts, key=len), where="<title>")


def _meta_claims(page: Page) -> Iterator[Claim]:
    for element in page.elements:
        if element.tag != "meta" and "itemprop" not in element.attributes:
            continue
        key = element.get("property") or element.get("name") or element.get("itemprop")
        key = key or (element.get("http-equiv") if element.tag == "meta" else "")
        known = _META.get(key.strip().lower().replace("dc:", "dc.").replace("dcterms:", "dcterms."))
        if known is None:
            continue
        field, certain = known
        value = on_one_line(element.get("content") or element.get("datetime"))
        if field in (Field.PUBLISHED, Field.MODIFIED):
            moment = read_moment(value)
            value = moment.day.isoformat() if moment else ""
        elif field is Field.SPEAKER:
            value = "" if is_keeper(value) else value
        elif field is Field.LANGUAGE:
            value = value.replace("_", "-")
        if value:
            yield Claim(field=field, value=value, where=f"<{element.tag}> {key}", certain=certain)


def _times(page: Page) -> Iterator[Claim]:
    """Yield the day of the page's ``<time datetime>``, certain if they all tell the same."""
    days: dict[str, bool] = {}
    for element in page.all("time"):
        moment = read_moment(element.get("datetime"))
        line = next(
            (one for one in element.around() if one.tag in ("p", "div", "li", "span")), None
        )
        if moment is None or (line is not None and line.letters > _META_LINE):
            continue
        elsewhere = any(one.tag in ("nav", "aside", "footer", "li") for one in element.around())
        day = moment.day.isoformat()
        days[day] = days.get(day, False) or not elsewhere
    beside_the_text = [day for day, here in days.items() if here]
    for day in beside_the_text:
        certain = len(beside_the_text) == 1
        yield Claim(field=Field.PUBLISHED, value=day, where="<time>", certain=certain)


def _datelines(placed: Sequence[Placed]) -> Iterator[Claim]:
    """Yield the day that stands alone in a block: above the text, at its beginning, at its end."""
    lines = [one.block.text for one in placed]
    days = {day.isoformat(): line for line in lines if (day := dateline_of(line))}
    for told, line in days.items():
        where = f"dateline “{line}”"
        yield Claim(field=Field.DATE, value=told, where=where, certain=len(days) == 1)


def _address(page: Page, source: Source) -> Iterator[Claim]:
    for element in page.all("link"):
        if "canonical" in element.get("rel").lower().split():
            address = urljoin(source.url, element.get("href").strip())
            # Some sites name their front page for all of them.
            certain = urlsplit(address).path.strip("/") != "" or urlsplit(address).query != ""
            where = "<link rel=canonical>"
            yield Claim(field=Field.URL, value=address, where=where, certain=certain)
            return


def _absolute(claim: Claim, source: Source) -> Claim:
    """Return *claim*, an address being a whole one; without a value if it cannot be."""
    if claim.field is not Field.URL:
        return claim
    address = urljoin(source.url, claim.value)
    value = address if address.startswith(("http://", "https://")) else ""
    return Claim(field=Field.URL, value=value, where=claim.where, certain=claim.certain)


def _bylines(page: Page) -> Iterator[Claim]:
    """Yield who is named above the text with an office: "Ilse Maratov, Foreign Minister"."""
    found: dict[str, None] = {}
    for element in page.elements:
        named = element.get("class") + " " + element.get("itemprop")
        if len(named) < 2 or not 5 < element.letters < 120:
            continue
        if _BYLINES.isdisjoint(_NO_LETTERS.split(named.lower())):
            continue
        name, comma, role = element.text().partition(", ")
        is_name = comma and 1 < len(name.split()) < 6 and not is_keeper(name)
        is_office = _OFFICE.search(role) and ";" not in role and not _REPORTER.search(role)
        if is_name and is_office and not name.lower().startswith("by "):
            found[f"{name}; {role}"] = None
    for value in found:
        yield Claim(field=Field.SPEAKER, value=value, where="byline", certain=len(found) == 1)


def _even(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()
