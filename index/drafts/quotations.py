"""Finds the quotations of a draft: what stands between quotation marks, and in block quotes.

Each is cut into pieces: words, marks of omission, and what the writer put in brackets. ``pairs``
pairs the marks; sentences without any are left to ``indirect_speech``; nothing is compared here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex

from index.drafts.indirect_speech import paraphrases_in, reports
from index.drafts.layout import Layout, layout_of
from index.drafts.marks import FAMILY_OF, SINGLE
from index.drafts.pairs import Pair, pairs_in
from index.drafts.quotation import Piece, PieceKind, Quotation
from index.model.answer import Span
from index.text.words import UNSPACED

#: Fewer words are a term or a title, which stands in many places and says nothing.
_FEWEST_WORDS = 3
#: The same in a script without spaces, in characters.
_FEWEST_CHARACTERS = 6
_WORD = regex.compile(
    rf"(?V1)(?P<unspaced>[{UNSPACED}])"
    rf"|[[\p{{L}}\p{{N}}]--[{UNSPACED}]][[\p{{L}}\p{{M}}\p{{N}}'’.,\-]--[{UNSPACED}]]*+"
)
_CHARACTER = regex.compile(rf"[{UNSPACED}]")
_BETWEEN_BRACKETS = r"(?:\.{2,}|…+|⋯+|\. \. \.|- ?- ?-?)"
#: Links of Markdown, of which the words are quoted; omissions; and words in square brackets.
_CUT = re.compile(
    r"\[(?P<link>[^\[\]\r\n]{1,300})\](?P<target>\((?:https?:|/|\#|mailto:|x)[^()\s]{0,999}\))"
    rf"|\[ ?{_BETWEEN_BRACKETS} ?\]|［ ?{_BETWEEN_BRACKETS} ?］|\( ?{_BETWEEN_BRACKETS} ?\)"
    rf"|（ ?{_BETWEEN_BRACKETS} ?）|〔 ?{_BETWEEN_BRACKETS} ?〕"
    r"|[\[［〔](?P<inserted>[^\[\]［］〔〕\r\n]{1,300})[\]］〕]"
    r"|(?P<dots>\.{3,}|\.(?:[ \u00a0]\.){2,})|…+|⋯+|。{3,}|･{3,}|・{3,}|۔{3,}"
)
_SENTENCE_END = re.compile(r"[.!?。！？۔।…][\"'”’»)]?\s?(?=[^\s.!?。！？])")
#: Letters in brackets that adapt a word: "[w]e", "agree[d]", "[re]open".
_MOST_ADAPTED = 6
#: The line of a block quote that names whom it quotes.
_ATTRIBUTION = regex.compile(r"[ \t]{0,40}(?:[—–―]|--)\s?\p{L}[^\n]{0,120}$")


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted in a draft."""

    #: Of three words or more, in the order of the draft.
    quotations: tuple[Quotation, ...]
    #: Of one or two words.
    short: tuple[Quotation, ...]
    #: Sentences in indirect speech: slices of the draft.
    paraphrases: tuple[Span, ...]
    #: Offsets of the quotation marks without a partner.
    unbalanced: tuple[int, ...]


def quotations_in(draft: str, language: str = "") -> Found:
    """Return the quotations of *draft*, which is in *language*, a BCP 47 tag.

    Without *language*, what tells indirect speech in any language is looked for.

    >>> draft = 'He said: "We will […] act [now]."'
    >>> [draft[one.start : one.stop] for one in quotations_in(draft).quotations[0].pieces]
    ['We will', '[…]', 'act', 'now', '.']
    """
    layout = layout_of(draft)
    marks = pairs_in(layout, language)
    pairs = [pair for pair in marks.closed if pair.end > pair.inside]
    pairs += [pair for pair in marks.unclosed if _is_whole(pair, layout.text, language)]
    pairs += _blocks(layout, pairs, language)
    pairs.sort(key=lambda pair: (pair.start, -pair.stop))
    cuts = _cuts(layout, pairs)
    quotations: list[Quotation] = []
    short: list[Quotation] = []
    #: What is open where the next begins: its end, and its number among the quotations.
    around: list[tuple[int, int]] = []
    starts = [start for start, _, _ in cuts]
    for pair in pairs:
        while around and around[-1][0] < pair.stop:
            around.pop()
        pieces = _pieces(layout.text, pair, cuts, starts)
        if _is_short(draft, pieces):
            if any(piece.kind is PieceKind.WORDS for piece in pieces):
                short.append(Quotation(pair.start, pair.stop, pieces))
            continue
        within = around[-1][1] if around else None
        around.append((pair.stop, len(quotations)))
        quotations.append(Quotation(pair.start, pair.stop, pieces, within))
    spans = [(one.start, one.stop) for one in quotations if one.within is None]
    return Found(
        tuple(quotations),
        tuple(short),
        tuple(paraphrases_in(layout, spans, language)),
        marks.unbalanced,
    )


def _is_whole(pair: Pair, text: str, language: str) -> bool:
    """Return whether what is not closed is a quotation to the end of its paragraph.

    It is if it follows a colon, or is a paragraph of one sentence or of those that are reopened,
    and has no words that report, such as "he said": nothing of the story is taken for the
    speaker's words.
    """
    before = text[max(0, pair.start - 8) : pair.start].rstrip(" \t\u00a0\u3000")
    quoted = text[pair.inside : pair.stop].rstrip()
    return (
        FAMILY_OF[pair.shape] != SINGLE
        and bool(quoted)
        and (
            before[-1:] in (":", "：")
            or (
                (not before or before[-1] in "\n\r\u2029")
                and (bool(pair.reopened) or not _SENTENCE_END.search(quoted))
            )
        )
        and not quoted[-1].isalnum()
        and not pair.doubted
        and pair.shape not in quoted
        and not reports(quoted, language)
    )


