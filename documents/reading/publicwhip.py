"""Reads the XML that TheyWorkForYou makes of Hansard: debates, questions, written statements.

A written statement is one extract, and so is each debate under a heading. Speakers, offices and
questions are data here. What no member says (motions, divisions) is left out of a debate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, tostring

import regex

from documents.model import (
    Claim,
    Doubt,
    Extract,
    Field,
    LeftOut,
    Refused,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.reading.debates import Speech, blocks_of, speaker_claims, with_askers
from documents.reading.html.fragments import read_fragment
from documents.reading.xml_trees import name_of, read_tree, text_of
from index import Kind

_HEADINGS = frozenset({"major-heading", "minor-heading", "oral-heading"})
_SPOKEN = frozenset({"speech", "ques", "reply"})
#: "uk.org.publicwhip/wms/2009-10-26a.87.0": what is published, and the day.
#: Of a committee, the day stands behind the bill: "standing2009-10-20_CHILDPOV_05-0_2009-10-27a".
_ID = regex.compile(r"/(?P<what>[a-z-]+)/(?:[^/]{0,100}_)?(?P<day>\d{4}-\d{2}-\d{2})")
_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")
_WRITTEN = frozenset({"wms", "wrans"})
#: By what the ids, the speakers and the addresses contain.
_HOUSES = (
    ("House of Lords", ("/lords/", "/lord/", "ldhansrd", "/Lords/", "lordswms", "lordswrans")),
    ("House of Commons", ("/debate/", "/westminhall/", "/standing/", "cmhansrd", "/Commons/")),
    ("Scottish Parliament", ("/spor/", "/spwa/", "scottish.parliament.uk")),
    ("Northern Ireland Assembly", ("/ni/", "niassembly.gov.uk")),
    ("Senedd Cymru", ("/senedd/", "senedd.wales")),
)
_PRESIDES = regex.compile(
    r"^(?:(?:Mr|Madam|The|The Lord)\.? )?(?:Deputy )?(?:Speaker|Presiding Officer)\b"
    r"|The (?:Deputy )?(?:Chairman|Chairwoman|Chair)\b"
)
_CHAIR_FIRST = regex.compile(r"^\[[^\]]{1,80} in the Chair\]\s*+—?\s*+")
#: In Scotland: "The First Minister (Alex Quill)", "Edda Priel (Dumbarton) (Lab)".
_OFFICE_FIRST = regex.compile(r"^(?P<role>The [^()]{3,200}+)\((?P<name>[^()]{3,80}+)\)$")
_SEAT_BEHIND = regex.compile(r"(?: \([^()]{1,80}+\)){1,3}$")
#: A minister of the other House makes the statement; this one only hands it in.
_ANOTHERS = regex.compile(
    r"\bfriend,? (?:the |who is )?(?P<office>[^()]{3,200}+)\((?P<name>[^()]{3,80}+)\)"
    r"[^.]{0,60}?\b(?:made|issued|published)\b[^.]{0,60}? [Ss]tatement"
)
_ANOTHER_UNNAMED = regex.compile(
    r"\bfriend\b[^.]{0,200}?\b(?:made|issued|published)\b[^.]{0,60}? [Ss]tatement"
)
#: A minister of the Lords reads out what another said in the Commons.
_REPEATED = regex.compile(
    r"\brepeat (?:a|the|in the form of a) [Ss]tatement\b[^.]{0,200}?\bfriend\b"
)
#: Clerks do not write of themselves; a member's words may stand in italics by mistake.
_FIRST_PERSON = regex.compile(r"\b(?:I|my|me|we|our)\b")
_SHOWN = 160
_NOTHING = "there is no text in it"


@dataclass(slots=True)
class _Section:
    """The elements under a heading, until the next."""

    title: str = ""
    heading: Element | None = None
    elements: list[Element] = field(default_factory=list)


def read_publicwhip(source: Source) -> list[Extract]:
    """Return an extract for each written statement, answer or debate in *source*.

    Raises:
        Unreadable: it is no XML, or nobody speaks in it.
    """
    root = read_tree(source)
    sections = [section for section in _sections(root) if section.elements]
    extracts = [_extract(section, source) for section in sections]
    if root.get("latest") == "no":
        later = Warned(text="publicwhip has a later version of it", doubt=Doubt.AMENDED)
        extracts = [replace(one, warnings=(*one.warnings, later)) for one in extracts]
    if not any(extract.blocks for extract in extracts):
        raise Unreadable(_NOTHING, "Give a debate, a question or a statement of publicwhip")
    return list(_apart(extracts, sections))


def _sections(root: Element) -> Iterator[_Section]:
    section = _Section()
    for element in root:
        name = name_of(element)
        if name in _HEADINGS:
            yield section
            # "Cyprus — <i>Question</i>" is set on three lines.
            section = _Section(title=text_of(element), heading=element)
        elif name in _SPOKEN or name == "division":
            section.elements.append(element)
    yield section


def _extract(section: _Section, source: Source) -> Extract:
    what, day = _told_by_ids(section, source)
    written = what in _WRITTEN
    speeches: list[Speech] = []
    left_out: list[LeftOut] = []
    warnings: list[Warned] = []
    for element in section.elements:
        speech, out = _speech(element, speeches, written=written, statement=what == "wms")
        left_out += out
        if speech.blocks:
            speeches.append(speech)
    question = section.title.endswith("— Question")
    if question and speeches and speeches[0].asks is None:
        speeches[0] = replace(speeches[0], asks=True)
    speeches = with_askers(speeches)
    title = _CHAIR_FIRST.sub("", section.title)
    url = _attribute(section.elements, "url")
    where = "publicwhip data"
    claims = [Claim(field=Field.TITLE, value=title, where="heading", certain=True)] if title else []
    if day:
        claims.append(Claim(field=Field.DATE, value=day, where="id", certain=True))
    kind = Kind.STATEMENT if what == "wms" else Kind.REMARKS
    claims.append(Claim(field=Field.KIND, value=str(kind), where="id", certain=True))
    claims += speaker_claims(speeches, where)
    if house := _house(section, source):
        claims.append(Claim(field=Field.PUBLISHER, value=house, where="id", certain=True))
    if url:
        claims.append(Claim(field=Field.URL, value=url, where="url", certain=True))
    if another := _another(speeches) if what == "wms" else None:
        claim, warned = another
        claims += claim
        warnings.append(warned)
    if what != "wms" and (repeated := _repeated(speeches)):
        warnings.append(repeated)
    refused = None
    # "Hon. Members: Object." is nobody's statement.
    if not any(speech.known or written for speech in speeches):
        repair = f"Read it at {url}" if url else "Nothing is to be done"
        refused = Refused(name=title, what="no member speaks in it", repair=repair)
    return Extract(
        part=title,
        blocks=() if refused else blocks_of(speeches),
        claims=tuple(claims),
        left_out=tuple(left_out),
        warnings=tuple(warnings),
        refused=refused,
    )


def _speech(
    element: Element, before: Sequence[Speech], *, written: bool, statement: bool
) -> tuple[Speech, list[LeftOut]]:
    """Return what *element* says, without blocks if nobody does, and what is left out of it."""
    if name_of(element) == "division":
        return Speech(name=""), [LeftOut(text=_division(element), why=Why.DIRECTION)]
    name, role = _named(element.get("speakername", "").strip())
    if not name and "Continuation" in element.get("type", "") and before:
        name = before[-1].name
    if not name and not written:
        text = text_of(element)
        return Speech(name=""), [LeftOut(text=text, why=Why.DIRECTION)] if text else []
    words, directions = _words(element, written=written)
    fragment = read_fragment(words)
    speaker = element.get("speakerid", "") or element.get("person_id", "")
    speech = Speech(
        name=name,
        role=element.get("speakeroffice", "").strip() or role,
        blocks=fragment.blocks,
        asks=None if statement else _asks(element),
        presides=bool(_PRESIDES.match(name) or _PRESIDES.match(role)),
        known=bool(speaker) and speaker != "unknown",
    )
    return speech, [*directions, *fragment.left_out]


def _named(told: str) -> tuple[str, str]:
    """Return the name and the office in *told*, without the seat and the party."""
    if match := _OFFICE_FIRST.match(told):
        return match["name"].strip(), match["role"].strip()
    return _SEAT_BEHIND.sub("", told), ""


def _words(element: Element, *, written: bool) -> tuple[str, list[LeftOut]]:
    """Return the HTML in *element*, without what the clerks set in italics between speeches."""
    pieces: list[str] = [element.text or ""] if (element.text or "").strip() else []
    directions = []
    for child in element:
        italic = not written and child.get("class") == "italic"
        if italic and (text := text_of(child)) and not _FIRST_PERSON.search(text):
            directions.append(LeftOut(text=text, why=Why.DIRECTION))
            continue
        pieces.append(tostring(child, encoding="unicode", method="html"))
    return "".join(pieces), directions


def _asks(element: Element) -> bool | None:
    """Return whether the data tell that *element* asks; ``None`` if they do not tell."""
    name, what = name_of(element), element.get("type", "")
    if name == "ques" or "Question" in what or element.get("oral-qnum"):
        return True
    if any(child.get("qnum") for child in element):
        return True
    return False if name == "reply" or "Answer" in what else None


def _division(element: Element) -> str:
    count = next((one for one in element if name_of(one) == "divisioncount"), None)
    counted = "" if count is None else ", ".join(f"{k} {v}" for k, v in count.attrib.items())
    return f"Division {element.get('divnumber', '')}: {counted}".replace(" :", ":").strip(": ")


def _told_by_ids(section: _Section, source: Source) -> tuple[str, str]:
    """Return what is published and the day, by the ids; else the day in the file's name."""
    elements = [section.heading] if section.heading is not None else []
    for element in (*elements, *section.elements):
        if match := _ID.search(element.get("id", "")):
            return match["what"], match["day"]
    days = _DAY.findall(source.name)
    return "", days[-1] if days else ""


