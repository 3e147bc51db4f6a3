"""Decides what a label means: whose turn it opens, for certain or not, or that it opens none.

The rules are asked in their order; the first that knows an answer gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from index.files.label_shapes import asks, has_case, is_in, is_name, is_no_name
from index.files.labels import Label
from index.model.statement import Speaker
from index.text.labels import words_of
from index.text.language import script_of

if TYPE_CHECKING:
    from index.files.turns import Transcript

#: Who asks, where no name is told.
QUESTIONER = Speaker("Question")
_NUMBER = regex.compile(r"[0-9]+|(?=[ivx])[ivx]+")
_WORD = regex.compile(r"[\p{L}\p{M}'’]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a label means."""

    #: Who speaks after it; ``None`` if it opens no turn.
    speaker: Speaker | None = None
    asks: bool = False
    certain: bool = True
    #: Whether what follows its paragraph is its speaker's too.
    goes_on: bool = True
    #: Whether it is left out of the words.
    left_out: bool = True
    #: Whether it opens a turn even within a sentence that goes over the end of a line.
    anywhere: bool = True


NO_TURN = Reading()
_ASKS = Reading(speaker=QUESTIONER, asks=True)


# Each rule returns what a label means, or None to leave that to the next.


def _whole_name(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A listed name: ``Carl Maurer:``."""
    found = transcript.cast.with_whole_name(label)
    return Reading(speaker=found) if found else None


def _question(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A label of a question: ``Q:``, ``问：``, ``Reuters reporter:``; in a transcript."""
    if transcript.is_transcript:
        return _ASKS if asks(label, transcript.words) else None
    return _ASKS if label.text in ("Q", "QUESTION") and label.mark else None


def _listed_name(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A listed name with what customarily goes with it: ``Sir Carl Maurer KC MP:``."""
    found = transcript.cast.with_name(label)
    return Reading(speaker=found) if found else None


def _listed_role(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A role that one listed speaker has: ``THE AMBASSADOR:``."""
    if not transcript.is_transcript or label.name[:1].islower():
        return None
    found = transcript.cast.with_role(label)
    return Reading(speaker=found) if found else None


def _listed_name_and_more(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A listed name with what may be a sentence: ``Maurer – and he is right:``."""
    if not transcript.is_transcript or not transcript.cast.begins_with_name(label):
        return None
    # "Maurer, you know this:" is said to him.
    return _doubtful(label, goes_on="," not in label.name)


def _answer(label: Label, transcript: Transcript, asked: bool) -> Reading | None:
    """A label of an answer, after a question: ``A:``. Of several speakers, it names none."""
    if not asked or label.text[:1].islower() or not is_in(transcript.words.answers, label):
        return None
    alone = len(transcript.speakers) == 1
    return Reading(speaker=transcript.speakers[0], certain=alone)


def _no_transcript(_: Label, transcript: Transcript, __: bool) -> Reading | None:
    """Outside transcripts, any other label is a sentence: ``CPEC: a decade on``."""
    return None if transcript.is_transcript else NO_TURN


def _sentence(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """What is too long for a name, or too short, or has a mark: ``UN:``, ``Yes, and no:``."""
    return NO_TURN if is_no_name(label, transcript.words) else None


def _beside_its_mark(label: Label, _: Transcript, __: bool) -> Reading | None:
    """Text goes on right after the colon: ``https://example.org``, ``10:30``."""
    return None if label.apart else NO_TURN


def _heading(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """A heading, or those who are addressed: ``THE PLAN FOR GROWTH:``, ``Dear friends:``."""
    words, known = words_of(label.name), transcript.words
    phrase = " ".join(words)
    if phrase in known.headings or phrase in known.joint_titles:
        return NO_TURN
    if any(word in known.offices or word in known.questioners for word in words):
        return None
    if label.name != label.name.lower() and not known.honorifics.isdisjoint(words):
        return None
    small_words = known.small_words_in(script_of(label.name))
    numbers = {word for word in words if _NUMBER.fullmatch(word)}
    of_headings = all(
        word in known.headings or word in small_words or word in numbers for word in words
    )
    numbered = bool(numbers) and len(words) > 1
    in_a_sentence = any(word in small_words and word not in known.particles for word in words)
    return NO_TURN if of_headings or numbered or in_a_sentence else None


def _small_after(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """Small letters after the colon, once: ``PART TWO: the railway``. A turn begins otherwise."""
    goes_on = label.follows.islower() and transcript.counts[label.text] < 2
    return NO_TURN if goes_on else None


def _address(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """Somebody is addressed: ``Mr. President:``, before anybody else speaks."""
    words = words_of(label.name)
    known = transcript.words
    addressed = words[0] in known.honorifics and known.title_words.issuperset(words)
    if not addressed or label.name == label.name.upper() or transcript.has_turns:
        return None
    if not label.follows:
        return NO_TURN
    return _doubtful(label, goes_on=False)


def _name(label: Label, transcript: Transcript, _: bool) -> Reading | None:
    """What has the shape of a name: ``MR. TEA SELLER:``, ``Carl Maurer (Lab):``, ``王毅：``."""
    known, returns = transcript.words, transcript.counts[label.text] > 1
    if label.item or not is_name(label, known, returns=returns):
        return None
    capitals = has_case(label) and label.name.isupper()
    words = [word.lower() for word in _WORD.findall(label.name)]
    # A word that the text has in small letters too is a subject: "Food Security: …".
    subject = all(word in transcript.small_letters or word in known.particles for word in words)
    if subject and len(words) > 1 and not (transcript.is_dialogue or capitals):
        return NO_TURN
    titled = any(w in known.offices or w in known.honorifics for w in words_of(label.name))
    several = len(words) > 1 or titled
    goes_on = titled or (not subject and (returns or transcript.is_dialogue or several))
    left_out = capitals and not subject and (returns or len(words) > 1)
    return _doubtful(label, goes_on=goes_on, left_out=left_out)


def _doubtful(label: Label, *, goes_on: bool, left_out: bool = False) -> Reading:
    return Reading(
        speaker=Speaker(label.text),
        certain=False,
        goes_on=goes_on,
        left_out=left_out,
        anywhere=False,
    )


COLONS = frozenset(":：︰∶")
#: The rules in the order in which they are asked.
RULES: tuple[Callable[[Label, Transcript, bool], Reading | None], ...] = (
    _whole_name,
    _question,
    _listed_name,
    _listed_role,
    _listed_name_and_more,
    _answer,
    _no_transcript,
    _beside_its_mark,
    _sentence,
    _heading,
    _small_after,
    _address,
    _name,
)
#: Without a colon, only what is known opens a turn: "Q    Is it?", "Maurer. – The figures".
RULES_WITHOUT_COLON = (_whole_name, _question, _listed_name, _answer)
