"""Texts in columns are those that were put in, or are not given at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keeping.strings import DamagedText, Numbered, Strings, digests_of

TEXTS = st.lists(st.text() | st.sampled_from(["", "Ships sail.", "港口", "\ud800", "é\x00"]))


def numbered(words: list[str]) -> Numbered:
    digests = digests_of(words)
    order = np.argsort(digests, kind="stable")
    return Numbered(Strings.of(words), digests[order], order.astype(np.int32))


@given(TEXTS)
def test_texts_come_out_as_they_went_in(texts):
    kept = Strings.of(texts)
    assert list(kept) == texts
    assert len(kept) == len(texts)
    assert kept[1:-1] == texts[1:-1]
    assert [kept[number] for number in range(-len(texts), 0)] == texts


@pytest.mark.parametrize("number", [2, -3, 99])
def test_there_is_no_text_beyond_the_last(number):
    with pytest.raises(IndexError):
        Strings.of(["one", "two"])[number]


@given(st.lists(st.text(min_size=1), min_size=1), st.data())
def test_a_text_that_is_not_as_it_was_is_not_given(texts, data):
    kept = Strings.of(texts)
    place = data.draw(st.integers(0, len(kept.characters) - 1))
    other = data.draw(st.integers(1, 255))
    damaged = kept.characters.copy()
    damaged[place] ^= other
    number = int(kept.ends.searchsorted(place, side="right"))
    read = Strings(damaged, kept.ends, kept.sums)
    with pytest.raises(DamagedText):
        read[number]
    assert [read[one] for one in range(len(texts)) if one != number] == [
        text for one, text in enumerate(texts) if one != number
    ]


@given(st.lists(st.text(), unique=True), st.lists(st.text()))
def test_words_are_found_by_their_numbers_and_no_others(words, others):
    kept, wanted = numbered(words), {word: number for number, word in enumerate(words)}
    assert dict(kept) == wanted
    assert list(kept) == words
    for word in [*words, *others, *words]:
        assert kept.get(word, -1) == wanted.get(word, -1)
        assert (word in kept) == (word in wanted)


def test_what_is_not_there_is_a_key_error():
    kept = numbered(["port"])
    with pytest.raises(KeyError):
        kept["harbour"]
    assert 1 not in kept
    assert kept.get("harbour") is None


def test_words_with_one_digest_are_told_apart():
    """Digests have 64 bits, so that no two words are known that have the same."""
    words = ["port", "harbour", "quay"]
    same = np.zeros(3, dtype=np.uint64)
    digest = int(digests_of(["port"])[0])
    same[:] = digest
    kept = Numbered(Strings.of(words), same, np.arange(3, dtype=np.int32))
    assert kept["port"] == 0
    assert kept.get("quay", -1) == -1


def test_of_many_words_that_are_asked_for_few_are_remembered(monkeypatch):
    monkeypatch.setattr("index.keeping.strings._REMEMBERED", 3)
    words = [f"word {number}" for number in range(10)]
    kept = numbered(words)
    for number, word in enumerate(words):
        assert f"no {word}" not in kept
        assert kept[word] == number
        assert 1 <= len(kept._found) <= 3


def test_a_word_is_found_while_another_thread_clears_what_is_remembered():
    class Cleared(dict[str, int]):
        def __contains__(self, word: object) -> bool:
            found = super().__contains__(word)
            self.clear()
            return found

    kept = numbered(["port"])
    kept._found = Cleared()
    for _ in range(3):
        assert "port" in kept
        assert kept["port"] == 0


def test_a_few_of_the_words_that_are_not_there_are_remembered(monkeypatch):
    """And none that is long: what people paste must not fill the memory."""
    monkeypatch.setattr("index.keeping.strings._MISSED", 3)
    kept = numbered(["a", "b"])
    for one in ("c", "d", "c", "a", "e", "f", "x" * 1_000, "b", "c"):
        assert kept.get(one, -1) == {"a": 0, "b": 1}.get(one, -1)
        assert len(kept._missed) <= 3
        assert one not in kept._missed or one not in ("a", "b", "x" * 1_000)
    assert kept._missed == {"f", "c"}
