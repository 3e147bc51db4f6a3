"""Makes statements, in words of our own, for tests that need a small record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np

from index import Paragraph, Speaker, Statement
from index.keeping.paragraphs import ParagraphColumns
from index.references.reference import statement_code

#: A paragraph of some 10,000 characters whose middle sentence has the word that questions ask for.
_FILLER = "The committee met again and wrote a long minute of every smaller matter before it. "
LONG_TEXT = _FILLER * 60 + "A lighthouse stands on the cape. " + _FILLER * 60


def statement(statement_id: str, texts: list[str], *, day: int = 1, **known: Any) -> Statement:
    """Return a statement of February 2025 with these paragraphs, by one speaker."""
    speaker = Speaker("Nadia Rahman", "Minister of Ports")
    known.setdefault("title", f"Remarks on {statement_id}")
    known.setdefault("speakers", (speaker,))
    paragraphs = tuple(
        Paragraph(number, text, known["speakers"][0]) for number, text in enumerate(texts, 1)
    )
    return Statement(
        id=statement_id, paragraphs=paragraphs, date=datetime.date(2025, 2, day), **known
    )


def columns_of(texts: Sequence[str], voices: Iterable[int] | None = None) -> ParagraphColumns:
    """Return what is told of *texts*, each in a voice of its own unless *voices* are given."""
    numbered = enumerate(voices or range(len(texts)), 1)
    paragraphs = [Paragraph(n, "-", Speaker(f"{voice}")) for n, voice in numbered]
    if not paragraphs:
        return ParagraphColumns.of([])
    made = replace(statement("columns", ["-"]), paragraphs=tuple(paragraphs))
    lengths = np.array(list(map(len, texts)))
    return replace(ParagraphColumns.of([made]), lengths=lengths)


def sharing(texts: list[str], **known: Any) -> tuple[Statement, Statement]:
    """Return two statements with the same *texts*, whose paragraphs so have the same references.

    Their ids are two whose 20 bits of hash agree, by accident: one in some thousand has a twin.
    """
    seen: dict[str, str] = {}
    for number in count():
        name = f"note-{number}"
        if twin := seen.get(code := statement_code(name)):
            return statement(twin, texts, **known), statement(name, texts, **known)
        seen[code] = name
    raise AssertionError
