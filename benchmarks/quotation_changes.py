"""Alters a sentence on record in one way, and says what the truth about the altered words is.

A change that a sentence does not admit is ``None``. Whether the altered words stand on record
elsewhere, ``quotation_made`` asks of all texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

import regex

from benchmarks import quotation_words as words
from benchmarks.quotation_texts import WORD, Sentence, Texts
from index import Change, Grade

#: A number that is no day, year, ordinal or part of a name.
_NUMBER = regex.compile(r"(?<![\p{L}\p{N}.,:/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}:/-])")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?![\d,])")
_SMALL_WORD = regex.compile(r"\p{Ll}{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Words as a story might quote them, and what is true of them."""

    #: What stands between the marks.
    text: str
    grades: frozenset[Grade]
    #: What the first difference may be said to be; empty if nothing was altered.
    changes: frozenset[Change] = frozenset()
    #: The words on record that it was made of, each a part.
    parts: tuple[str, ...]
    #: What may end the sentence between the marks: a comma instead of a full stop.
    whole: bool = True
    #: Whether its last mark is what differs, so that a story must keep it.
    last_mark: bool = False


Make = Callable[[Sentence, Texts, Random], Changed | None]


def altered(sentence: Sentence, text: str, *changes: Change) -> Changed | None:
    """Return *text* as altered from *sentence*, unless it is the same."""
    if text == sentence.text or not text:
        return None
    return Changed(
        text=text[0].upper() + text[1:],
        grades=frozenset({Grade.ALTERED}),
        changes=frozenset(changes),
        parts=(sentence.text,),
    )


