"""Makes quotations in stories from what is on record, each with what is true of it: 2,000 of them.

About a quarter is untouched; a twentieth has other marks; the rest is altered, cut, spliced, given
to another speaker or day, or invented. They are the same on every run. A label rests on how a
quotation was made, and on a plain search of all texts; where that finds the altered words on
record, too, or another passage that is nearly the same, another sentence is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeVar

import regex

from benchmarks import quotation_words as words
from benchmarks.quotation_changes import ALTERING, Changed, Make
from benchmarks.quotation_cuts import LIMITED, OMITTING
from benchmarks.quotation_inventions import invented
from benchmarks.quotation_stories import Story, attributed, day_of, names_of, story
from benchmarks.quotation_texts import Place, Sentence, Texts, length
from benchmarks.quotation_variants import VARIANTS, punctuated
from index import Change, Grade, Mismatch
from index.model.statement import Kind, Role

NUMBER = 2_000
#: Shares of all that is made.
UNTOUCHED, PUNCTUATED = 0.25, 0.05
#: Of the rest, how many parts each kind has beside the one of each way of altering.
_PARTS = {
    "limit lost in an ellipsis": 1,
    "cut before a qualifier": 1,
    "cut before a limiting sentence": 1,
    "two sentences of one statement spliced": 1,
    "two statements spliced": 0.5,
    "halves of two sentences spliced": 1,
    "attributed to another": 1.5,
    "wrong date": 1.5,
    "a report's paraphrase": 1,
    "a reporter's question": 0.5,
    "held out": 1.5,
    "held out, names replaced": 0.5,
    "invented": 1.5,
}
#: How often each language is taken, of those that a kind has.
_LANGUAGES = {"en": 0.6, "zh": 0.25, "es": 0.1, "ur": 0.05}
#: A passage that shares more of its word triples is nearly the same.
ALIKE = 0.5
#: With this a minister reads out what another has said: whose words follow, no label tells.
_READS_OUT = regex.compile(r"(?:made|issued) the following")
#: What shares more of them with one passage is that passage with a word or two changed.
ALMOST = 0.75
#: A sentence that shares more with any passage may be called an alteration of it.
INVENTED_ALIKE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A story of one sentence, with what is true of its quotation."""

    kind: str
    language: str
    story: Story
    #: What stands between its marks, as it was made.
    text: str
    grades: frozenset[Grade]
    #: What the first difference may be said to be; empty if nothing was altered.
    changes: frozenset[Change] = frozenset()
    mismatch: Mismatch | None = None
    #: For each part, the paragraphs in which its words stand.
    places: tuple[frozenset[Place], ...] = ()
    #: The words on record.
    parts: tuple[str, ...] = ()
    #: The statement that a checker of one source at a time is given.
    source: str


