"""Reads the turns of a transcript: whose words each paragraph has, by the label that opens it.

``NAME: text`` opens a speaker's turn and ``QUESTION: text`` a question. The label is not part of
the words, and names the speaker of what follows, until the next turn. A label that may name
somebody who is not listed makes its turn doubtful: its words are never given to the speaker before.

What a label means is decided in ``label_rules``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from index.files.cast import Cast
from index.files.label_rules import (
    COLONS,
    NO_TURN,
    QUESTIONER,
    RULES,
    RULES_WITHOUT_COLON,
    Reading,
)
from index.files.label_shapes import asks, is_in
from index.files.labels import Label, marked_label, set_apart_label
from index.model.statement import Kind, Role, Speaker
from index.text.labels import LabelWords, label_words

#: The kinds of statement that consist of turns. Another is a transcript if a label in it asks, or
#: several name listed speakers: otherwise "NOTE: …" and "Question: …" in it are sentences.
TRANSCRIPTS = frozenset({Kind.REMARKS, Kind.PRESS_CONFERENCE, Kind.INTERVIEW})
#: Of these, the kinds in which others than the first speaker surely speak.
DIALOGUES = frozenset({Kind.PRESS_CONFERENCE, Kind.INTERVIEW})

#: Texts about what was said; a name and a colon in them begin a quotation.
_ACCOUNTS = frozenset({Kind.REPORT, Kind.BRIEF, Kind.PRESS_RELEASE})

#: What ends a sentence, or a label, before a line that opens a turn.
_ENDED = regex.compile(r"[.!?…。！？।۔؟:：;)\]）”’»\"'*_—–-]\s*")
#: A line so short was not broken by its width.
_SHORT_LINE = 40
_LOWER_WORD = regex.compile(r"(?<![\p{L}\p{M}'’-])[\p{Ll}\p{M}][\p{Ll}\p{M}'’]*+(?![\p{L}\p{M}])")
_CAPITALS = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}{2,}(?![\p{L}\p{M}]|\s?[:：])")


#: "二、据报道…？", "2. Will it open?", "My second question: …?" beneath an answer.
_NUMBERED = regex.compile(
    r"(?:[二三四五六七八九十]、|第[二三四五]个问题|[2-9][.)．、]\s?|(?:[Mm]y|[Aa]nd)\s(?:second|next|other)\squestion\b)"
)
_CLOSING = " \t\u00a0\"'”’»)）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A paragraph of a statement, with its speaker."""

    text: str
    speaker: Speaker
    role: Role | None = None
    #: The label at its beginning that may name somebody who is not listed.
    doubtful: str = ""
    #: Whether a label names the speaker.
    named: bool = False
    #: Whether it is certain who speaks.
    certain: bool = True
    #: Whether a label stands at its beginning, for a speaker or a question.
    opens: bool = False
    #: The index of its text among those that were read.
    index: int = 0


