"""Judges an extract before it becomes a draft: it is refused, warned of, or left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from documents.judging.characters import with_quotable_characters
from documents.judging.readable import (
    LEAST_COMMON,
    damaged_words,
    mojibake,
    share_of_common_words,
    share_of_single_letters,
)
from documents.judging.working_marks import without_working_marks
from documents.model import BlockKind, Claim, Doubt, Extract, Field, Unreadable, Warned

#: Of words, how many may be damaged, and how many single letters, before it is no text.
_MOST_DAMAGED, _MOST_SINGLE = 0.04, 0.15
#: Where an embargo stands: in a subject, or in the first lines.
_FIRST_BLOCKS = 6
_EMBARGO = regex.compile(
    r"(?i)\bembargo(?:ed)?\b|\bnot\sfor\s(?:release|publication)\s(?:before|until)\b"
    r"|\bsous\sembargo\b|\bsperrfrist\b|эмбарго|禁发|حظر\sالنشر"
)
_TOO_LONG_FOR_A_NOTE = 200
#: The mark of a lost character; more than a few are a fault of reading, not of the source.
_LOST, _FEW_LOST = "\ufffd", 3


def judged(extract: Extract) -> Extract:
    """Return *extract* with quotable characters, and with warnings of what an editor must see.

    Raises:
        Unreadable: it is no text, or nothing is left of it.
    """
    extract = _without_marks(with_quotable_characters(extract))
    if not any(block.kind is not BlockKind.HEADING for block in extract.blocks):
        raise Unreadable("there is no text in it", "Give a document that has text.")
    texts = [block.text for block in extract.blocks]
    _refuse_noise(texts, extract.claims)
    warnings = [one for rule in _RULES for one in rule(extract, texts)]
    return replace(extract, warnings=(*extract.warnings, *warnings))


def _without_marks(extract: Extract) -> Extract:
    blocks, marks = without_working_marks(extract.blocks)
    return replace(extract, blocks=tuple(blocks), left_out=(*extract.left_out, *marks))


def _refuse_noise(texts: Sequence[str], claims: Sequence[Claim]) -> None:
    share = share_of_common_words(texts)
    words = sum(text.count(" ") + 1 for text in texts)
    damaged = len(damaged_words(texts)) > max(20, _MOST_DAMAGED * words)
    single = share is not None and share_of_single_letters(texts) > _MOST_SINGLE
    if not damaged and not single and (share is None or share >= LEAST_COMMON):
        return
    document = [claim.value for claim in claims if claim.where == "<document>" and claim.value]
    raise Unreadable(
        "most of its words are not words of a language that is known, as in a scan that was read "
        "badly (OCR)",
        f"Read the original instead: {document[0]}"
        if document
        else "Type it, or ask for the text.",
    )


def _ocr(extract: Extract, texts: Sequence[str]) -> Iterator[Warned]:
    if damaged := damaged_words(texts):
        shown = ", ".join(f"“{word}”" for word in damaged[:4])
        more = f" and {len(damaged) - 4} more" if len(damaged) > 4 else ""
        yield Warned(text=f"it looks like a scan (OCR) with errors: {shown}{more}", doubt=Doubt.OCR)


def _mojibake(extract: Extract, texts: Sequence[str]) -> Iterator[Warned]:
    if found := mojibake(texts):
        word, repaired = found
        meant = f", probably “{repaired}”" if repaired else ""
        yield Warned(text=f"letters were read in a wrong encoding (mojibake): “{word}”{meant}")
    if lost := sum(text.count(_LOST) for text in texts):
        lost_are = "1 character is" if lost == 1 else f"{lost} characters are"
        doubt = Doubt.LETTERS if lost > _FEW_LOST else None
        yield Warned(text=f"{lost_are} lost in the source (U+FFFD)", doubt=doubt)


def _embargo(extract: Extract, texts: Sequence[str]) -> Iterator[Warned]:
    told = [claim.value for claim in extract.claims if claim.field in (Field.EMBARGO, Field.TITLE)]
    for text in [*told, *texts[:_FIRST_BLOCKS]]:
        if len(text) <= _TOO_LONG_FOR_A_NOTE and _EMBARGO.search(text):
            yield Warned(text=f"it is under embargo: “{text}”", doubt=Doubt.EMBARGO)
            return


_RULES: tuple[Callable[[Extract, Sequence[str]], Iterator[Warned]], ...] = (
    _ocr,
    _mojibake,
    _embargo,
)
