"""Finds who speaks, where a title, a label or a signature names an office and its holder.

Only what leaves no doubt is returned: a surname alone, or a name within a sentence about somebody,
is none. Who says which paragraph is read from labels, by ``index``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from documents.drafting.kinds import DIALOGUES, VALEDICTION, kind_by_title
from documents.drafting.offices import (
    NAME_WORD,
    VAGUE,
    WHOLE_NAME,
    Person,
    byline_in,
    has_office,
    offices_in,
    people_with_office,
)
from documents.drafting.parties import body_in, parties_in
from documents.model import Block, BlockKind
from index import Kind

_SIGNED = regex.compile(rf"(?P<name>{NAME_WORD}(?:\s{NAME_WORD}){{1,3}}?),?\s(?P<role>\S.{{0,80}})")
#: "Findings of the Commission of Inquiry".
_REPORT_OF = regex.compile(
    r"^(?:Findings|Conclusions|(?:\p{Lu}\p{L}{1,40}+\s)?[Rr]eport)\sof\s(?:the\s)?(?P<body>\p{Lu}[^,:;–—\d]{3,80}?)"
    r"(?=$|\s(?:on|to|for)\b|,?\s\(?\d{4}\b)"
)
_HAN_OFFICE = regex.compile(
    r"(?P<role>(?:(?!\d|月|日|年)\p{Han}){0,8}(?:发言人|發言人|部长|部長|大使|主席|总理|總理|总统|總統|外长|外長|书记))"
    r"(?P<name>\p{Han}{2,3})(?=主持|就|在|会见|會見|答|发表|發表|举行|舉行|出席|的|：|$)"
)
_LOUD_LABEL = regex.compile(r"(?P<label>\p{Lu}[\p{Lu} .'’-]{3,60}?)\s?[:：]")
#: Those who lead a talk, and speak for nobody.
_STAFF = frozenset({"moderator", "operator", "interpreter", "translator", "announcer", "host"})
_INSTITUTION = regex.compile(
    r"(?:Press\s)?(?:Office|Ministry|Department|Embassy|Secretariat|Bureau)(?:\s[\p{L}’'-]{1,40}+){1,7}"
)
_LABEL = regex.compile(r"^(?P<label>[^:：\n]{3,70}?)\s?[:：]\s")
_WORD = regex.compile(r"[\p{L}\p{M}]++(?:-[\p{L}\p{M}]++)*+")
#: Words of a name in a line of its own, and characters of the office below it.
_LONGEST_NAME, _LONGEST_ROLE = 4, 80
#: What stands below a signature.
_BELOW = regex.compile(r"(?i)(?:cc|c\.c\.|copy|copies|encl?|enclosures?|p\.?\s?s|annex\w*)\b")
_SIGNATURE_BLOCKS, _LONGEST_SIGNATURE, _FIRST_BLOCKS, _BYLINE_BLOCKS = 8, 120, 4, 6
_KIND_WORD = (
    r"(?:remarks|speech|address|statement|transcript|briefing|gaggle|conference|prensa|presse|imprensa|stampa|message|lecture"
    r"|toast|interview|keynote|comments|words|palabras|discurso|mensaje|intervención|declaraci(?:ón|ones)"
    r"|alocución|discours|allocution|déclaration|intervention|message|rede|ansprache|erklärung|statement"
    r"|discorso|intervento|dichiarazione|pronunciamento|fala|declaração)"
)
_NATION = r"(?:\p{Lu}[\p{L}.’-]{1,30}+\s){0,3}"
#: What stands in a title before an office whose holder speaks: nothing, or "Remarks by Valdorian".
_FIRST_IN_TITLE = regex.compile(
    r"(?:(?i:the)\s)?(?:\p{Lu}[\p{L}.’-]{1,30}+\s){0,2}|(?i:speech|transcript|remarks|interview|statement)\s?[:–—-]\s?"
)
_BY = regex.compile(
    rf"(?:(?i:{_KIND_WORD})(?:\s(?i:as|delivered|prepared|for|delivery|made|given|held)){{0,4}}"
    rf"\s(?:(?i:by|from|of|par|por|von|vom|di|del|de\sla|de\sl['’]|de|du|della|da|do|der|des))"
    rf"|^(?i:(?:(?!\b(?:on|about|regarding|sur|sobre|über)\b).){{0,80}}?\b(?:by|par|por)))\s(?:(?i:the|la|le|el|o|a)\s)?{_NATION}$"
)
_WITH = regex.compile(rf"\b(?i:with|avec|con|mit|com)\s(?:the\s)?{_NATION}$")
#: Behind the name of who speaks alone: whoever is named later is spoken of, or to.
_ABOUT = regex.compile(
    r",?\s(?i:on|about|regarding|concerning|before|after|following|ahead|upon|sur|sobre|über)\b|\s?[:(–—]|$"
)
#: "Foreign Minister Maratov: “A door”".
_QUOTED = regex.compile(r"\s?[:：]|\s[–—-]\s?[“\"«‘']")
_ATTRIBUTABLE = regex.compile(
    r"(?i)(?:the\s)?(?:below|following)(?:\sstatement)?\s(?:is|may\sbe|can\sbe)\s(?:attributable|attributed)\sto\s(?:the\s)?"
    r"(?P<whom>.{5,120}?)\s?[:.]?$"
)


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """A speaker, as "name; role" or "name", and where he is named."""

    value: str
    where: str


def speakers_found(
    title: str, blocks: Sequence[Block], kind: Kind, language: str
) -> list[SpeakerFound]:
    """Return the speakers that *title* and *blocks* name without a doubt, the main one first."""
    if kind is Kind.JOINT_STATEMENT:
        return [SpeakerFound(one, "title") for one in parties_in(title)]
    if kind is Kind.REPORT and (match := _REPORT_OF.match(title)):
        return [SpeakerFound(match["body"], "title")]
    if kind is Kind.LETTER and (signed := _signature(blocks, language)):
        return [signed]
    found = (one for rule in _RULES for one in [rule(title, blocks, language)] if one)
    if first := next(found, None):
        return [first]
    if kind in DIALOGUES and len(several := people_in_talk(title, blocks, language)) > 1:
        return [SpeakerFound(one, "title and labels") for one in several]
    return list(_officials(blocks, language)) if kind in DIALOGUES else []


def _in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    if match := _HAN_OFFICE.search(title):
        return SpeakerFound(f"{match['name']}; {match['role']}", "title")
    people = list(people_with_office(title, language, _words_of(blocks)))
    told = kind_by_title(title, language)
    first = next((one for one in people if told and _BY.search(title[: one.start])), None)
    if first and _ABOUT.match(title[first.stop :]):
        return SpeakerFound(str(first), "title")
    # Of two who hold offices, either may speak; and a call or a visit is told by somebody else.
    if len(people) != 1 or offices_in(title, language) > 1 or not told:
        return None
    (person,) = people
    return SpeakerFound(str(person), "title") if _speaks(title, person, told[0]) else None


def _speaks(title: str, person: Person, kind: Kind) -> bool:
    """Return whether *title* says that *person* speaks, and not that somebody speaks of him."""
    before = title[: person.start]
    if _WITH.search(before):
        return kind in DIALOGUES
    return bool(_FIRST_IN_TITLE.fullmatch(before) or _BY.search(before))


def _body_in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return whose statement the title says that it is, but no office without its holder."""
    body = body_in(title)
    return SpeakerFound(body, "title") if body and not has_office(body, language) else None