def _blocks(layout: Layout, pairs: Sequence[Pair], language: str) -> Iterator[Pair]:
    """Yield the block quotes, but for those that only hold a quotation or report one."""
    rest = deque(sorted(pairs, key=lambda pair: pair.start))
    for start, end in layout.blocks:
        stop = end
        lines = layout.text[start:end]
        last = lines.rfind("\n") + 1
        if last and _ATTRIBUTION.match(lines, last):
            stop = start + len(lines[:last].rstrip())
        while rest and rest[0].start < start:
            rest.popleft()
        inside = []
        while rest and rest[0].stop <= stop:
            inside.append(rest.popleft())
        if inside:
            outside = _outside(layout.text[start:stop], start, inside)
            if _WORD.search(outside) is None or reports(outside, language):
                continue
        yield Pair(start, start, stop, stop, closed=True)


def _outside(words: str, start: int, inside: Iterable[Pair]) -> str:
    """Return what of *words*, which begin at *start*, stands outside the quotations *inside*."""
    kept, at = [], 0
    for pair in inside:
        if pair.start - start >= at:
            kept.append(words[at : pair.start - start])
            at = pair.stop - start
    return " ".join((*kept, words[at:]))


#: Start and stop of what is cut out, and the piece that it is; none for what belongs to no piece.
_Cut = tuple[int, int, tuple[Piece, ...]]


def _cuts(layout: Layout, pairs: Sequence[Pair]) -> list[_Cut]:
    """Return where the words of quotations are interrupted, in order, none within another."""
    cuts: list[_Cut] = [(start, stop, ()) for start, stop in layout.prefixes]
    for pair in pairs:
        if pair.shape:
            cuts.append((pair.start, pair.inside, ()))
            if pair.closed:
                cuts.append((pair.end, pair.stop, ()))
            cuts += [(start, stop, ()) for start, stop in pair.reopened]
    for found in _CUT.finditer(layout.text):
        start, stop = found.span()
        if found["link"] is not None:
            cuts += [(start, start + 1, ()), (found.start("target") - 1, stop, ())]
        elif (inserted := found["inserted"]) is None:
            if found["dots"] is not None and found["dots"].count(".") == 4:
                start = _after_full_stop(layout.text, start)
            cuts.append((start, stop, (Piece(PieceKind.OMISSION, start, stop),)))
        elif not _is_adapted(layout.text, start, stop, inserted):
            inner = found.start("inserted"), found.end("inserted")
            cuts.append((start, stop, (Piece(PieceKind.INSERTION, *inner),)))
    cuts.sort(key=lambda cut: (cut[0], -cut[1]))
    kept: list[_Cut] = []
    at = 0
    for cut in cuts:
        if cut[0] >= at:
            kept.append(cut)
            at = cut[1]
    return kept


def _after_full_stop(text: str, start: int) -> int:
    """Return where an omission of four dots begins, the first of which may end a sentence."""
    if not start or text[start - 1].isspace():
        return start
    return start + 1 + (text[start + 1] != ".")


def _is_adapted(text: str, start: int, stop: int, inserted: str) -> bool:
    """Return whether brackets stand around letters of a word."""
    if len(inserted) > _MOST_ADAPTED or not inserted.isalpha() or _CHARACTER.search(inserted):
        return False
    before, after = text[start - 1 : start], text[stop : stop + 1]
    return any(one.isalpha() and not _CHARACTER.match(one) for one in (before, after))


def _pieces(
    text: str, pair: Pair, cuts: Sequence[_Cut], starts: Sequence[int]
) -> tuple[Piece, ...]:
    """Return the pieces between the marks of *pair*."""
    pieces: list[Piece] = []
    at = pair.inside
    for number in range(bisect_left(starts, at), len(cuts)):
        start, stop, cut = cuts[number]
        if stop > pair.end:
            break
        _add_words(text, at, start, pieces)
        pieces += cut
        at = stop
    _add_words(text, at, pair.end, pieces)
    return tuple(pieces)


def _add_words(text: str, start: int, stop: int, pieces: list[Piece]) -> None:
    """Add the words from *start* to *stop*, if any, without the white space around them."""
    while start < stop and text[start].isspace():
        start += 1
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        pieces.append(Piece(PieceKind.WORDS, start, stop))


def _is_short(draft: str, pieces: Iterable[Piece]) -> bool:
    """Return whether *pieces* have fewer words than a quotation that is checked."""
    words = characters = 0
    for piece in pieces:
        if piece.kind is PieceKind.WORDS:
            found = _WORD.finditer(draft, piece.start, piece.stop)
            for word in islice(found, _FEWEST_CHARACTERS):
                if word["unspaced"]:
                    characters += 1
                else:
                    words += 1
            # A character more than the words that it takes is a part of one.
            if characters * _FEWEST_WORDS + words * _FEWEST_CHARACTERS >= (
                _FEWEST_WORDS * _FEWEST_CHARACTERS
            ):
                return False
    return True
