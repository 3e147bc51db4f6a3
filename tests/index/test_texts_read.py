"""An index that takes over what another has read is the same as one that reads it all."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from made_statements import statement

from index import Index, Paragraph, Record
from index.postings.bm25 import _Terms
from index.postings.forms import Forms

WORDS = (
    *("ferries", "Harbour", "the", "of", "and", "U.S.", "$250", "million", "5", "000", "O'Leary"),
    *(
        "2.5",
        "percent",
        "iron-clad",
        "ironclad",
        "(CPEC)",
        "China-Pakistan Economic Corridor (CPEC)",
    ),
    *("نہر", "走廊", "한국은", "don't", "Port.", "Who", "WHO", "%", "€5", "…", "Q&A", "5 %"),
)


def text(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 14)))


def record_of(texts: list[list[str]]) -> Record:
    languages = ("en", "en", "ur", "zh")
    return Record.of(
        replace(statement(f"s{n}", paragraphs), language=languages[n % len(languages)])
        for n, paragraphs in enumerate(texts)
    )


def parts(index: Index) -> list[object]:
    """Return all that is kept of the texts, apart from how signs and pieces are numbered."""
    read = index.parts.read
    words = read.phrases.slices()
    assert words is not None
    kept: list[object] = [read.fragments, dict(read.remarks)]
    for of_index in (read.bm25, read.sentence_index):
        kept += [value for name, value in sorted(vars(of_index).items()) if name != "_bm25"]
    kept = [list(one) if isinstance(one, _Terms) else one for one in kept]
    kept = [list(one.items()) if isinstance(one, Forms) else one for one in kept]
    positions = words[0]
    numbered = [*positions._known, *positions._new, "|"]
    last = len(numbered) - 1
    kept.append(
        [(numbered[min(one & ((1 << 29) - 1), last)], one >> 29) for one in positions._row.tolist()]
    )
    signs = list(positions._sign_of)
    kept.append(
        sorted((key // len(signs), signs[key % len(signs)]) for key in positions._signs.tolist())
    )
    kept += [positions.texts, positions._ends, words[1]]
    return kept


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return one == other


@pytest.mark.parametrize("seed", range(30))
def test_it_is_the_same_after_any_changes(seed):
    """Texts that come, go, change and move, several times over."""
    chance = random.Random(seed)  # noqa: S311
    texts = [[text(chance) for _ in range(chance.randint(1, 6))] for _ in range(8)]
    before = Index(record_of(texts))
    before.prepare()
    for _ in range(4):
        change = chance.randrange(5)
        if change == 0:
            texts.insert(chance.randrange(len(texts) + 1), [text(chance)])
        elif change == 1 and len(texts) > 3:
            del texts[chance.randrange(len(texts))]
        elif change == 2:
            chance.shuffle(texts)
        else:
            chosen = chance.choice(texts)
            chosen[chance.randrange(len(chosen))] = text(chance)
        record = record_of(texts)
        after, anew = Index(record, before=before), Index(record)
        after.prepare()
        anew.prepare()
        for one, other in zip(parts(after), parts(anew), strict=True):
            assert same(one, other)
        asked = text(chance)
        for question in (asked, f'"{asked}"', f'"{chance.choice(chance.choice(texts))}"'):
            assert after.ask(question) == anew.ask(question)
        before = after


def test_an_index_that_was_not_prepared_is_taken_over_too():
    record = record_of([["Ferries sail.", "Trains run."], ["Ships rest."]])
    after = Index(record, before=Index(record))
    assert after.ask('"trains run"').hits[0].paragraph.text == "Trains run."


def test_texts_of_another_language_are_read_anew():
    """As terms differ from language to language."""
    made = statement("a", ["Les navires partent."] * 3)
    before = Index(Record.of([made]))
    record = Record.of([replace(made, language="fr")])
    after, anew = Index(record, before=before), Index(record)
    assert list(after.parts.read.bm25.words) == list(anew.parts.read.bm25.words)


@pytest.mark.parametrize("texts", [[], [["…"]], [["Words."]]])
def test_a_record_may_become_empty_and_come_back(texts):
    full = record_of([["Ferries sail.", "Trains run."]])
    little = record_of(texts)
    after = Index(little, before=Index(full))
    assert after.searched == Index(little).searched
    again = Index(full, before=after)
    assert again.ask("ferries") == Index(full).ask("ferries")


def test_a_replaced_index_is_freed_without_the_garbage_collector():
    import gc  # noqa: PLC0415
    from weakref import ref  # noqa: PLC0415

    record = record_of([["Ferries sail.", "Trains run."]])
    gc.disable()
    try:
        before = Index(record)
        before.prepare()
        before.ask("ferries")
        before.examples()
        after = Index(record, before=before)
        after.prepare()
        gone = ref(before)
        del before
        assert gone() is None
    finally:
        gc.enable()


def test_a_text_keeps_its_number():
    record = Record.of([statement("a", ["One.", "Two."])])
    after = Index(record, before=Index(record))
    assert isinstance(after.paragraph("a", 2).paragraph, Paragraph)
