"""Writes a sentence on record as newsrooms do: the same words in other letters, marks and lines.

All of these are verbatim but ``punctuated``, whose marks, hyphens or capitals are others.
"""

from __future__ import annotations

from random import Random

import regex

from benchmarks import quotation_words as words
from benchmarks.quotation_changes import Changed, Make
from benchmarks.quotation_cuts import OMISSIONS, harmless_clause_omitted
from benchmarks.quotation_texts import Sentence, Texts, length, parts_of
from index import Grade

_VERBATIM, _PUNCTUATED = frozenset({Grade.VERBATIM}), frozenset({Grade.PUNCTUATED})
_FULL_WIDTH = str.maketrans("，。；：！？", ",.;:!?")
_PRONOUNS = regex.compile(r"(?<=\p{Ll} )(?:it|they|them|he|she|him|this)(?= \p{Ll}{3,} \p{Ll})")
_NOUNS = ("the port", "the ministry", "the agreement", "the two countries", "the minister")


def _verbatim(text: str, *parts: str) -> Changed:
    return Changed(text=text, grades=_VERBATIM, parts=parts)


def as_it_is(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Quote a sentence whole."""
    del texts, chance
    return _verbatim(sentence.text, sentence.text)


def part(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Quote some words of a sentence, from which nothing is lost that limits or denies."""
    del texts
    if sentence.language == "zh":
        clauses = sentence.text[:-1].split("，")
        longer = [one for one in clauses if 8 <= length(one, "zh") <= 30]
        if len(clauses) < 2 or not longer:
            return None
        kept = chance.choice(longer)
        start = sentence.text.find(kept)
        rest = sentence.text.replace(kept, "")
    else:
        found = sentence.text.split(" ")
        if len(found) < 12:
            return None
        size = chance.randint(4, min(14, len(found) - 4))
        first = chance.randint(1, len(found) - size - 1)
        # A full stop within a sentence belongs to its word: U.S.
        kept = " ".join(found[first : first + size]).strip(",;:–—- ")
        kept = words.HANGS.sub("", kept).strip(",;:–—- ")
        kept = regex.sub(r"^(?:and|or|of|y|o|de|que|said,) ", "", kept)
        if length(kept, sentence.language) < 4:
            return None
        start = sentence.text.find(kept)
        rest = f"{sentence.text[: max(start, 0)]} {sentence.text[start + len(kept) :]}"
        # No name is cut in two.
        around = sentence.text[:start].split()[-1:] + kept.split()[:1]
        around_end = kept.split()[-1:] + sentence.text[start + len(kept) :].split()[:1]
        in_two = any(
            len(two) == 2 and all(word[:1].isupper() for word in two)
            for two in (around, around_end)
        )
        # Nor is a number cut off from what it is another without.
        if in_two or (kept[-1].isdigit() and words.SCALE.match("".join(around_end[1:]))):
            return None
    # Of words that stand there twice, one place may limit them.
    once = start >= 0 and sentence.paragraph.text.count(kept) == 1
    if not once or words.DENIES.search(rest) or words.LIMITS.search(rest):
        return None
    return Changed(text=kept, grades=_VERBATIM, parts=(kept,), whole=False)


def first_letter(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Begin with a small letter, in brackets or not; or a part with a capital."""
    if sentence.language == "zh":
        return None
    text = sentence.text
    if not regex.match(r"(?:We|The|This|These|Our|It|They|As|In|El|La|Los|Las|En)\b", text):
        return None
    small = text[0].lower() + text[1:]
    way = chance.choice(("small", "bracket", "part"))
    if way == "bracket" and sentence.language == "en":
        small = f"[{small[0]}]{small[1:]}"
    elif way == "part" and (partly := part(sentence, texts, chance)):
        kept = partly.text
        capital = f"[{kept[0].upper()}]" if chance.random() < 0.5 else kept[0].upper()
        return Changed(text=capital + kept[1:], grades=_VERBATIM, parts=(kept,), whole=False)
    return _verbatim(small, text)


def bracketed(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Put a noun in brackets in place of a pronoun, or after a noun."""
    del texts
    if sentence.language != "en" or not (match := _PRONOUNS.search(sentence.text)):
        return None
    noun = f"[{chance.choice(_NOUNS)}]"
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if min(length(before, "en"), length(after, "en")) < 3:
        return None
    return _verbatim(before + noun + after, before, after)


def letters(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Write with ligatures, soft hyphens, line-end hyphens, no-break spaces, other apostrophes."""
    del texts
    text = sentence.text
    if sentence.language == "zh":
        other = text.translate(words.TRADITIONAL)
        width = text.translate(_FULL_WIDTH)
        return _verbatim(chance.choice((other, width)), text)
    if sentence.language == "ur":
        return _verbatim(text.translate(words.ARABIC), text)
    long = regex.search(r"(?<!-)\b(\p{Ll}{4})(\p{Ll}{4,})\b(?!-)", text)
    ways = [text.replace(" ", "\u00a0", 3), text.replace(" ", "  ", 2), text.replace(" ", "\n", 1)]
    if "fi" in text or "fl" in text:
        ways.append(text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ"))
    if long:
        ways.append(regex.sub(r"\b(\p{Ll}{4})(\p{Ll}{4,})\b", "\\1\u00ad\\2", text))
        ways.append(text[: long.end(1)] + "-\n" + text[long.end(1) :])
    if "’" in text or "'" in text:
        ways.append(text.translate(str.maketrans("’'", "'’")))
    return _verbatim(chance.choice(ways), text)


def sentence_omitted(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Leave out, and mark, a whole sentence that neither limits nor denies."""
    del texts
    spans = parts_of(sentence.paragraph.text, sentence.language)
    if sentence.number + 2 >= len(spans):
        return None
    left, last = (sentence.paragraph.text[slice(*spans[sentence.number + n])] for n in (1, 2))
    if words.DENIES.search(left) or words.LIMITS.search(left):
        return None
    if words.OPENS_A_LIMIT.match(last) or not last.endswith((".", "。", "۔")):
        return None
    if length(last, sentence.language) > 60 or regex.search(r'[\[("“”‘«»「」]', last):
        return None
    following = sentence.statement.paragraphs[sentence.paragraph.number :][:1]
    if _is_limited(sentence.paragraph.text, sentence.number + 3, sentence.language) or any(
        _is_limited(one.text, 0, sentence.language) for one in following
    ):
        return None
    mark = "……" if sentence.language == "zh" else f" {chance.choice(OMISSIONS)} "
    return _verbatim(sentence.text + mark + last, sentence.text, last)


def _is_limited(text: str, number: int, language: str) -> bool:
    """Return whether sentence *number* of *text*, from 0, may limit those before it."""
    spans = parts_of(text, language)
    after = text[slice(*spans[number])] if number < len(spans) else ""
    return bool(words.OPENS_A_LIMIT.match(after) or words.LIMITS.search(after))


def paragraphs_joined(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Quote across two paragraphs, the second opened with a mark anew."""
    del texts, chance
    if sentence.number + 1 != sentence.of or not sentence.after:
        return None
    after = sentence.after
    if regex.search(r'["“”‘«»「」\[(]', after) or not after.endswith((".", "。")):
        return None
    if not 4 <= length(after, sentence.language) <= 60 or words.OPENS_A_LIMIT.match(after):
        return None
    next_ = sentence.statement.paragraphs[sentence.paragraph.number].text
    if _is_limited(next_, 1, sentence.language):
        return None
    return _verbatim(f"{sentence.text}\n\n{after}", sentence.text, after)


def punctuated(sentence: Sentence, texts: Texts, chance: Random) -> Changed | None:
    """Change the marks or capitals within, and no word."""
    del texts
    text, ways = sentence.text, []
    if sentence.language == "zh":
        if "，" in text:
            ways = [text.replace("，", new, 1) for new in ("；", "", "——")]
        if "、" in text:
            ways.append(text.replace("、", "，", 1))
    else:
        comma, dash = ("،", "—") if sentence.language == "ur" else (",", "—")
        if regex.search(rf"(?<!\d){comma} ", text):
            ways += [text.replace(f"{comma} ", " ", 1), text.replace(f"{comma} ", f" {dash} ", 1)]
        if ";" in text:
            ways.append(text.replace(";", ",", 1))
        if regex.search(r" [–—] ", text):
            ways.append(regex.sub(r" [–—] ", ", ", text, count=1))
        if hyphen := regex.search(r"(?<=\b\p{Ll}{3,})-(?=\p{Ll}{3,}\b)", text):
            ways.append(text[: hyphen.start()] + " " + text[hyphen.end() :])
        if capital := regex.search(r"(?<=\p{Ll} )(?:Government|Minister|State|Department)\b", text):
            ways.append(text[: capital.start()] + capital[0].lower() + text[capital.end() :])
    asks = text.endswith(("?", "？"))
    if asks:
        ways = [text[:-1] + ("。" if text.endswith("？") else ".")]
    ways = [one for one in ways if one != text]
    if not ways:
        return None
    return Changed(text=chance.choice(ways), grades=_PUNCTUATED, parts=(text,), last_mark=asks)


#: The ways of a newsroom, each with its share of one in the untouched.
VARIANTS: dict[str, tuple[Make, float]] = {
    "untouched": (as_it_is, 0.38),
    "untouched part": (part, 0.16),
    "first letter": (first_letter, 0.08),
    "bracketed noun": (bracketed, 0.05),
    "letters and lines": (letters, 0.14),
    "sentence left out, marked": (sentence_omitted, 0.07),
    "clause left out, marked": (harmless_clause_omitted, 0.07),
    "two paragraphs": (paragraphs_joined, 0.05),
}
