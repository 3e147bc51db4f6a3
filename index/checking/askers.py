"""Tells who asks: whether a label is that of a questioner, and whether a story says so of words."""

from __future__ import annotations

from functools import cache

import regex

from index.drafts.quotation import Quotation
from index.text.labels import label_words, words_of
from index.text.language import code_of

#: So many characters beside a quotation are its sentence's: "a reporter asked".
_BESIDE = 60
#: Words of stories for those who ask, and for asking, beside those in transcripts.
_ASKED = {
    "en": (
        "ask(?:ed|s|ing)|questions?|pressed|(?:repl(?:y|ied|ies|ying)|respon[ds]\\w*|answer\\w*)"
        "|(?<!told )(?<!to )(?<!with )(?:reporter|journalist|correspondent)s?"
    ),
    "es": "preguntó|pregunta|preguntaron|respondió|contestó|periodistas?",
    "fr": "demandé|demande|question|répondu|répond|journalistes?",
    "zh": "记者|問|问|提问|回答",
    "ur": "سوال|پوچھا|صحافی|نامہ نگار|جواب",
}
_LABEL = regex.compile(r"(?:^|\n)[ \t]{0,9}+(?:Q|Question|问|問|سوال|P)[ \t]{0,9}+[:：.]\s{0,9}+$")
_SENTENCE_END = regex.compile(r"[.?!。？！۔\n]")


def is_asker(label: str, language: str) -> bool:
    """Return whether a transcript's *label* names somebody who asks: QUESTION, JOURNALIST, 问."""
    words = label_words(language)
    written = words_of(label)
    known = words.questions | words.questioners
    return " ".join(written) in known or not known.isdisjoint(written)


def said_to_be_asked(draft: str, quotation: Quotation, language: str) -> bool:
    """Return whether the sentence beside *quotation* says that its words were asked."""
    before = draft[max(0, quotation.start - _BESIDE) : quotation.start]
    if _LABEL.search(before):
        return True
    pattern = _pattern(code_of(language))
    after = draft[quotation.stop : quotation.stop + _BESIDE]
    beside = (_SENTENCE_END.split(before)[-1], _SENTENCE_END.split(after)[0])
    return pattern is not None and any(map(pattern.search, beside))


@cache
def _pattern(code: str) -> regex.Pattern[str] | None:
    words = _ASKED.get(code)
    if words is None:
        return None
    return regex.compile(words if code == "zh" else rf"(?i)\b(?:{words})\b")
