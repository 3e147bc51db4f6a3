"""Prints the questions that take longest: the worst kinds there are, and random compositions.

Each question is one that a hostile person could type: up to 4,096 characters of operators, phrases
and words of the record, or of nothing at all. The CPU is that of asking, and of looking for an
amended reference, as the bot does both. The slowest are asked three times more and the least is
taken, since the machine is shared.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import random
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.texts import government_statements, record_of
from index import Index, Record

PARAGRAPHS = 100_000
#: Made statements, where there are no real ones, are not varied up to that number.
MADE_PARAGRAPHS = 19_200
COMPOSED = 20_000
LONGEST = 4_096
#: Milliseconds of CPU that no question may take.
BAR = 20
WORST = 10
_AGAIN = 3
#: How many words of the record questions are composed of.
_VOCABULARY = 5_000
_SMALL = 48
_NOTHING = (
    "\u200b",
    "\u00ad",
    '"',
    "“",
    "-",
    "--",
    "from:",
    "1,",
    "a.",
    "'",
    "ref ",
    "中",
    "ก",
    "ا",
    "😀",
)


class Words:
    """The words of a record that questions are made of."""

    def __init__(self, record: Record) -> None:
        """Read the first paragraphs of *record*, which are enough."""
        texts = [paragraph.text for _, paragraph in record.paragraphs()][: 4 * _VOCABULARY]
        counts = Counter(word for text in texts for word in text.lower().split() if word.isalpha())
        in_order = [word for word, _ in counts.most_common()]
        self.texts = texts
        self.small, self.all = in_order[:_SMALL], in_order[:_VOCABULARY]
        self.rare = in_order[-_VOCABULARY:]


def worst_kinds(words: Words) -> Iterator[tuple[str, str]]:
    """Yield each kind of question that was ever slow, with its name."""
    small, many = words.small, words.all
    pairs = [f"{one} {other}" for one in small[:4] for other in small[:4]]
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield "pairs of small words", " ".join(f'"{pair}"' for pair in pairs)
    yield "pairs of small words excluded", " ".join(f'-"{pair}"' for pair in pairs)
    yield "small words", " ".join(f'"{word}"' for word in small[:16])
    yield "small words excluded", " ".join(f"-{word}" for word in small[:16])
    yield "common words excluded", " ".join(f"-{word}" for word in many[_SMALL : _SMALL + 16])
    yield "small words in a row", f'"{f"{small[0]} " * 1_300}"'
    yield "a pair in a row", f'"{f"{small[1]} {small[0]} " * 600}"'
    yield "letters in a row", f'"{"a " * 2_000}"'
    yield "a long word excluded", f'-"{"a" * 4_000}"'
    yield "a long paragraph", f'"{max(words.texts, key=len)[:4_000]}"'
    sentences = [one for one in words.texts if 40 < len(one) < 120 and "?" not in one]
    yield "a text to be checked", f"{' '.join(sentences)[:4_000]}. Is this right?"
    yield "a speaker for each letter", " ".join(f"from:{letter}" for letter in letters)
    yield "a title for each letter", " ".join(f"in:{letter}" for letter in letters)
    yield "one letter for a title", f'in:"{"p " * 2_000}"'
    yield "two letters for a speaker", f'from:"{" ".join(a + b for a in letters for b in letters)}"'
    yield "all words that are common", " ".join(many)
    yield "all words that are rare", " ".join(words.rare)
    yield "misspelt words", " ".join(f"{word[:-2]}{word[-1]}{word[-2]}" for word in many[300:312])
    yield "dates", "since 2024 in February 2023 " * 200
    yield "dates that are none", " ".join(f'on:"{day} of smarch"' for day in range(300))
    yield "speakers asked about", "what did the minister say according to " * 100
    yield "numbers", "1,000," * 700
    for piece in _NOTHING:
        yield f"{piece!a} in a row", piece * LONGEST


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
        return chance.choice((chance.choice(words.all)[: chance.randint(1, 5)], f'"{run()}"'))

    makers = (
        lambda: f'"{run()}"',
        lambda: f'"{some()}"',
        lambda: f'-"{some()}"',
        lambda: f"-{chance.choice(words.all)}",
        lambda: f"from:{value()}",
        lambda: f"in:{value()}",
        lambda: chance.choice(
            ("kind:remarks", "kind:poem", "year:2021", "after:2020-02", "on:1 May")
        ),
        run,
        some,
        lambda: " ".join(chance.choices(words.rare, k=chance.randint(1, 40))),
        lambda: chance.choice(_NOTHING) * chance.randint(1, 400),
    )
    for _ in range(number):
        # Most have a few parts; some have so many that they are cut.
        parts = chance.choice((1, 2, 3, 4, 6, 10, 16, 24))
        yield " ".join(chance.choice(makers)() for _ in range(parts))[:LONGEST]


def cpu(index: Index, question: str) -> float:
    """Return the milliseconds of CPU that *question* takes."""
    began = time.process_time()
    index.ask(question)
    index.amended(question)
    return (time.process_time() - began) * 1000


def measure(index: Index, asked: list[tuple[str, str]]) -> list[tuple[float, str, str]]:
    """Return the slowest of what is *asked*, each with its name, with their milliseconds."""
    taken = sorted(
        ((cpu(index, question), name, question) for name, question in asked), reverse=True
    )
    again = [
        (min(cpu(index, question) for _ in range(_AGAIN)), name, question)
        for _, name, question in taken[: 4 * WORST]
    ]
    return sorted(again, reverse=True)[:WORST]


def tell(index: Index, title: str, asked: list[tuple[str, str]]) -> None:
    """Print the slowest of what is *asked*."""
    print(f"the worst {WORST} of {title}, milliseconds of CPU (bar: {BAR})")
    for taken, name, question in measure(index, asked):
        print(f"  {taken:6.1f}  {name or repr(question[:70])}")


def main(paragraphs: int = PARAGRAPHS, number: int = COMPOSED) -> None:
    """Measure in a record of so many *paragraphs*, with a *number* of random questions."""
    statements = government_statements()
    if statements[0].id.startswith("made-"):
        paragraphs = min(paragraphs, MADE_PARAGRAPHS)
    record = record_of(statements, paragraphs)
    words, index = Words(record), Index(record)
    began = time.process_time()
    index.prepare()
    print(
        f"questions of up to {LONGEST:,} characters, {index.searched.paragraphs:,} paragraphs "
        f"(positions of all words prepared in {time.process_time() - began:.1f} s)"
    )
    kinds = [(name, question[:LONGEST]) for name, question in worst_kinds(words)]
    tell(index, f"{len(kinds)} kinds that were slow", kinds)
    tell(index, f"{number:,} compositions", [("", one) for one in composed(words, number)])


if __name__ == "__main__":
    main()
