"""Finds offices and the full names of those who hold them: "Foreign Minister Ilse Maratov".

What such a person is to a text, its speaker or somebody in it, is decided in ``speakers``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from index import label_words

#: A name has two to four words: given names, initials, particles, the surname.
NAME_WORD = r"(?:\p{Lu}\.|\p{Lu}(?:[\p{L}\p{M}-]|['’](?!s\b)){1,40}+|\p{Lu}\p{M}?(?=\s))"
_PARTICLE = r"(?:de|del|la|da|dos|van|von|der|den|bin|ibn|al|el|af|di|du|le)"
NAME = rf"{NAME_WORD}(?:(?:\s|(?<=\.))(?:{_PARTICLE}\s)?{NAME_WORD}){{1,4}}"
WHOLE_NAME = regex.compile(NAME)
_OF = r"(?:of(?: the)?|for(?: the)?|to(?: the)?|de la|del|de|des|du|da|do|für|von|di)"
#: What stands before a name and is no part of it.
HONORIFICS = (
    r"(?:(?i:the\s)?(?:H\.\s?E\.|His\sExcellency|Her\sExcellency|S\.\s?E\.|(?:Rt\.?\s)?Hon(?:ourable|orable)?\b\.?"
    r"|Mr\b\.?|Mrs\b\.?|Ms\b\.?|Dr\b\.?|Prof(?:essor)?\b\.?|M\.|Mme\b\.?|Sr\b\.?|Sra\b\.?|Dra\b\.?|Excm[oa]\.|Monsieur|Madame|Señora?|(?:Son|Sa)\sExcellence|Su\sExcelencia)\s)"
)
#: Words that titles write with capitals, and that end a name: "Ruben Tarn At the Opening".
_NO_NAME = regex.compile(
    r"(?i:a|aboard|about|after|ahead|amid|among|an|and|as|at|before|between|by|during|following|for"
    r"|from|hosts|in|into|of|on|over|regarding|speaks|the|this|to|towards?|under|upon|via|while|with"
    r"|et|avec|dans|devant|lors|pour|sur|y|ante|con|durante|en|para|por|sobre|und|auf|bei|im|vor"
    r"|zum|zur|e|com|em|na|no|às|bij|op|alla|per|tra)"
)
#: The last words of what ministers are of: a name begins behind them.
_PORTFOLIO = regex.compile(
    r"(?i:affairs|relations|cooperation|defen[cs]e|finances?|transports?|trade|energy|health|education"
    r"|justice|interior|security|development|environment|agriculture|labou?r|culture|sports?|state"
    r"|treasury|republic|nations?|war|ports|industry|innovation|commerce|economy|climate|tourism"
    r"|science|exteriores?|internacionales|nación|república|hacienda|defensa|étrangères|république"
    r"|intérieur|défense|fazenda)"
)
_POST_NOMINALS = regex.compile(
    r",?\s(?:MP|MEP|TD|QC|KC|SC|AC|AO|AM|CBE|OBE|MBE|KCMG|MLA|PhD|MD)(?:\s(?:QC|KC|SC|AC|AO|MP))?$"
)
_ACCENTED = {
    "a": "[aàáâãäåā]",
    "c": "[cçč]",
    "e": "[eèéêëě]",
    "i": "[iìíîï]",
    "n": "[nñ]",
    "o": "[oòóôõöø]",
    "s": "[sšş]",
    "u": "[uùúûüů]",
    "y": "[yý]",
    "z": "[zž]",
    " ": r"[\s-]",
}
_LONGEST_BYLINE = 300
#: A longer name may have words of the title behind it.
_SURE_WORDS = 3
#: Words for many, which stand before no name, and words for anybody.
VAGUE = frozenset({"official", "officer", "member", "members", "staff"})
_NOBODY = frozenset({"all", "man", "woman", "male", "female", "student", "voice", "unknown"})
_SPEECHES = (
    "statement|speech|address|remarks|keynote(?: speech| address)?|message|intervention|lecture"
    "|allocution|discours|déclaration|discurso|intervención|palabras|mensaje|declaración|rede|ansprache"
    "|discorso|intervento|pronunciamento|declaração"
)
#: Offices that stand before a name, and in no label without one.
_MORE_OFFICES = frozenset({"secretary general", "director general", "attorney general"})
_BEFORE = (
    "Foreign|Prime|Principal|Deputy|Vice|Press|Chief|Acting|Assistant|Associate|Harbour|First"
    "|Federal|State|National|Security|Under|Special|Senior|Permanent|Parliamentary|Health|Finance"
    "|Defen[cs]e|Interior|Trade|Justice|Energy|Environment|Transport|Education|Agriculture|Home"
    "|Homeland|Economic|Communications|Presidential|Department"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds an office, by full name; ``str()`` gives "name; role"."""

    name: str
    role: str
    #: Where the office stands in the text that names it, in characters.
    start: int = 0
    #: Where his name ends, exclusive; post-nominals may follow.
    stop: int = 0

    def __str__(self) -> str:
        """Return it as a claim has it."""
        return f"{self.name}; {self.role}"


