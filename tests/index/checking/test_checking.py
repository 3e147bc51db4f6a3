"""Stories checked by a small record: each grade, what it rests on, and what must never be lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import statement

from index.checking import checking
from index.checking.grades import RULES
from index.checking.report import Change, CheckedQuotation, CheckedStory, Grade
from index.model.record import Record
from index.model.statement import Speaker
from index.search import Index

PORTS = [
    "We will not close the harbour at Norvik before the new ferry terminal is open to all ships.",
    "The ministry may spend 26.5 million dollars on 14 February. It must repair the western "
    "breakwater first, unless the council of engineers objects to the plan.",
    "Fishermen have told us about their losses. The storm of last winter took 12 boats. We shall "
    "pay for each of them in full. However, payments depend on a survey by the insurers.",
    "Our trade with the island grew by 5 per cent, and the pilot’s office hired new people.",
    "Is the lighthouse on the cape still manned by two keepers at night?",
]
RAILWAYS = [
    "The railway to Sandvik carries grain from the northern valleys to the coast every single day.",
    "Passengers complain of old carriages, and the company has promised to replace forty of them.",
]
CHINESE = [
    "港口有二十六个泊位供渔民使用。",
    "中方不反对在诺维克修建新港口，但是有关各方必须首先同渔民充分协商。我们将继续推动合作。",
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(
        Record.of(
            [
                statement("ports", PORTS),
                statement("railways", RAILWAYS, speakers=(Speaker("Omar Aziz", "Rail Minister"),)),
                statement("zh", CHINESE, language="zh"),
            ]
        )
    )


def only(story: CheckedStory) -> CheckedQuotation:
    (checked,) = story.quotations
    return checked


def check(index: Index, quoted: str) -> CheckedQuotation:
    """Return the check of one quotation, in a story that says nothing of it."""
    return only(index.check_story(f"It was noted: “{quoted}”"))


@pytest.mark.parametrize(
    "quoted",
    [
        PORTS[0],
        "we will not close the harbour at Norvik",
        "[W]e will not close the harbour at Norvik,",
        "Our trade with\u00a0the is\u00adland grew by 5 per cent",
        "Our trade with the is-\nland grew by 5 per cent",
        "the pilot's ofﬁce hired new people",
        "We will not close the harbour […] before the new ferry terminal is open",
        "Fishermen [had] told us about their losses.",
        "the pilot’s office hire[s] new people",
        "[The government] will not close the harbour at Norvik",
        "Fishermen have told us (sic) about their losses.",
        "我们将继续推动合作",
        "我們將繼續推動合作。",
    ],
)
def test_the_same_words_are_verbatim_however_they_are_set(index: Index, quoted: str) -> None:
    assert check(index, quoted).grade is Grade.VERBATIM


@pytest.mark.parametrize(
    "quoted",
    [
        "Our trade with the island grew by 5 per cent and the pilot’s office hired new people.",
        "Our trade with the island grew by 5%, and the pilot’s office hired new people.",
        "our trade with the Island grew by 5 per cent",
        "We won't close the harbour at Norvik",
        "Our trade with the island grew by five per cent",
        "The Ministry may spend 26.5 million dollars on 14 february",
        "Is the light-house on the cape still manned by two keepers",
        "Is the lighthouse on the cape still manned by two keepers at night.",
    ],
)
def test_other_marks_capitals_and_spellings_are_punctuated_differently(
    index: Index, quoted: str
) -> None:
    assert check(index, quoted).grade is Grade.PUNCTUATED


@pytest.mark.parametrize(
    ("quoted", "change", "written", "stands"),
    [
        ("We will close the harbour at Norvik", Change.NEGATION, "", "not"),
        ("Fishermen have not told us about their losses", Change.NEGATION, "not", None),
        ("The ministry may spend 62.5 million dollars", Change.NUMBER, "62.5", "26.5"),
        ("The ministry may spend 26.5 billion dollars", Change.UNIT, "billion", "million"),
        ("The ministry may spend 26.5 million euros", Change.CURRENCY, "euros", "dollars"),
        ("Our trade with the island fell by 5 per cent", Change.NUMBER, "fell", "grew"),
        ("may spend 26.5 million dollars on 15 February", Change.DATE, "15", "14"),
        ("may spend 26.5 million dollars on 14 March", Change.DATE, "March", "February"),
        ("We will not close the harbour at Sandvik before", Change.NAME, "Sandvik", "Norvik"),
        ("The ministry must spend 26.5 million dollars", Change.MODAL, "must", "may"),
        ("close the harbour at Norvik before the old ferry terminal", Change.WORDS, "old", "new"),
        ("the new ferry terminal is open to most ships", Change.WORDS, "most", "all"),
        ("Fishermen have [not] told us about their losses", Change.NEGATION, "not", None),
        ("The storm of last winter [un]took 12 boats", Change.NEGATION, "[un]took", "took"),
        ("The ministry [must] spend 26.5 million dollars", Change.MODAL, "must", "may"),
        ("The ministry may spend [30] million dollars", Change.NUMBER, "30", "26.5"),
        ("Fishermen have [never] told us about their losses", Change.NEGATION, "never", None),
        ("中方反对在诺维克修建新港口", Change.NEGATION, "", "不"),
        ("港口有六十二个泊位供渔民使用", Change.NUMBER, "六十二", "二十六"),
    ],
)
def test_altered_words_are_named_and_shown(
    index: Index, quoted: str, change: Change, written: str, stands: str | None
) -> None:
    story = index.check_story(f"“{quoted}”")
    checked = only(story)
    assert checked.grade is Grade.ALTERED
    first = checked.differences[0]
    assert first.change is change
    assert story.draft[slice(*first.written)] == written
    assert (first.stands and first.stands.text) == stands


def test_of_several_differences_the_gravest_comes_first(index: Index) -> None:
    checked = check(index, "We will close the old harbour at Sandvik before the new ferry terminal")
    assert [one.change for one in checked.differences] == [
        Change.NEGATION,
        Change.NAME,
        Change.WORDS,
    ]


def test_a_quotation_that_begins_after_a_not_is_cut(index: Index) -> None:
    checked = check(index, "close the harbour at Norvik before the new ferry terminal is open")
    assert checked.grade is Grade.CUT
    assert "not" in checked.limits[0].text


_FIGURES = (
    "The council will spend $4.9 billion on the coastal road, and $3.2 million on the wall.",
    "Fares in the whole province will go up by 5 per cent in spring, and by twenty percent later.",
)


@pytest.fixture(scope="module")
def figures() -> Index:
    chinese = "全省今年将投资三十亿元修建新的港口，明年再投资50亿元。"
    return Index(
        Record.of([statement("en", [*_FIGURES]), statement("zh", [chinese], language="zh")])
    )


@pytest.mark.parametrize(
    ("quoted", "limit"),
    [
        ("“The council will spend $4.9,” she said.", "billion"),
        ("“The council will spend $4.9” million, she said.", "billion"),
        ("“in the whole province will go up by 5”", "per cent"),
        ("“will go up by 5 per cent in spring, and by twenty”", "percent"),
        ("“全省今年将投资三十”", "亿"),
        ("“明年再投资50”", "亿"),
    ],
)
def test_a_number_is_not_cut_off_from_its_scale(figures: Index, quoted: str, limit: str) -> None:
    checked = only(figures.check_story(quoted))
    assert (checked.grade, [one.text for one in checked.limits]) == (Grade.CUT, [limit])


@pytest.mark.parametrize(
    "quoted",
    [
        "“The council will spend $4.9” billion, she said.",
        "“in the whole province will go up by 5” percent.",
        "“and $3.2 million on the wall”",
        "“全省今年将投资三十亿”",
    ],
)
def test_a_number_may_have_its_scale_outside_of_the_marks(figures: Index, quoted: str) -> None:
    assert only(figures.check_story(quoted)).grade is Grade.VERBATIM


def test_a_scale_left_out_at_an_ellipsis_changes_the_number(figures: Index) -> None:
    checked = check(figures, "in the whole province will go up by 5 […] in spring")
    [difference] = checked.differences
    assert (checked.grade, difference.change) == (Grade.ALTERED, Change.UNIT)
    assert difference.stands and difference.stands.text == "per cent"


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        ("The council will spend $4.9bn", "The council will spend $4.9 billion"),
        ("$4.9bn on the coastal road", "$4.9 billion on the coastal road"),
        ("the whole province will go up by 5%", "the whole province will go up by 5 per cent"),
    ],
)
def test_a_passage_has_all_the_words_that_one_of_the_storys_stands_for(
    figures: Index, quoted: str, stands: str
) -> None:
    checked = check(figures, quoted)
    assert checked.grade is Grade.PUNCTUATED
    assert [one.quote.text for one in checked.passages] == [stands]


def test_a_not_that_changes_places_is_no_mere_word() -> None:
    texts = ["We will close the harbour at Norvik, and we will not open the road to Sandvik."]
    index = Index(Record.of([statement("moved", texts)]))
    quoted = "We will not close the harbour at Norvik, and we will open the road to Sandvik."
    checked = check(index, quoted)
    assert checked.differences[0].change is Change.NEGATION


def test_a_condition_before_the_first_of_two_paragraphs_limits() -> None:
    texts = [
        "If the council agrees, we will build the western port with money from the fund.",
        "Then we will open the new road to the north in May of this year.",
    ]
    index = Index(Record.of([statement("two", texts)]))
    quoted = "we will build the western port with money from the fund. Then we will open the new"
    checked = check(index, quoted)
    assert checked.grade is Grade.CUT
    assert checked.limits[0].text.startswith("If the council")


def test_a_not_is_never_lost_in_an_ellipsis(index: Index) -> None:
    checked = check(index, "We will … close the harbour at Norvik before the new ferry terminal")
    assert checked.grade is Grade.ALTERED
    assert checked.rule == "reverses_the_sense"
    assert [(d.change, d.at_omission) for d in checked.differences] == [(Change.NEGATION, True)]


@pytest.mark.parametrize(
    ("quoted", "limit"),
    [
        ("It must repair the western breakwater first.", "unless the council of engineers objects"),
        ("We shall pay for each of them in full.", "However, payments depend on a survey"),
        ("中方不反对在诺维克修建新港口", "但是有关各方必须首先同渔民充分协商"),
    ],
)
def test_words_that_are_limited_by_what_the_story_leaves_out_are_cut(
    index: Index, quoted: str, limit: str
) -> None:
    checked = check(index, quoted)
    assert checked.grade is Grade.CUT
    assert checked.limits[0].text.startswith(limit)


def test_limiting_words_that_the_story_quotes_next_limit_nothing(index: Index) -> None:
    story = index.check_story(
        "“We shall pay for each of them in full,” she said. “However, payments depend on a survey.”"
    )
    assert [one.grade for one in story.quotations] == [Grade.VERBATIM, Grade.VERBATIM]


def test_what_limits_may_stand_beside_the_quotation(index: Index) -> None:
    told = "She would not “close the harbour at Norvik before the new ferry terminal is open”."
    assert only(index.check_story(told)).grade is Grade.VERBATIM
    told = "“We shall pay for each of them in full,” she said, however late it may be."
    assert only(index.check_story(told)).grade is Grade.VERBATIM


@pytest.mark.parametrize(
    "quoted",
    [
        # Of two statements; of two places; of one place, in another order.
        "We will not close the harbour at Norvik and the company has promised to replace forty",
        "Fishermen have told us about their losses. The ministry may spend 26.5 million dollars",
        "Fishermen have told us about their losses. We shall pay for each of them in full.",
        "We will not close the harbour at Norvik … carries grain from the northern valleys",
        "The storm of last winter took 12 boats … Fishermen have told us about their losses",
    ],
)
def test_parts_that_stand_apart_are_spliced(index: Index, quoted: str) -> None:
    checked = check(index, quoted)
    assert checked.grade is Grade.SPLICED
    assert len(checked.passages) > 1 or checked.differences


def test_a_whole_sentence_may_be_left_out_where_that_is_marked(index: Index) -> None:
    quoted = "Fishermen have told us about their losses. […] We shall pay for each of them in full."
    assert check(index, quoted).grade is Grade.CUT  # by "However", as the sentence alone is


@pytest.mark.parametrize(
    "quoted",
    [
        "The airport will open next year with three new runways and a tower",
        "We will not tolerate any further delay in this matter whatsoever",
        "the new plan is ready",
        "新机场将于明年启用并增加三条跑道",
    ],
)
def test_what_nobody_said_is_not_on_record(index: Index, quoted: str) -> None:
    checked = check(index, quoted)
    assert checked.grade is Grade.ABSENT
    assert not checked.passages


def test_every_quoted_word_is_a_slice_of_the_draft_or_of_the_record(index: Index) -> None:
    story = index.check_story("He said: “We shall close the harbour at Norvik before the ferry.”")
    checked = only(story)
    for passage in checked.passages:
        assert passage.quote.text in PORTS[passage.citation.paragraph - 1]
    assert story.draft[slice(*checked.passages[0].written)].startswith("We shall close")


def test_where_else_the_text_stands_is_told_newest_first() -> None:
    same = "The port will open in May, and the railway to it in June."
    record = Record(
        tuple(statement(name, [same, f"This is {name}."]) for name in ("one", "two", "three"))
    )
    checked = check(Index(record), "The port will open in May")
    places = [one.statement for one in (*(p.citation for p in checked.passages), *checked.copies)]
    assert sorted(places) == ["one", "three", "two"]
    assert places == sorted(places, key=[one.id for one in record.statements].index)
    only_there = check(Index(record), "This is two.")
    assert only_there.copies == ()


def test_a_quotation_across_two_paragraphs_is_two_passages_and_verbatim() -> None:
    index = Index(
        Record.of(
            [statement("s", ["The first pier is finished now.", "The second waits for steel."])]
        )
    )
    checked = only(
        index.check_story("“The first pier is finished now.\n\n“The second waits for steel.”")
    )
    assert checked.grade is Grade.VERBATIM
    assert [one.citation.paragraph for one in checked.passages] == [1, 2]


def test_the_rules_stand_in_order_each_with_its_meaning() -> None:
    assert [rule.grade for rule in RULES][-1] is Grade.VERBATIM
    assert all(rule.meaning.endswith(".") for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_an_empty_record_has_nothing_on_record() -> None:
    story = Index(Record.of([])).check_story("“We will not close the harbour.”")
    assert only(story).grade is Grade.ABSENT


def test_a_very_long_draft_is_read_to_a_bound_that_is_told(index: Index) -> None:
    story = index.check_story("“We will not close the harbour” " + "word " * 80_000)
    assert 0 < story.read < len(story.draft)
    assert len(story.quotations) == 1


def test_of_very_many_quotations_the_first_are_checked(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_QUOTATIONS", 3)
    story = index.check_story("“We will not close the harbour” " * 5)
    assert len(story.quotations) == 3
    assert story.draft[story.read :].startswith(" “We will")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="“”\"'’‘[]….,? \nabWen will not close 5%中不", max_size=120))
def test_no_draft_makes_it_fail(index: Index, draft: str) -> None:
    story = index.check_story(draft)
    for checked in story.quotations:
        assert 0 <= checked.quotation.start < checked.quotation.stop <= len(draft)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.data())
def test_a_slice_of_the_record_is_never_called_altered_or_absent(
    index: Index, number: int, data: st.DataObject
) -> None:
    words = PORTS[number].split()
    first = data.draw(st.integers(0, len(words) - 4))
    stop = data.draw(st.integers(first + 4, len(words)))
    quoted = " ".join(words[first:stop])
    assert check(index, quoted).grade in (Grade.VERBATIM, Grade.CUT, Grade.PUNCTUATED)
