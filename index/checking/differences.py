"""Finds in which words a quotation and the record differ, and names what each difference changes.

The words may differ side by side, be lost at a mark of omission, or stand in brackets for others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import regex

from index.checking.change_words import change_words_of
from index.checking.changes import change_of
from index.checking.comparison import Comparison
from index.checking.differing import Differing
from index.checking.gaps import Gap, gaps_in, joins
from index.checking.places import Places
from index.checking.report import Change, Difference
from index.checking.scales import scale_after
from index.checking.words import Word, words_of
from index.model.answer import Quote, Span
from index.text.language import language_of
from index.text.limits import lost_in
from index.text.numbers import CURRENCIES, ONE_WITH
from index.text.sentences import sentence_spans

#: What words that only change places do not change, but for "not" and the like.
_NOT_MOVED = (Change.NEGATION, Change.LIMIT, Change.UNIT)
#: What words in brackets must not change; and so many words on record at most they stand for.
_GRAVE = (Change.NEGATION, Change.NUMBER, Change.UNIT, Change.CURRENCY, Change.MODAL)
_MOST_REPLACED = 15
#: A title before a name, whose full stop ends no sentence.
_TITLE = regex.compile(r"(?:^|\W)(?:Dr|Mr|Mrs|Ms|St|Prof|Gen|Sen|Rep|Gov|Lt|Col)\.$")
#: A speaker who begins anew: "it was — it was", "of the Uni- of Ukraine".
_BREAK = regex.compile(r"\s{0,9}+(?:[—–]|--|-\s|\.\.\.|…)")


def differences_of(
    comparison: Comparison, others: Sequence[Differing], draft: str, places: Places
) -> tuple[Difference, ...]:
    """Return all differences, the gravest first; *others* are those of ``other_words``."""
    found = [
        *_side_by_side(comparison, others, draft, places),
        *_lost_at(gaps_in(comparison), comparison, places),
        *_put_in(comparison, draft, places),
    ]
    order = list(Change)
    return tuple(sorted(found, key=lambda one: order.index(one.change)))


def other_words(
    found: Sequence[Differing], words: Sequence[Word], places: Places
) -> list[Differing]:
    """Return those *found* that are other words, and not a false start or a currency's sign."""
    found = [differing for differing in found if not _is_false_start(differing, places)]
    # "$5 million" and "5 million dollars" name one currency in two places.
    signs = [_sign_of(differing, words) for differing in found]
    # One side alone has each, so two of a sign are one of either.
    twice = {sign for sign in signs if sign and signs.count(sign) == 2}
    return [one for one, sign in zip(found, signs, strict=True) if sign not in twice]


def _sign_of(differing: Differing, words: Sequence[Word]) -> str:
    """Return the sign of the currency that one side alone has, and nothing else; or nothing."""
    forms = [words[number].plain for number in differing.written]
    forms += [one.word.plain for one in differing.standing]
    sign = ONE_WITH.get(forms[0], forms[0])
    return sign if len(forms) == 1 and sign in CURRENCIES else ""


def _is_false_start(differing: Differing, places: Places) -> bool:
    """Return whether words left out were broken off, and said again: "it was — it was"."""
    if differing.written or not differing.standing:
        return False
    first, last = differing.standing[0], differing.standing[-1]
    if first.paragraph != last.paragraph:
        return False
    text, words = places.text(last.paragraph), places.words(last.paragraph)
    if not _BREAK.match(text, last.word.stop):
        return False
    size = len(differing.standing)
    said = [one.word.plain for one in differing.standing]
    again = [one.plain for one in words[last.number + 1 :][:size]]
    broken = text[last.word.stop : last.word.stop + 1] == "-"
    return said == again or broken or said[: len(again)][:1] == again[:1]


def _side_by_side(
    comparison: Comparison, found: Sequence[Differing], draft: str, places: Places
) -> Iterator[Difference]:
    """Yield the words that differ side by side."""
    matched = [one.standing for part in comparison.parts for one in part.matched if one.standing]
    if not matched:
        return
    words = comparison.written.words
    ours = Counter(words[number].plain for one in found for number in one.written)
    theirs = Counter(one.word.plain for differing in found for one in differing.standing)
    # Words that the story has in another place; numbers that change places are others.
    moved = {one for one in ours & theirs if len(found) > 1 and not any(map(str.isdigit, one))}
    for differing in found:
        difference = _difference(differing, comparison, draft, places, matched[0].paragraph)
        changed = [words[number].plain for number in differing.written]
        changed += [one.word.plain for one in differing.standing]
        language = places.language(matched[0].paragraph)
        is_moved = difference.change in _NOT_MOVED and moved >= {*changed}
        is_moved = is_moved and not any(one in _negators(language) for one in changed)
        yield replace(difference, change=Change.WORDS) if is_moved else difference


