"""Reads what a story says of each quotation: whose words they are, of which day, in which text.

It is read around the quotation, sentence by sentence. Precision comes first: a speaker is told only
if the words name one, a pronoun only if one person alone can be meant. Whether the record agrees,
``grades`` decides; whether two names are one speaker's, ``same_person`` tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.drafts.attributing_words import AttributionWords, attribution_words
from index.drafts.clauses import Clauses, Says
from index.drafts.occasions import occasion_of
from index.drafts.quotation import Quotation
from index.drafts.said import NOTHING_SAID, Said
from index.drafts.scripts import said_in_script
from index.drafts.subjects import Sort, Subject
from index.drafts.tokens import Sentence, sentences_of
from index.model.answer import Span
from index.text.language import code_of

#: Languages whose scripts have no capitals.
_WITHOUT_CAPITALS = ("zh", "ur")


def attributions(
    draft: str,
    quotations: Sequence[Quotation],
    language: str,
    today: datetime.date | None = None,
) -> list[Said]:
    """Return what *draft* says of each of *quotations*, in their order.

    *language* is the draft's BCP 47 tag. "On Monday" is counted back from *today*; without it, such
    days are left unsaid. A quotation within another has what is said of the outer one.
    """
    words = attribution_words(language)
    said = [NOTHING_SAID] * len(quotations)
    if words is not None and quotations:
        if code_of(language) in _WITHOUT_CAPITALS:
            for number, one in said_in_script(draft, quotations, words, today):
                said[number] = one
        else:
            for number, one in _Reading(draft, words, today).read(quotations):
                said[number] = one
    for number, quotation in enumerate(quotations):
        outer = quotation.within
        if outer is not None and 0 <= outer < len(said) and outer != number:
            said[number] = said[outer]
    return said


@dataclass(slots=True)
class _Person:
    """Somebody who speaks in the story."""

    #: The words by which the story names this person, without offices; and the offices.
    names: frozenset[str]
    roles: frozenset[str]
    #: Where named at last, and most fully.
    span: Span
    fullest: Span
    #: Where the story has spoken of this person last: a paragraph, and an offset.
    paragraph: int
    stop: int
    is_person: bool


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A verb of saying with the person who is its subject, if that is certain."""

    says: Says
    person: _Person | None
    said: Said


