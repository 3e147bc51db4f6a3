"""Reads Akoma Ntoso, the XML of parliaments (OASIS LegalDocML 1.0): each section of a debate.

Speakers, their offices and questions are data. What nobody says (scenes, narratives, the time) is
left out; the label of a speech ("from") is no word of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

import regex

from documents.model import (
    Block,
    BlockKind,
    Claim,
    Extract,
    Field,
    LeftOut,
    Source,
    Unreadable,
    Why,
)
from documents.reading.debates import Speech, blocks_of, speaker_claims, with_askers
from documents.reading.moments import read_moment
from documents.reading.xml_trees import attribute, name_of, one_line, read_tree, text_of
from index import Kind

_SPEECHES = frozenset({"speech", "question", "answer"})
_DIRECTIONS = frozenset({"scene", "narrative", "recordedTime", "summary", "other", "adjournment"})
_BODIES = frozenset({"debateBody", "mainBody", "body"})
_NOT_WORDS = frozenset({"noteRef", "authorialNote", "num", "from", "eol", "pb", "marker"})
#: Elements that are one block each; whatever stands around them is only a container.
_BLOCKS = {
    "p": BlockKind.PARAGRAPH,
    "block": BlockKind.PARAGRAPH,
    "span": BlockKind.PARAGRAPH,
    "listIntroduction": BlockKind.PARAGRAPH,
    "listWrapUp": BlockKind.PARAGRAPH,
    "li": BlockKind.ITEM,
    "item": BlockKind.ITEM,
    "tr": BlockKind.ROW,
    "heading": BlockKind.HEADING,
    "subheading": BlockKind.HEADING,
    "crossHeading": BlockKind.HEADING,
}
#: What may stand within a block and is a block itself, or several.
_INNER = frozenset({*_BLOCKS, "ul", "ol", "blockList", "table"}) - {"span"}
_QUOTES = frozenset({"embeddedStructure", "embeddedText", "quotedStructure", "blockQuote"})
_CHAIR = regex.compile(
    r"^(?:chair|speaker|president|presiding|ceann|cathaoirleach|leas-)", regex.IGNORECASE
)
#: ISO 639-2 and its T/B codes, as FRBRlanguage has them, by BCP 47.
_LANGUAGES = {
    **{"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it"},
    **{"por": "pt", "rus": "ru", "ara": "ar", "zho": "zh", "chi": "zh", "nld": "nl", "dut": "nl"},
    **{"pol": "pl", "ron": "ro", "rum": "ro", "swe": "sv", "fin": "fi", "dan": "da", "nor": "no"},
    **{"ell": "el", "gre": "el", "hun": "hu", "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk"},
    **{"slv": "sl", "hrv": "hr", "srp": "sr", "bul": "bg", "lit": "lt", "lav": "lv", "est": "et"},
    **{"gle": "ga", "cym": "cy", "wel": "cy", "urd": "ur", "hin": "hi", "ben": "bn", "fas": "fa"},
    **{"per": "fa", "tur": "tr", "jpn": "ja", "kor": "ko", "vie": "vi", "tha": "th", "ind": "id"},
    **{"heb": "he", "ukr": "uk", "swa": "sw", "mlt": "mt", "cat": "ca", "eus": "eu", "baq": "eu"},
}


@dataclass(slots=True)
class _Section:
    """What is said under one heading, without what stands under a heading below it."""

    title: str = ""
    speeches: list[Speech] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_akoma_ntoso(source: Source) -> list[Extract]:
    """Return an extract for each section of the debate in *source*, or one for another document.

    Raises:
        Unreadable: it is no XML, or has no text.
    """
    root = read_tree(source)
    named = {
        identifier: element
        for element in root.iter()
        if name_of(element).startswith("TLC") or name_of(element) == "note"
        for key in ("eId", "wId", "id")
        if (identifier := attribute(element, key))
    }
    body = next((one for one in root.iter() if name_of(one) in _BODIES), None)
    sections = [] if body is None else [s for s in _sections(body, named) if s.speeches]
    if not sections:
        raise Unreadable("there is no text in it", "Give the XML of the debate itself")
    claims = _document_claims(root, named)
    title = _document_title(root)
    extracts = [_extract(section, claims, title) for section in sections]
    return extracts if len(extracts) > 1 else [replace(extracts[0], part="")]


def _extract(section: _Section, claims: Sequence[Claim], document: str) -> Extract:
    speeches = with_askers(section.speeches)
    title = section.title or document
    own = [Claim(field=Field.TITLE, value=title, where="heading", certain=True)] if title else []
    spoken = any(speech.name for speech in speeches)
    if spoken:
        kind = str(Kind.REMARKS)
        own.append(Claim(field=Field.KIND, value=kind, where="speeches", certain=True))
    return Extract(
        part=title,
        blocks=blocks_of(speeches),
        claims=(*own, *claims, *speaker_claims(speeches, "TLCPerson")),
        left_out=tuple(section.left_out),
    )


def _sections(body: Element, named: Mapping[str, Element]) -> Iterator[_Section]:
    """Yield the sections of *body* in their order, each before those within it."""
    pending = [body]
    while pending:
        container = pending.pop()
        section = _Section(title=_heading(container))
        inner: list[Element] = []
        stray: list[Block] = []
        for element in container:
            name = name_of(element)
            if name in _SPEECHES:
                section.speeches.append(_speech(element, named, section.left_out))
            elif name in _DIRECTIONS:
                _leave_out(element, section.left_out)
            elif name in _INNER or name in _QUOTES or name == "span":
                if name != "heading":
                    stray += _blocks(element, named, section.left_out)
            elif name not in _NOT_WORDS:
                inner.append(element)
        if section.speeches:
            # Among speeches, it is what the clerk writes: "Question put and agreed to."
            section.left_out += (LeftOut(text=b.text, why=Why.DIRECTION) for b in stray)
        elif stray:
            section.speeches.append(Speech(name="", blocks=tuple(stray)))
        section.speeches = [speech for speech in section.speeches if speech.blocks]
        yield section
        pending.extend(reversed(inner))


def _heading(container: Element) -> str:
    return next((text_of(one, _NOT_WORDS) for one in container if name_of(one) == "heading"), "")


def _speech(element: Element, named: Mapping[str, Element], left_out: list[LeftOut]) -> Speech:
    label = next((text_of(one) for one in element if name_of(one) == "from"), "").rstrip(":： ")
    person = named.get(element.get("by", "").lstrip("#"))
    office = named.get(element.get("as", "").lstrip("#"))
    name = (attribute(person, "showAs") if person is not None else "") or label
    role = attribute(office, "showAs") if office is not None else ""
    told = {"question": True, "answer": False}.get(name_of(element))
    return Speech(
        name=name,
        role="" if role == name else role,
        blocks=tuple(_blocks(element, named, left_out)),
        asks=told,
        presides=bool(_CHAIR.match(name.removeprefix("The ")) or _CHAIR.match(role)),
        known=person is not None,
    )


def _blocks(
    element: Element, named: Mapping[str, Element], left_out: list[LeftOut]
) -> Iterator[Block]:
    """Yield the blocks in *element*, each followed by its footnotes."""
    pending: list[tuple[Element, bool, str]] = [(element, False, "")]
    while pending:
        one, quoted, mark = pending.pop()
        name = name_of(one)
        if name in _DIRECTIONS:
            _leave_out(one, left_out)
            continue
        if name in _NOT_WORDS:
            continue
        inside = quoted or name in _QUOTES
        children = list(one)
        if name in _BLOCKS:
            mark = _mark(one) if _BLOCKS[name] is BlockKind.ITEM else mark
            children = [] if name == "tr" else [c for c in one if name_of(c) in _INNER]
            text = (
                _row(one) if name == "tr" else text_of(one, {*_NOT_WORDS, *map(name_of, children)})
            )
            if text:
                yield _block(text, _BLOCKS[name], mark=mark, quoted=quoted)
                mark = ""
            if not children:
                yield from _notes(one, named)
        elif not children and (text := one_line(one.text or "")):
            yield Block(text=text)
        # An item's mark stands before its first paragraph, if it has no words of its own.
        marks = [mark if number == 0 else "" for number in range(len(children))]
        pending.extend(reversed([(c, inside, m) for c, m in zip(children, marks, strict=True)]))


def _mark(item: Element) -> str:
    return next((text_of(one) for one in item if name_of(one) == "num"), "") or "•"


def _row(row: Element) -> str:
    cells = [text_of(cell, _NOT_WORDS) for cell in row if name_of(cell) in ("td", "th")]
    return " | ".join(cells) if any(cells) else ""


def _block(text: str, kind: BlockKind, *, mark: str, quoted: bool) -> Block:
    if mark:
        return Block(text=f"{mark} {text}", kind=BlockKind.ITEM)
    if quoted and kind is BlockKind.PARAGRAPH:
        return Block(text=text, kind=BlockKind.QUOTE)
    return Block(text=text, kind=kind, level=2 if kind is BlockKind.HEADING else 0)


def _notes(block: Element, named: Mapping[str, Element]) -> Iterator[Block]:
    """Yield the footnotes that *block* has or refers to."""
    for mark in block.iter():
        note: Element | None = None
        if name_of(mark) == "authorialNote":
            note = mark
        elif name_of(mark) == "noteRef":
            note = named.get(attribute(mark, "href").lstrip("#"))
        if note is not None and (text := text_of(note)):
            yield Block(text=text, kind=BlockKind.NOTE)


def _leave_out(element: Element, left_out: list[LeftOut]) -> None:
    if text := text_of(element):
        left_out.append(LeftOut(text=text, why=Why.DIRECTION))


def _document_title(root: Element) -> str:
    return next((text_of(one) for one in root.iter() if name_of(one) == "docTitle"), "")


def _document_claims(root: Element, named: Mapping[str, Element]) -> list[Claim]:
    """Return what the document says of all its sections: the day, the house, the language."""
    claims: list[Claim] = []
    for work, place, wanted in (
        ("FRBRWork", Field.DATE, ""),
        ("FRBRExpression", Field.PUBLISHED, "publication"),
    ):
        element = next((one for one in root.iter() if name_of(one) == work), None)
        days = [one for one in element if name_of(one) == "FRBRdate"] if element is not None else []
        for day in days:
            moment = read_moment(attribute(day, "date"))
            if moment and (not wanted or wanted in attribute(day, "name").lower()):
                value, where = str(moment.day), f"{work} date"
                claims.append(Claim(field=place, value=value, where=where, certain=True))
                break
    houses = Counter(
        attribute(house, "showAs")
        for one in root.iter()
        if name_of(one) == "FRBRauthor"
        and (house := named.get(attribute(one, "href").lstrip("#"))) is not None
        and name_of(house) == "TLCOrganization"
    )
    if houses:
        name = houses.most_common(1)[0][0]
        claims.append(Claim(field=Field.PUBLISHER, value=name, where="FRBRauthor", certain=True))
    told = next((attribute(o, "language") for o in root.iter() if name_of(o) == "FRBRlanguage"), "")
    if told:
        language = _LANGUAGES.get(told.lower(), told.lower())
        claims.append(
            Claim(field=Field.LANGUAGE, value=language, where="FRBRlanguage", certain=True)
        )
    return claims
