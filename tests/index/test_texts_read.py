"""An index that takes over what another has read is the same as one that reads it all."""

from __future__ import annotations

import random
from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import pytest
from made_statements import statement

from index import Index, Paragraph, Record
from index.model.statement import Role
from index.postings.bm25 import PostingsBM25
from index.postings.exact_phrases import ExactPhrases
from index.postings.sentence_index import SentenceIndex
from index.postings.word_row import BREAK, WORD
from index.ranking.context import Context

ROLES = (None, Role.QUESTION, Role.ANSWER, Role.ANSWER)
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
    """Return a record whose statements are alike wherever they stand, if their texts are."""
    languages = ("en", "en", "ur", "zh")
    return Record.of(
        replace(
            statement(f"s{n}", paragraphs),
            language=languages[n % len(languages)],
            title=" ".join(sorted(paragraphs[0].split())[:3]) or "Untitled",
            paragraphs=tuple(
                replace(one, role=ROLES[len(one.text) % len(ROLES)])
                for one in statement(f"s{n}", paragraphs).paragraphs
            ),
        )
        for n, paragraphs in enumerate(texts)
    )


def parts(index: Index) -> dict[str, object]:
    """Return all that is kept of the texts, however words and signs are numbered."""
    read = index.parts.read
    return {
        "fragments": read.fragments.tolist(),
        "sums": read.sums.tolist(),
        "remarks": dict(read.remarks),
        "two words": dict(read.two_words),
        "copies": index.parts.copies._same.tolist(),
        "scripts": index.parts.scripts,
        **context(index.parts.context),
        **postings(read.bm25, read.sentence_index),
        **row(read.phrases),
    }


def postings(bm25: PostingsBM25, sentences: SentenceIndex) -> dict[str, object]:
    terms, forms = [*bm25._terms], [*sentences.forms.numbers]
    where = {
        term: [
            (
                bm25.paragraphs[at],
                bm25.weights[at],
                [
                    (bm25.positions[one], *told(sentences._details[one].tolist(), forms, terms))
                    for one in range(bm25.begins[at], bm25.begins[at + 1])
                ],
            )
            for at in range(*bm25.postings(term).indices(len(bm25.paragraphs)))
        ]
        for term in terms
    }
    assert [bm25.term_number(term) for term in terms] == list(range(len(terms)))
    assert [sentences.form(form) for form in forms] == list(range(len(forms)))
    known = sentences.forms
    return {
        "postings": where,
        "idf": dict(bm25.idf),
        "corpus": (bm25.corpus_size, bm25.avgdl, bm25.average_idf, list(bm25.doc_len)),
        "tokens": list(zip(sentences._starts, sentences._stops, strict=True)),
        "spans": sentences._spans.tolist(),
        "first sentences": sentences._first.tolist(),
        "forms": dict(known),
        "sorted forms": [forms[number] for number in known._sorted],
        "forms by length": [forms[number] for number in known._by_length],
    }


def context(of: Context) -> dict[str, object]:
    terms = [*of._term_numbers]
    titles = (divmod(key, of._statements) for key in of._keys.tolist())
    begins = dict(zip(terms, np.diff(of._begins).tolist(), strict=True))
    turns = (of._answer, of._question, of._closeness, of._first_question, *of._beside)
    return {
        "titles": sorted((terms[term], statement) for term, statement in titles),
        "titles of each": begins,
        "turns": [one.tolist() for one in turns],
    }


def told(details: list[int], forms: list[str], terms: list[Hashable]) -> tuple[object, ...]:
    sentence, form, follows = details
    return sentence, form >= 0 and forms[form], follows >= 0 and terms[follows]


def row(phrases: ExactPhrases) -> dict[str, object]:
    words, slices = phrases.slices()
    read = words.row()
    known = [*read.words.forms, *read.words.others]
    ends = np.cumsum(read.counts)
    signs = list(words._sign_of)
    return {
        "row": [
            ("|" if one & WORD == BREAK else known[one & WORD], one >> 29)
            for one in words._row.tolist()
        ],
        "places": {
            word: read.places[end - count : end].tolist()
            for word, count, end in zip(known, read.counts, ends, strict=True)
            if count
        },
        "joined": {(known[key >> 32], known[key & 0xFFFFFFFF]) for key in words._pairs.tolist()},
        "signs": sorted(
            (at, signs[sign]) for at, sign in zip(read.row.before_word, read.row.signs, strict=True)
        ),
        "others": set(read.words.others),
        "texts": (words.texts.tolist(), words._ends.tolist(), slices.tolist()),
        "blocks": (words._text_of_block.tolist(), words._texts_later.tolist()),
        "order": phrases._order.tolist(),
    }


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
        assert parts(after) == parts(anew)
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
