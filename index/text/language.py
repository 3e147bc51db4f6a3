"""What the index knows of each language: its script, stemmer, stop words, and how it asks.

It is written in ``languages/<code>.yaml``, one file a language, read when the language is first
met. A list there is a block of lines, in which a line that begins with ``#`` is a comment:

    name                what the language is called in English
    script              its Unicode script; Han for Japanese too, whose subjects are written in it
    stemmer             its Snowball algorithm, where there is one
    stop_words          words that are not indexed
    question_words      words that make a sentence a question, or ask what was said; they say
                        nothing of the subject, and are dropped from a question if any other word is
                        left. In statements they are words like any other
    question_phrases    phrases that do the same, one a line, in the notation of ``asking``; where
                        words are not spaced, the words that ask as well
    shortened_words     words that a full stop follows within a sentence, such as titles, where the
                        splitter of sentences does not know them; written without it
    telling_letters     letters that no other language of the script has, as in a character class

Words and phrases are written as people write them, and folded when they are read. A language
without a file is indexed word by word, unstemmed. Splitting text is ``terms``'s work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex

from index.text.bundled import lines_of, read_bundled
from index.text.folding import fold
from index.text.question_phrases import QuestionPhrases, question_phrases

_FOLDER = Path(__file__).parent / "languages"
#: Languages in each script: first those that are told by letters of their own, each before those
#: that share its letters; last the commonest.
_WRITTEN_IN = {
    "Latin": ("en",),
    "Arabic": ("ps", "ur", "fa", "ar"),
    "Armenian": ("hy",),
    "Bengali": ("bn",),
    "Cyrillic": ("uk", "sr", "ru"),
    "Devanagari": ("hi",),
    "Greek": ("el",),
    "Han": ("ja", "zh"),
    "Hangul": ("ko",),
    "Hebrew": ("he",),
    "Tamil": ("ta",),
    "Thai": ("th",),
}
#: Kana is counted as Han: both are Japanese.
_ALSO = {"Han": r"\p{Hiragana}\p{Katakana}"}
#: Codes of the same language, as far as the index knows it.
_SAME_AS = {"nb": "no", "nn": "no", "prs": "fa", "cmn": "zh", "iw": "he", "in": "id"}
_WORD = regex.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class Language:
    """One language as the index sees it."""

    #: Its ISO 639 code, the first part of a BCP 47 tag.
    code: str
    _: KW_ONLY
    #: The name of its Snowball algorithm; empty where Snowball has none.
    stemmer: str = ""
    #: Words, folded, that are not indexed.
    stop_words: frozenset[str] = frozenset()
    #: Words, folded, that are dropped from a question if any other word is left.
    question_words: frozenset[str] = frozenset()
    #: Finds the phrases of a question, as it is written, that say nothing of what is asked about.
    question_phrases: QuestionPhrases | None = None
    #: The name of its script, as in Unicode.
    script: str = "Latin"
    #: Words, folded, whose full stop ends no sentence, as far as the splitter does not know them.
    shortened_words: frozenset[str] = frozenset()
    #: Finds a letter that no other language of the script has.
    telling_letters: regex.Pattern[str] | None = None


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language:
    """Return what is known of the language that the BCP 47 *tag* names.

    >>> language_of("pt-BR").stemmer
    'portuguese'
    """
    code = tag.split("-", 1)[0].lower()
    code = _SAME_AS.get(code, code)
    return _read(code) if code in _files() else Language(code)


def language_of_text(text: str) -> str:
    """Return the code of the language that the letters of *text* tell; English if they are Latin.

    Languages that share a script are told apart by the letters that only one of them has.
    """
    return _told(text, script_of(text)).code


def language_of_question(question: str, languages: Iterable[str]) -> Language:
    """Return the language to read *question* in: the one of *languages* in its script.

    *languages* are tags in order of preference, such as a record's, commonest first. Of several in
    the script, it is the one whose small words the question has most of; of equals, the one that
    its letters tell, then the first. A question in a script that none of them has is read in the
    language that its letters tell.
    """
    script = script_of(question)
    known: list[Language] = []
    for tag in languages:
        language = language_of(tag)
        if language.script == script and language not in known:
            known.append(language)
    if len(known) == 1:
        return known[0]
    if not known:
        return _told(question, script)
    words = [fold(word) for word in _WORD.findall(question)]
    return max(known, key=lambda one: (_small(words, one), _tells(question, one)))


def codes() -> list[str]:
    """Return the codes of the languages that have a file, sorted."""
    return sorted(_files())


def _small(words: list[str], language: Language) -> int:
    """Return how many of *words* are stop words or question words of *language*."""
    small = (language.stop_words, language.question_words)
    return sum(any(word in kind for kind in small) for word in words)


def script_of(text: str) -> str:
    """Return the script that most letters of *text* are in; Latin where there is none."""
    if text.isascii():
        return "Latin"
    letters = dict.fromkeys(_WRITTEN_IN, 0)
    for run in _runs().finditer(text):
        letters[str(run.lastgroup)] += run.end() - run.start()
    return max(letters, key=letters.__getitem__)


def _told(text: str, script: str) -> Language:
    """Return the language in *script* that the letters of *text* tell."""
    *telling, commonest = map(language_of, _WRITTEN_IN[script])
    return next((language for language in telling if _tells(text, language)), commonest)


def _tells(text: str, language: Language) -> bool:
    """Return whether *text* has a letter that tells *language*."""
    return bool(language.telling_letters and language.telling_letters.search(text))


@cache
def _runs() -> regex.Pattern[str]:
    """Return the pattern of a run of letters in one script, the group named after the script."""
    runs = (
        rf"(?P<{script}>[\p{{Script={script}}}{_ALSO.get(script, '')}]+)" for script in _WRITTEN_IN
    )
    return regex.compile("|".join(runs))


@cache
def _files() -> dict[str, Path]:
    return {path.stem: path for path in _FOLDER.glob("*.yaml")}


@cache
def _read(code: str) -> Language:
    """Return the language whose file is named *code*."""
    written = read_bundled(_files()[code])
    telling = written.get("telling_letters")
    return Language(
        code,
        stemmer=written.get("stemmer", ""),
        stop_words=_words(written.get("stop_words", "")),
        question_words=_words(written.get("question_words", "")),
        question_phrases=question_phrases(
            lines_of(written.get("question_phrases", "")), written["script"]
        ),
        script=written["script"],
        shortened_words=_words(written.get("shortened_words", "")),
        telling_letters=regex.compile(f"[{telling}]") if telling else None,
    )


def _words(block: str) -> frozenset[str]:
    return frozenset(fold(word) for line in lines_of(block) for word in line.split())
