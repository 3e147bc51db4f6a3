"""Writes the labels of turns as a statement file has them: ``NAME: words``, ``QUESTION: words``.

Who speaks is told by a document's data, by bold type, or by a "Q" that stands apart. Labels that
are written with a colon stay as they are; ``index`` reads what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from documents.model import Block, BlockKind, Turn
from index import Fields, Kind, Speaker, label_words

#: "Q    One thing": the letter, set apart by more than one space or by one that does not break.
_APART = regex.compile(
    r"^(?P<letter>[QA])(?:[ \t]*[\u00a0\u2000-\u200a\u202f\u3000\t][\s\u00a0]*| {2,})(?=\S)"
)
_LABEL = regex.compile(r"(?P<label>\p{Lu}[^:：]{1,60}?)\s?[:：]\s*")
#: A nickname may begin with anything, and has at most three words.
_NICKNAME = regex.compile(
    r"(?P<label>\(?[\p{L}\p{N}][\p{L}\p{N}._'’()-]{0,30}(?:\s[\p{L}\p{N}._'’()-]{1,20}){0,2})\s?:\s*(?=\S)"
)
_INTERVIEW_WITH = regex.compile(
    r"(?i:\b(?:interview|conversation|talk)\b).{0,40}?\b(?i:with|by)\s(?P<name>\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+){0,3})"
)
_CHAT = regex.compile(r"(?i)\b(?:web|live|online)\s?chat\b|\bask me anything\b")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_MARKS = regex.compile(r"[\s:：.–—-]+$")


def with_labels(blocks: Sequence[Block], fields: Fields) -> list[Block]:
    """Return *blocks*, of a text with these *fields*, with the labels of turns in their texts."""
    bold = _bold_labels(blocks, fields.speakers, fields.language)
    asks = _Askers(fields)
    before: Turn | None = None
    labelled: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            labelled.append(block)
            continue
        label, text = "", block.text
        if block.turn is not None:
            label = _label_of(block.turn) if block.turn != before else ""
            before = block.turn
        elif match := _APART.match(text):
            label, text = match["letter"], text[match.end() :]
        elif asker := asks.in_label(text):
            label, text = f"QUESTION ({asker[0]})", asker[1]
        elif block.bold in bold and (rest := text[len(block.bold) :].strip()):
            label, text = _MARKS.sub("", block.bold), rest
        text = f"{label}: {text}".rstrip()
        labelled.append(replace(block, text=text, lines=()) if label else block)
    return labelled


class _Askers:
    """Who asks, where the title tells: "Interview with Sabra Lane", or a chat with all comers."""

    def __init__(self, fields: Fields) -> None:
        self._speakers = {
            word
            for speaker in fields.speakers
            for word in _words_of(f"{speaker.name} {speaker.role}")
        }
        self._all_comers = _CHAT.search(fields.title) is not None
        named = _INTERVIEW_WITH.search(fields.title) if fields.kind is Kind.INTERVIEW else None
        self._named = _words_of(named["name"]) if named else frozenset()
        if not self._named.isdisjoint(self._speakers):
            self._named = frozenset()

    def in_label(self, text: str) -> tuple[str, str] | None:
        """Return who asks by the label of *text*, and the words behind it; ``None`` if nobody."""
        if not self._named and not self._all_comers:
            return None
        match = (_NICKNAME if self._all_comers else _LABEL).match(text)
        words = _words_of(match["label"]) if match else frozenset()
        if match is None or not words or words <= self._speakers:
            return None
        if self._all_comers or words <= self._named:
            return match["label"].strip("() "), text[match.end() :]
        return None


def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _label_of(turn: Turn) -> str:
    name = regex.sub(r"\s*[:：]\s*", " ", turn.name).strip()
    return f"QUESTION ({name})" if turn.asks and name else "QUESTION" if turn.asks else name


def _bold_labels(
    blocks: Iterable[Block], speakers: Sequence[Speaker], language: str
) -> frozenset[str]:
    """Return the names in bold type that open turns although no colon is behind them."""
    known = {speaker.name.casefold() for speaker in speakers} | label_words(language).questions
    bold = {block.bold for block in blocks if block.bold and not block.bold.endswith((":", "："))}
    return frozenset(one for one in bold if _MARKS.sub("", one).casefold() in known)
