"""What the index knows of each language: its stemmer, its stop words, its question words.

A language that is not listed here is indexed word by word, unstemmed. Splitting text is ``terms``'s
work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

#: The 33 words that Lucene's EnglishAnalyzer drops.
_ENGLISH_STOP_WORDS = """
a an and are as at be but by for if in into is it no not of on or such that the their then there
these they this to was will with
"""

#: Words that make a sentence a question, or that ask what was said. They say nothing of the subject
#: asked about, so they are dropped from questions; in statements they are words like any other.
_ENGLISH_QUESTION_WORDS = """
what whats who whos whom whose which when where wheres why how did do does done can could would
should is are was were has have had shall might many much kind kinds type name named
say says said saying tell tells told speak spoke mention mentions mentioned comment comments
position stance view views opinion about regarding concerning please i me you any anything
something
"""


@dataclass(frozen=True, slots=True)
class Language:
    """One language as the index sees it."""

    #: Its ISO 639 code, the first part of a BCP 47 tag.
    code: str
    #: The name of its Snowball algorithm; empty where Snowball has none.
    stemmer: str = ""
    #: Words, folded, that are not indexed.
    stop_words: frozenset[str] = frozenset()
    #: Words, folded, that are dropped from a question if any other word is left.
    question_words: frozenset[str] = frozenset()
    #: The name of its script, as in Unicode.
    script: str = "Latin"


_SNOWBALL = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_SCRIPTS = {
    "ar": "Arabic",
    "fa": "Arabic",
    "ps": "Arabic",
    "ur": "Arabic",
    "bg": "Cyrillic",
    "ru": "Cyrillic",
    "uk": "Cyrillic",
    "el": "Greek",
    "he": "Hebrew",
    "hi": "Devanagari",
    "ne": "Devanagari",
    "ja": "Han",
    "ko": "Hangul",
    "ta": "Tamil",
    "th": "Thai",
    "zh": "Han",
}
_TELLING_LETTERS = {
    "ur": regex.compile("[ٹڈڑںھے]"),
    "fa": regex.compile("[پچژگ]"),
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "uk": regex.compile("[іїєґІЇЄҐ]"),
}
#: What is written in a script, where no letter tells otherwise.
_COMMONEST = {
    "Arabic": "ar",
    "Cyrillic": "ru",
    "Devanagari": "hi",
    "Greek": "el",
    "Han": "zh",
    "Hangul": "ko",
    "Hebrew": "he",
    "Tamil": "ta",
    "Thai": "th",
}
_ENGLISH = Language(
    "en",
    "english",
    frozenset(_ENGLISH_STOP_WORDS.split()),
    frozenset(_ENGLISH_QUESTION_WORDS.split()),
)
_SCRIPT_OF = {
    script: regex.compile(rf"\p{{Script={script}}}")
    for script in ("Latin", *sorted(set(_SCRIPTS.values())))
}


def language_of(tag: str) -> Language:
    """Return what is known of the language that the BCP 47 *tag* names.

    >>> language_of("pt-BR").stemmer
    'portuguese'
    """
    code = tag.split("-", 1)[0].lower()
    if code == _ENGLISH.code:
        return _ENGLISH
    return Language(code, _SNOWBALL.get(code, ""), script=_SCRIPTS.get(code, "Latin"))


def language_of_text(text: str) -> str:
    """Return the code of the language that the letters of *text* tell; English if they are Latin.

    Languages that share a script are told apart by the letters that only one of them has.
    """
    script = max(_SCRIPT_OF, key=lambda name: len(_SCRIPT_OF[name].findall(text)))
    for code, letters in _TELLING_LETTERS.items():
        if _SCRIPTS[code] == script and letters.search(text):
            return code
    return _COMMONEST.get(script, "en")


def language_of_question(question: str, languages: Iterable[str]) -> Language:
    """Return the language to read *question* in: the first of *languages* in its script.

    *languages* are tags in order of preference, such as a record's, commonest first. A question
    in a script that none of them has is read in the language of that script that is known best.
    """
    script = max(_SCRIPT_OF, key=lambda name: len(_SCRIPT_OF[name].findall(question)))
    known = [language_of(tag) for tag in languages]
    for language in known:
        if language.script == script:
            return language
    fallback = next((code for code, name in _SCRIPTS.items() if name == script), "en")
    return language_of(fallback)
