"""Finds who speaks, where a title, a label or a signature names an office and its holder.

Only what leaves no doubt is returned: a surname alone, or a name within a sentence about somebody,
is none. Who says which paragraph is read from labels, by ``index``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from documents.drafting.kinds import kind_by_title
from documents.model import Block, BlockKind
from index import Kind, label_words

#: A name has two to four words: given names, initials, particles, the surname.
_NAME_WORD = r"(?:\p{Lu}\.\s?|\p{Lu}(?:[\p{L}\p{M}-]|['’](?!s\b))+|\p{Lu}\p{M}*(?=\s))"
_PARTICLE = r"(?:de|del|la|da|dos|van|von|der|den|bin|ibn|al|el|af|di|du|le)"
_NAME = rf"{_NAME_WORD}(?:\s*(?:{_PARTICLE}\s)?{_NAME_WORD}){{1,4}}"
_OF = r"(?:of(?: the)?|for(?: the)?|to(?: the)?|de la|del|de|des|du|da|do|für|von|di)"
#: "between the Republic of Valdoria and the Kingdom of Karsia".
_BETWEEN = regex.compile(
    r"\b(?:between|entre)\s(?:the\s|la\s|le\s|el\s)?(?P<a>\p{Lu}[^,:;]{2,60}?)"
    r"\s(?:and|et|y)\s(?:the\s|la\s|le\s|el\s)?(?P<b>\p{Lu}[^,:;]{2,60}?)(?=$|\s(?:on|at|in|sur)\b|[,:;(])"
)
_PARTY = r"\p{Lu}[\p{L}\p{M}.’'-]+(?:\s(?:of|the)|\s\p{Lu}[\p{L}\p{M}.’'-]+){0,6}"
#: "Joint Statement from the United States and India": two parties, and nothing else.
_OF_TWO = regex.compile(
    rf"\b(?:of|by|from)\s(?:the\s)?(?P<a>{_PARTY})\sand\s(?:the\s)?(?P<b>{_PARTY})$"
)
#: "Statement by the Harbour Board".
_STATEMENT_BY = regex.compile(
    r"^(?:Statement|Remarks|Declaration|Letter|Message|Address|Speech)\s(?:by|of|from)\s(?:the\s)?"
    r"(?P<body>\p{Lu}[\p{L}\p{M}.’'-]+(?:\s(?:of|for|the|on)|\s\p{Lu}[\p{L}\p{M}.’'-]+){1,8})$"
)
#: "Findings of the Commission of Inquiry".
_REPORT_OF = regex.compile(
    r"^(?:Findings|Conclusions|(?:\p{Lu}\p{L}+\s)?[Rr]eport)\sof\s(?:the\s)?(?P<body>\p{Lu}[^,:;–—]{3,80})$"
)
_HAN_OFFICE = regex.compile(
    r"(?P<role>(?:(?!\d|月|日|年)\p{Han}){0,8}(?:发言人|發言人|部长|部長|大使|主席|总理|總理|总统|總統|外长|外長|书记))"
    r"(?P<name>\p{Han}{2,3})(?=主持|就|在|会见|會見|答|发表|發表|举行|舉行|出席|的|：|$)"
)
#: The end of a letter before its signature.
_VALEDICTION = regex.compile(
    r"(?i)^(?:yours\s(?:faithfully|sincerely|truly)|(?:with\s)?(?:best|kind)\sregards|respectfully|sincerely"
    r"|(?:très\s)?cordialement|atentamente|mit freundlichen grüßen|с уважением)\b.{0,30}$"
)
_LOUD_LABEL = regex.compile(r"(?P<label>\p{Lu}[\p{Lu} .'’-]{3,60}?)\s?[:：]")
#: Those who lead a talk, and speak for nobody.
_STAFF = frozenset({"moderator", "operator", "interpreter", "translator", "announcer", "host"})
#: Words for many, which stand before no name, and words for anybody.
_VAGUE = frozenset({"official", "officer", "member", "members", "staff"})
_NOBODY = frozenset({"all", "man", "woman", "male", "female", "student", "voice", "unknown"})
_DIALOGUES = frozenset({Kind.PRESS_CONFERENCE, Kind.INTERVIEW})
_INSTITUTION = regex.compile(
    r"(?:Press\s)?(?:Office|Ministry|Department|Embassy|Secretariat|Bureau)(?:\s[\p{L}’'-]+){1,7}"
)
_LABEL = regex.compile(r"^(?P<label>[^:：\n]{3,70}?)\s?[:：]\s")
_SIGNATURE_BLOCKS, _LONGEST_SIGNATURE, _FIRST_BLOCKS = 4, 80, 4


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
        return list(_parties(title))
    if kind is Kind.REPORT and (match := _REPORT_OF.match(title)):
        return [SpeakerFound(match["body"], "title")]
    if kind is Kind.LETTER and (signed := _signature(blocks, language)):
        return [signed]
    rules = (_in_title, _body_in_title, _surname_in_title, _in_labels)
    found = (one for rule in rules for one in [rule(title, blocks, language)] if one)
    if first := next(found, None):
        return [first]
    return list(_officials(blocks, language)) if kind in _DIALOGUES else []


def _parties(title: str) -> Iterator[SpeakerFound]:
    if match := _BETWEEN.search(title) or _OF_TWO.search(title):
        yield SpeakerFound(match["a"].strip(), "title")
        yield SpeakerFound(match["b"].strip(), "title")


def _in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    if match := _HAN_OFFICE.search(title):
        return SpeakerFound(f"{match['name']}; {match['role']}", "title")
    people = list(_people_with_office(title, language))
    # Of two who hold offices, either may speak; and a call or a visit is told by somebody else.
    if len(people) != 1 or _offices_in(title, language) > 1 or not kind_by_title(title, language):
        return None
    return SpeakerFound(people[0], "title")


def _body_in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return whose statement the title says that it is, but no office without its holder."""
    match = _STATEMENT_BY.match(title)
    if match is None or _has_office(match["body"], language):
        return None
    return SpeakerFound(match["body"], "title")


