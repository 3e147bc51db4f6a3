"""Reads the JSON of GOV.UK's Content API: a page with the day it was delivered, and its changes.

The schemas are at docs.publishing.service.gov.uk/content-schemas. It is the only source here that
tells why a text was changed after it was published. Attachments are documents of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from documents.model import Claim, Extract, Field, LeftOut, Source, Unreadable, Warned, Why
from documents.reading.decoding import decode
from documents.reading.html.fragments import Fragment, plain, read_fragment
from documents.reading.moments import Moment, read_moment
from index import Kind

_SITE = "https://www.gov.uk"
_KINDS = {
    "speech": Kind.REMARKS,
    "transcript": Kind.REMARKS,
    "oral_statement": Kind.REMARKS,
    "written_statement": Kind.STATEMENT,
    "statement": Kind.STATEMENT,
    "government_response": Kind.STATEMENT,
    "authored_article": Kind.STATEMENT,
    "press_release": Kind.PRESS_RELEASE,
    "news_story": Kind.PRESS_RELEASE,
    "world_news_story": Kind.PRESS_RELEASE,
    "correspondence": Kind.LETTER,
    "open_letter": Kind.LETTER,
    "independent_report": Kind.REPORT,
    "corporate_report": Kind.REPORT,
    "policy_paper": Kind.REPORT,
    "research": Kind.REPORT,
}
_HONORIFIC = regex.compile(
    r"^(?:The )?(?:(?:Rt\.?|Right) )?Hon(?:\.|ourable)? (?:the )?"
    r"|(?:His|Her) (?:Excellency|Majesty's Ambassador) ",
    regex.IGNORECASE,
)
_POST_NOMINAL = regex.compile(
    r",? (?:MP|MSP|MS|MEP|KC|QC|PC|DL|C[BVHM]E?|CMG|KCMG|GCMG|K[BC][BE]|KCVO|D[BC][BE]|DBE|GCB"
    r"|[OM]BE|FRS|FBA)$"
)
#: A page may invite its reader to something else, outside of what was said.
_INVITATION = regex.compile(r"""<div[^>]{0,200}?\bclass=["'][^"'>]{0,200}?\bcall-to-action\b""")
_DIV = regex.compile(r"<(/?)div\b[^>]{0,2000}+>", regex.IGNORECASE)
_MIDNIGHT_IN_SUMMER = 23


def read_content_api(source: Source) -> list[Extract]:
    """Return the page in *source*.

    Raises:
        Unreadable: it is no JSON, is nested too deep, or has no text of its own.
    """
    page = _object(source)
    details = _mapping(page.get("details"))
    attachments = list(_attachments(details))
    fragment, invitations = _body(details)
    if not fragment.blocks:
        what = "there is no text in it"
        if not attachments:
            raise Unreadable(what, "Add the page's own address instead")
        raise Unreadable(f"{what}, only attachments", f"Add {attachments[0]} instead")
    return [
        Extract(
            blocks=fragment.blocks,
            claims=tuple(_claims(page, details)),
            left_out=(*fragment.left_out, *invitations),
            warnings=(*fragment.warnings, *_warnings(page, details, attachments)),
        )
    ]


def _object(source: Source) -> Mapping[str, Any]:
    try:
        page = json.loads(decode(source))
    except ValueError as error:
        raise Unreadable(f"it is not JSON ({error})", "Get it from its source again") from None
    except RecursionError:
        raise Unreadable("it is nested too deep", "Get it from its source again") from None
    if not isinstance(page, dict) or not isinstance(page.get("details"), dict):
        raise Unreadable("it is no page of the Content API", "Give a page of /api/content/")
    return page


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _body(details: Mapping[str, Any]) -> tuple[Fragment, list[LeftOut]]:
    """Return the text of a page: one body, or the parts of a guide, each under its title."""
    parts = _mappings(details.get("parts"))
    whole, invitations = _without_invitations(_html(details.get("body")))
    fragment = read_fragment(whole)
    for part in parts:
        html, more = _without_invitations(_html(part.get("body")))
        read = read_fragment(f"<h2>{_text(part.get('title'))}</h2>{html}")
        fragment = Fragment(
            (*fragment.blocks, *read.blocks),
            (*fragment.left_out, *read.left_out),
            (*fragment.warnings, *read.warnings),
        )
        invitations += more
    return fragment, invitations


def _html(body: object) -> str:
    """Return the HTML of *body*: a text, or the same text in several types."""
    if isinstance(body, list):
        typed = _mappings(body)
        html = [one for one in typed if one.get("content_type") == "text/html"]
        return _text((html or typed or [{}])[0].get("content"))
    return _text(body)


def _without_invitations(html: str) -> tuple[str, list[LeftOut]]:
    """Return *html* without its boxes that call to action, and what they say."""
    kept, left_out, start = [], [], 0
    while match := _INVITATION.search(html, start):
        end = _end_of_div(html, match.start())
        kept.append(html[start : match.start()])
        if text := plain(html[match.start() : end]):
            left_out.append(LeftOut(text=text, why=Why.ADVERTISING))
        start = end
    return "".join((*kept, html[start:])), left_out


def _end_of_div(html: str, start: int) -> int:
    """Return where the ``div`` that opens at *start* ends: the text's end, if nothing closes it."""
    open_divs = 0
    for tag in _DIV.finditer(html, start):
        open_divs += -1 if tag[1] else 1
        if not open_divs:
            return tag.end()
    return len(html)


def _claims(page: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[Claim]:
    if title := _text(page.get("title")):
        yield Claim(field=Field.TITLE, value=title, where="title", certain=True)
    for field, key, told in (
        (Field.DATE, "delivered_on", details),
        (Field.PUBLISHED, "first_published_at", page),
        (Field.PUBLISHED, "first_public_at", details),
    ):
        if moment := read_moment(_text(told.get(key))):
            yield Claim(field=field, value=str(moment.day), where=key, certain=True)
    if changed := _changed(page, details):
        yield Claim(
            field=Field.MODIFIED, value=str(changed.day), where="change_history", certain=True
        )
    for key in ("document_type", "schema_name"):
        if kind := _KINDS.get(_text(page.get(key))):
            yield Claim(field=Field.KIND, value=str(kind), where=key, certain=True)
            break
    yield from _speakers(_mapping(page.get("links")), details)
    for organisation in _mappings(_mapping(page.get("links")).get("organisations"))[:1]:
        if name := _text(organisation.get("title")):
            yield Claim(
                field=Field.PUBLISHER, value=name, where="links.organisations", certain=True
            )
    if (path := _text(page.get("base_path"))).startswith("/"):
        yield Claim(field=Field.URL, value=_SITE + path, where="base_path", certain=True)
    if locale := _text(page.get("locale")):
        yield Claim(field=Field.LANGUAGE, value=locale, where="locale", certain=True)


def _speakers(links: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[Claim]:
    names = [plain_name(_text(one.get("title"))) for one in _mappings(links.get("speaker"))]
    for name in filter(None, names):
        yield Claim(field=Field.SPEAKER, value=name, where="links.speaker", certain=True)
    if name := plain_name(_text(details.get("speaker_without_profile"))):
        where = "speaker_without_profile"
        yield Claim(field=Field.SPEAKER, value=name, where=where, certain=True)
    # Of news, they are only the people that it is about.
    for person in _mappings(links.get("people")):
        if (name := plain_name(_text(person.get("title")))) and name not in names:
            yield Claim(field=Field.SPEAKER, value=name, where="links.people")


def plain_name(title: str) -> str:
    """Return the name in *title* without what is put before or behind it as an honour.

    >>> plain_name("The Rt Hon Sir Alan Quill KC MP")
    'Sir Alan Quill'
    """
    name = title.strip()
    while match := _HONORIFIC.match(name):
        name = name[match.end() :].lstrip()
    while match := _POST_NOMINAL.search(name):
        name = name[: match.start()].rstrip()
    return name


def _later_notes(details: Mapping[str, Any]) -> list[tuple[Moment, str]]:
    """Return the changes after the first publication, the latest first."""
    notes = [
        (moment, _text(one.get("note")))
        for one in _mappings(details.get("change_history"))
        if (moment := read_moment(_text(one.get("public_timestamp"))))
    ]
    notes.sort(key=lambda one: one[0].comparable, reverse=True)
    return notes[:-1]


def _changed(page: Mapping[str, Any], details: Mapping[str, Any]) -> Moment | None:
    """Return when it was last changed after it was published, if it was."""
    if later := _later_notes(details):
        return later[0][0]
    first = read_moment(_text(page.get("first_published_at")))
    updated = read_moment(_text(page.get("public_updated_at")))
    return updated if first and updated and updated.day > first.day else None


def _warnings(
    page: Mapping[str, Any], details: Mapping[str, Any], attachments: list[str]
) -> Iterator[Warned]:
    if explanation := _text(details.get("speech_type_explanation")).strip("() "):
        yield Warned(text=explanation)
    later = _later_notes(details)
    for _, note in later:
        yield Warned(text=f"change: {note}" if note else "changed without a note")
    if not later and (changed := _changed(page, details)):
        yield Warned(text=f"updated {changed.day}, without a note of what was changed")
    withdrawn = _mapping(page.get("withdrawn_notice")) or _mapping(details.get("withdrawn_notice"))
    if withdrawn:
        moment = read_moment(_text(withdrawn.get("withdrawn_at")))
        day = f" {moment.day}" if moment else ""
        yield Warned(text=f"withdrawn{day}: {plain(_text(withdrawn.get('explanation')))}")
    delivered = read_moment(_text(details.get("delivered_on")))
    at = delivered.at if delivered else None
    if delivered and at and not at.utcoffset() and at.hour == _MIDNIGHT_IN_SUMMER:
        yield Warned(text=f"delivered {delivered.clock}: in British summer time, the day after")
    if attachments:
        yield Warned(text=f"not read, because attached: {', '.join(attachments)}")


def _attachments(details: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of what is attached, or the titles where there is no address."""
    for one in _mappings(details.get("attachments")):
        url = _text(one.get("url"))
        if address := (_SITE + url if url.startswith("/") else url) or _text(one.get("title")):
            yield address
