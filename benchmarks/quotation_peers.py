"""Checks the same quotations by peers that do a part of it, each as its own documentation shows.

They are given the right source where they take one source at a time, and never whether a story
names the right speaker or day: of what they cannot know, nothing is counted against them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from rapidfuzz import fuzz

from benchmarks.quotation_made import Made
from benchmarks.quotation_texts import Texts
from index import Grade

#: What bots take for enough, out of 100.
ENOUGH = 98
#: verbatim-core's own default, out of 1.
FUZZY = 0.8

#: Whether a quotation passes, by its words and the text of its source.
Passes = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Peer:
    """A checker with the package it comes in."""

    name: str
    package: str
    make: Callable[[], Passes]

    @property
    def present(self) -> bool:
        """Whether it is installed."""
        return find_spec(self.package.replace("-", "_")) is not None

    @property
    def version(self) -> str:
        """The version that is installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return "not installed"


def _quotecheck() -> Passes:
    check = import_module("quotecheck").check
    return lambda quoted, source: bool(check(quoted, source).ok)


def _verbatim_core(mode: str) -> Passes:
    logging.getLogger("verbatim_core").setLevel(logging.ERROR)
    # It checks what a language model extracted; only that check is used, and no model is asked.
    extractor = import_module("verbatim_core.extractors").LLMSpanExtractor(
        llm_client=object(), span_match_mode=mode, fuzzy_threshold=FUZZY
    )
    return lambda quoted, source: bool(extractor._verify_spans([quoted], source))


def _partial_ratio() -> Passes:
    return lambda quoted, source: fuzz.partial_ratio(quoted, source) >= ENOUGH


PEERS = (
    Peer("quotecheck", "quotecheck", _quotecheck),
    Peer("verbatim-core, exact", "verbatim-core", lambda: _verbatim_core("exact")),
    Peer("verbatim-core, fuzzy", "verbatim-core", lambda: _verbatim_core("fuzzy")),
    Peer(f"rapidfuzz partial_ratio ≥ {ENOUGH}", "rapidfuzz", _partial_ratio),
)


@dataclass(frozen=True, slots=True)
class Passed:
    """How a checker did; of the cut, all words stand on record."""

    name: str
    #: Altered, spliced or invented quotations that passed, and how many there are.
    false_passes: int
    false: int
    #: Genuine quotations that did not pass, and how many there are.
    false_alarms: int
    genuine: int
    #: Cut quotations, and those given to another speaker or day, that passed unremarked.
    unremarked: int
    limited: int


#: Neither peer can tell these: their words are on record.
_LIMITED = frozenset({Grade.CUT, Grade.MISATTRIBUTED})
GENUINE = frozenset({Grade.VERBATIM, Grade.PUNCTUATED})


def counted(name: str, made: Sequence[Made], passed: Sequence[bool]) -> Passed:
    """Return how a checker did by whether each of those *made* *passed*."""
    both = list(zip(made, passed, strict=True))
    genuine = [through for one, through in both if one.grades <= GENUINE]
    limited = [through for one, through in both if one.grades <= _LIMITED]
    false = [
        through for one, through in both if not one.grades & GENUINE and not one.grades <= _LIMITED
    ]
    return Passed(
        name,
        sum(false),
        len(false),
        sum(not through for through in genuine),
        len(genuine),
        sum(limited),
        len(limited),
    )


def source_of(one: Made, texts: Texts) -> str:
    """Return the text of the statement that *one* was made of."""
    return "\n\n".join(p.text for p in texts.statements[one.source].paragraphs)


def asked(peer: Peer, made: Sequence[Made], texts: Texts) -> Passed:
    """Return how *peer* does on all that was *made*."""
    passes = peer.make()
    return counted(peer.name, made, [passes(one.text, source_of(one, texts)) for one in made])
