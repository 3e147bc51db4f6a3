"""The C of a ranking beside NumPy: the same to the last bit, and no harm from a damaged index."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hostile_arrays import REFUSALS, arguments_of, call_with_damaged
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.evaluation import load_set
from index.model.record import Record
from index.model.statement import Role
from index.postings.bm25 import PostingsBM25
from index.postings.kernel import BUILT, by_numpy, in_c
from index.postings.scoring import Scorer
from index.postings.sentence_index import Occurrences
from index.search import Index

pytestmark = pytest.mark.skipif(
    not BUILT, reason="the C was not built here: there was no compiler, or no headers of Python"
)
if BUILT:
    from index.postings import _kernel

C_FILE = Path(__file__).parents[3] / "index" / "postings" / "_kernel.c"

# Few words, so that terms repeat, stand in half of all paragraphs or in all, and scores tie.
WORDS = st.sampled_from(["port", "road", "rail", "tea", "pass"])
CORPORA = st.lists(st.lists(WORDS, max_size=6), max_size=9)
QUERIES = st.lists(WORDS, min_size=1, max_size=6)
BOOSTS = st.floats(0, 3)


def seeded(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311  # not for a secret


def test_numpy_is_taken_only_within_the_block() -> None:
    assert in_c()
    with by_numpy():
        assert not in_c()
    assert in_c()


@reaches(10)
@given(CORPORA, QUERIES, st.integers(0, 12), st.data())
def test_scores_and_the_best_are_those_of_numpy_to_the_last_bit(
    corpus: list[list[str]], query: list[str], k: int, data: st.DataObject
) -> None:
    """Of terms that repeat, each boosted, some posting by posting; of equals the earlier."""
    bm25 = PostingsBM25(corpus)
    postings = [one for one in map(bm25.postings, query) if one]
    if not postings:
        return
    reached()
    boost: list[Any] = []
    for one in postings:
        each = data.draw(st.lists(BOOSTS, min_size=one.stop - one.start, max_size=9 * 9))
        every = np.array(each[: one.stop - one.start])
        boost.append(data.draw(st.one_of(BOOSTS, st.just(every))))
    marks = st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus))
    allowed = data.draw(st.one_of(st.none(), marks.map(lambda some: np.array(some, dtype=bool))))
    scorer = Scorer(bm25)
    with by_numpy(), scorer.scored(postings, boost) as scored:
        scores, best = scored.scores.tobytes(), scored.best(k, allowed).tolist() if k else []
    for _ in range(2):  # the second time the memory of the first is used again
        with scorer.scored(postings, boost) as scored:
            assert scored.scores.tobytes() == scores
            assert scored.best(k, allowed).tolist() == best


@given(st.lists(st.integers(-2, 2), max_size=40), st.integers(0, 50), st.randoms())
def test_the_best_are_those_of_a_full_sort(
    scores: list[int], k: int, chance: random.Random
) -> None:
    """In whatever order they are listed, and whatever the sign of the score."""
    listed = chance.sample(range(len(scores)), len(scores))
    best = _kernel.best(
        np.array(scores, dtype=float), np.array(listed, dtype=np.int32), len(listed), k, None
    )
    in_full = sorted(range(len(scores)), key=lambda number: (-scores[number], number))
    assert np.frombuffer(best, dtype=np.int64).tolist() == in_full[:k]


@reaches(5)
@given(CORPORA, st.data())
def test_a_phrase_in_c_is_found_where_numpy_finds_it(
    corpus: list[list[str]], data: st.DataObject
) -> None:
    """Words of a paragraph, or of the end of one and the beginning of the next."""
    bm25, words = PostingsBM25(corpus), list(chain.from_iterable(corpus))
    begin, length = data.draw(st.integers(0, len(words))), data.draw(st.integers(0, 4))
    phrase = tuple(words[begin : begin + length])
    found = bm25.having(phrase).tolist()
    with by_numpy():
        assert found == bm25.having(phrase).tolist()
    if len(phrase) > 1 and found:
        reached()


def test_a_sum_is_rounded_after_each_product_and_each_addition() -> None:
    """In the order of the terms; fused, or in another order, the last bits would be others."""
    weights = [0.1, 0.7, 1e16, 1 / 3, -1e16]
    boosts = [0.3, 1.1, 1.0, 0.9, 1.0]
    paragraphs, lines = np.zeros(5, dtype=np.int32), [slice(at, at + 1) for at in range(5)]
    scores = np.zeros(1)
    _kernel.accumulate(
        paragraphs,
        np.array(weights),
        lines,
        boosts,
        scores,
        np.zeros(1, dtype=np.uint8),
        np.zeros(1, dtype=np.int32),
    )
    by_hand = 0.0
    for weight, boost in zip(weights, boosts, strict=True):
        by_hand += weight * boost
    assert scores.tolist() == [by_hand]


TEXTS = st.lists(
    st.sampled_from(["port", "Ports", "road", "road.", "Karachi", "of", "tea!", "iron-clad"]),
    min_size=1,
    max_size=14,
).map(" ".join)
TURNS = st.lists(st.tuples(TEXTS, st.sampled_from([*Role, None])), min_size=1, max_size=5)
QUESTIONS = st.lists(
    st.sampled_from(["port", "ports road", "Karachi", "not tea", "ironclad", "what of", "?"]),
    min_size=1,
    max_size=4,
).map(" ".join)


def assert_same(index: Index, question: str) -> None:
    """Hold the ranking of *question* in C to that by NumPy: all parts, and where words stand."""
    query = index.query(question)
    ranking = index.rank(query)
    with by_numpy():
        other = index.rank(query)
    assert ranking.numbers.tolist() == other.numbers.tolist()
    assert ranking.sentences.tolist() == other.sentences.tolist()
    assert ranking.missing_idf.tolist() == other.missing_idf.tolist()
    assert ranking.parts.tolist() == other.parts.tolist()
    assert places(ranking.occurrences) == places(other.occurrences)


def places(found: Occurrences) -> list[tuple[int, ...]]:
    columns = (found.rows, found.terms, found.first, found.last)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@reaches(20)
@given(st.lists(TURNS, min_size=1, max_size=3), QUESTIONS)
def test_any_ranking_in_c_is_that_by_numpy(
    turns: list[list[tuple[str, Role | None]]], question: str
) -> None:
    """With answers to reporters' questions, equivalents, phrases and words that deny."""
    made = []
    for number, some in enumerate(turns):
        plain = statement(f"s{number}", [text for text, _ in some], title=some[0][0], day=2)
        roles = [role for _, role in some]
        paragraphs = [
            replace(one, role=role) for one, role in zip(plain.paragraphs, roles, strict=True)
        ]
        made.append(replace(plain, paragraphs=tuple(paragraphs)))
    index = Index(Record.of(made, synonyms=[("Karachi", "port road"), ("tea", "rail")]))
    assert_same(index, question)
    answer = index.ask(question)
    with by_numpy():
        assert answer == index.ask(question)
    if answer.hits:
        reached()


