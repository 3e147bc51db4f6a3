"""How much the terms of a question count: rarity, names, repetition, and equivalents below all."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from made_statements import statement
from reached import reached, reaches

from index.model.record import Record
from index.question.weights import SHORT, shortness
from index.search import Index

OTHERS = [
    *("Tea was served at noon.", "Rice is scarce this year.", "Schools reopen in May."),
    *("A ferry sails on Sundays.", "The harvest of saffron was good.", "Lamps light the quay."),
    *("Nets dry on the beach.", "The museum has a new roof.", "Glass is made in the valley."),
]


def test_a_rare_word_a_name_and_a_repeated_one_count_more() -> None:
    texts = [*["The port."] * 8, "The quay of Karachi; the pier."]
    index = Index(Record.of([statement("a", texts), statement("others", OTHERS)]))
    query = index.query("the port, a pier, Quay or quay or quay")
    boost = dict(zip(query.terms, query.boost.tolist(), strict=True))
    assert boost["port"] < boost["pier"] < boost["quay"]
    plain, named = index.query("a karachi"), index.query("a Karachi")
    assert (plain.named.tolist(), named.named.tolist()) == ([False], [True])
    assert plain.boost[0] < named.boost[0]


def test_a_question_is_short_up_to_some_terms_and_then_ever_less() -> None:
    shares = [shortness(terms) for terms in range(1, 30)]
    assert shares[:SHORT] == [1.0] * SHORT
    assert all(less < more for more, less in zip(shares[SHORT - 1 :], shares[SHORT:], strict=False))


PAIRS = [
    *(("OLT", "Orchard Land Trust"), ("lorry", "truck"), ("ironclad", "iron-clad")),
    *(("ML-9", "Main Line-9"), ("levy", "customs duty"), ("BRI", "Belt and Road Initiative")),
]
WORDS = [
    "tea",
    "rice",
    "school",
    "saffron",
    "net",
    "lamp",
    "hill",
    "weather",
    "cricket",
    "music",
    "boat",
    "river",
    "stone",
]
IRON = [("iron", ""), ("clad", "")] * 6
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@reaches(10)
@given(
    pair=st.sampled_from([*PAIRS, *((long, short) for short, long in PAIRS)]),
    around=st.tuples(SENTENCES, SENTENCES),
    times=st.integers(1, 3),
    others=st.lists(
        st.tuples(SENTENCES, st.sampled_from(["", "", "first", "second"])), max_size=12
    ),
    defined=st.booleans(),
    small=st.booleans(),
)
@example(
    pair=("levy", "duty"),
    around=("", ""),
    times=1,
    others=[("", "first")] * 12,
    defined=False,
    small=False,
)
@example(
    pair=("iron-clad", "ironclad"),
    around=("", ""),
    times=3,
    others=IRON,
    defined=False,
    small=False,
)
@example(
    pair=("levy", "duty"),
    around=("", "river " * 9),
    times=1,
    others=[("", "")] * 2,
    defined=False,
    small=True,
)
@example(
    pair=("levy", "duty"),
    around=("", "river"),
    times=1,
    others=[("river " * 9, "first")],
    defined=False,
    small=True,
)
def test_an_equivalent_never_outranks_the_word_itself(
    *,
    pair: tuple[str, str],
    around: tuple[str, str],
    times: int,
    others: list[tuple[str, str]],
    defined: bool,
    small: bool,
) -> None:
    """In two paragraphs alike but for it, the word asked for once, the other up to three times.

    In records so small, too, that a word stands in half of all paragraphs or more.
    """
    asked, other = pair
    before, after = around
    # The small words at the end are no terms, and keep either from being a fragment.
    texts = [
        f"{before} {one} {after}. It is as it was." for one in (asked, " ".join([other] * times))
    ]
    word = {"": "", "first": asked, "second": other}
    texts += [f"{text} {word[which]}." for text, which in others]
    short, long = sorted(pair, key=len)
    known = defined and short.isupper()
    if known:
        texts.append(f"The {long} ({short}).")
    # The other first: of equals the earlier would be first.
    texts[:2] = texts[1::-1]
    made = [statement("a", texts), *([] if small else [statement("others", OTHERS)])]
    index = Index(Record.of(made, synonyms=() if known else (pair,)))
    places = index.paragraph_ids(index.rank(index.query(asked)))
    if ("a", 1) in places:
        reached()
        assert places.index(("a", 2)) < places.index(("a", 1))
