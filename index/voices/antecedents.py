"""Follows a text from sentence to sentence, and knows who "he", "it" and "the secretary" are.

A pronoun is whoever was named last as a subject, if nobody else came in between but within what
that one said. Where two may be meant, it is nobody.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from index.model.statement import Speaker, Statement
from index.voices.marked_sayers import MarkedSayerReader
from index.voices.people import People, words_in
from index.voices.reporting import Reporting
from index.voices.sayer import Named, Sayer
from index.voices.sayers import SayerReader


class Reader(Protocol):
    """What reads sentences for whoever is named as saying something."""

    def subject_of(self, sentence: str) -> Sayer | None:
        """Return the subject of *sentence*."""

    def after_quotation(self, following: str) -> Sayer | None:
        """Return whom the words *following* a quotation name."""

    def before_quotation(self, leading: str) -> Sayer | None:
        """Return whom the words *leading* to a quotation name."""

    def introduced(self, leading: str) -> Named | None:
        """Return whether the words directly before a quotation say whose it is."""

    def people_in(self, sentence: str) -> list[str]:
        """Return the names with a title in *sentence*."""

    def label_of(self, leading: str) -> tuple[str, str]:
        """Return the name and the office in a label before a quotation."""

    def is_tail(self, following: str) -> bool:
        """Return whether *following* holds an attribution and nothing else."""


class Antecedents:
    """Who is known so far in one statement."""

    def __init__(self, statement: Statement, reporting: Reporting, reader: Reader) -> None:
        """Begin with whom *statement* lists, and whom its title names."""
        self.reader = reader
        self.people = People(statement, reporting)
        self._reporting = reporting
        #: Who was the subject last, and by which pronoun that one may go on.
        self._last: Speaker | None = None
        self._pronoun = Named.PRONOUN
        #: The pronoun that each was first called by.
        self._called: dict[Speaker, str] = {}
        #: Who has been named as saying anything; ``None`` stands for somebody unknown.
        self.said: set[Speaker | None] = set()
        if not statement.title.isupper():
            self._meet(statement.title)

    def read(self, sentence: str, sayer: Sayer | None) -> Speaker | None:
        """Return who says what *sentence* tells, whose subject is *sayer*; and remember who."""
        met = self._meet(sentence)
        speaker = self.of(sayer) if sayer else None
        if sayer is None:
            if not all(self.people.are_one(one, self._last) for one in met):
                self._last = None
            return None
        if sayer.named in (Named.SEVERAL, Named.PARTIES, Named.OWN):
            self._last = None
        elif sayer.says or self._goes_on_alone(speaker, met):
            self._last = speaker
            self._pronoun = self._pronoun_of(sayer)
        else:
            self._last = None
        if not sayer.says:
            return None
        if sayer.named is not Named.OWN:
            self.said.add(speaker)
        return speaker

    def _goes_on_alone(self, speaker: Speaker | None, met: list[Speaker]) -> bool:
        """Return whether a subject that says nothing is the only one whom a pronoun may mean."""
        everybody = [*met, self._last] if self._last else met
        return all(self.people.are_one(one, speaker) for one in everybody)

    def is_own(self, sayer: Sayer) -> bool:
        """Return whether a speaker who names *sayer* means "we"."""
        return any(written in self._reporting.own_sides for written in sayer.written)

    def of(self, sayer: Sayer) -> Speaker | None:
        """Return who *sayer* is; ``None`` if that is not certain."""
        people, written = self.people, sayer.written
        match sayer.named:
            case Named.PARTIES:
                speaker = people.all_parties
            case Named.SEVERAL:
                parties = [people.party(one) for one in written]
                speaker = people.all_parties if people.are_all(parties) else None
            case Named.PRONOUN | Named.THING:
                speaker = self._meant_by(sayer)
            case Named.SIDE:
                speaker = people.side(written[0])
            case Named.PERSON:
                speaker = people.named(written[0])
            case Named.OFFICE:
                speaker = self._holding(written[0])
            case Named.NAME:
                speaker = self._named(written[0])
            case Named.OWN:
                speaker = None
        return speaker

    def _meant_by(self, sayer: Sayer) -> Speaker | None:
        """Return whom a pronoun means: nobody who was called by another one before."""
        if self._last is None or self._pronoun is not sayer.named:
            return None
        pronoun = sayer.written[0]
        return self._last if self._called.setdefault(self._last, pronoun) == pronoun else None

    def _holding(self, written: str) -> Speaker | None:
        titles = [word for word in words_in(written) if word in self._reporting.titles]
        if not titles:
            return self._holding_in(written)
        return self.people.holding(titles)

    def _holding_in(self, written: str) -> Speaker | None:
        """Return who alone of those listed holds an office, in a script without spaces."""
        found = [one.speaker for one in self.people.listed if written in one.speaker.role]
        return found[0] if len(found) == 1 else None

    def _named(self, written: str) -> Speaker | None:
        """Return who has a name without a title: listed, a party, known, or of several words."""
        people = self.people
        if party := people.party(written):
            return party
        person = people.person(written)
        if listed := people.listed_as(person):
            return listed.speaker
        words = words_in(written)
        determined = words[:1] and words[0] in self._reporting.determiners
        if len(words) > 1 and not determined:
            return person.speaker
        if determined and len(words) > 2:  # "The United States"
            return person.speaker
        return person.speaker if len(words) == 1 and people.known(words[0]) else None

    def _pronoun_of(self, sayer: Sayer) -> Named:
        """Return by which pronoun *sayer* may go on: a country is no "he"."""
        if sayer.named in (Named.PRONOUN, Named.THING):
            return sayer.named
        if sayer.named is Named.NAME:
            person = self.people.person(sayer.written[0])
            listed = self.people.listed_as(person)
            return Named.PRONOUN if listed and len(listed.name) > 1 else Named.THING
        return Named.THING if sayer.named is Named.SIDE else Named.PRONOUN

    def _meet(self, sentence: str) -> list[Speaker]:
        """Remember whom *sentence* names with a title, and return them."""
        met: list[Speaker] = []
        for written in self.reader.people_in(sentence):
            person = self.people.person(written)
            self.people.meet(person)
            speaker = self.people.named(written)
            met.append(speaker)
        return met


@cache
def reader_for(reporting: Reporting) -> Reader:
    """Return what reads texts in the language of *reporting*."""
    capitals = not reporting.verbs or any(verb.isascii() for verb in reporting.verbs)
    return SayerReader(reporting) if capitals else MarkedSayerReader(reporting)
