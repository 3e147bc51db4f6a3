"""Knows the words of labels in all languages: ``QUESTION:``, ``记者：``, ``Sir Carl Maurer:``.

They are written in ``index/languages/<code>.yaml``, as ``language`` explains. The labels of all
languages are known whatever the language of a statement, because a record mixes them. How a
transcript uses them is left to ``index.files``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from index.text.bundled import lines_of, read_bundled
from index.text.folding import fold
from index.text.language import code_of, codes, path_of, small_words_of

#: A word of a label. A hyphen parts words: "PIERRE:" is Jean-Pierre.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Cf}'’ʼ]+")
#: Letters of scripts with capitals: one of them alone is an initial in most languages.
_ONE_CASED_LETTER = regex.compile(r"[\p{Lu}\p{Ll}]")
#: Single letters that ask and answer in every transcript.
_EVERYWHERE = frozenset({"q", "a"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWords:
    """What labels are made of; each phrase as ``words_of`` joins it."""

    #: Labels of a question: Q, QUESTION, 问.
    questions: frozenset[str]
    #: Those who ask: reporter, 记者.
    questioners: frozenset[str]
    #: Labels of an answer: A, ANSWER, 答.
    answers: frozenset[str]
    #: What stands before or after a name and is no part of it: Sir, KC, 先生.
    honorifics: frozenset[str]
    #: Small words within names: de, of.
    particles: frozenset[str]
    #: Offices, and other words for those who speak: minister, 发言人.
    offices: frozenset[str]
    #: The words of honorifics and offices.
    title_words: frozenset[str]
    #: Words that stand before a colon and name nobody: note, part, 首先.
    headings: frozenset[str]
    #: How somebody speaks: through interpreter, voice-over.
    asides: frozenset[str]
    #: What texts of several parties are called: joint statement, 联合声明.
    joint_titles: frozenset[str]
    #: Small words of the language and of English, which are no part of a name.
    small_words: frozenset[str]

    def small_words_in(self, script: str) -> frozenset[str]:
        """Return the small words to look for in a label in *script*.

        Languages of the Latin script are too many: what is small in one is a name in another.
        """
        return self.small_words if script == "Latin" else self.small_words | _small_words(script)


@lru_cache(maxsize=1024)
def words_of(label: str) -> tuple[str, ...]:
    """Return the words of *label*, folded.

    >>> words_of("Ms. JEAN-PIERRE")
    ('ms', 'jean', 'pierre')
    """
    return tuple(folded for word in _WORD.findall(label) if (folded := fold(word)))


@cache
def label_words(tag: str) -> LabelWords:
    """Return the words of labels for a statement in the language *tag*.

    They are those of all languages, but a single letter, such as the Spanish P, asks or answers
    only in its own.
    """
    own = code_of(tag)
    honorifics, offices = _of_all("honorifics"), _of_all("offices")
    return LabelWords(
        questions=_of_all("question_labels", own),
        questioners=_of_all("questioner_labels"),
        answers=_of_all("answer_labels", own),
        honorifics=honorifics,
        particles=_of_all("name_particles"),
        offices=offices,
        title_words=frozenset(word for one in honorifics | offices for word in one.split()),
        headings=_of_all("heading_labels"),
        asides=_of_all("label_asides"),
        joint_titles=_of_all("joint_titles"),
        small_words=small_words_of(own) | small_words_of("en"),
    )


@cache
def _small_words(script: str) -> frozenset[str]:
    """Return the stop words and question words of all languages in *script*."""
    languages = (code for code in codes() if _file(code)["script"] == script)
    return frozenset().union(*map(small_words_of, languages))


def _of_all(key: str, own: str | None = None) -> frozenset[str]:
    """Return the phrases of all languages under *key*; if *own* is given, its letters only."""
    return frozenset(
        phrase
        for code in codes()
        for phrase in _phrases(code, key)
        if own is None
        or code == own
        or phrase in _EVERYWHERE
        or not _ONE_CASED_LETTER.fullmatch(phrase)
    )


@cache
def _phrases(code: str, key: str) -> tuple[str, ...]:
    block = _file(code).get(key, "")
    phrases = (" ".join(words_of(one)) for line in lines_of(block) for one in line.split(","))
    return tuple(filter(None, phrases))


@cache
def _file(code: str) -> dict[str, str]:
    return read_bundled(path_of(code))
