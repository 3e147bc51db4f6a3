"""Finds the abbreviations that statements define: "China-Pakistan Economic Corridor (CPEC)".

Only definitions in the text are found; nothing is guessed from capitals alone. ``equivalents``
decides how a search uses them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from index.text.folding import fold

#: Text between parentheses that is short enough to be one of the two forms. The bound keeps the
#: time linear in the length of the text.
_PARENTHESES = regex.compile(r"\(([^()\n]{2,160})\)")
#: The longest long form before a parenthesis, in characters.
_REACH = 240
#: What a long form does not cross: another parenthesis, the end of a line, a clause or a sentence.
#: A dot after a capital does not end a sentence: "U.S. Trade Representative". Searched from the
#: right.
_BREAK = regex.compile(r"(?r)[()\[\]\n;:!?]|(?<=[\p{Ll}\p{Nd}])\.(?=[\s\"”’])")
_SHORT = regex.compile(r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}&./’'-]*(?: [\p{L}\p{Nd}&./-]+)?")
#: The scripts that abbreviate by initials (Latin, Greek, Cyrillic), punctuation and currencies.
_ALPHABETS = re.compile(r"[\0-\u052f\u1e00-\u20cf\u2100-\u214f]+")
#: What may follow a short form in the same parentheses: "(UNCLOS, 1982)", "(EU; the Union)".
_AFTERTHOUGHT = regex.compile(r"[,;]\s")
_MARKS = "\"“”‘’'«», "
_POSSESSIVE = regex.compile(r"[’']s$")
_ARTICLE = regex.compile(r"^(?:the|an?)\s+", regex.IGNORECASE)
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}]++")
_CAPITALISED = regex.compile(r"(?<![\p{L}\p{Nd}])\p{Lu}")
#: Folded words that initials usually skip, and that no name begins with.
_MINOR_WORDS = """
a against an and at by for from in into of on or s the to with
da das de del den der des di die do dos du e el et la las le les los para pour por und y
в для и на о об по с
"""
_MINOR = frozenset(_MINOR_WORDS.split())


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the words that it stands for, both as written."""

    short: str
    long: str


def definitions(text: str) -> list[Definition]:
    """Return what *text* defines, in order; a plural short form is returned in the singular too.

    Either form may stand between the parentheses. The algorithm is Schwartz and Hearst's, "A simple
    algorithm for identifying abbreviation definitions in biomedical text" (Pacific Symposium on
    Biocomputing, 2003), with their limits: a short form has 2 to 10 characters and at most two
    words, begins with a letter or digit and has a letter; its long form has at most
    ``min(n + 5, 2 * n)`` words for its n characters. Three rules are added for official prose: a
    short form has two capitals (or one and a digit), as "(sic)" has not; initials are tried before
    letters from anywhere; and a long form does not begin with a word such as "of".

    >>> [(d.short, d.long) for d in definitions("A World Trade Organization (WTO) rule.")]
    [('WTO', 'World Trade Organization')]
    """
    if "(" not in text:
        return []
    found: list[Definition] = []
    for match in _PARENTHESES.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        if definition := _defined(before, match[1]):
            found.append(definition)
            found += _in_singular(definition)
    return found


def recurring(found: Iterable[Definition]) -> list[Definition]:
    """Return those of the definitions *found* that the record agrees on, the commonest first.

    A short form with several meanings keeps the one that more than half of its definitions have, or
    none. Long forms that differ only in case, hyphens, minor words, plurals, s for z, or by an
    abbreviation defined elsewhere ("UN Security Council") have one meaning, and all are kept.
    """
    counts = Counter(found)
    commonest: dict[str, str] = {}
    for definition, _ in counts.most_common():
        commonest.setdefault(fold(definition.short), definition.long)
    meaning = {one: _meaning(one.long, commonest) for one in counts}
    meanings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for definition, count in counts.items():
        meanings[fold(definition.short)][meaning[definition]] += count
    agreed: set[tuple[str, str]] = set()
    for short, by_meaning in meanings.items():
        ((first, count),) = by_meaning.most_common(1)
        if 2 * count > by_meaning.total():
            agreed.add((short, first))
    return [one for one, _ in counts.most_common() if (fold(one.short), meaning[one]) in agreed]