@pytest.mark.parametrize(
    "name", ["briefings_us_state", "squad_train_sample", "xquad_hi", "cmrc_trial_zh"]
)
def test_real_questions_are_answered_the_same_in_c_and_by_numpy(shared: Path, name: str) -> None:
    record, questions = load_set(shared / "questions" / name)
    index = Index(record)
    for one in questions[:: max(1, len(questions) // 60)]:
        assert_same(index, one.question)
        answer = index.ask(one.question)
        with by_numpy():
            assert answer == index.ask(one.question)


def test_threads_that_rank_at_once_do_not_disturb_each_other() -> None:
    """Each has memory of its own for its scores, and leaves it as it was."""
    corpus = [[f"w{number % 7}", f"w{number % 3}", "tea"] for number in range(3_000)]
    bm25 = PostingsBM25(corpus)
    scorer = Scorer(bm25)

    def best(word: str) -> list[int]:
        postings = [one for one in map(bm25.postings, (word, "tea")) if one]
        with scorer.scored(postings, [1.0] * len(postings)) as scored:
            some = scored.best(40).tolist()
            assert some == scored.best(40).tolist()
            return some

    words = [f"w{number}" for number in range(7)] * 60
    one_by_one = [best(word) for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(best, words)) == one_by_one


def test_a_damaged_index_is_refused_and_what_was_half_summed_is_forgotten() -> None:
    bm25 = PostingsBM25([["port"], ["road"], ["port", "tea"]])
    bm25.prepare()
    scorer = Scorer(bm25)
    sound, bm25.paragraphs = bm25.paragraphs, bm25.paragraphs.copy()
    bm25.paragraphs[1] = 3
    postings = bm25.postings("port")
    assert postings
    with pytest.raises(ValueError, match="index is damaged"), scorer.scored([postings], [1.0]):
        pass
    bm25.paragraphs = sound
    with scorer.scored([postings], [1.0]) as scored:
        assert (scored.scores == bm25.get_scores(["port"])).all()


#: What is changed in the arguments of which function, each so that it leads out of an array.
WRONG: dict[str, tuple[str, Callable[[list[Any]], None]]] = {
    "a paragraph that is not there": ("accumulate", lambda a: a[0].fill(10**6)),
    "a negative paragraph": ("accumulate", lambda a: a[0].fill(-1)),
    "postings past the end": ("accumulate", lambda a: a[2].__setitem__(0, slice(0, 10**6))),
    "postings before the beginning": ("accumulate", lambda a: a[2].__setitem__(0, slice(-1, 1))),
    "too few boosts": ("accumulate", lambda a: a[3].pop()),
    "a shorter memory": ("accumulate", lambda a: a.__setitem__(5, a[5][:-1])),
    "weights of single precision": ("accumulate", lambda a: a.__setitem__(1, a[1].astype("f4"))),
    "memory that may not be written": ("accumulate", lambda a: a[4].setflags(write=False)),
    "more matches than are listed": ("best", lambda a: a.__setitem__(2, 10**6)),
    "a match that is not there": ("best", lambda a: (a[1].fill(-1), a.__setitem__(2, 1))),
    "a mask of another record": ("best", lambda a: a.__setitem__(4, np.ones(99, dtype=bool))),
    "a mask of numbers": ("best", lambda a: a.__setitem__(4, np.ones(len(a[0]), dtype="i8"))),
    "clearing what is not there": ("clear", lambda a: (a[2].fill(99), a.__setitem__(3, 1))),
    "ranking what is not there": ("compare", lambda a: a.__setitem__(0, np.array([99]))),
    "a term that is not there": ("compare", lambda a: a[3].fill(10**6)),
    "positions past the end": ("compare", lambda a: a[7].fill(10**6)),
    "a sentence that is not there": ("compare", lambda a: a[9].fill(10**6)),
    "a negative sentence": ("compare", lambda a: a[9].fill(-5)),
    "sentences that run backwards": ("compare", lambda a: a[10].fill(10**6)),
    "columns side by side": ("compare", lambda a: a.__setitem__(9, np.asfortranarray(a[9]))),
    "a term past the end": ("having", lambda a: a[1].__setitem__(0, slice(0, 10**6))),
    "positions of another size": ("having", lambda a: a.__setitem__(0, a[0].astype("i8"))),
    "a word past the end": ("highlights", lambda a: a[2].fill(10**6)),
    "a word before the beginning": ("highlights", lambda a: a[3].fill(-1)),
    "parts of what is not there": ("parts", lambda a: a.__setitem__(0, np.array([99]))),
    "the parts of fewer best sentences": ("parts", lambda a: a.__setitem__(2, a[2][:-1])),
    "a neighbour that is not there": ("parts", lambda a: a[6].fill(10**6)),
    "a question that is not there": ("parts", lambda a: a[9].fill(10**6)),
    "closeness of single precision": ("parts", lambda a: a.__setitem__(10, a[10].astype("f4"))),
    "too few shares": ("parts", lambda a: a.__setitem__(11, a[11][:-1])),
    "too few parts": ("parts", lambda a: a.__setitem__(13, 5)),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_leads_out_of_an_array_is_refused(what: str) -> None:
    name, change = WRONG[what]
    chance = seeded(7)
    arguments = arguments_of(chance)[name]
    while name == "compare" and not set(arguments[0].tolist()) & set(arguments[6].tolist()):
        arguments = arguments_of(chance)[name]
    while name == "parts" and (arguments[9] is None or not len(arguments[9])):
        arguments = arguments_of(chance)[name]
    if name == "highlights":
        arguments[0] = np.arange(4)
    getattr(_kernel, name)(*arguments)
    change(arguments)
    with pytest.raises(REFUSALS):
        getattr(_kernel, name)(*arguments)


def test_an_index_that_may_only_be_read_is_read() -> None:
    """As one that is a file mapped into memory."""
    for name, values in arguments_of(seeded(3)).items():
        written = {"accumulate": (4, 5, 6), "clear": (0, 1)}.get(name, ())
        for at, one in enumerate(values):
            if isinstance(one, np.ndarray) and at not in written:
                one.setflags(write=False)
        getattr(_kernel, name)(*values)


def test_whatever_is_damaged_is_refused_or_answered() -> None:
    chance = seeded(15)
    refused = sum(call_with_damaged(_kernel, chance) for _ in range(3_000))
    assert 1_000 < refused < 3_000


@pytest.mark.slow
def test_nothing_outside_of_an_array_is_read_or_written(tmp_path: Path) -> None:
    """Under AddressSanitizer, which ends the program at the first byte that is."""
    compiler = shutil.which("gcc")
    headers = Path(sysconfig.get_path("include"))
    if compiler is None or not (headers / "Python.h").is_file():
        pytest.skip("there is no gcc here, or no headers of Python")
    asked = [compiler, "-print-file-name=libasan.so"]
    library = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if not Path(library).is_file():
        pytest.skip("gcc has no AddressSanitizer here")
    module = tmp_path / "_kernel.so"
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    flags = ["-shared", "-fPIC", "-g", "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror"]
    built = [compiler, *checks, *flags, f"-I{headers}", str(C_FILE), "-o", str(module)]
    subprocess.run(built, check=True)
    child = subprocess.run(
        [sys.executable, str(Path(__file__).parents[2] / "hostile_arrays.py"), module, "60000"],
        env={
            "LD_PRELOAD": library,
            # Python's own memory is not watched, and not given back when it ends.
            "PYTHONMALLOC": "malloc",
            "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-4000:]
    assert "calls refused" in child.stdout
