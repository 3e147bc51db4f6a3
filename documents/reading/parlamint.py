"""Reads ParlaMint, the TEI in which thirty parliaments' debates are kept: each part of a sitting.

Who speaks, and whether from the chair, is data. The names stand in another file of the corpus,
unless this one has them or a note before the speech. Notes, noises and gestures are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

import regex

from documents.model import (
    Block,
    Claim,
    Doubt,
    Extract,
    Field,
    LeftOut,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.reading.debates import Speech, blocks_of, speaker_claims
from documents.reading.moments import read_moment
from documents.reading.xml_trees import attribute, name_of, one_line, read_tree, text_of
from index import Kind

#: What is no speaker's word, in a speech and between speeches.
_DIRECTIONS = frozenset({"note", "kinesic", "incident", "vocal", "gap", "pb", "desc", "time"})
_TOKENS = frozenset({"w", "pc"})
_SAMPLE = regex.compile(r"\s*+\[ParlaMint[^\]]{0,60}\]")
_NO_TEXT = "there is no text in it"


@dataclass(slots=True)
class _Division:
    """A division of the text, with what is said in it."""

    title: str = ""
    speeches: list[Speech] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    #: The ids of speakers whose names the file does not have.
    unnamed: set[str] = field(default_factory=set)
    omitted: int = 0


def read_parlamint(source: Source) -> list[Extract]:
    """Return an extract for each division of the sitting in *source* in which somebody speaks.

    Raises:
        Unreadable: it is no XML, or nobody speaks in it.
    """
    root = read_tree(source)
    if name_of(root) == "teiCorpus":
        repair = "Add the files of the sittings that it names"
        raise Unreadable(f"{_NO_TEXT}, only what is said of a corpus", repair)
    day = _day(root)
    names = dict(_people(root, day))
    divisions = [one for one in _divisions(root, names) if one.speeches]
    if not divisions:
        raise Unreadable(_NO_TEXT, "Add the files of the sittings instead")
    language = attribute(root, "lang") or "en"
    claims = [*_claims(root, day), *_language(language)]
    sitting = _title(root, language)
    if len(divisions) == 1:
        return [replace(_extract(divisions[0], claims, sitting), part="")]
    # The address is the sitting's, and no part has it alone.
    claims = [claim for claim in claims if claim.field is not Field.URL]
    return [
        _extract(one, claims, sitting if one.title else f"{sitting}, part {number}")
        for number, one in enumerate(divisions, 1)
    ]


def _extract(division: _Division, claims: Sequence[Claim], sitting: str) -> Extract:
    title = division.title or sitting
    own = [Claim(field=Field.TITLE, value=title, where="TEI title", certain=True)] if title else []
    warnings = []
    if division.unnamed:
        ids = ", ".join(sorted(division.unnamed))
        text = f"speakers are named by their ids only, their names are in the corpus file: {ids}"
        warnings.append(Warned(text=text, doubt=Doubt.TURN))
    if division.omitted:
        passages = "a passage" if division.omitted == 1 else f"{division.omitted} passages"
        warnings.append(Warned(text=f"the corpus leaves out {passages} of what was said"))
    return Extract(
        part=title,
        blocks=blocks_of(division.speeches),
        claims=(*own, *claims, *speaker_claims(division.speeches, "TEI who")),
        left_out=tuple(division.left_out),
        warnings=tuple(warnings),
    )


def _divisions(root: Element, names: Mapping[str, tuple[str, str]]) -> Iterator[_Division]:
    text = next((one for one in root if name_of(one) == "text"), None)
    pending = [] if text is None else [text]
    while pending:
        container = pending.pop()
        division = _Division()
        label = ""
        inner = []
        for element in container:
            match name_of(element):
                case "u":
                    division.speeches.append(_speech(element, names, label, division))
                    label = ""
                case "head":
                    division.title = division.title or text_of(element, _DIRECTIONS)
                case "note" if attribute(element, "type") == "speaker":
                    label = text_of(element)
                case name if name in _DIRECTIONS:
                    _leave_out(element, division)
                case _:
                    inner.append(element)
        division.speeches = [speech for speech in division.speeches if speech.blocks]
        yield division
        pending.extend(reversed(inner))


def _speech(
    element: Element,
    names: Mapping[str, tuple[str, str]],
    label: str,
    division: _Division,
) -> Speech:
    identifier = attribute(element, "who").lstrip("#")
    name, role = names.get(identifier, ("", ""))
    name = name or label.rstrip(":： ")
    if not name:
        division.unnamed.add(identifier or "?")
    return Speech(
        name=name or identifier or "?",
        role=role,
        blocks=tuple(_blocks(element, division)),
        presides="#chair" in attribute(element, "ana").split(),
        known=bool(name),
    )


def _blocks(utterance: Element, division: _Division) -> Iterator[Block]:
    """Yield a block for each segment of *utterance*; without segments, it is one itself."""
    segments = [one for one in utterance if name_of(one) == "seg"]
    for element in utterance.iter():
        if name_of(element) in _DIRECTIONS:
            _leave_out(element, division)
    for segment in segments or [utterance]:
        tokens = [one for one in segment.iter() if name_of(one) in _TOKENS]
        text = _joined(tokens) if tokens else text_of(segment, _DIRECTIONS)
        if text:
            yield Block(text=text)


def _joined(tokens: Sequence[Element]) -> str:
    """Return the text of *tokens*, which an annotated corpus has one by one."""
    # A contraction ("don't") has its words below it, without text of their own.
    texts = [(one_line(token.text or ""), attribute(token, "join")) for token in tokens]
    return "".join(t if join == "right" else f"{t} " for t, join in texts if t).strip()


def _leave_out(element: Element, division: _Division) -> None:
    if name_of(element) == "gap":
        division.omitted += 1
        return
    # What is said of a noise stands in a description below it.
    if name_of(element) != "desc" and (text := text_of(element)):
        division.left_out.append(LeftOut(text=text, why=Why.DIRECTION))


def _people(root: Element, day: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the name and the office on the *day* of each person that the header has, by id."""
    for person in root.iter():
        if name_of(person) != "person":
            continue
        called = [one for one in person if name_of(one) == "persName" and _is_valid(one, day)]
        if name := _full_name(called[0]) if called else "":
            yield attribute(person, "id"), (name, _office(person, day))


