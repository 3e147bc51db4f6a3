"""References: the code by hand, and every spelling that people give it."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.references.reference import (
    meant_as_reference,
    parse_reference,
    references,
    references_in,
    statement_code,
)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_worked_out_by_hand() -> None:
    """The first 20 bits of BLAKE2b (8 bytes), five at a time, in Crockford's alphabet."""
    digest = hashlib.blake2b(b"an-id", digest_size=8).hexdigest()
    bits = f"{int(digest, 16):064b}"[:20]
    expected = "".join(CROCKFORD[int(bits[i : i + 5], 2)] for i in (0, 5, 10, 15))
    assert statement_code("an-id") == expected


def test_references_are_the_same_on_every_machine() -> None:
    """Written down once; a reference printed in a newspaper has to go on working."""
    found = references("2025-02-06-a-visit", ["The road is open.", "Thank you.", "Thank you."])
    assert found == ["WQ1V-0VPF", "WQ1V-QM1N", "WQ1V-D46H"]


def test_an_amended_paragraph_answers_to_another_reference_its_neighbours_to_the_same() -> None:
    before = references("an-id", ["One.", "Two.", "Three."])
    after = references("an-id", ["One.", "Two, amended.", "Three."])
    assert [before[0], before[2]] == [after[0], after[2]]
    assert before[1] != after[1]
    assert before[1][:4] == after[1][:4] == statement_code("an-id")


@given(st.lists(st.sampled_from(["Thank you.", "No.", "Thank you.\n2"]), max_size=12))
def test_repeated_paragraphs_have_references_of_their_own(texts: list[str]) -> None:
    assert len(set(references("an-id", texts))) == len(texts)


def told_apart_by_counting_anew(statement_id: str, texts: list[str]) -> list[str]:
    """What ``references`` promises, in the plainest way: quadratic in equal texts."""
    taken: list[str] = []
    for text in texts:
        occurrence, tried = 1, text
        while (second := statement_code(tried)) in taken:
            occurrence += 1
            tried = f"{text}\n{occurrence}"
        taken.append(second)
    return [f"{statement_code(statement_id)}-{second}" for second in taken]


@given(st.lists(st.sampled_from(["Aye.", "No.", "Aye.\n2", "Aye.\n3", "No.\n2"]), max_size=40))
def test_equal_paragraphs_are_numbered_as_they_always_were(texts: list[str]) -> None:
    """References of statements that are on record never change."""
    assert references("an-id", texts) == told_apart_by_counting_anew("an-id", texts)


def test_a_voting_record_costs_no_more_a_paragraph_than_any_other_text() -> None:
    """Counted up anew each time, eight thousand times "Aye." took over a minute."""
    began = time.process_time()
    found = references("an-id", ["Aye."] * 50_000)
    assert time.process_time() - began < 5
    assert len(set(found)) == 50_000


def test_five_thousand_paragraphs_of_one_statement_have_different_references() -> None:
    """Among 2^20 codes, some of five thousand are equal by accident."""
    texts = [f"Paragraph {number}." for number in range(5000)]
    halves = {int.from_bytes(_digest(text)) >> 44 for text in texts}
    assert len(halves) < len(texts)
    assert len(set(references("an-id", texts))) == len(texts)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


@pytest.mark.parametrize(
    "spelling",
    [
        *("K7Q0-M1XA", "k7q0-m1xa", "K7Q0M1XA", "k7q0 m1xa", "  K7Q0-M1XA\n", "K7QO-MIXA"),
        *("k7qo-mlxa", "K7Q0–M1XA", "K7Q0—M1XA", "K7Q0‑M1XA", "ref K7Q0-M1XA", "Ref k7q0-m1xa"),
        *("REF  K7Q0-M1XA", "ref\u00a0K7Q0-M1XA"),
        # As copied from between marks of direction.
        *("\u2068K7Q0-M1XA\u2069", "\u200ek7q0-m1xa", "ref \u2068K7Q0-M1XA\u2069 "),
    ],
)
def test_people_spell_references_as_they_like(spelling: str) -> None:
    assert parse_reference(spelling) == "K7Q0-M1XA"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("K7Q2-M9XA", True), ("ref K7Q2M9XA", True), ("REF k7q2 m9xa", True)),
        *((" ref K7Q2M9XA", True), ("well-read", False), ("Pakistan", False), ("K7Q2M9XA", False)),
        *(("ref Pakistan", False), ("2024-2025", True), ("reference", False), ("", False)),
    ],
)
def test_a_reference_is_meant_where_a_digit_and_a_dash_or_ref_tell(text: str, meant: bool) -> None:
    """Eight letters may be a word; to take it for a reference would be to answer nothing."""
    found = meant_as_reference(text)
    assert found == (parse_reference(text.strip()) if meant else None)
    assert bool(found) is meant


@pytest.mark.parametrize(
    "text",
    [
        *("", "K7Q2", "K7Q2-M9X", "K7Q2-M9XAA", "K7U2-M9XA", "K7Q2_M9XA", "Gwadar port"),
        *("K7Q2-M9XÀ", "see K7Q2-M9XA", "K7Q2-M9XA?", "refK7Q2-M9XAA", "Ｋ7Q2-M9XA"),
    ],
)
def test_what_is_no_reference_is_not_taken_for_one(text: str) -> None:
    assert parse_reference(text) is None


@given(st.text(min_size=1), st.text())
def test_every_reference_parses_to_itself(statement_id: str, text: str) -> None:
    for reference in references(statement_id, [text, text]):
        assert parse_reference(reference) == reference
        assert parse_reference(f"ref {reference.lower().replace('0', 'o')}") == reference


HALVES = st.text("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=5)
CODES = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789oiL", min_size=4, max_size=4)
LIKE_ONE = st.tuples(
    st.sampled_from(["", "ref ", "Ref\u00a0", "\u2068", "see "]),
    CODES | CODES | HALVES,
    st.sampled_from(["-", "-", "", "–", " ", "_", "--"]),
    CODES | CODES | HALVES,
    st.sampled_from(["", "\n", "\u2069", "?"]),
).map("".join)


@reaches(2)
@given(st.text() | LIKE_ONE)
def test_any_text_parses_to_nothing_or_to_a_standard_spelling(text: str) -> None:
    if parsed := parse_reference(text):
        reached()
        assert parse_reference(parsed) == parsed
        assert parsed.isupper() or parsed.replace("-", "").isdigit()
        assert not set("OILU") & set(parsed)


def test_a_reference_of_digits_alone_is_one_like_any_other() -> None:
    """One in some ten thousand is; that years look like it too is for the record to tell."""
    assert references_in("In 2027-2028, ref 1429-0474.") == ["2027-2028", "1429-0474"]