def people_with_office(
    text: str, language: str, known: Container[str] = frozenset()
) -> Iterator[Person]:
    """Yield each in *text* whose full name follows his office.

    A name of many words may have others of a title behind it; it counts if its last word is among
    the *known* words, in small letters.
    """
    pattern, at = _office_and_name(language), 0
    while match := pattern.search(text, at):
        office, of, whole = match["office"], match["of"] or "", match["name"]
        name = _ended(whole)
        # "Secretary Priel And Foreign Minister …": what ended the name may begin the next office.
        at = match.start("name") + max(1, len(name))
        if of:
            within, name = _parted(of, name)
            office = f"{office} {within}"
        name = _POST_NOMINALS.sub("", name)
        if not regex.search(r"\p{Ll}", name) or not WHOLE_NAME.fullmatch(name):
            continue
        # "the Spokesperson for President Tarn" is another.
        another = has_office(of, language) or has_office(name, language)
        # "Asamblea General de Naciones Unidas, Nueva York": a general is of nothing.
        another = another or (bool(of) and match["office"].casefold() == "general")
        if not another and _is_sure(name, known):
            yield Person(name, office, match.start(), match.start("name") + len(name))


def _parted(of: str, name: str) -> tuple[str, str]:
    """Return what an office is of, and the name behind it: the last two words, or what follows.

    >>> _parted("of Foreign Affairs", "Ilse Anna Maratov")
    ('of Foreign Affairs', 'Ilse Anna Maratov')
    """
    if of.rstrip().endswith(","):
        # "del Presidente del Gobierno, Juan Pérez"
        return of.rstrip().rstrip(","), name
    words = f"{of} {name}".split()
    known = [number for number, word in enumerate(words) if _PORTFOLIO.fullmatch(word)]
    size = 3 if len(words) > 3 and regex.fullmatch(r"\p{Lu}\.", words[-2]) else 2
    at = known[-1] + 1 if known and known[-1] + 2 < len(words) else len(words) - size
    if not known and len(of.split()) + len(name.split()) > size + 3:
        return " ".join(words), ""
    return " ".join(words[:at]), " ".join(words[at:])


def byline_in(line: str, language: str) -> Person | None:
    """Return whom *line* tells as the speaker, with an office behind his name; ``None`` if nobody.

    >>> str(byline_in("Statement by H.E. Ms. Ilse Maratov, Minister for Ports", "en"))
    'Ilse Maratov; Minister for Ports'
    """
    match = _byline(language).match(line) if len(line) <= _LONGEST_BYLINE else None
    if match is None or has_office(match["name"], language):
        return None
    return Person(match["name"], match["role"].rstrip(" ,"))


def offices_in(title: str, language: str) -> int:
    """Return how many who hold an office *title* names, by an office before a capital."""
    return len(_before_capital(language).findall(title))


