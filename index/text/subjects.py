"""Finds what a statement is about, in words that make a question: "Gwadar Port", 一带一路.

Names are told by their capitals; in scripts without, by words or characters that stand together
more than once. That is a guess: ``first_questions`` asks the record whether it answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from index.text.folding import fold
from index.text.language import Language
from index.text.words import UNSPACED

#: Of a long statement the first so many paragraphs are read, and of each so many characters.
_MOST_TEXTS, _LONGEST_TEXT = 60, 2000
#: Capitalised words that stand together, with small words of names between them.
_NAME = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}’'-])\p{Lu}[\p{L}\p{M}\p{N}-]++"
    r"(?: (?:(?:of|de|del|der|di|du|da|von|van|al|bin)(?: the| la)? )?"
    r"\p{Lu}[\p{L}\p{M}\p{N}-]++)*+"
)
#: What stands before a name: not the end of a sentence, nor the beginning of a longer name.
_BEFORE = regex.compile(r"[\p{L}\p{N},;(“\"] ?$")
_BEGUN = regex.compile(r"\p{Lu}[\p{L}-]+(?:['’]s)?,? (?:(?:in|on|of|for|to|and|with)(?: the)? )?$")
_GOES_ON = regex.compile(r"['’]s? \p{Lu}")
_LEADS_ON = regex.compile(r" (?:in|on|of|for|to)(?: the)? \p{Lu}")
#: Letters of a name of one word, at least; words of any, at most.
_SHORTEST_NAME, _LONGEST_NAME = 4, 5
#: Characters before a name that are looked at.
_SEEN = 40
_DATED = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday"),
    ]
)
_CASED = frozenset({"Latin", "Cyrillic", "Greek", "Armenian"})
#: Characters of a script without spaces, and what stands between quotation marks there.
_RUN = regex.compile(rf"[{UNSPACED}]+")
_TITLED = regex.compile(rf"[《“「『]([{UNSPACED}]{{2,10}})[》”」』]")
#: From so many characters to so many is a word or a name there, if it stands so often in the text,
#: with so many different characters on either side (accessor variety; H. Feng et al., 2004).
_GRAMS, _OFTEN, _VARIETY = range(2, 7), 3, 2
#: Characters that are in no name, and those that begin none.
_SMALL_HAN = frozenset(
    "的了在是和与及对将等就有我你他这那不也都会要为以从到着被把向于之其中上下个们请问年月日时"
    "同方并已还能可应该各双说表示希望继续进行一二三四五六七八九十两所有关"
)
_SMALL_BEFORE = frozenset("国人会者性化部长家员")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’-]+")
#: A shorter word of a script without capitals is rarely a name.
_SHORTEST = 4
#: What stands between the parts of a title.
_PARTS = regex.compile(r"[;；|–—]\s|[:：]")
#: Words of a title that make a subject, at most.
_LONGEST_TITLE, _LONGEST_RUN = 4, 8
#: How much more a subject counts that the title has, and one of several words; and how much less an
#: abbreviation, which not everybody knows.
_IN_TITLE, _SEVERAL_WORDS, _CAPITALS = 3.0, 2.0, 0.5


def subjects_in(title: str, texts: Sequence[str], language: Language) -> dict[str, float]:
    """Return subjects of the statement with this *title* and *texts*, each with its weight.

    That is the number of texts that have it; more if the title has it too, and if it has several
    words or characters, which tell more.

    >>> from index.text.language import language_of
    >>> subjects_in("On ports", ["He saw Gwadar Port.", "At Gwadar Port he spoke."],
    ...             language_of("en"))
    {'Gwadar Port': 4.0}
    """
    texts = [text[:_LONGEST_TEXT] for text in texts[:_MOST_TEXTS]]
    counts: Counter[str] = Counter()
    whole = f" {' '.join(texts)} "
    for text in texts:
        counts.update(set(_named(text, language, whole)))
    if language.script not in _CASED:
        counts.update(_repeated(texts, language))
    folded = " ".join(texts).casefold()
    for part in map(str.strip, _PARTS.split(title)):
        words = _WORD.findall(part)
        few = (
            1 < len(words) <= _LONGEST_TITLE or len(_RUN.sub("", part)) < len(part) <= _LONGEST_RUN
        )
        if few and part.casefold() in folded:
            counts[part] = max(counts[part], 2)
    titled = title.casefold()
    return {
        one: count * _telling(one) * (_IN_TITLE if one.casefold() in titled else 1)
        for one, count in counts.items()
    }


def _telling(subject: str) -> float:
    """Return how much *subject* tells by its length alone."""
    if _RUN.fullmatch(subject):
        return min(len(subject), _LONGEST_TITLE) / 2
    if " " in subject:
        return _SEVERAL_WORDS
    return _CAPITALS if subject.isupper() else 1.0


def _named(text: str, language: Language, whole: str) -> Iterator[str]:
    """Yield the names in *text*, a part of the *whole*, that its letters or marks show."""
    if language.script in _CASED:
        yield from _capitalised(text, language, whole)
    yield from _TITLED.findall(text)


def _capitalised(text: str, language: Language, whole: str) -> Iterator[str]:
    """Yield the names in *text* that begin no sentence, and are no part of a longer one.

    Words that the *whole* has in small letters tell what is no name: "Presidents of Ukraine".
    """
    for found in _NAME.finditer(text):
        words = found[0].split()
        before = text[max(0, found.start() - _SEEN) : found.start()]
        begins = not _BEFORE.search(before)
        if fold(words[0]) in language.stop_words:
            # "At Gwadar Port he spoke."
            words, begins = words[1:], False
        cut = _BEGUN.search(before) or _GOES_ON.match(text, found.end())
        if begins or cut or not 0 < len(words) <= _LONGEST_NAME:
            continue
        name = " ".join(words)
        if not _DATED.isdisjoint(map(str.lower, words)):
            continue
        if len(words) > 1:
            first = words[0].lower()
            if " of " not in name or not (first.endswith("s") or f" {first} " in whole):
                yield name
        elif name.isupper():
            if len(name) > 2:
                yield name
        elif len(name) >= _SHORTEST_NAME and name.lower() not in language.question_words:
            # What stands before what it tells of is no name: "French".
            after = _WORD.match(text, found.end() + 1)
            if _LEADS_ON.match(text, found.end()):
                continue
            if after is None or fold(after[0]) in language.stop_words:
                yield name


def _repeated(texts: Iterable[str], language: Language) -> dict[str, int]:
    """Return what stands in *texts* again and again, of a script without capitals."""
    if language.script in ("Han", "Thai"):
        return _repeated_characters(texts)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_phrases(text, language)))
    return {one: count for one, count in counts.items() if count > 1}


def _phrases(text: str, language: Language) -> Iterator[str]:
    """Yield each word, and each two that stand side by side in *text*, but for small ones."""
    words = list(_WORD.finditer(text))
    small = language.stop_words | language.question_words
    yield from (word[0] for word in words if len(word[0]) >= _SHORTEST)
    for one, other in pairwise(words):
        beside = text[one.end() : other.start()] == " "
        if beside and not any(len(w[0]) < 3 or fold(w[0]) in small for w in (one, other)):
            yield text[one.start() : other.end()]


def _repeated_characters(texts: Iterable[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for run in (f" {run} " for text in texts for run in _RUN.findall(text)):
        for size in _GRAMS:
            for start in range(1, len(run) - size):
                gram = run[start : start + size]
                counts[gram] += 1
                before[gram].add(run[start - 1])
                after[gram].add(run[start + size])
    words = {
        gram: count
        for gram, count in counts.items()
        if count >= _OFTEN
        and len(before[gram]) >= _VARIETY
        and len(after[gram]) >= _VARIETY
        and _SMALL_HAN.isdisjoint(gram)
        and gram[0] not in _SMALL_BEFORE
    }
    # "世卫" is a part of "世卫组织" if it hardly stands without the rest.
    return {
        gram: count
        for gram, count in words.items()
        if not any(gram in other and 2 * words[other] > count for other in words if other != gram)
    }