def _surname_in_title(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return whom a title calls "Foreign Minister Maratov", if the text soon has the whole name."""
    for block in blocks[:_FIRST_BLOCKS]:
        for person in _people_with_office(block.text, language):
            name, role = person.split("; ")
            if f"{role} {name.split()[-1]}" in title:
                return SpeakerFound(person, "title and first paragraphs")
    return None


def _in_labels(title: str, blocks: Sequence[Block], language: str) -> SpeakerFound | None:
    """Return the only speaker whom labels name with office and full name."""
    people: dict[str, None] = {}
    for block in blocks:
        if match := _LABEL.match(f"{block.text} "):
            for person in _people_with_office(match["label"], language):
                name, role = person.split("; ")
                if f"{role} {name}" == match["label"].strip():
                    people[person] = None
    return SpeakerFound(next(iter(people)), "label") if len(people) == 1 else None


def _officials(blocks: Sequence[Block], language: str) -> Iterator[SpeakerFound]:
    """Yield those whom labels in capitals call by an office, as "SENIOR OFFICIAL ONE".

    The institution that a transcript begins with comes first, as its first lines are nobody's.
    """
    labels = (match for block in blocks if (match := _LOUD_LABEL.match(block.text)))
    held = [one["label"] for one in labels if _has_office(one["label"], language, vague=True)]
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
    last = [block for block in blocks if block.kind is not BlockKind.NOTE][-_SIGNATURE_BLOCKS:]
    for number, block in enumerate(last):
        if not _VALEDICTION.match(block.text):
            continue
        signed = " ".join(one.text for one in last[number + 1 :])
        match = regex.match(
            rf"(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{1,3}}?),?\s(?P<role>.+)", signed
        )
        if match and len(signed) <= _LONGEST_SIGNATURE and _has_office(match["role"], language):
            return SpeakerFound(f"{match['name']}; {match['role']}", "signature")
        if regex.fullmatch(_NAME, signed):
            return SpeakerFound(signed, "signature")
    return None


def _people_with_office(text: str, language: str) -> Iterator[str]:
    """Yield "name; role" for each office in *text* that its holder's full name follows."""
    for match in _office_and_name(language).finditer(text):
        office, of, name = match["office"], match["of"] or "", match["name"].strip()
        if of:
            # "Minister of Foreign Affairs Ilse Maratov": the last two words are the name.
            words = regex.findall(r"\S+", f"{of} {name}")
            size = 3 if len(words) > 3 and regex.fullmatch(r"\p{Lu}\.", words[-2]) else 2
            office, name = f"{office} {' '.join(words[:-size])}", " ".join(words[-size:])
        if regex.search(r"\p{Ll}", name) and not _has_office(name, language):
            yield f"{name}; {office}"


def _offices_in(title: str, language: str) -> int:
    """Return how many who hold an office *title* names, by an office before a capital."""
    offices = "|".join(regex.escape(one) for one in _offices(language))
    return len(regex.findall(rf"(?<!\p{{L}})(?i:{offices})\s\p{{Lu}}", title))


def _has_office(text: str, language: str, *, vague: bool = False) -> bool:
    words = text.casefold()
    if vague and not _VAGUE.isdisjoint(words.split()):
        return True
    return any(
        regex.search(rf"(?<!\p{{L}}){regex.escape(one)}(?!\p{{L}})", words)
        for one in _offices(language)
    )


@cache
def _offices(language: str) -> tuple[str, ...]:
    """Return the offices that may stand before a name, the longest first."""
    words = {one.casefold() for one in label_words(language).offices} - _VAGUE - _NOBODY
    return tuple(sorted((one for one in words if len(one) > 3), key=len, reverse=True))


@cache
def _office_and_name(language: str) -> regex.Pattern[str]:
    offices = "|".join(regex.escape(one) for one in _offices(language))
    words = "Foreign|Prime|Deputy|Vice|Press|Chief|Acting|Assistant|Harbour|First|Federal|State"
    before = rf"(?:(?:{words})\s)*"
    return regex.compile(
        rf"(?<!\p{{L}})(?P<office>{before}(?i:{offices}))(?!\p{{L}}),?\s"
        rf"(?P<of>{_OF}\s(?:\p{{Lu}}[\p{{L}}\p{{M}}'’-]+\s(?:and\s)?){{1,4}}?)?(?P<name>{_NAME})"
    )