def _swap(text: str, match: regex.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


@cache
def _content_words(texts: Texts, language: str) -> tuple[str, ...]:
    """Return the words that carry a meaning of their own, neither rare nor common."""
    counts = texts.counts[language]
    least = 5 if language == "en" else 2
    apart = {part for one in words.UNITS.get(language, {}) for part in one.split()}
    apart |= set(words.MODALS.get(language, {})) | set(words.CURRENCIES.get(language, {}))
    apart |= set(words.MONTHS.get(language, ())) | set(words.NUMBERS.get(language, ()))
    apart |= words.HEDGES
    return tuple(
        sorted(
            word
            for word, count in counts.items()
            if count >= least
            and _SMALL_WORD.fullmatch(word)
            and word not in apart
            and counts[word.capitalize()] < count
            and not words.DENIES.fullmatch(word)
            and not words.LIMITS.fullmatch(word)
        )
    )


@cache
def _content(texts: Texts, language: str) -> frozenset[str]:
    return frozenset(_content_words(texts, language))


@cache
def _names(texts: Texts, language: str) -> tuple[str, ...]:
    """Return the words that are always written with a capital: names, and what is made of them."""
    counts = texts.counts[language]
    # A name of a small record may stand there only twice.
    least = min(8, 2 + counts.total() // 60_000)
    months = set(words.MONTHS.get(language, ()))
    return tuple(
        sorted(
            word
            for word, count in counts.items()
            if count >= least
            and regex.fullmatch(r"\p{Lu}\p{Ll}{3,}", word)
            and counts[word.lower()] == 0
            and word not in months
            and not word.endswith("day")
            and word not in words.NO_NAMES
        )
    )


def _inner(sentence: Sentence, texts: Texts) -> list[regex.Match[str]]:
    """Return the content words of *sentence* with at least two words on either side."""
    found = list(WORD.finditer(sentence.text))[2:-2]
    known = _content(texts, sentence.language)
    return [match for match in found if match[0] in known]


def word_swapped(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Swap a content word for another."""
    text = sentence.text
    if sentence.language == "zh":
        there = [one for one in words.HAN_WORDS if text.count(one) == 1 and text.find(one) > 2]
        if not there:
            return None
        old = chance.choice(there)
        new = chance.choice([one for one in words.HAN_WORDS if one not in text])
        return altered(sentence, text.replace(old, new), Change.WORDS)
    if not (found := _inner(sentence, texts)):
        return None
    match = chance.choice(found)
    new = chance.choice(_content_words(texts, sentence.language))
    if new[:4] == match[0][:4] or new in text:
        return None
    return altered(sentence, _swap(text, match, new), Change.WORDS)


def word_dropped(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Leave out a content word within."""
    text = sentence.text
    if sentence.language == "zh":
        there = [one for one in words.HAN_DROPPED if text.count(one) == 1 and text.find(one) > 2]
        there = [one for one in there if text.find(one) + len(one) < len(text) - 3]
        dropped = there and text.replace(chance.choice(there), "")
        return altered(sentence, dropped, Change.WORDS) if dropped else None
    found = [m for m in _inner(sentence, texts) if text[m.start() - 1 : m.start()] == " "]
    found = [m for m in found if text[m.end() : m.end() + 1] == " "]
    if not found:
        return None
    match = chance.choice(found)
    return altered(sentence, text[: match.start()] + text[match.end() + 1 :], Change.WORDS)


def word_added(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Put a content word in, not at an end."""
    text = sentence.text
    if sentence.language == "zh":
        there = [one for one in words.HAN_VERBS if text.count(one) == 1 and text.find(one) > 2]
        if not there:
            return None
        verb, new = chance.choice(there), chance.choice(words.HAN_ADDED)
        return altered(sentence, text.replace(verb, new + verb), Change.WORDS)
    found = [m for m in _inner(sentence, texts) if text[m.start() - 1 : m.start()] == " "]
    if not found:
        return None
    match = chance.choice(found)
    new = chance.choice(_content_words(texts, sentence.language))
    if new in text:
        return None
    put = text[: match.start()] + f"{new} " + text[match.start() :]
    return altered(sentence, put, Change.WORDS)


def _pattern(known: Iterable[str], language: str) -> regex.Pattern[str]:
    listed = "|".join(regex.escape(one) for one in sorted(known, key=len, reverse=True))
    bounded = rf"(?<![\p{{L}}\p{{N}}-])(?:{listed})(?![\p{{L}}\p{{N}}'’-])"
    return regex.compile(listed if language == "zh" else bounded)


def _from_table(
    sentence: Sentence, chance: Random, table: Mapping[str, str], *changes: Change
) -> Changed | None:
    found = list(_pattern(table, sentence.language).finditer(sentence.text)) if table else []
    if not found:
        return None
    match = chance.choice(found)
    new = table[match[0]]
    stop = match.end()
    if not new and sentence.text[stop : stop + 1] == " ":
        stop += 1
    text = sentence.text[: match.start()] + new + sentence.text[stop:]
    return altered(sentence, text, *changes)


def negation_dropped(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Leave out what denies."""
    del texts
    if words.NO_NEGATION.search(sentence.text):
        return None
    table = words.NEGATIONS.get(sentence.language, {})
    return _from_table(sentence, chance, table, Change.NEGATION)


def negation_added(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Deny what was not denied."""
    del texts
    if words.DENIES.search(sentence.text) or sentence.text.endswith(("?", "？")):
        return None
    table = words.DENIED.get(sentence.language, {})
    # In Urdu the full stop is a part of what is looked up: it is no word, as in Chinese.
    bounds = "zh" if sentence.language == "ur" else sentence.language
    found = list(_pattern(table, bounds).finditer(sentence.text)) if table else []
    found = [one for one in found if not _names_nothing(sentence.text, one)]
    if not found:
        return None
    match = chance.choice(found)
    return altered(sentence, _swap(sentence.text, match, table[match[0]]), Change.NEGATION)


def _names_nothing(text: str, modal: regex.Match[str]) -> bool:
    """Return whether what looks like a modal is a noun or a month: political will, in May."""
    return bool(words.NO_MODAL.search(text[: modal.start()].rstrip()))


def number_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Change a number that is no date."""
    del texts
    text = sentence.text
    months = "|".join(words.MONTHS.get(sentence.language, ("月",)))
    if sentence.language == "zh":
        found = _zh_numbers(text)
    else:
        found = [
            match
            for match in _NUMBER.finditer(text)
            if not regex.search(rf"(?:{months})(?: de)?,? $", text[: match.start()])
            and not regex.match(rf"(?:st|nd|rd|th)?(?: of| de)? (?:{months})", text[match.end() :])
            and not _YEAR.fullmatch(match[0])
        ]
        number_words = words.NUMBERS.get(sentence.language, ())
        if number_words:
            found += list(_pattern(dict.fromkeys(number_words), sentence.language).finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    if match[0].isalpha():
        options = words.NUMBERS[sentence.language]
        new = chance.choice([one for one in options if one != match[0]])
    else:
        at = chance.choice([n for n, one in enumerate(match[0]) if one.isdigit()])
        digits = "123456789".replace(match[0][at], "")
        new = match[0][:at] + chance.choice(digits) + match[0][at + 1 :]
    return altered(sentence, _swap(text, match, new), Change.NUMBER)


_ZH_NUMBER = regex.compile(r"(?<!\d)\d+(?:\.\d+)?(?=[个万亿%名人多余项次家公吨国米艘架件])")


def _zh_numbers(text: str) -> list[regex.Match[str]]:
    return [m for m in _ZH_NUMBER.finditer(text) if text[m.start() - 1 : m.start()] not in "-—.至"]


def unit_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Change the unit after a number. Of a magnitude, a change of the number is as true."""
    del texts
    table = words.UNITS.get(sentence.language, {})
    if not table:
        return None
    listed = "|".join(regex.escape(one) for one in sorted(table, key=len, reverse=True))
    spelt = "|".join(words.NUMBERS.get(sentence.language, ("几",)))
    end = "" if sentence.language == "zh" else r"(?![\p{L}-])"
    found = list(
        regex.finditer(rf"(?<=\b(?:[\d.,]*\d|{spelt}) |\d(?=%))({listed}){end}", sentence.text)
        if sentence.language != "zh"
        else regex.finditer(rf"(?<=\d)({listed})", sentence.text)
    )
    if not found:
        return None
    match = chance.choice(found)
    changes = {Change.UNIT} | ({Change.NUMBER} if match[0] in words.MAGNITUDES else set())
    return altered(sentence, _swap(sentence.text, match, table[match[0]]), *changes)


def currency_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Change the currency of an amount."""
    del texts
    table = words.CURRENCIES.get(sentence.language, {})
    if not table:
        return None
    listed = "|".join(regex.escape(one) for one in sorted(table, key=len, reverse=True))
    found = list(
        regex.finditer(rf"(?<![\p{{Lu}}])(?:[$£€](?=\d)|(?:{listed})(?!\d))", sentence.text)
    )
    found = [one for one in found if one[0] in table]
    if sentence.language == "zh":
        # 中美元首 is no amount.
        found = [m for m in found if regex.search(r"[\d万亿千百]$", sentence.text[: m.start()])]
    if not found:
        return None
    match = chance.choice(found)
    return altered(sentence, _swap(sentence.text, match, table[match[0]]), Change.CURRENCY)


def name_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Put another name for one."""
    text = sentence.text
    if sentence.language == "zh":
        there = [one for one in words.HAN_NAMES if text.count(one) == 1]
        if not there:
            return None
        new = chance.choice([one for one in words.HAN_NAMES if one not in text])
        return altered(sentence, text.replace(chance.choice(there), new), Change.NAME)
    names = _names(texts, sentence.language)
    known = set(names)
    found = [one for one in WORD.finditer(text) if one[0] in known and one.start()]
    if not found:
        return None
    match, new = chance.choice(found), chance.choice(names)
    if new[:4] == match[0][:4] or new in text:
        return None
    return altered(sentence, _swap(text, match, new), Change.NAME)


def date_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Change a year, a month, or a day of a month."""
    del texts
    text = sentence.text
    found: list[tuple[regex.Match[str], str]] = []
    if sentence.language == "zh":
        found += [
            (match, _other(match[0], 12 if text[match.end()] == "月" else 28, chance))
            for match in regex.finditer(r"(?<!\d)\d{1,2}(?=月|日)", text)
        ]
        years = regex.finditer(r"(?<!\d)(?:19|20)\d\d(?=年)", text)
    else:
        months = words.MONTHS.get(sentence.language, ())
        if not months:
            return None
        listed = "|".join(months)
        for match in regex.finditer(
            rf"(?<=(?:\d|\b(?:in|of|since|last|by|de|en|until|early|late)) )(?:{listed})\b", text
        ):
            others = [one for one in months if one != match[0]]
            found.append((match, chance.choice(others)))
        day = rf"(?<!\d)[1-3]?\d(?=(?: de)? (?:{listed})\b)|(?<=\b(?:{listed}) )[1-3]?\d(?!\d)"
        found += [(match, _other(match[0], 28, chance)) for match in regex.finditer(day, text)]
        years = regex.finditer(
            rf"(?<=\b(?:in|since|of|by|from|until|to|en|de|desde|hasta|{listed}|\d,) )"
            r"(?:19|20)\d\d(?![\d,-])", text
        )  # fmt: skip
    found += [(m, str(int(m[0]) + chance.choice((-3, -2, -1, 1, 2, 3)))) for m in years]
    if not found:
        return None
    match, new = chance.choice(found)
    return altered(sentence, _swap(text, match, new), Change.DATE)


def _other(number: str, high: int, chance: Random) -> str:
    """Return another number from 1 up to *high*."""
    return str(chance.choice([one for one in range(1, high + 1) if one != int(number)]))


def modal_changed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Say that what will be may be, or the other way round."""
    del texts
    table = words.MODALS.get(sentence.language, {})
    found = list(_pattern(table, sentence.language).finditer(sentence.text)) if table else []
    found = [one for one in found if not _names_nothing(sentence.text, one)]
    if not found:
        return None
    match = chance.choice(found)
    new = chance.choice(table[match[0]])
    return altered(sentence, _swap(sentence.text, match, new), Change.MODAL)


#: In the order in which they are told; of each as many are made.
ALTERING: dict[str, Make] = {
    "word swapped": word_swapped,
    "word dropped": word_dropped,
    "word added": word_added,
    "negation dropped": negation_dropped,
    "negation added": negation_added,
    "number changed": number_changed,
    "unit changed": unit_changed,
    "currency changed": currency_changed,
    "name changed": name_changed,
    "date changed": date_changed,
    "modal changed": modal_changed,
}
