"""Finds the sentences that quotations are made of, and searches all texts plainly for what is made.

It knows nothing of how stories are checked: words are compared here with spaces and marks left out,
and sentences are split at their marks, so that a label never rests on the code that it judges.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from zlib import crc32

import numpy as np
import regex

from benchmarks.texts import SHARED, questions_folder
from index import Paragraph, Record, Statement, load_set
from index.files.loading import read_statements
from index.model.statement import Kind, Speaker

#: The folders of real statements, English first.
ENGLISH = ("au_pm", "uk_written", "us_state", "us_wh")
CORPORA = (*ENGLISH, "cn_mfa")
#: One in so many statements is left out of the record: what only it says is not on record.
HELD_OUT_EVERY = 12
#: Titles of notes on what an official said to whom: texts in a press office's words.
_NOTE = regex.compile(r"(Secretary \w+)’s (?:Call|Meeting)s? with")
ENCYCLOPEDIA, AGENCY = Speaker("Enciclopedia Universal"), Speaker("اردو نیوز ایجنسی")

_PARTS = {
    "zh": regex.compile(r"[^。！？]+[。！？]"),
    "ur": regex.compile(r"[^۔؟]+[۔؟]"),
}
#: A full stop, but for those of initials, titles and numbers.
_END = regex.compile(
    r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|vs|hon|Jr|Gen|Sen|Rep|Prof|Col|Rt|Hon|Sr|Sra|EE|UU|\p{Lu}))"
    r"[.!?]\s+(?=\p{Lu})"
)
#: A sentence that can stand in a story as it is.
_CLEAN = {
    "en": regex.compile(r"\p{Lu}[\p{L}\p{N} ,;:.$£€%’'–—-]+[.!?]"),
    "es": regex.compile(r"[¿¡]?\p{Lu}[\p{L}\p{N} ,;:.$€%¿?¡!-]+[.!?]"),
    "zh": regex.compile(r"\p{Han}[\p{Han}\p{N}，、；：%·A-Za-z]+[。！？]"),
    "ur": regex.compile(r"\p{Arab}[\p{Arab}\p{M}\p{N}\s،,-]+[۔؟]?"),
}
#: Fewest and most words of a sentence; of Chinese, characters.
_LENGTH = {"en": (8, 45), "es": (8, 45), "ur": (7, 60), "zh": (12, 90)}
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*")
_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
_APART = {"en": " ", "es": " ", "ur": " ", "zh": ""}

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on record, with what stands around it."""

    statement: Statement
    paragraph: Paragraph
    start: int
    stop: int
    corpus: str
    language: str
    #: The sentence after it, of the same speaker; empty if there is none.
    after: str
    #: Its number among the paragraph's sentences, and how many there are.
    number: int
    of: int

    @property
    def text(self) -> str:
        """Its words as filed."""
        return self.paragraph.text[self.start : self.stop]


def parts_of(text: str, language: str) -> list[tuple[int, int]]:
    """Return the offsets of each sentence of *text*, split at its marks."""
    if language in _PARTS:
        found = [match.span() for match in _PARTS[language].finditer(text)]
        rest = found[-1][1] if found else 0
        found += [(rest, len(text))] if text[rest:].strip() else []
    else:
        ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
        found = list(pairwise(ends))
    trimmed = []
    for start, stop in found:
        part = text[start:stop]
        lead = len(part) - len(part.lstrip())
        trimmed.append((start + lead, start + len(part.rstrip())))
    return [(start, stop) for start, stop in trimmed if stop > start]