def has_office(text: str, language: str, *, vague: bool = False) -> bool:
    """Return whether *text* has an office in it, a *vague* one such as "official" too."""
    words = text.casefold()
    if vague and not VAGUE.isdisjoint(words.split()):
        return True
    return _whole_office(language).search(words) is not None


def _ended(name: str) -> str:
    """Return *name* without the words of a title behind it, where those tell themselves."""
    words = name.split()
    ends = (at for at, word in enumerate(words) if at and _is_end(word))
    return " ".join(words[: next(ends, len(words))])


def _is_end(word: str) -> bool:
    return word[0].isupper() and _NO_NAME.fullmatch(word) is not None


def _is_sure(name: str, known: Container[str]) -> bool:
    words = [word for word in name.split() if not word.endswith(".")]
    has_particle = any(word[0].islower() for word in words)
    return len(words) <= _SURE_WORDS or has_particle or words[-1].casefold() in known


@cache
def _offices(language: str) -> tuple[str, ...]:
    """Return the offices that may stand before a name, the longest first."""
    words = {one.casefold() for one in label_words(language).offices} - VAGUE - _NOBODY
    words |= _MORE_OFFICES
    return tuple(sorted((one for one in words if len(one) > 3), key=len, reverse=True))


@cache
def _any_office(language: str) -> str:
    return f"(?i:{'|'.join(map(_with_accents, _offices(language)))})"


def _with_accents(office: str) -> str:
    """Return a pattern of *office*, whose letters have lost their accents, and its hyphens."""
    accented = (_ACCENTED.get(letter, regex.escape(letter)) for letter in office)
    return "".join(accented)


@cache
def _whole_office(language: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){_any_office(language)}(?!\p{{L}})")


@cache
def _office_and_name(language: str) -> regex.Pattern[str]:
    before = rf"(?:(?:{_BEFORE})\s)*"
    return regex.compile(
        rf"(?<!\p{{L}})(?P<office>{before}{_any_office(language)})(?!\p{{L}}),?\s{HONORIFICS}*"
        rf"(?P<of>{_OF}\s(?:\p{{Lu}}[\p{{L}}\p{{M}}'’-]{{1,40}}+,?\s(?:and\s)?){{1,4}}?)?(?P<name>{NAME})"
    )


@cache
def _byline(language: str) -> regex.Pattern[str]:
    """Return a pattern of a line above a text that names its speaker, then the office."""
    office = rf"(?:(?:{_BEFORE})\s){{0,4}}{_any_office(language)}(?!\p{{L}})"
    ends = "at|on|before|during|in|à|au|en|ante|devant|lors|sur|bei|beim|auf|vor|em|no|na|to"
    return regex.compile(
        rf"(?i:(?:national|opening|closing|introductory)\s)?(?i:{_SPEECHES})\s(?i:delivered\s)?"
        rf"(?i:by|of|from|de|du|del|di|von|par|por)\s(?i:the\s|la\s|le\s|el\s)?{HONORIFICS}{{0,3}}"
        rf"(?P<name>{NAME_WORD}(?:\s(?:{_PARTICLE}\s)?{NAME_WORD}){{1,3}}?)(?:,?\s(?:MP|KC|QC|TD))?,?\s"
        rf"(?P<role>{office}(?:\s(?:to\sthe|(?!(?i:{ends})\b)[^\s,:;(]{{1,40}}+)){{0,14}}+)"
        rf"(?=$|[,:;(]|\s(?i:{ends})\b)"
    )


@cache
def _before_capital(language: str) -> regex.Pattern[str]:
    office = _any_office(language)
    # "Deputy Press Secretary Priel" is one, of two words that are offices.
    within = rf"(?:\s(?:{office}|{_BEFORE})(?!\p{{L}}))*+"
    return regex.compile(rf"(?<!\p{{L}}){office}(?!\p{{L}}){within}\s\p{{Lu}}")
