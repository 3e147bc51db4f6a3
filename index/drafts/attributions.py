"""Reads what a story says of each quotation: whose words they are, of which day, in which text.

It is read around the quotation, sentence by sentence. Precision comes first: a speaker is told only
if the words name one, a pronoun only if one person alone can be meant. Whether the record agrees,
``disagreements`` tells; whether two names are one speaker's, ``same_person`` tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from index.drafts.attributing_words import AttributingWords, attributing_words
from index.drafts.clauses import Clauses
from index.drafts.mentions import mentions_in
from index.drafts.occasions import occasion_of
from index.drafts.people import People, Person
from index.drafts.quotation import Quotation
from index.drafts.said import NOTHING_SAID, Said
from index.drafts.signatures import signed_by
from index.drafts.subject import Sort, Subject, span_of
from index.drafts.tokens import Sentence, Token, sentences_of
from index.drafts.verbs import Says
from index.drafts.without_capitals import CODES, said_without_capitals


def attributions(
    draft: str,
    quotations: Sequence[Quotation],
    language: str,
    today: datetime.date | None = None,
    names: frozenset[str] = frozenset(),
) -> list[Said]:
    """Return what *draft* says of each of *quotations*, in their order.

    *language* is the draft's BCP 47 tag. *names* are known ones, which need no more to tell that
    they are: of scripts without capitals as written, and surnames of others in small letters.
    "On Monday" is counted back from *today*; without it, such days are left unsaid. A quotation
    within another has what is said of the outer one.
    """
    words = attributing_words(language)
    said = [NOTHING_SAID] * len(quotations)
    if words is not None and quotations:
        words = words.with_names(names)
        if words.code in CODES:
            for number, one in said_without_capitals(draft, quotations, words, today):
                said[number] = one
        else:
            for number, one in _Reading(draft, words, today).read(quotations):
                said[number] = one
    for number, quotation in enumerate(quotations):
        if said[number].speaker is None and (signed := signed_by(draft, quotation)):
            said[number] = replace(said[number], speaker=signed, named=signed, phrase=signed)
    for number, quotation in enumerate(quotations):
        outer = quotation.within
        if outer is not None and 0 <= outer < len(said) and outer != number:
            said[number] = said[outer]
    return said


class _Reading:
    """A story while it is read, from its first sentence to its last."""

    def __init__(self, draft: str, words: AttributingWords, today: datetime.date | None) -> None:
        self._draft = draft
        self._words = words
        self._today = today
        self._people = People(draft, words)
        #: What the last paragraph said with a colon at its end.
        self._led: Said | None = None

    def read(self, quotations: Sequence[Quotation]) -> Iterator[tuple[int, Said]]:
        """Yield the number of each attributed quotation, and what is said of it."""
        sentences = sentences_of(self._draft, quotations, self._words)
        for paragraph, group in groupby(sentences, key=lambda one: one.paragraph):
            yield from self._paragraph(paragraph, group)

    def _paragraph(
        self, paragraph: int, sentences: Iterator[Sentence]
    ) -> Iterator[tuple[int, Said]]:
        self._people.forget(paragraph)
        before = self._led
        self._led = None
        waiting: list[int] = []
        opening = True
        for sentence in sentences:
            quoted = [one for one in sentence.tokens if one.quotation is not None]
            spoken = any(one.is_word for one in sentence.tokens)
            if not quoted and not spoken:
                continue
            if not spoken:
                numbers = [one.quotation for one in quoted if one.quotation is not None]
                if before is not None:
                    yield from ((number, before) for number in numbers)
                elif opening:
                    waiting += numbers
                continue
            here: list[Said] = []
            only: Said | None = None
            for number, said in self._sentence(paragraph, sentence):
                if number is None:
                    only = said
                else:
                    here.append(said)
                    yield number, said
            if waiting and opening and len(here) == len(quoted) > 0:
                first = here[0]
                if first.speaker and all(one.named == first.named for one in here):
                    yield from ((number, first) for number in waiting)
            opening = False
            waiting = []
            before = only
            last = sentence.tokens[-1]
            self._led = before if last.form in (":", "：") else None

    def _sentence(self, paragraph: int, sentence: Sentence) -> Iterator[tuple[int | None, Said]]:
        """Yield what *sentence* says of its quotations.

        At the end, with no number, it yields what it says of all, if one speaker alone speaks.
        """
        tokens = sentence.tokens
        clauses = Clauses(tokens, self._words, self._draft)
        for mention in mentions_in(clauses.nouns):
            self._people.remember(paragraph, mention)
        opening = clauses.subjects.opening()
        if opening is not None and not any(one.subject == opening for one in clauses.says):
            self._people.known(paragraph, opening)
        resolved = {one.first: self._resolved(paragraph, one, clauses) for one in clauses.says}
        for at, token in enumerate(tokens):
            if token.quotation is None:
                continue
            found = clauses.of(at)
            if found is None or found.subject.sort is Sort.UNCLEAR:
                continue
            if found.is_label and self._is_heading(found.subject):
                continue
            said = resolved.get(found.first) or self._resolved(paragraph, found, clauses)
            if said is not NOTHING_SAID:
                yield token.quotation, said
        every = list(resolved.values())
        if every:
            if every[0].named and len({one.named for one in every}) == 1:
                yield None, every[-1]
            return
        labelled = [clauses.of(at) for at, one in enumerate(tokens) if one.quotation is not None]
        if len(labelled) == 1 and labelled[0] is not None:
            yield None, self._resolved(paragraph, labelled[0], clauses)

    def _is_heading(self, label: Subject) -> bool:
        """Return whether a *label* may be none of a speaker: "Result: …", "Middle East: …"."""
        if label.roles or not label.names:
            return False
        name = label.names[-1]
        return not self._people.is_known(name) and name not in self._words["names"]

    def _resolved(self, paragraph: int, says: Says, clauses: Clauses) -> Said:
        """Return what *says* tells, with the person who is its subject if that is certain."""
        subject = says.subject
        person: Person | None = None
        if subject.sort is Sort.UNCLEAR:
            return NOTHING_SAID
        if subject.sort is Sort.PRONOUN:
            person = self._people.meant(paragraph, subject, clauses.tokens[subject.first].form)
            # If it is none, the day is certain all the same.
            if person is not None:
                person.stop, person.paragraph = subject.span[1], paragraph
        elif subject.sort is not Sort.TEXT:
            person = self._people.known(paragraph, subject)
        return self._said(says, clauses.tokens, person)

    def _said(self, says: Says, tokens: Sequence[Token], person: Person | None) -> Said:
        subject = says.subject
        words = span_of(tokens, says.first, says.stop)
        phrase = min(words[0], subject.span[0]), max(words[1], subject.span[1])
        occasion = occasion_of(self._draft, tokens, says, self._words, self._today)
        said = Said(
            phrase=phrase,
            dates=occasion.dates,
            day_phrase=occasion.day,
            kinds=occasion.kinds,
            kind_phrase=occasion.kind,
        )
        if person is not None:
            span = person.span if subject.sort is Sort.PRONOUN else subject.span
            named = self._people.fullest(person) if subject.sort is not Sort.ROLE else span
            return replace(said, speaker=span, named=named)
        if subject.sort is Sort.TEXT:
            named_kind = self._words.kinds_in(self._draft[slice(*subject.span)].lower())
            if named_kind:
                (begin, end), kinds = named_kind
                start = subject.span[0]
                return replace(said, kinds=kinds, kind_phrase=(start + begin, start + end))
        return said
