"""Reads the XML of PM Transcripts, the papers of Australia's prime ministers since 1941.

Many older ones are scans that were read by machine, in lines that ``<br />`` breaks. Labels such as
"PRIME MINISTER:" stay in the text; whether it is text at all is judged elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

import regex

from documents.model import Claim, Extract, Field, LeftOut, Refused, Source, Unreadable, Warned, Why
from documents.reading.html.fragments import Fragment, plain, read_fragment
from documents.reading.plain_text import hyphen_warnings
from documents.reading.wrapped_lines import Paragraphs, joined_pages, paragraphs_in
from documents.reading.xml_trees import name_of, read_tree, text_of
from index import Kind

_OFFICE = "Prime Minister"
_NO_TEXT = "there is no text in it"
#: By words of ``<release-type>`` or, where that says "Transcript", of the title; the first wins.
_KINDS = (
    (("press conference", "doorstop", "media conference"), Kind.PRESS_CONFERENCE),
    (("interview", "chat", "q and a", "questions and answers", "radio", "tv "), Kind.INTERVIEW),
    (
        ("communique", "communiqué", "joint statement", "joint press statement"),
        Kind.JOINT_STATEMENT,
    ),
    (("letter", "correspondence"), Kind.LETTER),
    (("speech", "address", "remarks", "eulogy", "toast"), Kind.REMARKS),
    (("statement in parliament", "second reading"), Kind.REMARKS),
    (("media release", "press release", "news release"), Kind.PRESS_RELEASE),
    (("statement", "message"), Kind.STATEMENT),
)
#: Of these kinds, the words are the prime minister's, whatever else the title says.
_SPOKEN = frozenset({Kind.PRESS_CONFERENCE, Kind.INTERVIEW, Kind.REMARKS})
#: Others sign these, too, or alone.
_OTHERS = regex.compile(
    r"\bjoint(?:ly)?\b|\bcommuniqu|\bdeclaration\b|\bby (?:the )?(?:acting |deputy )"
    r"|\bby (?:the )?(?:hon|minister|treasurer|attorney|senator|leader)\b"
    r"|\b(?:deputy|acting) prime minister\b",
    regex.IGNORECASE,
)
_DAY_FIRST = regex.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_PARAGRAPH = regex.compile(r"</?p\b[^>]{0,200}+>", regex.IGNORECASE)
_BREAK = regex.compile(r"\s{0,5}+<br\s{0,5}+/?>\s{0,5}+", regex.IGNORECASE)
_PAGE_NUMBER = regex.compile(r"^\s{0,9}+[-–—./\[( ]{0,5}\d{1,3}[-–—./\]) ]{0,5}\s{0,9}+$")
#: Lines that a page broke, or that are paragraphs: so many in all, and so many that are no label.
_FEWEST_LINES, _FEWEST_LONG, _LONG = 12, 6, 25
#: A label that the scanner put behind the question before it: its answer stands in the next line.
_LABEL_BEHIND = regex.compile(r"(?<=[.?!…] )(?:\p{Lu}[\p{Lu}.'’-]{0,20} ?){1,4}:\s{0,9}+$")


def read_pm_transcripts(source: Source) -> list[Extract]:
    """Return the transcripts in *source*, most often one.

    Raises:
        Unreadable: it is no XML, or has no text.
    """
    root = read_tree(source)
    transcripts = [one for one in root.iter() if name_of(one) == "transcript"]
    if not transcripts:
        raise Unreadable(_NO_TEXT, "Look for the transcript on pmtranscripts.pmc.gov.au")
    extracts = [_transcript(one) for one in transcripts]
    if len(extracts) > 1:
        return extracts
    if refused := extracts[0].refused:
        raise Unreadable(refused.what, refused.repair)
    return extracts


def _transcript(element: Element) -> Extract:
    told = {name_of(child): text_of(child) for child in element if name_of(child) != "content"}
    title = plain(told.get("title", "")).strip()
    claims = tuple(_claims(title, told))
    content = next(("".join(one.itertext()) for one in element if name_of(one) == "content"), "")
    fragment, paragraphs = _read(content)
    part = title or told.get("transcript-id", "")
    document = told.get("document", "")
    if not fragment.blocks:
        repair = f"Read {document} instead" if document else "Look for its text elsewhere"
        refused = Refused(name=part, what=_NO_TEXT, repair=repair)
        return Extract(part=part, claims=claims, refused=refused)
    warnings = [*fragment.warnings, *hyphen_warnings(paragraphs)]
    if document:
        warnings.append(Warned(text=f"the document itself is {document}"))
    return Extract(
        part=part,
        blocks=fragment.blocks,
        claims=claims,
        left_out=fragment.left_out,
        warnings=tuple(warnings),
    )


def _claims(title: str, told: dict[str, str]) -> list[Claim]:
    claims = []
    if title:
        claims.append(Claim(field=Field.TITLE, value=title, where="<title>", certain=True))
    if day := _day(told.get("release-date", "")):
        where = "<release-date>"
        claims.append(Claim(field=Field.DATE, value=day.isoformat(), where=where, certain=True))
    release = told.get("release-type", "")
    kind = _kind(release) or _kind(title)
    if kind is Kind.INTERVIEW and _kind(title) is Kind.PRESS_CONFERENCE:
        kind = Kind.PRESS_CONFERENCE
    if kind in (Kind.PRESS_RELEASE, Kind.STATEMENT) and _kind(title) is Kind.JOINT_STATEMENT:
        kind = Kind.JOINT_STATEMENT
    if kind:
        claims.append(
            Claim(field=Field.KIND, value=str(kind), where="<release-type>", certain=True)
        )
    elif "transcript" in release.casefold():
        claims.append(
            Claim(field=Field.KIND, value=str(Kind.INTERVIEW), where="<release-type>: Transcript")
        )
    if minister := _name(told.get("prime-minister", "")):
        # It tells who was in office. Of a communiqué of many, that is not who speaks.
        own = kind in _SPOKEN or (kind is not Kind.JOINT_STATEMENT and not _OTHERS.search(title))
        certain = own and not (kind in _SPOKEN and _by_somebody_else(title))
        value = f"{minister}; {_OFFICE}"
        claims.append(
            Claim(field=Field.SPEAKER, value=value, where="<prime-minister>", certain=certain)
        )
    if document := told.get("document", ""):
        claims.append(Claim(field=Field.URL, value=document, where="<document>"))
    return claims


def _by_somebody_else(title: str) -> bool:
    """Whether the title names another speaker: "Speech by the Deputy Prime Minister"."""
    lower = title.casefold()
    joint = "joint" in lower or " with " in lower
    return not joint and bool(_OTHERS.search(title))


def _kind(told: str) -> Kind | None:
    lower = told.casefold()
    return next((kind for words, kind in _KINDS if any(word in lower for word in words)), None)


def _day(told: str) -> datetime.date | None:
    """Return the day in *told*, which is written day first: 31/07/2017."""
    match = _DAY_FIRST.match(told)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _name(told: str) -> str:
    """Return the name that *told* has with the surname first: "Turnbull, Malcolm"."""
    surname, comma, others = told.partition(",")
    return f"{others.strip()} {surname.strip()}".strip() if comma else told.strip()


def _read(content: str) -> tuple[Fragment, Paragraphs]:
    """Return the text of *content*, and how its lines were joined if a page broke them."""
    pages = [
        [line for line in _BREAK.split(part) if line.strip()] for part in _PARAGRAPH.split(content)
    ]
    pages = [page for page in pages if page]
    lines = [line for page in pages for line in page]
    many = len(lines) >= _FEWEST_LINES and len(lines) > 3 * len(pages)
    marked_up = "<table" in content or "<li" in content
    long = sum(len(line) >= _LONG for line in lines)
    broken = many and not marked_up and long >= _FEWEST_LONG
    if not broken:
        return read_fragment(content), Paragraphs(())
    numbers = list(_take_page_numbers(pages))
    pages = [[part for line in page for part in _before_label(line)] for page in pages]
    paragraphs = paragraphs_in(joined_pages(pages))
    fragment = read_fragment("".join(f"<p>{text}</p>" for text in paragraphs.texts))
    return replace(fragment, left_out=(*numbers, *fragment.left_out)), paragraphs


def _before_label(line: str) -> tuple[str, ...]:
    """Return *line*, or what stands before a label at its end, and the label."""
    match = _LABEL_BEHIND.search(line)
    return (line[: match.start()], match[0]) if match else (line,)


def _take_page_numbers(pages: list[list[str]]) -> Iterator[LeftOut]:
    """Take the numbers out of *pages* that stand above or below the text, and yield them."""
    for page in pages:
        for place in (0, -1):
            if len(page) > 1 and _PAGE_NUMBER.match(page[place]):
                yield LeftOut(text=page.pop(place).strip(), why=Why.PAGE_NUMBER)