def _difference(
    differing: Differing, comparison: Comparison, draft: str, places: Places, paragraph: int
) -> Difference:
    words, standing = comparison.written.words, differing.standing
    ours = [words[number] for number in differing.written]
    theirs = [one.word for one in standing]
    if standing:
        paragraph = standing[0].paragraph
        theirs = [one.word for one in standing if one.paragraph == paragraph]
    language, text = places.language(paragraph), places.text(paragraph)
    if theirs:
        beside: Sequence[Word] = places.words(paragraph)
        first = standing[0].number
        before, after = beside[max(0, first - 2) : first], beside[first + len(theirs) :][:2]
    else:
        first = differing.written[0]
        beside = words
        before, after = beside[max(0, first - 2) : first], beside[first + len(ours) :][:2]
    change = change_of(
        ours,
        theirs,
        before=before,
        after=after,
        language=language,
        is_name=lambda word: _is_name(word, draft if word in ours else text),
    )
    if change is not Change.NEGATION and theirs and not ours:
        lost = _lost(text, theirs[0].start, theirs[-1].stop, language)
        if any(denies for _, _, denies in lost):
            change = Change.NEGATION
        elif lost:
            change = Change.LIMIT
    stands = Quote(places.at(paragraph)[1], theirs[0].start, theirs[-1].stop) if theirs else None
    return Difference(change, _written_span(differing, words), stands)


def _written_span(differing: Differing, words: Sequence[Word]) -> Span:
    if differing.written:
        return words[differing.written[0]].start, words[differing.written[-1]].stop
    at = differing.before
    offset = words[at].start if at < len(words) else words[-1].stop
    return offset, offset


def _is_name(word: Word, text: str) -> bool:
    """Return whether *word* is written as a name where it stands in *text*: inside a sentence."""
    if not word.spelled[:1].isupper():
        return False
    before = text[max(0, word.start - 6) : word.start].rstrip(" \u00a0\"'“”‘’«([")
    begins = not before or (before[-1] in ".?!:\n" and not _TITLE.search(before))
    return not begins and word.spelled not in ("I", "I'm")


def _lost_at(gaps: Sequence[Gap], comparison: Comparison, places: Places) -> Iterator[Difference]:
    """Yield what the story must not leave out, and did where it says so: what denies or limits.

    So is what a number is another without.
    """
    words = comparison.written.words
    for gap in gaps:
        if not gap.marked or joins(gap, places.at, places.sentences):
            continue
        before, after = gap.before, gap.after
        offset = words[gap.written].start
        if scale := scale_after(before, places):
            yield Difference(Change.UNIT, (offset, offset), scale, at_omission=True)
        if before.paragraph == after.paragraph:
            slices = [(before.paragraph, before.word.stop, after.word.start)]
        else:
            slices = [
                (before.paragraph, before.word.stop, len(places.text(before.paragraph))),
                (after.paragraph, 0, after.word.start),
            ]
        for number, start, stop in slices:
            text, language = places.text(number), places.language(number)
            for begin, end, denies in _lost(text, start, stop, language):
                change = Change.NEGATION if denies else Change.LIMIT
                quote = Quote(places.at(number)[1], begin, min(end, stop))
                yield Difference(change, (offset, offset), quote, at_omission=True)


def _put_in(comparison: Comparison, draft: str, places: Places) -> Iterator[Difference]:
    """Yield what words in brackets change, if it is more than a name for a pronoun.

    They may stand for words on record, "[the port]" for "it", and not for "may", a number or "not".
    """
    written = comparison.written
    pairs = [one for part in comparison.parts for one in part.pairs if one.same]
    for at, (start, stop) in written.insertions.items():
        before = [one.standing for one in pairs if one.written is not None and one.written < at]
        after = [one.standing for one in pairs if one.written is not None and one.written >= at]
        last, following = (before[-1:] or [None])[0], (after or [None])[0]
        near = last or following
        if near is None:
            continue
        words = places.words(near.paragraph)
        first = last.number + 1 if last else 0
        end = following.number if following else first
        replaced: Sequence[Word] = []
        if last and following and last.paragraph == following.paragraph:
            replaced = words[first:end][:_MOST_REPLACED]
        named = partial(
            change_of,
            before=words[max(0, first - 2) : first],
            after=words[end : end + 2],
            language=places.language(near.paragraph),
            is_name=lambda _: False,
        )
        change = named(words_of(draft, start, stop), replaced)
        same_number = replaced and _digits(draft[start:stop]) == _digits(
            " ".join(one.plain for one in replaced)
        )
        if same_number and change not in (Change.NEGATION, Change.MODAL):
            continue
        if change is Change.NEGATION or (change in _GRAVE and named((), replaced) in _GRAVE):
            paragraph = places.at(near.paragraph)[1]
            stands = Quote(paragraph, replaced[0].start, replaced[-1].stop) if replaced else None
            yield Difference(change, (start, stop), stands)


def _negators(language: str) -> frozenset[str]:
    """Return the small words that deny, as words are compared: a verb that denies may move."""
    known = language_of(language).negations
    return known.words if known else change_words_of(language).negations


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _lost(text: str, start: int, stop: int, language: str) -> list[tuple[int, int, bool]]:
    """Return the words that deny or limit and that a cut leaves out, and whether each denies."""
    known = change_words_of(language)
    found = []
    for limit in lost_in(text, start, stop, language):
        begin, end = limit.word
        denies = any(known.denies(one.plain) for one in words_of(text, begin, end))
        found.append((limit.start, limit.stop, denies))
    if known.unspaced:
        for begin, end in sentence_spans(text, language):
            whole = start <= begin and end <= stop
            first, last = max(begin, start), min(end, stop)
            if not whole and first < last and known.denials_in(text[first:last]):
                found.append((first, last, True))
    return found
