"""Reads attributions in Urdu: سفیر نے کہا.

A subject is what stands before the word that marks it, back to a word that it cannot reach over. It
is taken only with an office, or as a name of few words.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import regex

from index.drafts.attributing_words import AttributingWords
from index.drafts.days import days_of
from index.drafts.said import SaidBy
from index.drafts.tokens import STOPS
from index.model.answer import Span
from index.text.language import language_of
from index.wording.dates import Dates

_WORD = regex.compile(r"[\w\u200c]+|[^\w\s]")
#: A date or a weekday, and the word for "on" after it.
_DAY = regex.compile(r"(?<!\w)(?:\d{1,2}\s\w+(?:\s\d{4})?|\w+)\s(?:کو|کے روز)(?!\w)")
#: A subject has so many words at most; without an office, so many.
_MOST_WORDS, _MOST_PLAIN = 12, 4
_SAYS, _OWN = "نے", ("کا", "کے", "کی")
_SAYING = ("کہنا", "الفاظ", "بیان")
_ACCORDING = ("مطابق", "بقول")
_AND = "اور"
#: What follows a kind of text in which something was said: in, addressing, during.
_WITHIN = ("میں", "سے خطاب", "کے دوران", "کرتے", "دیتے")


def said_by(text: str, before: Span, after: Span, words: AttributingWords) -> SaidBy | None:
    """Return who says the quotation between *before*, a clause or its beginning, and *after*."""
    led = _in_clause(text, before, words)
    if led is not None:
        return led
    if text[slice(*before)].strip(" ،,:؛\u200f\u200e"):
        return None
    stop = STOPS.search(text, *after)
    return _in_clause(text, (after[0], stop.start() if stop else after[1]), words)


def _in_clause(text: str, stretch: Span, words: AttributingWords) -> SaidBy | None:
    """Return who says something in the clause *stretch*, if one alone does."""
    tokens = list(_WORD.finditer(text, *stretch))
    forms = [one[0] for one in tokens]
    found: list[SaidBy] = []
    for at, form in enumerate(forms):
        verb = _verb_of(forms, at, form, words)
        if verb is None:
            continue
        first = _first_before(forms, at, words)
        if first is None or first == at:
            return None
        own = forms[first:at]
        speaker = tokens[first].start(), tokens[at - 1].end()
        phrase = speaker[0], tokens[verb].end()
        is_pronoun = len(own) == 1 and own[0] in words["pronouns"]
        is_text = own[-1] in words["documents"]
        if not is_pronoun and not is_text and not _is_speaker(own, words):
            return None
        clause = (stretch[0], tokens[verb].end())
        found.append(SaidBy(speaker, phrase, clause, is_pronoun, is_text))
    return found[0] if len(found) == 1 else None


def _verb_of(forms: Sequence[str], at: int, form: str, words: AttributingWords) -> int | None:
    """Return the verb of the subject before the word *at*; ``None`` if it says nothing."""
    if at == 0:
        return None
    if form == _SAYS:
        rest = range(at + 1, len(forms))
        return next((n for n in rest if forms[n] in words["told"]), None)
    following = forms[at + 1] if at + 1 < len(forms) else ""
    if form in _OWN and following in _SAYING:
        return at + 1
    return at + 1 if form in _OWN and following in _ACCORDING else None


def _first_before(forms: Sequence[str], at: int, words: AttributingWords) -> int | None:
    """Return the first word of the subject that ends before *at*; ``None`` if others are joined."""
    first = at
    while first > 0 and at - first < _MOST_WORDS:
        form = forms[first - 1]
        if form == _AND:
            return None if first > 1 else first
        if form in words["breaks"] or not form[0].isalpha():
            break
        first -= 1
    return first


def _is_speaker(own: Sequence[str], words: AttributingWords) -> bool:
    language = language_of("ur")
    if any(one in language.no_speakers - {"حکومت", "رپورٹ"} for one in own):
        return False
    offices = words["roles", "institutions"]
    if not offices.isdisjoint(own):
        return len(own) <= _MOST_WORDS
    plain = [one for one in own if one not in words["honorifics"]]
    return 0 < len(plain) <= _MOST_PLAIN and not any(one in _OWN for one in plain)


def day_in(text: str, today: datetime.date | None) -> tuple[Dates, Span] | None:
    """Return the day in *text*, a clause up to its verb: a date or weekday before کو."""
    match = _DAY.search(text)
    if match is None:
        return None
    dates = days_of(match[0], "ur", today)
    return (dates, match.span()) if dates else None


def is_within(before: str, after: str) -> bool:
    """Return whether the words around a kind of text tell that something was said in it."""
    return after.lstrip().startswith(_WITHIN)


def names_nobody(between: str, words: AttributingWords) -> bool:
    """Return whether no office, institution or subject stands in the text *between*."""
    forms = set(_WORD.findall(between))
    return forms.isdisjoint(words["roles", "institutions"] | {_SAYS})
