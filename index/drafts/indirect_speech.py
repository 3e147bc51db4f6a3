"""Finds sentences in indirect speech: "She said that …", "According to the minister, …".

The words that report are in ``indirect_speech.yaml``. A sentence that none of its rules knows is
not counted: what is counted shall be indirect speech. Whose words it reports is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import regex

from index.drafts.layout import Layout
from index.model.answer import Span
from index.text.bundled import lines_of, read_by_language
from index.text.language import code_of
from index.text.sentences import sentence_spans

_FILE = Path(__file__).with_name("indirect_speech.yaml")
#: Between a verb and its "that": said in Geneva on Friday that.
_MOST_BETWEEN = 8
#: Between a name and its verb at a sentence's end: …, the deputy minister for ports said.
_MOST_IN_NAME = 8
#: The language whose words are written without spaces.
_UNSPACED = "zh"
_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def reports(text: str, language: str = "") -> bool:
    """Return whether *text* has a verb with which a story reports: said, told."""
    return any(_verbs(code).search(text) for code in _codes(language))


def attributes(text: str, language: str = "") -> bool:
    """Return whether *text* says within a sentence who spoke: "…, she said." or "…, said he."."""
    return any(_attribution(code).search(text) for code in _codes(language))


def paraphrases_in(layout: Layout, quoted: Sequence[Span], language: str = "") -> Iterator[Span]:
    """Yield each sentence in indirect speech that has no part of what is *quoted*.

    *quoted* are the quotations of three words or more that stand within no other, in order.
    """
    lowered = layout.text.lower()
    found = {code: _present(code, lowered) for code in _codes(language)}
    signs = {code: present for code, present in found.items() if present}
    number = 0
    for paragraph in layout.paragraphs if signs else ():
        words = layout.text[paragraph.start : paragraph.stop]
        small = words.lower()
        reporting = [code for code, present in signs.items() if any(map(small.count, present))]
        if not reporting:
            continue
        # A lone surrogate is no text for the library that splits sentences.
        clean = _SURROGATE.sub("?", words)
        for sentence in sentence_spans(clean, language or reporting[0]):
            start, stop = (paragraph.start + offset for offset in sentence)
            while number < len(quoted) and quoted[number][1] <= start:
                number += 1
            if number < len(quoted) and quoted[number][0] < stop:
                continue
            if any(_report(code).search(layout.text, start, stop) for code in reporting):
                yield start, stop


def _present(code: str, lowered: str) -> list[str]:
    """Return the words of the language *code* that report and that a text has."""
    return [sign for sign in _signs(code) if sign in lowered]


@cache
def _signs(code: str) -> tuple[str, ...]:
    """Return what reports in the language *code*, as far as its apostrophe; quickly looked for."""
    phrases = (*_phrases(code, "verbs"), *_phrases(code, "sources"))
    return tuple({max(phrase.lower().split("'"), key=len) for phrase in phrases})


def _codes(language: str) -> tuple[str, ...]:
    """Return the codes of the languages to look in: *language*, or all."""
    code, known = code_of(language), read_by_language(_FILE)
    return (code,) if code in known else tuple(known)


def _any(code: str, name: str) -> str:
    """Return a pattern of the phrases *name* of the language *code*, longest first."""
    phrases = _phrases(code, name)
    if not phrases:
        return "(?!)"
    written = "|".join(
        regex.escape(one, literal_spaces=True).replace(" ", r"\s") for one in phrases
    )
    written = written.replace("'", "['’]")
    return written if code == _UNSPACED else rf"(?<![\w-])(?:{written})(?![\w-])"


def _phrases(code: str, name: str) -> list[str]:
    """Return the phrases *name* of the language *code*, longest first."""
    block = read_by_language(_FILE)[code].get(name, "")
    phrases = (part.strip() for line in lines_of(block) for part in line.split(","))
    return sorted(filter(None, phrases), key=len, reverse=True)


@cache
def _verbs(code: str) -> regex.Pattern[str]:
    return regex.compile(_any(code, "verbs"), regex.IGNORECASE)


@cache
def _attribution(code: str) -> regex.Pattern[str]:
    verbs = f"(?:{_any(code, 'verbs')})"
    if code == _UNSPACED:
        return regex.compile(rf"[，。？！][^，。？！：]{{1,{_MOST_IN_NAME}}}{verbs}[了道]?[，。：]")
    word = r"[\w.'’-]{1,40}+"
    return regex.compile(
        rf"[,،?!]\s(?!(?:{word}\s)?{_any(code, 'own')}\s)"
        rf"(?:(?!{verbs}){word}\s){{0,{_MOST_IN_NAME}}}+{verbs}"
        rf"(?:\s{word}){{0,{_MOST_IN_NAME}}}(?:[.,،;:۔।]|(?<=\.))",
        regex.IGNORECASE,
    )


@cache
def _report(code: str) -> regex.Pattern[str]:
    """Return the pattern of what makes a sentence of the language *code* indirect speech."""
    verbs, bare, that, begins = (
        f"(?:{_any(code, name)})" for name in ("verbs", "bare_verbs", "that", "begins")
    )
    not_before, sources = (f"(?:{_any(code, name)})" for name in ("not_before", "sources"))
    if code == _UNSPACED:
        rules = [
            rf"(?<!{not_before}){verbs}[，,：:]",
            rf"(?<!{not_before}){verbs}{begins}",
            sources,
        ]
        return regex.compile("|".join(rules))
    word, before = r"[\w.'’-]{1,40}+", rf"(?<!{not_before}\s)"
    finite = (
        rf"(?:\s(?!{_any(code, 'finite')}){word}){{0,{_MOST_BETWEEN}}}+\s{_any(code, 'finite')}"
    )
    rules = [
        # said that; told reporters on Friday that; заявил, что
        rf"{before}{verbs}(?:\s(?!{that}){word}){{0,{_MOST_BETWEEN}}}+,?\s{that}",
        # said the port would
        rf"{before}{bare},?\s{begins}{finite if _phrases(code, 'finite') else ''}",
        # According to the minister
        rf"{sources}\s\w",
        # …, the minister said.
        rf",\s(?:(?!{verbs}){word}\s){{1,{_MOST_IN_NAME}}}+{verbs}[.۔।]?\s*$",
        # …, said the minister.
        rf",\s{verbs}(?:\s{word}){{1,{_MOST_IN_NAME}}}[.۔।]?\s*$",
    ]
    return regex.compile("|".join(rules), regex.IGNORECASE)
