"""Prints the questions that take longest: the worst kinds there are, and random compositions.

Each question is one that a hostile person could type: up to 4,096 characters of operators, phrases,
names and words of the record, or of nothing at all. The CPU is that of asking, and of looking for
an amended reference, as the bot does both; every other one is asked as an inline query is. The
slowest are asked three times more and the least is taken, since the machine is shared.

    python -m benchmarks.worst --paragraphs 1000000 --compositions 2000 --folder FOLDER

The record and its index are kept in the folder, so that the next run starts at once; to make them
at a million takes some six minutes and eight gigabytes.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import gc
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.scale import apart, make
from benchmarks.varied import varied_record
from bot.terminal.loading import load_index
from index import Index, Record
from index.references.reference import references

PARAGRAPHS = 100_000
COMPOSED = 20_000
LONGEST = 4_096
#: Milliseconds of CPU that no question may take, at so many paragraphs.
BARS = {100_000: 20, 1_000_000: 100}
WORST = 10
_AGAIN = 3
#: An inline query is answered with so many passages.
_INLINE = 1_000
#: What is asked between any two.
_ANOTHER = 'from:nobody "nobody" -nobody'
#: How many words of the record questions are composed of.
_VOCABULARY = 5_000
_SMALL = 48
#: How many speakers, titles and references they are composed of.
_NAMES = 400
#: A word with a mark that people leave out.
_MARKED = "o'"
_NOTHING = (
    *("\u200b", "\u00ad", '"', "“", "-", "--", "from:", "1,", "a.", "'", "ref ", "(", "[0,0] "),
    *("中", "ก", "ا", "한", "😀", "?", "e\u0301", "\ud800"),
)
#: Where letters of scripts that people may paste begin, and how many there are.
_SCRIPTS = {
    "Chinese": (0x4E00, 3_000),
    "Thai": (0x0E01, 46),
    "Hindi": (0x0905, 53),
    "Arabic": (0x0621, 42),
    "Korean": (0xAC00, 3_000),
    "Russian": (0x0430, 32),
}
_ASKING = (
    "what did {} say about",
    "{} on",
    "according to {}",
    "latest on",
    "when did {} first speak of",
    "who said that",
    "any update from {} since 2015 on",
    "last week in March 2021",
    "is this right?",
    "why did {} not",
    "how many times in the 1990s",
    "is it true that {} denied",
)


class Asked(NamedTuple):
    """A question that is measured."""

    name: str
    question: str
    #: Whether it is asked as it is typed, as inline queries are.
    inline: bool = False


class Words:
    """The words of a record that questions are made of."""

    def __init__(self, record: Record) -> None:
        """Read paragraphs of *record*, evenly spread, as many as are enough."""
        places = [
            (statement, at)
            for statement in record.statements
            if statement.language.startswith("en")
            for at in range(len(statement.paragraphs))
        ]
        # Of a record that is kept, no more paragraphs are read than these.
        chosen = [
            (statement, statement.paragraphs[at])
            for statement, at in places[:: len(places) // (4 * _VOCABULARY) + 1]
        ]
        texts = [paragraph.text for _, paragraph in chosen]
        counts = Counter(word for text in texts for word in text.lower().split() if word.isalpha())
        in_order = [word for word, _ in counts.most_common()]
        self.texts = texts
        self.small, self.all = in_order[:_SMALL], in_order[:_VOCABULARY]
        self.rare = in_order[-_VOCABULARY:]
        speakers = dict.fromkeys(paragraph.speaker.name for _, paragraph in chosen)
        self.speakers = list(speakers)[:_NAMES]
        self.titles = list(dict.fromkeys(statement.title for statement, _ in chosen))[:_NAMES]
        self.references = [
            references(one.id, [paragraph.text for paragraph in one.paragraphs])[0]
            for one in record.statements[:_NAMES]
        ]
        longest = sorted(chosen, key=lambda one: -len(one[1].text))[:_NAMES]
        #: The references of the longest paragraphs.
        self.longest = [
            references(one.id, [paragraph.text for paragraph in one.paragraphs])[part.number - 1]
            for one, part in longest
        ]
        #: What stands most often on record, as a whole paragraph.
        self.copied = [text for text, _ in Counter(texts).most_common(5)]
        #: A long text in each other language.
        self.foreign: dict[str, str] = {}
        for statement in record.statements:
            known = self.foreign.setdefault(statement.language, "")
            for paragraph in statement.paragraphs if len(known) < LONGEST else ():
                if len(known) < LONGEST:
                    known = f"{known} {paragraph.text}".strip()
            self.foreign[statement.language] = known


def worst_kinds(words: Words) -> Iterator[tuple[str, str]]:
    """Yield each kind of question that was ever slow, or might be, with its name."""
    yield from _of_phrases(words)
    yield from _of_filters(words)
    yield from _of_plain_words(words)
    yield from _of_wordings(words)
    yield from _of_scripts(words)
    yield from _of_everything(words)
    for piece in _NOTHING:
        yield f"{piece!a} in a row", piece * LONGEST


def _of_phrases(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions of exact phrases, and of what is excluded."""
    small, many = words.small, words.all
    pairs = [f"{one} {other}" for one in small[:4] for other in small[:4]]
    runs = [" ".join(text.replace('"', "").split()[:40]) for text in words.texts[:16]]
    common = [one for text in words.texts[:2_000] for one in _runs_of(text, set(many[:300]))]
    letters = " ".join("abcdefghijklmnopqrstuvwxyz" * 80)
    for sign, what in (("", ""), ("-", " excluded")):
        for name, phrases in (
            ("pairs of small words", pairs),
            ("a pair that stands everywhere", ["of the"]),
            ("small words", small[:16]),
            ("common words", many[_SMALL : _SMALL + 16]),
            ("long phrases", [one[:240] for one in runs]),
            ("phrases of common words", sorted(common, key=len)[-16:]),
            ("words that have other forms", ["say", "state", "minister", "year", "government"]),
            ("words with marks", ["dont", "US", "its", "were", "well", "id", "ill", "shell"]),
            ("numbers with separators", [str(10**length) for length in range(3, 19)]),
            ("whole paragraphs", words.copied),
        ):
            yield f"{name}{what}", " ".join(f'{sign}"{one}"' for one in phrases)
    yield "small words in a row", f'"{f"{small[0]} " * 1_300}"'
    yield "a pair in a row", f'"{f"{small[1]} {small[0]} " * 600}"'
    yield "letters in a row", f'"{"a " * 2_000}"'
    yield "all letters in a row", f'"{letters}"'
    yield "initials in a row", f'"{"U.S. " * 800}"'
    yield "acronyms in a row", f'"{"us " * 1_300}"'
    yield "contractions in a row", f'"{"dont " * 800}"'
    yield "numbers in a row", f'"{"1000 " * 800}"'
    yield "thousands in a row", f'"{"1,000 " * 650}"'
    yield "a long word excluded", f'-"{"a" * 4_000}"'
    yield "a long paragraph", f'"{max(words.texts, key=len)[:4_000]}"'
    yield "a long paragraph, not quoted", max(words.texts, key=len)[:4_000]
    yield "a phrase of all common words", f'"{" ".join(many)[:4_000]}"'
    yield "beside common words", f'{" ".join(many[60:75])} "of the" "in the" -"to the" -"and the"'