def _defined(before: str, inside: str) -> Definition | None:
    """Return what a parenthesis defines that has *inside* in it and *before* in front of it."""
    broken = _BREAK.search(before)
    clause = before[broken.end() :] if broken else before
    if not _ALPHABETS.fullmatch(clause + inside):
        return None
    words = clause.split()
    short = _without_marks(_AFTERTHOUGHT.split(inside, maxsplit=1)[0])
    if _is_short(short) and (long := _long_form(short, words)):
        return Definition(short, long)
    short = _without_marks(words[-1]) if words else ""
    if _is_short(short) and (long := _long_form(short, inside.split())):
        # Unless the long form is the whole parenthesis, that is a remark about the word.
        whole = _ARTICLE.sub("", _without_marks(" ".join(inside.split())), count=1)
        return Definition(short, long) if long == whole else None
    return None


def _without_marks(form: str) -> str:
    """Return *form* without quotation marks around it or a possessive ending."""
    return str(_POSSESSIVE.sub("", form.strip(_MARKS)))


def _is_short(form: str) -> bool:
    if not 2 <= len(form) <= 10 or not _SHORT.fullmatch(form):
        return False
    capitals = sum(map(str.isupper, form))
    return capitals > 1 or (capitals == 1 and any(map(str.isdigit, form)))


def _long_form(short: str, words: Sequence[str]) -> str:
    """Return the last of *words* that *short* abbreviates; empty if it abbreviates none."""
    window = " ".join(words[-min(len(short) + 5, 2 * len(short)) :])
    letters = [fold(c)[:1] for c in short if c.isalnum()]
    start = _initials(window, letters)
    if start is None and short.endswith("s"):
        start = _initials(window, letters[:-1])
    by_initials = start is not None
    if start is None:
        start = _scattered(window, letters)
    if start is None:
        return ""
    long = _without_marks(window[start:])
    # "operated by the National Service": a name does not begin before its first capital.
    astray = not by_initials and long[:1].islower() and bool(_CAPITALISED.search(long))
    # A text that repeats the short form, or is not longer, is not its long form.
    repeats = fold(short) in map(fold, regex.split(r"[\s,-]+", long))
    return "" if astray or repeats or len(long) <= len(short) else long


def _initials(window: str, letters: Sequence[str]) -> int | None:
    """Return where the words begin whose initials are *letters*, minor words skipped."""
    begin = None
    at = len(letters) - 1
    for start, word in reversed([(m.start(), fold(m[0])) for m in _WORD.finditer(window)]):
        if at < 0:
            break
        if word[:1] == letters[at] and (at or word not in _MINOR):
            begin, at = start, at - 1
        elif word not in _MINOR:
            return None
    return begin if at < 0 else None


def _scattered(window: str, letters: Sequence[str]) -> int | None:
    """Return where the shortest end of *window* begins that has *letters* in this order.

    Each letter is looked for from the right, anywhere in a word; the first must begin a word.
    """
    offset = len(window)
    for at in range(len(letters) - 1, -1, -1):
        offset -= 1
        while offset >= 0 and not _spells(window, offset, letters[at], first=at == 0):
            offset -= 1
        if offset < 0:
            return None
    return offset


def _spells(window: str, offset: int, letter: str, *, first: bool) -> bool:
    character = window[offset]
    if not character.isalnum() or fold(character)[:1] != letter:
        return False
    if not first:
        return True
    word = _WORD.match(window, offset)
    begins_word = offset == 0 or not window[offset - 1].isalnum()
    return begins_word and word is not None and fold(word[0]) not in _MINOR


def _in_singular(definition: Definition) -> Iterator[Definition]:
    """Yield the definition of "SEZ" where *definition* is of "SEZs"."""
    short, long = definition.short, definition.long
    if len(short) > 2 and short[-1] == "s" and short[-2].isupper():
        singular = long[:-3] + "y" if long.endswith("ies") else long.removesuffix("s")
        yield Definition(short[:-1], singular)


def _meaning(long: str, commonest: Mapping[str, str]) -> str:
    """Return *long* as meanings are compared, without the differences that do not matter."""
    words: list[str] = []
    for word in long.split():
        known = commonest.get(fold(word)) if word.isupper() else None
        words += _WORD.findall(known or word)
    kept = (fold(word) for word in words)
    return " ".join(
        regex.sub(r"(?:ies|y|s)$", "", word.replace("z", "s"))
        for word in kept
        if word not in _MINOR
    )
