"""Tells text from noise: scans read badly, the wrong alphabet, mojibake, light OCR damage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import regex

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
#: Vowel marks, which lists of words do not have, and the stroke that makes a word longer.
_ARABIC_MARK = regex.compile(r"[\u0640\u064b-\u065f\u0670]")
#: So many words tell a language as well as all.
_MOST_WORDS = 5_000
#: Below this share of common words a text of so many words is no language that is known. Real texts
#: have 0.35 to 0.64, scans read in the wrong alphabet 0.07, half-readable ones 0.20.
LEAST_COMMON, FEWEST_WORDS = 0.25, 100
#: Letters and digits or ~^*| in one word, as "Communiqu6" and "expr~ szed"; no "G7", "4I" alone,
#: "1st", "CO2" or "mp3".
_DAMAGED = regex.compile(
    r"(?V1)(?<![\p{L}\p{N}/.@#&=_-])(?:[\p{L}&&[\p{Latin}\p{Cyrillic}\p{Greek}]]{3,40}\d\p{Latin}{0,40}"
    r"|\p{Ll}{1,40}\d{1,9}\p{Ll}{1,40}|\p{L}{1,40}[~^*|\\]{1,9}\s?\p{L}{1,40}|\d\p{Lu}\p{Ll}{2,40})"
    r"(?![\p{L}\p{N}/.@_-])"
)
#: Damage in one word of so many is told of; less may be a code or a name.
_DAMAGE_SHARE, _FEWEST_DAMAGED = 1 / 250, 3
#: UTF-8 that was read as windows-1252 once: "â€˜", "Ã©", "Â ".
_MOJIBAKE = regex.compile(
    r"(?:â€[™˜œ\u009d“”¦¢–—]?|Ã[\u0080-\u00bf¡-¿€ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|Â[\u00a0£§©®°·»«])"
)


def share_of_common_words(texts: Sequence[str]) -> float | None:
    """Return the share of the words of *texts* that are common in the language where most are.

    ``None`` for fewer than ``FEWEST_WORDS`` words, and for scripts without spaces between words.
    """
    return max(shares_of_common_words(texts).values(), default=None)


def shares_of_common_words(texts: Sequence[str], fewest: int = FEWEST_WORDS) -> dict[str, float]:
    """Return the share of the words of *texts* that are common in each language that is known.

    Empty for fewer than *fewest* words, and for scripts without spaces between words.
    """
    words: list[str] = []
    for text in texts:
        words += _WORD.findall(_ARABIC_MARK.sub("", text).casefold())
        if len(words) >= _MOST_WORDS:
            del words[_MOST_WORDS:]
            break
    counts = Counter(words)
    unspaced = sum(count for word, count in counts.items() if _UNSPACED.match(word))
    if len(words) < fewest or unspaced > 0.2 * len(words):
        return {}
    shared: Counter[str] = Counter()
    languages = _languages_of_common_words()
    for word, count in counts.items():
        for language in languages.get(word, ()):
            shared[language] += count
    # Of noise no word is common anywhere.
    return {language: count / len(words) for language, count in shared.items()} or {"": 0.0}


def damaged_words(texts: Sequence[str]) -> list[str]:
    """Return the words of *texts* that look like a scan read badly, if there are many."""
    damaged = [match[0] for text in texts for match in _DAMAGED.finditer(text)]
    words = sum(text.count(" ") + 1 for text in texts)
    many = len(damaged) >= max(_FEWEST_DAMAGED, _DAMAGE_SHARE * words)
    return list(dict.fromkeys(damaged)) if many else []


def share_of_single_letters(texts: Sequence[str]) -> float:
    """Return the share of the words of *texts* that are one letter: 0.01 to 0.07 in real texts."""
    words = [word for text in texts for word in _WORD.findall(text)]
    single = sum(
        len(word) == 1 and bool(regex.match(r"\p{Latin}|\p{Cyrillic}", word)) for word in words
    )
    return single / max(1, len(words))


def mojibake(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return a word of *texts* in mojibake, and what it would be repaired; ``None`` if none is."""
    for text in texts:
        if match := _MOJIBAKE.search(text):
            start = text.rfind(" ", 0, match.start()) + 1
            stop = text.find(" ", match.end())
            word = text[start : stop if stop >= 0 else len(text)][:60]
            try:
                return word, word.encode("cp1252").decode("utf-8")
            except UnicodeError:
                return word, ""
    return None


@cache
def _languages_of_common_words() -> dict[str, tuple[str, ...]]:
    """Return in which of some hundred languages each word is common, as justext lists them.

    The lists are read from its files, since importing it would load lxml.
    """
    spec = find_spec("justext")
    if spec is None or spec.origin is None:
        return {}
    languages: dict[str, list[str]] = {}
    for path in sorted((Path(spec.origin).parent / "stoplists").glob("*.txt")):
        language = path.stem
        for word in dict.fromkeys(path.read_text("utf-8").casefold().split()):
            languages.setdefault(word, []).append(language)
    return {word: tuple(names) for word, names in languages.items()}
