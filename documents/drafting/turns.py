"""Writes the labels of turns as a statement file has them: ``NAME: words``, ``QUESTION: words``.

Who speaks is told by a document's data, by bold type, or by a "Q" that stands apart. Labels that
are written with a colon stay as they are; ``index`` reads what they mean.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

import regex

from documents.drafting.kinds import DIALOGUES
from documents.drafting.unlabelled import with_bold_questions, with_colons, with_lone_names
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
#: "С.В.Петров:" and "S.V.Petrov:", with how he speaks: "(по-английски)".
_INITIALS = regex.compile(
    r"(?=\P{Latin}|\p{Lu}\.\p{Lu})(?P<initial>\p{Lu})\.(?:\s?\p{Lu}\.){0,2}\s?"
    r"(?P<surname>\p{Lu}[\p{L}\p{M}-]{1,40}+)(?P<aside>\s\([^)]{1,80}+\))?\s?[:：]\s{0,3}"
)
#: Texts in which turns may stand without a label.
_TALKS = DIALOGUES | {Kind.REMARKS}
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_MARKS = " \t\u00a0:：.–—-"


def with_labels(blocks: Sequence[Block], fields: Fields) -> list[Block]:
    """Return *blocks*, of a text with these *fields*, with the labels of turns in their texts."""
    bold = _bold_labels(blocks, fields.speakers, fields.language)
    if fields.kind in _TALKS:
        blocks = [_without_initials(block, fields.speakers) for block in with_colons(blocks)]
        names = (name for one in fields.speakers for name in (one.name, one.role) if name)
        blocks = with_lone_names(blocks, list(names))
    if fields.kind in DIALOGUES and not any(_opens(block, bold) for block in blocks):
        blocks = with_bold_questions(blocks)
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
        elif block.bold in bold and (rest := text[len(block.bold) :].strip(" \u00a0:：")):
            label, text = block.bold.rstrip(_MARKS), rest
        text = f"{label}: {text}".rstrip()
        labelled.append(replace(block, text=text, lines=()) if label else block)
    return labelled


def _without_initials(block: Block, speakers: Sequence[Speaker]) -> Block:
    """Return *block* with the surname alone as its label, if initials stand before it.

    "С.В.Петров:" would be read as a sentence, and his words as those of whoever spoke before. Of a
    listed speaker of another first name, it stays.
    """
    match = _INITIALS.match(block.text)
    if match is None or block.kind is BlockKind.HEADING:
        return block
    named = (one.name for one in speakers if one.name.split()[-1].endswith(match["surname"]))
    if any(not name.startswith(match["initial"]) for name in named):
        return block
    text = f"{match['surname']}{match['aside'] or ''}: {block.text[match.end() :]}".rstrip()
    return replace(block, text=text, lines=())


def _opens(block: Block, bold: Container[str]) -> bool:
    """Return whether a label opens a turn in *block*: by data, in bold, or a word that asks."""
    match = _LABEL.match(block.text)
    asks = match is not None and match["label"].casefold() in label_words("en").questions
    return block.turn is not None or block.bold in bold or asks or bool(_APART.match(block.text))


class _Askers:
    """Who asks, where the title tells: "Interview with Sabra Lane", or a chat with all comers."""

    def __init__(self, fields: Fields) -> None:
        self._speakers = {
            word
            for speaker in fields.speakers
            for word in _words_of(f"{speaker.name} {speaker.role} {_initials(speaker.role)}")
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


def _initials(role: str) -> str:
    """Return the letters that a role is called by: "PM" for "Prime Minister"."""
    return "".join(word[0] for word in role.split() if word[0].isupper())


def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _label_of(turn: Turn) -> str:
    name = " ".join(turn.name.replace(":", " ").replace("：", " ").split())
    return f"QUESTION ({name})" if turn.asks and name else "QUESTION" if turn.asks else name


def _bold_labels(
    blocks: Iterable[Block], speakers: Sequence[Speaker], language: str
) -> frozenset[str]:
    """Return the names in bold type that open turns although no colon is behind them."""
    known = {speaker.name.casefold() for speaker in speakers} | label_words(language).questions
    bold = {block.bold for block in blocks if block.bold and not block.bold.endswith((":", "："))}
    return frozenset(one for one in bold if one.rstrip(_MARKS).casefold() in known)
