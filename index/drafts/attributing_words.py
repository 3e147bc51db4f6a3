"""Knows the words by which a story tells who says what: said, according to, in a joint statement.

They are data, in ``attributing_words.yaml``, a block of words for each language. Of a language
without one, only signatures beneath quotations are read. The keys:

    verbs, participles  words that attribute; the latter need the subject of a verb before them
    told, with_hearer   those whose hearer may follow, and those whose must; hearers are such:
                        told reporters
    passive, denying    words that make of such a verb no attribution: was told, never said
    doubting            verbs that speak against the words which follow; echoing, telling: words
                        beside which somebody else's words may be quoted: his claim that
    unreal              words before what nobody need have said: if
    adverbs             words between a subject and its verb
    quoted, as_saying   of "was quoted as saying"; according of "according to", words of "X's words"
    pronouns            those with one antecedent; male and female tell of whom
    unclear             subjects that name nobody: they, it
    who, relative, joining, that
                        what leads a clause of its own: who, and, but
    determiners, prepositions, inside, ands, particles, asides
                        small words around and within names; asides begin what commas enclose
    roles, institutions, modifiers, honorifics, relatives, shortened
                        words of those who speak, and those whose full stop ends no sentence
    months, weekdays, days, before_days, day_after, made
                        words for a day beside a verb
    names_only          words before a name in quotation marks: titled
    documents, kinds    what a text is called, and the kinds that it may have on record; * is any
    none                words that begin no name, though a capital does
    breaks              in scripts without capitals, what a subject does not reach over
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import regex

from index.model.statement import Kind
from index.text.bundled import lines_of, read_by_language
from index.text.language import code_of

_FILE = Path(__file__).with_name("attributing_words.yaml")
_NO_WORDS: frozenset[str] = frozenset()
#: What no text is that a story quotes: the summary is the operator's own.
_ANY = tuple(kind for kind in Kind if kind is not Kind.BRIEF)


@dataclass(frozen=True, slots=True)
class AttributingWords:
    """The words of one language that attribute, in lower case."""

    code: str
    several: dict[str, frozenset[str]]
    #: Finds what a text is called; its last group tells which of the kinds.
    kinds: regex.Pattern[str] | None
    kinds_of: tuple[tuple[Kind, ...], ...]
    #: Words with more than one word in them, as written: as saying.
    phrases: dict[str, tuple[str, ...]]
    #: What was asked for; each is made once.
    unions: dict[str | tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def __getitem__(self, keys: str | tuple[str, ...]) -> frozenset[str]:
        """Return the words under any of *keys*; none if the language has none."""
        found = self.unions.get(keys)
        if found is None:
            every = (keys,) if isinstance(keys, str) else keys
            found = _NO_WORDS.union(*(self.several.get(one, _NO_WORDS) for one in every))
            self.unions[keys] = found
        return found

    def with_names(self, names: frozenset[str]) -> AttributingWords:
        """Return the same with *names* of those who speak."""
        return replace(self, several={**self.several, "names": names}, unions={}) if names else self

    def kinds_in(self, text: str) -> tuple[tuple[int, int], tuple[Kind, ...]] | None:
        """Return where *text*, in lower case, names a kind of text, and which it may be."""
        match = self.kinds.search(text) if self.kinds else None
        if match is None:
            return None
        return match.span(), self.kinds_of[int(str(match.lastgroup)[1:])]


@cache
def attributing_words(tag: str) -> AttributingWords | None:
    """Return the words of the language that the BCP 47 *tag* names; ``None`` if none are known."""
    code = code_of(tag)
    written = read_by_language(_FILE).get(code)
    if written is None:
        return None
    blocks = {key: " ".join(lines_of(block)) for key, block in written.items() if key != "kinds"}
    groups: list[str] = []
    kinds: list[tuple[Kind, ...]] = []
    for number, line in enumerate(lines_of(written.get("kinds", ""))):
        names, _, several = line.partition("=")
        forms = sorted((one.strip() for one in names.split(",")), key=len, reverse=True)
        groups.append(f"(?P<k{number}>{'|'.join(map(regex.escape, forms))})")
        several = several.strip()
        kinds.append(
            _ANY if several == "*" else tuple(Kind(one.strip()) for one in several.split(","))
        )
    edge = "" if code == "zh" else r"\b"
    return AttributingWords(
        code,
        {key: frozenset(block.split()) for key, block in blocks.items()},
        regex.compile(f"{edge}(?:{'|'.join(groups)}){edge}") if groups else None,
        tuple(kinds),
        {key: tuple(block.split()) for key, block in blocks.items()},
    )
