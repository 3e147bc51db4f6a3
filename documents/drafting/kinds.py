"""Tells the kind of a text by its title, and a news report by how it tells what was said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex
import yaml

from documents.model import Block
from index import Kind, joint_by_title, label_words

#: Phrases with which outlets report speech. A text with at least two, in this share of its
#: paragraphs, is taken for a report: otherwise its words would be cited as the speaker's own.
_REPORTED_SHARE = 0.1
_REPORTED_SPEECH = regex.compile(
    r"\b(?:he|she|they|ambassador|minister|president|spokes\w+|secretary|official"
    r"|(?!(?:Ministers|Leaders|Sides|Presidents|Heads|Parties|Governments)\b)\p{Lu}\p{Ll}+)\s+"
    r"(?:said|added|told|noted|stated|stressed|underlined)\b"
    r"|\b[Aa]ccording to the (?:joint )?(?:statement|communiqu[eé])\b"
    r"|\b[Tt]he (?:joint )?(?:statement|communiqu[eé]) (?:said|read|added)\b"
    r"|(?:نے کہا|نے بتایا|کا کہنا (?:ہے|تھا)|کے مطابق)"
)
#: "G7 Foreign Ministers’ Statement on …", "Leaders' Communiqué".
_OF_SEVERAL = regex.compile(
    r"\b(?:Ministers|Leaders|Presidents|Governments|Parties)[’']\s(?:\p{Lu}[\p{L}-]+\s){0,2}"
    r"(?:Statement|Communiqu[eé]|Declaration)\b"
)
#: "The following is the joint statement of …".
_FOLLOWING = regex.compile(
    r"(?i)\b(?:following|below) .{0,60}?\b(?:statement|communiqu|declaration).{0,40}"
)
_ASKING = regex.compile(r"(?P<label>[\p{L}\p{M}]{1,20})\s?[:：]")
_APART = regex.compile(r"Q(?:\s?[\u00a0\u2002-\u200a\u202f]|\s{2})\s*\S")
_ARABIC_LABEL = regex.compile(r"[\p{Arabic}\s]{2,24}:\s")
_DATELINE = regex.compile(
    r"\p{Lu}[\p{Lu} .'’-]{2,30}(?:,\s[^:—–-]{3,25})?(?:\s?\([^)]{2,25}\))?\s?(?:--|[—–])\s"
    r"|(?P<arabic>[\p{Arabic}\s]{2,24}:\s)"
)
#: With an agency's name, "(EllinPress) —", it is an outlet's whatever its title is.
_AGENCY = regex.compile(
    r"\p{Lu}[\p{Lu} .'’-]{2,30}(?:,\s[^:—–-]{3,25})?\s?\((?!\d)[\p{L}\s./]{2,25}\)\s?(?:--?|[—–])\s"
)
#: A headline that tells who says it: "…: harbour to reopen, spokesman says".
_HEADLINE = regex.compile(r"(?i)[,–—-]\s(?:[\p{L}.]{1,30}\s){1,4}(?:says?|said)$")
_FIRST_BLOCKS, _FEWEST_QUESTIONS = 4, 2
#: The kinds of text in which others than the speaker have words of their own.
DIALOGUES = frozenset({Kind.PRESS_CONFERENCE, Kind.INTERVIEW})
#: How a letter begins; a speech has "Mr. President," too, but no valediction.
_SALUTATION = regex.compile(
    r"(?i)(?:dear|excellency|your\sexcellency|madam|sir|madame|monsieur|cher|chère|se[ñn]ora?|estimad[oa]"
    r"|excelentísim[oa]|sehr\sgeehrte|уважаем)\b.{0,80}[,:!]$|(?i:dear)\s.{1,80}$"
)
#: The end of a letter before its signature.
VALEDICTION = regex.compile(
    r"(?i)^(?:yours\s(?:faithfully|sincerely|truly)|(?:with\s)?(?:best|kind)\sregards|respectfully|sincerely"
    r"|(?:très\s)?cordialement|atentamente|mit freundlichen grüßen|с уважением)\b.{0,30}$"
    r"|^(?i:please\saccept|veuillez\s(?:agréer|recevoir)|je\svous\sprie\sd['’]agréer|hago\spropicia)\b.{0,200}$"
)
_LETTER_BLOCKS, _LETTER_ENDS = 10, 8
#: What tells of a text that several own, in kinds of texts that are usually one speaker's.
_HELD_JOINTLY = regex.compile(r"(?i)\bjoint (?:press|media|news|availability|interview|remarks)")


def kind_by_title(title: str, language: str) -> tuple[Kind, str] | None:
    """Return the kind that *title* names, and the words that do; ``None`` if it names none.

    >>> kind_by_title("Letter to the Speaker", "en")
    (<Kind.LETTER: 'letter'>, 'letter to')
    """
    if (joint := joint_by_title(title, language)) and not _HELD_JOINTLY.search(title):
        return Kind.JOINT_STATEMENT, joint
    if held := _OF_SEVERAL.search(title):
        return Kind.JOINT_STATEMENT, held[0]
    folded = f" {' '.join(title.casefold().split())} "
    for kind, pattern in _patterns():
        if match := pattern.search(folded):
            return kind, match[0].strip()
    return None


def kind_by_text(blocks: Sequence[Block], language: str) -> tuple[Kind, str] | None:
    """Return the kind that the text itself tells, and the words that do; ``None`` if it does not.

    It is told by an announcement of the text in its first paragraphs, and by labels that ask.
    """
    for block in blocks[:_FIRST_BLOCKS]:
        match = _FOLLOWING.search(block.text)
        if match and (joint := joint_by_title(match[0], language)):
            return Kind.JOINT_STATEMENT, joint
    if any(_SALUTATION.match(block.text) for block in blocks[:_LETTER_BLOCKS]):
        ends = (block.text for block in blocks[-_LETTER_ENDS:] if VALEDICTION.match(block.text))
        if end := next(ends, None):
            return Kind.LETTER, end
    asking = label_words(language).questions
    labels = [label for block in blocks for label in [_ASKING.match(block.text)] if label]
    asked = [one[0] for one in labels if one["label"].casefold() in asking]
    asked += ["Q" for block in blocks if _APART.match(block.text)]
    if len(asked) >= _FEWEST_QUESTIONS:
        return Kind.PRESS_CONFERENCE, asked[0].strip()
    return None


def reported_speech(texts: Sequence[str]) -> str:
    """Return the first phrase that reports speech, if *texts* are a report; otherwise nothing."""
    found = [_REPORTED_SPEECH.findall(text) for text in texts]
    reporting = [phrases for phrases in found if phrases]
    is_report = sum(map(len, reporting)) > 1 and len(reporting) >= _REPORTED_SHARE * len(texts)
    return str(reporting[0][0]) if is_report else ""


def outlet_in(title: str, texts: Sequence[str]) -> str:
    """Return what shows that an outlet tells: an agency in the dateline, or the headline's verb."""
    match = next(filter(None, map(_AGENCY.match, texts[:2])), None) or _HEADLINE.search(title)
    return match[0].strip() if match else ""


