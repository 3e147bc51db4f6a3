"""Checks a story: finds its quotations, and grades each by the record.

One story goes this way: ``quotations`` and ``attributions`` read the draft; for each quotation
``candidates`` finds paragraphs, ``comparison`` aligns the words, ``examination`` gathers what
differs, and ``grades`` decides.
"""

from __future__ import annotations

import datetime
import math
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.checking.candidates import Candidates
from index.checking.comparison import WrittenWords, compare, written_words
from index.checking.disagreements import all_disagreements
from index.checking.ends import with_whole_ends
from index.checking.examination import Examined, examine, graded, nowhere
from index.checking.grades import decided_by
from index.checking.places import Places
from index.checking.report import (
    CheckedQuotation,
    CheckedStory,
    Disagreement,
    Grade,
    Passage,
)
from index.checking.same_person import Names
from index.drafts.attributions import attributions
from index.drafts.quotation import Quotation
from index.drafts.quotations import quotations_in
from index.drafts.said import Said
from index.model.record import Coverage
from index.model.statement import Speaker
from index.postings.exact_phrases import ExactPhrases
from index.question.names_by_word import words_of
from index.text.language import (
    language_of_script,
    language_of_text,
    languages_of_question,
    script_of,
)

#: Of a longer draft, so many characters are read: a book of three hundred pages has twice as many.
MOST_CHARACTERS = 300_000
#: Of more quotations, so many are checked: each takes some milliseconds.
MOST_QUOTATIONS = 1_000
#: Of so many names in stories it is remembered which paragraphs are theirs.
_REMEMBERED = 64
#: The languages of drafts in Latin letters are told by the small words in so many characters.
_AROUND = 200
_SAMPLE, _LATIN = 4000, ("en", "es", "fr", "de", "pt", "it")
#: Words that stand in many places are looked at in so many, if so many positions tell where.
_MOST_PLACES, _MOST_POSITIONS = 40, 200_000
_DEPENDS_ON_PLACE = (Grade.MISATTRIBUTED, Grade.CUT, Grade.PUNCTUATED)
#: As these, a quotation within another is, too.
_WHOLE = (Grade.VERBATIM, Grade.PUNCTUATED)
#: The same words may stand in another place, too, where they deserve a milder grade.
_SAME_WORDS = (*_DEPENDS_ON_PLACE, Grade.VERBATIM)


@dataclass(frozen=True, slots=True)
class _Read:
    """A quotation as the draft has it, and what the draft says of it."""

    draft: str
    quotation: Quotation
    said: Said
    #: The statement that the quotation before it is from; empty if there is none.
    statement_before: str = ""

    @property
    def named(self) -> str:
        """The speaker, as the story names him; empty if it does not."""
        span = self.said.named or self.said.speaker
        return self.draft[slice(*span)] if span else ""


