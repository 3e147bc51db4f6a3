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
_MOST_WORDS = 20_000
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


def shares_of_common_words(texts: Sequence[str]) -> dict[str, float]:
    """Return the share of the words of *texts* that are common in each language that is known.

    Empty for fewer than ``FEWEST_WORDS`` words, and for scripts without spaces between words.
    """
    written = (_ARABIC_MARK.sub("", text) for text in texts)
    words = [word.casefold() for text in written for word in _WORD.findall(text)][:_MOST_WORDS]
    unspaced = sum(_UNSPACED.match(word) is not None for word in words)
    if len(words) < FEWEST_WORDS or unspaced > 0.2 * len(words):
        return {}
    counts = Counter(words)
    return {
        language: sum(counts[word] for word in common if word in counts) / len(words)
        for language, common in _common_words().items()
    }


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
def _common_words() -> dict[str, frozenset[str]]:
    """Return the common words of some hundred languages, as justext lists them, by language.

    They are read from its files, since importing it would load lxml.
    """
    spec = find_spec("justext")
    if spec is None or spec.origin is None:
        return {}
    folder = Path(spec.origin).parent / "stoplists"
    return {
        path.stem: frozenset(path.read_text("utf-8").casefold().split())
        for path in sorted(folder.glob("*.txt"))
    }