def news_dateline(blocks: Sequence[Block]) -> str:
    """Return the dateline with which an outlet's news begin, "KARS, 6 Feb (APV) —"; else nothing.

    In Urdu it is a place and a colon, as a speaker's label would be; that stands more than once.
    """
    match = _DATELINE.match(blocks[0].text)
    if match is None:
        return ""
    again = sum(_ARABIC_LABEL.match(block.text) is not None for block in blocks)
    return "" if match["arabic"] and again > 1 else match[0].strip()


@cache
def _patterns() -> tuple[tuple[Kind, regex.Pattern[str]], ...]:
    """Return a pattern of the words for each kind; those without spaces stand anywhere."""
    text = files("documents.drafting").joinpath("kinds.yaml").read_text("utf-8")
    patterns = []
    for name, block in yaml.safe_load(text).items():
        words = block.replace("\n", ",").split(",")
        phrases = [regex.escape(word.strip()) for word in words if word.strip()]
        spaced = "|".join(one for one in phrases if not _is_unspaced(one))
        unspaced = "|".join(filter(_is_unspaced, phrases))
        whole = rf"(?<![\p{{L}}\p{{N}}])(?:{spaced})(?![\p{{L}}\p{{N}}])"
        patterns.append((Kind(name), regex.compile(f"{whole}|{unspaced}" if unspaced else whole)))
    return tuple(patterns)


def _is_unspaced(phrase: str) -> bool:
    return regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]", phrase) is not None
