"""Knows the words by which each language tells who said what; they are in ``reporting.yaml``.

Each key of the file is a block of words or phrases, one a line, in small letters:

    verbs         follow the speaker: said, reiterated; a longer phrase wins: "called for"
    after         may stand before a speaker who is named after the quotation: "said the minister"
    adverbs       may stand between a speaker and the verb: also, has
    openings      begin a phrase before the speaker, up to a comma: "During the visit, …"
    persons       pronouns of one person: he
    things        pronouns of a party or an office: it
    several       speakers of whom nothing tells which are meant: they, both leaders
    parties       all parties of a joint text: the two sides
    sides         the noun for one of them, after its name: "the Chinese side"
    texts         a joint text that is named as speaking: "the joint statement read"
    according     stands before a source: "according to the minister"; for scripts with capitals
    own           pronouns of whoever speaks: I, we
    own_sides     a speaker's own party, by which "we" is meant: 中方
    statement     says that another's statement follows: "has made the following", in English
    fillers       may stand between a verb and quoted words: "and I quote", "as he said"
    quotes        end directly before words that are another's: "called it", "quote"
    determiners   stand before an office: the
    particles     small words within names and offices: of, for
    ranks         distinguish offices of one name: deputy, foreign
    addresses     stand before a name, and are small words elsewhere: mr, ms
    subject_end   follows every speaker, in languages with such a word: نے

A language without a block has no speakers named: its quotations are found, and nobody's. Offices
and honorifics are those of ``index.text.labels``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from index.text.bundled import lines_of, read_by_language
from index.text.labels import label_words
from index.text.language import code_of
from index.voices.sayer import Named

_FILE = Path(__file__).with_name("reporting.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The words of one language by which a text tells who said what."""

    verbs: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    according: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    own_sides: frozenset[str] = frozenset()
    statement: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    subject_end: frozenset[str] = frozenset()
    #: Offices and honorifics of one word, in all languages, folded, and ranks.
    titles: frozenset[str] = frozenset()
    #: Offices alone.
    offices: frozenset[str] = frozenset()
    #: Small words, which begin no name.
    small_words: frozenset[str] = frozenset()

    def pronouns(self) -> dict[str, Named]:
        """Return what names somebody without a name or an office, and how; the first way counts."""
        found: dict[str, Named] = {}
        for phrases, named in (
            (self.parties, Named.PARTIES),
            (self.texts, Named.PARTIES),
            (self.several, Named.SEVERAL),
            (self.persons, Named.PRONOUN),
            (self.things, Named.THING),
            (self.own, Named.OWN),
        ):
            for phrase in phrases:
                found.setdefault(phrase, named)
        return found

    @property
    def is_known(self) -> bool:
        """Whether the language has such words here."""
        return bool(self.verbs)


@cache
def reporting_in(tag: str) -> Reporting:
    """Return the words of the language that the BCP 47 *tag* names; none if it has no block."""
    words = label_words(tag)
    blocks = read_by_language(_FILE).get(code_of(tag), {})
    listed = {name: frozenset(lines_of(block)) for name, block in blocks.items()}
    known = {one.name for one in fields(Reporting)}
    if unknown := listed.keys() - known:
        raise ValueError(f"{_FILE.name}: no such key: {', '.join(sorted(unknown))}")
    # "On" is an Italian honorific, and more often a small word.
    small = words.small_words | listed.get("particles", frozenset())
    titles = _single(words.honorifics | words.offices) - small
    return Reporting(
        **listed,
        titles=titles | listed.get("ranks", frozenset()) | listed.get("addresses", frozenset()),
        offices=_single(words.offices),
        small_words=words.small_words,
    )


def _single(phrases: Iterable[str]) -> frozenset[str]:
    """Return the phrases of one word: "of" and "state" are no titles by themselves."""
    return frozenset(phrase for phrase in phrases if " " not in phrase)