class StoryChecker:
    """Checks stories by one record; built once."""

    def __init__(
        self,
        places: Places,
        phrases: ExactPhrases,
        speakers: Sequence[Speaker],
        speaker_of: NDArray[np.int64],
    ) -> None:
        """Find quotations in *places* by *phrases*.

        *speakers* are those of the record, and *speaker_of* is the number of each paragraph's.
        """
        paragraphs = len(speaker_of)
        self._places, self._phrases = places, phrases
        self._candidates = Candidates(phrases, paragraphs)
        self._lock = threading.Lock()
        self._paragraphs = paragraphs
        self._speakers, self._speaker_of = speakers, speaker_of
        self._names = Names(self._speakers)
        #: Names that a draft may have without anything that shows that they are.
        self._known_names = frozenset(map(_short_name, self._speakers))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, speaker in enumerate(speakers):
            for word in set(words_of(f"{speaker.name} {speaker.role}")):
                self._by_word[word].append(number)
        #: The paragraphs of each speaker that a story names, ``None`` if there are none.
        self._theirs: LRUCache[str, NDArray[np.bool_] | None] = LRUCache(_REMEMBERED)

    def check(
        self, draft: str, searched: Coverage, today: datetime.date | None = None
    ) -> CheckedStory:
        """Return *draft* with each of its quotations graded."""
        read = draft[:MOST_CHARACTERS]
        language = _language_of(read)
        found = quotations_in(read, language)
        if len(found.quotations) >= MOST_QUOTATIONS:
            read = read[: found.quotations[MOST_QUOTATIONS - 1].stop]
            found = quotations_in(read, language)
        # The short ones are read, too: their words are not the story's own.
        said = self._said(read, [*found.quotations, *found.short], language, today)
        examined: list[Examined | None] = []
        statement = ""
        for quotation, one in zip(found.quotations, said, strict=False):
            examined.append(self._examined_best(_Read(read, quotation, one, statement)))
            if examined[-1] and examined[-1].passages:
                statement = examined[-1].passages[0].citation.statement
        quoted = [passage for one in examined if one for passage in one.passages]
        checked: list[CheckedQuotation] = []
        for quotation, best in zip(found.quotations, examined, strict=True):
            outer = None if quotation.within is None else checked[quotation.within]
            if best is None:
                checked.append(nowhere(quotation))
            elif outer is not None and outer.grade in _WHOLE:
                # What limits it in the words around it, these have.
                checked.append(graded(best.without_limits(), quotation))
            else:
                checked.append(graded(best.without_limits_in(quoted), quotation))
        return CheckedStory(
            draft=draft,
            quotations=tuple(checked),
            searched=searched,
            short=found.short,
            paraphrases=found.paraphrases,
            unbalanced=found.unbalanced,
            read=len(read),
        )

    def _said(
        self,
        draft: str,
        quotations: Sequence[Quotation],
        language: str,
        today: datetime.date | None,
    ) -> list[Said]:
        """Return what *draft* says of *quotations*, each in the language of its paragraph."""
        scripts = [script_of(_paragraph_of(draft, one)) for one in quotations]
        by_script = {
            script: attributions(
                draft,
                quotations,
                language if script == script_of(draft) else language_of_script(script),
                today,
                self._known_names,
            )
            for script in dict.fromkeys(scripts)
        }
        return [by_script[script][number] for number, script in enumerate(scripts)]

    def _examined_best(self, read: _Read) -> Examined | None:
        """Return how a quotation compares with what is most like it; ``None`` if nothing is."""
        # The caches are no more than one thread's at a time; a long story lets others in between.
        with self._lock:
            return self._best(read)

    def _best(self, read: _Read) -> Examined | None:
        written = written_words(read.draft, read.quotation)
        text = " ".join(read.draft[word.start : word.stop] for word in written.words)
        numbers = self._candidates.of(text, self._preferred(read))
        if not numbers or not written.words:
            return None
        examined = self._examined(read, written, _in_order(numbers))
        if decided_by(examined.evidence).grade not in _DEPENDS_ON_PLACE:
            return examined
        # The same words may stand in another place where they deserve a milder grade.
        order = list(Grade)
        best, rank = examined, order.index(decided_by(examined.evidence).grade)
        runs = _runs(numbers)
        singly = ([number] for run in runs if len(run) > 1 for number in run)
        for run in chain(runs, singly, self._word_for_word(text, examined, numbers)):
            other = self._examined(read, written, run)
            grade = decided_by(other.evidence).grade
            if grade in _SAME_WORDS and order.index(grade) > rank:
                best, rank = other, order.index(grade)
            if grade is Grade.VERBATIM:
                break
        return best

    def _word_for_word(
        self, text: str, examined: Examined, known: Sequence[int]
    ) -> Iterator[list[int]]:
        """Yield the paragraphs that have all of *text* side by side, besides those *known*."""
        if examined.evidence.every and self._phrases.cost(text) <= _MOST_POSITIONS:
            found = np.flatnonzero(self._phrases.having(text)).tolist()
            yield from ([number] for number in islice(found, _MOST_PLACES) if number not in known)

    def _examined(self, read: _Read, written: WrittenWords, numbers: Sequence[int]) -> Examined:
        return examine(
            with_whole_ends(compare(written, numbers, self._places), self._places),
            draft=read.draft,
            quotation=read.quotation,
            places=self._places,
            weight=self._weight,
            disagreements=lambda passages: self._disagreements(passages, read),
        )

    def _disagreements(self, passages: Sequence[Passage], read: _Read) -> tuple[Disagreement, ...]:
        return all_disagreements(
            passages,
            self._places.statement_of,
            said=read.said,
            draft=read.draft,
            quotation=read.quotation,
            same=self._names.is_same,
        )

    def _preferred(self, read: _Read) -> NDArray[np.float64] | None:
        """Return which paragraphs are preferred among equals, and how much.

        The named speaker's come first, then those of the statement that was quoted before.
        """
        theirs = self._by(read.named)
        same = self._places.paragraphs_of(read.statement_before)
        if theirs is None and not same:
            return None
        preferred = np.zeros(self._paragraphs)
        if theirs is not None:
            preferred += 2.0 * theirs
        preferred[same.start : same.stop] += 1.0
        return preferred

    def _by(self, named: str) -> NDArray[np.bool_] | None:
        """Return which paragraphs are those of the speaker *named*; ``None`` if nobody is."""
        if not named:
            return None
        if named not in self._theirs:
            theirs = np.zeros(len(self._speakers), dtype=bool)
            for number in self._sharing_a_word(named):
                theirs[number] = self._names.is_same(named, self._speakers[number]) is True
            self._theirs[named] = theirs[self._speaker_of] if theirs.any() else None
        return self._theirs[named]

    def _sharing_a_word(self, named: str) -> set[int]:
        """Return the speakers whose name or office has a word of *named*: others are others."""
        return {number for word in words_of(named) for number in self._by_word.get(word, ())}

    def _weight(self, word: str) -> float:
        """Return how much a word tells of where it stands: the rarer on record, the more."""
        return math.log(1 + 60 * self._paragraphs / (1 + self._phrases.count(word)))


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return *numbers* in runs that follow one another, the run with the likeliest first."""
    rank = {number: at for at, number in enumerate(numbers)}
    runs: list[list[int]] = []
    for number in sorted(rank):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return sorted(runs, key=lambda run: min(rank[number] for number in run))


def _in_order(numbers: Sequence[int]) -> list[int]:
    return [number for run in _runs(numbers) for number in run]


def _language_of(draft: str) -> str:
    """Return the code of the language that *draft* is written in, so far as is quickly told."""
    sample = draft[:_SAMPLE]
    if language_of_text(sample) != "en":
        return language_of_text(sample)
    return languages_of_question(sample, _LATIN)[0].code


def _short_name(speaker: Speaker) -> str:
    """Return a speaker's name as a label has it: a surname, or a whole Chinese name."""
    name = speaker.name.partition(",")[0].strip()
    return name if script_of(name) == "Han" else name.split()[-1].lower() if name else ""


def _paragraph_of(draft: str, quotation: Quotation) -> str:
    """Return the words of the story around *quotation*, up to the ends of its paragraph."""
    begin = draft.rfind("\n", 0, quotation.start) + 1
    end = draft.find("\n", quotation.stop)
    before = draft[max(begin, quotation.start - _AROUND) : quotation.start]
    after = draft[quotation.stop : end if end >= 0 else len(draft)][:_AROUND]
    return before + after or draft[quotation.start : quotation.stop]