def _of_filters(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions of filters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    twos = " ".join(one + other for one in letters for other in letters)
    yield "a speaker for each letter", " ".join(f"from:{letter}" for letter in letters)
    yield "a title for each letter", " ".join(f"in:{letter}" for letter in letters)
    yield "one letter for a title", f'in:"{"p " * 2_000}"'
    yield "two letters for a speaker", f'from:"{twos}"'
    yield "all letters for speakers", " ".join(f'from:"{" ".join(letters)}"' for _ in range(60))
    yield "speakers", " ".join(f'from:"{name}"' for name in words.speakers)
    yield "titles", " ".join(f'in:"{title}"' for title in words.titles)
    yield "marks within a name", f'from:"{_MARKED * 1_300}"'
    for name in ("from", "in", "kind", "on", "after", "before", "year"):
        yield f"all words for {name}:", f'{name}:"{" ".join(words.all)[:4_000]}"'
        yield f"{name}: many times", f"{name}:2020 " * 400
        yield f"{name}: before a row of digits", f"{name}:{'1' * 4_000}"
    yield "dates that are none", " ".join(f'on:"{day} of smarch"' for day in range(300))
    yield "filters that leave all", "kind:statement after:1900 before:2100 the people"
    yield "filters that leave all, and what most have", 'kind:statement after:1900 -zzz "the"'
    yield "a filter alone", "after:1900"


def _of_plain_words(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions of words alone."""
    small, many = words.small, words.all
    yield "all words that are common", " ".join(many)
    yield "all words that are rare", " ".join(words.rare)
    for count in (1, 2, 3, 6, 12, 20, 40, 80, 160, 320):
        some = many[_SMALL : _SMALL + count]
        yield f"{count} common words", " ".join(some)
        yield f"what about {count} common words", f"what about the {' and the '.join(some)}?"
    yield "one common word in a row", f"{many[_SMALL]} " * 1_000
    yield "acronyms", "US WHO IT UN EU " * 250
    yield "all words as acronyms", " ".join(many).upper()
    yield "short words as acronyms", " ".join(word for word in many if len(word) < 5).upper()
    yield "all words as names", " ".join(many).title()
    swapped = [f"{word[:-2]}{word[-1]}{word[-2]}" for word in many if len(word) > 6]
    yield "misspelt words", " ".join(swapped[300:312])
    yield "long misspelt words", " ".join(f"{word}ationally"[:40] for word in words.rare[:12])
    yield "all words misspelt", " ".join(swapped)
    yield "words written together", " ".join(map("".join, zip(many[::2], many[1::2], strict=False)))
    yield "words written apart", " ".join(f"{word[:3]} {word[3:]}" for word in many)
    yield "words with hyphens", "-".join(many)
    yield "contractions", "don't isn't we'll " * 220
    yield "sentences of small words", f"{' '.join(small[:30])}. " * 20
    yield "a row of small words", " ".join(small[:5])
    yield "numbers", "1,000," * 700
    yield "different numbers", " ".join(map(str, range(900)))
    yield "years", " ".join(map(str, range(1200, 2019)))
    yield "decades", " ".join(f"{year}s" for year in range(1200, 2010, 10))
    yield "amounts", "$5 billion, 50 % and 2000km of US$3.5m " * 100
    yield "pairs of numbers", "(0,0) (1,5) " * 340
    yield "links", "https://example.org/a-b_c?d=e&f " * 130
    yield "what is printed everywhere", " ".join(words.copied)[:LONGEST]


def _of_wordings(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions that ask of somebody or of some days, and texts to be checked."""
    yield "dates", "since 2024 in February 2023 " * 200
    yield "speakers asked about", "what did the minister say according to " * 100
    yield "all speakers", ", ".join(words.speakers)
    yield "speakers who all said", " said ".join(words.speakers)
    yield "according to all speakers", " according to ".join(words.speakers)
    yield "offices that all said", "the secretary said president minister said of state said " * 90
    for asking in _ASKING:
        one = words.speakers[len(words.speakers) // 2]
        yield f"{asking!r} once", f"{asking.format(one)} the people"
        yield f"{asking!r} of a title", f"{asking.format('the minister')} {words.titles[0]}?"
        yield f"{asking!r} many times", f"{asking.format(one)} the people and " * 100
        yield f"{asking!r} of all", asking.format(" ".join(words.all[:600])) + " the people"
    for order in ("latest", "newest statement", "the oldest on people", "latest on the government"):
        yield order, order
    yield "not", "why is this not the people, nor never no country " * 80
    sentences = [one for one in words.texts if 40 < len(one) < 120 and "?" not in one]
    yield "a text to be checked", f"{' '.join(sentences)[:4_000]}. Is this right?"
    yield "a short text to be checked", f"{' '.join(sentences)[:480]}. Is this right?"
    yield "a text of common words", f"{' '.join(words.all[:90])}. {words.small[0]}. Is this right?"
    yield "references", " ".join(words.references)
    yield "references that are none", "K7Q2-M9XA ABCD-1234 " * 200
    yield "a reference and phrases", f'{words.references[0]} {" ".join(words.references)} "of the"'
    yield "references and long phrases", f'{words.references[0]} "{"of the " * 500}"'
    yield "about the bot", "what can you do, who are you, help, " * 3
    yield "greetings", "hi, please, thank you " * 180


def _of_everything(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions that have several of these at once, or that found what is done repeatedly."""
    small, many = words.small, words.all
    sentences = [one for one in words.texts if 90 < len(one) < 124 and "?" not in one][:4]
    doubt = (
        f"{' '.join(one if one.endswith('.') else f'{one}.' for one in sentences)} Is this right?"
    )
    excluded = " ".join(f'-"{one}"' for one in ("of the", small[2], small[3]))
    letters = " ".join(f"from:{one} in:{one}" for one in "aeiost")
    yield "a text to be checked, with exclusions", f"{excluded} {doubt}"
    yield "a text to be checked, with filters", f"{letters} {doubt}"
    yield "a text to be checked, with both", f"{letters} {excluded} {doubt}"
    yield "a text to be checked, of a speaker", f"{words.speakers[0]} said in 2021: {doubt}"
    yield "a text of common words, with both", f"{letters} {excluded} {' '.join(many[:300])}"
    yield "common words of a speaker", f"what did {words.speakers[1]} say of {' '.join(many[:60])}"
    yield "a few that stand everywhere", '"of the" "in the" "to the"'
    yield "a few that stand everywhere, excluded", f"-{small[0]} -{small[1]} -{small[2]} people"
    yield "the longest of all, by reference", " ".join([*words.longest, '"nobody ever said so"'])
    yield (
        "the longest of all, and phrases",
        " ".join([*words.longest, *(f'"{one} of nobody"' for one in many[:16])]),
    )
    yield "titles as they are", " ".join(words.titles)
    for number, title in enumerate(words.titles[:12]):
        yield f"title {number}", title
    yield "a letter that begins a word", "the people and the government of a"
    for letter in "aceimpst":
        yield f"{letter} that begins a word", letter


def _of_scripts(words: Words) -> Iterator[tuple[str, str]]:
    """Yield questions in other scripts and languages than most of the record."""
    chance = random.Random(2029)  # noqa: S311  # nothing is secret here
    for name, (first, count) in _SCRIPTS.items():
        letters = [chr(first + chance.randrange(count)) for _ in range(LONGEST)]
        yield f"{name} letters", "".join(letters)
        apart = "".join(one + " " * (not place % 6) for place, one in enumerate(letters))
        yield f"{name} words", apart
        yield f"{name} words, quoted", f'"{apart}"'
        yield f"{name} sentences", "".join(letters[:400]) + "? " + apart
    for tag, text in words.foreign.items():
        yield f"a text in {tag}", text
        yield f"a text in {tag}, quoted", f'"{text[:4_000]}"'
        yield f"a text in {tag} to be checked", f"{text[:4_000]}. Is this right?"
        yield (
            f"short texts in {tag}, quoted",
            " ".join(f'"{text[at : at + 3]}"' for at in range(0, 300, 3)),
        )


def _runs_of(text: str, among: set[str]) -> Iterator[str]:
    """Yield the runs of words of *text* that are all *among* some words."""
    run: list[str] = []
    for word in text.lower().split():
        if word in among:
            run.append(word)
        else:
            if len(run) > 2:
                yield " ".join(run)
            run = []


def composed(words: Words, number: int) -> Iterator[str]:
    """Yield so many *number* of questions, composed at random, the same on every run."""
    chance = random.Random(2028)  # noqa: S311  # nothing is secret here

    def run() -> str:
        said = chance.choice(words.texts).split()
        at, length = chance.randrange(len(said)), chance.randint(1, 8)
        return " ".join(said[at : at + length]).replace('"', "")

    def some() -> str:
        return " ".join(chance.choices(words.small, k=chance.randint(1, 4)))

    def value() -> str:
        return chance.choice(
            (chance.choice(words.all)[: chance.randint(1, 5)], f'"{run()}"', f'"{name()}"')
        )

    def name() -> str:
        return chance.choice(words.speakers if chance.random() < 0.7 else words.titles)

    def foreign() -> str:
        text = chance.choice(list(words.foreign.values()))
        at = chance.randrange(len(text))
        return text[at : at + chance.randint(1, 60)]

    makers = (
        lambda: f'"{run()}"',
        lambda: f'"{some()}"',
        lambda: f'-"{some()}"',
        lambda: f"-{chance.choice(words.all)}",
        lambda: f"from:{value()}",
        lambda: f"in:{value()}",
        lambda: chance.choice(
            ("kind:remarks", "kind:poem", "year:2021", "after:2020-02", "on:1 May", "before:2015")
        ),
        run,
        some,
        name,
        foreign,
        lambda: chance.choice(words.references),
        lambda: chance.choice(_ASKING).format(name()),
        lambda: " ".join(chance.choices(words.rare, k=chance.randint(1, 40))),
        lambda: " ".join(chance.choices(words.all[:500], k=chance.randint(1, 40))),
        lambda: run().upper(),
        lambda: f"{chance.randrange(10_000)}{chance.choice(('', '%', 'km', 's', ' billion'))}",
        lambda: chance.choice(_NOTHING) * chance.randint(1, 400),
    )
    for _ in range(number):
        # Most have a few parts; some have so many that they are cut.
        parts = chance.choice((1, 2, 3, 4, 6, 10, 16, 24))
        yield " ".join(chance.choice(makers)() for _ in range(parts))[:LONGEST]


def cpu(index: Index, asked: Asked) -> float:
    """Return the milliseconds of CPU that what is *asked* takes."""
    # So that nothing is remembered of the same question, asked before.
    index.ask(_ANOTHER)
    began = time.thread_time()
    if asked.inline:
        index.ask(asked.question, _INLINE, unfinished=True)
    else:
        index.ask(asked.question)
        index.amended(asked.question)
    return (time.thread_time() - began) * 1000


def measure(index: Index, asked: Sequence[Asked]) -> list[tuple[float, Asked]]:
    """Return the slowest of what is *asked*, the slowest first, with their milliseconds."""
    # What the making of the index left is not looked through again while a question is timed.
    gc.collect()
    gc.freeze()
    taken = sorted(((cpu(index, one), one) for one in asked), reverse=True)
    again = [(min(cpu(index, one) for _ in range(_AGAIN)), one) for _, one in taken[: 4 * WORST]]
    gc.unfreeze()
    return sorted(again, reverse=True)[:WORST]


def tell(index: Index, title: str, asked: Sequence[Asked]) -> None:
    """Print the slowest of what is *asked*."""
    bar = next((bar for size, bar in BARS.items() if index.searched.paragraphs <= 1.5 * size), None)
    print(f"the worst {WORST} of {title}, milliseconds of CPU{f' (bar: {bar})' if bar else ''}")
    for taken, one in measure(index, asked):
        inline = ", inline" if one.inline else ""
        print(f"  {taken:6.1f}  {one.name or ascii(one.question[:70])}{inline}")


def both_ways(words: Words) -> list[Asked]:
    """Return all kinds of questions, each as it is sent and as it is typed inline."""
    kinds = [(name, question[:LONGEST]) for name, question in worst_kinds(words)]
    return [Asked(*one, inline=inline) for one in kinds for inline in (False, True)]


def index_of(paragraphs: int, folder: Path | None) -> Index:
    """Return the index of a record of so many *paragraphs*, kept in *folder* if there is one."""
    if folder is None:
        return Index(varied_record(paragraphs))
    kept = folder / f"{paragraphs}"
    if not (data := kept / "data").exists():
        # Under its name there is a whole record only.
        unfinished = kept / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        apart(make, paragraphs, unfinished)
        unfinished.rename(data)
    return load_index(data, cache=kept, quick=True)


def main() -> None:
    """Measure in a record of so many paragraphs, with a number of random questions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worst", description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    parser.add_argument("--compositions", type=int, default=COMPOSED)
    parser.add_argument("--folder", type=Path, help="keep the record and its index there")
    given = parser.parse_args()
    index = index_of(given.paragraphs, given.folder)
    words = Words(index.record)
    began = time.process_time()
    index.prepare()
    print(
        f"questions of up to {LONGEST:,} characters, {index.searched.paragraphs:,} paragraphs "
        f"(positions of all words prepared in {time.process_time() - began:.1f} s)"
    )
    kinds = both_ways(words)
    tell(index, f"{len(kinds)} kinds that are slow", kinds)
    questions = enumerate(composed(words, given.compositions))
    asked = [Asked("", one, inline=bool(number % 2)) for number, one in questions]
    tell(index, f"{given.compositions:,} compositions", asked)


if __name__ == "__main__":
    main()
