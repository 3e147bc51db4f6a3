"""Calls the C of a ranking with arrays that lie, as those of a damaged index do.

As a program, for what a test would not survive: ``python hostile_arrays.py <built module> <calls>``
makes so many calls and prints how many were refused. The C is then built to find each read and
write outside of an array.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable
from itertools import chain, pairwise
from types import ModuleType
from typing import Any

import numpy as np

#: What the C may raise. It never ends the program, and never reads outside of an array.
REFUSALS = (ValueError, TypeError, BufferError, OverflowError)
_NUMBERS = (0, 1, -1, 2, 7, 63, 64, 2**31 - 1, -(2**31), 2**31, 2**63 - 1, -(2**63))

Arguments = list[Any]


def arguments_of(chance: random.Random) -> dict[str, Arguments]:
    """Return arguments of each function, by its name, that fit a small invented record."""
    numbers = np.random.default_rng(chance.getrandbits(32))
    record, terms = chance.randint(1, 12), chance.randint(1, 70)
    # Which paragraphs have each term: postings ascend within a term.
    having = [
        sorted(chance.sample(range(record), chance.randint(0, record)))
        for _ in range(chance.randint(1, 6))
    ]
    ends = np.cumsum([0, *map(len, having)]).tolist()
    lines = [slice(begin, end) for begin, end in pairwise(ends)]
    paragraphs = np.array(list(chain.from_iterable(having)), dtype=np.int32)
    tf = numbers.integers(1, 4, len(paragraphs))
    begins = np.concatenate([[0], np.cumsum(tf)]).astype(np.int32)
    tokens = int(begins[-1])
    positions = numbers.permutation(tokens).astype(np.int32)
    counts = numbers.integers(1, 4, record)
    first = np.cumsum(counts) - counts
    details = numbers.integers(-2, 3, (tokens, 3)).astype(np.int32)
    of_token = np.repeat(paragraphs, tf)
    details[:, 0] = numbers.integers(0, 9, tokens) % counts[of_token] if tokens else 0
    meanings = np.array(
        [[chance.randrange(terms), chance.randint(1, 2), 1, 2] for _ in lines], dtype=np.int64
    ).reshape(-1, 4)
    boosts = [
        chance.choice((0.0, 0.5, 1.0, numbers.random(line.stop - line.start))) for line in lines
    ]
    scores, seen = np.zeros(record), np.zeros(record, dtype=np.uint8)
    matching, weights = np.zeros(record, dtype=np.int32), numbers.normal(size=len(paragraphs))
    ranked = np.sort(numbers.integers(0, record, chance.randint(0, record)))
    asked = numbers.integers(0, record, len(ranked)) if chance.random() < 0.5 else None
    listed = numbers.permutation(record).astype(np.int32)
    allowed = numbers.random(record) < 0.5 if chance.random() < 0.5 else None
    rows = numbers.integers(0, 4, tokens)
    places = positions.astype(np.int64)
    beside = [numbers.integers(-1, record, record) for _ in range(2)]
    return {
        "accumulate": [paragraphs, weights, lines, boosts, scores, seen, matching],
        "best": [
            numbers.integers(0, 3, record).astype(float),
            listed,
            chance.randint(0, record),
            chance.randint(0, 40),
            allowed,
        ],
        "clear": [scores.copy(), seen.copy(), listed, chance.randint(0, record)],
        "compare": [
            ranked,
            asked,
            lines,
            meanings,
            numbers.random(3 * terms),
            1 - 1e-12,
            paragraphs,
            begins,
            positions,
            details,
            first,
            int(counts.sum()),
        ],
        "having": [
            positions,
            [slice(begins[line.start], begins[line.stop]) for line in lines],
            np.cumsum(np.bincount(of_token, minlength=record)),
        ],
        "highlights": [
            np.arange(chance.randint(0, 4)),
            rows,
            places,
            places,
            np.arange(tokens, dtype=np.int32),
            np.arange(tokens, dtype=np.int32) + 3,
        ],
        "parts": [
            ranked,
            numbers.normal(size=record),
            numbers.random(len(ranked)),
            numbers.integers(0, 4, len(ranked)),
            counts,
            numbers.random(record) < 0.5,
            *beside,
            numbers.random(record) < 0.5,
            asked,
            None if asked is None else numbers.random(len(ranked)),
            tuple(numbers.random(7).tolist()),
            chance.randint(0, 6),
            10,
        ],
    }


def damaged(one: Any, chance: random.Random) -> Any:
    """Return the argument *one* with something wrong with it."""
    if isinstance(one, np.ndarray):
        ways: list[Callable[[], Any]] = [
            # Copies: behind a part of an array is the rest of it.
            one[: len(one) // 2].copy,
            lambda: np.concatenate([one, one]),
            lambda: one[::2],
            lambda: np.zeros(one.shape, dtype=np.int16),
            lambda: one.astype(np.float32),
            one[:0].copy,
            lambda: np.frombuffer(b"\0" + one.tobytes(), dtype=np.uint8)[1:].view(one.dtype),
            lambda: None,
        ]
        # Most often a number is wrong: nothing else is seen without looking.
        return chance.choice(ways)() if chance.random() < 0.3 else _with_wrong_numbers(one, chance)
    if isinstance(one, list):
        wrong = [slice(0, 10**6), slice(-3, 2), slice(4, 1), slice(0, 4, 2), None, 1.0, 3]
        return [chance.choice([of, of, chance.choice(wrong)]) for of in one] + one[:1] * (
            chance.random() < 0.2
        )
    return chance.choice((*_NUMBERS, None, float("nan"), "1"))


def _with_wrong_numbers(one: np.ndarray, chance: random.Random) -> np.ndarray:
    changed = one.copy()
    for _ in range(chance.randint(1, 3)):
        if changed.size:
            number = chance.choice(_NUMBERS)
            if changed.dtype.kind == "f":
                value = chance.choice((float("nan"), float("inf"), -0.0, 1e38))
            else:
                bits = 8 * changed.dtype.itemsize
                value = number & (2**bits - 1)
                if changed.dtype.kind == "i" and value >= 2 ** (bits - 1):
                    value -= 2**bits
            changed.flat[chance.randrange(changed.size)] = value
    return changed


def call_with_damaged(kernel: ModuleType, chance: random.Random) -> bool:
    """Call a function of *kernel* with one or two arguments damaged; return whether it refused."""
    every = arguments_of(chance)
    name = chance.choice(sorted(every))
    arguments = every[name]
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(arguments))
        arguments[at] = damaged(arguments[at], chance)
    try:
        getattr(kernel, name)(*arguments)
    except REFUSALS:
        return True
    return False


def _built_at(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("_kernel", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    path, calls = sys.argv[1:]
    kernel, chance = _built_at(path), random.Random(15)  # noqa: S311  # not for a secret
    refused = sum(call_with_damaged(kernel, chance) for _ in range(int(calls)))
    sound = arguments_of(chance)
    for name, arguments in sound.items():
        getattr(kernel, name)(*arguments)
    print(f"{refused} of {calls} calls refused")


if __name__ == "__main__":
    main()
