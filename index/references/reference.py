"""References: the short code that finds a paragraph again, such as ``K7Q2-M9XA``.

The first half names the statement, the second the paragraph's words, each 20 bits of a hash in
Crockford's base 32 (https://www.crockford.com/base32.html), which has no letters to confuse. So a
reference is the same on every machine and after every restart, and the old reference of an amended
paragraph finds its statement but not the paragraph. ``catalogue`` looks references up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import regex

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Letters that people confuse with digits.
_READ_AS = str.maketrans("OIL", "011")
#: A reference copied from a right-to-left line may bring direction marks along. What may repeat is
#: never tried again, so that the time is linear.
_REFERENCE = regex.compile(
    r"\A[\s\p{Cf}]*+(?:[Rr][Ee][Ff]\s[\s\p{Cf}]*+)?+"
    r"([0-9A-Za-z]{4})[-‐‑–— ]?([0-9A-Za-z]{4})[\s\p{Cf}]*+"
)

#: A reference within a text, where only its dash distinguishes it from words.
_WRITTEN = regex.compile(r"(?<![\p{L}\p{N}-])[0-9A-Za-z]{4}[-‐‑–—][0-9A-Za-z]{4}(?![\p{L}\p{N}-])")

_DIGIT = regex.compile("[0-9]")


#: The bits of each half of a reference; a character stands for so many.
HALF, _CHARACTER = 20, 5


def _half(hashed: str) -> int:
    """Return the first bits of the hash of *hashed*."""
    return int.from_bytes(hashlib.blake2b(hashed.encode(), digest_size=8).digest()) >> 64 - HALF


def written(number: int) -> str:
    """Return the reference of that *number*, its 40 bits.

    >>> written(number_of("K7Q2-M9XA"))
    'K7Q2-M9XA'
    """
    code = "".join(
        _ALPHABET[(number >> shift) & 31] for shift in range(2 * HALF - _CHARACTER, -1, -_CHARACTER)
    )
    return f"{code[:4]}-{code[4:]}"


def statement_code(statement_id: str) -> str:
    """Return the four characters that stand for a statement in all its references."""
    return written(_half(statement_id) << HALF)[:4]


def number_of(reference: str) -> int:
    """Return the 40 bits of a *reference* in its standard spelling."""
    number = 0
    for character in reference.replace("-", ""):
        number = number << _CHARACTER | _ALPHABET.index(character)
    return number


def references(statement_id: str, texts: Iterable[str]) -> list[str]:
    """Return a reference for each of a statement's paragraph *texts*, in order, all different.

    A paragraph that repeats an earlier one, or has its hash by accident, is distinguished by the
    number of times that happened before it.

    >>> len(set(references("an-id", ["Thank you.", "Thank you."])))
    2
    """
    return list(map(written, numbers(statement_id, texts)))


def numbers(statement_id: str, texts: Iterable[str]) -> list[int]:
    """Return the same references as numbers, as ``number_of`` has them."""
    first, taken, given = _half(statement_id) << HALF, set[int](), []
    #: What was tried for a text before is taken still: a voting record says "Aye." 8,000 times.
    tried: dict[str, int] = {}
    for text in texts:
        occurrence = tried.get(text, 0) + 1
        while (second := _half(text if occurrence == 1 else f"{text}\n{occurrence}")) in taken:
            occurrence += 1
        tried[text] = occurrence
        taken.add(second)
        given.append(first | second)
    return given


def meant_as_reference(text: str) -> str | None:
    """Return *text* as a reference if it can be nothing else, otherwise ``None``.

    Eight letters may be a word, such as "Pakistan". A reference has a digit, and a dash or "ref".

    >>> meant_as_reference("K7Q2-M9XA"), meant_as_reference("Pakistan")
    ('K7Q2-M9XA', None)
    """
    marked = "-" in text or text.lower().lstrip().startswith("ref ")
    return parse_reference(text) if marked and any(map(str.isdigit, text)) else None


def references_in(text: str) -> list[str]:
    """Return what may be references in *text*, in their standard spelling, each once, in order.

    So a pasted citation finds its paragraph. "Well-read" is not a reference, as it has no digit and
    is not in capitals; "2024-2025" may be one, if it is on record.

    >>> references_in("Remarks, 24 Feb 2025 · ref K7Q2-M9XA, and t.me/bot?start=SE61-HZ5W")
    ['K7Q2-M9XA', 'SE61-HZ5W']
    """
    if text.isascii() and "-" not in text:
        return []
    written = (one for one in _WRITTEN.findall(text) if one.isupper() or _DIGIT.search(one))
    return list(dict.fromkeys(filter(None, map(parse_reference, written))))


def parse_reference(text: str) -> str | None:
    """Return *text* as a reference in its standard spelling, or ``None`` if it is not one.

    Case and the kind of dash do not matter; O, I and L are read as the digits they resemble.

    >>> parse_reference("ref k7q2-m9xa"), parse_reference("Gwadar port")
    ('K7Q2-M9XA', None)
    """
    match = _REFERENCE.fullmatch(text)
    if not match:
        return None
    halves = [half.upper().translate(_READ_AS) for half in match.groups()]
    if any(c not in _ALPHABET for half in halves for c in half):
        return None
    return "-".join(halves)