class Transcript:
    """A statement whose turns are read; what is decided of a label is remembered."""

    def __init__(
        self, lines: Iterable[str], speakers: Sequence[Speaker], kind: Kind, language: str = "en"
    ) -> None:
        """Read the labels in *lines*, the whole text of a statement of this *kind*.

        Before the first label, the first of *speakers* speaks.
        """
        self.speakers = speakers
        self.words: LabelWords = label_words(language)
        self.cast = Cast(speakers, self.words)
        self._kind = kind
        self._lines = list(lines)
        self._readings: dict[tuple[str, str, bool, bool, bool, bool], Reading] = {}
        labels = [label for line in self._lines if (label := marked_label(line))]
        apart = [label for line in self._lines if (label := set_apart_label(line))]
        self.counts = Counter(label.text for label in labels)
        shown = {label.text: label for label in labels}.values()
        asking = [label for label in shown if asks(label, self.words)]
        # In capitals, or in a script without them, it is no sentence.
        loud = any(label.text == label.text.upper() for label in asking)
        named = [label for label in shown if self.cast.with_name(label)]
        answering = bool(named) or any(is_in(self.words.answers, label) for label in shown)
        asked = [label for label in apart if is_in(self.words.questions, label)]
        #: Whether labels in it certainly open turns.
        self.has_turns = answering or loud or bool(asked)
        several = sum(self.counts[label.text] for label in named) > 1 or len(asked) > 1
        by_labels = several or (loud and answering)
        #: Whether it is read as a transcript.
        self.is_transcript = kind in TRANSCRIPTS or (kind not in _ACCOUNTS and by_labels)
        self.is_dialogue = kind in DIALOGUES or self.has_turns

    @cached_property
    def small_letters(self) -> frozenset[str]:
        """The words that stand somewhere in small letters, or in capitals before no colon."""
        found: set[str] = set()
        for line in self._lines:
            found.update(_LOWER_WORD.findall(line))
            found.update(word.lower() for word in _CAPITALS.findall(line))
        return frozenset(found)

    def opens(self, line: str, before: str = "") -> bool:
        """Return whether *line* opens a turn, with the line *before* it in its paragraph."""
        label, reading = self._read(line, asked=True)
        if label is None or reading.speaker is None:
            return False
        ended = _ENDED.search(before[-2:]) or len(before) < _SHORT_LINE
        return bool((reading.anywhere and label.mark) or ended)

    def turns(self, texts: Sequence[str]) -> list[Turn]:
        """Return the turns in *texts*, the paragraphs of the statement, without their labels.

        A paragraph without a label continues the turn before it, and a label alone in its
        paragraph applies to the next. After the first question, the words of others are answers.
        A numbered question beneath an answer is none of its words.
        """
        turns: list[Turn] = []
        current = Turn(text="", speaker=self.speakers[0])
        asked = False
        for index, text in enumerate(texts):
            label, reading = self._read(text, asked=asked)
            words, doubtful = text, ""
            turn = replace(current, opens=False, index=index)
            if label and reading.speaker:
                asked = asked or reading.asks
                others = Role.ANSWER if asked else None
                doubtful = "" if reading.certain else label.text
                words = text[label.end :] if reading.left_out else text
                opened = Turn(
                    text="",
                    speaker=reading.speaker,
                    role=Role.QUESTION if reading.asks else others,
                    named=True,
                    certain=reading.certain,
                    opens=True,
                    index=index,
                )
                if reading.goes_on:
                    current = turn = opened
                elif current.role is not Role.QUESTION:
                    turn = opened
            elif current.role is Role.ANSWER and _goes_on_asking(text):
                turn = replace(
                    turn, speaker=QUESTIONER, role=Role.QUESTION, named=False, certain=False
                )
            if words:
                turns.append(replace(turn, text=words, doubtful=doubtful))
        return turns

    def _read(self, line: str, *, asked: bool) -> tuple[Label | None, Reading]:
        """Return the label of *line* that opens a turn, and what it means.

        What is certain comes first: "Q    One thing, Karine: why?" asks.
        """
        marked, apart = marked_label(line), set_apart_label(line)
        reading = self._meaning(marked, asked=asked) if marked else NO_TURN
        if apart and not (reading.speaker and reading.certain):
            known = self._meaning(apart, asked=asked)
            if known.speaker:
                return apart, known
        return (marked, reading) if reading.speaker else (None, NO_TURN)

    def _meaning(self, label: Label, *, asked: bool) -> Reading:
        key = (label.text, label.mark, label.apart, label.item, label.follows.islower(), asked)
        if key not in self._readings:
            rules = RULES if label.mark in COLONS else RULES_WITHOUT_COLON
            readings = (rule(label, self, asked) for rule in rules)
            self._readings[key] = next((one for one in readings if one), NO_TURN)
        return self._readings[key]


def _goes_on_asking(text: str) -> bool:
    """Return whether *text* is a numbered question: what a reporter asked, whose label is missing.

    An official who numbers what he says does not ask.
    """
    return _NUMBERED.match(text) is not None and text.rstrip(_CLOSING).endswith(("?", "？", "؟"))


def read_turns(
    texts: Sequence[str], speakers: Sequence[Speaker], kind: Kind, language: str = "en"
) -> list[Turn]:
    """Return the turns in *texts*, the paragraphs of a statement, as ``Transcript.turns`` does."""
    return Transcript(texts, speakers, kind, language).turns(texts)
