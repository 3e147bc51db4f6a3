"""Finds the turns of a talk that no label opens: names alone in their lines, questions in bold.

An interview in a magazine sets its questions in bold; otherwise they would be cited as the
speaker's own. Labels with a colon are read by ``index``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import regex

from documents.model import Block, BlockKind, Doubt, Warned
from index import label_words

_QUESTION = regex.compile(r"[?？؟]\s?[”»\"')）]?$")
_ONE_QUESTION = regex.compile(r"\A[^.!。！]{8,300}[?？؟]")
#: "PRESIDENTE.- Buenos días", "【記者】港の料金": Spain's government and Japan's ministries.
_OTHER_MARKS = (
    regex.compile(r"(?P<label>\p{Lu}[\p{Lu}\p{M} ]{0,40}+)\.\s?[-–—]\s{0,3}(?=\S)"),
    regex.compile(r"【(?P<label>[^】\s]{1,20})】\s{0,3}(?=\S)"),
    regex.compile(r"（(?P<label>記者|問|答|大臣|报道官|報道官)）\s{0,3}(?=\S)"),
)
#: A single letter asks or answers in Spanish alone.
_LETTERS = {"P": "PREGUNTA", "R": "RESPUESTA"}
#: A name with an office; a longer line is a sentence.
_LONGEST_NAME = 60
_NO_NAME = regex.compile(r"[.!?:;,。！？；：，]$")
_FEWEST = 2
#: So many paragraphs that only ask are no accident.
_FEWEST_ASKING = 3


def with_colons(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with a colon behind labels that are marked otherwise: "P.- ", "【記者】".

    One that stands once may be something else; what the mark is, the first of them tells.
    """
    for pattern in _OTHER_MARKS:
        found = [match for block in blocks if (match := pattern.match(block.text))]
        if len(found) >= _FEWEST:
            return [_with_colon(block, pattern) for block in blocks]
    return list(blocks)


def _with_colon(block: Block, pattern: regex.Pattern[str]) -> Block:
    match = pattern.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
    if match is None:
        return block
    label = _LETTERS.get(match["label"], match["label"])
    return replace(block, text=f"{label}: {block.text[match.end() :]}", lines=())


def with_lone_names(blocks: Sequence[Block], speakers: Collection[str]) -> list[Block]:
    """Return *blocks* with a colon behind each name that stands alone in its paragraph.

    Names come again; they are taken for labels if one of them is among the *speakers*, or a word
    for who asks. What is set as they are, in capitals or in bold, is one if it comes once, too.
    """
    lone = [block for block in blocks if _is_lone(block)]
    counts = Counter(block.text.strip() for block in lone)
    words = label_words("en")
    known = {name.casefold() for name in speakers} | words.questions | words.questioners
    names = {line for line, count in counts.items() if count >= _FEWEST}
    if not any(name.casefold() in known for name in names):
        return list(blocks)
    again = [_shape(block) for block in lone if block.text.strip() in names]
    shape = again[0] if len(set(again)) == 1 and any(again[0]) else None
    return [
        replace(block, text=f"{block.text.strip()}:", lines=())
        if _is_lone(block) and (block.text.strip() in names or _shape(block) == shape)
        else block
        for block in blocks
    ]


def _is_lone(block: Block) -> bool:
    line = block.text.strip()
    is_short = len(line) <= _LONGEST_NAME and not _NO_NAME.search(line)
    return block.kind is BlockKind.PARAGRAPH and block.turn is None and is_short


def _shape(block: Block) -> tuple[bool, bool]:
    """Return whether *block* is in capitals, and whether in bold."""
    return block.text.isupper(), block.all_bold


def with_bold_questions(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* of an interview with labels, if its questions are set in bold.

    Whoever asks introduces the talk, too.
    """
    asking = [block for block in blocks if _is_bold(block) and _QUESTION.search(block.text)]
    if len(asking) < _FEWEST or all(_is_bold(block) for block in blocks):
        return list(blocks)
    return list(_labelled(blocks))


def _labelled(blocks: Sequence[Block]) -> Iterator[Block]:
    asked: bool | None = None
    begun = False
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.NOTE):
            yield block
            continue
        asks = _is_bold(block) or not begun
        begun = begun or (_is_bold(block) and _QUESTION.search(block.text) is not None)
        label = "" if asks is asked else "QUESTION: " if asks else "ANSWER: "
        asked = asks
        yield replace(block, text=f"{label}{block.text}", lines=()) if label else block


def unlabelled_questions(blocks: Sequence[Block]) -> Iterator[Warned]:
    """Yield a doubt if several of *blocks*, in which no label opens a turn, only ask."""
    asking = [block.text for block in blocks if _ONE_QUESTION.fullmatch(block.text.strip())]
    if len(asking) >= _FEWEST_ASKING:
        text = f"no label tells who asks and who answers: “{asking[0][:80]}”"
        yield Warned(text=text, doubt=Doubt.TURN)


def _is_bold(block: Block) -> bool:
    return block.all_bold and block.kind is BlockKind.PARAGRAPH
