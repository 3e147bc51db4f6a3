"""Tells by its shape whether a label asks, or may be a name, in scripts with capitals or without.

What follows from that is decided in ``label_rules``.
"""

from __future__ import annotations

import regex

from index.files.labels import Label
from index.text.labels import LabelWords, label_words, words_of
from index.text.language import script_of

_MOST_WORDS, _MOST_UNCASED_WORDS, _FEWEST_LETTERS = 9, 4, 3
#: Marks that stand in no name; commas and full stops that end no title.
_SENTENCE = regex.compile(
    r"[!?;\"“”«»„。！？；、，،؛।۔؟…]|,(?!\s\p{Lu})|(?:\p{Ll}{5}|\s\p{Ll}+)\.\s|\.\s+\p{Ll}"
)
_LETTER = regex.compile(r"\p{L}")
#: Letters of scripts with capitals.
_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}]")
_NO_LETTER = regex.compile(r"^[^\p{L}\p{N}]+")
_HAN = r"\p{Han}\p{Katakana}ー"
#: A name of two to four characters, or a foreign one with dots between its parts.
_HAN_NAME = regex.compile(rf"[{_HAN}\p{{Hiragana}}]{{2,4}}|[{_HAN}]+[·・‧•][{_HAN}·・‧•-]+")
#: Characters that stand in sentences and hardly in names: verbs of saying, pronouns, particles.
_HAN_SENTENCE = regex.compile(
    r"[的是说說道为為在这這那我你您他她它们們了就也不及如之此其何哪吗嗎呢吧请請应應要将將能会會可"
    r"はがをにでとものへ]"
)
#: "He told reporters:" ends in reporters too.
_HAN_TOLD = regex.compile(r"告[诉訴]|[对對向的说說]")
#: "Question from the floor", "Frage von Reuters", "Вопрос от ТАСС".
_ASKED_BY = frozenset({"from", "by", "von", "de", "du", "di", "da", "van", "от", "від"})


def asks(label: Label, known: LabelWords) -> bool:
    """Return whether *label* asks, or names one who does: with an outlet, a number."""
    if is_in(known.questions, label) or is_in(known.questioners, label):
        return True
    words = [word for word in words_of(label.name) if not word.isdecimal()]
    if not words or len(words) > _MOST_UNCASED_WORDS:
        return False
    asker = words[0] in known.questioners or words[-1] in known.questioners
    if not has_case(label):
        return asker or _is_han_asker(label, known)
    small = known.small_words.intersection(words) - known.particles - _ASKED_BY
    if asker and len(words) > 1 and label.name[:1].isupper() and not small:
        return True
    outlet = any(word[0].isupper() for word in label.name.split()[1:])
    return words[0] in known.questions and (outlet or not _ASKED_BY.isdisjoint(words[1:2]))


def asks_as_speaker(name: str, language: str) -> bool:
    """Return whether *name*, given for a speaker, is a label of a question: "Reporter", 记者."""
    return asks(Label(text=name, end=0), label_words(language))


def is_in(phrases: frozenset[str], label: Label) -> bool:
    """Return whether *label*, without numbers and what is in parentheses, is one of *phrases*."""
    words = [word for word in words_of(label.name) if not word.isdecimal()]
    phrase = " ".join(words)
    return phrase in phrases or phrase.rstrip("0123456789") in phrases


def has_case(label: Label) -> bool:
    """Return whether *label* has letters of a script with capitals."""
    return bool(_CASED.search(label.name))


def is_no_name(label: Label, known: LabelWords) -> bool:
    """Return whether *label* is too long for a name, or too short, or has marks of a sentence."""
    name = label.name or label.text
    if is_in(known.offices, label):
        return False
    fewest = _FEWEST_LETTERS if has_case(label) else 2
    too_long = len(name.split()) > _MOST_WORDS
    return too_long or len(_LETTER.findall(name)) < fewest or bool(_SENTENCE.search(name))


def is_name(label: Label, known: LabelWords, *, returns: bool) -> bool:
    """Return whether *label* has the shape of a name; of one that *returns*, any word has."""
    if not has_case(label):
        return _is_uncased_name(label.name, known)
    words = label.name.split()
    if len(words) == 1 and returns:
        # A name in a chat: "readfearn: Good morning"
        return True
    within = known.particles
    if not known.offices.isdisjoint(words_of(label.name)):
        # "Minister for Foreign Affairs"
        within = known.particles | known.small_words
    first = [_NO_LETTER.sub("", word)[:1] for word in words]
    named = all(
        not letter or letter.isupper() or letter.isdecimal() or word.casefold() in within
        for letter, word in zip(first, words, strict=True)
    )
    return named and (first[0].isupper() or first[0].isdecimal())


def _is_uncased_name(name: str, known: LabelWords) -> bool:
    script = script_of(name)
    if script == "Han":
        titled = any(name.endswith(one) for one in known.offices if len(one) > 1)
        return bool(_HAN_NAME.fullmatch(name) or titled) and not _HAN_SENTENCE.search(name)
    words = words_of(name)
    small = known.small_words_in(script).intersection(words)
    return 0 < len(words) <= _MOST_UNCASED_WORDS and not small


def _is_han_asker(label: Label, known: LabelWords) -> bool:
    """Return whether *label* is like 法新社记者."""
    phrase = "".join(words_of(label.name))
    ends = any(phrase.endswith(one.replace(" ", "")) for one in known.questioners if len(one) > 1)
    return ends and script_of(label.name) == "Han" and not _HAN_TOLD.search(label.name)