def plain(text: str, language: str) -> str:
    """Return the words of *text* alone: small letters, one space or (Chinese) none between."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return _LETTERS.sub(_APART[language], folded).strip()


def length(text: str, language: str) -> int:
    """Return how many words *text* has; of Chinese, how many characters."""
    return len(plain(text, language)) if language == "zh" else len(WORD.findall(text))


def _grams(text: str, language: str) -> list[int]:
    """Return each three words (of Chinese, four characters) in a row, as numbers."""
    words: Sequence[str] = plain(text, language)
    size = 4
    if language != "zh":
        words, size = str(words).split(), 3
    # Not hash(), which differs from run to run.
    return [crc32(" ".join(words[at : at + size]).encode()) for at in range(len(words) - size + 1)]


class Texts:
    """The texts that are on record and those that are held out, with plain searches of them."""

    def __init__(self, corpora: dict[str, list[Statement]], held_out: Iterable[str] = ()) -> None:
        """Take the statements of each corpus, and the ids of those that are held out."""
        out = frozenset(held_out)
        on = [(name, one) for name, all_ in corpora.items() for one in all_ if one.id not in out]
        self.record = Record.of([one for _, one in on])
        self.on_record = list(_sentences(on))
        self.held_out = list(
            _sentences((n, one) for n, all_ in corpora.items() for one in all_ if one.id in out)
        )
        self._places: dict[str, list[Place]] = {}
        self._starts: dict[str, np.ndarray] = {}
        self._joined: dict[str, str] = {}
        for language in _APART:
            self._join(language)
        self.statements = {one.id: one for one in self.record.statements}

    def _join(self, language: str) -> None:
        kept = [(s, p) for s, p in self.record.paragraphs() if _code(s) == language]
        plains = [f" {plain(p.text, language)} " for _, p in kept]
        self._places[language] = [(s.id, p.number) for s, p in kept]
        self._starts[language] = np.cumsum([0, *(len(one) + 1 for one in plains)])
        self._joined[language] = "\n".join(plains)

    def stands(self, text: str, language: str) -> frozenset[Place]:
        """Return the paragraphs in which all words of *text* stand in a row."""
        apart = _APART[language]
        sought = f"{apart}{plain(text, language)}{apart}"
        joined, found, at = self._joined[language], set(), 0
        while (at := joined.find(sought, at)) >= 0:
            number = int(np.searchsorted(self._starts[language], at, side="right")) - 1
            found.add(self._places[language][number])
            at += 1
        return frozenset(found)

    def alike(self, text: str, language: str, but: frozenset[Place] = frozenset()) -> float:
        """Return the greatest share of the word triples of *text* that one paragraph has.

        Paragraphs in *but* are left out.
        """
        rows = _grams(text, language)
        order, owners = self._postings[language]
        shared: Counter[int] = Counter()
        for row in set(rows):
            first, last = np.searchsorted(order, [row, row + 1])
            shared.update(set(owners[first:last].tolist()))
        places = self._places[language]
        best = max((n for at, n in shared.items() if places[at] not in but), default=0)
        return best / max(1, len(set(rows)))

    @cached_property
    def _postings(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        made = {}
        for language, joined in self._joined.items():
            rows = [_grams(one, language) for one in joined.split("\n")]
            order = np.array([row for one in rows for row in one], dtype=np.int64)
            owners = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
            by = np.argsort(order, kind="stable")
            made[language] = (order[by], owners[by])
        return made

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """How often each word stands on record, as it is written, by language."""
        counted: dict[str, Counter[str]] = {language: Counter() for language in _APART}
        for sentence in self.on_record:
            counted[sentence.language].update(WORD.findall(sentence.text)[1:])
        return counted


def _code(statement: Statement) -> str:
    return statement.language.split("-")[0]


def _sentences(statements: Iterable[tuple[str, Statement]]) -> Iterator[Sentence]:
    """Yield the sentences that can be quoted as they are, of those who speak for themselves."""
    for corpus, statement in statements:
        language = _code(statement)
        for at, paragraph in enumerate(statement.paragraphs):
            if not paragraph.certain or paragraph.quoted:
                continue
            text = paragraph.text
            spans = parts_of(text, language)
            following = statement.paragraphs[at + 1] if at + 1 < len(statement.paragraphs) else None
            same = following is not None and following.speaker == paragraph.speaker
            next_ = following.text if same and following else ""
            for number, (start, stop) in enumerate(spans):
                part = text[start:stop]
                low, high = _LENGTH[language]
                if not _CLEAN[language].fullmatch(part):
                    continue
                if not low <= length(part, language) <= high:
                    continue
                after = (
                    text[slice(*spans[number + 1])]
                    if number + 1 < len(spans)
                    else next_[slice(*(parts_of(next_, language) or [(0, 0)])[0])]
                )
                yield Sentence(
                    statement,
                    paragraph,
                    start,
                    stop,
                    corpus,
                    language,
                    after,
                    number,
                    len(spans),
                )


def _as_report(statement: Statement, number: int) -> Statement:
    """Return a press office's note of what an official said as what it is: a report of him."""
    noted = _NOTE.match(statement.title)
    if not noted or any(one.named for one in statement.paragraphs):
        return statement
    speaker = Speaker(noted[1])
    return replace(
        statement,
        kind=Kind.REPORT if number % 2 else Kind.PRESS_RELEASE,
        speakers=(speaker,),
        paragraphs=tuple(replace(one, speaker=speaker) for one in statement.paragraphs),
    )


def _urdu() -> list[Statement]:
    """Return the Urdu news texts beside the project."""
    made = []
    for file in sorted((SHARED / "wild").glob("ur_*.txt")):
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        texts = [line.strip() for line in lines if line.strip()]
        paragraphs = tuple(Paragraph(n, text, AGENCY) for n, text in enumerate(texts, 1))
        made.append(
            Statement(
                id=f"wild-{file.stem.replace('_', '-')}",
                title=texts[0][:40],
                speakers=(AGENCY,),
                paragraphs=paragraphs,
                language="ur",
            )
        )
    return made


def _spanish() -> list[Statement]:
    """Return the Spanish articles beside the project."""
    folder = questions_folder("xquad_es")
    read = load_set(folder)[0].statements if folder.is_dir() else ()
    return [
        replace(
            one,
            speakers=(ENCYCLOPEDIA,),
            paragraphs=tuple(replace(p, speaker=ENCYCLOPEDIA) for p in one.paragraphs),
        )
        for one in read
    ]


def real_texts() -> Texts | None:
    """Return the real texts beside the project, or ``None`` if they are not there."""
    corpora: dict[str, list[Statement]] = {}
    for name in CORPORA:
        file = SHARED / "statements" / f"{name}.jsonl"
        if not file.is_file():
            return None
        read = [one for one, _ in read_statements(file, attributed=False) if one]
        corpora[name] = [_as_report(one, number) for number, one in enumerate(read)]
    corpora |= {"xquad_es": _spanish(), "wild_ur": _urdu()}
    chance = random.Random(1414)  # noqa: S311  # not for a secret
    held_out = [
        one.id
        for name in CORPORA
        for one in chance.sample(corpora[name], len(corpora[name]) // HELD_OUT_EVERY)
    ]
    return Texts(corpora, held_out)