def _house(section: _Section, source: Source) -> str:
    told = [source.name]
    heads = [section.heading] if section.heading is not None else []
    for element in (*heads, *section.elements):
        told += (element.get(key, "") for key in ("id", "speakerid", "url"))
    counts = Counter(
        house for text in told for house, signs in _HOUSES if any(sign in text for sign in signs)
    )
    return counts.most_common(1)[0][0] if counts else ""


def _attribute(elements: Sequence[Element], name: str) -> str:
    return next((value for element in elements if (value := element.get(name, ""))), "")


def _repeated(speeches: Sequence[Speech]) -> Warned | None:
    """Return a note if a speaker repeats what another minister said in the other House."""
    for speech in speeches:
        first = speech.blocks[0].text if speech.blocks else ""
        if _REPEATED.search(first):
            return Warned(text=f"{speech.name} repeats another minister's words: “{_cut(first)}”")
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"


def _another(speeches: Sequence[Speech]) -> tuple[list[Claim], Warned] | None:
    """Return who made the statement, if the first paragraph says that another minister did."""
    first = speeches[0].blocks[0].text if speeches else ""
    named = _ANOTHERS.search(first)
    if not named and not _ANOTHER_UNNAMED.search(first):
        return None
    warned = Warned(text=f"the words are another minister's: “{_cut(first)}”")
    if not named:
        return [], warned
    value = f"{named['name'].strip()}; {named['office'].strip(' ,')}"
    return [Claim(field=Field.SPEAKER, value=value, where="first paragraph")], warned


def _apart(extracts: Sequence[Extract], sections: Sequence[_Section]) -> Iterator[Extract]:
    """Yield *extracts*; parts of one title get the number of their section, too."""
    titles = Counter(extract.part for extract in extracts)
    for extract, section in zip(extracts, sections, strict=True):
        if titles[extract.part] == 1 and extract.part:
            yield extract
            continue
        head = section.heading if section.heading is not None else section.elements[0]
        number = head.get("id", "").rpartition("/")[2]
        yield replace(extract, part=f"{extract.part} ({number})".strip())
