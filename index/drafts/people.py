"""Knows who speaks in a story so far, and whom "he" and "Rahman" mean there.

A name is that of whoever shares all its words, an office that of whoever spoke with it last. Where
two may be meant, it is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.drafts.attributing_words import AttributingWords
from index.drafts.mentions import Mention
from index.drafts.subject import Sort, Subject
from index.drafts.tokens import without_possessive
from index.model.answer import Span


@dataclass(slots=True)
class Person:
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


class People:
    """Everybody who speaks or is named in a story, up to where it has been read."""

    def __init__(self, draft: str, words: AttributingWords) -> None:
        """Begin with nobody; *words* are those of the language of *draft*."""
        self._draft = draft
        self._words = words
        #: Who spoke, by their last names.
        self._named: dict[str, list[Person]] = {}
        #: Who spoke in this paragraph and in the one before, in order.
        self._recent: list[Person] = []
        #: Whom these paragraphs name, with the number of the paragraph.
        self._mentions: list[tuple[int, Mention]] = []
        #: Names of two words and more, by their last one.
        self._full: dict[str, dict[frozenset[str], Span]] = {}

    def forget(self, paragraph: int) -> None:
        """Forget who spoke and who was named before the paragraph that precedes *paragraph*."""
        self._recent = [one for one in self._recent if one.paragraph >= paragraph - 1]
        self._mentions = [one for one in self._mentions if one[0] >= paragraph - 1]

    def remember(self, paragraph: int, mention: Mention) -> None:
        """Remember whom the *paragraph* names."""
        start, stop, forms = mention
        self._mentions.append((paragraph, mention))
        names = forms - self._words["roles", "modifiers", "honorifics", "institutions"]
        if len(names) > 1:
            last = without_possessive(self._draft[start:stop].split()[-1].lower())
            self._full.setdefault(last, {}).setdefault(names, (start, stop))

    def is_known(self, name: str) -> bool:
        """Return whether the story names somebody whose last name is *name*, in lower case.

        What stands before a colon may be a headline: "Middle East: …".
        """
        spans = self._full.get(name, {}).values()
        return name in self._named or any(self._draft[stop : stop + 1] != ":" for _, stop in spans)

    def known(self, paragraph: int, subject: Subject) -> Person:
        """Return the person that *subject* names, known already or new."""
        names = frozenset(subject.names)
        if subject.sort is Sort.ROLE:
            heads = subject.roles
            alike = [one for one in self._recent if heads and heads <= one.roles and one.is_person]
            if len({id(one) for one in alike}) == 1 and names & _words_of(alike[0]):
                return self._seen(alike[0], paragraph, subject)
            return self._new(paragraph, subject)
        last = subject.names[-1]
        alike = [
            one for one in self._named.get(last, ()) if names <= one.names or one.names <= names
        ]
        if len(alike) == 1:
            person = alike[0]
            if len(names) > len(person.names):
                person.fullest = subject.span
            person.names |= names
            person.roles |= subject.roles
            return self._seen(person, paragraph, subject)
        person = self._new(paragraph, subject)
        self._named.setdefault(last, []).append(person)
        return person

    def _new(self, paragraph: int, subject: Subject) -> Person:
        """Return the person that *subject* names for the first time."""
        roles, words = subject.roles, self._words
        person = Person(
            names=frozenset(subject.names),
            roles=roles,
            span=subject.span,
            fullest=subject.span,
            paragraph=paragraph,
            stop=subject.span[1],
            is_person=roles.isdisjoint(words["institutions"]) or bool(roles & words["roles"]),
        )
        self._recent.append(person)
        return person

    def _seen(self, person: Person, paragraph: int, subject: Subject) -> Person:
        person.paragraph, person.stop = paragraph, subject.span[1]
        person.span = subject.span
        if not any(one is person for one in self._recent):
            self._recent.append(person)
        return person

    def fullest(self, person: Person) -> Span:
        """Return where the story names *person* by most words, if it is nobody else's name."""
        if len(person.names) > 1:
            return person.fullest
        name = next(iter(person.names), "")
        full = [span for names, span in self._full.get(name, {}).items() if person.names <= names]
        return full[0] if len(full) == 1 else person.span

    def meant(self, paragraph: int, subject: Subject, pronoun: str) -> Person | None:
        """Return whom the *subject*, a *pronoun*, means; ``None`` if that is not certain.

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
        written = frozenset(self._draft[slice(*person.fullest)].lower().replace(".", " ").split())
        for gender, other in (("male", "female"), ("female", "male")):
            if pronoun in self._words[gender] and written & self._words[other]:
                return None
        own = person.names | person.roles | self._words["modifiers", "honorifics"]
        alone = len(spoken) == 1
        for where, (begin, end, forms) in reversed(self._mentions):
            if where < paragraph and not alone:
                break
            if begin < person.stop and alone:
                break
            if end <= start and not forms <= own:
                return None
        return person


def _words_of(person: Person) -> frozenset[str]:
    """Return all words by which the story knows *person*."""
    return person.names | person.roles