def _surname_in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return whom a title calls "Foreign Minister Maratov", if the text soon has the whole name.

    A call that is "Foreign Minister Maratov’s", or whom he meets, is told by somebody else.
    """
    told = kind_by_title(title, language)
    for block in blocks[:_FIRST_BLOCKS]:
        for person in people_with_office(block.text, language):
            called = f"{person.role} {person.name.split()[-1]}"
            at = title.find(called)
            behind = title[at + len(called) :]
            if at < 0 or offices_in(title, language) > 1:
                continue
            holder = Person(person.name, person.role, at)
            if _QUOTED.match(behind) or (told and _speaks(title, holder, told[0])):
                return SpeakerFound(str(person), "title and first paragraphs")
    return None


def _in_byline(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return who is named above the text: "Statement by H.E. Ms. Ilse Maratov, Minister of …"."""
    lines = [title, *(block.text for block in blocks[:_BYLINE_BLOCKS])]
    for line in lines:
        if person := byline_in(line, language):
            return SpeakerFound(str(person), "title" if line is title else f"“{line}”")
    return None


def _attributed(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return to whom the first lines say that the text is attributable."""
    for block in blocks[:_FIRST_BLOCKS]:
        if match := _ATTRIBUTABLE.match(block.text):
            people = [one for one in people_with_office(match["whom"], language) if not one.start]
            if len(people) == 1:
                return SpeakerFound(str(people[0]), f"“{match[0].strip()}”")
    return None


def people_in_talk(title: str, blocks: Sequence[Block], language: str) -> list[str]:
    """Return those whom the *title* of a talk names with office and full name, and labels call."""
    labels = [" ".join(one["label"].split()).casefold() for one in _labels(blocks)]
    return [
        str(person)
        for person in people_with_office(title, language, _words_of(blocks))
        if any(
            label == person.role.casefold()
            or label.split()[-1] == person.name.split()[-1].casefold()
            for label in labels
        )
    ]


def _labels(blocks: Sequence[Block]) -> Iterator[regex.Match[str]]:
    return (match for block in blocks if (match := _LABEL.match(f"{block.text} ")))


def _words_of(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(word for block in blocks for word in _WORD.findall(block.text.casefold()))


def _in_labels(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return the only speaker whom labels name with office and full name."""
    people: dict[str, None] = {}
    for match in _labels(blocks):
        for person in people_with_office(match["label"], language):
            if f"{person.role} {person.name}" == match["label"].strip():
                people[str(person)] = None
    return SpeakerFound(next(iter(people)), "label") if len(people) == 1 else None


def _officials(blocks: Sequence[Block], language: str) -> Iterator[SpeakerFound]:
    """Yield those whom labels in capitals call by an office, as "SENIOR OFFICIAL ONE".

    The institution that a transcript begins with comes first, as its first lines are nobody's.
    """
    labels = (match for block in blocks if (match := _LOUD_LABEL.match(block.text)))
    # An office with a name, "ADMIRAL KIRBY", is of one whose full name is to be found.
    held = [one["label"] for one in labels if not VAGUE.isdisjoint(one["label"].casefold().split())]
    officials = [one for one in dict.fromkeys(held) if _STAFF.isdisjoint(one.casefold().split())]
    if officials and (institution := institution_in(blocks)):
        yield SpeakerFound(institution, "first lines")
    yield from (SpeakerFound(one, "label") for one in officials)


def institution_in(blocks: Sequence[Block]) -> str:
    """Return the institution that a text names alone in its first lines; empty if it names none."""
    first = (block.text for block in blocks[:2])
    return next((text for text in first if _INSTITUTION.fullmatch(text)), "")


def _signature(blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return who signs a letter: a name, alone, and an office behind it."""
    kept = [one for one in blocks if one.kind is not BlockKind.NOTE and not _BELOW.match(one.text)]
    last = kept[-_SIGNATURE_BLOCKS:]
    for number, block in enumerate(last):
        if not VALEDICTION.match(block.text):
            continue
        lines = [one.text.strip().rstrip(",") for one in last[number + 1 :]]
        signed = " ".join(lines)
        match = _SIGNED.fullmatch(signed)
        if match and len(signed) <= _LONGEST_SIGNATURE and has_office(match["role"], language):
            return SpeakerFound(f"{match['name']}; {match['role']}", "signature")
        if lines and _is_name(lines[0], language):
            role = next((one for one in lines[1:2] if _is_role(one)), "")
            return SpeakerFound(f"{lines[0]}; {role}" if role else lines[0], "signature")
    return None


def _is_name(line: str, language: str) -> bool:
    is_short = len(line.split()) <= _LONGEST_NAME
    return is_short and bool(WHOLE_NAME.fullmatch(line)) and not has_office(line, language)


def _is_role(line: str) -> bool:
    return line[0].isupper() and len(line) <= _LONGEST_ROLE and not any(map(str.isdigit, line))


_RULES: tuple[Callable[[str, Sequence[Block], str], SpeakerFound | None], ...] = (
    _attributed,
    _in_title,
    _in_byline,
    _body_in_title,
    _surname_in_title,
    _in_labels,
)