class Maker:
    """Makes quotations from *texts*, the same on every run with the same *seed*."""

    def __init__(self, texts: Texts, seed: str = "") -> None:
        """Take the texts. Those made with another seed show what is only true of these."""
        self.texts = texts
        self.seed = seed

    @cached_property
    def whole(self) -> dict[str, list[Sentence]]:
        """Sentences of those who speak for themselves, by language; none of them asks."""
        kept: dict[str, list[Sentence]] = defaultdict(list)
        for one in self.texts.on_record:
            if _speaks_for_itself(one):
                kept[one.language].append(one)
        return kept

    @cached_property
    def unlimited(self) -> dict[str, list[Sentence]]:
        """Of those, sentences that nothing before or after them limits."""
        return {
            language: [one for one in all_ if not _limited(one)]
            for language, all_ in self.whole.items()
        }

    def make(self, number: int = NUMBER) -> list[Made]:
        """Return as many quotations as *number*, or nearly."""
        made: list[Made] = []
        for kind, (makes, share) in self._kinds().items():
            # By its own chance, so that a change of one kind changes no other.
            chance = Random(f"quotations {kind}{self.seed}")  # noqa: S311  # not for a secret
            made += self._of_kind(kind, makes, round(share * number), chance)
        # What the texts are too few for is made up by others.
        for kind in ("negation dropped", "untouched"):
            makes, share = self._kinds()[kind]
            more = round(share * number) + (number - len(made)) // (2 if kind != "untouched" else 1)
            chance = Random(f"quotations {kind}{self.seed}")  # noqa: S311
            made = [one for one in made if one.kind != kind]
            made += self._of_kind(kind, makes, more, chance)
        return made

    def _kinds(self) -> dict[str, tuple[_Makes, float]]:
        kinds: dict[str, tuple[_Makes, float]] = {}
        for name, (make, share) in VARIANTS.items():
            kinds[name] = (self._from(make, self.unlimited), UNTOUCHED * share)
        kinds["punctuated"] = (self._from(punctuated, self._punctuable), PUNCTUATED)
        parts = dict.fromkeys(ALTERING | OMITTING, 1.0) | _PARTS
        rest = (1 - UNTOUCHED - PUNCTUATED) / sum(parts.values())
        others: dict[str, _Makes] = {
            "two sentences of one statement spliced": self._spliced_within,
            "two statements spliced": self._spliced_across,
            "halves of two sentences spliced": self._spliced_halves,
            "attributed to another": self._of_another,
            "wrong date": self._of_another_day,
            "a report's paraphrase": self._paraphrase,
            "a reporter's question": self._question,
            "held out": self._held_out,
            "held out, names replaced": self._held_out_renamed,
            "invented": self._invented,
        }
        for name, make in (ALTERING | OMITTING | LIMITED).items():
            pool = self.whole if name in LIMITED else self.unlimited
            others[name] = self._from(make, pool)
        return kinds | {name: (others[name], share * rest) for name, share in parts.items()}

    def _of_kind(self, kind: str, makes: _Makes, number: int, chance: Random) -> list[Made]:
        made: list[Made] = []
        languages = list(_LANGUAGES)
        sources = {one: makes(kind, one, Random(f"{kind} {one}{self.seed}")) for one in languages}  # noqa: S311
        while len(made) < number and languages:
            weights = [_LANGUAGES[one] for one in languages]
            language = chance.choices(languages, weights)[0]
            one = next(sources[language], None)
            if one is None:
                languages.remove(language)
            else:
                made.append(one)
        return made

    @cached_property
    def _punctuable(self) -> dict[str, list[Sentence]]:
        asked = [one for one in self.texts.on_record if _asks(one) and not _limited(one)]
        some = Random("asked").sample(asked, min(len(asked), 200))  # noqa: S311
        return {
            language: all_ + [one for one in some if one.language == language]
            for language, all_ in self.unlimited.items()
        }

    def _from(self, make: Make, pool: Mapping[str, list[Sentence]]) -> _Makes:
        def makes(kind: str, language: str, chance: Random) -> Iterator[Made]:
            for sentence in _shuffled(pool.get(language, []), chance):
                changed = make(sentence, self.texts, chance)
                if changed and (one := self._told(kind, sentence, changed, chance)):
                    yield one

        return makes

    def _told(self, kind: str, sentence: Sentence, changed: Changed, chance: Random) -> Made | None:
        """Return the story of *changed*, unless a search tells that its label may be wrong."""
        language = sentence.language
        places = tuple(self.texts.stands(part, language) for part in changed.parts)
        if not all(places):
            return None
        if changed.grades == {Grade.PUNCTUATED} and self._is_written_so(changed.text, places[0]):
            return None
        if changed.grades & {Grade.ALTERED, Grade.CUT}:
            # What is not the only one of its kind may be another, unaltered or uncut.
            if changed.grades & {Grade.ALTERED} and self.texts.stands(changed.text, language):
                return None
            if any(len(one) > 1 for one in places):
                return None
            if self.texts.alike(sentence.text, language, places[0]) > ALIKE:
                return None
        said = attributed(sentence.statement, sentence.paragraph.speaker, language, chance)
        told = story(
            changed.text,
            said,
            language,
            chance,
            whole=changed.whole,
            last_mark=changed.last_mark,
        )
        return Made(
            kind=kind,
            language=language,
            story=told,
            text=changed.text,
            grades=changed.grades,
            changes=changed.changes,
            places=places,
            parts=changed.parts,
            source=sentence.statement.id,
        )

    def _is_written_so(self, text: str, places: frozenset[Place]) -> bool:
        """Return whether one of *places* has *text* with the same marks, but for its last."""
        statements = self.texts.statements
        return any(text[:-1] in statements[id_].paragraphs[n - 1].text for id_, n in places)

    def _pairs(self, language: str, chance: Random) -> Iterator[tuple[Sentence, Sentence]]:
        """Yield two sentences of one statement that are far apart, of one speaker."""
        by_statement: dict[str, list[Sentence]] = defaultdict(list)
        for one in self.unlimited.get(language, []):
            by_statement[one.statement.id].append(one)
        for id_ in _shuffled(sorted(by_statement), chance):
            first = chance.choice(by_statement[id_])
            later = [
                one
                for one in by_statement[id_]
                if one.paragraph.number > first.paragraph.number + 1
                and one.paragraph.speaker == first.paragraph.speaker
            ]
            if later:
                yield first, chance.choice(later)

    def _splice(
        self, kind: str, one: Sentence, text: str, parts: tuple[str, str], chance: Random
    ) -> Made | None:
        # Nearly the same as one passage, it would be that passage altered.
        if self.texts.alike(text, one.language) > ALMOST:
            return None
        first, second = (self.texts.stands(part, one.language) for part in parts)
        # Where the two follow each other, they are one quotation.
        if any((id_, at + n) in second for id_, at in first for n in (0, 1)):
            return None
        spliced = Changed(text=text, grades=frozenset({Grade.SPLICED}), parts=parts)
        return self._told(kind, one, spliced, chance)

    def _spliced_within(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        for one, other in self._pairs(language, chance):
            text = one.text + ("" if language == "zh" else " ") + other.text
            made = self._splice(kind, one, text, (one.text, other.text), chance)
            if made:
                yield made

    def _spliced_across(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        pool = self.unlimited.get(language, [])
        for one in _shuffled(pool, chance):
            other = chance.choice(pool)
            if other.statement.id == one.statement.id or other.corpus != one.corpus:
                continue
            text = one.text + ("" if language == "zh" else " ") + other.text
            made = self._splice(kind, one, text, (one.text, other.text), chance)
            if made:
                yield made

    def _spliced_halves(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        for one, other in self._pairs(language, chance):
            first, second = _halves(one, chance), _halves(other, chance)
            if not first or not second:
                continue
            text = first[0] + ("，" if language == "zh" else " ") + second[1]
            made = self._splice(kind, one, text, (first[0], second[1]), chance)
            if made:
                yield made

    def _of_another(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        pool = [
            one
            for one in self.unlimited.get(language, [])
            if names_of(one.paragraph.speaker, language)
        ]
        for one in _shuffled(pool, chance):
            other = chance.choice(pool)
            names = names_of(other.paragraph.speaker, language)
            if not self._never_said(one, other) or not names:
                continue
            yield self._wrongly(kind, one, (names[0], ""), Mismatch.SPEAKER, chance)

    def _never_said(self, one: Sentence, other: Sentence) -> bool:
        """Return whether the other sentence's speaker is another person who never said this one.

        Nobody whose name shares a word with a speaker's of where the words stand is taken.
        """
        where = self.texts.stands(one.text, one.language)
        if any(
            _READS_OUT.search(self.texts.statements[id_].paragraphs[0].text) for id_, _ in where
        ):
            return False
        speakers = {who.name for id_, _ in where for who in self.texts.statements[id_].speakers}
        speakers |= {
            p.speaker.name for id_, _ in where for p in self.texts.statements[id_].paragraphs
        }
        said = {word.casefold() for name in speakers for word in regex.findall(r"\w+", name)}
        theirs = names_of(other.paragraph.speaker, one.language)
        named = {word.casefold() for name in theirs for word in regex.findall(r"\w+", name)}
        institutions = regex.compile(r"(?i)house|office|department")
        # An institution speaks for those who are in it.
        if any(institutions.search(name) for name in (*speakers, *theirs)):
            return False
        if one.language == "zh":
            return not any(a in b for a in {*speakers} for b in theirs if len(a) < 5)
        return not said & (named - {"secretary", "minister", "prime", "lord", "of", "mr", "ms"})

    def _wrongly(
        self, kind: str, one: Sentence, said: tuple[str, str], mismatch: Mismatch, chance: Random
    ) -> Made:
        """Return a story in which *said*, who and when, is wrong."""
        told = story(one.text, said, one.language, chance)
        return Made(
            kind=kind,
            language=one.language,
            story=told,
            text=one.text,
            grades=frozenset({Grade.MISATTRIBUTED}),
            mismatch=mismatch,
            places=(self.texts.stands(one.text, one.language),),
            parts=(one.text,),
            source=one.statement.id,
        )

    def _of_another_day(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        for one in _shuffled(self.unlimited.get(language, []), chance):
            names = names_of(one.paragraph.speaker, language)
            day = one.statement.date
            if not names or not day:
                continue
            where = self.texts.stands(one.text, language)
            years = {s.date.year for id_, _ in where if (s := self.texts.statements[id_]).date}
            year = chance.choice([day.year + n for n in (-3, -2, -1, 1, 2)])
            # A statement of a new year's first days may look back; a year between is certain.
            if year in years or any(self.texts.statements[id_].date is None for id_, _ in where):
                continue
            wrong = day.replace(year=year, day=min(day.day, 28))
            when = day_of(wrong, language, chance)
            yield self._wrongly(kind, one, (chance.choice(names), when), Mismatch.DATE, chance)

    def _paraphrase(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        pool = [
            one
            for one in self.texts.on_record
            if one.language == language
            and one.statement.kind in (Kind.REPORT, Kind.PRESS_RELEASE)
            and not regex.search(r'["“”]', one.paragraph.text)
            and not _limited(one)
        ]
        for one in _shuffled(pool, chance):
            if len(self.texts.stands(one.text, language)) > 1:
                continue
            names = names_of(one.paragraph.speaker, language)
            if names:
                yield self._wrongly(
                    kind, one, (chance.choice(names), ""), Mismatch.PARAPHRASE, chance
                )

    def _question(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        """Yield what a reporter asked, given to whoever answered."""
        pool = [
            one
            for one in self.texts.on_record
            if one.language == language
            and one.paragraph.role is Role.QUESTION
            and not _limited(one)
        ]
        for one in _shuffled(pool, chance):
            answer = next(
                (
                    p
                    for p in one.statement.paragraphs[one.paragraph.number :]
                    if p.role is Role.ANSWER
                ),
                None,
            )
            names = names_of(answer.speaker, language) if answer else ()
            if names and len(self.texts.stands(one.text, language)) == 1:
                yield self._wrongly(kind, one, (names[0], ""), Mismatch.QUESTION, chance)

    def _held_out(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        for one in _shuffled(self.texts.held_out, chance):
            if one.language == language and _speaks_for_itself(one):
                made = self._absent(kind, one.text, one, chance)
                if made:
                    yield made

    def _held_out_renamed(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        change = ALTERING["name changed"]
        for one in _shuffled(self.texts.held_out, chance):
            if one.language == language and _speaks_for_itself(one):
                renamed = change(one, self.texts, chance)
                made = renamed and self._absent(kind, renamed.text, one, chance)
                if made:
                    yield made

    def _invented(self, kind: str, language: str, chance: Random) -> Iterator[Made]:
        known: set[str] = set()
        # What is made of a few words is soon made twice.
        for _ in range(2_000):
            text = invented(language, chance)
            pool = self.unlimited.get(language, [])
            if text in known or not pool:
                continue
            known.add(text)
            if made := self._absent(kind, text, chance.choice(pool), chance):
                yield made

    def _absent(self, kind: str, text: str, near: Sentence, chance: Random) -> Made | None:
        """Return a story that quotes *text* of a speaker on record, if nothing there is like it."""
        language = near.language
        if self.texts.alike(text, language) > INVENTED_ALIKE:
            return None
        said = attributed(near.statement, near.paragraph.speaker, language, chance)
        on_record = near.statement.id in self.texts.statements
        others = self.unlimited[language]
        return Made(
            kind=kind,
            language=language,
            story=story(text, said, language, chance),
            text=text,
            grades=frozenset({Grade.ABSENT}),
            source=near.statement.id if on_record else chance.choice(others).statement.id,
        )


_Makes = Callable[[str, str, Random], Iterator[Made]]
_T = TypeVar("_T")


def _shuffled(all_: list[_T], chance: Random) -> list[_T]:
    return chance.sample(all_, len(all_))


def _asks(one: Sentence) -> bool:
    return (
        one.text.endswith(("?", "？", "؟"))
        and one.paragraph.role is not Role.QUESTION
        and one.statement.kind is Kind.STATEMENT
    )


def _speaks_for_itself(one: Sentence) -> bool:
    """Return whether it can be quoted as its speaker's own, and does not ask."""
    return (
        one.statement.kind is Kind.STATEMENT
        and one.paragraph.role is not Role.QUESTION
        and not one.text.endswith(("?", "？", "؟", "!"))
        and not regex.search(r'["“”„«»「」『』]', one.paragraph.text)
        # As a question put by somebody whom the label does not tell.
        and (one.language in ("es", "ur") or bool(names_of(one.paragraph.speaker, one.language)))
    )


def _limited(one: Sentence) -> bool:
    """Return whether what stands around it may limit it: then nothing certain is known of it."""
    opens = words.OPENS_A_LIMIT.match(one.after)
    early = words.LIMITS.search(one.after[:40]) or regex.search(
        r"(?i)\b(?:however|unless|subject to|provided that)\b", one.after
    )
    return bool(opens or early)


def _halves(one: Sentence, chance: Random) -> tuple[str, str] | None:
    """Return *one* cut in two within, each half long enough to be known."""
    text, low = one.text, 8 if one.language == "zh" else 6
    mark = "，" if one.language == "zh" else " "
    cuts = [
        match.start()
        for match in regex.finditer(mark, text)
        if length(text[: match.start()], one.language) >= low
        and length(text[match.end() :], one.language) >= low
    ]
    if not cuts:
        return None
    at = chance.choice(cuts)
    first, second = text[:at].rstrip(",;:"), text[at + 1 :]
    # What limits or denies, and is lost with the other half, would be worse than a splice.
    if words.DENIES.search(text) or words.LIMITS.search(text):
        return None
    return first, second
