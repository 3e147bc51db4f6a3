"""Leaves out of a sentence what limits or denies it, at a mark of omission or at its end."""

from __future__ import annotations

from random import Random

import regex

from benchmarks import quotation_words as words
from benchmarks.quotation_changes import Changed, Make
from benchmarks.quotation_texts import Sentence, Texts, length
from index import Change, Grade

#: Clauses that only add to a sentence: what a story may leave out and mark as left out.
_HARMLESS = {
    "en": regex.compile(
        r", (?:including|which|who|such as|as well as|together with|along with) [^,;:.]{12,90},"
        r"(?!\d)"
    ),
    "zh": regex.compile(r"，(?:包括|特别是|以及)[^，；。]{4,30}(?=，)"),
    "es": regex.compile(r", (?:incluyendo|que|como|así como) [^,;:.]{12,90},(?!\d)"),
}
#: Clauses that limit for certain: a "but" or "if" of which only talk hangs is left out.
_LIMITING = {
    "en": regex.compile(
        r"(?:,? (?:unless|provided that|except|until|but (?:only|not|if))\b|, subject to"
        r"|, if (?!I|you|we may|we look|it were|not|so|anything|any\b))[^,;:.]{8,90},(?= \p{Ll})"
    ),
    "zh": regex.compile(
        r"，(?:除非|如果(?!你|大家|说|一家|想)|只要|在[^，]{2,20}前提下)[^，；。]{4,40}(?=，)"
    ),
    "es": regex.compile(r", (?:salvo|excepto|si|a menos que) [^,;:.]{8,90},(?= \p{Ll})"),
}
OMISSIONS = ("…", "...", "[…]", "[...]", "(…)")


def _omission(language: str, chance: Random) -> str:
    mark = chance.choice(("……", "…")) if language == "zh" else chance.choice(OMISSIONS)
    return mark if language == "zh" else f" {mark} "


def harmless_clause_omitted(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Leave out, and mark, a clause that only adds."""
    del texts
    pattern = _HARMLESS.get(sentence.language)
    match = pattern.search(sentence.text) if pattern else None
    if not match or words.DENIES.search(match[0]) or words.LIMITS.search(match[0]):
        return None
    rest = sentence.text[match.end() :].lstrip(" ，")
    text = sentence.text[: match.start()] + _omission(sentence.language, chance) + rest
    before = sentence.text[: match.start()]
    if min(length(before, sentence.language), length(rest, sentence.language)) < 4:
        return None
    return Changed(
        text=text,
        grades=frozenset({Grade.VERBATIM}),
        parts=(sentence.text[: match.start()], sentence.text[match.end() :]),
    )


def limit_omitted(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Leave out, and mark, a clause that limits."""
    del texts
    pattern = _LIMITING.get(sentence.language)
    match = pattern.search(sentence.text) if pattern else None
    if not match or words.DENIES.search(match[0]) or words.NO_NEGATION.search(sentence.text):
        return None
    rest = sentence.text[match.end() :].lstrip(" ，")
    before = sentence.text[: match.start()]
    if min(length(before, sentence.language), length(rest, sentence.language)) < 4:
        return None
    return Changed(
        text=before + _omission(sentence.language, chance) + rest,
        # The words are lost within the quotation and limit what is left of it: both are true.
        grades=frozenset({Grade.ALTERED, Grade.CUT}),
        changes=frozenset({Change.LIMIT}),
        parts=(before, sentence.text[match.end() :]),
    )


_NOT = {
    "en": r" (?:not|never|no longer) (?:\p{Ll}+ )?",
    "zh": r"(?:不(?!同|断|仅|但|明)|没有|从未|尚未)",
    "es": r" (?:no|nunca) ",
    "ur": r" نہیں ",
}


def not_omitted(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Lose a "not" in an ellipsis."""
    del texts
    if words.NO_NEGATION.search(sentence.text):
        return None
    found = list(regex.finditer(_NOT[sentence.language], sentence.text))
    if not found:
        return None
    match = chance.choice(found)
    before, rest = sentence.text[: match.start()], sentence.text[match.end() :]
    if length(before, sentence.language) < 3 or length(rest, sentence.language) < 3:
        return None
    return Changed(
        text=before + _omission(sentence.language, chance) + rest,
        grades=frozenset({Grade.ALTERED}),
        changes=frozenset({Change.NEGATION}),
        parts=(before, rest),
    )


def clause_cut(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """End the quotation before what limits it."""
    del texts, chance
    match = words.QUALIFIERS[sentence.language].search(sentence.text)
    if not match:
        return None
    kept = sentence.text[: match.start()]
    low = 10 if sentence.language == "zh" else 6
    if words.HANGS.search(kept):
        return None
    # "Not this, but that": there the clause contrasts.
    contrasts = regex.search(r"(?i)\bnot\b|n['’]t\b|不是|不仅", kept)
    if contrasts or length(kept, sentence.language) < low:
        return None
    return Changed(text=kept, grades=frozenset({Grade.CUT}), parts=(kept,), whole=False)


def next_cut(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Quote a sentence whole, and not the next one, which limits it."""
    del texts, chance
    if not sentence.number + 1 < sentence.of or sentence.text.endswith(("?", "？")):
        return None
    if not words.LIMITING_NEXT[sentence.language].match(sentence.after):
        return None
    return Changed(text=sentence.text, grades=frozenset({Grade.CUT}), parts=(sentence.text,))


#: Of sentences that nothing else limits; and of those that something does.
OMITTING: dict[str, Make] = {"not lost in an ellipsis": not_omitted}
LIMITED: dict[str, Make] = {
    "limit lost in an ellipsis": limit_omitted,
    "cut before a qualifier": clause_cut,
    "cut before a limiting sentence": next_cut,
}