class _Reading:
    """A story while it is read, from its first sentence to its last."""

    def __init__(self, draft: str, words: AttributionWords, today: datetime.date | None) -> None:
        self._draft = draft
        self._words = words
        self._today = today
        self._people: dict[str, list[_Person]] = {}
        #: Who spoke in this paragraph and in the one before, in order.
        self._recent: list[_Person] = []
        #: Whom these paragraphs name: where, and by which words.
        self._mentions: list[tuple[int, int, int, frozenset[str]]] = []
        #: Names of two words and more, by their last one.
        self._full: dict[str, dict[frozenset[str], Span]] = {}
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
        self._forget(paragraph)
        before: Said | None = self._led
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
            here, only = [], None
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
            before = only if only is not None else None
            last = sentence.tokens[-1]
            self._led = before if last.form in (":", "：") else None

    def _sentence(self, paragraph: int, sentence: Sentence) -> Iterator[tuple[int | None, Said]]:
        """Yield what *sentence* says of its quotations.

        At the end, with no number, it yields what it says of all, if one speaker alone speaks.
        """
        tokens = sentence.tokens
        clauses = Clauses(tokens, self._words, self._draft)
        for start, stop, forms in clauses.subjects.people():
            self._mention(paragraph, start, stop, forms)
        opening = clauses.subjects.opening()
        if opening is not None and not any(one.subject == opening for one in clauses.says):
            self._known(paragraph, opening)
        resolved: dict[int, _Resolved] = {}
        for says in clauses.says:
            resolved[says.first] = self._resolve(paragraph, says, clauses)
        for at, token in enumerate(tokens):
            if token.quotation is None:
                continue
            found = clauses.of(at)
            if found is None or found.subject is None or found.subject.sort is Sort.UNCLEAR:
                continue
            if found.is_label and self._is_heading(found.subject):
                continue
            one = resolved.get(found.first) or self._resolve(paragraph, found, clauses)
            if one.said is not NOTHING_SAID:
                yield token.quotation, one.said
        spoken = [one for one in resolved.values() if one.says.subject is not None]
        speakers = {one.said.named for one in spoken}
        if len(speakers) == 1 and None not in speakers:
            yield None, spoken[-1].said
        elif not spoken:
            labelled = [
                clauses.of(at) for at, one in enumerate(tokens) if one.quotation is not None
            ]
            if len(labelled) == 1 and labelled[0] is not None:
                yield None, self._resolve(paragraph, labelled[0], clauses).said

    def _is_heading(self, label: Subject) -> bool:
        """Return whether a *label* of one word may be none of a speaker: "Result: …"."""
        name = label.names[-1] if len(label.names) == 1 and not label.roles else ""
        return bool(name) and name not in self._people and name not in self._full

    def _resolve(self, paragraph: int, says: Says, clauses: Clauses) -> _Resolved:
        subject = says.subject
        if subject is None or subject.sort is Sort.UNCLEAR:
            return _Resolved(says, None, NOTHING_SAID)
        if subject.sort is Sort.PRONOUN:
            person = self._antecedent(paragraph, subject, clauses)
            if person is None:
                return _Resolved(says, None, NOTHING_SAID)
            person.stop, person.paragraph = subject.span[1], paragraph
        elif subject.sort is Sort.TEXT:
            return _Resolved(says, None, self._said(says, clauses, None))
        else:
            person = self._known(paragraph, subject)
        return _Resolved(says, person, self._said(says, clauses, person))

    def _said(self, says: Says, clauses: Clauses, person: _Person | None) -> Said:
        subject = says.subject
        tokens = clauses.tokens
        words = tokens[says.first].start, tokens[says.stop - 1].stop
        phrase = words
        if subject is not None:
            phrase = min(words[0], subject.span[0]), max(words[1], subject.span[1])
        occasion = occasion_of(self._draft, tokens, says, self._words, self._today)
        said = Said(
            phrase=phrase,
            dates=occasion.dates,
            day_phrase=occasion.day,
            kinds=occasion.kinds,
            kind_phrase=occasion.kind,
        )
        if person is not None and subject is not None:
            span = person.span if subject.sort is Sort.PRONOUN else subject.span
            named = self._fullest(person) if subject.sort is not Sort.ROLE else span
            return replace(said, speaker=span, named=named)
        if subject is not None and subject.sort is Sort.TEXT:
            named_kind = self._words.kinds_in(self._draft[slice(*subject.span)].lower())
            if named_kind:
                (begin, end), kinds = named_kind
                start = subject.span[0]
                return replace(said, kinds=kinds, kind_phrase=(start + begin, start + end))
        return said

    def _forget(self, paragraph: int) -> None:
        """Forget who spoke and who was named before the paragraph that precedes *paragraph*."""
        self._recent = [one for one in self._recent if one.paragraph >= paragraph - 1]
        self._mentions = [one for one in self._mentions if one[0] >= paragraph - 1]

    def _mention(self, paragraph: int, start: int, stop: int, forms: frozenset[str]) -> None:
        self._mentions.append((paragraph, start, stop, forms))
        words = self._words
        offices = words["roles", "modifiers", "honorifics", "institutions"]
        names = forms - offices
        if len(names) > 1:
            last = self._draft[start:stop].split()[-1].lower()
            last = last.removesuffix("'s").removesuffix("’s")
            self._full.setdefault(last, {}).setdefault(names, (start, stop))

    def _known(self, paragraph: int, subject: Subject) -> _Person:
        """Return the person that *subject* names, known already or new."""
        names = frozenset(subject.names)
        words = self._words
        if subject.sort is Sort.ROLE:
            heads = subject.roles
            alike = [one for one in self._recent if heads and heads <= one.roles and one.is_person]
            if len({id(one) for one in alike}) == 1 and names & _words_of(alike[0]) != frozenset():
                return self._seen(alike[0], paragraph, subject)
            is_person = heads.isdisjoint(words["institutions"]) or bool(heads & words["roles"])
            person = _Person(
                names,
                subject.roles,
                subject.span,
                subject.span,
                paragraph,
                subject.span[1],
                is_person,
            )
            self._recent.append(person)
            return person
        last = subject.names[-1]
        alike = [
            one for one in self._people.get(last, ()) if names <= one.names or one.names <= names
        ]
        if len(alike) == 1:
            person = alike[0]
            if len(names) > len(person.names):
                person.fullest = subject.span
            person.names |= names
            person.roles |= subject.roles
            return self._seen(person, paragraph, subject)
        is_person = subject.roles.isdisjoint(words["institutions"]) or bool(
            subject.roles & words["roles"]
        )
        person = _Person(
            names, subject.roles, subject.span, subject.span, paragraph, subject.span[1], is_person
        )
        self._people.setdefault(last, []).append(person)
        self._recent.append(person)
        return person

    def _seen(self, person: _Person, paragraph: int, subject: Subject) -> _Person:
        person.paragraph, person.stop = paragraph, subject.span[1]
        person.span = subject.span
        if not any(one is person for one in self._recent):
            self._recent.append(person)
        return person

    def _fullest(self, person: _Person) -> Span:
        """Return where the story names *person* by most words, if it is nobody else's name."""
        if len(person.names) > 1:
            return person.fullest
        name = next(iter(person.names), "")
        full = [span for names, span in self._full.get(name, {}).items() if person.names <= names]
        return full[0] if len(full) == 1 else person.span

    def _antecedent(self, paragraph: int, subject: Subject, clauses: Clauses) -> _Person | None:
        """Return whom the pronoun *subject* means; ``None`` if that is not certain.

        One person alone has spoken in this paragraph and in the one before, and nobody else is
        named between; or one alone in this paragraph, which names nobody else.
        """
        start, stop = subject.span
        spoken = [
            one for one in self._recent if one.is_person and (one.stop <= start or one.stop == stop)
        ]
        here = [one for one in spoken if one.paragraph == paragraph]
        if len(here or spoken) != 1:
            return None
        person = (here or spoken)[0]
        form = clauses.tokens[subject.first].form
        written = frozenset(self._draft[slice(*person.fullest)].lower().replace(".", " ").split())
        for gender, other in (("male", "female"), ("female", "male")):
            if form in self._words[gender] and written & self._words[other]:
                return None
        own = person.names | person.roles | self._words["modifiers", "honorifics"]
        alone = len(spoken) == 1
        for where, begin, end, forms in reversed(self._mentions):
            if where < paragraph and not alone:
                break
            if begin < person.stop and alone:
                break
            if end <= start and not forms <= own:
                return None
        return person


def _words_of(person: _Person) -> frozenset[str]:
    """Return all words by which the story knows *person*."""
    return person.names | person.roles