def _full_name(called: Element) -> str:
    parts = {"forename": "", "nameLink": "", "surname": ""}
    for part in called:
        if name_of(part) in parts:
            kind = name_of(part)
            parts[kind] = f"{parts[kind]} {text_of(part)}".strip()
    return " ".join(filter(None, parts.values())) or text_of(called)


def _office(person: Element, day: str) -> str:
    """Return the office in government or the chair that *person* held on the *day*."""
    for one in person:
        held = name_of(one) == "affiliation" and attribute(one, "role") not in ("", "member", "MP")
        roles = [text_of(role) for role in one if name_of(role) == "roleName"] if held else []
        if roles and roles[0] and _is_valid(one, day):
            return roles[0]
    return ""


def _is_valid(element: Element, day: str) -> bool:
    start, end = attribute(element, "from"), attribute(element, "to")
    return not day or ((not start or start <= day) and (not end or day <= end))


def _day(root: Element) -> str:
    """Return the day of the sitting: of its setting, else of its source."""
    for place in ("setting", "sourceDesc"):
        for container in (one for one in root.iter() if name_of(one) == place):
            for date in container.iter():
                if name_of(date) == "date" and (moment := read_moment(attribute(date, "when"))):
                    return str(moment.day)
    return ""


def _claims(root: Element, day: str) -> Iterator[Claim]:
    yield Claim(field=Field.KIND, value=str(Kind.REMARKS), where="TEI", certain=True)
    if day:
        yield Claim(field=Field.DATE, value=day, where="TEI date", certain=True)
    source = next((one for one in root.iter() if name_of(one) == "sourceDesc"), None)
    for element in () if source is None else source.iter():
        text = text_of(element)
        if name_of(element) == "publisher" and text:
            yield Claim(field=Field.PUBLISHER, value=text, where="TEI source", certain=True)
        if name_of(element) == "idno" and text.startswith(("http://", "https://")):
            yield Claim(field=Field.URL, value=text, where="TEI source", certain=True)


def _language(language: str) -> Iterator[Claim]:
    if language != "mul":
        yield Claim(field=Field.LANGUAGE, value=language, where="xml:lang", certain=True)


def _title(root: Element, language: str) -> str:
    """Return the title of the sitting, in its *language* if there are several."""
    statement = next((one for one in root.iter() if name_of(one) == "titleStmt"), None)
    titles = [] if statement is None else [one for one in statement if name_of(one) == "title"]
    ordered = sorted(
        titles,
        key=lambda one: (
            attribute(one, "type") != "sub",
            attribute(one, "lang") not in ("", language),
        ),
    )
    return _SAMPLE.sub("", text_of(ordered[0])) if ordered else ""
